"""The gazetteer: names of places to places, and which access list applies there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process

from negative_list.catalogue import ZONES, Catalogue
from negative_list.errors import ProposalError
from negative_list.lexicon import Lexicon, Scan, Spotted, Words
from negative_list.model import LANGUAGES, Place
from negative_list.text import fold, tokens

# The id of the place that contains all others.
MAINLAND = "CN"
# The id of the zone that stands for any: "in the FTZ".
UNNAMED_ZONE = "zone/ftz-unnamed"
# So many tokens may stand between a place and the zone in it that is named after it, or before it.
BEFORE_ZONE, AFTER_ZONE = 3, 1


@dataclass(frozen=True, slots=True)
class Location:
    """A place as the proposal names it; `outside_zone` when it says so expressly."""

    place: Place
    outside_zone: bool = False


def words_of(catalogue: Catalogue) -> dict[str, Words]:
    """The words that name places, for the lexicon; all are matched unstemmed."""
    return {
        "places": _names(catalogue),
        "outside_zone": [(name, True) for labels in catalogue.outside_zone.values() for name in labels]
        + [(name, False) for labels in catalogue.not_outside_zone.values() for name in labels],
        "outside_before": [(name, True) for labels in catalogue.outside_before.values() for name in labels],
    }


def _names(catalogue: Catalogue) -> list[tuple[str, str]]:
    return [
        (name, place.id)
        for place in catalogue.places.values()
        for lang in LANGUAGES
        for name in (place.label[lang], *place.alt.get(lang, ()))
    ]


class Gazetteer:
    """Places by id and by every name, folded."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._places = catalogue.places
        self._ids = {place_id.casefold(): place_id for place_id in catalogue.places}
        self._lexicon = Lexicon({}, verbatim=words_of(catalogue))
        self._names = {fold(name): place_id for name, place_id in _names(catalogue)}

    def resolve(self, name: str) -> Location:
        """The place that an id or a name means, the narrowest where a phrase names several.

        Raises ProposalError with the nearest name when nothing is known by it.
        """
        if (place_id := self._ids.get(name.strip().casefold())) is not None:
            return Location(self._places[place_id])
        location = self._named(name)
        for suffix in ("市", "州", "地区", "盟"):
            # Names that are common words stand in the gazetteer only with their suffix.
            location = location or self._named(name.strip() + suffix)
        if location is None:
            nearest = process.extractOne(fold(name), list(self._names), scorer=fuzz.WRatio, score_cutoff=60)
            suggestion = None if nearest is None else self._places[self._names[nearest[0]]].label.en
            raise ProposalError(
                "location",
                "unknown_place",
                f"{name!r} is no place that is held."
                + (f" The nearest is {suggestion}." if suggestion else " Give a province, a city or a zone."),
                nearest=suggestion,
            )
        return location

    def _named(self, name: str) -> Location | None:
        return self.spot(self._lexicon.scan(tokens(name)))[0]

    def spot(self, scan: Scan) -> tuple[Location | None, tuple[Spotted, ...]]:
        """The narrowest place named in a text and the matches that named places."""
        denied = {match.after for match in scan.of("outside_before")}
        # "Nanjing Road" and "Beijing duck" lie anywhere.
        named_after = {match.first for match in scan.of("no_place_before")}
        matches = tuple(
            match
            for match in scan.of("places")
            if match.after not in named_after
            and (match.first not in denied or self._places[match.value].kind in ZONES)
        )
        outside = any(match.value for match in scan.of("outside_zone")) or self._named_outside(scan, matches)
        if not matches:
            return (Location(self._places[MAINLAND], True) if outside else None), ()

        def rank(match: Spotted) -> tuple[int, bool, int]:
            place = self._places[match.value]
            return self.depth(place), place.kind in ZONES and not outside, -match.first

        zones = {match for match in matches if self._places[match.value].kind in ZONES}
        zoned = set() if outside else self._zoned(scan, matches)
        # A zone that the place is outside of only tells so, where the place is named.
        silent = zones if outside and zones != set(matches) else zoned
        matches_here = self._asked(scan, tuple(match for match in matches if match not in silent))
        if not matches_here:
            return None, matches
        best = self._narrowed(self._places[max(matches_here, key=rank).value], zoned)
        if not outside and best.kind not in ZONES and any(match.value == UNNAMED_ZONE for match in matches):
            best = self._zone_in(best)
        return Location(best, outside), matches

    def _asked(self, scan: Scan, matches: tuple[Spotted, ...]) -> list[Spotted]:
        """The places that a text is about; of several that lie apart, the only one it says something is "in", or none.

        Where two are meant, the law of either would be wrong for the other.
        """
        chains = [{place.id for place in self._catalogue.containing(self._places[match.value])} for match in matches]
        apart = any(
            one.value not in chains[j] and other.value not in chains[i]
            for i, one in enumerate(matches)
            for j, other in enumerate(matches)
            if UNNAMED_ZONE not in (one.value, other.value)
        )
        if not apart:
            return list(matches)
        placed = {match.after for match in scan.of("located_before")}
        inside = [match for match in matches if match.first in placed]
        return inside if len({match.value for match in inside}) == 1 else []

    def _zoned(self, scan: Scan, matches: tuple[Spotted, ...]) -> set[Spotted]:
        """The places that only tell where a zone of their province is, wherever else they are named as well.

        "Chengdu, in the Sichuan FTZ".
        """
        joints = scan.covered("joints")
        found = set[str]()
        for zone in matches:
            if self._places[zone.value].kind not in ZONES or zone.value == UNNAMED_ZONE:
                continue
            around = {place.id for place in self._catalogue.containing(self._places[zone.value])} - {MAINLAND}
            for match in matches:
                here = {place.id for place in self._catalogue.containing(self._places[match.value])}
                between = range(match.after, zone.first) if match.first < zone.first else range(zone.after, match.first)
                near = len(between) <= (BEFORE_ZONE if match.first < zone.first else AFTER_ZONE)
                if near and joints.isdisjoint(between) and zone.value not in here and around & (here - {match.value}):
                    found.add(match.value)
        return {match for match in matches if match.value in found}

    def _narrowed(self, zone: Place, places: Iterable[Spotted]) -> Place:
        """The only part of a zone that lies in one of some places, or the zone."""
        named = {match.value for match in places}
        chains = [self._catalogue.containing(part) for part in self._places.values()] if named else []
        parts = [part for part, *around in chains if zone in around and named & {place.id for place in around}]
        return parts[0] if len(parts) == 1 else zone

    def _zone_in(self, place: Place) -> Place:
        """The zone, or the part of one, that lies in a province or city; the unnamed one where there are several."""
        inside = [
            zone
            for zone in self._places.values()
            if zone.kind in ZONES and place in self._catalogue.containing(zone)[1:]
        ]
        widest = min((self.depth(zone) for zone in inside), default=0)
        zones = [zone for zone in inside if self.depth(zone) == widest]
        return zones[0] if len(zones) == 1 else self._places[UNNAMED_ZONE]

    def _named_outside(self, scan: Scan, matches: Iterable[Spotted]) -> bool:
        """Whether a zone is named only to say that the place is outside it."""
        ends = {match.after for match in scan.of("outside_before")}
        return any(match.first in ends for match in matches if self._places[match.value].kind in ZONES)

    def depth(self, place: Place) -> int:
        """How many places contain this one, on the longest way up."""
        return max((1 + self.depth(self._places[above]) for above in place.within), default=0)

    def regime(self, location: Location | None, day: date) -> str:
        """The access list that governs a place: `hainan`, `ftz` or `national`.

        A province or city that merely contains a zone is outside it. A zone counts from its launch.
        """
        if location is None:
            return "national"
        for here in self._catalogue.containing(location.place, day):
            launched = here.effective_from is None or here.effective_from <= day
            for regime in here.regimes:
                if launched and not (location.outside_zone and regime == "ftz"):
                    return regime
        return "national"

    def lies(self, location: Location | None, areas: frozenset[str], day: date) -> str:
        """How a location lies to some areas: `inside`, `around` (it contains one), `elsewhere` or `unsaid`."""
        if location is None or location.place.id == MAINLAND:
            return "unsaid"
        around = {place.id for place in self._catalogue.containing(location.place, day)}
        if location.outside_zone:
            around = {id_ for id_ in around if self._places[id_].kind not in ZONES}
        if not areas.isdisjoint(around):
            return "inside"
        contains = any(location.place in self._catalogue.containing(self._places[area]) for area in areas)
        return "around" if contains and not location.outside_zone else "elsewhere"
