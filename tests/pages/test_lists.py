"""The timeline of the lists, and a list narrowed by filters, without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

from negative_list.catalogue import Catalogue


def test_every_instrument_stands_on_the_timeline_once(client: FlaskClient, catalogue: Catalogue) -> None:
    text = client.get("/lists?lang=en").text
    for id_ in catalogue.instruments:
        assert text.count(f'href="/lists/{id_}?lang=en"') == 1, id_


def test_the_timeline_reads_as_a_table_and_keeps_nobody_out(
    visit: Callable[..., Page], axe: Callable[[Page], list[str]]
) -> None:
    page = visit("/lists?lang=zh", color_scheme="dark", viewport={"width": 360, "height": 800})
    row = page.get_by_role("row", name="2021年版全国负面清单")
    assert "2022-01-01至2024-11-01" in row.inner_text()
    assert "31项" in row.inner_text()
    assert "现行有效" in page.get_by_role("row", name="2024年版全国负面清单").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not axe(page)


def test_a_list_is_narrowed_without_javascript(visit: Callable[..., Page], axe: Callable[[Page], list[str]]) -> None:
    page = visit("/lists/cn/national/2024", java_script_enabled=False, locale="en-GB")
    expect(page.get_by_role("status")).to_have_text("39 entries")
    page.get_by_label("Sector").select_option("R")
    page.get_by_label("Digital economy").select_option("digital")
    page.get_by_label("Words").fill("film")
    page.get_by_role("button", name="Show").click()
    titles = page.locator(".entries h3").all_inner_texts()
    assert "Film" in titles
    assert "Cultural relics" not in titles
    assert "film" in {text.lower() for text in page.locator("mark").all_inner_texts()}
    assert page.get_by_label("Sector").input_value() == "R"
    page.get_by_role("link", name="Clear").click()
    expect(page.get_by_role("status")).to_have_text("39 entries")


def test_a_list_keeps_nobody_out(visit: Callable[..., Page], axe: Callable[[Page], list[str]]) -> None:
    assert not axe(visit("/lists/cn/national/2024?q=film"))


@pytest.mark.parametrize(
    ("query", "wanted", "unwanted"),
    [
        ("measure=wto_commitments_only", "/12", "/27"),
        ("q=新闻&lang=zh", "/23", "/1"),
        ("sector=A", "/1", "/12"),
        ("scope=digital", "/12", "/1"),
        ("q=&sector=&measure=&scope=", "/12", "/99"),
        ("utm_source=mail", "/12", "/99"),
    ],
)
def test_filters(client: FlaskClient, query: str, wanted: str, unwanted: str) -> None:
    text = client.get(f"/lists/cn/national/2024?{query}").text
    assert f'href="/entries/cn/national/2024{wanted}' in text
    assert not any(f'href="/entries/cn/national/2024{unwanted}{end}' in text for end in ('"', "?"))


def test_nothing_found_says_how_to_go_on(client: FlaskClient) -> None:
    assert "Clear a filter" in client.get("/lists/cn/national/2024?q=zzzz&lang=en").text


def test_a_list_known_by_name_only_says_so(client: FlaskClient) -> None:
    text = client.get("/lists/cn/ftz/2013?lang=en").text
    assert "The items of this document are not held." in text
    assert "190" in text


@pytest.mark.parametrize(
    ("path", "status"),
    [("/lists/cn/national/2025", 404), ("/lists/cn/national/2024?sector=Z", 400), ("/lists/cn/national/2024?measure=x", 400)],
)
def test_what_cannot_be_shown_is_a_page_that_helps(client: FlaskClient, path: str, status: int) -> None:
    response = client.get(path, headers={"Accept": "text/html"})
    assert (response.status_code, response.mimetype) == (status, "text/html")
