"""What a determination is made of, for the OpenAPI description; answers themselves are written by the engine."""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, validate

STATUSES = ("open", "restricted", "prohibited", "undetermined")
OUTCOMES = ("yes", "no", "conditional")


class AnswerSchema(Schema):
    """Holds every field always, except those marked optional; later versions may hold more."""

    class Meta:
        """Clients must bear keys they do not know."""

        unknown = EXCLUDE

    def on_bind_field(self, field_name: str, field_obj: Any) -> None:
        """Make a field required unless it is marked."""
        field_obj.required = not field_obj.metadata.get("optional", False)


class CitationSchema(AnswerSchema):
    """Where a reason stands."""

    entry = fields.String()
    instrument = fields.String()
    item = fields.String()
    title = fields.String()
    title_zh = fields.String()
    cited_as = fields.String()
    effective_from = fields.Date()
    href = fields.String()
    source_url = fields.String(allow_none=True)


class ReasonSchema(AnswerSchema):
    """One measure met by the activity."""

    measure = fields.String()
    effect = fields.String(validate=validate.OneOf(STATUSES))
    requirement = fields.Dict()
    proposed = fields.Dict()
    met = fields.Boolean(allow_none=True)
    explanation = fields.String()
    citation = fields.Nested(CitationSchema)


class ActivityRefSchema(AnswerSchema):
    """An activity by id, label and address."""

    id = fields.String()
    label = fields.String()
    href = fields.String()


class CandidateSchema(ActivityRefSchema):
    """A possible reading with how it stands."""

    status = fields.String(validate=validate.OneOf(STATUSES))
    permitted_as_proposed = fields.String(allow_none=True, validate=validate.OneOf(OUTCOMES))


BY = ("term", "index", "trade", "gist", "id", "telecom_category", "industry_code")


class MatchSchema(AnswerSchema):
    """How an activity was recognised; `span` counts characters of the text as sent, half-open.

    By `gist` no words of the text name the activity: the text as a whole tells it, and is the whole of `text`.
    """

    by = fields.String(validate=validate.OneOf(BY))
    score = fields.Float()
    text = fields.String(allow_none=True)
    span = fields.List(fields.Integer(), allow_none=True)


class LicenceSchema(AnswerSchema):
    """A licence needed whether or not foreign capital takes part."""

    id = fields.String()
    label = fields.String()
    authority = fields.String()


class EffectSchema(AnswerSchema):
    """How an activity stands by a relaxation."""

    status = fields.String(validate=validate.OneOf(STATUSES), metadata={"optional": True})
    max_foreign_share = fields.Float(allow_none=True, metadata={"optional": True})


class RelaxationSchema(AnswerSchema):
    """A list, pilot or treaty that opens more than the national list, here or elsewhere."""

    regime = fields.String(metadata={"description": "The id of the instrument.", "example": "cn/pilot/vats-2024"})
    title = fields.String()
    applies = fields.Boolean()
    because = fields.String()
    effect = fields.Nested(EffectSchema)
    conditions = fields.List(fields.String())
    citation = fields.Nested(CitationSchema, allow_none=True)


class PastRuleSchema(AnswerSchema):
    """How an activity stood, or will stand."""

    status = fields.String(validate=validate.OneOf(STATUSES))
    max_foreign_share = fields.Float(allow_none=True)
    citation = fields.Nested(CitationSchema)


class NextRuleSchema(PastRuleSchema):
    """The next rule that is known."""

    from_ = fields.Date(data_key="from")


class TimesSchema(AnswerSchema):
    """How long the rule has stood, the one before where that changed within two years, and the next one if known."""

    since = fields.Date()
    earlier_law_not_held = fields.Boolean()
    before = fields.Nested(PastRuleSchema, allow_none=True)
    next = fields.Nested(NextRuleSchema, allow_none=True)
    text = fields.String()


class NeighbourSchema(AnswerSchema):
    """An entry of another layer that speaks of the activity and does not enter the answer."""

    layer = fields.String()
    because = fields.String()
    text = fields.String()
    citation = fields.Nested(CitationSchema)


