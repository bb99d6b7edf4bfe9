"""Which language and which representation a request asks for (RFC 9110, section 12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from flask import Response, request

from negative_list.model import LANGUAGES
from service.problems import Problem
from service.tables import CSV, NDJSON, csv_response, ndjson_response

JSON = "application/json"
PLAIN = "text/plain"
HTML = "text/html"
FORM = "application/x-www-form-urlencoded"
LINKED = "application/ld+json"
# What an address gives only to those who ask for it in Accept.
ALTERNATIVES = frozenset({PLAIN, LINKED, CSV, NDJSON})
# What a list is offered as.
LISTED = (JSON, NDJSON, CSV)


def language(asked: str | None) -> str:
    """The language asked for by parameter, else the one that Accept-Language likes best, else English.

    A regional tag or script counts as its language: en-GB is English, zh-Hant is Chinese. `*` is any language that is
    not named; one that is refused is taken only where the other is refused too.
    """
    if asked is not None:
        return asked
    given = [(tag.partition("-")[0].lower(), quality) for tag, quality in request.accept_languages]
    named = {tag for tag, _ in given}
    for tag, quality in sorted(given, key=lambda pair: pair[1], reverse=True):
        meant = [tag] if tag != "*" else [held for held in LANGUAGES if held not in named]
        if quality > 0 and (found := [held for held in meant if held in LANGUAGES]):
            return found[0]
    return next((held for held in LANGUAGES if held not in named), LANGUAGES[0])


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


def list_response(media: str, body: Mapping[str, Any], columns: Sequence[str]) -> Response:
    """A list in one of the types of LISTED; as a table only its items, which `columns` names."""
    if media == CSV:
        return csv_response(body["items"], columns)
    return ndjson_response(body["items"]) if media == NDJSON else json_response(body)


def linked_response(body: Mapping[str, Any]) -> Response:
    """A JSON-LD response."""
    return Response(orjson.dumps(body), mimetype=LINKED)


def plain_response(body: str) -> Response:
    """A plain-text response in UTF-8."""
    return Response(body, mimetype=PLAIN)
