"""The law of a day by Accept-Datetime (RFC 7089)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

DETERMINE, PLACES, PLACE = "/v1/determinations?activity=coffee+shop", "/v1/places?limit=2", "/v1/places/zone/lingang"
TIMEGATES = (DETERMINE, PLACES, PLACE)
MOMENT = "Fri, 01 Nov 2024 00:00:00 GMT"
START_OF_DAY = "Thu, 31 Oct 2024 16:00:00 GMT"


def ask(client: FlaskClient, path: str, moment: str | None = None, **more: str) -> TestResponse:
    return client.get(path, query_string=None, headers={"Accept-Datetime": moment} if moment else {}, **more)


def with_day(path: str, day: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}as_of={day}"


def links(response: TestResponse) -> dict[str, str]:
    found = re.findall(r'<([^>]*)>; rel="([^"]*)"', response.headers["Link"])
    return {rel: target for target, rels in found for rel in rels.split()}


def answered_day(response: TestResponse) -> Any:
    body = response.json
    if "understood" in body:
        return body["understood"]["as_of"]["value"]
    return body.get("as_of") or body["items"][0]["as_of"]


@pytest.mark.parametrize("path", TIMEGATES)
def test_the_header_sets_the_day(client: FlaskClient, path: str) -> None:
    response = ask(client, path, MOMENT)
    assert response.status_code == 200
    assert answered_day(response) == "2024-11-01"
    assert response.headers["Memento-Datetime"] == START_OF_DAY
    assert "Accept-Datetime" in response.headers["Vary"]
    by_parameter = client.get(with_day(path, "2024-11-01"))
    assert by_parameter.data == response.data
    assert by_parameter.headers["ETag"] == response.headers["ETag"]
    # The original is its own timegate.
    assert links(response)["original"] == links(response)["timegate"]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("Thu, 31 Oct 2024 15:59:59 GMT", "2024-10-31"),
        ("Thu, 31 Oct 2024 16:00:00 GMT", "2024-11-01"),
        ("Thu, 29 Feb 2024 12:00:00 GMT", "2024-02-29"),
        ("Fri, 01 Jan 2027 00:00:00 GMT", "2027-01-01"),
    ],
)
def test_the_day_is_that_of_shanghai(client: FlaskClient, moment: str, day: str) -> None:
    assert answered_day(ask(client, PLACE, moment)) == day


@pytest.mark.parametrize("path", TIMEGATES)
def test_the_parameter_goes_before_the_header(client: FlaskClient, path: str) -> None:
    response = ask(client, with_day(path, "2025-03-01"), MOMENT)
    assert answered_day(response) == "2025-03-01"
    assert "Accept-Datetime" not in response.headers["Vary"]
    # Nor is a header looked at that is not needed.
    assert ask(client, with_day(path, "2025-03-01"), "nonsense").status_code == 200


@pytest.mark.parametrize("path", TIMEGATES)
def test_without_either_it_is_the_law_of_today(client: FlaskClient, path: str) -> None:
    response = ask(client, path)
    assert "Memento-Datetime" not in response.headers
    assert "Accept-Datetime" in response.headers["Vary"]
    assert links(response)["timegate"] == links(response)["original"]


@pytest.mark.parametrize("path", [PLACES, PLACE])
def test_a_moment_has_an_address(client: FlaskClient, path: str) -> None:
    response = ask(client, path, MOMENT)
    memento = client.get(response.headers["Content-Location"])
    assert memento.data == response.data
    assert memento.headers["Memento-Datetime"] == START_OF_DAY
    assert "as_of" not in links(memento)["original"]
    assert client.get(links(memento)["timegate"]).json["href" if path == PLACE else "total"]


def test_no_header_repeats_a_proposal(client: FlaskClient) -> None:
    response = ask(client, "/v1/determinations?activity=secret+bakery&location=Wuhan", MOMENT)
    assert "Content-Location" not in response.headers
    assert links(response)["original"] == ""
    for path in ("/v1/determinations?activity=secret+bakery", "/v1/determinations?activity=secret+bakery&as_of=2025-01-01"):
        assert "bakery" not in str(ask(client, path).headers)
    assert "bakery" not in str(response.headers)


@pytest.mark.parametrize("path", TIMEGATES)
@pytest.mark.parametrize(
    "moment",
    [
        *("", "2024-11-01", "2024-11-01T00:00:00Z", "01 Nov 2024", "now", "0", "Fri, 01 Nov 2024 00:00:00 +0800"),
        *("Fri, 31 Feb 2024 00:00:00 GMT", "Fri, 01 Nov 2024 25:00:00 GMT", "Fri, 01 Xyz 2024 00:00:00 GMT"),
        "Fri, ０1 Nov 2024 00:00:00 GMT",
    ],
)
def test_a_moment_that_is_none_is_refused(client: FlaskClient, path: str, moment: str) -> None:
    response = client.get(path, environ_overrides={"HTTP_ACCEPT_DATETIME": moment})
    assert response.status_code == 400
    [error] = response.json["errors"]
    assert (error["parameter"], error["code"]) == ("Accept-Datetime", "malformed_datetime")


@pytest.mark.parametrize("path", TIMEGATES)
def test_too_early_is_the_same_problem_either_way(client: FlaskClient, path: str) -> None:
    by_header = ask(client, path, "Mon, 01 Jan 1990 00:00:00 GMT")
    by_parameter = client.get(with_day(path, "1990-01-01"))
    assert by_header.status_code == by_parameter.status_code == 400
    assert by_header.json["errors"] == by_parameter.json["errors"]
