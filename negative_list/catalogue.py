"""The data set as one frozen value: load, check, freeze, and ask what is in force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from negative_list import schema, vocabulary_schema
from negative_list.datafiles import DataFolder
from negative_list.errors import TooEarly
from negative_list.model import (
    Activity,
    Advisory,
    AmbiguousTerm,
    Entry,
    Exemption,
    Instrument,
    Licence,
    Measure,
    OffTopicTerm,
    Place,
    TelecomCategory,
    Text,
)
from negative_list.rules import RULES

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Provision:
    """A measure as it meets one activity: the measure, where it stands, and what lifts it, if anything does."""

    instrument: Instrument
    entry: Entry
    measure: Measure
    lifted_by: Exemption | None = None


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Everything the data folder holds, checked."""

    version: str
    checked_on: date
    digest: str
    notice: Text
    licence_of_data: Text
    instruments: Mapping[str, Instrument]
    activities: Mapping[str, Activity]
    ambiguous: tuple[AmbiguousTerm, ...]
    off_topic: tuple[OffTopicTerm, ...]
    telecom_categories: Mapping[str, TelecomCategory]
    licences: Mapping[str, Licence]
    advisories: Mapping[str, Advisory]
    places: Mapping[str, Place]
    outside_zone: Mapping[str, tuple[str, ...]]
    not_outside_zone: Mapping[str, tuple[str, ...]]
    authorities: Mapping[str, Text]
    sources: Mapping[str, Mapping[str, Any]]
    stopwords: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, Any]
    origins: Mapping[str, Mapping[str, tuple[str, ...]]]
    wording: Mapping[str, Text]
    _covering: Mapping[str, tuple[tuple[Instrument, Entry, Measure], ...]] = field(repr=False, default_factory=dict)

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """All entries of all instruments by id."""
        return {entry.id: entry for instrument in self.instruments.values() for entry in instrument.entries}

    @cached_property
    def _order(self) -> Mapping[tuple[str, str], int]:
        """The place of each measure in the order of the data files."""
        pairs = [(entry.id, measure.id) for entry in self.entries.values() for measure in entry.measures]
        return {pair: index for index, pair in enumerate(pairs)}

    @cached_property
    def access_lists(self) -> tuple[Instrument, ...]:
        """The access lists, oldest first."""
        lists = [item for item in self.instruments.values() if item.kind == "access_list"]
        return tuple(sorted(lists, key=lambda item: item.effective_from))

    @cached_property
    def first_day(self) -> date:
        """The first day for which a national list is held."""
        return min(item.effective_from for item in self.access_lists if item.regime == "national")

    @cached_property
    def ancestry(self) -> Mapping[str, frozenset[str]]:
        """For each activity, itself and every concept above it."""
        return {activity: self._above(self.activities[activity].broader) | {activity} for activity in self.activities}

    def _above(self, broader: Iterable[str]) -> frozenset[str]:
        found: set[str] = set()
        queue = list(broader)
        while queue:
            concept = queue.pop()
            if concept not in found:
                found.add(concept)
                queue.extend(self.activities[concept].broader)
        return frozenset(found)

    def concepts(self, activity: Activity, *, other_reading: bool = False) -> frozenset[str]:
        """The concepts under which an activity falls, on the main or on the contested other reading."""
        if other_reading and activity.contested is not None:
            return self._above(activity.contested.other_broader) | {activity.id}
        return self.ancestry[activity.id]

    @cached_property
    def narrower(self) -> Mapping[str, tuple[str, ...]]:
        """For each activity, the activities directly below it."""
        found: dict[str, list[str]] = defaultdict(list)
        for activity in self.activities.values():
            for concept in activity.broader:
                found[concept].append(activity.id)
        return {concept: tuple(below) for concept, below in found.items()}

    def is_covered(self, activity: str) -> bool:
        """Whether some measure of some instrument, whenever in force, reaches an activity."""
        return any(concept in self._covering for concept in self.ancestry[activity])

    def is_barred_to_all(self, activity: str) -> bool:
        """Whether an activity is unlawful for anyone."""
        rows = (row for concept in self.ancestry[activity] for row in self._covering.get(concept, ()))
        return any(measure.kind == "barred_to_all" for _, _, measure in rows)

    def access_list(self, day: date, regime: str = "national") -> Instrument:
        """The access list of a regime in force on a day; the national one where the regime has none held.

        Raises TooEarly before the first national list held.
        """
        for wanted in (regime, "national"):
            for item in self.access_lists:
                if item.regime == wanted and item.in_force_on(day):
                    return item
        raise TooEarly(day, self.first_day)

    def provisions(self, concepts: frozenset[str], day: date, access_list: Instrument) -> tuple[Provision, ...]:
        """Every measure in force that covers one of the concepts, in the list first, then in other instruments.

        A measure that an exception of its own entry lifts for these concepts is given too, with that exception.
        """
        found: dict[tuple[str, str], Provision] = {}
        for concept in concepts:
            for instrument, entry, measure in self._covering.get(concept, ()):
                if instrument.kind == "access_list":
                    if instrument is not access_list:
                        continue
                elif not instrument.in_force_on(day):
                    continue
                lifted = next(
                    (e for e in entry.exceptions if measure.id in e.lifts and not e.covers.isdisjoint(concepts)), None
                )
                found[entry.id, measure.id] = Provision(instrument, entry, measure, lifted)
        return tuple(
            sorted(
                found.values(),
                key=lambda item: (item.instrument is not access_list, self._order[item.entry.id, item.measure.id]),
            )
        )

    def note(self, access_list: Instrument, topic: str) -> Entry | None:
        """The explanatory note of a list on a topic, if it has one."""
        return next((entry for entry in access_list.entries if entry.topic == topic), None)


