"""One activity: how it stands, and what lies near it."""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient
from playwright.sync_api import Page


def test_an_activity_tells_how_it_stands_and_leads_to_the_check(
    visit: Callable[..., Page], axe: Callable[[Page], list[str]]
) -> None:
    page = visit("/activities/telecom/internet-data-centre?lang=en")
    assert "in effect closed" in page.get_by_role("row", name="Most of the mainland").inner_text()
    assert "up to 50%" in page.get_by_role("row", name="Hong Kong").inner_text()
    assert page.get_by_role("link", name="Item 12 of the Negative List 2024").count()
    assert not axe(page)
    page.get_by_role("link", name="Check a proposal for it").click()
    assert "restricted" in page.get_by_role("main").inner_text().lower()


def test_an_activity_unknown(client: FlaskClient) -> None:
    response = client.get("/activities/telecom/internet-data-center")
    assert response.status_code == 404
    assert response.json["errors"][0]["nearest"] == "telecom/internet-data-centre"


def test_a_renamed_id_leads_to_the_page_of_the_new_one(client: FlaskClient) -> None:
    response = client.get("/activities/business/human-resources?lang=zh")
    assert (response.status_code, response.location) == (308, "/activities/finance/hr-services?lang=zh")
