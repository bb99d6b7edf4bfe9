"""Every error leaves as the same kind of problem, quickly and without internals."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from negative_list.determination import Engine
from service import problems

DETERMINE = "/v1/determinations"
# Each route of the API with parameters that make it answer 200.
ROUTES: dict[str, dict[str, str]] = {
    DETERMINE: {"activity": "coffee shop"},
    "/v1/entries": {},
    "/v1/entries/cn/national/2024/12": {},
    "/v1/instruments": {},
    "/v1/instruments/cn/national/2024": {},
    "/v1/instruments/cn/national/2024/entries": {},
    "/v1/activities": {},
    "/v1/activities/telecom/internet-data-centre": {},
    "/v1/rules": {},
    "/v1/places": {},
    "/v1/places/zone/lingang": {},
    "/v1/industries": {},
    "/v1/industries/I6422": {},
    "/v1/entries/cn/national/2024/12/history": {},
    "/v1/instruments/cn/national/2021/diff/cn/national/2024": {},
    "/v1/changes": {},
    "/v1/changes.atom": {},
    "/v1/coverage": {},
}
NOT_TEXT = ["%ff", "%C3%28", "%ed%a0%80", "%f5%80%80%80"]
QUICK = 2.0


def check(response: TestResponse, status: int) -> dict[str, Any]:
    """Assert the shape that every problem has, and give its body."""
    assert response.status_code == status, response.text[:500]
    assert response.content_type == "application/problem+json"
    body: dict[str, Any] = response.json
    assert set(body) == {"type", "title", "status", "detail", "instance", "errors"}
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    assert body["instance"] == f"urn:request:{response.headers['X-Request-Id']}"
    for item in body["errors"]:
        assert {"code", "detail"} <= set(item) <= {"pointer", "parameter", "code", "detail", "allowed", "nearest"}
        assert ("pointer" in item) != ("parameter" in item)
    assert len(response.data) < 20_000
    for trace in ("Traceback", 'File "', ".py", "marshmallow", "Exception", "orjson"):
        assert trace not in response.text
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Dataset-Version"]
    return body


def case(name: str, status: int, place: str | None, nearest: str | None = None, /, **request: Any) -> Any:
    """A wrong request, the status of its answer, the place of the fault, and the nearest valid name or value."""
    return pytest.param({"method": "GET"} | request, status, place, nearest, id=name)


def query(name: str, status: int, place: str | None, nearest: str | None = None, /, **given: Any) -> Any:
    return case(name, status, place, nearest, path=DETERMINE, query_string={"activity": "coffee shop"} | given)


def body(name: str, status: int, place: str | None, nearest: str | None = None, /, **given: Any) -> Any:
    sent = {"activity": "coffee shop"} | given
    return case(name, status, place, nearest, path=DETERMINE, method="POST", json=sent)


def raw(name: str, status: int, place: str | None, data: bytes, kind: str | None = "application/json") -> Any:
    return case(name, status, place, path=DETERMINE, method="POST", data=data, content_type=kind)


def of_addresses() -> Iterator[Any]:
    """Addresses that lead nowhere."""
    for path in ("/nowhere", "/v1", "/v1/", "/v2/entries", "/v1/entries/", "/v1//entries", "/v1/entry", "/favicon.png"):
        yield case(f"no route {path}", 404, None, path=path)
        yield case(f"no route PUT {path}", 404, None, path=path, method="PUT")
    yield case("no file", 404, None, path="/docs/assets/none.js")
    yield case("outside the files", 404, None, path="/docs/assets/%2e%2e/templates/index.html")
    yield case("no such range", 416, None, path="/docs/assets/swagger-ui.css", headers={"Range": "bytes=99999999-"})
    yield case("long path", 414, None, path="/v1/entries/" + "a" * 9_000)


def of_every_route() -> Iterator[Any]:
    """What is wrong on every route alike."""
    for path, needed in ROUTES.items():
        for method in ("PUT", "DELETE", "PATCH", "TRACE") + (() if path == DETERMINE else ("POST",)):
            yield case(f"{method} {path}", 405, None, path=path, method=method)
        yield case(f"unknown parameter {path}", 400, "langu", "lang", path=path, query_string=needed | {"langu": "en"})
        yield case(f"unknown language {path}", 400, "lang", path=path, query_string=needed | {"lang": "fr"})
        yield case(f"empty language {path}", 400, "lang", path=path, query_string=needed | {"lang": ""})
        twice = [*needed.items(), ("lang", "en"), ("lang", "en")]
        yield case(f"repeated {path}", 400, "lang", path=path, query_string=twice)
        yield case(f"406 {path}", 406, "Accept", path=path, query_string=needed, headers={"Accept": "image/png"})
        long = needed | {"x": "y" * 8_192}
        yield case(f"long address {path}", 414, None, path=path, query_string=long)
        for octets in NOT_TEXT:
            yield case(f"query {octets} {path}", 400, None, path=f"{path}?lang={octets}")
            # A server resolves percent signs into bytes; the test client would mend them.
            as_served = {"PATH_INFO": f"{path}/{unquote_to_bytes(octets).decode('latin-1')}"}
            yield case(f"path {octets} {path}", 400, None, path=path, environ_overrides=as_served)


def of_ids() -> Iterator[Any]:
    """Ids that nothing has."""
    for path, nearest in (
        ("/v1/entries/cn/national/2024/99x", "cn/national/2024/9"),
        ("/v1/entries/cn/national/2024/99/history", "cn/national/2024/9"),
        ("/v1/instruments/cn/national/2021/diff/cn/national/20244", "cn/national/2024"),
        ("/v1/instruments/cn/market-access/2025/diff/cn/national/2024", None),
        ("/v1/places/zone/lingangg", "zone/lingang"),
        ("/v1/industries/I64222", "I6422"),
        ("/v1/entries/cn/national//2024/12", "cn/national/2024/12"),
        ("/v1/instruments/cn/national/20244", "cn/national/2024"),
        ("/v1/instruments/cn/national/20244/entries", "cn/national/2024"),
        ("/v1/activities/telecom/internet-data-center", "telecom/internet-data-centre"),
        ("/v1/activities/%00", None),
    ):
        yield case(path, 404, "id", nearest, path=path)


def of_queries() -> Iterator[Any]:
    """Queries that are no proposal."""
    yield case("nothing asked", 400, "activity", path=DETERMINE)
    yield query("no words", 400, "activity", activity="")
    yield query("blank words", 400, "activity", activity=" \t ")
    yield query("2,001 characters", 400, "activity", activity="a" * 2_001)
    yield query("NUL", 400, "activity", activity="coffee\x00shop")
    yield query("escape", 400, "ref", ref="\x1b[31m")
    for value in ("0", "-5", "101", "NaN", "nan", "Infinity", "-inf", "1e400", "true", "", "6O", "1_0", "６０", "60%"):
        yield query(f"share {value}", 400, "foreign_share", foreign_share=value)
    for value in ("2024-02-30", "2024-2-3", "20240203", "1990-01-01", "2024-W45-1", "２０２４-11-01", "today", ""):
        yield query(f"date {value}", 400, "as_of", as_of=value)
    for value in ("1", "yes", "TRUE", ""):
        yield query(f"control {value}", 400, "chinese_control", chinese_control=value)
    yield query("form", 400, "form", form="joint-venture")
    yield query("place", 422, "location", "Wuhan", location="Wuhann")
    yield query("no place", 422, "location", location="qqqq")
    yield query("origin", 400, "investor_origin", "Germany", investor_origin="Germny")
    yield query("activity id", 400, "activity_ids", "telecom/internet-data-centre", activity_ids="telecom/internet-data-center")
    yield query("industry", 400, "industry_codes", industry_codes="Z999")
    yield query("category", 400, "telecom_categories", telecom_categories="Z99")
    yield query("too many ids", 400, "activity_ids", activity_ids=["a"] * 21)
    yield query("unknown parameter", 400, "foreignshare", "foreign_share", foreignshare="60")
    yield query("keys with a meaning elsewhere", 400, "code", code="1", detail="2")
    yield query("repeated share", 400, "foreign_share", foreign_share=["60", "60"])


def of_json() -> Iterator[Any]:
    """Bodies that are no JSON object."""
    yield raw("malformed", 400, "", b'{"activity": "coffee shop"')
    yield raw("no body", 400, "", b"")
    yield raw("not UTF-8", 400, "", '{"activity": "咖啡"}'.encode("gbk"))
    yield raw("trailing comma", 400, "", b'{"activity": "coffee shop",}')
    yield raw("bottomless", 400, "", b"[" * 10_000)
    yield raw("bottomless object", 400, "", b'{"activity":' * 10_000)
    for literal in (b"NaN", b"Infinity", b"-Infinity", b"1e400", b"060", b"9" * 5_000):
        data = b'{"activity": "coffee shop", "foreign_share": ' + literal + b"}"
        yield raw(f"share {literal[:9].decode()} in the body", 400, "", data)
    yield raw("lone surrogate", 400, "", rb'{"activity": "coffee \ud800 shop"}')
    yield raw("lone surrogate in a key", 400, "", rb'{"activity": "coffee shop", "\udfff": 1}')
    for literal in (b"[]", b'[{"activity": "coffee shop"}]', b"null", b"3", b'"coffee shop"', b"true"):
        yield raw(f"{literal.decode()} instead of an object", 422, "", literal)
    yield raw("text/plain", 415, "Content-Type", b"coffee shop", "text/plain")
    yield raw("no type", 415, "Content-Type", b'{"activity": "coffee shop"}', None)
    yield raw("form data", 415, "Content-Type", b"activity=cafe", "application/x-www-form-urlencoded")
    yield raw("10 MB", 413, None, b" " * 10_000_000)
    sent = {"activity": "coffee shop"}
    yield case("parameter beside a body", 400, "lang", path=f"{DETERMINE}?lang=zh", method="POST", json=sent)


def of_bodies() -> Iterator[Any]:
    """Bodies that are no proposal."""
    yield raw("empty object", 422, "/activity", b"{}")
    for value in (0, -5, 101, "60", True, None, [60], {"value": 60}, "6" * 500_000):
        yield body(f"share {json.dumps(value)[:20]}", 422, "/foreign_share", foreign_share=value)
    for value in ("true", 1, 0, "yes", None):
        yield body(f"control {json.dumps(value)}", 422, "/chinese_control", chinese_control=value)
    for value in ("2024-02-30", "2024-2-3", "20240203", 20240203, None, ["2024-02-03"]):
        yield body(f"date {json.dumps(value)}", 422, "/as_of", as_of=value)
    yield body("early date", 400, "/as_of", as_of="1990-01-01")
    for value in (7, None, True, ["coffee shop"], {"en": "coffee shop"}, "", " \n ", "店" * 2_001, "coffee\x00"):
        yield body(f"activity {json.dumps(value)[:24]}", 422, "/activity", activity=value)
    yield body("place", 422, "/location", "Wuhan", location="Wuhann")
    yield body("origin", 422, "/investor_origin", "Germany", investor_origin="Germny")
    yield body("form", 422, "/form", form="joint-venture")
    yield body("ids as text", 422, "/activity_ids", activity_ids="telecom/internet-data-centre")
    yield body("no ids", 422, "/activity_ids", activity_ids=[])
    yield body("a third of a million ids", 422, "/activity_ids", activity_ids=[1] * 340_000)
    yield body("numbers for ids", 422, "/activity_ids/1", activity_ids=["a", 1])
    yield body("unknown id", 422, "/activity_ids", "telecom/internet-data-centre", activity_ids=["telecom/internet-data-center"])
    yield body("unknown industry", 422, "/industry_codes", industry_codes=["Z999"])
    yield body("unknown category", 422, "/telecom_categories", telecom_categories=["Z99"])
    yield body("unknown key", 422, "/foreignshare", "foreign_share", foreignshare=60)
    yield body("keys with a meaning elsewhere", 422, "/code", code=1, detail=2)
    yield body("key of the schema", 422, "/_schema", _schema=1)
    yield body("key to be escaped", 422, "/a~1~0b", **{"a/~b": 1})
    yield body("long key", 422, "/" + "k" * 100, **{"k" * 1_000_000: 1})
    yield body("too many keys", 422, None, **{f"k{number}": 1 for number in range(75_000)})


def of_searches() -> Iterator[Any]:
    """Queries that are no search."""
    for path in ("/v1/entries", "/v1/activities"):
        for value in ("0", "-1", "101", "x", "", "1.5", "9" * 30):
            yield case(f"limit {value} {path}", 400, "limit", path=path, query_string={"limit": value})
        for value in ("x", "LTE", "b-1", "bzk5OTk5OTk5OTk5OTk5", "店", ""):
            yield case(f"cursor {value} {path}", 400, "cursor", path=path, query_string={"cursor": value})
        for value in ("", "a" * 201, "\x00"):
            yield case(f"q {value[:3]!r} {path}", 400, "q", path=path, query_string={"q": value})
    for name, value, nearest in (
        ("instrument", "cn/national/20244", "cn/national/2024"),
        ("sector", "AB", None),
        ("sector", "", None),
        ("sector", "1", None),
        ("measure", "forbidden", None),
        ("in_force_on", "2024-02-30", None),
    ):
        yield case(f"{name} {value}", 400, name, nearest, path="/v1/entries", query_string={name: value})


TABLES = (of_every_route, of_addresses, of_ids, of_queries, of_json, of_bodies, of_searches)


@pytest.mark.parametrize(("request_", "status", "place", "nearest"), [row for table in TABLES for row in table()])
def test_every_error_has_one_shape(
    client: FlaskClient, request_: dict[str, Any], status: int, place: str | None, nearest: str | None
) -> None:
    """An error is `application/problem+json` with `type`, `title`, `status`, `detail`, `instance` and `errors`.

    `type` is an address of this service that explains the kind of problem, `instance` holds the request id, and
    each of `errors` has a `code`, a `detail`, and the place of the fault: `parameter` in an address or a header,
    `pointer` (RFC 6901) in a body. `nearest` is the valid name or value most like the wrong one.
    """
    started = time.thread_time()
    response = client.open(**request_)
    assert time.thread_time() - started < QUICK
    body = check(response, status)
    if place is not None:
        key = "pointer" if place[:1] in ("", "/") else "parameter"
        [*found] = [item for item in body["errors"] if item.get(key) == place]
        assert found, body["errors"]
        if nearest is not None:
            assert found[0]["nearest"] == nearest
            assert nearest in body["detail"] or found[0]["code"] in ("unknown_id", "unknown_origin")
    if status == 405:
        assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize("path", ROUTES)
def test_the_routes_of_the_table_answer(client: FlaskClient, path: str) -> None:
    assert client.get(path, query_string=ROUTES[path]).status_code == 200


def test_the_table_holds_every_route(app: Flask) -> None:
    adapter = app.url_map.bind("localhost")
    reached = {adapter.match(path, method="GET")[0] for path in ROUTES}
    assert reached == {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith("/v1/")}


@pytest.mark.parametrize("data", [b'{"activity": "coffee shop"}', b'"' + b"a" * 10_000_000])
def test_a_chunked_body_is_measured_too(client: FlaskClient, data: bytes) -> None:
    response = client.post(
        DETERMINE,
        input_stream=io.BytesIO(data),
        content_type="application/json",
        environ_overrides={"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": ""},
    )
    if len(data) < 100:
        assert response.status_code == 200
    else:
        check(response, 413)


def test_the_longest_text_is_read(client: FlaskClient) -> None:
    for character in ("店", "[", "𠮷"):
        response = client.post(DETERMINE, json={"activity": character * 2_000})
        assert response.status_code == 200


SECRET = "prospective-acquisition-of-some-company"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("fails_in", ["view", "handler"])
def test_a_failure_hides_internals_and_the_log_holds_no_request(
    app: Flask,
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    method: str,
    fails_in: str,
) -> None:
    written = io.StringIO()
    # A logger of its own: the level of the shared one is whatever the last application made it.
    log = structlog.wrap_logger(
        structlog.PrintLogger(written),
        processors=[structlog.processors.JSONRenderer()],
        wrapper_class=structlog.BoundLogger,
    )
    monkeypatch.setattr(problems, "log", log)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(f"could not read {SECRET}")

    proposal = {"activity": SECRET, "ref": SECRET}
    if fails_in == "view":
        monkeypatch.setattr(Engine, "determine", fail)
    else:
        monkeypatch.setattr(problems, "nearest", fail)
        proposal |= {"unheard_of": SECRET}
    sent: dict[str, Any] = {"query_string": proposal} if method == "GET" else {"json": proposal}
    response = client.open(DETERMINE, method=method, headers={"X-Request-Id": "abc-1"}, **sent)
    body = check(response, 500)
    assert SECRET not in response.text
    assert "RuntimeError" not in response.text
    assert body["instance"] == "urn:request:abc-1"
    [line] = written.getvalue().splitlines()
    entry = json.loads(line)
    assert (entry["event"], entry["error"], entry["request_id"]) == ("request_failed", "RuntimeError", "abc-1")
    assert "test_problems.py:" in entry["where"]
    out, err = capfd.readouterr()
    for text in (line, caplog.text, out, err):
        assert SECRET not in text
        assert "activity" not in text
