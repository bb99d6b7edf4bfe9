"""Pages lead forwards and back, and a cursor holds only for the list it was given for."""

from __future__ import annotations

import base64
import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

LISTS = {
    "/v1/entries": {"instrument": "cn/national/2024"},
    "/v1/activities": {"q": "software"},
    "/v1/places": {"kind": "province"},
    "/v1/industries": {"within": "I"},
}


def links(client: FlaskClient, address: str, accept: str = "application/json") -> dict[str, str]:
    response = client.get(address, headers={"Accept": accept})
    assert response.status_code == 200, response.text
    return {rel: target for target, rel in re.findall(r'<([^>]*)>; rel="([^"]*)"', response.headers["Link"])}


def first_cursor(client: FlaskClient, path: str, **query: str) -> str:
    cursor: str = client.get(path, query_string={"limit": "3", **LISTS[path], **query}).json["next_cursor"]
    return cursor


@pytest.mark.parametrize("accept", ["application/json", "text/csv", "application/x-ndjson"])
@pytest.mark.parametrize("path", LISTS)
def test_links_lead_to_the_end_and_back(client: FlaskClient, path: str, accept: str) -> None:
    query = "&".join(f"{name}={value}" for name, value in LISTS[path].items())
    address = f"{path}?{query}&limit=9&lang=zh"
    forwards = [address]
    while following := links(client, forwards[-1], accept).get("next"):
        forwards.append(following)
    assert len(forwards) > 2
    backwards = [forwards[-1]]
    while before := links(client, backwards[-1], accept).get("prev"):
        backwards.append(before)

    def pages(addresses: list[str]) -> list[bytes]:
        return [client.get(one, headers={"Accept": accept}).data for one in addresses]

    assert pages(backwards[::-1]) == pages(forwards)


@pytest.mark.parametrize("path", LISTS)
def test_every_page_names_its_description_and_its_canonical_address(client: FlaskClient, path: str) -> None:
    found = links(client, f"{path}?lang=zh")
    assert found["canonical"] == f"{path}?limit=20"
    assert found["service-desc"] == "/openapi.json"
    document, _, pointer = found["describedby"].partition("#")
    described = client.get(document).json
    for step in pointer.split("/")[1:]:
        described = described[step.replace("~1", "/").replace("~0", "~").replace("%7B", "{").replace("%7D", "}")]
    assert described["operationId"]


@pytest.mark.parametrize("path", LISTS)
def test_a_cursor_is_bound_to_its_list(client: FlaskClient, path: str) -> None:
    cursor = first_cursor(client, path)
    # Another size of page, another language and the same data pinned are the same list.
    kept = LISTS[path] | {"cursor": cursor, "limit": "5", "lang": "zh", "dataset": "2026.11.0"}
    assert client.get(path, query_string=kept).status_code == 200
    for wrong in ({"cursor": cursor}, LISTS[path] | {"cursor": cursor, "q": "other"}):
        response = client.get(path, query_string=wrong)
        assert response.status_code == 400, wrong
        assert [error["code"] for error in response.json["errors"]] == ["cursor_of_other_list"]
    for other in LISTS.keys() - {path}:
        response = client.get(other, query_string=LISTS[other] | {"cursor": cursor})
        assert [error["code"] for error in response.json["errors"]] == ["cursor_of_other_list"]


def test_a_cursor_of_other_data_is_gone(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    cursor = first_cursor(client, "/v1/places")
    engine = app.extensions["negative_list"].engine
    monkeypatch.setattr(engine, "catalogue", replace(engine.catalogue, digest="blake2b:other"))
    response = client.get("/v1/places", query_string=LISTS["/v1/places"] | {"cursor": cursor})
    assert response.status_code == 410
    [error] = response.json["errors"]
    assert (error["parameter"], error["code"]) == ("cursor", "cursor_of_other_data")
    assert "start again" in error["detail"]


@pytest.mark.parametrize(
    "change",
    [
        lambda cursor: cursor[:-2],
        lambda cursor: cursor + "AAAA",
        lambda cursor: "bzIw",
        lambda cursor: cursor.replace(cursor[0], "!"),
        # As long as a cursor of ours, but of a page after the last.
        lambda cursor: base64.urlsafe_b64encode(base64.urlsafe_b64decode(cursor + "==")[:12] + b"\xff" * 4).decode().rstrip("="),
    ],
)
def test_what_is_no_cursor_is_refused(client: FlaskClient, change: object) -> None:
    assert callable(change)
    cursor = change(first_cursor(client, "/v1/places"))
    response = client.get("/v1/places", query_string=LISTS["/v1/places"] | {"cursor": cursor})
    assert response.status_code == 400
    assert [error["code"] for error in response.json["errors"]] == ["unknown_cursor"]
