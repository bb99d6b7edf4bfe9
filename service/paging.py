"""Pages of a list: opaque cursors, and where the pages before and after stand."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NoReturn, TypeVar

from flask import Response, request

from service import links
from service.problems import Problem
from service.state import state

T = TypeVar("T")
# What a cursor may be carried over: the same list in other pages or another language.
_FREE = ("lang", "dataset", "limit", "cursor")
_BYTES, _OFFSET = 6, 4


@dataclass(frozen=True)
class Page(Generic[T]):
    """A part of a list, and the cursors of the parts before and after it; None where there is none."""

    items: Sequence[T]
    total: int
    start: int
    next_cursor: str | None
    query: Mapping[str, Any]

    def body(self, items: list[Any], **more: Any) -> dict[str, Any]:
        """The page as JSON, its items written out."""
        return {"items": items, "total": self.total, "next_cursor": self.next_cursor, **more}

    def link(self, response: Response) -> Response:
        """Name the pages before and after in the answer."""
        if self.next_cursor is not None:
            links.add(response, _address(self.query, self.next_cursor), "next")
        if self.start:
            before = max(self.start - self.query["limit"], 0)
            links.add(response, _address(self.query, _cursor(before, self.query) if before else None), "prev")
        return response


def page(items: Sequence[T], query: Mapping[str, Any]) -> Page[T]:
    """The part of a list that `limit` and `cursor` of a checked query name.

    A cursor holds for the list it was given for: the same route, query and data. Raises Problem 400 for one that is
    none of ours or of another list, 410 for one of other data.
    """
    cursor = query.get("cursor")
    start = 0 if cursor is None else _offset(cursor, query)
    if start and start >= len(items):
        _refuse(400, "unknown_cursor", "The cursor is none of ours; start again without it.")
    after = start + query["limit"]
    return Page(items[start:after], len(items), start, _cursor(after, query) if after < len(items) else None, query)


def _address(query: Mapping[str, Any], cursor: str | None) -> str:
    return links.address(request.path, links.pairs({**query, "cursor": cursor}))


def _digests(query: Mapping[str, Any]) -> tuple[bytes, bytes]:
    """Of the data and of the list that a query gives."""
    asked = repr((request.path, links.pairs(query, *_FREE)))
    return _digest(state().catalogue.digest), _digest(asked)


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=_BYTES).digest()


def _cursor(offset: int, query: Mapping[str, Any]) -> str:
    packed = b"".join((*_digests(query), offset.to_bytes(_OFFSET, "big")))
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def _offset(cursor: str, query: Mapping[str, Any]) -> int:
    try:
        packed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        packed = b""
    if len(packed) != 2 * _BYTES + _OFFSET:
        _refuse(400, "unknown_cursor", "The cursor is none of ours; start again without it.")
    data, asked = _digests(query)
    if packed[:_BYTES] != data:
        _refuse(410, "cursor_of_other_data", "The cursor is of data no longer in use; start again without it.")
    if packed[_BYTES : 2 * _BYTES] != asked:
        _refuse(400, "cursor_of_other_list", "The cursor was given for another route or query; start again without it.")
    return int.from_bytes(packed[2 * _BYTES :], "big")


def _refuse(status: int, code: str, detail: str) -> NoReturn:
    raise Problem(status, detail, [{"parameter": "cursor", "code": code, "detail": detail}])
