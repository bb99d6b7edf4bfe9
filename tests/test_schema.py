"""The shape of every kind of file."""

from __future__ import annotations

from typing import Any

import pytest
from marshmallow import Schema, ValidationError

from negative_list import model, schema, vocabulary_schema

TEXT = {"en": "Text", "zh": "文字"}
SOURCED = {"basis": "recalled"}
MEASURE = {"id": "cap", "kind": "foreign_share_max", "value": 50, "covers": ["a/b"], "text": TEXT}
EXCEPTION = {"id": "all-but", "lifts": ["cap"], "covers": ["a/c"], "text": TEXT}
ENTRY = {"number": "1", "title": TEXT, "text": TEXT, **SOURCED}
HEAD = {
    "id": "cn/test/2024",
    "kind": "statute",
    "title": TEXT,
    "short_title": TEXT,
    "issuers": ["ndrc"],
    "issued": "2024-01-01",
    "effective_from": "2024-01-02",
    **SOURCED,
}
ACTIVITY = {"id": "a/b", "label": TEXT, **SOURCED}
AMBIGUOUS = {"id": "ambiguous/x", "labels": {"en": ["x"]}, "question": TEXT, "candidates": ["a/b", "a/c"]}
OFF_TOPIC = {"id": "off/x", "kind": "chatter", "labels": {"en": ["x"]}}
CATEGORY = {"code": "B11", "label": TEXT, "level": "value_added_1", "wto_commitment": {"committed": False}, **SOURCED}
LICENCE = {"id": "vats", "label": TEXT, **SOURCED}
ADVISORY = {"id": "vie", "label": TEXT, "message": TEXT, "severity": "high", **SOURCED}
PLACE = {"id": "CN-31", "kind": "province", "label": TEXT, **SOURCED}
DATASET = {"version": "1", "checked_on": "2024-01-01", "licence": TEXT, "notice": TEXT}

