"""What every answer tells a browser."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.service.conftest import Serve

PATHS = ["/healthz", "/v1/rules", "/v1/determinations", "/nowhere", "/docs", "/docs/start.js", "/openapi.json"]


@pytest.mark.parametrize("path", PATHS)
def test_of_every_answer(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers
    assert ("Permissions-Policy" in headers) == headers["Content-Type"].startswith("text/html")


def test_a_page_takes_no_camera(client: FlaskClient) -> None:
    assert "camera=()" in client.get("/docs").headers["Permissions-Policy"]


@pytest.mark.parametrize(
    ("public_url", "lasting"), [("", False), ("http://law.example", False), ("https://law.example", True)]
)
def test_only_where_it_is_reached_by_https_is_it_asked_for(serve: Serve, public_url: str, lasting: bool) -> None:
    headers = serve(public_url=public_url).get("/healthz").headers
    assert headers.get("Strict-Transport-Security") == ("max-age=31536000" if lasting else None)


def test_only_what_is_made_for_pages_of_others_may_be_brought_in_there(client: FlaskClient) -> None:
    for path, owner in (("/embed.js", "cross-origin"), ("/v1/rules", "same-origin"), ("/", "same-origin")):
        assert client.get(path).headers["Cross-Origin-Resource-Policy"] == owner, path
