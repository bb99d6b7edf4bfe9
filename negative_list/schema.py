"""The shape of the law files: marshmallow schemas that turn checked YAML into the frozen records of `model`.

Unknown keys are refused, so that a misspelt field never passes silently.
"""

from __future__ import annotations

from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, pre_load, validate

from negative_list import model

BASES = ("verified", "recalled")
OVERLAY_KINDS = ("pilot", "adjustment", "notice", "treaty")
NEIGHBOURING_KINDS = ("market_access_list", "cross_border_list", "encouraged_catalogue")
INSTRUMENT_KINDS = (
    "access_list",
    "statute",
    "regulation",
    "ministry_rule",
    "judicial_interpretation",
    "policy",
    *OVERLAY_KINDS,
    *NEIGHBOURING_KINDS,
)
REGIMES = ("national", "ftz", "hainan")
TOPICS = (
    "national_treatment",
    "forms",
    "reinvestment",
    "refusal_and_partnership",
    "exemption",
    "overseas_listing",
    "round_trip",
    "other_rules",
    "better_treatment",
    "transition",
    "interpretation",
)
FORMS = (
    "wholly_foreign_owned",
    "joint_venture",
    "partnership",
    "acquisition",
    "contractual_control",
    "sole_proprietorship",
    "offshore_listing",
)

IDENTIFIER = validate.Regexp(r"^[a-z0-9]+(?:[-./][a-z0-9]+)*$", error="Not an identifier: {input!r}.")
NON_EMPTY = validate.Length(min=1)
NOT_BLANK = validate.Regexp(r"(?s).*\S", error="Must not be blank.")


class Record(Schema):
    """Base of all schemas: strict keys."""

    class Meta:
        unknown = RAISE


class TextSchema(Record):
    """A bilingual statement; both languages are required."""

    en = fields.String(required=True, validate=NOT_BLANK)
    zh = fields.String(required=True, validate=NOT_BLANK)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> model.Text:
        return model.Text(data["en"].strip(), data["zh"].strip())


class LabelsSchema(Record):
    """Labels of one kind by language; a language without labels may be left out."""

    en = fields.List(fields.String(validate=NON_EMPTY), load_default=list)
    zh = fields.List(fields.String(validate=NON_EMPTY), load_default=list)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> dict[str, tuple[str, ...]]:
        return {language: tuple(labels) for language, labels in data.items()}


class Sourced(Record):
    """A record that states how it is known."""

    basis = fields.String(required=True, validate=validate.OneOf(BASES))
    sources = fields.List(fields.String(), load_default=list)

    @staticmethod
    def provenance(data: dict[str, Any]) -> model.Provenance:
        """Take `basis` and `sources` out of the loaded mapping."""
        return model.Provenance(data.pop("basis"), tuple(data.pop("sources")))


def bilingual(**options: Any) -> fields.Nested:
    """A nested bilingual text."""
    return fields.Nested(TextSchema, **options)


def names(**options: Any) -> fields.List:
    """A list of identifiers or codes."""
    if not options.get("required"):
        options.setdefault("load_default", list)
    return fields.List(fields.String(validate=NON_EMPTY), **options)


class Dated(Record):
    """A record with a window of its own."""

    effective_from = fields.Date(load_default=None, allow_none=True)
    effective_to = fields.Date(load_default=None, allow_none=True)

    @staticmethod
    def window(data: dict[str, Any]) -> model.Window:
        """Take both ends out of the loaded mapping."""
        return model.Window(data.pop("effective_from"), data.pop("effective_to"))


class MeasureSchema(Dated):
    id = fields.String(required=True, validate=IDENTIFIER)
    kind = fields.String(required=True)
    value = fields.Raw(load_default=None, allow_none=True)
    covers = names(required=True)
    text = bilingual(required=True)
    yields = fields.Boolean(load_default=False)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> model.Measure:
        value = tuple(data["value"]) if isinstance(data["value"], list) else data["value"]
        data |= {"value": value, "covers": frozenset(data["covers"]), "window": self.window(data)}
        return model.Measure(**data)


