"""Validators and lifetimes (RFC 9110 section 13, RFC 9111)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, time, timedelta

from flask import Response, request

from negative_list import __version__
from service.state import SHANGHAI, now, state


def answer(lang: str, media: str, make: Callable[[], Response], *, confidential: bool = False) -> Response:
    """Answer a GET: 304 when the client holds this very representation, else what `make` gives.

    The validator is made of data digest, engine version, language, representation, day and query, so an unchanged
    answer costs nothing to confirm. It lives until the next midnight in Shanghai, when the law may change.
    """
    moment = now()
    query = "&".join(sorted(f"{key}={value}" for key, value in request.args.items(multi=True)))
    parts = (state().catalogue.digest, __version__, lang, media, moment.date().isoformat(), request.path, query)
    etag = hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()
    response = Response(status=304) if _held(etag) else make()
    response.set_etag(etag)
    response.headers["Content-Language"] = lang
    response.vary.update(("Accept", "Accept-Language"))
    midnight = datetime.combine(moment.date() + timedelta(days=1), time(), SHANGHAI)
    scope = "private" if confidential else "public"
    response.headers["Cache-Control"] = f"{scope}, max-age={int((midnight - moment).total_seconds())}"
    return response


def _held(etag: str) -> bool:
    # Compared weakly, since a proxy that compresses weakens validators; `*` names no representation of ours.
    tags = request.if_none_match
    return not tags.star_tag and tags.contains_weak(etag)


def uncached(lang: str, response: Response) -> Response:
    """Mark the answer to a POST: it is confidential and never stored."""
    response.headers["Content-Language"] = lang
    response.headers["Cache-Control"] = "no-store"
    response.vary.update(("Accept", "Accept-Language"))
    return response
