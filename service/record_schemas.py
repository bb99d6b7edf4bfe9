"""What the records and pages of records are made of, for the OpenAPI description."""

from __future__ import annotations

from marshmallow import fields, validate

from negative_list.rules import RULES
from service.answer_schemas import STATUSES, AnswerSchema

STATE = validate.OneOf(("not_yet_in_force", "in_force", "no_longer_in_force"))
KIND = validate.OneOf(sorted(RULES))


class BothSchema(AnswerSchema):
    """One text in both languages."""

    en = fields.String()
    zh = fields.String()


class SourceSchema(AnswerSchema):
    """Where a fact was read."""

    id = fields.String()
    title = fields.String()
    url = fields.String(allow_none=True)


class SourcedSchema(AnswerSchema):
    """A record that says how its facts are known."""

    basis = fields.String()
    sources = fields.List(fields.Nested(SourceSchema))


class LabelledSchema(AnswerSchema):
    """An id with its label."""

    id = fields.String()
    label = fields.String()


class CoveredSchema(LabelledSchema):
    """A record with its address."""

    href = fields.String()


class MeasureSchema(AnswerSchema):
    """One measure of an entry."""

    id = fields.String()
    kind = fields.String(validate=KIND)
    value = fields.Raw(allow_none=True)
    covers = fields.List(fields.Nested(CoveredSchema))
    text = fields.String()
    effective_from = fields.Date(allow_none=True)
    effective_to = fields.Date(allow_none=True)


class ImposedSchema(AnswerSchema):
    """A measure put in the place of those lifted."""

    id = fields.String()
    kind = fields.String(validate=KIND)
    value = fields.Raw(allow_none=True)
    text = fields.String()


class TermSchema(AnswerSchema):
    """A condition on which something is opened."""

    id = fields.String()
    text = fields.String()


class ExceptionSchema(AnswerSchema):
    """What an entry leaves out, which of its measures that lifts, and on what terms."""

    id = fields.String()
    lifts = fields.List(fields.String())
    covers = fields.List(fields.Nested(CoveredSchema))
    text = fields.String()
    imposes = fields.List(fields.Nested(ImposedSchema))
    conditions = fields.List(fields.Nested(TermSchema))


class EasingSchema(AnswerSchema):
    """What an overlay opens: for which activities, where, for whom, when, and on what terms."""

    id = fields.String()
    covers = fields.List(fields.Nested(CoveredSchema))
    except_ = fields.List(fields.Nested(CoveredSchema), data_key="except")
    imposes = fields.List(fields.Nested(ImposedSchema))
    places = fields.List(fields.Nested(CoveredSchema))
    origins = fields.List(fields.Nested(LabelledSchema))
    certificate = fields.Boolean()
    conditions = fields.List(fields.Nested(TermSchema))
    unconfirmed = fields.Boolean()
    effective_from = fields.Date(allow_none=True)
    effective_to = fields.Date(allow_none=True)
    text = fields.String()


class SectionSchema(AnswerSchema):
    """The heading an entry stands under."""

    number = fields.Integer()
    heading = fields.String()
    gbt4754 = fields.String(allow_none=True)


class EntrySummarySchema(AnswerSchema):
    """An entry as a list shows it."""

    id = fields.String(metadata={"example": "cn/national/2024/12"})
    instrument = fields.String()
    instrument_title = fields.String()
    item = fields.String()
    title = fields.String()
    text = fields.String()
    measure_kinds = fields.List(fields.String(validate=KIND))
    basis = fields.String()
    effective_from = fields.Date()
    state = fields.String(validate=STATE)
    href = fields.String()
    source_url = fields.String(allow_none=True)


class HighlightsSchema(AnswerSchema):
    """Spans of the words asked for, half-open, in characters."""

    title = fields.List(fields.List(fields.Integer()))
    text = fields.List(fields.List(fields.Integer()))


class FoundEntrySchema(EntrySummarySchema):
    """An entry found; score and highlights only where words were asked for."""

    score = fields.Float(metadata={"optional": True})
    highlights = fields.Nested(HighlightsSchema, metadata={"optional": True})


class EntrySchema(EntrySummarySchema, SourcedSchema):
    """One item, note or article of an instrument."""

    texts = fields.Nested(BothSchema)
    titles = fields.Nested(BothSchema)
    cited_as = fields.String()
    section = fields.Nested(SectionSchema, allow_none=True)
    topic = fields.String(allow_none=True)
    measures = fields.List(fields.Nested(MeasureSchema))
    exceptions = fields.List(fields.Nested(ExceptionSchema))
    authorities = fields.List(fields.Nested(LabelledSchema))
    digital = fields.String(
        allow_none=True,
        validate=validate.OneOf(("core", "adjacent", "none")),
        metadata={"description": "How near the entry lies to the digital economy."},
    )
    gbt4754 = fields.List(fields.String())
    note = fields.String(allow_none=True)
    effective_to = fields.Date(allow_none=True)
    eases = fields.List(fields.Nested(EasingSchema))
    concerns = fields.List(fields.Nested(CoveredSchema))


