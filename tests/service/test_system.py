"""Health, readiness, problem types, and the headers every answer has."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from negative_list.catalogue import Catalogue
from negative_list.index import folder_of
from service.app import create_app
from service.settings import Settings

ANSWERS = [
    ("GET", "/healthz", 200),
    ("GET", "/readyz", 200),
    ("GET", "/v1/rules", 200),
    ("GET", "/openapi.json", 200),
    ("GET", "/docs", 200),
    ("GET", "/v1/determinations", 400),
    ("GET", "/nowhere", 404),
    ("PUT", "/v1/rules", 405),
    ("POST", "/v1/determinations", 415),
]


def test_healthz(client: FlaskClient) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json) == (200, {"status": "ok"})
    assert response.headers["Cache-Control"] == "no-store"


def test_readyz(client: FlaskClient, catalogue: Catalogue) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json == {
        "status": "ready",
        "dataset": {"version": catalogue.version, "digest": catalogue.digest},
    }


def test_readyz_says_so_when_the_index_is_gone(catalogue: Catalogue, index_root: Path, tmp_path: Path) -> None:
    folder = folder_of(catalogue.digest, index_root)
    held = Path(shutil.copytree(folder, tmp_path / "index" / folder.name, ignore=shutil.ignore_patterns("template-*")))
    client = create_app(Settings(index=tmp_path / "index", log_level="error")).test_client()
    aside = held.rename(tmp_path / "aside")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.mimetype == "application/problem+json"
    assert int(response.headers["Retry-After"]) > 0
    assert client.get("/healthz").status_code == 200
    aside.rename(held)
    assert client.get("/readyz").status_code == 200
    marker = held / "negative-list-index"
    marker.write_text("blake2b:of-other-data")
    assert client.get("/readyz").status_code == 503
    marker.write_text(catalogue.digest)
    assert client.get("/readyz").status_code == 200


def test_problem_types_carry_the_public_address(index_root: Path) -> None:
    app = create_app(Settings(index=index_root, log_level="error", public_url="https://law.example"))
    assert app.test_client().get("/nowhere").json["type"] == "https://law.example/problems/not-found"


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
def test_headers_of_every_answer(
    client: FlaskClient, catalogue: Catalogue, method: str, path: str, status: int
) -> None:
    response = client.open(path, method=method)
    assert response.status_code == status
    assert response.headers["X-Dataset-Version"] == catalogue.version
    assert re.fullmatch(r"[0-9a-f]{32}", response.headers["X-Request-Id"])
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert client.open(path, method=method).headers["X-Request-Id"] != response.headers["X-Request-Id"]


@pytest.mark.parametrize("id_", ["a", "4bf92f35-77b3.4da6:a3_ce", "x" * 128])
def test_a_request_id_is_echoed(client: FlaskClient, id_: str) -> None:
    for path in ("/healthz", "/nowhere"):
        assert client.get(path, headers={"X-Request-Id": id_}).headers["X-Request-Id"] == id_


@pytest.mark.parametrize("id_", ["", "x" * 129, "a b", "<script>", "näh", 'a"b'])
def test_a_request_id_that_is_none_is_replaced(client: FlaskClient, id_: str) -> None:
    given = client.get("/healthz", headers={"X-Request-Id": id_}).headers["X-Request-Id"]
    assert re.fullmatch(r"[0-9a-f]{32}", given)