class ImposedSchema(MeasureSchema):
    """A measure put in the place of those lifted; it covers what the exception or the ease covers."""

    covers = names()


class ExceptionSchema(Record):
    id = fields.String(required=True, validate=IDENTIFIER)
    lifts = names(required=True)
    covers = names(required=True)
    text = bilingual(required=True)
    imposes = fields.List(fields.Nested(ImposedSchema), load_default=list)
    conditions = names()

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> model.Exemption:
        for key in ("lifts", "covers"):
            data[key] = frozenset(data[key])
        data["imposes"], data["conditions"] = tuple(data["imposes"]), tuple(data["conditions"])
        return model.Exemption(**data)


class EasingSchema(Dated):
    id = fields.String(required=True, validate=IDENTIFIER)
    covers = names(required=True, validate=NON_EMPTY)
    excluded = names(data_key="except")
    lifts = names(load_default=None, allow_none=True)
    imposes = fields.List(fields.Nested(ImposedSchema), load_default=list)
    places = names()
    origins = names()
    certificate = fields.Boolean(load_default=False)
    conditions = names()
    unconfirmed = fields.Boolean(load_default=False)
    text = bilingual(required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> model.Easing:
        data["window"] = self.window(data)
        for key in ("covers", "excluded", "places", "origins"):
            data[key] = frozenset(data[key])
        data["lifts"] = None if data["lifts"] is None else frozenset(data["lifts"])
        data["imposes"], data["conditions"] = tuple(data["imposes"]), tuple(data["conditions"])
        return model.Easing(**data)


class SectionSchema(Record):
    number = fields.Integer(required=True, strict=True)
    heading = bilingual(required=True)
    gbt4754 = fields.String(load_default=None)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> model.Section:
        return model.Section(**data)


class EntrySchema(Sourced):
    number = fields.String(required=True, validate=IDENTIFIER)
    section = fields.Integer(load_default=None)
    title = bilingual(required=True)
    text = bilingual(required=True)
    topic = fields.String(load_default=None, validate=validate.OneOf(TOPICS))
    measures = fields.List(fields.Nested(MeasureSchema), load_default=list)
    exceptions = fields.List(fields.Nested(ExceptionSchema), load_default=list)
    authorities = names()
    digital = fields.String(load_default=None, validate=validate.OneOf(("core", "adjacent", "none")))
    gbt4754 = names()
    note = bilingual(load_default=None)
    eases = fields.List(fields.Nested(EasingSchema), load_default=list)
    concerns = names()
    origins = names()

    @post_load
    def _keep(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        data["provenance"] = self.provenance(data)
        for key in ("measures", "exceptions", "authorities", "gbt4754", "eases"):
            data[key] = tuple(data[key])
        for key in ("concerns", "origins"):
            data[key] = frozenset(data[key])
        return data


class InstrumentHeadSchema(Sourced):
    id = fields.String(required=True, validate=IDENTIFIER)
    kind = fields.String(required=True, validate=validate.OneOf(INSTRUMENT_KINDS))
    regime = fields.String(load_default=None, validate=validate.OneOf(REGIMES))
    title = bilingual(required=True)
    short_title = bilingual(required=True)
    document_number = bilingual(load_default=None)
    issuers = names(required=True)
    issued = fields.Date(required=True)
    published = fields.Date(load_default=None, allow_none=True)
    effective_from = fields.Date(required=True)
    effective_to = fields.Date(load_default=None, allow_none=True)
    replaces = fields.String(load_default=None, allow_none=True)
    item_count = fields.Integer(load_default=None, allow_none=True)
    source_url = fields.Url(load_default=None, allow_none=True)
    announced = fields.Date(load_default=None, allow_none=True)
    areas = bilingual(load_default=None)
    note = bilingual(load_default=None)
    enumeration = fields.String(load_default="official", validate=validate.OneOf(("official", "own")))
    held = fields.String(load_default="full", validate=validate.OneOf(("full", "metadata")))

    @post_load
    def _keep(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        data["provenance"] = self.provenance(data)
        data["issuers"] = tuple(data["issuers"])
        return data


class InstrumentFileSchema(Record):
    """One instrument with all its entries."""

    instrument = fields.Nested(InstrumentHeadSchema, required=True)
    sections = fields.List(fields.Nested(SectionSchema), load_default=list)
    entries = fields.List(fields.Nested(EntrySchema), load_default=list)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> model.Instrument:
        head = data["instrument"]
        entries = tuple(
            model.Entry(id=f"{head['id']}/{entry['number']}", instrument=head["id"], **entry)
            for entry in data["entries"]
        )
        return model.Instrument(entries=entries, sections=tuple(data["sections"]), **head)


class CommitmentSchema(Record):
    committed = fields.Boolean(required=True)
    max_foreign_share = fields.Float(load_default=None, allow_none=True)
    note = bilingual(load_default=None, allow_none=True)


class PositionSchema(Sourced):
    """The foreign position of a telecom category under one regime, for display."""

    regime = fields.String(required=True)
    max_foreign_share = fields.Float(required=True, allow_none=True)
    from_ = fields.Date(data_key="from", required=True)
    to = fields.Date(load_default=None, allow_none=True)
    note = bilingual(load_default=None, allow_none=True)


class TelecomCategorySchema(Sourced):
    code = fields.String(required=True, validate=NON_EMPTY)
    label = bilingual(required=True)
    level = fields.String(
        required=True, validate=validate.OneOf(("basic_1", "basic_2", "value_added_1", "value_added_2"))
    )
    parent = fields.String(load_default=None, allow_none=True)
    covers = bilingual(load_default=None)
    wto_commitment = fields.Nested(CommitmentSchema, required=True)
    licence = fields.String(load_default=None, allow_none=True)
    activity = fields.String(load_default=None, allow_none=True)
    positions = fields.List(fields.Nested(PositionSchema), load_default=list)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> model.TelecomCategory:
        data["provenance"] = self.provenance(data)
        commitment = data.pop("wto_commitment")
        data["positions"] = tuple(data["positions"])
        return model.TelecomCategory(
            wto_committed=commitment["committed"],
            wto_max_foreign_share=commitment["max_foreign_share"],
            wto_note=commitment["note"],
            **data,
        )


class LicenceSchema(Sourced):
    id = fields.String(required=True, validate=IDENTIFIER)
    label = bilingual(required=True)
    authority = names()
    note = bilingual(load_default=None)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> model.Licence:
        data["provenance"] = self.provenance(data)
        data["authority"] = tuple(data["authority"])
        return model.Licence(**data)


class TriggerSchema(Record):
    """All keys of one trigger must hold; the triggers of an advisory are alternatives."""

    status = names(load_default=None)
    form = names(load_default=None)
    origin = names(load_default=None)
    covers = names(load_default=None)
    telecom = fields.Boolean(load_default=None)
    foreign_control = fields.Boolean(load_default=None)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {key: value for key, value in data.items() if value is not None}


class AdvisoryInstrumentSchema(Record):
    title = bilingual(required=True)
    document_number = bilingual(load_default=None, allow_none=True)
    effective_from = fields.Date(load_default=None, allow_none=True)
    articles = fields.String(load_default=None, allow_none=True)
    basis = fields.String(required=True, validate=validate.OneOf(BASES))


class AdvisorySchema(Sourced):
    id = fields.String(required=True, validate=IDENTIFIER)
    label = bilingual(required=True)
    message = bilingual(required=True)
    severity = fields.String(required=True, validate=validate.OneOf(("high", "medium", "low")))
    triggers = fields.List(fields.Nested(TriggerSchema), load_default=list)
    instruments = fields.List(fields.Nested(AdvisoryInstrumentSchema), load_default=list)
    effective_from = fields.Date(load_default=None, allow_none=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> model.Advisory:
        data["provenance"] = self.provenance(data)
        data["triggers"], data["instruments"] = tuple(data["triggers"]), tuple(data["instruments"])
        return model.Advisory(**data)


class ConditionSchema(Record):
    """What an exception, a pilot or a treaty asks for in return."""

    id = fields.String(required=True, validate=IDENTIFIER)
    text = bilingual(required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> model.OpeningCondition:
        return model.OpeningCondition(**data)


class StatementSchema(Record):
    """Something said about the coverage of the data: what is not held, what is uncertain, what to watch."""

    id = fields.String(required=True, validate=IDENTIFIER)
    statement = bilingual(required=True)
    date = fields.Date(load_default=None)
    concerns = names()
    sources = names()


class RejectedClaimSchema(Record):
    """A claim about the law that circulates and was found to be wrong."""

    id = fields.String(required=True, validate=IDENTIFIER)
    claim = bilingual(required=True)
    why = bilingual(required=True)
    sources = names()


class CoverageFileSchema(Record):
    not_held = fields.List(fields.Nested(StatementSchema), load_default=list)
    uncertain = fields.List(fields.Nested(StatementSchema), load_default=list)
    rejected_claims = fields.List(fields.Nested(RejectedClaimSchema), load_default=list)
    watch = fields.List(fields.Nested(StatementSchema), load_default=list)


class CorrectionSchema(Record):
    """A mistake of the data that was put right."""

    date = fields.Date(required=True)
    entries = names(required=True)
    statement = bilingual(required=True)


class SourceSchema(Record):
    title = fields.String(required=True)
    url = fields.String(load_default=None, allow_none=True)
    kind = fields.String(load_default=None, allow_none=True)
    reliability = fields.String(load_default=None, allow_none=True)


class AuthoritySchema(Record):
    label = bilingual(required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> model.Text:
        return data["label"]


class DatasetSchema(Record):
    """Who vouches for the data set and since when."""

    version = fields.String(required=True)
    checked_on = fields.Date(required=True)
    licence = bilingual(required=True)
    notice = bilingual(required=True)


def listing(key: str, item: type[Schema]) -> type[Schema]:
    """A file whose single key holds a list of records of one kind."""

    class Listing(Record):
        @pre_load
        def _not_empty(self, data: Any, **_: Any) -> Any:
            if not isinstance(data, dict):
                raise ValidationError(f"Expected a mapping with the key {key!r}.")
            return data

        @post_load
        def _unwrap(self, data: dict[str, Any], **_: Any) -> list[Any]:
            return data[key]

    return type(
        f"{key.title()}File",
        (Listing,),
        {key: fields.List(fields.Nested(item), required=True)},
    )


def mapping(key: str, item: type[Schema]) -> type[Schema]:
    """A file whose single key holds a mapping from id to record."""

    class Mapping(Record):
        @post_load
        def _unwrap(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
            return data[key]

    return type(
        f"{key.title()}File",
        (Mapping,),
        {key: fields.Dict(keys=fields.String(), values=fields.Nested(item), required=True)},
    )


InstrumentFile = InstrumentFileSchema
TelecomCategoriesFile = listing("categories", TelecomCategorySchema)
ConditionsFile = listing("conditions", ConditionSchema)
CorrectionsFile = listing("corrections", CorrectionSchema)
LicencesFile = listing("licences", LicenceSchema)
AdvisoriesFile = listing("advisories", AdvisorySchema)
SourcesFile = mapping("sources", SourceSchema)
AuthoritiesFile = mapping("authorities", AuthoritySchema)
WordingFile = mapping("wording", TextSchema)
