"""Requests and problems of the HTTP contract; the OpenAPI description is generated from them."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from negative_list.industries import LEVELS
from negative_list.model import LANGUAGES
from negative_list.proposal import MAX_TEXT
from negative_list.rules import RULES
from negative_list.schema import FORMS
from service.answer_schemas import AnswerSchema

# Lone surrogates never come this far: they are not UTF-8, and the JSON parser refuses them.
readable = validate.Regexp(
    r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$", error="contains a control character, which is no text."
)
MAX_CODES = 20
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def not_blank(value: str) -> None:
    """Refuse text of white space only."""
    if not value.strip():
        raise ValidationError("is blank; state the business activity.")


class Percentage(fields.Float):
    """A share in percent, 0 < x ≤ 100; no booleans, no NaN, and no digits in a string inside JSON."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> float:
        in_json = isinstance(data, dict)
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not is_number and (in_json or not _NUMBER.fullmatch(str(value))):
            raise ValidationError("is no number; give a percentage such as 49 or 33.3.")
        share = float(value)
        if not math.isfinite(share) or not 0 < share <= 100:
            raise ValidationError("is out of range; a foreign share lies above 0 and up to 100 percent.")
        return share


class Truth(fields.Boolean):
    """True or false: the JSON literals in a body, the same words in a query."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if isinstance(value, bool):
            return value
        if isinstance(data, dict) or value not in ("true", "false"):
            raise ValidationError("is neither true nor false.")
        return bool(value == "true")


class Day(fields.Date):
    """A day as YYYY-MM-DD; anything else is refused, never replaced by today."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> date:
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise ValidationError("is no day; give YYYY-MM-DD.")
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValidationError("is no day of the calendar.") from None


