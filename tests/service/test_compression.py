"""Large texts are sent small, and validators hold through it."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable

import brotli
import pytest
from flask.testing import FlaskClient

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LARGE, SMALL = "/v1/places?limit=100", "/v1/places/CN-31"
UNPACK: dict[str, Callable[[bytes], bytes]] = {"br": brotli.decompress, "zstd": zstd.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize("coding", UNPACK)
@pytest.mark.parametrize("accept", ["application/json", "text/csv", "application/x-ndjson"])
def test_large_answers_are_compressed(client: FlaskClient, coding: str, accept: str) -> None:
    plain = client.get(LARGE, headers={"Accept": accept})
    packed = client.get(LARGE, headers={"Accept": accept, "Accept-Encoding": coding})
    assert packed.headers["Content-Encoding"] == coding
    assert UNPACK[coding](packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 3
    assert packed.headers["Content-Length"] == str(len(packed.data))
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert packed.headers["Vary"] == plain.headers["Vary"]
    head = client.head(LARGE, headers={"Accept": accept, "Accept-Encoding": coding})
    assert [head.headers[name] for name in ("ETag", "Content-Encoding")] == [packed.headers["ETag"], coding]


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, deflate, br", "br"),
        ("zstd;q=0, *", None),
        ("br;q=0.5, gzip", "gzip"),
        ("deflate", None),
        ("identity", None),
        ("", None),
        ("br;q=0", None),
    ],
)
def test_the_coding_is_one_the_client_takes(client: FlaskClient, accepted: str, chosen: str | None) -> None:
    assert client.get(LARGE, headers={"Accept-Encoding": accepted}).headers.get("Content-Encoding") == chosen


def test_small_answers_stay_as_they_are(client: FlaskClient) -> None:
    response = client.get(SMALL, headers={"Accept-Encoding": "br"})
    assert "Content-Encoding" not in response.headers
    assert "Accept-Encoding" in response.headers["Vary"]


@pytest.mark.parametrize("coding", UNPACK)
def test_a_compressed_answer_can_be_confirmed(client: FlaskClient, coding: str) -> None:
    packed = client.get(LARGE, headers={"Accept-Encoding": coding})
    plain = client.get(LARGE)
    tag = packed.headers["ETag"]
    # A strong validator tells octets apart.
    assert tag != plain.headers["ETag"]
    for held in (tag, f"W/{tag}", plain.headers["ETag"]):
        unchanged = client.get(LARGE, headers={"Accept-Encoding": coding, "If-None-Match": held})
        assert (unchanged.status_code, unchanged.data) == (304, b"")
        assert unchanged.headers["ETag"] == held.removeprefix("W/")
        assert unchanged.headers["Vary"] == packed.headers["Vary"]
    # Who does not take the coding is not told that the compressed octets are the ones wanted.
    assert client.get(LARGE, headers={"If-None-Match": tag}).status_code == 200


def test_a_determination_by_post_is_compressed_and_not_stored(client: FlaskClient) -> None:
    sent = {"activity": "data centre and online games in Wuhan"}
    plain = client.post("/v1/determinations", json=sent)
    packed = client.post("/v1/determinations", json=sent, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["Cache-Control"] == "no-store"
    assert "ETag" not in packed.headers


def test_files_are_compressed_and_their_parts_are_not(client: FlaskClient) -> None:
    path = "/docs/assets/swagger-ui.css"
    packed = client.get(path, headers={"Accept-Encoding": "gzip"}, buffered=True)
    plain = client.get(path, buffered=True)
    assert gzip.decompress(packed.data) == plain.data
    held = {"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]}
    assert client.get(path, headers=held, buffered=True).status_code == 304
    part = client.get(path, headers={"Accept-Encoding": "gzip", "Range": "bytes=0-9999"}, buffered=True)
    assert part.status_code == 206
    assert "Content-Encoding" not in part.headers
    assert part.data == plain.data[:10_000]
