"""The page that shows the API, in a browser without a network."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect


def test_the_api_page_shows_every_group_and_an_operation(visit: Callable[..., Page]) -> None:
    page = visit("/docs")
    expect(page.locator(".opblock-tag").first).to_be_visible()
    operation = page.locator("#operations-determinations-determine")
    operation.locator(".opblock-summary-control").click()
    expect(operation.get_by_text("foreign_share").first).to_be_visible()
