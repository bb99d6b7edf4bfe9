"""The gazetteer over HTTP, and what applies in a place on a day."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from negative_list.catalogue import Catalogue


def get(client: FlaskClient, path: str, **query: Any) -> dict[str, Any]:
    response = client.get(path, query_string=query)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.get_json()
    return body


def test_every_place_is_listed_page_by_page(client: FlaskClient, catalogue: Catalogue) -> None:
    seen: list[str] = []
    address = "/v1/places?limit=100"
    while address:
        response = client.get(address)
        body = response.get_json()
        seen += [item["id"] for item in body["items"]]
        links = {rel: target for target, rel in re.findall(r'<([^>]*)>; rel="([^"]*)"', response.headers["Link"])}
        address = links.get("next", "")
        assert body["total"] == len(catalogue.places)
    assert seen == list(catalogue.places)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "lingang new area"}, {"zone/lingang"}),
        ({"q": "临港新片区"}, {"zone/lingang"}),
        ({"kind": "free_trade_zone", "within": "CN-31"}, {"zone/ftz-shanghai"}),
        ({"regime": "hainan", "kind": "province"}, {"CN-46"}),
        ({"regime": "cn/pilot/vats-2024", "kind": "province"}, {"CN-11", "CN-46"}),
        ({"regime": "cn/pilot/vats-2024", "kind": "province", "as_of": "2024-10-22"}, set()),
        ({"q": "no such place anywhere"}, set()),
    ],
)
def test_filters(client: FlaskClient, query: dict[str, str], expected: set[str]) -> None:
    assert {item["id"] for item in get(client, "/v1/places", **query)["items"]} == expected


@pytest.mark.parametrize(
    ("place", "day", "access_list", "regimes"),
    [
        ("CN-46", "2018-10-15", "cn/national/2018", set()),
        ("CN-46", "2018-10-16", "cn/ftz/2018", {"ftz"}),
        ("CN-46", "2021-01-31", "cn/ftz/2020", {"ftz"}),
        ("CN-46", "2021-02-01", "cn/hainan/2020", {"hainan"}),
        ("zone/lingang", "2019-08-19", "cn/national/2019", set()),
        ("zone/lingang", "2021-12-31", "cn/ftz/2020", {"ftz"}),
        ("zone/lingang", "2022-01-01", "cn/ftz/2021", {"ftz"}),
        ("CN-31", "2024-11-01", "cn/national/2024", set()),
        ("CN-44-03", "2024-10-23", "cn/national/2021", {"cn/pilot/vats-2024"}),
    ],
)
def test_what_applies_in_a_place_on_a_day(
    client: FlaskClient, place: str, day: str, access_list: str, regimes: set[str]
) -> None:
    body = get(client, f"/v1/places/{place}", as_of=day)
    assert (body["id"], body["access_list"], body["as_of"]) == (place, access_list, day)
    lists = {"ftz", "hainan"}
    assert set(body["regimes"]) & lists == regimes & lists
    assert regimes <= set(body["regimes"])


def test_a_place_has_both_names_and_its_source(client: FlaskClient) -> None:
    body = get(client, "/v1/places/zone/lingang", lang="zh")
    assert body["label"] == body["labels"]["zh"] != body["labels"]["en"]
    assert body["within"] == ["zone/ftz-shanghai", "CN-31"]
    assert body["basis"] in ("verified", "recalled")


def test_a_day_before_the_first_list_is_refused(client: FlaskClient) -> None:
    for path in ("/v1/places", "/v1/places/CN-46"):
        response = client.get(path, query_string={"as_of": "2017-07-27"})
        assert response.status_code == 400
        assert "2017-07-28" in response.get_json()["detail"]


def test_an_unknown_place_in_a_proposal_is_named_with_the_nearest(client: FlaskClient) -> None:
    response = client.post("/v1/determinations", json={"activity": "coffee shop", "location": "Shenzhenn"})
    assert response.status_code == 422
    [error] = response.get_json()["errors"]
    assert (error["pointer"], error["nearest"]) == ("/location", "Shenzhen")
