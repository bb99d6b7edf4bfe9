"""Type-ahead over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from service.state import today

GAMES = "internet/online-games-operation"


def suggest(client: FlaskClient, q: str, **query: Any) -> list[dict[str, Any]]:
    response = client.get("/v1/suggest", query_string={"q": q} | query)
    assert response.status_code == 200, response.text
    assert response.json["as_of"] == today().isoformat()
    items: list[dict[str, Any]] = response.json["items"]
    return items


@pytest.mark.parametrize(
    ("q", "lang", "label", "matched", "by", "marked"),
    [
        ("online gam", "en", "Online game operation", "Online game operation", "preferred", "Online gam"),
        ("online gam", "zh", "网络游戏运营", "Online game operation", "preferred", "Online gam"),
        ("网络游戏", "en", "Online game operation", "网络游戏", "exact", "网络游戏"),
        ("網絡遊戲", "zh", "网络游戏运营", "网络游戏", "exact", "网络游戏"),
        ("wangluo yx", "zh", "网络游戏运营", "网络游戏", "pinyin", "网络游戏"),
        ("onlnie games", "en", "Online game operation", "online games", "slip", "online games"),
        ("王者荣", "zh", "网络游戏运营", "王者荣耀", "word", "王者荣"),
    ],
)
def test_the_preferred_label_is_shown_with_the_one_found(
    client: FlaskClient, q: str, lang: str, label: str, matched: str, by: str, marked: str
) -> None:
    item = next(item for item in suggest(client, q, lang=lang) if item["id"] == GAMES)
    assert (item["kind"], item["label"], item["matched"], item["matched_by"]) == ("activity", label, matched, by)
    [[start, end]] = item["highlights"]
    assert item["matched"][start:end] == marked


@pytest.mark.parametrize(
    ("q", "lang", "status", "words", "permitted"),
    [
        ("Online game operation", "en", "prohibited", "prohibited", "no"),
        ("Online game operation", "zh", "prohibited", "禁止", "no"),
        ("Internet data centre", "en", "restricted", "restricted", "no"),
        ("coffee shop", "zh", "open", "开放", "yes"),
    ],
)
def test_an_activity_has_its_status_in_words(
    client: FlaskClient, q: str, lang: str, status: str, words: str, permitted: str
) -> None:
    item = suggest(client, q, lang=lang)[0]
    assert (item["status"], item["status_text"], item["permitted_as_proposed"]) == (status, words, permitted)


def test_the_status_is_that_of_the_candidates_of_determinations(client: FlaskClient) -> None:
    candidates = [
        candidate
        for text in ("platform", "clinic", "delivery")
        for candidate in (client.get("/v1/determinations", query_string={"activity": text}).json["undetermined"] or {}).get(
            "candidates", []
        )
    ]
    assert len(candidates) > 3
    for candidate in candidates:
        items = suggest(client, candidate["label"][:64], kind="activity", limit=20)
        [item] = [item for item in items if item["id"] == candidate["id"]]
        for key in ("label", "href", "status", "permitted_as_proposed"):
            assert item[key] == candidate[key]


def test_a_place_has_no_status(client: FlaskClient) -> None:
    item = suggest(client, "wuhan", kind="place")[0]
    assert (item["id"], item["label"], item["href"]) == ("CN-42-01", "Wuhan", "/v1/places/CN-42-01")
    assert (item["status"], item["status_text"], item["permitted_as_proposed"]) == (None, None, None)


@pytest.mark.parametrize("kind", ["activity", "place"])
def test_a_kind_and_a_number_are_asked_for(client: FlaskClient, kind: str) -> None:
    items = suggest(client, "s", kind=kind, limit=3)
    assert len(items) == 3
    assert {item["kind"] for item in items} == {kind}


def test_addresses_lead_to_the_records(client: FlaskClient) -> None:
    for item in suggest(client, "sh", limit=20) + suggest(client, "网", limit=20):
        body = client.get(item["href"], query_string={"lang": "en"}).json
        assert body["id"] == item["id"]


@pytest.mark.parametrize("q", [" ", "#", "😀" * 64, "*:*"])
def test_nothing_is_found_in_marks(client: FlaskClient, q: str) -> None:
    assert suggest(client, q) == []


@pytest.mark.parametrize(
    ("query", "parameter", "nearest"),
    [
        ({}, "q", None),
        ({"q": ""}, "q", None),
        ({"q": "a" * 65}, "q", None),
        ({"q": "a\x00"}, "q", None),
        ({"q": ["a", "b"]}, "q", None),
        ({"q": "a", "limit": "0"}, "limit", None),
        ({"q": "a", "limit": "21"}, "limit", None),
        ({"q": "a", "kind": "person"}, "kind", None),
        ({"q": "a", "kinds": "place"}, "kinds", "kind"),
    ],
)
def test_what_cannot_be_read_is_a_problem(
    client: FlaskClient, query: dict[str, Any], parameter: str, nearest: str | None
) -> None:
    response = client.get("/v1/suggest", query_string=query)
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    [error] = response.json["errors"]
    assert (error["parameter"], error.get("nearest")) == (parameter, nearest)


def test_a_client_may_keep_an_answer_and_nobody_else(client: FlaskClient) -> None:
    first = client.get("/v1/suggest?q=cloud")
    assert first.headers["Cache-Control"].startswith("private, max-age=")
    assert first.headers["Content-Language"] == "en"
    again = client.get("/v1/suggest?q=cloud", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get("/v1/suggest?q=clouds", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200
