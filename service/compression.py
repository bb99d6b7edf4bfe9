"""Smaller answers: zstd, br and gzip where they pay."""

from __future__ import annotations

from functools import partial

from flask import Flask, Response, request
from flask_compress import Compress

from service.problems import PROBLEM

# Below it the headers weigh more than what is saved.
MIN_SIZE = 1_024
# The first that a client takes as gladly as any other: zstd makes JSON as small as br does, and sooner.
CODINGS = ("zstd", "br", "gzip")
TEXTS = (
    "application/atom+xml",
    "application/feed+json",
    "application/json",
    "application/ld+json",
    "application/x-ndjson",
    "image/svg+xml",
    "text/css",
    "text/csv",
    "text/html",
    "text/javascript",
    "text/plain",
    PROBLEM,
)


def register(app: Flask) -> None:
    """Compress the answers of an application.

    Size gives nothing away (BREACH): an answer holds what its asker sent and public law, no secret that another site
    could guess at by adding words of its own; there are no cookies and no tokens.
    """
    app.config.update(
        COMPRESS_REGISTER=False,
        COMPRESS_MIMETYPES=list(TEXTS),
        COMPRESS_MIN_SIZE=MIN_SIZE,
        COMPRESS_ALGORITHM=list(CODINGS),
        COMPRESS_ALGORITHM_STREAMING=list(CODINGS),
        # Whether an answer is held already is settled before; files are another matter, see below.
        COMPRESS_EVALUATE_CONDITIONAL_REQUEST=False,
    )
    app.after_request(partial(_compress, Compress(app)))


def held(etag: str) -> str | None:
    """The validator in If-None-Match that names a representation, as it is or in a coding that the client takes.

    Compared weakly, since a proxy that compresses weakens validators; `*` names no representation of ours.
    """
    for tag in request.if_none_match.as_set(include_weak=True):
        plain, _, coding = tag.partition(":")
        if plain == etag and (not coding or request.accept_encodings[coding]):
            return tag
    return None


def _compress(compress: Compress, response: Response) -> Response:
    """Compress an answer, but no part of one: its range counts the octets as they are."""
    if response.status_code in (206, 416):
        return response
    if not _takes_any():
        response.vary.add("Accept-Encoding")
        return response
    if response.is_streamed and hasattr(response.response, "close"):
        # A file: its compressed form would leave it open.
        response.call_on_close(response.response.close)
        _confirm(response)
    packed: Response = compress.after_request(response)
    return packed


def _takes_any() -> bool:
    """Whether the client takes a coding of ours; of one that takes any but some, none is tried."""
    takes = [request.accept_encodings[coding] > 0 for coding in CODINGS]
    return any(takes) and (all(takes) or not request.accept_encodings["*"])


def _confirm(file: Response) -> None:
    """Make a file that the client holds compressed a 304; Flask compared its validator before the coding was known."""
    etag, _ = file.get_etag()
    if request.method in ("GET", "HEAD") and file.status_code == 200 and etag and (tag := held(etag)):
        file.status_code = 304
        file.response = ()
        file.set_etag(tag)
