"""Entries and instruments as schema.org/Legislation."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from negative_list.catalogue import Catalogue
from service import linked_data

LD = "application/ld+json"
FORCE = "https://schema.org/"


def ask(client: FlaskClient, path: str, lang: str = "en") -> dict[str, Any]:
    response = client.get(path, headers={"Accept": LD, "Accept-Language": lang})
    assert (response.status_code, response.mimetype) == (200, LD)
    body: dict[str, Any] = response.json
    assert (body["@context"], body["@type"]) == ("https://schema.org", "Legislation")
    return body


def test_an_instrument(client: FlaskClient) -> None:
    body = ask(client, "/v1/instruments/cn/national/2021", "zh")
    assert body["@id"] == "/v1/instruments/cn/national/2021"
    assert body["legislationIdentifier"] == "国家发展改革委、商务部令2021年第47号"
    assert body["legislationDate"] == "2021-12-27"
    assert body["legislationDateVersion"] == "2022-01-01"
    assert body["legislationLegalForce"] == FORCE + "NotInForce"
    # The list of 2024 is in force from the first of November.
    assert body["temporalCoverage"] == "2022-01-01/2024-10-31"
    assert body["legislationChanges"]["@id"] == "/v1/instruments/cn/national/2020"
    assert body["inLanguage"] == "zh-Hans"
    assert body["legislationPassedBy"][0]["name"] == "国家发展和改革委员会"
    assert body["isBasedOn"]
    assert {"@type": "Legislation", "@id": "/v1/entries/cn/national/2021/12"} in body["hasPart"]


def test_an_entry_is_part_of_its_instrument(client: FlaskClient) -> None:
    body = ask(client, "/v1/entries/cn/national/2024/12")
    assert body["isPartOf"]["@id"] == "/v1/instruments/cn/national/2024"
    assert body["legislationIdentifier"] == "国家发展改革委、商务部令2024年第23号 12"
    assert body["legislationLegalForce"] == FORCE + "InForce"
    assert body["temporalCoverage"] == "2024-11-01/.."
    assert body["inLanguage"] == "en"
    assert body["text"] == client.get("/v1/entries/cn/national/2024/12").json["text"]


def test_every_address_is_held_and_absolute_where_the_service_has_one(client: FlaskClient, catalogue: Catalogue) -> None:
    whole = catalogue.instruments["cn/national/2021"]
    body = linked_data.instrument(catalogue, whole, "en", date(2023, 1, 1), "https://law.example")
    assert body["legislationLegalForce"] == FORCE + "InForce"
    addresses = [body["@id"], body["legislationChanges"]["@id"], *(part["@id"] for part in body["hasPart"])]
    for address in addresses:
        assert address.startswith("https://law.example/v1/")
        assert client.head(address.removeprefix("https://law.example")).status_code == 200


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_is_empty(catalogue: Catalogue, lang: str, today: date) -> None:
    bodies = [linked_data.instrument(catalogue, item, lang, today, "") for item in catalogue.instruments.values()]
    bodies += [linked_data.entry(catalogue, item, lang, today, "") for item in catalogue.entries.values()]
    for body in bodies:
        assert all(value not in (None, "", [], {}) for value in body.values()), body["@id"]
        assert {"name", "legislationIdentifier", "legislationDate", "inLanguage"} <= set(body)


@pytest.mark.parametrize("accept", ["*/*", "application/*", "application/json, application/ld+json;q=0.9"])
def test_json_goes_before_linked_data(client: FlaskClient, accept: str) -> None:
    assert client.get("/v1/entries/cn/national/2024/12", headers={"Accept": accept}).mimetype == "application/json"