class InstrumentSchema(SourcedSchema):
    """A list, statute, regulation or policy with its window of force."""

    id = fields.String(metadata={"example": "cn/national/2024"})
    kind = fields.String()
    regime = fields.String(allow_none=True)
    title = fields.String()
    titles = fields.Nested(BothSchema)
    short_title = fields.String()
    document_number = fields.String(allow_none=True)
    issuers = fields.List(fields.Nested(LabelledSchema))
    issued = fields.Date()
    published = fields.Date(allow_none=True)
    effective_from = fields.Date()
    effective_to = fields.Date(allow_none=True)
    announced = fields.Date(allow_none=True)
    state = fields.String(validate=STATE)
    replaces = fields.String(allow_none=True)
    replaced_by = fields.String(allow_none=True)
    areas = fields.String(allow_none=True)
    note = fields.String(allow_none=True)
    item_count = fields.Integer(allow_none=True)
    entry_count = fields.Integer()
    enumeration = fields.String(validate=validate.OneOf(("official", "own")))
    held = fields.String(validate=validate.OneOf(("full", "metadata")))
    source_url = fields.String(allow_none=True)
    href = fields.String()


class AlternativesSchema(AnswerSchema):
    """Other names, by language."""

    en = fields.List(fields.String(), metadata={"optional": True})
    zh = fields.List(fields.String(), metadata={"optional": True})


class ActivitySchema(SourcedSchema):
    """An activity of the thesaurus with how it stands nationwide today."""

    id = fields.String(metadata={"example": "telecom/internet-data-centre"})
    label = fields.String()
    labels = fields.Nested(BothSchema)
    alternative_labels = fields.Nested(AlternativesSchema)
    definition = fields.String(allow_none=True)
    reading = fields.String(allow_none=True)
    broader = fields.List(fields.String())
    narrower = fields.List(fields.String())
    related = fields.List(fields.String())
    telecom_categories = fields.List(fields.String())
    gbt4754 = fields.List(fields.String())
    licences = fields.List(fields.String())
    contested = fields.String(allow_none=True)
    status = fields.String(validate=validate.OneOf(STATUSES))
    max_foreign_share = fields.Float(allow_none=True)
    decided_by = fields.List(fields.String())
    as_of = fields.Date()
    href = fields.String()


class PlaceSchema(SourcedSchema):
    """A place with what applies there on a day."""

    id = fields.String(metadata={"example": "zone/lingang"})
    kind = fields.String()
    label = fields.String()
    labels = fields.Nested(BothSchema)
    alternative_labels = fields.Nested(AlternativesSchema)
    within = fields.List(fields.String())
    effective_from = fields.Date(allow_none=True)
    access_list = fields.String(metadata={"description": "The access list that governs the place."})
    regimes = fields.List(fields.String())
    as_of = fields.Date()
    href = fields.String()


class ClassifiedSchema(CoveredSchema):
    """An activity of an industry class with how it stands nationwide today."""

    status = fields.String(validate=validate.OneOf(STATUSES))
    max_foreign_share = fields.Float(allow_none=True)


class IndustrySchema(AnswerSchema):
    """A section, division, group or class of GB/T 4754-2017."""

    code = fields.String(metadata={"example": "I6422"})
    level = fields.String()
    label = fields.String()
    labels = fields.Nested(BothSchema)
    alternative_labels = fields.Nested(AlternativesSchema)
    within = fields.String(allow_none=True, metadata={"description": "The code above."})
    activities = fields.List(
        fields.Nested(ClassifiedSchema),
        metadata={"description": "Of a class: its activities, the whole first, listed and unlisted alike."},
    )
    as_of = fields.Date()
    href = fields.String()


class RuleSchema(AnswerSchema):
    """A kind of measure."""

    measure = fields.String(validate=KIND)
    effect = fields.String(validate=validate.OneOf(STATUSES))
    explanation = fields.String()


class PageSchema(AnswerSchema):
    """One page of a list."""

    total = fields.Integer()
    next_cursor = fields.String(allow_none=True)


class FacetsSchema(AnswerSchema):
    """How many entries found share a value."""

    instrument = fields.Dict(keys=fields.String(), values=fields.Integer())
    sector = fields.Dict(keys=fields.String(), values=fields.Integer())
    measure = fields.Dict(keys=fields.String(), values=fields.Integer())


class EntryPage(PageSchema):
    """Entries found."""

    items = fields.List(fields.Nested(FoundEntrySchema))
    facets = fields.Nested(FacetsSchema)
    did_you_mean = fields.String(allow_none=True)


class InstrumentPage(PageSchema):
    """Instruments held."""

    items = fields.List(fields.Nested(InstrumentSchema))


class InstrumentEntriesPage(PageSchema):
    """The entries of one instrument."""

    items = fields.List(fields.Nested(EntrySummarySchema))


class ActivityPage(PageSchema):
    """Activities found."""

    items = fields.List(fields.Nested(ActivitySchema))


class RulePage(PageSchema):
    """Kinds of measures."""

    items = fields.List(fields.Nested(RuleSchema))


class PlacePage(PageSchema):
    """Places found."""

    items = fields.List(fields.Nested(PlaceSchema))


class IndustryPage(PageSchema):
    """Industries found."""

    items = fields.List(fields.Nested(IndustrySchema))
