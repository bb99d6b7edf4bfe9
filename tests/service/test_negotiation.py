"""Languages and representations by q-values, and lists as tables."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from flask.testing import FlaskClient

RULES = "/v1/rules"
LISTS = (
    "/v1/entries",
    "/v1/instruments",
    "/v1/instruments/cn/national/2024/entries",
    "/v1/activities",
    "/v1/rules",
    "/v1/places",
    "/v1/industries?level=class",
)
JSON, CSV, NDJSON = "application/json", "text/csv", "application/x-ndjson"


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("zh-Hant", "zh"),
        ("zh-Hant-HK, en;q=0.9", "zh"),
        ("zh-TW;q=0.3, en;q=0.5", "en"),
        ("EN-us, zh;q=0.9", "en"),
        ("fr, *;q=0.5", "en"),
        ("en;q=0, *", "zh"),
        ("en;q=0", "zh"),
        ("zh;q=0, en;q=0", "en"),
        ("en;q=0.1, *", "zh"),
        ("zh, *;q=0.9", "zh"),
        ("zh;q=0.5, en;q=0.5", "zh"),
        ("de, ja;q=0.9", "en"),
        ("", "en"),
        (";;,q=x", "en"),
        ("zh;q=abc", "en"),
    ],
)
def test_language(client: FlaskClient, accepted: str, expected: str) -> None:
    assert client.get(RULES, headers={"Accept-Language": accepted}).headers["Content-Language"] == expected


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("text/*", CSV),
        ("text/csv", CSV),
        ("application/x-ndjson", NDJSON),
        ("application/json;q=0.4, text/csv;q=0.5", CSV),
        ("application/json;q=0, */*", NDJSON),
        ("text/html, application/xhtml+xml, */*;q=0.8", JSON),
        ("*/*;q=0", 406),
        ("text/html", 406),
        ("application/json;q=0", 406),
    ],
)
def test_representation_of_a_list(client: FlaskClient, accept: str | None, expected: str | int) -> None:
    response = client.get(RULES, headers={} if accept is None else {"Accept": accept})
    assert response.mimetype == expected if isinstance(expected, str) else response.status_code == expected


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_the_same_in_every_form(client: FlaskClient, path: str, lang: str) -> None:
    def ask(accept: str) -> Any:
        response = client.get(path, headers={"Accept": accept, "Accept-Language": lang})
        assert (response.status_code, response.mimetype) == (200, accept)
        return response

    items = ask(JSON).json["items"]
    assert [json.loads(line) for line in ask(NDJSON).text.splitlines()] == items

    data = ask(CSV).data
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(rows) == len(items)
    for row, item in zip(rows, items, strict=True):
        for name in row:
            key, _, within = name.partition(".")
            assert key in item
            held = item[key] if isinstance(item[key], list) else [item[key]]
            assert not within or all(within in part for part in held), name
        for name in row.keys() & item.keys():
            if isinstance(item[name], str):
                assert row[name].removeprefix("'") == item[name].removeprefix("'")


def test_chinese_stands_in_a_table_as_it_is(client: FlaskClient) -> None:
    text = client.get("/v1/places?q=上海&lang=zh", headers={"Accept": CSV}).data.decode("utf-8-sig")
    assert "上海" in text
    assert "\\u" not in text
