"""Charts as SVG: what they say, and that they can be told apart without colour."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

from service.charts import Words, stacks, timeline

WORDS = Words("en", "Items of the lists", "Two lists over the years")
SVG = "{http://www.w3.org/2000/svg}"
YEARS = [date(2018, 7, 28), date(2019, 7, 30), date(2020, 7, 23)]
LINES = {
    "National": [(YEARS[0], YEARS[1], 48), (YEARS[1], YEARS[2], 40)],
    "Zones": [(YEARS[0], YEARS[1], 45), (YEARS[1], YEARS[2], 37)],
}


def texts(picture: bytes) -> list[str]:
    return [node.text or "" for node in ET.fromstring(picture).iter(f"{SVG}text")]  # noqa: S314 - made here


def test_a_step_is_labelled_once_where_it_begins() -> None:
    said = texts(timeline(WORDS, LINES))
    for number in ("48", "40", "45", "37"):
        assert said.count(number) == 1
    assert {"National", "Zones", "2018", "2020"} <= set(said)


def test_lines_differ_by_their_dashes_here_and_in_the_legend() -> None:
    root = ET.fromstring(timeline(WORDS, LINES))  # noqa: S314 - made here
    keys = [node.get("class", "") for node in root.iter(f"{SVG}path") if "key" in node.get("class", "")]
    assert [name.split()[1] for name in keys] == ["key-0", "key-1"]
    style = next(root.iter(f"{SVG}style")).text or ""
    assert ".serie-0 .line, .key-0 { stroke-dasharray: none; }" in style
    assert ".serie-1 .line, .key-1 { stroke-dasharray: 10 5; }" in style
    assert "prefers-color-scheme: dark" in style


def test_bars_differ_by_their_patterns_and_a_low_slice_bears_no_number() -> None:
    picture = stacks(WORDS, ["2018", "2019"], {"Bans": [28, 24], "Limits": [19, 15], "Other": [1, 1]})
    said = texts(picture)
    assert {"28", "24", "19", "15", "2018", "Other"} <= set(said)
    assert "1" not in said
    root = ET.fromstring(picture)  # noqa: S314 - made here
    patterns = {node.get("id") for node in root.iter(f"{SVG}pattern")}
    filled = {node.get("class") for node in root.iter(f"{SVG}rect") if (node.get("class") or "").startswith("bar-")}
    assert filled == {"bar-0", "bar-1", "bar-2"}
    assert {name.replace("bar", "pattern") for name in filled} <= patterns


def test_the_same_numbers_make_the_same_picture() -> None:
    assert timeline(WORDS, LINES) == timeline(WORDS, LINES)
