"""The OpenAPI description: words for generators of clients, and operations that no StrictBlueprint describes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from marshmallow import fields

from service.negotiation import JSON
from service.problems import KINDS, PROBLEM
from service.response_headers import EVERYWHERE, described
from service.schemas import ProblemSchema

Operation = dict[str, Any]
_UNSTORED = (*EVERYWHERE, "Cache-Control")


def nullable_choice(_: object, field: fields.Field[Any], ret: dict[str, Any], **__: Any) -> dict[str, Any]:
    """A choice that may be null as a choice or null, which generators make one type of.

    Called by apispec with its converter, a field, and what it has said of the field so far, which is changed.
    """
    if not field.allow_none or "enum" not in ret:
        return {}
    kinds = [kind for kind in ret.pop("type") if kind != "null"]
    values = [value for value in ret.pop("enum") if value is not None]
    return {"anyOf": [{"type": kinds[0], "enum": values}, {"type": "null"}]}


def answer(what: str, headers: Iterable[str] = _UNSTORED, media: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """An answer: what it is, its headers, and by media type its schema; without any it has no body."""
    told: dict[str, Any] = {"description": what, "headers": described(*headers)}
    return told | {"content": {kind: {"schema": schema} for kind, schema in media.items()}} if media else told


def problem(status: int) -> dict[str, Any]:
    """The problem of a status."""
    return answer(KINDS[status][2], media={PROBLEM: ProblemSchema})


def operation(
    id_: str,
    tag: str,
    summary: str,
    answers: Mapping[int, dict[str, Any]],
    problems: Iterable[int],
    **more: Any,
) -> Operation:
    """An operation with its answers by status, the problems of the statuses given, and what else OpenAPI knows."""
    faults = {status: problem(status) for status in problems}
    return {"operationId": id_, "tags": [tag], "summary": summary, "responses": {**faults, **answers}, **more}


def example_body(media: str, schema: Any, examples: Mapping[str, Any]) -> dict[str, Any]:
    """A body that must be sent, in one media type, with examples by name."""
    shown = {name: {"value": value} for name, value in examples.items()}
    return {"required": True, "content": {media: {"schema": schema, "examples": shown}}}


def json_of(schema: Any) -> dict[str, Any]:
    """The media of an answer in JSON."""
    return {JSON: schema}
