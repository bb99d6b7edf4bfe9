"""The shape of the vocabulary files: activities, vague words, places and the phrases that facts are read by."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from negative_list import model
from negative_list.industries import LEVELS
from negative_list.rivals import MEASURES
from negative_list.schema import (
    BASES,
    FORMS,
    IDENTIFIER,
    NON_EMPTY,
    REGIMES,
    LabelsSchema,
    Record,
    Sourced,
    bilingual,
    listing,
    names,
)


class ContestedSchema(Record):
    other_broader = names(required=True)
    explanation = bilingual(required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> model.Contested:
        return model.Contested(tuple(data["other_broader"]), data["explanation"])


class ActivitySchema(Sourced):
    id = fields.String(required=True, validate=IDENTIFIER)
    label = bilingual(required=True)
    alt = fields.Nested(LabelsSchema, load_default=dict)
    hidden = fields.Nested(LabelsSchema, load_default=dict)
    definition = bilingual(load_default=None)
    reading = bilingual(load_default=None)
    broader = names()
    telecom_categories = names()
    gbt4754 = names()
    licences = names()
    advisories = names()
    related = names()
    contested = fields.Nested(ContestedSchema, load_default=None)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> model.Activity:
        data["provenance"] = self.provenance(data)
        for key in ("broader", "telecom_categories", "gbt4754", "licences", "advisories", "related"):
            data[key] = tuple(data[key])
        return model.Activity(**data)


class IndustrySchema(Record):
    code = fields.String(required=True, validate=validate.Regexp(r"^[A-T](?:\d{2,4})?$"))
    level = fields.String(required=True, validate=validate.OneOf(LEVELS))
    zh = fields.String(required=True, validate=NON_EMPTY)
    en = fields.String(required=True, validate=NON_EMPTY)
    alt = fields.Nested(LabelsSchema, load_default=dict)
    activity = fields.String(load_default=None)
    contains = names()

    @validates_schema
    def _one_or_the_other(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("activity") and data.get("contains"):
            raise ValidationError("a class is an activity or contains some, not both", "contains")

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> model.Industry:
        label = model.Text(en=data.pop("en"), zh=data.pop("zh"))
        return model.Industry(label=label, **{**data, "contains": tuple(data["contains"])})


class AmbiguousSchema(Record):
    id = fields.String(required=True, validate=IDENTIFIER)
    labels = fields.Nested(LabelsSchema, required=True)
    question = bilingual(required=True)
    candidates = names(required=True, validate=validate.Length(min=2))
    carrier = fields.Boolean(load_default=False)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> model.AmbiguousTerm:
        data["candidates"] = tuple(data["candidates"])
        return model.AmbiguousTerm(**data)


class TradeSchema(Record):
    activity = fields.String(required=True, validate=IDENTIFIER)
    labels = fields.Nested(LabelsSchema, required=True)
    contains = names()

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> model.Trade:
        data["contains"] = tuple(data["contains"])
        return model.Trade(**data)


class OffTopicSchema(Record):
    id = fields.String(required=True, validate=IDENTIFIER)
    kind = fields.String(required=True, validate=validate.OneOf(("chatter", "personal", "outbound", "domestic")))
    labels = fields.Nested(LabelsSchema, required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> model.OffTopicTerm:
        return model.OffTopicTerm(**data)


class PlaceSchema(Sourced):
    id = fields.String(required=True, validate=NON_EMPTY)
    kind = fields.String(required=True)
    label = bilingual(required=True)
    alt = fields.Nested(LabelsSchema, load_default=dict)
    within = names()
    regimes = fields.List(fields.String(validate=validate.OneOf(REGIMES)), load_default=list)
    effective_from = fields.Date(load_default=None, allow_none=True)
    basis = fields.String(load_default="recalled", validate=validate.OneOf(BASES))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> model.Place:
        data["provenance"] = self.provenance(data)
        data["within"], data["regimes"] = tuple(data["within"]), tuple(data["regimes"])
        return model.Place(**data)


class PlacesFileSchema(Record):
    places = fields.List(fields.Nested(PlaceSchema), required=True)
    outside_before = fields.Nested(LabelsSchema, required=True)
    outside_zone = fields.Nested(LabelsSchema, required=True)
    not_outside_zone = fields.Nested(LabelsSchema, load_default=dict)


def _by_origin() -> fields.Dict:
    code = fields.String(validate=validate.Regexp(r"^[A-Z]{2}$"))
    return fields.Dict(keys=code, values=fields.Nested(LabelsSchema), required=True)


class OriginsFileSchema(Record):
    """Names and demonyms of places of origin beside those of the Unicode territory names, and cities that lie there.

    `ordinary` are words that short Chinese names are cut out of by mistake, `runs_on` for the last character of such a
    name those that make it the beginning of another word. `shared_cities` have names that people,
    places and things share with them.
    """

    origins = _by_origin()
    ordinary = names(required=True)
    runs_on = fields.Dict(keys=fields.String(validate=NON_EMPTY), values=names(), required=True)
    cities = _by_origin()
    shared_cities = _by_origin()


class RoleSchema(Record):
    """Words beside an activity that make it another, or leave it what it is (`becomes: null`)."""

    id = fields.String(required=True, validate=IDENTIFIER)
    becomes = fields.String(required=True, allow_none=True)
    brands_only = fields.Boolean(load_default=False)
    offline_only = fields.Boolean(load_default=False)
    before = fields.Nested(LabelsSchema, load_default=dict)
    after = fields.Nested(LabelsSchema, load_default=dict)


class PassagesFileSchema(Record):
    """How much each sign of a sentence in a long message speaks for its telling the business, and for its doing so or
    stating facts of the proposal. Fitted to marked messages.
    """

    weights = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.Float(), validate=validate.Length(equal=2)),
        required=True,
    )


class WeightsFileSchema(Record):
    """How much each sign beside a label, and its measures against others, speak for its being the investor's own.

    Both are fitted to labelled texts.
    """

    weights = fields.Dict(keys=fields.String(), values=fields.Float(), required=True)
    rivalry = fields.Dict(
        keys=fields.String(validate=validate.OneOf(MEASURES)),
        values=fields.Float(),
        required=True,
        validate=validate.Length(equal=len(MEASURES)),
    )


class PhrasesFileSchema(Record):
    """The words by which facts are read out of a text."""

    forms = fields.Dict(
        keys=fields.String(validate=validate.OneOf(FORMS)), values=fields.Nested(LabelsSchema), required=True
    )
    majority = fields.Nested(LabelsSchema, required=True)
    minority = fields.Nested(LabelsSchema, required=True)
    measures = fields.Nested(LabelsSchema, required=True)
    chinese_control = fields.Nested(LabelsSchema, required=True)
    certificate_held = fields.Nested(LabelsSchema, required=True)
    certificate_missing = fields.Nested(LabelsSchema, required=True)
    certificate_applied = fields.Nested(LabelsSchema, required=True)
    certificate_got = fields.Nested(LabelsSchema, required=True)
    certificate_lacking = fields.Nested(LabelsSchema, required=True)
    certificate_unsettled = fields.Nested(LabelsSchema, required=True)
    negations = fields.Nested(LabelsSchema, required=True)
    not_negations = fields.Nested(LabelsSchema, required=True)
    operating = fields.Nested(LabelsSchema, required=True)
    chinese_investor = fields.Nested(LabelsSchema, required=True)
    acquiring = fields.Nested(LabelsSchema, required=True)
    supplying_to = fields.Nested(LabelsSchema, required=True)
    supplying_trades = names(required=True)
    excluded_after = fields.Nested(LabelsSchema, required=True)
    making = fields.Nested(LabelsSchema, required=True)
    based_before = fields.Nested(LabelsSchema, required=True)
    doing_for = fields.Nested(LabelsSchema, required=True)
    by_others = fields.Nested(LabelsSchema, required=True)
    former = fields.Nested(LabelsSchema, required=True)
    strangers = fields.Nested(LabelsSchema, required=True)
    advertised_on = fields.Nested(LabelsSchema, required=True)
    serving = fields.Nested(LabelsSchema, required=True)
    installed_at = fields.Nested(LabelsSchema, required=True)
    belonging = fields.Nested(LabelsSchema, required=True)
    buyers_are = fields.Nested(LabelsSchema, required=True)
    buying = fields.Nested(LabelsSchema, required=True)
    placed_at = fields.Nested(LabelsSchema, required=True)
    investing_trades = names(required=True)
    content_domains = names(required=True)
    own = fields.Nested(LabelsSchema, required=True)
    one_investor = fields.Nested(LabelsSchema, required=True)
    one_of = fields.Nested(LabelsSchema, required=True)
    setting_up = fields.Nested(LabelsSchema, required=True)
    wholly = fields.Nested(LabelsSchema, required=True)
    holding = fields.Nested(LabelsSchema, required=True)
    held_firms = fields.Nested(LabelsSchema, required=True)
    all_of = fields.Nested(LabelsSchema, required=True)
    money = fields.Nested(LabelsSchema, required=True)
    holders_are = fields.Nested(LabelsSchema, required=True)
    bought_whole = fields.Nested(LabelsSchema, required=True)
    all_shares = fields.Nested(LabelsSchema, required=True)
    taking_over = fields.Nested(LabelsSchema, required=True)
    from_abroad = fields.Nested(LabelsSchema, required=True)
    going_to = fields.Nested(LabelsSchema, required=True)
    seated = fields.Nested(LabelsSchema, required=True)
    coming_from = fields.Nested(LabelsSchema, required=True)
    comers = fields.Nested(LabelsSchema, required=True)
    no_place_before = fields.Nested(LabelsSchema, required=True)
    polite = fields.Nested(LabelsSchema, required=True)
    oneself = fields.Nested(LabelsSchema, required=True)
    operated = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    domestic = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    chinese = fields.Nested(LabelsSchema, required=True)
    joints = fields.Nested(LabelsSchema, required=True)
    carrying_on = fields.Nested(LabelsSchema, required=True)
    places_abroad = fields.Nested(LabelsSchema, required=True)
    mainland = fields.Nested(LabelsSchema, required=True)
    company = fields.Nested(LabelsSchema, required=True)
    located_before = fields.Nested(LabelsSchema, required=True)
    sending = fields.Nested(LabelsSchema, required=True)
    overseas_only = fields.Nested(LabelsSchema, required=True)
    overseas_only_reaches = names(required=True)
    overseas_only_becomes = fields.String(required=True)
    internal_use = fields.Nested(LabelsSchema, required=True)
    internal_use_becomes = fields.String(required=True)
    roles = fields.List(fields.Nested(RoleSchema), required=True)
    digital_domains = names(required=True)
    making_domains = names(required=True)
    unnamed_sections = names(required=True)
    verbs_last = names(required=True)
    english_endings = fields.Dict(keys=fields.String(), values=names(), required=True)
    regional_variants = fields.Dict(keys=fields.String(), values=names(), required=True)


class StopwordsFileSchema(Record):
    stopwords = fields.Nested(LabelsSchema, required=True)


IndustriesFile = listing("industries", IndustrySchema)
ActivitiesFile = listing("activities", ActivitySchema)
AmbiguousFile = listing("ambiguous", AmbiguousSchema)
OffTopicFile = listing("not_investment", OffTopicSchema)
TradesFile = listing("trades", TradeSchema)
