"""Search over entries, and one entry by id."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.http import parse_options_header

from negative_list.catalogue import Catalogue

PATH = "/v1/entries"


def search(client: FlaskClient, **query: Any) -> dict[str, Any]:
    response = client.get(PATH, query_string=query)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json
    return body


def walk(client: FlaskClient, **query: Any) -> list[dict[str, Any]]:
    """All pages, by their cursors."""
    found: list[dict[str, Any]] = []
    cursor: dict[str, str] = {}
    for _ in range(1_000):
        body = search(client, **query, **cursor)
        assert len(body["items"]) <= int(query.get("limit", 20))
        found += body["items"]
        if body["next_cursor"] is None:
            assert len(found) == body["total"]
            return found
        cursor = {"cursor": body["next_cursor"]}
    raise AssertionError("The pages never end.")


@pytest.mark.parametrize(
    ("words", "item"),
    [
        ("telecommunications companies", "cn/national/2024/12"),
        ("电信公司", "cn/national/2024/12"),
        ("電信公司", "cn/national/2024/12"),
        ("internet news information", "cn/national/2024/13"),
        ("互联网新闻信息服务", "cn/national/2024/13"),
        ("nuclear power plant", "cn/national/2024/6"),
        ("小麦", "cn/national/2024/1"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_search_finds_in_either_language(client: FlaskClient, words: str, item: str, lang: str) -> None:
    body = search(client, q=words, lang=lang)
    assert item in [found["id"] for found in body["items"][:3]]
    scores = [found["score"] for found in body["items"]]
    assert scores == sorted(scores, reverse=True)
    assert body["did_you_mean"] is None


def test_without_words_all_entries_in_the_order_of_the_lists(client: FlaskClient, catalogue: Catalogue) -> None:
    assert [item["id"] for item in walk(client, limit=100)] == list(catalogue.entries)
    first = search(client)["items"][0]
    assert "score" not in first
    assert "highlights" not in first


@pytest.mark.parametrize("query", [{}, {"q": "互联网 internet service"}, {"instrument": "cn/national/2024"}])
@pytest.mark.parametrize("limit", [1, 7, 100])
def test_cursors_walk_all_without_repeats(client: FlaskClient, query: dict[str, str], limit: int) -> None:
    found = [item["id"] for item in walk(client, limit=limit, **query)]
    assert len(found) == len(set(found)) == search(client, **query)["total"] > limit - 100
    assert found == [item["id"] for item in walk(client, limit=100, **query)]


def test_link_leads_to_the_next_page(client: FlaskClient) -> None:
    response = client.get(PATH, query_string={"q": "互联网 service", "limit": "1", "lang": "zh"})
    links = dict(
        reversed(part) for part in ((p.partition(">")[0].strip(" <"), parse_options_header(p)[1]["rel"])
                                    for p in response.headers["Link"].split(", "))
    )
    assert links["service-desc"] == "/openapi.json"
    query = parse_qs(urlsplit(links["next"]).query)
    assert query == {
        "q": ["互联网 service"], "limit": ["1"], "lang": ["zh"], "cursor": [response.json["next_cursor"]]
    }
    following = client.get(links["next"])
    assert following.status_code == 200
    assert following.json["items"] != response.json["items"]
    assert 'rel="next"' not in client.get(PATH, query_string={"limit": "100", "q": "小麦"}).headers["Link"]


# -- filters and facets ------------------------------------------------------------------------------------------


def test_filters(client: FlaskClient, catalogue: Catalogue) -> None:
    of_list = {entry.id for entry in catalogue.instruments["cn/national/2024"].entries}
    assert {item["id"] for item in walk(client, instrument="cn/national/2024")} == of_list

    prohibited = walk(client, measure="prohibited")
    assert prohibited
    assert all("prohibited" in item["measure_kinds"] for item in prohibited)

    internet = {item["id"] for item in walk(client, sector="I")}
    assert {"cn/national/2024/12", "cn/national/2024/13"} <= internet
    assert "cn/national/2024/1" not in internet

    both = {item["id"] for item in walk(client, sector="I", measure="prohibited")}
    assert both == internet & {item["id"] for item in prohibited}


@pytest.mark.parametrize("day", ["1990-01-01", "2024-10-31", "2024-11-01", "2026-11-23", "9999-12-31"])
def test_in_force_on(client: FlaskClient, catalogue: Catalogue, day: str) -> None:
    on = date.fromisoformat(day)
    expected = {
        entry.id for item in catalogue.instruments.values() if item.in_force_on(on) for entry in item.entries
    }
    assert {item["id"] for item in walk(client, in_force_on=day)} == expected


@pytest.mark.parametrize("query", [{}, {"q": "电信 telecommunications"}, {"sector": "I"}])
def test_facets_count_what_a_filter_would_leave(client: FlaskClient, query: dict[str, str]) -> None:
    facets = search(client, **query)["facets"]
    assert set(facets) == {"instrument", "sector", "measure"}
    for name, counts in facets.items():
        assert list(counts.values()) == sorted(counts.values(), reverse=True)
        for value, count in counts.items():
            assert search(client, **query | {name: value})["total"] == count


# -- highlights and suggestions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "lang", "shown"),
    [("Telecommunications COMPANY", "en", {"telecommunications", "companies"}), ("电信公司", "zh", {"电信公司"})],
)
def test_highlights_are_spans_of_the_words_asked_for(
    client: FlaskClient, words: str, lang: str, shown: set[str]
) -> None:
    [entry] = [item for item in search(client, q=words, lang=lang)["items"] if item["id"] == "cn/national/2024/12"]
    for field, spans in entry["highlights"].items():
        assert all(0 <= start < end <= len(entry[field]) for start, end in spans)
        assert all(first[1] < second[0] for first, second in itertools.pairwise(spans))
    title = {entry["title"][start:end].lower() for start, end in entry["highlights"]["title"]}
    assert title == shown


@pytest.mark.parametrize(("words", "meant"), [("telecomunicattions", "telecom"), ("cofee shpo", "coffee")])
def test_did_you_mean(client: FlaskClient, words: str, meant: str) -> None:
    body = search(client, q=words)
    assert body["items"] == []
    assert meant in body["did_you_mean"].lower()


@pytest.mark.parametrize("words", ["*:*", '"', "*", "?", "~", "[" * 200, "()" * 100, " ", "。，", "🎮"])
def test_marks_alone_find_nothing(client: FlaskClient, words: str) -> None:
    body = search(client, q=words)
    assert (body["items"], body["total"], body["did_you_mean"]) == ([], 0, None)


@pytest.mark.parametrize(
    ("words", "same_as"),
    [
        ("telecom*", "telecom"),
        ('"internet news"', "internet news"),
        ("title:internet", "title internet"),
        ("internet^9", "internet 9"),
        ("[internet TO news}", "internet to news"),
        ("internet~2", "internet 2"),
    ],
)
def test_there_is_no_query_syntax(client: FlaskClient, words: str, same_as: str) -> None:
    assert [item["id"] for item in search(client, q=words)["items"]] == [
        item["id"] for item in search(client, q=same_as)["items"]
    ]


def test_boolean_words_are_words(client: FlaskClient) -> None:
    plain = {item["id"] for item in walk(client, q="internet")}
    assert plain <= {item["id"] for item in walk(client, q="internet AND NOT internet")}


def test_ten_thousand_brackets(client: FlaskClient) -> None:
    assert client.get(f"{PATH}?q=" + "[" * 10_000).status_code == 414


# -- one entry ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "title"), [("en", "Telecommunications companies"), ("zh", "电信公司")])
def test_one_entry(client: FlaskClient, lang: str, title: str) -> None:
    response = client.get(f"{PATH}/cn/national/2024/12", query_string={"lang": lang})
    body = response.json
    assert (body["id"], body["item"], body["instrument"], body["title"]) == (
        "cn/national/2024/12", "12", "cn/national/2024", title
    )
    assert body["titles"] == {"en": "Telecommunications companies", "zh": "电信公司"}
    assert {measure["kind"] for measure in body["measures"]} >= {"wto_commitments_only", "foreign_share_max"}
    assert body["exceptions"]
    assert body["source_url"].startswith("https://")
    assert response.headers["Content-Language"] == lang
    assert response.cache_control.public


def test_every_entry_is_found_by_its_id(client: FlaskClient, catalogue: Catalogue) -> None:
    for id_ in catalogue.entries:
        assert client.get(f"{PATH}/{id_}").json["id"] == id_


def test_slashes_of_an_id_may_be_percent_encoded(client: FlaskClient) -> None:
    assert client.get(f"{PATH}/cn%2Fnational%2F2024%2F12").json["id"] == "cn/national/2024/12"


def test_an_unknown_entry_names_the_nearest(client: FlaskClient) -> None:
    response = client.get(f"{PATH}/cn/nationl/2024/13")
    assert response.status_code == 404
    assert response.json["errors"][0]["nearest"] == "cn/national/2024/13"
