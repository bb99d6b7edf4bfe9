"""The law of 2024 and the thesaurus as they stand in the data set."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from negative_list.catalogue import Catalogue
from negative_list.industries import is_class
from negative_list.model import LANGUAGES, Instrument, Text
from negative_list.schema import TOPICS
from negative_list.text import tokens

FEWEST_ACTIVITIES = 250
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
# An official term may be quoted beside its translation.
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|\([^)]*\)|「[^」]*」|《[^》]*》")
BLANK = re.compile(r"\{\w+\}")
GBT4754 = re.compile(r"[A-T](\d{2,4})?")


@pytest.fixture(scope="module")
def national(catalogue: Catalogue) -> Instrument:
    return catalogue.instruments["cn/national/2024"]


def texts(value: Any, path: str = "") -> Iterator[tuple[str, Text]]:
    """Every bilingual text below a record, with the path to it."""
    if isinstance(value, Text):
        yield path, value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if not field.name.startswith("_"):
                yield from texts(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from texts(item, f"{path}[{key}]")
    elif isinstance(value, tuple | list):
        for index, item in enumerate(value):
            yield from texts(item, f"{path}[{getattr(item, 'id', index)}]")


def test_the_national_list_has_29_items_in_order(national: Instrument) -> None:
    items = [entry.number for entry in national.entries if entry.is_item]
    assert items == [str(number) for number in range(1, 30)]
    assert national.item_count == 29


def test_the_national_list_has_ten_notes_one_for_each_topic(national: Instrument) -> None:
    notes = [entry for entry in national.entries if not entry.is_item]
    assert [note.number for note in notes] == [f"note-{number}" for number in range(1, 11)]
    assert sorted(str(note.topic) for note in notes) == sorted(set(TOPICS) - {"transition"})


def test_the_national_list_names_its_official_address(national: Instrument) -> None:
    assert national.source_url is not None
    assert re.match(r"https://([a-z]+\.)*(ndrc|mofcom|www)\.gov\.cn/", national.source_url)


def test_every_item_states_a_measure(national: Instrument) -> None:
    assert [entry.id for entry in national.entries if entry.is_item and not entry.measures] == []


def test_every_text_is_in_both_languages(catalogue: Catalogue) -> None:
    found = list(texts(catalogue))
    assert len(found) > FEWEST_ACTIVITIES
    assert [path for path, text in found if not HAN.search(text.zh) and BLANK.sub("", text.zh)] == []
    assert [path for path, text in found if HAN.search(QUOTED.sub("", text.en))] == []
    assert [path for path, text in found if not text.en or not text.zh] == []


def test_blanks_of_the_wording_are_the_same_in_both_languages(catalogue: Catalogue) -> None:
    different = {
        key: (BLANK.findall(text.en), BLANK.findall(text.zh))
        for key, text in catalogue.wording.items()
        if set(BLANK.findall(text.en)) != set(BLANK.findall(text.zh))
    }
    assert different == {}


def test_every_measure_covers_an_activity_or_bars_a_form(catalogue: Catalogue) -> None:
    bare = [
        (entry.id, measure.id)
        for entry in catalogue.entries.values()
        for measure in entry.measures
        if not measure.covers and measure.kind not in ("form_barred", "partnership_barred")
    ]
    assert bare == []


def test_every_listed_activity_is_defined(catalogue: Catalogue) -> None:
    covered = {
        concept for entry in catalogue.entries.values() for measure in entry.measures for concept in measure.covers
    }
    undefined = [
        activity.id
        for activity in catalogue.activities.values()
        if activity.definition is None and catalogue.ancestry[activity.id] & covered
    ]
    assert undefined == []


def test_there_are_enough_activities(catalogue: Catalogue) -> None:
    assert len(catalogue.activities) >= FEWEST_ACTIVITIES


def test_every_activity_is_labelled_in_both_languages(catalogue: Catalogue) -> None:
    bare = [
        activity.id
        for activity in catalogue.activities.values()
        if not (activity.labels("en")[0] and activity.labels("zh")[0])
    ]
    assert bare == []


def test_no_label_stands_for_two_things(catalogue: Catalogue) -> None:
    meanings: dict[tuple[str, ...], set[str]] = defaultdict(set)
    terms = [*catalogue.ambiguous, *catalogue.off_topic]
    # The names that the classification gives its classes give way to the thesaurus where both use a word.
    labels = [
        (a.id, a.labels(lang)[1 if is_class(a) else 0 :]) for a in catalogue.activities.values() for lang in LANGUAGES
    ]
    labels += [(term.id, term.labels.get(lang, ())) for term in terms for lang in LANGUAGES]
    for id_, names in labels:
        for name in names:
            meanings[tuple(part.key for part in tokens(name))].add(id_)
    assert {pattern: ids for pattern, ids in meanings.items() if len(ids) > 1} == {}


def test_industry_codes_are_well_formed(catalogue: Catalogue) -> None:
    records = [*catalogue.activities.values(), *catalogue.entries.values()]
    assert [(r.id, code) for r in records for code in r.gbt4754 if not GBT4754.fullmatch(code)] == []


def test_every_source_resolves(catalogue: Catalogue) -> None:
    records = [
        *catalogue.instruments.values(),
        *catalogue.entries.values(),
        *catalogue.activities.values(),
        *catalogue.licences.values(),
        *catalogue.advisories.values(),
        *catalogue.places.values(),
        *catalogue.telecom_categories.values(),
    ]
    assert {id_ for record in records for id_ in record.provenance.sources} <= set(catalogue.sources)


def test_what_is_called_verified_names_a_source(catalogue: Catalogue) -> None:
    records = [*catalogue.entries.values(), *catalogue.activities.values()]
    assert [r.id for r in records if r.provenance.basis == "verified" and not r.provenance.sources] == []


def test_every_authority_of_a_licence_resolves(catalogue: Catalogue) -> None:
    unknown = [
        (licence.id, name)
        for licence in catalogue.licences.values()
        for name in licence.authority
        if name not in catalogue.authorities
    ]
    assert unknown == []
