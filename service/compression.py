"""Smaller answers: br, zstd and gzip where they pay."""

from __future__ import annotations

from functools import partial

from flask import Flask, Response, request
from flask_compress import Compress

from service.problems import PROBLEM

# Below it the headers weigh more than what is saved.
MIN_SIZE = 1_024
# The first that a client takes as gladly as any other.
CODINGS = ("br", "zstd", "gzip")
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


def _compress(compress: Compress, response: Response) -> Response:
    """Compress an answer, but no part of one: its range counts the octets as they are."""
    if response.status_code in (206, 416):
        return response
    is_file = response.is_streamed
    packed: Response = compress.after_request(response)
    if is_file and "Content-Encoding" in packed.headers and request.method in ("GET", "HEAD"):
        # Flask compared the validator of a file before its coding was part of it.
        packed.make_conditional(request)
    return packed
