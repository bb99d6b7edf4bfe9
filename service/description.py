"""How the OpenAPI description words what generators of clients would otherwise stumble over."""

from __future__ import annotations

from typing import Any

from marshmallow import fields


def nullable_choice(_: object, field: fields.Field[Any], ret: dict[str, Any], **__: Any) -> dict[str, Any]:
    """A choice that may be null as a choice or null, which generators make one type of.

    Called by apispec with its converter, a field, and what it has said of the field so far, which is changed.
    """
    if not field.allow_none or "enum" not in ret:
        return {}
    kinds = [kind for kind in ret.pop("type") if kind != "null"]
    values = [value for value in ret.pop("enum") if value is not None]
    return {"anyOf": [{"type": kinds[0], "enum": values}, {"type": "null"}]}
