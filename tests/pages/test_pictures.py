"""The grid and the charts: seen, read as tables, and taken as data."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

from negative_list.determination import Engine
from negative_list.places import Location
from negative_list.standing import Situation

SVG = "{http://www.w3.org/2000/svg}"
PICTURES = ("items-by-edition", "items-by-sector", "items-by-demand")


@pytest.mark.parametrize(
    ("lang", "row", "cells"),
    [
        ("en", "Internet data centre", ["Closed", "Closed", "Open*", "Open*", "Open*", "Open*", "≤ 50%"]),
        ("zh", "互联网数据中心", ["不开放", "不开放", "开放*", "开放*", "开放*", "开放*", "≤ 50%"]),
    ],
)
def test_the_grid_is_read_without_colour(
    visit: Callable[..., Page], axe: Callable[[Page], list[str]], lang: str, row: str, cells: list[str]
) -> None:
    page = visit(f"/pictures?as_of=2026-11-23&lang={lang}", color_scheme="dark" if lang == "zh" else "light")
    shown = page.get_by_role("row", name=row).first.get_by_role("cell")
    assert [text.strip() for text in shown.all_inner_texts()] == cells
    assert shown.first.locator("svg").bounding_box()["width"] > 8
    assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
    assert not axe(page)


def test_the_grid_of_another_day_on_a_phone(visit: Callable[..., Page]) -> None:
    page = visit("/pictures?lang=en", viewport={"width": 360, "height": 800}, java_script_enabled=False)
    page.get_by_label("On the day").fill("2024-10-22")
    page.get_by_role("button", name="Show").first.click()
    expect(page.get_by_text("to 2024-10-23")).to_be_visible()
    shown = page.get_by_role("row", name="Internet data centre").first.get_by_role("cell")
    # A day before the pilot of 2024: Lingang and Shenzhen were closed yet.
    assert shown.all_inner_texts() == ["Closed", "Closed", "Open*", "≤ 50%", "Closed", "Closed", "≤ 50%"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_grid_as_data_is_what_the_engine_says(client: FlaskClient, engine: Engine) -> None:
    day = date(2026, 11, 23)
    rows = list(csv.DictReader(io.StringIO(client.get("/pictures/digital-grid.csv?as_of=2026-11-23").text.lstrip("\ufeff"))))
    survey = engine.catalogue.survey
    assert len(rows) == len(survey.viewpoints) * sum(len(group.activities) for group in survey.groups)
    for row in rows:
        if row["viewpoint"] == "shenzhen":
            situation = Situation(day, Location(engine.catalogue.places["CN-44-03"]))
            standing = engine.standing_on(engine.catalogue.activities[row["activity"]], situation)
            assert row["status"] == standing.status.value, row


def test_the_editions_as_data_add_up(client: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/pictures/items-by-edition.csv").text.lstrip("\ufeff"))))
    assert len(rows) == 15
    for row in rows:
        counts = [int(row[key]) for key in row if len(key) == 1 and row[key]]
        assert not counts or sum(counts) == int(row["items"]), row["id"]
    assert next(row for row in rows if row["id"] == "cn/ftz/2013")["R"] == ""


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_named_described_and_runs_nothing(client: FlaskClient, name: str, lang: str) -> None:
    response = client.get(f"/pictures/{name}.svg?lang={lang}")
    assert response.mimetype == "image/svg+xml"
    root = ET.fromstring(response.text)  # noqa: S314 - made here
    assert (root.get("role"), root.get("{http://www.w3.org/XML/1998/namespace}lang")) == ("img", lang)
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert title.text
    assert description is not None
    assert "29" in (description.text or "") or name != "items-by-edition"
    assert {root.get("aria-labelledby"), root.get("aria-describedby")} == {title.get("id"), description.get("id")}
    assert not list(root.iter(f"{SVG}script"))
    assert not any("href" in key for node in root.iter() for key in node.attrib)
    assert not any("style" in node.attrib for node in root.iter())


def test_a_picture_shows_every_edition_of_the_list_chosen(client: FlaskClient) -> None:
    text = client.get("/pictures/items-by-sector.svg?regime=ftz").text
    assert all(f"{year} ({count})" in text for year, count in ((2018, 45), (2019, 37), (2020, 30), (2021, 27)))


@pytest.mark.parametrize("path", ["/pictures?as_of=2017-01-01", "/pictures/digital-grid.csv?as_of=2017-02-30", "/pictures?regime=moon"])
def test_what_cannot_be_shown(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 400
