"""One entry: what it asks, what it leaves out, where it comes from, and how it was worded before."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page

from negative_list.catalogue import Catalogue


def test_an_entry_tells_its_measures_exceptions_and_history(
    visit: Callable[..., Page], axe: Callable[[Page], list[str]]
) -> None:
    page = visit("/entries/cn/national/2024/12?lang=en")
    assert page.get_by_role("heading", level=1).inner_text() == "Telecommunications companies"
    text = page.get_by_role("main").inner_text()
    for words in ("Cap on the foreign share", "Call centres are free of the 50% cap.", "Ministry of Industry and Information"):
        assert words in text
    assert page.get_by_role("link", name="Official text").get_attribute("href").startswith("https://")
    stages = page.locator(".stages > li")
    assert stages.count() == 6
    assert stages.first.inner_text().startswith("Negative List 2024")
    assert "domestic multi-party communication" in " ".join(page.locator(".stages ins").all_inner_texts())
    assert not axe(page)


def test_an_entry_in_chinese_on_a_phone(visit: Callable[..., Page], axe: Callable[[Page], list[str]]) -> None:
    page = visit("/entries/cn/pilot/vats-2024/data-centres?lang=zh", viewport={"width": 360, "height": 800}, color_scheme="dark")
    assert page.get_by_role("link", name="深圳").first.get_attribute("href") == "/places/CN-44-03?lang=zh"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not axe(page)


@pytest.mark.parametrize("path", ["/entries/cn/national/2024/12", "/lists/cn/national/2024"])
def test_the_linked_data_are_data(client: FlaskClient, path: str) -> None:
    text = client.get(path).text
    raw = text.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    found = json.loads(raw)
    assert (found["@context"], found["@type"]) == ("https://schema.org", "Legislation")
    assert "<" not in raw


def test_every_entry_has_a_page_in_both_languages(client: FlaskClient, catalogue: Catalogue) -> None:
    """One of each kind of instrument, with the fullest of its entries."""
    fullest = {}
    for entry in catalogue.entries.values():
        kind = catalogue.instruments[entry.instrument].kind
        weight = len(entry.measures) + len(entry.exceptions) + len(entry.eases) + len(entry.concerns)
        fullest[kind] = max(fullest.get(kind, (0, "")), (weight, entry.id))
    for _, id_ in fullest.values():
        for lang in ("en", "zh"):
            response = client.get(f"/entries/{id_}?lang={lang}")
            assert response.status_code == 200
            assert catalogue.entries[id_].title[lang].split("<")[0][:8] in response.text


def test_an_unknown_entry_is_a_page_that_names_the_nearest(client: FlaskClient) -> None:
    response = client.get("/entries/cn/national/2024/99", headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert "cn/national/2024/" in response.text
