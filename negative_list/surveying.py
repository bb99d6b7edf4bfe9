"""The law seen from above: how much each edition lists, and how many activities stand in how many places. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from negative_list.catalogue import Catalogue
from negative_list.changes import turning_days
from negative_list.model import Activity, Entry, Instrument, Place, Status, SurveyGroup, Viewpoint
from negative_list.places import Location
from negative_list.rules import RULES
from negative_list.standing import Bench, Situation, Standing

# What an item asks, the strictest first: it bars something, it limits the foreign share or control, or it asks else.
BARS, LIMITS, CONDITIONS = "bars", "limits", "conditions"
DEMANDS = (BARS, LIMITS, CONDITIONS)
_SCOPE_RULE = "wto_commitments_only"


@dataclass(frozen=True, slots=True)
class Edition:
    """How much one access list holds.

    `total` is the number of items officially stated. `sectors` counts them by section letter of GB/T 4754-2017 and
    `demands` by what they ask; both are empty where the items are not held as the list numbers them.
    """

    instrument: Instrument
    total: int
    sectors: Mapping[str, int]
    demands: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Row:
    """One activity from every point of view, in the order of the survey."""

    activity: Activity
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """An activity that stands otherwise in a place than where only the national list applies."""

    activity: Activity
    elsewhere: Standing
    here: Standing


@dataclass(frozen=True, slots=True)
class Grid:
    """Activities against points of view on the days from `since` on, until the law changes next on `until`."""

    since: date
    until: date | None
    viewpoints: tuple[Viewpoint, ...]
    groups: tuple[tuple[SurveyGroup, tuple[Row, ...]], ...]


def editions(catalogue: Catalogue) -> tuple[Edition, ...]:
    """Every access list that is known with the number of its items, oldest first."""
    lists = [item for item in catalogue.instruments.values() if item.kind == "access_list"]
    return tuple(_edition(catalogue, item) for item in sorted(lists, key=lambda item: item.effective_from))


def _edition(catalogue: Catalogue, instrument: Instrument) -> Edition:
    items = [entry for entry in instrument.entries if entry.is_item]
    counted = items if instrument.enumeration == "official" else []
    total = len(items) if instrument.item_count is None else instrument.item_count
    sectors = Counter(sector for entry in counted if (sector := sector_of(catalogue, entry)) is not None)
    return Edition(instrument, total, dict(sorted(sectors.items())), Counter(demand_of(entry) for entry in counted))


def sector_of(catalogue: Catalogue, entry: Entry) -> str | None:
    """The section letter of GB/T 4754-2017 of an entry: of its heading, else of its codes, else of what it covers."""
    sections = catalogue.instruments[entry.instrument].sections
    letter = next((section.gbt4754 for section in sections if section.number == entry.section), None)
    if letter is not None:
        return letter
    covered = (catalogue.activities[concept] for measure in entry.measures for concept in sorted(measure.covers))
    codes = (*entry.gbt4754, *(code for activity in covered for code in activity.gbt4754))
    return codes[0][0] if codes else None


def demand_of(entry: Entry) -> str:
    """What an item asks: BARS, LIMITS or CONDITIONS; of several measures the strictest counts."""
    kinds = {measure.kind for measure in entry.measures}
    if any(RULES[kind].effect is Status.PROHIBITED for kind in kinds):
        return BARS
    return LIMITS if any(RULES[kind].is_share_rule or kind == _SCOPE_RULE for kind in kinds) else CONDITIONS


class Surveyor:
    """Draws up grids of one catalogue. A grid holds for a whole span of unchanged law, and is remembered by it."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        first = bench.catalogue.first_day
        self.days = (first, *(day for day in turning_days(bench.catalogue) if day > first))
        self._on = lru_cache(maxsize=64)(self._draw)
        self._in = lru_cache(maxsize=512)(self._compare)

    @cached_property
    def editions(self) -> tuple[Edition, ...]:
        """Every access list with how much it holds, oldest first."""
        return editions(self._bench.catalogue)

    def span(self, day: date) -> tuple[date, date | None]:
        """The first day of the span of unchanged law that holds a day, and the first day after it.

        Raises TooEarly before the first national list held.
        """
        self._bench.catalogue.access_list(day)
        index = bisect_right(self.days, day)
        return self.days[index - 1], self.days[index] if index < len(self.days) else None

    def grid(self, day: date) -> Grid:
        """How the surveyed activities stand from every point of view on a day. Raises TooEarly."""
        return self._on(*self.span(day))

    def row(self, activity: Activity, day: date) -> Row:
        """How one activity stands from every point of view on a day. Raises TooEarly."""
        since = self.span(day)[0]
        situations = [self._situation(item, since) for item in self._bench.catalogue.survey.viewpoints]
        return self._row(activity, situations)

    def differences(self, place: Place, day: date) -> tuple[Difference, ...]:
        """The activities the law names that stand otherwise in a place on a day, by id. Raises TooEarly."""
        return self._in(place.id, self.span(day)[0])

    def _compare(self, place: str, day: date) -> tuple[Difference, ...]:
        there, here = Situation(day), Situation(day, Location(self._bench.catalogue.places[place]))
        if not self._bench.regimes(here):
            return ()
        pairs = ((id_, self._bench.bare(id_, there), self._bench.bare(id_, here)) for id_ in self._named)
        return tuple(
            Difference(self._bench.catalogue.activities[id_], one, other)
            for id_, one, other in pairs
            if (one.rank[:2], one.max_foreign_share) != (other.rank[:2], other.max_foreign_share)
        )

    @cached_property
    def _named(self) -> tuple[str, ...]:
        """The activities that some measure, exception or easing names, by id."""
        found: set[str] = set()
        for entry in self._bench.catalogue.entries.values():
            found.update(*(measure.covers for measure in entry.measures))
            found.update(*(exemption.covers for exemption in entry.exceptions))
            found.update(*(easing.covers for easing in entry.eases))
        return tuple(sorted(found))

    def _draw(self, since: date, until: date | None) -> Grid:
        catalogue = self._bench.catalogue
        situations = [self._situation(item, since) for item in catalogue.survey.viewpoints]
        groups = tuple(
            (group, tuple(self._row(catalogue.activities[id_], situations) for id_ in group.activities))
            for group in catalogue.survey.groups
        )
        return Grid(since, until, catalogue.survey.viewpoints, groups)

    def _row(self, activity: Activity, situations: Iterable[Situation]) -> Row:
        return Row(activity, tuple(self._bench.bare(activity.id, situation) for situation in situations))

    def _situation(self, viewpoint: Viewpoint, day: date) -> Situation:
        place = None if viewpoint.place is None else Location(self._bench.catalogue.places[viewpoint.place])
        return Situation(day, place, viewpoint.origin, viewpoint.certified)
