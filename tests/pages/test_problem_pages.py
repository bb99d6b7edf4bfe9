"""Errors are pages for people and problems for programs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("path", "accept", "mimetype"),
    [
        ("/nowhere", BROWSER, "text/html"),
        ("/nowhere", "text/html", "text/html"),
        ("/nowhere", None, "application/problem+json"),
        ("/nowhere", "*/*", "application/problem+json"),
        ("/nowhere", "application/json, text/html;q=0.5", "application/problem+json"),
        ("/v1/nowhere", BROWSER, "application/problem+json"),
        ("/v1/entries/nowhere", BROWSER, "application/problem+json"),
    ],
)
def test_who_gets_a_page(client: FlaskClient, path: str, accept: str | None, mimetype: str) -> None:
    response = client.get(path, headers={"Accept": accept} if accept else {})
    assert (response.status_code, response.mimetype) == (404, mimetype)
    assert response.headers["Cache-Control"] == "no-store"


def test_a_page_about_an_error_helps_on(visit: Callable[..., Page], axe: Callable[[Page], list[str]]) -> None:
    page = visit("/nowhere?lang=zh")
    assert page.locator("h1").inner_text() == "没有这个页面"
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    assert not axe(page)
    page.get_by_role("link", name="查询一项业务").click()
    assert page.url.endswith("/?lang=zh")


@pytest.mark.parametrize("path", ["//elsewhere.example/x", "/\\elsewhere.example", "/%22%3E%3Cscript%3Ealert(1)%3C/script%3E"])
def test_an_address_made_up_leads_nowhere(client: FlaskClient, path: str) -> None:
    text = client.get(path, headers={"Accept": "text/html"}).text
    assert "elsewhere.example" not in text
    assert "<script>alert" not in text
