"""Validators and lifetimes (RFC 9110 section 13, RFC 9111, RFC 8246)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from flask import Response, request

from negative_list import __version__
from service import compression, links, memento
from service.negotiation import ALTERNATIVES
from service.state import State, midnight, now, state

# A year: to a cache that is for ever.
FOR_EVER = 31_536_000


class Depends(Enum):
    """What an answer depends on beside the data and the query."""

    NOTHING = "nothing"
    LAW = "which instruments are in force"
    DAY = "the day itself, which the answer names"


def answer(
    lang: str,
    media: str,
    make: Callable[[], Response],
    *,
    query: Mapping[str, Any] | None = None,
    depends: Depends = Depends.DAY,
    day: memento.Asked | None = None,
    canonical: str | None = None,
    confidential: bool = False,
) -> Response:
    """Answer a GET: 304 when the client holds this very representation, else what `make` gives.

    The strong validator is made of data digest, engine version, language, representation, path, query and what the
    answer depends on, so an unchanged answer costs nothing to confirm. It lives until the next midnight in Shanghai,
    when the law may change; for ever where the query pins the data and the answer depends on nothing else.

    `query` is the query as checked, by which one question has one validator, however it is written, and the answer
    names its addresses; without it the parameters count as they came. `day` is the day of the law where the route
    takes one; given, it leaves nothing to depend on. `canonical` is the path under which the answer is best known, if
    not the one asked. Of a confidential answer no header repeats the query.
    """
    current, moment = state(), now()
    asked = request.args.to_dict(flat=False) if query is None else query
    meant = asked if day is None else day.within(asked)
    if day is not None and day.day is not None:
        depends = Depends.NOTHING
    etag = _validator(current, moment, lang, media, meant, depends)
    modified = _last_modified(current, moment, depends)
    held = _held(etag, modified)
    response = make() if held is None else Response(status=304)
    response.set_etag(etag if held is None else held)
    response.last_modified = modified
    response.headers["Content-Language"] = lang
    response.vary.update(("Accept", "Accept-Language"))
    response.headers["Cache-Control"] = _lifetime(moment, meant, depends, "private" if confidential else "public")
    if query is not None:
        links.describe(response)
        if not confidential:
            _name_addresses(response, {**meant, "lang": lang}, query, canonical or request.path, media)
    if day is not None:
        memento.mark(response, day, asked, confidential=confidential)
    return response


def _name_addresses(
    response: Response, meant: Mapping[str, Any], asked: Mapping[str, Any], canonical: str, media: str
) -> None:
    links.add(response, links.address(canonical, links.pairs(meant, *links.ASIDE)), "canonical")
    if meant != asked and media not in ALTERNATIVES:
        response.headers["Content-Location"] = links.address(request.path, links.pairs(meant))


def uncached(lang: str, response: Response) -> Response:
    """Mark the answer to a POST: it is confidential and never stored."""
    response.headers["Content-Language"] = lang
    response.headers["Cache-Control"] = "no-store"
    response.vary.update(("Accept", "Accept-Language"))
    return response


def _validator(
    current: State, moment: datetime, lang: str, media: str, query: Mapping[str, Any], depends: Depends
) -> str:
    today = moment.date()
    since = {Depends.DAY: today, Depends.LAW: current.last_change(today), Depends.NOTHING: ""}[depends]
    asked = repr(links.pairs(query, *links.ASIDE))
    parts = (current.catalogue.digest, __version__, lang, media, str(since), request.path, asked)
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


def _last_modified(current: State, moment: datetime, depends: Depends) -> datetime:
    today = moment.date()
    changed = current.made
    if depends is not Depends.NOTHING:
        changed = max(changed, midnight(today if depends is Depends.DAY else current.last_change(today)))
    # Never later than the answer itself (RFC 9110, section 8.8.2.1).
    return min(changed, moment)


def _held(etag: str, modified: datetime) -> str | None:
    """The validator of the representation that the client holds, where it is still the right one."""
    if "If-None-Match" not in request.headers:
        since = request.if_modified_since
        return etag if since is not None and modified.replace(microsecond=0) <= since else None
    return compression.held(etag)


def _lifetime(moment: datetime, query: Mapping[str, Any], depends: Depends, scope: str) -> str:
    if depends is Depends.NOTHING and query.get("dataset") is not None:
        return f"{scope}, max-age={FOR_EVER}, immutable"
    left = midnight(moment.date() + timedelta(days=1)) - moment
    return f"{scope}, max-age={int(left.total_seconds())}"
