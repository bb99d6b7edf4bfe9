"""Where keys are asked for, only their holders reach the API; everything else stays open."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from service import access, keys
from tests.service.conftest import Serve, Written

TOKEN, ITEM = keys.make("form")
OLD, EXPIRED = keys.make("last year", None, date(2025, 12, 31))
STRANGE, _ = keys.make("nobody")
GUARDED = ["/v1/rules", "/v1/determinations?activity=cafe", "/v1/nowhere", "/v1", "/reconcile", "/mcp"]
OPEN = ["/healthz", "/readyz", "/metrics", "/openapi.json", "/docs", "/docs/start.js", "/problems/unauthorized"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "keys.yaml"
    path.write_text("".join(f"- {json.dumps(item)}\n" for item in (ITEM, EXPIRED)), encoding="utf-8")
    return path


@pytest.fixture
def guarded(serve: Serve, file: Path) -> FlaskClient:
    return serve(api_keys=file, public_url="https://law.example")


@pytest.mark.parametrize("headers", [{"Authorization": f"Bearer {TOKEN}"}, {"Authorization": f"bearer {TOKEN}"}, {"X-API-Key": TOKEN}])
def test_the_holder_of_a_key_is_answered(guarded: FlaskClient, headers: dict[str, str]) -> None:
    assert guarded.get("/v1/rules", headers=headers).status_code == 200
    assert guarded.post("/v1/determinations", json={"activity": "cafe"}, headers=headers).status_code == 200
    assert guarded.get("/v1/nowhere", headers=headers).status_code == 404


@pytest.mark.parametrize("path", GUARDED)
def test_without_a_key(guarded: FlaskClient, path: str) -> None:
    response = guarded.get(path)
    assert (response.status_code, response.mimetype) == (401, "application/problem+json")
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="negative-list"'
    assert response.json is not None
    assert response.json["type"] == "https://law.example/problems/unauthorized"
    assert response.json["errors"][0]["code"] == "key_missing"


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"Authorization": f"Bearer {STRANGE}"}, 401, "unknown_key"),
        ({"Authorization": f"Bearer {OLD}"}, 401, "unknown_key"),
        ({"Authorization": f"Bearer {TOKEN}x"}, 401, "unknown_key"),
        ({"Authorization": "Bearer sesame"}, 401, "unknown_key"),
        ({"X-API-Key": ITEM["hash"]}, 401, "unknown_key"),
        ({"Authorization": "Bearer "}, 401, "key_missing"),
        ({"X-API-Key": " "}, 401, "key_missing"),
        ({"Authorization": f"Basic {TOKEN}"}, 401, "unknown_scheme"),
        ({"Authorization": TOKEN}, 401, "unknown_scheme"),
        ({"Authorization": f"Bearer {TOKEN}", "X-API-Key": TOKEN}, 400, "two_keys"),
    ],
)
def test_with_what_is_no_valid_key(guarded: FlaskClient, headers: dict[str, str], status: int, code: str) -> None:
    response = guarded.get("/v1/rules", headers=headers)
    assert response.status_code == status
    assert response.json is not None
    assert response.json["errors"][0]["code"] == code
    assert ("WWW-Authenticate" in response.headers) == (status == 401)
    if code == "unknown_key":
        assert 'error="invalid_token"' in response.headers["WWW-Authenticate"]
    for sent in headers.values():
        assert not sent.strip() or sent not in response.text


@pytest.mark.parametrize("query", [{"api_key": TOKEN}, {"access_token": "x"}, {"API_KEY": "x"}, {"q": TOKEN}, {"lang": f"en{TOKEN}"}])
def test_a_key_in_the_address_is_refused_even_beside_a_valid_one(guarded: FlaskClient, query: dict[str, str]) -> None:
    response = guarded.get("/v1/rules", query_string=query, headers={"X-API-Key": TOKEN})
    assert response.status_code == 400
    assert response.json is not None
    assert response.json["errors"][0]["code"] == "key_in_address"
    assert TOKEN not in response.text


@pytest.mark.parametrize("path", OPEN)
def test_what_is_open_to_all(guarded: FlaskClient, path: str) -> None:
    assert guarded.get(path).status_code == 200


def test_a_browser_may_ask_before_a_request(guarded: FlaskClient) -> None:
    assert guarded.options("/v1/determinations").status_code == 200


def test_answers_to_holders_lie_in_no_shared_cache(guarded: FlaskClient, client: FlaskClient) -> None:
    control = guarded.get("/v1/rules", headers={"X-API-Key": TOKEN}).cache_control
    assert (control.private is not None, control.public) == (True, False)
    assert client.get("/v1/rules").cache_control.public


def test_no_key_is_asked_for_by_default(client: FlaskClient) -> None:
    assert client.get("/v1/rules", headers={"Authorization": "Basic x"}).status_code == 200
    assert "security" not in client.get("/openapi.json").get_json()


def test_the_description_says_how_a_key_is_sent(guarded: FlaskClient) -> None:
    description = guarded.get("/openapi.json").get_json()
    assert description["security"] == [{"bearer": []}, {"header": []}]
    assert description["components"]["securitySchemes"]["header"]["name"] == "X-API-Key"


def test_keys_are_read_anew(guarded: FlaskClient, file: Path, logged: Callable[[Any], Written]) -> None:
    written = logged(access)
    app = guarded.application

    def status(token: str) -> int:
        return guarded.get("/v1/rules", headers={"X-API-Key": token}).status_code

    token, item = keys.make("another")
    file.write_text(f"- {json.dumps(item)}\n", encoding="utf-8")
    assert (status(TOKEN), status(token)) == (200, 401)
    access.reload_keys(app)
    assert (status(TOKEN), status(token)) == (401, 200)
    file.write_text("- {", encoding="utf-8")
    access.reload_keys(app)
    assert (status(TOKEN), status(token)) == (401, 200)
    assert [line["event"] for line in written.lines] == ["keys_loaded", "keys_refused"]
    assert token not in written.sink.getvalue()


def test_nothing_is_read_anew_where_no_key_is_asked_for(client: FlaskClient) -> None:
    access.reload_keys(client.application)
    assert client.get("/v1/rules").status_code == 200


def test_a_file_that_cannot_be_used_stops_the_start(serve: Serve, tmp_path: Path) -> None:
    with pytest.raises(keys.KeysError, match="cannot be read"):
        serve(api_keys=tmp_path / "none.yaml")
