"""What the records of change and coverage are made of, for the OpenAPI description."""

from __future__ import annotations

from marshmallow import fields, validate

from negative_list.history import KINDS
from service.answer_schemas import STATUSES, ActivityRefSchema, AnswerSchema
from service.record_schemas import KIND, STATE, SourceSchema

CHANGE = validate.OneOf(KINDS)


class ShortMeasureSchema(AnswerSchema):
    """A measure as a comparison shows it."""

    kind = fields.String(validate=KIND)
    value = fields.Raw(allow_none=True)
    text = fields.String()


class ComparedEntrySchema(AnswerSchema):
    """An entry as a comparison shows it."""

    id = fields.String(metadata={"example": "cn/national/2024/12"})
    item = fields.String()
    title = fields.String()
    text = fields.String()
    measures = fields.List(fields.Nested(ShortMeasureSchema))
    href = fields.String()


class StageSchema(AnswerSchema):
    """A matter in one edition; without entries where that edition does not list it."""

    instrument = fields.String()
    instrument_title = fields.String()
    effective_from = fields.Date()
    effective_to = fields.Date(allow_none=True)
    change = fields.String(allow_none=True, validate=CHANGE)
    entries = fields.List(fields.Nested(ComparedEntrySchema))


class EntryHistorySchema(AnswerSchema):
    """One matter through the editions, oldest first."""

    entry = fields.String()
    title = fields.String()
    stages = fields.List(fields.Nested(StageSchema))


class ShortStandingSchema(AnswerSchema):
    """How an activity stands by one list alone."""

    status = fields.String(validate=validate.OneOf(STATUSES))
    max_foreign_share = fields.Float(allow_none=True)


class MovedActivitySchema(AnswerSchema):
    """An activity that a change moves."""

    activity = fields.Nested(ActivityRefSchema)
    kind = fields.String(validate=CHANGE)
    before = fields.Nested(ShortStandingSchema)
    after = fields.Nested(ShortStandingSchema)


class ChangeSchema(AnswerSchema):
    """What happened to one matter between two lists."""

    kind = fields.String(validate=CHANGE)
    text = fields.String()
    old = fields.List(fields.Nested(ComparedEntrySchema))
    new = fields.List(fields.Nested(ComparedEntrySchema))
    effects = fields.List(fields.Nested(MovedActivitySchema))


class InstrumentRefSchema(AnswerSchema):
    """An instrument by id, title and window."""

    id = fields.String(metadata={"example": "cn/national/2024"})
    title = fields.String()
    effective_from = fields.Date()
    effective_to = fields.Date(allow_none=True)
    href = fields.String()


class DiffSchema(AnswerSchema):
    """What one list changed against another; `from` is the older, `to` the newer."""

    from_ = fields.Nested(InstrumentRefSchema, data_key="from")
    to = fields.Nested(InstrumentRefSchema)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())
    changes = fields.List(fields.Nested(ChangeSchema))


class EventSchema(AnswerSchema):
    """The part of a feed item that is ours."""

    kind = fields.String(
        validate=validate.OneOf(("in_force", "announced", "ended", "lapsed", "statement", "correction"))
    )
    day = fields.Date()
    to_come = fields.Boolean()
    instrument = fields.String(allow_none=True)
    entries = fields.List(fields.String())
    changes = fields.List(fields.Nested(ChangeSchema))


class FeedItemSchema(AnswerSchema):
    """One event."""

    id = fields.String()
    url = fields.String()
    title = fields.String()
    content_text = fields.String()
    date_published = fields.AwareDateTime()
    tags = fields.List(fields.String())
    _negative_list = fields.Nested(EventSchema)


class FeedSchema(AnswerSchema):
    """A feed by the rules of JSON Feed 1.1."""

    version = fields.String()
    title = fields.String()
    description = fields.String()
    language = fields.String()
    home_page_url = fields.String()
    feed_url = fields.String()
    items = fields.List(fields.Nested(FeedItemSchema))


class HeldInstrumentSchema(InstrumentRefSchema):
    """An instrument with how much of it is held."""

    kind = fields.String()
    regime = fields.String(allow_none=True)
    state = fields.String(validate=STATE)
    held = fields.String(validate=validate.OneOf(("full", "metadata")))
    enumeration = fields.String(validate=validate.OneOf(("official", "own")))
    item_count = fields.Integer(allow_none=True)
    entry_count = fields.Integer()


class CountsSchema(AnswerSchema):
    """How much is held."""

    activities = fields.Integer()
    labels = fields.Integer()
    places = fields.Integer()
    entries = fields.Integer()
    digital = fields.Dict(keys=fields.String(), values=fields.Integer())


class TallySchema(AnswerSchema):
    """How the facts of one kind are known."""

    kind = fields.String()
    verified = fields.Integer()
    recalled = fields.Integer()


class StatementSchema(AnswerSchema):
    """Something to know about the data."""

    id = fields.String()
    statement = fields.String()
    date = fields.Date(allow_none=True)
    concerns = fields.List(fields.String())
    sources = fields.List(fields.Nested(SourceSchema))


class RejectedClaimSchema(AnswerSchema):
    """A claim about the law that circulates and is wrong."""

    id = fields.String()
    claim = fields.String()
    why = fields.String()
    sources = fields.List(fields.Nested(SourceSchema))


class DatasetRefSchema(AnswerSchema):
    """The data set by version and digest."""

    version = fields.String()
    digest = fields.String()


class CoverageSchema(AnswerSchema):
    """What the data hold, and what they do not."""

    dataset = fields.Nested(DatasetRefSchema)
    checked_on = fields.Date()
    first_day = fields.Date()
    instruments = fields.List(fields.Nested(HeldInstrumentSchema))
    counts = fields.Nested(CountsSchema)
    provenance = fields.List(fields.Nested(TallySchema))
    not_held = fields.List(fields.Nested(StatementSchema))
    uncertain = fields.List(fields.Nested(StatementSchema))
    watch = fields.List(fields.Nested(StatementSchema))
    rejected_claims = fields.List(fields.Nested(RejectedClaimSchema))
