"""What a reconciliation client may send: queries, extensions, and the parameters of the other services."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, pre_load, validate, validates_schema

from service.reconciliation import MOST_CANDIDATES, TYPES
from service.reconciliation_properties import PROPERTIES
from service.schemas import Day, line, readable

MOST_IDS, MOST_PROPERTIES = 200, 30
_TYPE = validate.OneOf(list(TYPES))
_PROPERTY = validate.OneOf(list(PROPERTIES))
_ONE_TYPE = {"type": "string", "enum": list(TYPES)}
_OF_TYPE = f"Only of this type: {', '.join(TYPES)}; any other stands for all."


def text(**options: Any) -> fields.String:
    """A short readable text, perhaps empty."""
    return fields.String(validate=[validate.Length(max=200), readable], **options)


def _says(meaning: str, example: Any) -> dict[str, Any]:
    return {"description": meaning, "example": example}


def _unread(example: str) -> fields.String:
    return text(metadata=_says("OpenRefine sends it; it says nothing here.", example))


class OneOrMore(fields.Field[list[Any]]):
    """A value or a list of values, as a list."""

    def __init__(self, inner: fields.Field[Any], *, required: bool = False, **options: Any) -> None:
        super().__init__(required=required, **options)
        self._inner = inner

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        return [self._inner.deserialize(item) for item in (value if isinstance(value, list) else [value])]


class PropertyValue(fields.Field[str]):
    """A string, a number, a boolean or an entity; as the text by which it is found."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if isinstance(value, dict):
            value = value.get("id")
        if not isinstance(value, (str, int, float)):
            raise ValidationError("is no value; give a string, a number, a boolean or an object with an id.")
        return str(value)


class WantedSchema(Schema):
    """A property that an entity must have, with one of some values."""

    pid = fields.String(
        required=True,
        validate=validate.OneOf([item.id for item in PROPERTIES.values() if item.keys is not None]),
        metadata=_says("Which property.", "level"),
    )
    v = OneOrMore(
        PropertyValue(),
        required=True,
        metadata=_says("A string, a number, a boolean or an object with an `id`, or a list of these.", "section"),
    )


class QuerySchema(Schema):
    """A reconciliation query."""

    query = fields.String(metadata=_says("A name, in English, Chinese or pinyin.", "online games"))
    type = OneOrMore(
        fields.String(validate=_TYPE),
        metadata=_says("A type of entity, or a list of them.", "activity")
        | {"anyOf": [_ONE_TYPE, {"type": "array", "items": _ONE_TYPE}]},
    )
    limit = fields.Integer(
        strict=True,
        load_default=5,
        validate=validate.Range(min=1),
        metadata=_says(f"How many candidates at most; never more than {MOST_CANDIDATES}.", 3),
    )
    properties = fields.List(fields.Nested(WantedSchema), validate=validate.Length(max=10))
    # Types are a bound here, whatever is asked: no candidate of another type would serve.
    type_strict = fields.String(
        validate=validate.OneOf(("should", "all", "any")),
        metadata=_says("Types bound what is found, whatever stands here.", "should"),
    )

    @validates_schema
    def _something(self, data: dict[str, Any], **_: Any) -> None:
        if "query" not in data and not data.get("properties"):
            raise ValidationError("query or properties must be given.", "query")


class SettingsSchema(Schema):
    """On which day and where an entity is looked at; empty means today and nationwide."""

    as_of = Day(metadata=_says("The day of the law.", "2024-11-01"))
    place = line(200, metadata=_says("A place id or a place's name.", "Wuhan"))

    @pre_load
    def _given(self, data: Any, **_: Any) -> Any:
        return {name: value for name, value in data.items() if value != ""} if isinstance(data, dict) else data


class ExtendedSchema(Schema):
    """A property to be fetched."""

    id = fields.String(required=True, validate=_PROPERTY, metadata=_says("Which property.", "status"))
    settings = fields.Nested(SettingsSchema, load_default=dict)


class ExtensionSchema(Schema):
    """A data extension query."""

    ids = fields.List(
        fields.String(validate=validate.Length(1, 200)),
        required=True,
        metadata=_says(f"Ids of entities, at most {MOST_IDS}.", ["internet/online-games-operation"]),
    )
    properties = fields.List(
        fields.Nested(ExtendedSchema), required=True, validate=validate.Length(1, MOST_PROPERTIES)
    )


class SendSchema(Schema):
    """What a request to the endpoint holds: nothing, queries or an extension, each as JSON."""

    queries = fields.String()
    extend = fields.String()


class PrefixSchema(Schema):
    """A text being typed. OpenRefine sends more, inherited from Freebase, which says nothing here."""

    prefix = text(load_default="", metadata=_says("What is typed so far.", "s"))
    cursor = fields.Integer(
        load_default=0, validate=validate.Range(0, 10_000), metadata=_says("How many suggestions to pass over.", 0)
    )
    limit = fields.Integer(
        load_default=10,
        validate=validate.Range(1, MOST_CANDIDATES),
        metadata=_says("How many suggestions at most.", 10),
    )
    type = text(metadata=_says(_OF_TYPE, "activity"))
    type_strict = _unread("should")
    spell = _unread("always")
    exact = _unread("false")
    scoring = _unread("schema")
    prefixed = _unread("true")


class ProposeSchema(Schema):
    """For which type properties are proposed, and how many."""

    type = text(metadata=_says(_OF_TYPE, "activity"))
    limit = fields.Integer(
        load_default=MOST_PROPERTIES,
        validate=validate.Range(1, 1000),
        metadata=_says("How many properties at most.", 10),
    )


class IdSchema(Schema):
    """Which entity."""

    id = line(200, required=True, metadata=_says("The id of an entity.", "internet/online-games-operation"))
