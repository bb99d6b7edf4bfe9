"""Requests and responses of the HTTP contract; the OpenAPI description is generated from them."""

from __future__ import annotations

import math
import unicodedata
from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from negative_list.model import LANGUAGES
from negative_list.proposal import MAX_TEXT
from negative_list.rules import RULES
from negative_list.schema import FORMS

STATUSES = ("open", "restricted", "prohibited", "undetermined")
OUTCOMES = ("yes", "no", "conditional")


def readable(value: str) -> None:
    """Refuse control characters (tab and line breaks excepted) and lone surrogates."""
    for character in value:
        category = unicodedata.category(character)
        if category == "Cs" or (category == "Cc" and character not in "\t\n\r"):
            raise ValidationError(f"contains the control character U+{ord(character):04X}, which is no text.")


def not_blank(value: str) -> None:
    """Refuse text of white space only."""
    if not value.strip():
        raise ValidationError("is blank; state the business activity.")


class Percentage(fields.Float):
    """A share in percent, 0 < x ≤ 100; no booleans, no NaN, and no digits in a string inside JSON."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> float:
        in_json = isinstance(data, dict)
        if isinstance(value, bool) or (in_json and not isinstance(value, (int, float))):
            raise ValidationError(f"{value!r} is no number.")
        try:
            share = float(value)
        except (TypeError, ValueError):
            raise ValidationError(f"{value!r} is no number; give a percentage such as 49 or 33.3.") from None
        if not math.isfinite(share) or not 0 < share <= 100:
            raise ValidationError(f"{value} is out of range; a foreign share lies above 0 and up to 100 percent.")
        return share


class Day(fields.Date):
    """A day as YYYY-MM-DD; anything else is refused, never replaced by today."""

    default_error_messages = {"invalid": "is no day of the calendar; give YYYY-MM-DD."}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> date:
        if not isinstance(value, str) or len(value) != 10:
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE)
        return super()._deserialize(value, attr, data, **kwargs)


def line(limit: int = 200, **options: Any) -> fields.String:
    """A short readable text."""
    return fields.String(validate=[validate.Length(1, limit), readable], **options)


class ProposalSchema(Schema):
    """One proposed investment."""

    activity = fields.String(
        validate=[validate.Length(1, MAX_TEXT), readable, not_blank],
        metadata={
            "description": "Free text in Chinese or English; several activities may stand in it.",
            "example": "online game operation",
        },
    )
    activity_ids = fields.List(
        line(),
        validate=validate.Length(1, 20),
        metadata={"description": "Exact ids of the thesaurus.", "example": ["internet/online-games-operation"]},
    )
    industry_codes = fields.List(
        line(8),
        validate=validate.Length(1, 20),
        metadata={"description": "Codes of GB/T 4754-2017.", "example": ["I6440"]},
    )
    telecom_categories = fields.List(
        line(16),
        validate=validate.Length(1, 20),
        metadata={"description": "Codes of the telecom catalogue.", "example": ["B25"]},
    )
    foreign_share = Percentage(metadata={"description": "Proposed foreign share in percent, 0 < x ≤ 100."})
    form = fields.String(validate=validate.OneOf(FORMS))
    chinese_control = fields.Boolean(metadata={"description": "Whether the Chinese side controls."})
    location = line(metadata={"description": "A place id or a place's name in Chinese or English.", "example": "Wuhan"})
    investor_origin = line(
        metadata={"description": "ISO 3166 alpha-2, or a country or demonym in Chinese or English.", "example": "DE"}
    )
    origin_qualified = fields.Boolean(
        metadata={"description": "Whether the investor holds the CEPA service-supplier certificate."}
    )
    as_of = Day(metadata={"description": "The day whose law is asked; default today in Shanghai."})
    lang = fields.String(validate=validate.OneOf(LANGUAGES))
    ref = line(metadata={"description": "The caller's own key, echoed."})


class CitationSchema(Schema):
    """Where a reason stands."""

    entry = fields.String()
    instrument = fields.String()
    item = fields.String()
    title = fields.String()
    title_zh = fields.String()
    effective_from = fields.Date()
    href = fields.String()
    source_url = fields.String(allow_none=True)


class ReasonSchema(Schema):
    """One measure met by the activity."""

    measure = fields.String()
    effect = fields.String(validate=validate.OneOf(STATUSES))
    requirement = fields.Dict()
    proposed = fields.Dict()
    met = fields.Boolean(allow_none=True)
    explanation = fields.String()
    citation = fields.Nested(CitationSchema)


class ActivityRefSchema(Schema):
    """An activity by id, label and address."""

    id = fields.String()
    label = fields.String()
    href = fields.String()


class CandidateSchema(ActivityRefSchema):
    """A possible reading with how it stands."""

    status = fields.String(validate=validate.OneOf(STATUSES))
    permitted_as_proposed = fields.String(allow_none=True, validate=validate.OneOf(OUTCOMES))


class MatchSchema(Schema):
    """How an activity was recognised; `span` counts characters of the text as sent, half-open."""

    by = fields.String(validate=validate.OneOf(("term", "index", "id", "telecom_category", "industry_code")))
    score = fields.Float()
    text = fields.String(allow_none=True)
    span = fields.List(fields.Integer(), allow_none=True)


class LicenceSchema(Schema):
    """A licence needed whether or not foreign capital takes part."""

    id = fields.String()
    label = fields.String()
    authority = fields.String()


class OtherReadingSchema(Schema):
    """The other defensible reading of a contested activity."""

    explanation = fields.String()
    status = fields.String(validate=validate.OneOf(STATUSES))
    permitted_as_proposed = fields.String(allow_none=True, validate=validate.OneOf(OUTCOMES))
    max_foreign_share = fields.Float(allow_none=True)
    reasons = fields.List(fields.Nested(ReasonSchema))


class VerdictSchema(Schema):
    """One activity of a determination."""

    activity = fields.Nested(ActivityRefSchema)
    match = fields.Nested(MatchSchema)
    status = fields.String(validate=validate.OneOf(STATUSES))
    permitted_as_proposed = fields.String(allow_none=True, validate=validate.OneOf(OUTCOMES))
    max_foreign_share = fields.Float(allow_none=True)
    reasons = fields.List(fields.Nested(ReasonSchema))
    relaxations = fields.List(fields.Dict())
    licences = fields.List(fields.Nested(LicenceSchema))
    contested = fields.Nested(OtherReadingSchema)


class UndeterminedSchema(Schema):
    """Why no verdict is given, and the question that would settle it."""

    reason = fields.String(validate=validate.OneOf(("ambiguous", "unrecognised", "not_an_investment_question")))
    question = fields.String()
    candidates = fields.List(fields.Nested(CandidateSchema))


class ConditionSchema(Schema):
    """Something the proposal leaves open that decides."""

    id = fields.String()
    text = fields.String()
    activity = fields.String(allow_none=True)
    requirement = fields.Dict()
    citation = fields.Nested(CitationSchema, allow_none=True)


class AdvisorySchema(Schema):
    """A matter beside the answer."""

    id = fields.String()
    label = fields.String()
    severity = fields.String()
    because = fields.String()
    message = fields.String()
    citation = fields.Dict()


class DatasetSchema(Schema):
    """The data behind an answer."""

    version = fields.String()
    digest = fields.String()
    checked_on = fields.Date()


class DeterminationSchema(Schema):
    """The answer to one proposal."""

    status = fields.String(validate=validate.OneOf(STATUSES), required=True)
    permitted_as_proposed = fields.String(allow_none=True, validate=validate.OneOf(OUTCOMES), required=True)
    summary = fields.String(required=True)
    undetermined = fields.Nested(UndeterminedSchema, allow_none=True, required=True)
    activities = fields.List(fields.Nested(VerdictSchema), required=True)
    conditions = fields.List(fields.Nested(ConditionSchema), required=True)
    advisories = fields.List(fields.Nested(AdvisorySchema), required=True)
    understood = fields.Dict(required=True)
    not_understood = fields.List(fields.String())
    caveats = fields.List(fields.String())
    dataset = fields.Nested(DatasetSchema, required=True)
    receipt = fields.String(required=True)
    links = fields.Dict(required=True)
    notice = fields.String(required=True)
    ref = fields.String()


class ErrorItemSchema(Schema):
    """One fault: where, what, and what would be accepted."""

    pointer = fields.String()
    parameter = fields.String()
    code = fields.String(required=True)
    detail = fields.String(required=True)
    allowed = fields.List(fields.Raw())
    nearest = fields.String()


class ProblemSchema(Schema):
    """RFC 9457 problem details."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    instance = fields.String(required=True)
    errors = fields.List(fields.Nested(ErrorItemSchema))


class LanguageQuery(Schema):
    """Which language to answer in."""

    lang = fields.String(validate=validate.OneOf(LANGUAGES))


class EntryQuery(LanguageQuery):
    """Full-text search over entries."""

    q = line(metadata={"description": "Words in Chinese or English; no query syntax.", "example": "data centre"})
    instrument = line(metadata={"description": "An instrument id.", "example": "cn/national/2024"})
    sector = line(1, metadata={"description": "A section letter of GB/T 4754-2017.", "example": "I"})
    measure = fields.String(validate=validate.OneOf(sorted(RULES)))
    in_force_on = Day()
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))
    cursor = line()


class ActivityQuery(LanguageQuery):
    """Search over the thesaurus."""

    q = line(metadata={"description": "Words in Chinese or English.", "example": "cloud"})
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))
    cursor = line()


class PageSchema(Schema):
    """One page of a list."""

    items = fields.List(fields.Dict(), required=True)
    total = fields.Integer(required=True)
    next_cursor = fields.String(allow_none=True)
    facets = fields.Dict()
    did_you_mean = fields.String(allow_none=True)


class RecordSchema(Schema):
    """A record of the data set; its keys are described in the documentation."""

    id = fields.String()

    class Meta:
        unknown = "include"
