"""What type-ahead is asked and what it answers."""

from __future__ import annotations

from marshmallow import fields, validate

from negative_list.suggesting import KINDS, LONGEST, WAYS
from service.answer_schemas import OUTCOMES, STATUSES, ActivityRefSchema, AnswerSchema
from service.schemas import LanguageQuery, line

MOST = 20


class SuggestQuery(LanguageQuery):
    """A text being typed."""

    q = line(
        LONGEST,
        required=True,
        metadata={
            "description": "What is typed so far: English, Chinese, pinyin, its initials, or these mixed.",
            "example": "online ga",
        },
    )
    kind = fields.String(
        validate=validate.OneOf(KINDS),
        metadata={"description": "Only activities, or only places; both where it is left out.", "example": "activity"},
    )
    limit = fields.Integer(
        load_default=10,
        validate=validate.Range(1, MOST),
        metadata={"description": "How many suggestions at most.", "example": 10},
    )


class SuggestionSchema(ActivityRefSchema):
    """An activity or a place with the label that the text may become, and for an activity how it stands today."""

    kind = fields.String(validate=validate.OneOf(KINDS))
    matched = fields.String(metadata={"description": "The label found, preferred or not, in either language."})
    matched_by = fields.String(validate=validate.OneOf(sorted(set(WAYS))))
    highlights = fields.List(
        fields.List(fields.Integer()),
        metadata={"description": "What was typed of `matched`: spans of characters, half-open."},
    )
    status = fields.String(allow_none=True, validate=validate.OneOf(STATUSES))
    status_text = fields.String(allow_none=True, metadata={"description": "The status in the language asked for."})
    permitted_as_proposed = fields.String(allow_none=True, validate=validate.OneOf(OUTCOMES))


class SuggestionsSchema(AnswerSchema):
    """Suggestions, best first."""

    items = fields.List(fields.Nested(SuggestionSchema))
    as_of = fields.Date(metadata={"description": "The day on which the activities stand so, nationwide."})