SOUND: list[tuple[type[Schema], dict[str, Any], type]] = [
    (schema.TextSchema, TEXT, model.Text),
    (schema.MeasureSchema, MEASURE, model.Measure),
    (schema.ExceptionSchema, EXCEPTION, model.Exemption),
    (schema.SectionSchema, {"number": 1, "heading": TEXT}, model.Section),
    (schema.InstrumentFile, {"instrument": HEAD, "entries": [ENTRY]}, model.Instrument),
    (vocabulary_schema.ActivitySchema, ACTIVITY, model.Activity),
    (vocabulary_schema.AmbiguousSchema, AMBIGUOUS, model.AmbiguousTerm),
    (vocabulary_schema.OffTopicSchema, OFF_TOPIC, model.OffTopicTerm),
    (schema.TelecomCategorySchema, CATEGORY, model.TelecomCategory),
    (schema.LicenceSchema, LICENCE, model.Licence),
    (schema.AdvisorySchema, ADVISORY, model.Advisory),
    (vocabulary_schema.PlaceSchema, PLACE, model.Place),
    (schema.DatasetSchema, DATASET, dict),
    (vocabulary_schema.ActivitiesFile, {"activities": [ACTIVITY]}, list),
    (schema.SourcesFile, {"sources": {"L01": {"title": "A page"}}}, dict),
    (schema.AuthoritiesFile, {"authorities": {"ndrc": {"label": TEXT}}}, dict),
]
# A schema, a sound record, what is changed in it (None takes the key away), and the field to blame.
BROKEN: list[tuple[type[Schema], dict[str, Any], dict[str, Any], str]] = [
    (schema.TextSchema, TEXT, {"zh": None}, "zh"),
    (schema.TextSchema, TEXT, {"en": ""}, "en"),
    (schema.TextSchema, TEXT, {"en": " "}, "en"),
    (schema.TextSchema, TEXT, {"fr": "Texte"}, "fr"),
    (schema.TextSchema, TEXT, {"en": 5}, "en"),
    (schema.MeasureSchema, MEASURE, {"covers": None}, "covers"),
    (schema.MeasureSchema, MEASURE, {"covers": "a/b"}, "covers"),
    (schema.MeasureSchema, MEASURE, {"covers": [""]}, "covers"),
    (schema.MeasureSchema, MEASURE, {"text": {"en": "only"}}, "text"),
    (schema.MeasureSchema, MEASURE, {"values": 50}, "values"),
    (schema.MeasureSchema, MEASURE, {"id": "The cap"}, "id"),
    (schema.ExceptionSchema, EXCEPTION, {"lifts": None}, "lifts"),
    (schema.SectionSchema, {"number": 1, "heading": TEXT}, {"number": "one"}, "number"),
    (schema.EntrySchema, ENTRY, {"topic": "weather"}, "topic"),
    (schema.EntrySchema, ENTRY, {"digital": "very"}, "digital"),
    (schema.EntrySchema, ENTRY, {"basis": "guessed"}, "basis"),
    (schema.EntrySchema, ENTRY, {"basis": None}, "basis"),
    (schema.EntrySchema, ENTRY, {"number": 12}, "number"),
    (schema.InstrumentHeadSchema, HEAD, {"kind": "rumour"}, "kind"),
    (schema.InstrumentHeadSchema, HEAD, {"regime": "mars"}, "regime"),
    (schema.InstrumentHeadSchema, HEAD, {"effective_from": "2024-13-01"}, "effective_from"),
    (schema.InstrumentHeadSchema, HEAD, {"effective_from": None}, "effective_from"),
    (schema.InstrumentHeadSchema, HEAD, {"issued": "soon"}, "issued"),
    (schema.InstrumentHeadSchema, HEAD, {"source_url": "not an address"}, "source_url"),
    (schema.InstrumentHeadSchema, HEAD, {"item_count": "many"}, "item_count"),
    (vocabulary_schema.ActivitySchema, ACTIVITY, {"label": None}, "label"),
    (vocabulary_schema.ActivitySchema, ACTIVITY, {"alt": {"de": ["Spiel"]}}, "alt"),
    (vocabulary_schema.ActivitySchema, ACTIVITY, {"alt": {"en": [""]}}, "alt"),
    (vocabulary_schema.ActivitySchema, ACTIVITY, {"alt": {"en": [5]}}, "alt"),
    (vocabulary_schema.ActivitySchema, ACTIVITY, {"contested": {"other_broader": []}}, "contested"),
    (vocabulary_schema.ActivitySchema, ACTIVITY, {"status": "open"}, "status"),
    (vocabulary_schema.AmbiguousSchema, AMBIGUOUS, {"candidates": ["a/b"]}, "candidates"),
    (vocabulary_schema.AmbiguousSchema, AMBIGUOUS, {"question": None}, "question"),
    (vocabulary_schema.OffTopicSchema, OFF_TOPIC, {"kind": "song"}, "kind"),
    (schema.TelecomCategorySchema, CATEGORY, {"level": "top"}, "level"),
    (schema.TelecomCategorySchema, CATEGORY, {"wto_commitment": {}}, "wto_commitment"),
    (schema.LicenceSchema, LICENCE, {"authority": "miit"}, "authority"),
    (schema.AdvisorySchema, ADVISORY, {"severity": "awful"}, "severity"),
    (schema.AdvisorySchema, ADVISORY, {"triggers": [{"weather": ["rain"]}]}, "triggers"),
    (vocabulary_schema.PlaceSchema, PLACE, {"regimes": ["moon"]}, "regimes"),
    (vocabulary_schema.PlaceSchema, PLACE, {"effective_from": "2018"}, "effective_from"),
    (schema.DatasetSchema, DATASET, {"checked_on": "today"}, "checked_on"),
    (schema.DatasetSchema, DATASET, {"notice": None}, "notice"),
    (vocabulary_schema.ActivitiesFile, {"activities": [ACTIVITY]}, {"activities": None}, "activities"),
    (schema.SourcesFile, {"sources": {"L01": {"title": "A page"}}}, {"sources": {"L01": {}}}, "sources"),
    (
        vocabulary_schema.OriginsFileSchema,
        {"origins": {"HK": {"en": ["x"]}}, "cities": {}, "shared_cities": {}, "ordinary": [], "runs_on": {}},
        {"origins": {"hk": {"en": ["x"]}}, "cities": {}, "shared_cities": {}, "ordinary": [], "runs_on": {}},
        "origins",
    ),
]


@pytest.mark.parametrize(("kind", "record", "made"), SOUND)
def test_a_sound_record_is_made(kind: type[Schema], record: dict[str, Any], made: type) -> None:
    assert isinstance(kind().load(record), made)


@pytest.mark.parametrize(("kind", "record", "change", "field"), BROKEN)
def test_a_broken_record_is_refused(
    kind: type[Schema], record: dict[str, Any], change: dict[str, Any], field: str
) -> None:
    kind().load(record)
    broken = {key: value for key, value in (record | change).items() if value is not None}
    with pytest.raises(ValidationError) as caught:
        kind().load(broken)
    assert list(caught.value.normalized_messages()) == [field]


def test_texts_are_trimmed() -> None:
    assert schema.TextSchema().load({"en": " a\n", "zh": "文 "}) == model.Text("a", "文")


def test_an_entry_gets_the_id_of_its_instrument() -> None:
    instrument = schema.InstrumentFile().load({"instrument": HEAD, "entries": [ENTRY | {"measures": [MEASURE]}]})
    (entry,) = instrument.entries
    assert (entry.id, entry.instrument, entry.is_item) == ("cn/test/2024/1", "cn/test/2024", True)
    assert entry.measures[0].covers == {"a/b"}


def test_labels_keep_their_order_preferred_first() -> None:
    record = ACTIVITY | {"alt": {"en": ["b", "a"]}, "hidden": {"en": ["c"]}}
    assert vocabulary_schema.ActivitySchema().load(record).labels("en") == ("Text", "b", "a", "c")
    assert vocabulary_schema.ActivitySchema().load(record).labels("zh") == ("文字",)