def load(root: Path | str | None = None) -> Catalogue:
    """Load and check a data folder; the package's own by default.

    Raises DataError, which names file, line and field of every fault.
    """
    folder = DataFolder(Path(root) if root is not None else DATA)
    dataset = folder.load("dataset.yaml", schema.DatasetSchema())
    instruments = {
        name: loaded
        for name in folder.paths("instruments/*.yaml")
        if (loaded := folder.load(name, schema.InstrumentFile())) is not None
    }
    activities = {
        name: folder.load(name, vocabulary_schema.ActivitiesFile()) or [] for name in folder.paths("activities/*.yaml")
    }
    ambiguous = folder.load("ambiguous.yaml", vocabulary_schema.AmbiguousFile())
    off_topic = folder.load("not_investment.yaml", vocabulary_schema.OffTopicFile())
    categories = folder.load("telecom_categories.yaml", schema.TelecomCategoriesFile())
    licences = folder.load("licences.yaml", schema.LicencesFile())
    advisories = folder.load("advisories.yaml", schema.AdvisoriesFile())
    places = folder.load("places.yaml", vocabulary_schema.PlacesFileSchema())
    authorities = folder.load("authorities.yaml", schema.AuthoritiesFile())
    sources = folder.load("sources.yaml", schema.SourcesFile())
    stopwords = folder.load("stopwords.yaml", vocabulary_schema.StopwordsFileSchema())
    phrases = folder.load("phrases.yaml", vocabulary_schema.PhrasesFileSchema())
    origins = folder.load("origins.yaml", vocabulary_schema.OriginsFileSchema())
    wording = folder.load("wording.yaml", schema.WordingFile())
    folder.raise_faults()

    catalogue = Catalogue(
        version=dataset["version"],
        checked_on=dataset["checked_on"],
        digest=folder.digest(),
        notice=dataset["notice"],
        licence_of_data=dataset["licence"],
        instruments={item.id: item for item in instruments.values()},
        activities={item.id: item for items in activities.values() for item in items},
        ambiguous=tuple(ambiguous),
        off_topic=tuple(off_topic),
        telecom_categories={item.code: item for item in categories},
        licences={item.id: item for item in licences},
        advisories={item.id: item for item in advisories},
        places={item.id: item for item in places["places"]},
        outside_zone=places["outside_zone"],
        not_outside_zone=places["not_outside_zone"],
        authorities=authorities,
        sources=sources,
        stopwords=stopwords["stopwords"],
        phrases=phrases,
        origins=origins["origins"],
        wording=wording,
        _covering=_covering(instruments.values()),
    )
    _check(folder, catalogue, instruments, activities)
    folder.raise_faults()
    return catalogue


def _covering(instruments: Iterable[Instrument]) -> dict[str, tuple[tuple[Instrument, Entry, Measure], ...]]:
    found: dict[str, list[tuple[Instrument, Entry, Measure]]] = defaultdict(list)
    for instrument in instruments:
        for entry in instrument.entries:
            for measure in entry.measures:
                for concept in measure.covers:
                    found[concept].append((instrument, entry, measure))
    return {concept: tuple(rows) for concept, rows in found.items()}


def _check(
    folder: DataFolder,
    catalogue: Catalogue,
    instruments: Mapping[str, Instrument],
    activities: Mapping[str, list[Activity]],
) -> None:
    """Note every reference that does not resolve and every number that does not run unbroken."""
    for name, instrument in instruments.items():
        _check_instrument(folder, catalogue, name, instrument)
    seen: dict[str, str] = {}
    for name, items in activities.items():
        for index, activity in enumerate(items):
            path = ("activities", index)
            if activity.id in seen:
                folder.fault(name, (*path, "id"), f"{activity.id} stands in {seen[activity.id]} too")
            seen[activity.id] = name
            known: dict[str, tuple[Iterable[str], Mapping[str, Any]]] = {
                "broader": (activity.broader, catalogue.activities),
                "related": (activity.related, catalogue.activities),
                "telecom_categories": (activity.telecom_categories, catalogue.telecom_categories),
                "licences": (activity.licences, catalogue.licences),
                "advisories": (activity.advisories, catalogue.advisories),
                "sources": (activity.provenance.sources, catalogue.sources),
            }
            if activity.contested is not None:
                known["contested"] = (activity.contested.other_broader, catalogue.activities)
            _check_known(folder, name, path, known)
    for file, key, records, references in _reference_files(catalogue):
        for index, record in enumerate(records):
            known = {field: (ids(record), register) for field, ids, register in references}
            _check_known(folder, file, (key, index), known)
    becomes = {"internal_use_becomes": ((catalogue.phrases["internal_use_becomes"],), catalogue.activities)}
    _check_known(folder, "phrases.yaml", (), becomes)
    for index, role in enumerate(catalogue.phrases["roles"]):
        _check_known(folder, "phrases.yaml", ("roles", index), {"becomes": ((role["becomes"],), catalogue.activities)})
    if not folder.faults:
        _check_cycles(folder, catalogue, activities)


