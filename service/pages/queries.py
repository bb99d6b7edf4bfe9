"""The query of a page: a form sends its empty fields too, and whoever passes a link on may add to it."""

from __future__ import annotations

from typing import Any

from flask import request
from marshmallow import EXCLUDE, Schema, ValidationError
from webargs.flaskparser import abort


def read(schema: Schema) -> dict[str, Any]:
    """The query by a schema; empty fields count as absent, and what the schema does not know is left aside.

    Raises HTTPException 400 that names what is wrong, as the API does.
    """
    given = {name: value for name, value in request.args.items() if value.strip()}
    given.pop("lang", None)
    try:
        found: dict[str, Any] = schema.load(given, unknown=EXCLUDE)
    except ValidationError as error:
        abort(400, messages={"query": error.normalized_messages()}, schema=schema)
    return found
