"""The law in time over HTTP: editions compared, matters followed, feeds, coverage, and answers on other days."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from negative_list.catalogue import Catalogue

ATOM = "{http://www.w3.org/2005/Atom}"


def get(client: FlaskClient, path: str, **query: Any) -> dict[str, Any]:
    response = client.get(path, query_string=query)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.get_json()
    return body


@pytest.mark.parametrize("newer", ["cn/national/2024", "cn%2Fnational%2F2024"])
def test_what_the_edition_of_2024_changed(client: FlaskClient, newer: str) -> None:
    body = get(client, f"/v1/instruments/cn/national/2021/diff/{newer}")
    removed = {entry["item"] for change in body["changes"] if change["kind"] == "removed" for entry in change["old"]}
    assert removed == {"6", "7"}
    assert (body["from"]["id"], body["to"]["id"]) == ("cn/national/2021", "cn/national/2024")
    assert sum(body["counts"].values()) >= len(body["changes"])
    assert [body["counts"][kind] for kind in ("added", "eased", "tightened", "mixed")] == [0, 0, 0, 0]


def test_a_change_shows_the_measures_of_both_and_whom_it_moves(client: FlaskClient) -> None:
    body = get(client, "/v1/instruments/cn/national/2018/diff/cn/national/2019")
    [telecom] = [change for change in body["changes"] if change["old"] and change["old"][0]["item"] == "25"]
    assert telecom["kind"] == "eased"
    assert telecom["old"][0]["measures"]
    assert telecom["new"][0]["measures"]
    moved = {effect["activity"]["id"]: effect for effect in telecom["effects"]}
    assert moved["telecom/call-centre"]["before"]["status"] == "restricted"
    assert moved["telecom/call-centre"]["after"] == {"status": "open", "max_foreign_share": 100}


def test_a_matter_through_the_editions(client: FlaskClient) -> None:
    body = get(client, "/v1/entries/cn/national/2018/44/history", lang="zh")
    assert [stage["instrument"] for stage in body["stages"]][:3] == [
        "cn/national/2017",
        "cn/national/2018",
        "cn/national/2019",
    ]
    cinemas = {stage["instrument"]: [entry["item"] for entry in stage["entries"]] for stage in body["stages"]}
    assert cinemas["cn/national/2018"] == ["44"]
    assert cinemas["cn/national/2019"] == cinemas["cn/national/2024"] == []
    assert {stage["instrument"]: stage["change"] for stage in body["stages"]}["cn/national/2019"] == "removed"


def test_the_feed_is_a_json_feed(client: FlaskClient) -> None:
    response = client.get("/v1/changes", query_string={"since": "2024-10-23"})
    assert response.mimetype == "application/feed+json"
    feed = response.get_json(force=True)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    days = [datetime.fromisoformat(item["date_published"]) for item in feed["items"]]
    assert days == sorted(days, reverse=True)
    assert min(day.date() for day in days) == date(2024, 10, 23)
    ids = [item["id"] for item in feed["items"]]
    assert len(set(ids)) == len(ids)
    assert any(id_.endswith("cn/pilot/vats-2024/in-force") for id_ in ids)
    assert all(item["content_text"] and item["title"] and item["url"] for item in feed["items"])


def test_the_atom_feed_says_the_same(client: FlaskClient) -> None:
    response = client.get("/v1/changes.atom")
    assert response.mimetype == "application/atom+xml"
    feed = ET.fromstring(response.data)  # noqa: S314 - our own answer
    assert feed.tag == f"{ATOM}feed"
    assert [feed.findtext(f"{ATOM}{tag}") is not None for tag in ("id", "title", "updated")] == [True] * 3
    items = client.get("/v1/changes").get_json(force=True)["items"]
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == [item["id"] for item in items]
    assert all(entry.findtext(f"{ATOM}updated") for entry in entries)


@pytest.mark.parametrize("since", ["2024-13-01", "yesterday", ""])
def test_since_is_a_day(client: FlaskClient, since: str) -> None:
    assert client.get("/v1/changes", query_string={"since": since}).status_code == 400


def test_what_is_to_come_is_marked(client: FlaskClient) -> None:
    for item in client.get("/v1/changes").get_json(force=True)["items"]:
        event = item["_negative_list"]
        assert event["to_come"] is (date.fromisoformat(event["day"]) > date.today())  # noqa: DTZ011


@pytest.mark.parametrize("path", ["/v1/changes", "/v1/changes.atom", "/v1/coverage", "/v1/places/CN-46"])
def test_an_unchanged_answer_is_confirmed(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.head(path).headers["ETag"] == first.headers["ETag"]
    assert client.get(path, headers={"Accept-Language": "zh"}).headers["ETag"] != first.headers["ETag"]


def test_coverage_says_how_facts_are_known_and_what_is_missing(client: FlaskClient, catalogue: Catalogue) -> None:
    body = get(client, "/v1/coverage")
    assert body["checked_on"] == catalogue.checked_on.isoformat()
    assert {item["id"] for item in body["instruments"]} == set(catalogue.instruments)
    assert body["first_day"] == "2017-07-28"
    assert all(row["verified"] + row["recalled"] > 0 for row in body["provenance"])
    assert {claim["id"] for claim in body["rejected_claims"]} >= {"edition-2025", "edition-2026"}
    assert body["not_held"]
    assert body["uncertain"]


def test_instruments_and_entries_say_whether_they_are_in_force(client: FlaskClient) -> None:
    states = {item["id"]: item["state"] for item in get(client, "/v1/instruments")["items"]}
    assert states["cn/national/2021"] == "no_longer_in_force"
    assert states["cn/national/2024"] == states["cn/pilot/vats-2024"] == "in_force"
    assert get(client, "/v1/entries/cn/national/2018/44")["state"] == "no_longer_in_force"


def test_an_entry_of_a_pilot_says_what_it_opens(client: FlaskClient) -> None:
    [ease] = get(client, "/v1/entries/cn/pilot/vats-2024/data-centres")["eases"]
    assert {place["id"] for place in ease["places"]} == {"CN-11", "CN-46", "CN-44-03", "CN-31-15", "zone/lingang"}
    assert {term["id"] for term in ease["conditions"]} >= {"pilot-approval"}


def test_search_can_be_narrowed_to_a_day(client: FlaskClient) -> None:
    body = get(client, "/v1/entries", q="cinemas", in_force_on="2018-08-01", limit=100)
    assert "cn/national/2018/44" in {item["id"] for item in body["items"]}
    assert {item["state"] for item in body["items"]} >= {"no_longer_in_force"}


def determine(client: FlaskClient, **proposal: Any) -> dict[str, Any]:
    response = client.post("/v1/determinations", json=proposal)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.get_json()
    return body


def test_an_answer_says_what_would_change_it(client: FlaskClient) -> None:
    body = determine(
        client,
        activity_ids=["telecom/internet-data-centre"],
        foreign_share=60,
        location="Wuhan",
        as_of="2026-11-23",
    )
    [item] = body["activities"]
    assert (body["status"], body["permitted_as_proposed"], item["max_foreign_share"]) == ("restricted", "no", 0)
    pilot = next(r for r in item["relaxations"] if r["regime"] == "cn/pilot/vats-2024")
    assert pilot["applies"] is False
    assert "Wuhan" in pilot["because"]
    assert pilot["effect"] == {"status": "open", "max_foreign_share": 100}
    assert pilot["citation"]["entry"].startswith("cn/pilot/vats-2024/")
    assert body["understood"]["location"]["regimes"] == ["cn/pilot/services-2025"]


def test_the_rule_before_is_told_for_two_years(client: FlaskClient) -> None:
    asked = {"activity_ids": ["media/publication-printing"]}
    [now] = determine(client, **asked, as_of="2024-11-01")["activities"]
    assert now["history"]["since"] == "2024-11-01"
    assert now["history"]["before"]["status"] == "restricted"
    assert now["history"]["before"]["citation"]["entry"] == "cn/national/2021/6"
    [then] = determine(client, **asked, as_of="2024-10-31")["activities"]
    assert (then["status"], then["history"]["next"]["from"]) == ("restricted", "2024-11-01")
    [later] = determine(client, **asked, as_of="2026-11-23")["activities"]
    assert (later["history"]["since"], later["history"]["before"]) == ("2024-11-01", None)


def test_neighbouring_layers_are_pointed_to_and_never_mixed_in(client: FlaskClient) -> None:
    [item] = determine(client, activity_ids=["media/news-organisations"], as_of="2026-11-23")["activities"]
    layers = {pointer["layer"] for pointer in item["neighbouring"]}
    assert "market_access_list" in layers
    cited = {reason["citation"]["instrument"] for reason in item["reasons"]}
    assert not any(id_.startswith(("cn/market-access", "cn/cross-border", "cn/encouraged")) for id_ in cited)


def test_too_early_a_day_names_the_first_one(client: FlaskClient) -> None:
    response = client.get("/v1/determinations", query_string={"activity": "coffee shop", "as_of": "2017-07-27"})
    assert response.status_code == 400
    assert "2017-07-28" in response.get_json()["detail"]
