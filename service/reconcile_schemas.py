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


def text(**options: Any) -> fields.String:
    """A short readable text, perhaps empty."""
    return fields.String(validate=[validate.Length(max=200), readable], **options)


class OneOrMore(fields.Field[list[Any]]):
    """A value or a list of values, as a list."""

    def __init__(self, inner: fields.Field[Any], *, required: bool = False) -> None:
        super().__init__(required=required)
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
        required=True, validate=validate.OneOf([item.id for item in PROPERTIES.values() if item.keys is not None])
    )
    v = OneOrMore(PropertyValue(), required=True)


class QuerySchema(Schema):
    """A reconciliation query."""

    query = fields.String()
    type = OneOrMore(fields.String(validate=_TYPE))
    limit = fields.Integer(strict=True, load_default=5, validate=validate.Range(min=1))
    properties = fields.List(fields.Nested(WantedSchema), validate=validate.Length(max=10))
    # Types are a bound here, whatever is asked: no candidate of another type would serve.
    type_strict = fields.String(validate=validate.OneOf(("should", "all", "any")))

    @validates_schema
    def _something(self, data: dict[str, Any], **_: Any) -> None:
        if "query" not in data and not data.get("properties"):
            raise ValidationError("query or properties must be given.", "query")


class SettingsSchema(Schema):
    """On which day and where an entity is looked at; empty means today and nationwide."""

    as_of = Day()
    place = line(200)

    @pre_load
    def _given(self, data: Any, **_: Any) -> Any:
        return {name: value for name, value in data.items() if value != ""} if isinstance(data, dict) else data


class ExtendedSchema(Schema):
    """A property to be fetched."""

    id = fields.String(required=True, validate=_PROPERTY)
    settings = fields.Nested(SettingsSchema, load_default=dict)


class ExtensionSchema(Schema):
    """A data extension query."""

    ids = fields.List(fields.String(validate=validate.Length(1, 200)), required=True)
    properties = fields.List(
        fields.Nested(ExtendedSchema), required=True, validate=validate.Length(1, MOST_PROPERTIES)
    )


class SendSchema(Schema):
    """What a request to the endpoint holds: nothing, queries or an extension, each as JSON."""

    queries = fields.String()
    extend = fields.String()


class PrefixSchema(Schema):
    """A text being typed. OpenRefine sends more, inherited from Freebase, which says nothing here."""

    prefix = text(load_default="")
    cursor = fields.Integer(load_default=0, validate=validate.Range(0, 10_000))
    limit = fields.Integer(load_default=10, validate=validate.Range(1, MOST_CANDIDATES))
    type = text()
    type_strict = text()
    spell = text()
    exact = text()
    scoring = text()
    prefixed = text()


class ProposeSchema(Schema):
    """For which type properties are proposed, and how many."""

    type = text()
    limit = fields.Integer(load_default=MOST_PROPERTIES, validate=validate.Range(1, 1000))


class IdSchema(Schema):
    """Which entity."""

    id = line(200, required=True)
