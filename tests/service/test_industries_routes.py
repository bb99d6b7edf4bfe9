"""The industry classification over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from negative_list.catalogue import Catalogue


def get(client: FlaskClient, address: str, **query: str) -> dict[str, Any]:
    response = client.get(address, query_string=query)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.get_json()
    return body


def test_every_industry_is_listed_once_in_the_order_of_the_codes(client: FlaskClient, catalogue: Catalogue) -> None:
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        body = get(client, "/v1/industries", limit="100", **cursor)
        seen += [item["code"] for item in body["items"]]
        assert body["total"] == len(catalogue.industries)
        if body["next_cursor"] is None:
            break
        cursor = {"cursor": body["next_cursor"]}
    assert seen == sorted(catalogue.industries)
    assert sum(item.level == "class" for item in catalogue.industries.values()) == 1381


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"level": "section", "q": "manufacturing"}, {"C"}),
        ({"within": "I642", "level": "class"}, {"I6421", "I6422", "I6429"}),
        ({"within": "i642", "level": "group"}, {"I642"}),
        ({"q": "互联网游戏"}, {"I6422"}),
        ({"q": "no such industry"}, set()),
    ],
)
def test_industries_are_found_by_name_level_and_code(
    client: FlaskClient, query: dict[str, str], codes: set[str]
) -> None:
    assert {item["code"] for item in get(client, "/v1/industries", **query)["items"]} == codes


@pytest.mark.parametrize("code", ["I6422", "i6422", "6422"])
def test_a_class_names_its_activities_and_how_they_stand(client: FlaskClient, code: str) -> None:
    body = get(client, f"/v1/industries/{code}")
    assert (body["code"], body["level"], body["within"]) == ("I6422", "class", "I642")
    assert body["labels"]["zh"] == "互联网游戏服务"
    assert {"internet/online-games-operation": "prohibited"}.items() <= {
        item["id"]: item["status"] for item in body["activities"]
    }.items()


def test_a_class_off_every_list_is_open(client: FlaskClient) -> None:
    body = get(client, "/v1/industries/A0111", lang="zh")
    assert body["label"] == "稻谷种植"
    assert {item["status"] for item in body["activities"]} == {"open"}


@pytest.mark.parametrize("code", ["I6422", "6422"])
def test_a_listed_class_is_determined_by_its_code(client: FlaskClient, code: str) -> None:
    body = get(client, "/v1/determinations", industry_codes=code)
    assert body["status"] == "prohibited"
    assert body["activities"][0]["match"]["by"] == "industry_code"


def test_an_unlisted_class_is_open_by_its_code(client: FlaskClient) -> None:
    body = get(client, "/v1/determinations", industry_codes="A0111")
    assert (body["status"], body["permitted_as_proposed"]) == ("open", "yes")


def test_a_class_with_listed_and_unlisted_business_answers_with_both(
    client: FlaskClient, catalogue: Catalogue
) -> None:
    code = next(item.code for item in catalogue.industries.values() if item.contains)
    body = get(client, "/v1/determinations", industry_codes=code)
    assert (body["status"], body["undetermined"]["reason"]) == ("undetermined", "ambiguous")
    assert len({item["status"] for item in body["undetermined"]["candidates"]}) > 1
    assert {item["id"] for item in body["undetermined"]["candidates"]} == {
        item["activity"]["id"] for item in body["activities"]
    }
