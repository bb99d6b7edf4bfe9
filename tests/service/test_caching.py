"""Every GET can be confirmed without being sent again, and is kept no longer than it is right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.http import http_date
from werkzeug.test import TestResponse

from service import caching, state
from service.caching import Depends
from service.state import SHANGHAI

CAFE = "/v1/determinations?activity=coffee+shop"
FOR_EVER = "max-age=31536000, immutable"
# An address of each route, and what its answer depends on beside the data: nothing, the law in force, or the day.
ROUTES: dict[str, str] = {
    CAFE: "day",
    f"{CAFE}&as_of=2025-03-01": "nothing",
    "/v1/entries": "law",
    "/v1/entries/cn/national/2024/12": "law",
    "/v1/entries/cn/national/2024/12/history": "nothing",
    "/v1/instruments": "law",
    "/v1/instruments/cn/national/2024": "law",
    "/v1/instruments/cn/national/2024/entries": "law",
    "/v1/instruments/cn/national/2021/diff/cn/national/2024": "nothing",
    "/v1/activities": "day",
    "/v1/activities/telecom/internet-data-centre": "day",
    "/v1/rules": "nothing",
    "/v1/suggest?q=game": "day",
    "/v1/places": "day",
    "/v1/places?as_of=2025-03-01": "nothing",
    "/v1/places/zone/lingang": "day",
    "/v1/places/zone/lingang?as_of=2025-03-01": "nothing",
    "/v1/industries": "day",
    "/v1/industries/I6422": "day",
    "/v1/changes": "law",
    "/v1/changes.atom": "law",
    "/v1/coverage": "law",
}
BY_DAY = ("/v1/determinations", "/v1/places")
NOON = datetime(2027, 3, 2, 12, tzinfo=SHANGHAI)

Clock = Callable[[datetime], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets the time, everywhere where the service looks at it."""

    def put(moment: datetime) -> None:
        monkeypatch.setattr(caching, "now", lambda: moment)
        monkeypatch.setattr(state, "now", lambda: moment)

    put(NOON)
    return put


def pinned(path: str, client: FlaskClient) -> str:
    version = client.get("/v1/rules").headers["X-Dataset-Version"]
    return f"{path}{'&' if '?' in path else '?'}dataset={version}"


def test_the_table_holds_every_route(app: Flask) -> None:
    adapter = app.url_map.bind("localhost")
    reached = {adapter.match(path.partition("?")[0], method="GET")[0] for path in ROUTES}
    cacheable = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/v1/") and "GET" in (rule.methods or ())
    }
    assert reached == cacheable


@pytest.mark.parametrize("path", ROUTES)
def test_every_answer_can_be_confirmed(client: FlaskClient, clock: Clock, path: str) -> None:
    first = client.get(path)
    assert first.status_code == 200
    tag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    assert tag.startswith('"')
    assert {"accept", "accept-language", "accept-encoding"} <= {name.lower() for name in first.vary}
    assert first.headers["Content-Language"] == "en"
    assert first.headers["X-Dataset-Version"]

    head = client.head(path)
    assert (head.status_code, head.data) == (200, b"")
    told = {"X-Request-Id", "traceparent", "Date"}
    assert {k: v for k, v in head.headers if k not in told} == {k: v for k, v in first.headers if k not in told}

    for held in (tag, f"W/{tag}", f'"other", {tag}'):
        unchanged = client.get(path, headers={"If-None-Match": held})
        assert (unchanged.status_code, unchanged.data) == (304, b"")
        for name in ("ETag", "Cache-Control", "Vary", "Content-Location"):
            assert unchanged.headers.get(name) == first.headers.get(name), name
    assert client.get(path, headers={"If-Modified-Since": modified}).status_code == 304
    assert client.head(path, headers={"If-None-Match": tag}).status_code == 304

    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    # A validator that differs goes before a date that does not (RFC 9110, section 13.2.2).
    both = {"If-None-Match": '"other"', "If-Modified-Since": modified}
    assert client.get(path, headers=both).status_code == 200
    before = http_date(first.last_modified - timedelta(seconds=1))
    assert client.get(path, headers={"If-Modified-Since": before}).status_code == 200


