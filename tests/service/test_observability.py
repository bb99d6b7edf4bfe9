"""Each request is one line in the log, with what an operator needs and nothing that a client wrote."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from service import observability
from tests.service.conftest import Serve, Written

SECRET = "prospective-acquisition"
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
Logged = Callable[[Any], Written]


def test_a_request_is_one_line(client: FlaskClient, logged: Logged) -> None:
    written = logged(observability)
    headers = {"X-Request-Id": "matter-17", "traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"}
    response = client.get("/v1/entries/cn/national/2024/12?lang=en", headers=headers)
    [line] = written.lines
    assert line.pop("duration_ms") > 0
    assert line == {
        "event": "request",
        "level": "info",
        "request_id": "matter-17",
        "route": "/v1/entries/<path:entry_id>",
        "method": "GET",
        "status": 200,
        "bytes": len(response.data),
        "trace_id": TRACE,
        "span_id": response.headers["traceparent"].split("-")[2],
    }


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_what_machines_ask_all_the_time_is_said_quietly(client: FlaskClient, logged: Logged, path: str) -> None:
    written = logged(observability)
    client.get(path)
    assert [line["level"] for line in written.lines] == ["debug"]


@pytest.mark.parametrize(
    ("path", "status", "route"),
    [("/nowhere", 404, "unmatched"), ("/v1/determinations", 400, "/v1/determinations"), ("/docs/start.js", 200, "/docs/start.js")],
)
def test_errors_and_files_are_lines_too(
    client: FlaskClient, logged: Logged, path: str, status: int, route: str
) -> None:
    written = logged(observability)
    client.get(path)
    assert [(line["status"], line["route"]) for line in written.lines] == [(status, route)]


def test_no_text_of_a_request(serve: Serve, logged: Logged, capfd: pytest.CaptureFixture[str]) -> None:
    client = serve(trusted_proxies=1, rate_limit="100 per minute")
    written = logged(observability)
    secrets = {"activity": SECRET, "ref": SECRET, "location": SECRET}
    said = dict.fromkeys(("Referer", "User-Agent", "X-Forwarded-For", "Authorization", "X-API-Key", "Cookie", "Origin", "traceparent", "tracestate", "Accept-Language", "Accept"), SECRET)
    said["X-Request-Id"] = f"{SECRET}!"
    for path in (f"/v1/entries/{SECRET}", f"/{SECRET}", "/v1/determinations", f"/docs/assets/{SECRET}"):
        client.get(path, query_string=secrets | {SECRET: SECRET}, headers=said)
    for data in (json.dumps(secrets), json.dumps([secrets]), json.dumps(secrets | {SECRET: 1}), SECRET):
        client.post("/v1/determinations", data=data, content_type="application/json", headers=said)
    client.open("/v1/rules", method=SECRET)
    assert len(written.lines) == 9
    out, err = capfd.readouterr()
    for text in (written.sink.getvalue(), out, err):
        assert SECRET not in text.lower()
    assert "127.0.0.1" not in written.sink.getvalue()
