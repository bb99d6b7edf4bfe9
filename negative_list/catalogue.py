"""The data set as one frozen value: load, check, freeze, and ask what is in force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from negative_list import renames, schema, survey_schema, vocabulary_schema
from negative_list.checks import check
from negative_list.datafiles import DataFolder
from negative_list.errors import TooEarly
from negative_list.garbage import uncollected
from negative_list.industries import activity_id, with_classes
from negative_list.learnt import Learnt
from negative_list.learnt import read as read_learnt
from negative_list.model import (
    Activity,
    Advisory,
    AmbiguousTerm,
    Easing,
    Entry,
    Exemption,
    Industry,
    Instrument,
    Licence,
    Measure,
    OffTopicTerm,
    OpeningCondition,
    Place,
    Survey,
    TelecomCategory,
    Text,
    Trade,
)

# Kinds of places that are pilot free trade zones or parts of one.
ZONES = ("free_trade_zone", "zone_area")
DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Provision:
    """A measure as it meets one activity: the measure, where it stands, and what lifts it, if anything does."""

    instrument: Instrument
    entry: Entry
    measure: Measure
    lifted_by: Exemption | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """An easing with the overlay and the entry that hold it, and the concepts whose measures it sets aside."""

    instrument: Instrument
    entry: Entry
    easing: Easing
    lifts: frozenset[str]


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
    industries: Mapping[str, Industry]
    ambiguous: tuple[AmbiguousTerm, ...]
    off_topic: tuple[OffTopicTerm, ...]
    trades: tuple[Trade, ...]
    telecom_categories: Mapping[str, TelecomCategory]
    licences: Mapping[str, Licence]
    conditions: Mapping[str, OpeningCondition]
    advisories: Mapping[str, Advisory]
    places: Mapping[str, Place]
    outside_before: Mapping[str, tuple[str, ...]]
    outside_zone: Mapping[str, tuple[str, ...]]
    not_outside_zone: Mapping[str, tuple[str, ...]]
    authorities: Mapping[str, Text]
    sources: Mapping[str, Mapping[str, Any]]
    stopwords: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, Any]
    weights: Mapping[str, float]
    rivalry: Mapping[str, float]
    passages: Mapping[str, list[float]]
    learnt: Learnt
    origins: Mapping[str, Mapping[str, tuple[str, ...]]]
    ordinary: tuple[str, ...]
    runs_on: Mapping[str, list[str]]
    cities_abroad: Mapping[str, Mapping[str, tuple[str, ...]]]
    shared_cities: Mapping[str, Mapping[str, tuple[str, ...]]]
    wording: Mapping[str, Text]
    coverage: Mapping[str, list[Mapping[str, Any]]]
    corrections: tuple[Mapping[str, Any], ...]
    renames: renames.Renames
    survey: Survey
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
        """The access lists held with their entries, oldest first."""
        lists = [item for item in self.instruments.values() if item.kind == "access_list" and item.entries]
        return tuple(sorted(lists, key=lambda item: item.effective_from))

    @cached_property
    def first_day(self) -> date:
        """The first day for which a national list is held."""
        return min(item.effective_from for item in self.access_lists if item.regime == "national")

    @cached_property
    def ancestry(self) -> Mapping[str, frozenset[str]]:
        """For each activity, itself and every concept above it."""
        return {activity: self.above(self.activities[activity].broader) | {activity} for activity in self.activities}

    def above(self, broader: Iterable[str]) -> frozenset[str]:
        """The concepts given and every concept above them."""
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
            return self.above(activity.contested.other_broader) | {activity.id}
        return self.ancestry[activity.id]

    @cached_property
    def contained(self) -> Mapping[str, tuple[str, ...]]:
        """For each activity that an industry class or a trade is by itself, the listed activities it holds as well."""
        classes = {activity_id(item.code): item.contains for item in self.industries.values() if item.contains}
        return classes | {trade.activity: trade.contains for trade in self.trades if trade.contains}

    @cached_property
    def named_activities(self) -> tuple[Activity, ...]:
        """The activities that a text may name; public bodies, which the classification holds too, are no business."""
        unnamed = tuple(activity_id(section) for section in self.phrases["unnamed_sections"])
        return tuple(activity for activity in self.activities.values() if not activity.id.startswith(unnamed))

    def classified(self, code: str) -> tuple[str, ...]:
        """The activities of an industry class, or of all classes below a division or group: the whole, then the parts.

        Activities that carry the code themselves are among the parts.
        """
        classes = [item for item in self.industries.values() if item.level == "class" and item.code.startswith(code)]
        found: dict[str, None] = {}
        for item in classes:
            found.setdefault(item.activity or activity_id(item.code))
            found.update(dict.fromkeys(item.contains))
            found.update(dict.fromkeys(self._carrying.get(item.code, ())))
        return tuple(found)

    @cached_property
    def _carrying(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for activity in self.activities.values():
            for code in activity.gbt4754:
                found[code].append(activity.id)
        return {code: tuple(ids) for code, ids in found.items()}

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
        return activity in self._covered

    @cached_property
    def _covered(self) -> frozenset[str]:
        return frozenset(id_ for id_, kin in self.ancestry.items() if not kin.isdisjoint(self._covering))

    def is_barred_to_all(self, activity: str) -> bool:
        """Whether an activity is unlawful for anyone."""
        return activity in self._barred_to_all

    @cached_property
    def _barred_to_all(self) -> frozenset[str]:
        barring = {
            concept
            for concept, rows in self._covering.items()
            if any(measure.kind == "barred_to_all" for _, _, measure in rows)
        }
        return frozenset(id_ for id_, kin in self.ancestry.items() if not kin.isdisjoint(barring))

    def list_of(self, regime: str, day: date) -> Instrument | None:
        """The access list of a regime in force on a day, or None where none is held with its entries."""
        return next((item for item in self.access_lists if item.regime == regime and item.in_force_on(day)), None)

    def access_list(self, day: date, regime: str = "national") -> Instrument:
        """The access list of a regime in force on a day; the national one where the regime has none held.

        Raises TooEarly before the first national list held.
        """
        found = self.list_of("national", day)
        if found is None:
            raise TooEarly(day, self.first_day)
        return found if regime == "national" else self.list_of(regime, day) or found

    def provisions(self, concepts: frozenset[str], day: date, access_list: Instrument) -> tuple[Provision, ...]:
        """Every measure in force that covers one of the concepts, in the list first, then in other instruments.

        A measure that an exception of its own entry lifts for these concepts is given too, with that exception.
        """
        found: dict[tuple[str, str], Provision] = {}
        for concept in concepts:
            for instrument, entry, measure in self._covering.get(concept, ()):
                if day not in measure.window:
                    continue
                if instrument is not access_list and (
                    instrument.kind == "access_list" or not instrument.in_force_on(day)
                ):
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

    def openings(self, concepts: frozenset[str]) -> tuple[Opening, ...]:
        """Every easing of every overlay that reaches an activity under these concepts, whenever in force."""
        found = {
            (opening.entry.id, opening.easing.id): opening
            for concept in concepts
            for opening in self._openings.get(concept, ())
            if opening.easing.excluded.isdisjoint(concepts)
        }
        return tuple(found[key] for key in sorted(found))

    def concerning(self, concepts: frozenset[str], day: date, regime: str) -> tuple[Entry, ...]:
        """The entries of neighbouring layers in force that speak of an activity under these concepts.

        Of layers that differ by regime, such as the cross-border lists, that of the regime given.
        """
        found = {
            entry.id: entry
            for concept in concepts
            for instrument, entry in self._concerning.get(concept, ())
            if instrument.in_force_on(day) and instrument.regime in (None, regime)
        }
        return tuple(found[key] for key in sorted(found))

    @cached_property
    def all_openings(self) -> tuple[Opening, ...]:
        """Every easing of every overlay, in the order of the data files."""
        return tuple(
            Opening(instrument, entry, easing, self.above(easing.covers) if easing.lifts is None else easing.lifts)
            for instrument in self.instruments.values()
            for entry in instrument.entries
            for easing in entry.eases
        )

    @cached_property
    def _openings(self) -> Mapping[str, tuple[Opening, ...]]:
        found: dict[str, list[Opening]] = defaultdict(list)
        for opening in self.all_openings:
            for concept in opening.easing.covers:
                found[concept].append(opening)
        return {concept: tuple(openings) for concept, openings in found.items()}

    @cached_property
    def _concerning(self) -> Mapping[str, tuple[tuple[Instrument, Entry], ...]]:
        found: dict[str, list[tuple[Instrument, Entry]]] = defaultdict(list)
        for instrument in self.instruments.values():
            for entry in instrument.entries:
                for concept in entry.concerns:
                    found[concept].append((instrument, entry))
        return {concept: tuple(rows) for concept, rows in found.items()}

    def containing(self, place: Place, day: date | None = None) -> list[Place]:
        """The place itself and every place that contains it, from near to far.

        Given a day, an area that was not yet part of its zone on that day is not inside it.
        """
        found: dict[str, Place] = {}
        queue = [place]
        while queue:
            here = queue.pop(0)
            if here.id in found:
                continue
            found[here.id] = here
            to_come = day is not None and here.effective_from is not None and day < here.effective_from
            above = [self.places[id_] for id_ in here.within]
            queue.extend(place for place in above if not (to_come and here.kind in ZONES and place.kind in ZONES))
        return list(found.values())

    def turning_days(self, concepts: frozenset[str]) -> tuple[date, ...]:
        """The days, in order, on which the law on an activity under these concepts may change.

        They are the days on which an access list, a measure or an easing that reaches it begins or ends. Places
        that begin later, such as new zones, add days of their own.
        """
        windows = [item.window for item in self.access_lists]
        for concept in concepts:
            for instrument, _, measure in self._covering.get(concept, ()):
                windows += [measure.window] if instrument.kind == "access_list" else [instrument.window, measure.window]
        for opening in self.openings(concepts):
            windows += [opening.instrument.window, opening.easing.window]
        return tuple(sorted({day for window in windows for day in window.days}))

    def note(self, access_list: Instrument, topic: str) -> Entry | None:
        """The explanatory note of a list on a topic, if it has one."""
        return next((entry for entry in access_list.entries if entry.topic == topic), None)


@uncollected()
def load(root: Path | str | None = None) -> Catalogue:
    """Load and check a data folder; the package's own by default.

    Raises DataError, which names file, line and field of every fault.
    """
    folder = DataFolder(Path(root) if root is not None else DATA)
    dataset = folder.load("dataset.yaml", schema.DatasetSchema())
    instruments = {
        name: loaded
        for name in (*folder.paths("instruments/*.yaml"), *folder.paths("overlays/*.yaml"))
        if (loaded := folder.load(name, schema.InstrumentFile())) is not None
    }
    activities = {
        name: folder.load(name, vocabulary_schema.ActivitiesFile()) or [] for name in folder.paths("activities/*.yaml")
    }
    industries = {
        name: folder.load(name, vocabulary_schema.IndustriesFile()) or [] for name in folder.paths("industries/*.yaml")
    }
    ambiguous = folder.load("ambiguous.yaml", vocabulary_schema.AmbiguousFile())
    off_topic = folder.load("not_investment.yaml", vocabulary_schema.OffTopicFile())
    trades = folder.load("trades.yaml", vocabulary_schema.TradesFile())
    categories = folder.load("telecom_categories.yaml", schema.TelecomCategoriesFile())
    conditions = folder.load("conditions.yaml", schema.ConditionsFile())
    licences = folder.load("licences.yaml", schema.LicencesFile())
    advisories = folder.load("advisories.yaml", schema.AdvisoriesFile())
    places = folder.load("places.yaml", vocabulary_schema.PlacesFileSchema())
    authorities = folder.load("authorities.yaml", schema.AuthoritiesFile())
    sources = folder.load("sources.yaml", schema.SourcesFile())
    stopwords = folder.load("stopwords.yaml", vocabulary_schema.StopwordsFileSchema())
    phrases = folder.load("phrases.yaml", vocabulary_schema.PhrasesFileSchema())
    weights = folder.load("weights.yaml", vocabulary_schema.WeightsFileSchema())
    passages = folder.load("passages.yaml", vocabulary_schema.PassagesFileSchema())
    learnt = read_learnt(folder)
    origins = folder.load("origins.yaml", vocabulary_schema.OriginsFileSchema())
    wording = folder.load("wording.yaml", schema.WordingFile())
    coverage = folder.load("coverage.yaml", schema.CoverageFileSchema())
    corrections = folder.load("corrections.yaml", schema.CorrectionsFile())
    old_ids = folder.load(renames.FILE, renames.RenamesFile())
    survey = folder.load("survey.yaml", survey_schema.SurveyFileSchema())
    folder.raise_faults()
    assert learnt is not None

    classified = {item.code: item for items in industries.values() for item in items}
    catalogue = Catalogue(
        version=dataset["version"],
        checked_on=dataset["checked_on"],
        digest=folder.digest(),
        notice=dataset["notice"],
        licence_of_data=dataset["licence"],
        instruments={item.id: item for item in instruments.values()},
        activities=with_classes(
            {item.id: item for items in activities.values() for item in items}, classified.values()
        ),
        industries=dict(sorted(classified.items())),
        ambiguous=tuple(ambiguous),
        off_topic=tuple(off_topic),
        trades=tuple(trades),
        telecom_categories={item.code: item for item in categories},
        licences={item.id: item for item in licences},
        conditions={item.id: item for item in conditions},
        advisories={item.id: item for item in advisories},
        places={item.id: item for item in places["places"]},
        outside_before=places["outside_before"],
        outside_zone=places["outside_zone"],
        not_outside_zone=places["not_outside_zone"],
        authorities=authorities,
        sources=sources,
        stopwords=stopwords["stopwords"],
        phrases=phrases,
        weights=weights["weights"],
        rivalry=weights["rivalry"],
        passages=passages["weights"],
        learnt=learnt,
        origins=origins["origins"],
        ordinary=tuple(origins["ordinary"]),
        runs_on=origins["runs_on"],
        cities_abroad=origins["cities"],
        shared_cities=origins["shared_cities"],
        wording=wording,
        coverage=coverage,
        corrections=tuple(corrections),
        renames=renames.Renames.of(old_ids),
        survey=survey,
        _covering=_covering(instruments.values()),
    )
    check(folder, catalogue, instruments, activities, industries)
    renames.check(folder, catalogue, old_ids)
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
