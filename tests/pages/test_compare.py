"""Two lists side by side."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page


def test_two_lists_are_chosen_and_compared_without_javascript(visit: Callable[..., Page]) -> None:
    page = visit("/compare", java_script_enabled=False, locale="en-GB")
    page.get_by_label("From").select_option("cn/national/2018")
    page.get_by_label("To", exact=True).select_option("cn/national/2019")
    page.get_by_role("button", name="Compare").click()
    counts = page.get_by_role("list", name="Changes by kind").inner_text().split()
    assert counts[:4] == ["6", "Removed", "3", "Eased"]
    cinema = page.locator("article", has=page.get_by_role("heading", name="Cinemas"))
    assert cinema.locator("del").count()
    assert "Open" in cinema.locator(".effects").inner_text()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_comparison_keeps_nobody_out(
    visit: Callable[..., Page], axe: Callable[[Page], list[str]], lang: str
) -> None:
    page = visit(f"/compare?a=cn/national/2019&b=cn/national/2020&lang={lang}", color_scheme="dark" if lang == "zh" else "light")
    assert page.locator("ins").count()
    assert not axe(page)


def test_the_present_national_list_is_compared_with_the_one_before(client: FlaskClient) -> None:
    text = client.get("/compare?lang=en").text
    assert "What changed from Negative List 2021 to Negative List 2024" in text
    assert 'href="#removed"' in text


def test_a_list_is_not_compared_with_itself(client: FlaskClient) -> None:
    assert "Choose two different lists." in client.get("/compare?a=cn/ftz/2021&b=cn/ftz/2021&lang=en").text


def test_a_list_unknown_is_named_with_the_nearest(client: FlaskClient) -> None:
    response = client.get("/compare?a=cn/national/2022")
    assert response.status_code == 400
    assert response.json["errors"][0]["nearest"].startswith("cn/national/20")
