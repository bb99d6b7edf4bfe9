"""What betters the position of an activity, or would elsewhere: zone lists, pilots, adjustments and treaties."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from negative_list.catalogue import Opening
from negative_list.model import Activity, Entry, Instrument, Proposal, Status
from negative_list.places import MAINLAND
from negative_list.standing import Bench, Situation, Standing

_ZONE_REGIMES = ("ftz", "hainan")
# Of several lines of one overlay that open the same, the one that is nearest to applying is told.
_NEAREST = ("certificate", "place_unsaid", "place_around", "place_elsewhere", "origin_unsaid", "origin", "not_yet")


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A list or overlay kinder than the national list, whether it applies, why not, and how things stand by it.

    `obstacles` are those of `Bench.obstacles`, or `zone_outside` and `zone_unsaid` for the list of a zone, or
    `stated` where a treaty was found to open nothing to the investor.
    """

    instrument: Instrument
    entry: Entry | None
    obstacles: tuple[str, ...]
    standing: Standing | None = None
    opening: Opening | None = None

    @property
    def applies(self) -> bool:
        """Whether it applies in the situation asked about."""
        return not self.obstacles


def relaxations(bench: Bench, activity: Activity, situation: Situation) -> tuple[Relaxation, ...]:
    """Everything known on the day that opens more of an activity than the national list, what applies first.

    Of one instrument the line that opens most is given. What had ended, or was not yet made known, is left out.
    """
    concepts = bench.catalogue.concepts(activity)
    national = bench.catalogue.access_list(situation.day)
    base = bench.under(activity, concepts, Proposal(), national, situation.day)
    kindest: dict[str, tuple[tuple[object, ...], Relaxation]] = {}
    for relaxation in (*_zone_lists(bench, activity, situation), *_overlays(bench, activity, situation)):
        assert relaxation.standing is not None
        if relaxation.standing.rank < base.rank:
            rank = (*relaxation.standing.rank, _nearness(relaxation))
            held = kindest.get(relaxation.instrument.id)
            if held is None or rank < held[0]:
                kindest[relaxation.instrument.id] = rank, relaxation
    found = [relaxation for _, relaxation in kindest.values()]
    found.sort(key=lambda item: (not item.applies, _nearness(item), item.instrument.id))
    if base.status is not Status.OPEN:
        found += _stated(bench, situation)
    return tuple(found)


def _nearness(relaxation: Relaxation) -> int:
    ranks = [_NEAREST.index(obstacle) for obstacle in relaxation.obstacles if obstacle in _NEAREST]
    # A zone is one place among others.
    return max(ranks, default=_NEAREST.index("place_elsewhere") if relaxation.obstacles else -1)


def _zone_lists(bench: Bench, activity: Activity, situation: Situation) -> Iterator[Relaxation]:
    here = bench.gazetteer.regime(situation.location, situation.day)
    unsaid = situation.location is None or situation.location.place.id == MAINLAND
    for regime in _ZONE_REGIMES:
        zone_list = bench.catalogue.list_of(regime, situation.day)
        if zone_list is not None:
            concepts = bench.catalogue.concepts(activity)
            standing = bench.under(activity, concepts, Proposal(), zone_list, situation.day)
            obstacles = () if regime == here else ("zone_unsaid" if unsaid else "zone_outside",)
            entry = next((reason.entry for reason in standing.reasons if reason.instrument is zone_list), None)
            yield Relaxation(zone_list, entry, obstacles, standing)


def _overlays(bench: Bench, activity: Activity, situation: Situation) -> Iterator[Relaxation]:
    concepts = bench.catalogue.concepts(activity)
    national = bench.catalogue.access_list(situation.day)
    for opening in bench.catalogue.openings(concepts):
        instrument = opening.instrument
        obstacles = bench.obstacles(opening, situation)
        if obstacles != ("ended",) and (instrument.announced or instrument.issued) <= situation.day:
            standing = bench.under(
                activity, concepts, Proposal(), national, situation.day, opening, situation.certified
            )
            yield Relaxation(instrument, opening.entry, obstacles, standing, opening)


def _stated(bench: Bench, situation: Situation) -> Iterator[Relaxation]:
    """The treaties of the investor's origin of which it is known that they open nothing more."""
    for instrument in bench.catalogue.instruments.values():
        for entry in instrument.entries:
            if situation.origin in entry.origins and instrument.in_force_on(situation.day):
                yield Relaxation(instrument, entry, ("stated",))
