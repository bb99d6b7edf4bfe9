"""Instruments, activities, rules, and the addresses that answers give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from negative_list.catalogue import Catalogue
from negative_list.rules import RULES


def get(client: FlaskClient, path: str, **query: Any) -> dict[str, Any]:
    response = client.get(path, query_string=query)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json
    return body


def test_instruments(client: FlaskClient, catalogue: Catalogue) -> None:
    body = get(client, "/v1/instruments", lang="zh")
    assert [item["id"] for item in body["items"]] == list(catalogue.instruments)
    assert body["total"] == len(body["items"])
    for item in body["items"]:
        assert get(client, f"/v1/instruments/{item['id']}", lang="zh") == item


def test_the_list_of_2024(client: FlaskClient) -> None:
    body = get(client, "/v1/instruments/cn/national/2024")
    assert (body["kind"], body["regime"], body["effective_from"]) == ("access_list", "national", "2024-11-01")
    assert (body["item_count"], body["replaces"]) == (29, "cn/national/2021")
    assert set(body["titles"]) == {"en", "zh"}


def test_entries_of_an_instrument_stand_in_its_order(client: FlaskClient, catalogue: Catalogue) -> None:
    for instrument in catalogue.instruments.values():
        body = get(client, f"/v1/instruments/{instrument.id}/entries")
        assert [item["id"] for item in body["items"]] == [entry.id for entry in instrument.entries]
        assert body["total"] == get(client, f"/v1/instruments/{instrument.id}")["entry_count"]


@pytest.mark.parametrize(
    ("words", "id_"),
    [
        ("data centre", "telecom/internet-data-centre"),
        ("互联网数据中心", "telecom/internet-data-centre"),
        ("online games", "internet/online-games-operation"),
        ("網絡遊戲", "internet/online-games-operation"),
        ("coffee", "hospitality/coffee-shops"),
    ],
)
def test_search_of_activities(client: FlaskClient, words: str, id_: str) -> None:
    body = get(client, "/v1/activities", q=words)
    assert id_ in [item["id"] for item in body["items"]]


@pytest.mark.parametrize("words", ["*:*", '"', "[" * 200, " "])
def test_marks_alone_find_no_activity(client: FlaskClient, words: str) -> None:
    assert get(client, "/v1/activities", q=words)["total"] == 0


def test_all_activities_by_cursor(client: FlaskClient, catalogue: Catalogue) -> None:
    found: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        body = get(client, "/v1/activities", limit=100, **cursor)
        found += [item["id"] for item in body["items"]]
        if body["next_cursor"] is None:
            break
        cursor = {"cursor": body["next_cursor"]}
    assert found == sorted(catalogue.activities)
    assert body["total"] == len(found)


@pytest.mark.parametrize(
    ("id_", "status", "share", "entry"),
    [
        ("internet/online-games-operation", "prohibited", 0, "cn/national/2024/13"),
        ("telecom/internet-data-centre", "restricted", 0, "cn/national/2024/12"),
        ("hospitality/coffee-shops", "open", 100, "cn/national/2024/note-1"),
    ],
)
def test_an_activity_carries_its_standing_today(
    client: FlaskClient, id_: str, status: str, share: int, entry: str
) -> None:
    body = get(client, f"/v1/activities/{id_}")
    assert (body["id"], body["status"], body["max_foreign_share"]) == (id_, status, share)
    assert entry in body["decided_by"]


def test_neighbours_of_an_activity_are_held(client: FlaskClient, catalogue: Catalogue) -> None:
    body = get(client, "/v1/activities/telecom/internet-data-centre")
    for id_ in (*body["broader"], *body["narrower"], *body["related"]):
        assert id_ in catalogue.activities
    assert "telecom/internet-data-centre" in get(client, f"/v1/activities/{body['broader'][0]}")["narrower"]


def test_rules(client: FlaskClient) -> None:
    body = get(client, "/v1/rules")
    assert [item["measure"] for item in body["items"]] == list(RULES)
    assert all(item["explanation"] for item in body["items"])


def hrefs(node: Any) -> Iterator[str]:
    """Every address of this service in an answer."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("href", "self", "memo") and isinstance(value, str):
                yield value
            else:
                yield from hrefs(value)
    elif isinstance(node, list):
        for value in node:
            yield from hrefs(value)


def test_every_address_in_an_answer_leads_somewhere(client: FlaskClient) -> None:
    found: set[str] = set()
    for text in ("online games, a data centre and a café in 武汉", "platform", "e-commerce marketplace 49%", "诊所"):
        for lang in ("en", "zh"):
            found |= set(hrefs(get(client, "/v1/determinations", activity=text, lang=lang)))
    for path in ("entries", "instruments", "activities", "entries/cn/national/2024/12"):
        found |= set(hrefs(get(client, f"/v1/{path}", **({} if "/" in path else {"lang": "zh"}))))
    assert len(found) > 50
    for address in sorted(found):
        assert client.get(address).status_code == 200, address