@pytest.mark.parametrize("path", ROUTES)
def test_another_language_is_another_representation(client: FlaskClient, path: str) -> None:
    here, there = client.get(path), client.get(path, headers={"Accept-Language": "zh"})
    assert there.headers["Content-Language"] == "zh"
    assert here.headers["ETag"] != there.headers["ETag"]
    crossed = client.get(path, headers={"Accept-Language": "zh", "If-None-Match": here.headers["ETag"]})
    assert crossed.status_code == 200


@pytest.mark.parametrize(("path", "depends"), ROUTES.items())
def test_it_changes_when_the_answer_does(client: FlaskClient, clock: Clock, path: str, depends: str) -> None:
    first = client.get(path)

    def after(moment: datetime) -> TestResponse:
        clock(moment)
        return client.get(path, headers={"If-None-Match": first.headers["ETag"]})

    # No law that is held changes between these two days.
    tomorrow = after(NOON + timedelta(days=1))
    if depends == "day":
        assert tomorrow.status_code == 200
        assert tomorrow.data != first.data
        assert tomorrow.last_modified == datetime(2027, 3, 2, 16, tzinfo=UTC)
    else:
        assert tomorrow.status_code == 304
        again = client.get(path)
        assert (again.data, again.last_modified) == (first.data, first.last_modified)

    # By then the list of 2024 was not in force.
    earlier = after(datetime(2024, 10, 1, tzinfo=SHANGHAI))
    assert earlier.status_code == (304 if depends == "nothing" else 200)


@pytest.mark.parametrize(("path", "depends"), ROUTES.items())
def test_how_long_it_lives(client: FlaskClient, clock: Clock, path: str, depends: str) -> None:
    scope = "private" if path.startswith(("/v1/determinations", "/v1/suggest")) else "public"
    until_midnight = f"{scope}, max-age={12 * 3_600}"
    assert client.get(path).headers["Cache-Control"] == until_midnight
    for_ever = f"{scope}, {FOR_EVER}"
    same = client.get(pinned(path, client))
    assert same.headers["Cache-Control"] == (for_ever if depends == "nothing" else until_midnight)
    assert same.headers["ETag"] == client.get(path).headers["ETag"]


@pytest.mark.parametrize("path", ROUTES)
@pytest.mark.parametrize("version", ["2025.01.0", "2099.1.0", "latest"])
def test_a_version_not_held_is_gone(client: FlaskClient, path: str, version: str) -> None:
    response = client.get(f"{path}{'&' if '?' in path else '?'}dataset={version}")
    assert (response.status_code, response.mimetype) == (410, "application/problem+json")
    [error] = response.json["errors"]
    assert (error["parameter"], error["code"]) == ("dataset", "other_data")
    assert error["allowed"] == [response.headers["X-Dataset-Version"]]
    assert version in error["detail"]


@pytest.mark.parametrize(
    ("moment", "longest"),
    [
        (datetime(2027, 3, 2, 0, 0, tzinfo=SHANGHAI), 86_400),
        (datetime(2027, 3, 2, 23, 0, tzinfo=SHANGHAI), 3_600),
        (datetime(2027, 3, 2, 23, 59, 59, 500_000, tzinfo=SHANGHAI), 0),
        (datetime(2027, 12, 31, 23, 59, tzinfo=SHANGHAI), 60),
    ],
)
def test_an_answer_lives_until_midnight_in_shanghai(
    client: FlaskClient, clock: Clock, moment: datetime, longest: int
) -> None:
    clock(moment)
    response = client.get(CAFE)
    assert response.cache_control.max_age == longest
    # What names the day is not older than the day, and nothing is younger than the answer.
    assert response.last_modified == moment.replace(hour=0, minute=0, second=0, microsecond=0)


