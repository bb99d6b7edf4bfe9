"""Assets live under addresses that change with their content, and may be kept for ever."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "png": "image/png"}


def test_every_asset_of_a_page_is_served_and_may_be_kept(client: FlaskClient) -> None:
    found = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', client.get("/").text))
    assert len(found) >= 6
    for address in found:
        response = client.get(address)
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response.mimetype == KINDS.get(address.rpartition(".")[2], response.mimetype)
        assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_another_version_is_answered_and_not_kept(client: FlaskClient) -> None:
    response = client.get("/static/0123456789ab/base.css")
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")


@pytest.mark.parametrize("name", ["none.css", "..%2fapp.py", "%2e%2e/app.py", ""])
def test_there_is_nothing_else(client: FlaskClient, name: str) -> None:
    version = re.findall(r"/static/(\w+)/", client.get("/").text)[0]
    assert client.get(f"/static/{version}/{name}").status_code == 404
