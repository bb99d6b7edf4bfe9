"""What will go: `Deprecation` (RFC 9745) and `Sunset` (RFC 8594), said in one place for headers and description.

A route is marked by `blueprint.deprecated(Notice(...))`, a parameter or a key by `metadata=Notice(...).metadata`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask, Response, g
from marshmallow import Schema
from werkzeug.http import http_date

from service import links
from service.state import midnight

_KEY = "notice"


@dataclass(frozen=True, slots=True)
class Notice:
    """From which day something should no longer be used, where that is explained, and from which day it will not work.

    `successor` is the address of what takes its place.
    """

    since: date
    explained: str
    sunset: date | None = None
    successor: str | None = None

    @property
    def metadata(self) -> dict[str, Any]:
        """What marks a field of a schema."""
        return {"deprecated": True, _KEY: self}


def register(app: Flask) -> None:
    """Let every answer to a request that used something marked say so."""
    app.after_request(_tell)


def note(notice: Notice) -> None:
    """Remember that this request used something marked."""
    g.setdefault("notices", []).append(notice)


def note_fields(schema: Schema, names: Iterable[str]) -> None:
    """Remember which of the fields that a request names are marked."""
    marked = {field.data_key or name: field.metadata.get(_KEY) for name, field in schema.fields.items()}
    for name in names:
        if (notice := marked.get(name)) is not None:
            note(notice)


def _tell(response: Response) -> Response:
    notices: list[Notice] = g.get("notices", [])
    if not notices:
        return response
    # Of several the first to begin and the first to end, which are what a client has to act on.
    response.headers["Deprecation"] = f"@{int(midnight(min(notice.since for notice in notices)).timestamp())}"
    if ends := [notice.sunset for notice in notices if notice.sunset is not None]:
        response.headers["Sunset"] = http_date(midnight(min(ends)))
    for notice in notices:
        links.add(response, notice.explained, "deprecation", type="text/html")
        if notice.sunset is not None:
            links.add(response, notice.explained, "sunset", type="text/html")
        if notice.successor is not None:
            links.add(response, notice.successor, "successor-version")
    return response
