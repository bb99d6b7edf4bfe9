"""Pages of a list: opaque cursors and `Link` relations (RFC 8288)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Response, request

from service.problems import Problem

T = TypeVar("T")


def page(items: Sequence[T], limit: int, cursor: str | None) -> tuple[Sequence[T], str | None]:
    """The slice a cursor names and the cursor of the next one, if there is more. Raises Problem 400."""
    start = 0 if cursor is None else _offset(cursor)
    after = start + limit
    return items[start:after], _cursor(after) if after < len(items) else None


def _cursor(offset: int) -> str:
    return base64.urlsafe_b64encode(f"o{offset}".encode()).decode().rstrip("=")


def _offset(cursor: str) -> int:
    try:
        decoded = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
        if decoded[:1] != "o" or not decoded[1:].isdecimal() or len(decoded) > 12:
            raise ValueError
        return int(decoded[1:])
    except (binascii.Error, UnicodeError, ValueError):
        detail = "The cursor is none of ours; start again without it."
        raise Problem(
            400, detail, [{"parameter": "cursor", "code": "unknown_cursor", "detail": detail}]
        ) from None


def with_links(response: Response, next_cursor: str | None) -> Response:
    """Name the next page and the description of the service."""
    links = ['</openapi.json>; rel="service-desc"']
    if next_cursor is not None:
        query: list[tuple[str, Any]] = [(k, v) for k, v in request.args.items(multi=True) if k != "cursor"]
        links.append(f'<{request.path}?{urlencode([*query, ("cursor", next_cursor)])}>; rel="next"')
    response.headers["Link"] = ", ".join(links)
    return response
