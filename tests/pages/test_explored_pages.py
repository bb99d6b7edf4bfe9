"""What all pages of lists, entries, places, activities and pictures have in common."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

PAGES = (
    "/lists",
    "/lists/cn/national/2024",
    "/entries/cn/national/2024/12",
    "/compare",
    "/places",
    "/places/zone/lingang",
    "/activities/telecom/internet-data-centre",
    "/pictures",
)
DATA = ("/pictures/items-by-edition.svg", "/pictures/items-by-edition.csv", "/pictures/digital-grid.csv")


@pytest.mark.parametrize("path", [*PAGES, *DATA])
def test_an_unchanged_page_costs_nothing_to_confirm(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    assert first.status_code == 200
    assert first.headers["Cache-Control"].startswith("public, max-age=")
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.head(path).headers["ETag"] == first.headers["ETag"]
    assert client.get(path, query_string={"lang": "zh"}).headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_page_has_one_heading_of_its_own_and_no_style_or_script_inside(client: FlaskClient, lang: str) -> None:
    titles = set()
    for path in PAGES:
        text = client.get(path, query_string={"lang": lang}).text
        assert len(re.findall(r"<h1[ >]", text)) == 1, path
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?! type=\"application/ld\+json\")", text), path
        ids = re.findall(r'\sid="([^"]+)"', text)
        assert len(ids) == len(set(ids)), path
        titles |= set(re.findall(r"<title>(.*?)</title>", text))
        assert "None" not in re.sub(r"<[^>]+>", "", text), path
    assert len(titles) == len(PAGES)


def test_a_chosen_language_goes_along(client: FlaskClient) -> None:
    for path in PAGES:
        links = re.findall(r'<a[^>]* href="(/(?!docs|v1|static)[^"#]*)"', client.get(path, query_string={"lang": "zh"}).text)
        assert links
        assert [link for link in links if "lang=zh" not in link] == [], path