References = tuple[tuple[str, Callable[[Any], Iterable[str]], Mapping[str, Any]], ...]


def _reference_files(catalogue: Catalogue) -> Iterator[tuple[str, str, Iterable[Any], References]]:
    """The files of one list each: file, key of the list, its records, and which fields refer to what."""
    sources: tuple[str, Callable[[Any], Iterable[str]], Mapping[str, Any]] = (
        "sources",
        lambda record: record.provenance.sources,
        catalogue.sources,
    )
    yield "ambiguous.yaml", "ambiguous", catalogue.ambiguous, (
        ("candidates", lambda term: term.candidates, catalogue.activities),
    )
    yield "telecom_categories.yaml", "categories", catalogue.telecom_categories.values(), (
        ("activity", lambda item: [item.activity] if item.activity else [], catalogue.activities),
        ("licence", lambda item: [item.licence] if item.licence else [], catalogue.licences),
        ("parent", lambda item: [item.parent] if item.parent else [], catalogue.telecom_categories),
        sources,
    )
    yield "licences.yaml", "licences", catalogue.licences.values(), (
        ("authority", lambda item: item.authority, catalogue.authorities),
        sources,
    )
    yield "advisories.yaml", "advisories", catalogue.advisories.values(), (sources,)
    yield "places.yaml", "places", catalogue.places.values(), (
        ("within", lambda item: item.within, catalogue.places),
        sources,
    )


def _check_instrument(folder: DataFolder, catalogue: Catalogue, name: str, instrument: Instrument) -> None:
    items = [int(entry.number) for entry in instrument.entries if entry.is_item]
    if items != list(range(1, len(items) + 1)):
        folder.fault(name, ("entries",), f"item numbers do not run unbroken from 1: {items}")
    if instrument.item_count is not None and len(items) != instrument.item_count:
        folder.fault(
            name, ("instrument", "item_count"), f"{instrument.item_count} is stated, {len(items)} items are here"
        )
    if instrument.kind == "access_list" and instrument.regime is None:
        folder.fault(name, ("instrument", "kind"), "an access list needs a regime")
    head = {
        "issuers": (instrument.issuers, catalogue.authorities),
        "sources": (instrument.provenance.sources, catalogue.sources),
    }
    _check_known(folder, name, ("instrument",), head)
    sections = {str(section.number) for section in instrument.sections}
    for index, entry in enumerate(instrument.entries):
        path = ("entries", index)
        if entry.is_item and str(entry.section) not in sections:
            folder.fault(name, (*path, "section"), f"no section has the number {entry.section}")
        _check_known(
            folder,
            name,
            path,
            {
                "authorities": (entry.authorities, catalogue.authorities),
                "sources": (entry.provenance.sources, catalogue.sources),
            },
        )
        measure_ids = {measure.id: measure for measure in entry.measures}
        for at, measure in enumerate(entry.measures):
            where = (*path, "measures", at)
            _check_known(folder, name, where, {"covers": (measure.covers, catalogue.activities)})
            rule = RULES.get(measure.kind)
            if rule is None:
                folder.fault(name, (*where, "kind"), f"{measure.kind!r} is no measure; one of {sorted(RULES)}")
            elif (fault := rule.fault_in(measure.value)) is not None:
                folder.fault(name, (*where, "value"), fault)
        for at, exemption in enumerate(entry.exceptions):
            _check_known(
                folder,
                name,
                (*path, "exceptions", at),
                {"covers": (exemption.covers, catalogue.activities), "lifts": (exemption.lifts, measure_ids)},
            )


def _check_known(
    folder: DataFolder,
    name: str,
    path: tuple[str | int, ...],
    known: Mapping[str, tuple[Iterable[str], Mapping[str, Any]]],
) -> None:
    for key, (ids, register) in known.items():
        for id_ in ids:
            if id_ not in register:
                folder.fault(name, (*path, key), f"nothing has the id {id_!r}")


def _check_cycles(folder: DataFolder, catalogue: Catalogue, activities: Mapping[str, list[Activity]]) -> None:
    for name, items in activities.items():
        for index, activity in enumerate(items):
            if activity.id in catalogue._above(activity.broader):
                folder.fault(name, ("activities", index, "broader"), f"{activity.id} stands above itself")
