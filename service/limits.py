"""Bounds on what comes in, checked before anything else looks at it."""

from __future__ import annotations

import re
import uuid
from urllib.parse import unquote_to_bytes

from flask import Flask, Response, g, request

from service.problems import Problem
from service.state import state

MAX_BODY = 1024 * 1024
MAX_BATCH = 8 * MAX_BODY
MAX_URL = 8 * 1024
_LARGER = {"/v1/determinations/batch": MAX_BATCH}
_REQUEST_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")


def register(app: Flask) -> None:
    """Give every request an id, refuse what is too long or is not UTF-8, and mark every answer."""
    app.before_request(_identify)
    app.before_request(_check)
    app.after_request(_mark)


def max_body() -> int:
    """How many bytes of a body are read on the route asked for."""
    return _LARGER.get(request.path, MAX_BODY)


def _identify() -> None:
    given = request.headers.get("X-Request-Id", "")
    g.request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex


def _check() -> None:
    length = len(request.environ.get("PATH_INFO", "")) + 1 + len(request.query_string)
    if max(length, len(request.environ.get("RAW_URI", ""))) > MAX_URL:
        raise Problem(414, "The address is longer than 8 KiB; send the proposal by POST.")
    allowed = max_body()
    # One more, so that a chunked body too long is seen to be so and not cut.
    request.max_content_length = allowed + 1
    if request.content_length is not None and request.content_length > allowed:
        raise Problem(413, f"The body has {request.content_length} bytes; at most {allowed} are read.")
    # WSGI hands the path over as bytes in Latin-1, its percent signs already resolved.
    for part in (request.environ.get("PATH_INFO", "").encode("latin-1"), unquote_to_bytes(request.query_string)):
        try:
            part.decode("utf-8")
        except UnicodeDecodeError:
            raise Problem(400, "The address is not UTF-8 once its percent signs are resolved.") from None


def _mark(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.get("request_id", "unknown")
    response.headers["X-Dataset-Version"] = state().catalogue.version
    return response
