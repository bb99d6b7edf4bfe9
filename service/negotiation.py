"""Which language and which representation a request asks for (RFC 9110, section 12)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson
from flask import Response, request

from negative_list.model import LANGUAGES
from service.problems import Problem

JSON = "application/json"
PLAIN = "text/plain"


def language(asked: str | None) -> str:
    """The language asked for by parameter, else the first of Accept-Language that is held, else English.

    A regional tag counts as its language: en-GB is English, zh-HK is Chinese.
    """
    if asked is not None:
        return asked
    wanted = (tag.partition("-")[0].lower() for tag, quality in request.accept_languages if quality > 0)
    return next((tag for tag in wanted if tag in LANGUAGES), LANGUAGES[0])


def media_type(offered: Sequence[str]) -> str:
    """The best media type offered; without an Accept header the first. Raises Problem 406."""
    if not request.headers.get("Accept"):
        return offered[0]
    best = request.accept_mimetypes.best_match(offered)
    if best is None:
        raise Problem(
            406,
            f"Accept {request.headers['Accept'][:200]!r} asks for none of the types offered: {', '.join(offered)}.",
            [{"parameter": "Accept", "code": "not_acceptable", "detail": "See allowed.", "allowed": list(offered)}],
        )
    return best


def json_response(body: Any, status: int = 200) -> Response:
    """A JSON response in UTF-8 without escapes."""
    return Response(orjson.dumps(body), status, mimetype=JSON)


def plain_response(body: str) -> Response:
    """A plain-text response in UTF-8."""
    return Response(body, mimetype=PLAIN)
