"""A client may ask so much and no more; it is told what is left, and everybody is served while the counts are away."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service import keys, metrics, rate_limits
from tests.service.conftest import Serve, Written

REDIS = shutil.which("redis-server") or shutil.which("valkey-server")
STARTS_WITHIN = 20
ITEM = r'"([^"]+)";r=(\d+);t=(\d+)'


def left(response: TestResponse) -> list[int]:
    """What an answer says is left of each limit."""
    return [int(found[1]) for found in re.findall(ITEM, response.headers["RateLimit"])]


def statuses(client: FlaskClient, times: int, path: str = "/healthz?", **sent: Any) -> list[int]:
    return [client.get(path, **sent).status_code for _ in range(times)]


def of(address: str) -> dict[str, Any]:
    return {"environ_base": {"REMOTE_ADDR": address}}


def test_no_limit_by_default(client: FlaskClient) -> None:
    response = client.get("/v1/rules")
    assert "RateLimit" not in response.headers
    assert "RateLimit-Policy" not in response.headers


def test_what_is_left_is_told_and_then_refused(serve: Serve) -> None:
    client = serve(rate_limit="3 per minute")
    for remaining in (2, 1, 0):
        response = client.get("/v1/rules")
        assert response.status_code == 200
        assert response.headers["RateLimit-Policy"] == '"3 per 1 minute";q=3;w=60'
        [(name, number, seconds)] = re.findall(ITEM, response.headers["RateLimit"])
        assert (name, int(number)) == ("3 per 1 minute", remaining)
        assert 0 < int(seconds) <= 60
    before = metrics.RATE_LIMITED._value.get()
    response = client.get("/v1/rules")
    assert (response.status_code, response.mimetype) == (429, "application/problem+json")
    assert 0 < int(response.headers["Retry-After"]) <= 60
    assert left(response) == [0]
    assert response.json is not None
    assert response.json["type"] == "/problems/too-many-requests"
    assert metrics.RATE_LIMITED._value.get() == before + 1


def test_every_limit_counts(serve: Serve) -> None:
    client = serve(rate_limit="2 per minute; 5 per hour")
    response = client.get("/v1/rules")
    assert response.headers["RateLimit-Policy"] == '"2 per 1 minute";q=2;w=60, "5 per 1 hour";q=5;w=3600'
    assert left(response) == [1, 4]
    assert statuses(client, 2, "/v1/rules") == [200, 429]


def test_a_window_ends(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    client = serve(rate_limit="1 per minute")
    assert statuses(client, 2, "/v1/rules") == [200, 429]
    later = time.time() + 61
    monkeypatch.setattr(time, "time", lambda: later)
    assert statuses(client, 2, "/v1/rules") == [200, 429]


@pytest.mark.parametrize(
    "path", ["/healthz", "/readyz", "/metrics", "/docs/start.js", "/docs/assets/none.css", "/static/x/y.css"]
)
def test_what_costs_nothing_is_free(serve: Serve, path: str) -> None:
    client = serve(rate_limit="1 per minute")
    assert 429 not in statuses(client, 3, path)
    assert client.options("/v1/rules").status_code == 200
    assert statuses(client, 2, "/v1/rules") == [200, 429]
    assert 429 not in statuses(client, 2, path)


def test_all_routes_are_counted_together_errors_too(serve: Serve) -> None:
    client = serve(rate_limit="4 per minute")
    paths = ("/v1/rules", "/v1/determinations", "/nowhere", "/docs", "/v1/places")
    assert [client.get(path).status_code for path in paths] == [200, 400, 404, 200, 429]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
    ],
)
def test_whom_an_address_stands_for(serve: Serve, one: str, other: str, same: bool) -> None:
    client = serve(rate_limit="1 per minute")
    assert client.get("/v1/rules", **of(one)).status_code == 200
    assert client.get("/v1/rules", **of(other)).status_code == (429 if same else 200)


@pytest.mark.parametrize(("proxies", "last"), [(0, 429), (1, 200)])
def test_only_trusted_proxies_are_believed(serve: Serve, proxies: int, last: int) -> None:
    client = serve(rate_limit="1 per minute", trusted_proxies=proxies)
    got = [
        client.get("/v1/rules", headers={"X-Forwarded-For": f"203.0.113.9, 192.0.2.{n}"}).status_code for n in (1, 2)
    ]
    assert got == [200, last]
    if proxies:
        # What stands before the addresses of the proxies is the client's own claim.
        claims = {"X-Forwarded-For": "198.51.100.7, 192.0.2.1"}
        assert client.get("/v1/rules", headers=claims).status_code == 429


def test_a_key_has_a_count_and_may_have_a_limit_of_its_own(serve: Serve, tmp_path: Path) -> None:
    (usual, first), (more, second) = keys.make("usual"), keys.make("more", "3 per minute")
    path = tmp_path / "keys.yaml"
    path.write_text(f"- {json.dumps(first)}\n- {json.dumps(second)}\n", encoding="utf-8")
    client = serve(api_keys=path, rate_limit="1 per minute")
    assert statuses(client, 2, "/v1/rules", headers={"X-API-Key": usual}) == [200, 429]
    assert statuses(client, 4, "/v1/rules", headers={"X-API-Key": more}) == [200, 200, 200, 429]
    # Pages need no key, and are counted by address.
    assert statuses(client, 2, "/docs") == [200, 429]


def test_only_keys_with_a_limit_are_bounded_where_there_is_no_general_one(serve: Serve, tmp_path: Path) -> None:
    (free, first), (bound, second) = keys.make("free"), keys.make("bound", "1 per minute")
    path = tmp_path / "keys.yaml"
    path.write_text(f"- {json.dumps(first)}\n- {json.dumps(second)}\n", encoding="utf-8")
    client = serve(api_keys=path)
    assert statuses(client, 3, "/v1/rules", headers={"X-API-Key": free}) == [200] * 3
    assert statuses(client, 2, "/v1/rules", headers={"X-API-Key": bound}) == [200, 429]


def test_the_rows_of_a_batch_are_charged_to_what_follows(serve: Serve) -> None:
    client = serve(rate_limit="20 per minute")
    rows = [{"activity": "coffee shop"}] * 12
    response = client.post("/v1/determinations/batch", json=rows)
    assert response.status_code == 200
    assert len(response.get_json()) == 12
    assert "r=8" in response.headers["RateLimit"]
    client.post("/v1/determinations/batch", json=rows)
    assert client.get("/v1/rules").status_code == 429


def test_to_charge_is_free_where_there_is_no_limit(client: FlaskClient) -> None:
    with client.application.test_request_context("/v1/rules"):
        rate_limits.charge(1_000)


def test_while_the_store_is_away_everybody_is_served(serve: Serve, logged: Callable[[Any], Written]) -> None:
    written = logged(rate_limits)
    # Bound and not listening: a connection to it is refused at once.
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        client = serve(rate_limit="1 per minute", rate_limit_store=f"redis://:sesame@127.0.0.1:{nobody.getsockname()[1]}")
        limiter: rate_limits.Limiter = client.application.extensions["rate_limits"]
        before = metrics.STORE_FAILURES._value.get()
        assert statuses(client, 3, "/v1/rules") == [200, 200, 200]
        # Asked once and then left alone for a while.
        assert metrics.STORE_FAILURES._value.get() == before + 1
        limiter._ask_after = 0
        response = client.get("/v1/rules")
        assert response.status_code == 200
        assert "RateLimit" not in response.headers
        assert metrics.STORE_FAILURES._value.get() == before + 2
        with client.application.test_request_context("/v1/rules"):
            rate_limits.charge(5)
    [line] = written.lines
    assert (line["event"], line["level"], line["error"]) == ("rate_limit_store_away", "warning", "ConnectionError")
    assert "sesame" not in written.sink.getvalue()


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Redis of our own, which keeps nothing."""
    if REDIS is None:
        pytest.skip("redis-server is not installed")
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    folder = tmp_path_factory.mktemp("redis")
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    with (folder / "written").open("wb") as sink:
        process = subprocess.Popen([REDIS, *options], stdout=sink, stderr=subprocess.STDOUT)
    try:
        until = time.monotonic() + STARTS_WITHIN
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert process.poll() is None, (folder / "written").read_text()
                assert time.monotonic() < until
                time.sleep(0.02)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_replicas_share_their_counts(serve: Serve, redis: str) -> None:
    one, other = (serve(rate_limit="3 per minute", rate_limit_store=redis) for _ in range(2))
    answers = [client.get("/v1/rules", **of("192.0.2.77")) for client in (one, other, one, other)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [left(answer) for answer in answers] == [[2], [1], [0], [0]]
    assert 0 < int(answers[3].headers["Retry-After"]) <= 60
    assert one.get("/v1/rules", **of("192.0.2.78")).status_code == 200
