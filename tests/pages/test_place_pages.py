"""Places: what applies there and what stands otherwise."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page


def test_a_place_is_found_and_told_without_javascript(visit: Callable[..., Page]) -> None:
    page = visit("/places?lang=en", java_script_enabled=False)
    page.get_by_role("searchbox").fill("lingang")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Lingang New Area of the Shanghai FTZ").click()
    row = page.get_by_role("row", name="Internet data centre")
    assert "in effect closed" in row.inner_text()
    assert "Open" in row.inner_text()
    page.get_by_label("Day").fill("2024-10-22")
    page.get_by_role("button", name="Show").click()
    assert page.get_by_role("row", name="Internet data centre").count() == 0
    assert "Pilot Free Trade Zone Negative List 2021" in page.get_by_role("main").inner_text()


@pytest.mark.parametrize("path", ["/places?lang=zh", "/places/zone/lingang?lang=zh"])
def test_places_keep_nobody_out(visit: Callable[..., Page], axe: Callable[[Page], list[str]], path: str) -> None:
    page = visit(path, viewport={"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not axe(page)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/places/CN-42?lang=en", "The zone's list applies inside the zone only"),
        ("/places/CN-62?lang=en", "every activity stands here as it does under the national list"),
        ("/places/CN-46?lang=zh", "2020年版海南自由贸易港负面清单"),
        ("/places?q=zzzz&lang=en", "No place is known by that name."),
        ("/places?q=武汉", "/places/CN-42-01"),
    ],
)
def test_what_a_place_is_told_of(client: FlaskClient, path: str, words: str) -> None:
    assert words in client.get(path).text.replace("&#39;", "'")


@pytest.mark.parametrize(
    ("path", "status"),
    [("/places/CN-99", 404), ("/places/CN-46?as_of=2017-01-01", 400), ("/places/CN-46?as_of=2017-02-30", 400)],
)
def test_what_cannot_be_shown(client: FlaskClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status