class OtherReadingSchema(AnswerSchema):
    """The other defensible reading of a contested activity."""

    explanation = fields.String()
    status = fields.String(validate=validate.OneOf(STATUSES))
    permitted_as_proposed = fields.String(allow_none=True, validate=validate.OneOf(OUTCOMES))
    max_foreign_share = fields.Float(allow_none=True)
    reasons = fields.List(fields.Nested(ReasonSchema))


class VerdictSchema(AnswerSchema):
    """One activity of a determination."""

    activity = fields.Nested(ActivityRefSchema)
    match = fields.Nested(MatchSchema)
    status = fields.String(validate=validate.OneOf(STATUSES))
    permitted_as_proposed = fields.String(allow_none=True, validate=validate.OneOf(OUTCOMES))
    max_foreign_share = fields.Float(allow_none=True)
    reasons = fields.List(fields.Nested(ReasonSchema))
    relaxations = fields.List(fields.Nested(RelaxationSchema))
    history = fields.Nested(TimesSchema, allow_none=True)
    neighbouring = fields.List(fields.Nested(NeighbourSchema))
    licences = fields.List(fields.Nested(LicenceSchema))
    contested = fields.Nested(OtherReadingSchema, metadata={"optional": True})


class UndeterminedSchema(AnswerSchema):
    """Why no verdict is given, and the question that would settle it."""

    reason = fields.String(validate=validate.OneOf(("ambiguous", "unrecognised", "not_an_investment_question")))
    question = fields.String()
    candidates = fields.List(fields.Nested(CandidateSchema))


class ConditionSchema(AnswerSchema):
    """Something the proposal leaves open that decides."""

    id = fields.String()
    text = fields.String()
    activity = fields.String(allow_none=True)
    requirement = fields.Dict()
    citation = fields.Nested(CitationSchema, allow_none=True)


class AdvisorySchema(AnswerSchema):
    """A matter beside the answer."""

    id = fields.String()
    label = fields.String()
    severity = fields.String()
    because = fields.String()
    message = fields.String()
    citation = fields.Dict()


class DatasetSchema(AnswerSchema):
    """The data behind an answer."""

    version = fields.String()
    digest = fields.String()
    checked_on = fields.Date()


class DeterminationSchema(AnswerSchema):
    """The answer to one proposal."""

    status = fields.String(validate=validate.OneOf(STATUSES))
    permitted_as_proposed = fields.String(allow_none=True, validate=validate.OneOf(OUTCOMES))
    summary = fields.String()
    undetermined = fields.Nested(UndeterminedSchema, allow_none=True)
    activities = fields.List(fields.Nested(VerdictSchema))
    conditions = fields.List(fields.Nested(ConditionSchema))
    advisories = fields.List(fields.Nested(AdvisorySchema))
    understood = fields.Dict()
    not_understood = fields.List(fields.String())
    caveats = fields.List(fields.String())
    dataset = fields.Nested(DatasetSchema)
    receipt = fields.String()
    links = fields.Dict()
    notice = fields.String()
    ref = fields.String(metadata={"optional": True})


class BatchDeterminationSchema(DeterminationSchema):
    """The answer to one proposal of a batch."""

    row = fields.Integer(metadata={"description": "Which row: counted from 1, a header not counted.", "example": 1})


class VersionSchema(AnswerSchema):
    """What a receipt was made with."""

    data = fields.String(metadata={"description": "The first 8 hex digits of the digest of the data set."})
    engine = fields.String()


class VerificationSchema(AnswerSchema):
    """Whether an answer is the one its proposal gets."""

    valid = fields.Boolean(allow_none=True, metadata={"description": "Null where it cannot be told."})
    reason = fields.String(validate=validate.OneOf(("valid", "differs", "other_version")))
    explanation = fields.String()
    differing = fields.List(
        fields.String(),
        metadata={"description": "The keys of what was presented that come out otherwise; `receipt` is one."},
    )
    as_of = fields.Date(allow_none=True, metadata={"description": "The day whose law was asked to find out."})
    receipt = fields.String(allow_none=True, metadata={"description": "The receipt made anew."})
    made_with = fields.Nested(VersionSchema)
    dataset = fields.Nested(DatasetSchema)
    engine = fields.String()
