"""What the tools take and give: the schemas of the HTTP contract, fitted to the protocol, and as JSON Schema."""

from __future__ import annotations

from typing import Any

import orjson
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema, fields, validate

from negative_list.model import LANGUAGES
from service.answer_schemas import AnswerSchema, CitationSchema, DatasetSchema
from service.history_schemas import CoverageSchema, DiffSchema
from service.record_schemas import EntrySchema, EntrySummarySchema
from service.schemas import EntryQuery, ProposalSchema, line

_COMPONENTS, _DEFINITIONS = b'"#/components/schemas/', b'"#/$defs/'


def json_schema(schema: type[Schema]) -> dict[str, Any]:
    """A marshmallow schema as JSON Schema 2020-12, whole in itself, its parts under `$defs`."""
    spec = APISpec("", "", "3.1.0", plugins=[MarshmallowPlugin()])
    spec.components.schema("Whole", schema=schema)
    parts = orjson.loads(orjson.dumps(spec.components.schemas).replace(_COMPONENTS, _DEFINITIONS))
    whole: dict[str, Any] = parts.pop("Whole")
    return whole | ({"$defs": parts} if parts else {})


def _language() -> fields.String:
    says = "The language of the texts of the answer. Answer the user in the language the user writes."
    return fields.String(load_default=LANGUAGES[0], validate=validate.OneOf(LANGUAGES), metadata={"description": says})


def _id(says: str, example: str) -> fields.String:
    return line(required=True, metadata={"description": says, "example": example})


class AssessArguments(ProposalSchema):
    """A proposal. Only what the user has said belongs in it."""

    lang = _language()


class SearchArguments(EntryQuery):
    """Words and filters."""

    class Meta:
        """A model asks anew with other words and turns no pages."""

        exclude = ("cursor", "dataset")

    lang = _language()
    limit = fields.Integer(
        load_default=10,
        validate=validate.Range(1, 50),
        metadata={"description": "How many entries at most; `total` says how many there are."},
    )


class EntryArguments(Schema):
    """Which entry."""

    id = _id("The id of an entry, as citations and searches give it.", "cn/national/2024/12")
    lang = _language()


class DiffArguments(Schema):
    """Which two lists."""

    old = _id("The id of the older list; `coverage` gives the ids.", "cn/national/2021")
    new = _id("The id of the newer list.", "cn/national/2024")
    lang = _language()


class CoverageArguments(Schema):
    """Nothing but the language."""

    lang = _language()


class VouchedSchema(AnswerSchema):
    """An answer that names the data behind it and says that it is no advice."""

    dataset = fields.Nested(DatasetSchema)
    notice = fields.String()


class FoundSchema(EntrySummarySchema):
    """An entry found; the score only where words were asked for."""

    score = fields.Float(metadata={"optional": True})


class FoundEntries(VouchedSchema):
    """Entries, best first, or in the order of the lists."""

    items = fields.List(fields.Nested(FoundSchema))
    total = fields.Integer()
    did_you_mean = fields.String(allow_none=True)


class VouchedEntry(VouchedSchema, EntrySchema):
    """One entry."""


class VouchedDiff(VouchedSchema, DiffSchema):
    """What one list changed against another, with a citation of every entry named."""

    citations = fields.List(fields.Nested(CitationSchema))


class VouchedCoverage(VouchedSchema, CoverageSchema):
    """What the data hold, and what they do not."""