class Codes(fields.List):
    """A few short codes; a list too long is refused before its items are looked at."""

    def __init__(self, limit: int, **options: Any) -> None:
        super().__init__(line(limit), validate=validate.Length(1, MAX_CODES), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        if isinstance(value, list) and len(value) > MAX_CODES:
            raise ValidationError(f"holds {len(value)} codes; at most {MAX_CODES} are read.")
        return super()._deserialize(value, attr, data, **kwargs)


def line(limit: int = 200, **options: Any) -> fields.String:
    """A short readable text."""
    return fields.String(validate=[validate.Length(1, limit), readable], **options)


def language_field() -> fields.String:
    """The language of an answer, asked for by name."""
    says = "The language of the answer; else Accept-Language decides, else English."
    return fields.String(validate=validate.OneOf(LANGUAGES), metadata={"description": says, "example": "en"})


class ProposalSchema(Schema):
    """One proposed investment: an activity in words or by at least one code, and whatever facts are settled."""

    error_messages = {"type": "The body must be a JSON object with the fields of a proposal."}  # noqa: RUF012

    activity = fields.String(
        validate=[validate.Length(1, MAX_TEXT), readable, not_blank],
        metadata={
            "description": "Free text in Chinese or English; several activities may stand in it.",
            "example": "online game operation",
        },
    )
    activity_ids = Codes(
        200,
        metadata={"description": "Exact ids of the thesaurus.", "example": ["internet/online-games-operation"]},
    )
    industry_codes = Codes(
        8,
        metadata={"description": "Codes of GB/T 4754-2017.", "example": ["I6440"]},
    )
    telecom_categories = Codes(
        16,
        metadata={"description": "Codes of the telecom catalogue.", "example": ["B25"]},
    )
    foreign_share = Percentage(
        metadata={
            "description": "Proposed foreign share in percent.",
            "exclusiveMinimum": 0,
            "maximum": 100,
            "example": 60,
        }
    )
    form = fields.String(
        validate=validate.OneOf(FORMS),
        metadata={"description": "How the investor comes in.", "example": "joint_venture"},
    )
    chinese_control = Truth(metadata={"description": "Whether the Chinese side controls.", "example": False})
    location = line(metadata={"description": "A place id or a place's name in Chinese or English.", "example": "Wuhan"})
    investor_origin = line(
        metadata={"description": "ISO 3166 alpha-2, or a country or demonym in Chinese or English.", "example": "DE"}
    )
    origin_qualified = Truth(
        metadata={"description": "Whether the investor holds the CEPA service-supplier certificate.", "example": False}
    )
    as_of = Day(
        metadata={"description": "The day whose law is asked; default today in Shanghai.", "example": "2024-11-01"}
    )
    lang = language_field()
    ref = line(metadata={"description": "The caller's own key, echoed.", "example": "matter 17"})


class ErrorItemSchema(AnswerSchema):
    """One fault: where, what, and what would be accepted."""

    pointer = fields.String(metadata={"optional": True, "description": "Where in the body: an RFC 6901 pointer."})
    parameter = fields.String(metadata={"optional": True, "description": "Which parameter or header."})
    code = fields.String(metadata={"example": "unknown_field"})
    detail = fields.String()
    allowed = fields.List(fields.String(), metadata={"optional": True})
    nearest = fields.String(metadata={"optional": True})


class ProblemSchema(AnswerSchema):
    """RFC 9457 problem details."""

    type = fields.String(metadata={"description": "An address that explains the problem, or about:blank."})
    title = fields.String()
    status = fields.Integer()
    detail = fields.String()
    instance = fields.String(metadata={"description": "The id of the request, also in X-Request-Id."})
    errors = fields.List(fields.Nested(ErrorItemSchema))


class BatchProblemSchema(ProblemSchema):
    """A proposal of a batch that cannot be answered, with the caller's key where there was one."""

    row = fields.Integer(metadata={"description": "Which row: counted from 1, a header not counted.", "example": 1})
    ref = fields.String(metadata={"optional": True})


class ClaimSchema(Schema):
    """What to verify: a whole determination, or a receipt with its proposal."""

    determination = fields.Dict(
        keys=fields.String(),
        metadata={"description": "A determination as it was returned.", "additionalProperties": True},
    )
    receipt = line(
        metadata={
            "description": "The receipt of a determination.",
            "example": "nlr1:0a1b2c3d:0.1.0:00112233445566778899aabbccddeeff",
        }
    )
    proposal = fields.Nested(
        ProposalSchema,
        metadata={"description": "The proposal as it was sent; without `as_of` today's law is asked."},
    )
    lang = language_field()

    @validates_schema
    def whole(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse half a claim, and two at once."""
        given = {"determination", "receipt", "proposal"} & set(data)
        if given not in ({"determination"}, {"receipt", "proposal"}):
            raise ValidationError("Give either `determination`, or `receipt` and `proposal`.")


class NoQuery(Schema):
    """No parameter is read from the address."""


def dataset_field() -> fields.String:
    """The data version that the answer must come from."""
    says = (
        "The data version that must answer, as in `X-Dataset-Version`; any other than the one held is a 410. "
        "With the day of the law given too, the answer never changes and may be kept."
    )
    return line(64, metadata={"description": says, "example": "2026.11.0"})


class ProposalQuery(ProposalSchema):
    """A proposal in an address."""

    dataset = dataset_field()


class LanguageQuery(Schema):
    """Which language to answer in, and from which data."""

    lang = language_field()
    dataset = dataset_field()


def page_size() -> fields.Integer:
    """How many items a page holds."""
    says = {"description": "How many items at most.", "example": 20}
    return fields.Integer(load_default=20, validate=validate.Range(1, 100), metadata=says)


def cursor_field() -> fields.String:
    """Where the next page starts."""
    says = "`next_cursor` of the page before; it holds for the same query and data."
    return line(metadata={"description": says, "example": "5bXKq1n0n2Hq0Zk4AAAAFA"})


class EntryQuery(LanguageQuery):
    """Full-text search over entries."""

    q = line(metadata={"description": "Words in Chinese or English; no query syntax.", "example": "data centre"})
    instrument = line(metadata={"description": "An instrument id.", "example": "cn/national/2024"})
    sector = fields.String(
        validate=validate.OneOf(tuple("ABCDEFGHIJKLMNOPQRST")),
        metadata={"description": "A section letter of GB/T 4754-2017.", "example": "I"},
    )
    measure = fields.String(
        validate=validate.OneOf(sorted(RULES)),
        metadata={"description": "A kind of measure; /v1/rules explains each.", "example": "foreign_share_max"},
    )
    in_force_on = Day(metadata={"description": "Only what was in force that day.", "example": "2024-11-01"})
    limit = page_size()
    cursor = cursor_field()


class ActivityQuery(LanguageQuery):
    """Search over the thesaurus."""

    q = line(metadata={"description": "Words in Chinese or English.", "example": "cloud"})
    limit = page_size()
    cursor = cursor_field()


class ChangesQuery(LanguageQuery):
    """Which changes to list."""

    since = Day(metadata={"description": "Only what happens on or after this day.", "example": "2024-01-01"})


class PlaceQuery(LanguageQuery):
    """On which day to look at a place."""

    as_of = Day(metadata={"description": "The day whose law is asked; default today.", "example": "2024-11-01"})


class PlacesQuery(PlaceQuery):
    """Which places to list."""

    q = line(metadata={"description": "Part of a name or id, in Chinese or English.", "example": "Lingang"})
    kind = line(metadata={"description": "A kind of place.", "example": "free_trade_zone"})
    within = line(metadata={"description": "The id of a place that contains it.", "example": "CN-31"})
    regime = line(
        metadata={"description": "`ftz`, `hainan`, or the id of an overlay that works there.", "example": "ftz"}
    )
    limit = page_size()
    cursor = cursor_field()


class IndustriesQuery(LanguageQuery):
    """Which industries to list."""

    q = line(metadata={"description": "Part of a name or code, in Chinese or English.", "example": "games"})
    level = fields.String(
        validate=validate.OneOf(LEVELS),
        metadata={"description": "`section`, `division`, `group` or `class`.", "example": "class"},
    )
    within = line(metadata={"description": "The code that the codes begin with.", "example": "I64"})
    limit = page_size()
    cursor = cursor_field()