def test_representations_are_told_apart(client: FlaskClient) -> None:
    def tag(path: str, accept: str = "*/*", lang: str = "en") -> str:
        return client.get(path, headers={"Accept": accept, "Accept-Language": lang}).headers["ETag"]

    found = [
        tag(CAFE),
        tag(CAFE, lang="zh"),
        tag(CAFE, "text/plain"),
        tag("/v1/determinations?activity=bakery"),
        tag(f"{CAFE}&ref=1"),
        tag("/v1/rules"),
        tag("/v1/rules", "text/csv"),
        tag("/v1/rules", "application/x-ndjson"),
        tag("/v1/entries/cn/national/2024/12"),
        tag("/v1/entries/cn/national/2024/12", "application/ld+json"),
    ]
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"{CAFE}&foreign_share=60", "/v1/determinations?foreign_share=60.0&activity=coffee%20shop"),
        (f"{CAFE}&lang=en", CAFE),
        ("/v1/places?limit=20", "/v1/places"),
        ("/v1/places?kind=free_trade_zone&q=Shanghai", "/v1/places?q=Shanghai&kind=free_trade_zone&lang=en&limit=20"),
    ],
)
def test_the_same_question_has_one_validator(client: FlaskClient, one: str, other: str) -> None:
    first, second = client.get(one), client.get(other)
    assert first.data == second.data
    assert first.headers["ETag"] == second.headers["ETag"]
    assert client.get(other, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


PARAMETERS = {"q": "上海", "kind": "free_trade_zone", "within": "CN-31", "regime": "ftz", "as_of": "2025-03-01", "limit": "20", "lang": "en"}


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_answers_differ_exactly_where_validators_do(client: FlaskClient, data: st.DataObject) -> None:
    """Of two queries, one validator means one body; the same parameters in another order are one query."""

    def ask(names: list[str]) -> TestResponse:
        return client.get("/v1/places", query_string=[(name, PARAMETERS[name]) for name in names])

    names = data.draw(st.lists(st.sampled_from(sorted(PARAMETERS)), unique=True))
    one, same = ask(names), ask(data.draw(st.permutations(names)))
    other = ask(data.draw(st.lists(st.sampled_from(sorted(PARAMETERS)), unique=True)))
    assert one.headers["ETag"] == same.headers["ETag"]
    if one.headers["ETag"] == other.headers["ETag"]:
        assert one.data == other.data


def test_without_a_checked_query_the_parameters_count_as_they_came(app: Flask) -> None:
    def tag(address: str) -> str:
        with app.test_request_context(address):
            response = caching.answer("en", "text/html", lambda: Response("x"), depends=Depends.LAW)
        assert not {"Link", "Content-Location"} & set(dict(response.headers))
        return str(response.headers["ETag"])

    assert tag("/page?a=1&b=2") == tag("/page?b=2&a=1")
    assert len({tag("/page?a=1"), tag("/page?a=2"), tag("/page"), tag("/other")}) == 4


def test_a_validator_never_hides_a_problem(client: FlaskClient) -> None:
    query = {"activity": "cafe", "location": "nowhere at all"}
    assert client.get("/v1/determinations", query_string=query, headers={"If-None-Match": "*"}).status_code == 422


@pytest.mark.parametrize("since", ["yesterday", "Fri, 99 Nov 2024 00:00:00 GMT", "0"])
def test_a_date_that_is_none_is_ignored(client: FlaskClient, since: str) -> None:
    assert client.get("/v1/rules", headers={"If-Modified-Since": since}).status_code == 200


@pytest.mark.parametrize("text", ["a café that we ran before 2019", "2021年以前 开咖啡馆", "coffee shop, open by 2031"])
def test_an_answer_for_a_given_day_is_the_same_on_every_day(client: FlaskClient, clock: Clock, text: str) -> None:
    def ask(moment: datetime) -> TestResponse:
        clock(moment)
        return client.get("/v1/determinations", query_string={"activity": text, "as_of": "2025-03-01"})

    first = ask(NOON)
    for moment in (NOON - timedelta(days=700), NOON + timedelta(days=3_000)):
        again = ask(moment)
        assert (again.data, again.headers["ETag"]) == (first.data, first.headers["ETag"])


def test_addresses(client: FlaskClient) -> None:
    def told(path: str, **headers: str) -> dict[str, Any]:
        response = client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        return {"own": response.headers.get("Content-Location"), "links": response.headers["Link"]}

    negotiated = told("/v1/industries/6422?dataset=2026.11.0", Accept_Language="zh")
    assert negotiated["own"] == "/v1/industries/6422?dataset=2026.11.0&lang=zh"
    assert '</v1/industries/I6422>; rel="canonical"' in negotiated["links"]
    assert told("/v1/rules?lang=zh")["own"] is None
    assert told("/v1/rules", Accept="text/csv")["own"] is None
    # No header repeats a proposal.
    secret = told("/v1/determinations?activity=confidential+bakery&location=Wuhan")
    assert secret["own"] is None
    assert "bakery" not in str(secret)
