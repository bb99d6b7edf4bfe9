"""Records by the id in an address: held, renamed (308) or withdrawn (410)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from flask import Response, abort, request, url_for

from negative_list.errors import NotHeld
from service.problems import nearest
from service.state import state

T = TypeVar("T")
# How long a cache may believe that an id has another name, in seconds.
_BELIEVED = 86_400


def held(kind: str, id_: str, register: Mapping[str, T], *, called: str | None = None) -> T:
    """The record that an id of the address names; `called` is what an error calls it, if not by its kind.

    An id renamed leads on with 308 to the same route, query kept, with the new one. Raises Withdrawn, NotHeld.
    """
    if id_ in register:
        return register[id_]
    new = state().catalogue.renames.current(kind, id_)
    if new not in register:
        raise NotHeld(called or kind, id_, nearest(id_, register))
    given: dict[str, Any] = {name: new if value == id_ else value for name, value in (request.view_args or {}).items()}
    query = request.query_string.decode()
    response = Response(status=308)
    response.headers["Location"] = url_for(request.endpoint or "", **given) + (f"?{query}" if query else "")
    response.headers["Cache-Control"] = f"public, max-age={_BELIEVED}"
    return abort(response)


def current(kind: str, id_: str | None) -> str | None:
    """The id that a record named in a query has now. Raises Withdrawn."""
    return None if id_ is None else state().catalogue.renames.current(kind, id_)
