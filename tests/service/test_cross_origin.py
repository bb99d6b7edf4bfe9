"""Only pages of the origins listed may read answers, and never with a browser's credentials."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.service.conftest import Serve

FIRM = "https://firm.example"
LISTED = (FIRM, "http://[::1]:8080")
ALLOW = "Access-Control-Allow-Origin"


def preflight(client: FlaskClient, origin: str, method: str = "POST", headers: str = "content-type") -> TestResponse:
    asked = {"Origin": origin, "Access-Control-Request-Method": method, "Access-Control-Request-Headers": headers}
    return client.options("/v1/determinations", headers=asked)


def test_nobody_by_default(client: FlaskClient) -> None:
    for answer in (client.get("/v1/rules", headers={"Origin": FIRM}), preflight(client, FIRM)):
        assert not [name for name, _ in answer.headers if name.startswith("Access-Control-")]
        assert "Origin" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize("origin", LISTED)
@pytest.mark.parametrize("path", ["/v1/rules", "/v1/determinations", "/v1/nowhere", "/openapi.json", "/problems/not-found", "/reconcile"])
def test_an_origin_of_the_list(serve: Serve, origin: str, path: str) -> None:
    answer = serve(allowed_origins=LISTED).get(path, headers={"Origin": origin})
    assert answer.headers.getlist(ALLOW) == [origin]
    assert "Origin" in answer.vary
    assert "Access-Control-Allow-Credentials" not in answer.headers
    exposed = set(answer.headers["Access-Control-Expose-Headers"].split(", "))
    assert {"ETag", "Link", "X-Dataset-Version", "X-Request-Id", "RateLimit", "Retry-After"} <= exposed


@pytest.mark.parametrize(
    "origin",
    [
        "https://firm.example.evil.example",
        "https://evil.example",
        "http://firm.example",
        "https://firmxexample",
        "https://firm.example:444",
        "https://a.firm.example",
        "https://firm.example\n",
        "null",
        "http://:",
    ],
)
def test_another_origin(serve: Serve, origin: str) -> None:
    client = serve(allowed_origins=LISTED)
    if "\n" not in origin:
        assert ALLOW not in client.get("/v1/rules", headers={"Origin": origin}).headers
        assert ALLOW not in preflight(client, origin).headers
    else:
        assert ALLOW not in client.get("/v1/rules", environ_overrides={"HTTP_ORIGIN": origin}).headers


def test_a_cache_keeps_the_answers_of_origins_apart(serve: Serve) -> None:
    client = serve(allowed_origins=(FIRM,))
    for headers in ({}, {"Origin": FIRM}, {"Origin": "https://evil.example"}):
        assert {"Accept", "Origin"} <= set(client.get("/v1/rules", headers=headers).vary)


def test_a_page_is_nobody_elses(serve: Serve) -> None:
    client = serve(allowed_origins=LISTED)
    for path in ("/docs", "/healthz", "/metrics", "/v1x"):
        assert ALLOW not in client.get(path, headers={"Origin": FIRM}).headers


def test_the_question_before_a_request(serve: Serve) -> None:
    client = serve(allowed_origins=LISTED)
    answer = preflight(client, FIRM, headers="content-type, authorization, x-api-key, x-evil")
    assert answer.status_code == 200
    assert answer.headers[ALLOW] == FIRM
    assert answer.headers["Access-Control-Allow-Headers"] == "authorization, content-type, x-api-key"
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert int(answer.headers["Access-Control-Max-Age"]) > 600
    assert "Access-Control-Allow-Methods" not in preflight(client, FIRM, method="DELETE").headers


def test_everybody_where_an_operator_says_so(serve: Serve) -> None:
    client = serve(allowed_origins=("*",))
    for headers in ({}, {"Origin": "https://anyone.example"}):
        answer = client.get("/v1/rules", headers=headers)
        assert answer.headers.getlist(ALLOW) == ["*"]
        assert "Origin" not in answer.vary
        assert "Access-Control-Allow-Credentials" not in answer.headers
