"""Whether an investment is made abroad: which places are named, and whose company goes where."""

from __future__ import annotations

from collections.abc import Set
from enum import Enum

from negative_list.context import REACH
from negative_list.lexicon import Scan, Spotted
from negative_list.origins import origins
from negative_list.proposal import Reading

# How many tokens a town with its comma may take between "in" and its country, and how many may stand between a buyer's
# verb and the country of what it buys.
TOWN = 3
OBJECT = 6
_OURSELVES = frozenset({"us", "me", "ourselves", "myself"})


class Abroad(Enum):
    """Whether an investment is made outside mainland China: by all that is told not, perhaps so, or said so."""

    NOT = "not"
    PERHAPS = "perhaps"
    SAID = "said"


def abroad(reading: Reading) -> Abroad:
    """Whether the investment is made outside mainland China.

    It is said so where a Chinese investor buys or sets up something that is named with another country, and where all
    that is said is that a business is set up in one. Where he, or the business of somebody unnamed, is only placed in
    another country and none of it in China, it is perhaps so: that may be where somebody lives, or learnt the trade.
    """
    scan = reading.scan
    named = sorted((*scan.of("origins"), *scan.of("places_abroad")), key=lambda match: match.first)
    placed = {
        match.after
        for match in scan.of("located_before")
        if not (_is_sent(reading, match) or _follows_us(reading, match))
    } - {match.after for match in scan.of("based_before")}
    located = [match for match in named if _is_place(match) and _stands_in(reading, match, placed)]
    at_home = _companies_in_places(scan)
    buying = [match for match in scan.of("acquiring") if any(match.first >= place.after for place in at_home)]
    if any(0 <= match.first - verb.after <= OBJECT for match in located for verb in buying):
        return Abroad.SAID
    investors = [*scan.of("chinese_investor"), *_companies_of_places(scan)]
    if investors:
        first = min(match.after for match in investors)
        after = [match for match in scan.of("acquiring") if match.first >= first]
        if any(0 <= match.first - verb.after <= OBJECT for match in named for verb in after):
            return Abroad.SAID
        if any(match.first >= first for match in located):
            return _plainly(reading)
    beside = {joint.after for joint in scan.of("joints") if any(match.after == joint.first for match in located)}
    at_home = [
        match for match in scan.of("places") if match.first in placed | beside or _is_aside(reading, match)
    ]
    return Abroad.NOT if not located or at_home or scan.of("mainland") else _plainly(reading)


def _plainly(reading: Reading) -> Abroad:
    """Whether a place abroad is where a business is set up: said so in a text of one clause with a word for that."""
    scan = reading.scan
    sets_up = scan.of("acquiring") or scan.of("setting_up")
    return Abroad.SAID if sets_up and len(set(reading.clauses)) == 1 else Abroad.PERHAPS


def _is_sent(reading: Reading, preposition: Spotted) -> bool:
    """Whether "to" a place tells where something goes: after a verb of sending or after where it comes from.

    Where something is set up behind it, it is set up there.
    """
    scan, clause = reading.scan, reading.clauses[preposition.first]
    if scan.within("acquiring", preposition.after, clause.stop):
        return False
    route = any(place.after == preposition.first for place in (*scan.of("places"), *scan.of("places_abroad")))
    return route or bool(scan.within("sending", clause.start, preposition.first))


def _follows_us(reading: Reading, preposition: Spotted) -> bool:
    """Whether a preposition tells where the investor sits: "half owned by us in Prague"."""
    before = reading.parts[preposition.first - 1].form if preposition.first else ""
    return before in _OURSELVES


def _stands_in(reading: Reading, place: Spotted, placed: Set[int]) -> bool:
    """Whether a place follows "in", or a town that nobody knows does so: "in Hawassa, Ethiopia"."""
    parts = reading.parts
    town = range(place.first - TOWN, place.first - 1)
    return place.first in placed or (
        place.first > TOWN and parts[place.first - 1].form == "," and not placed.isdisjoint(town)
    )


def _is_aside(reading: Reading, place: Spotted) -> bool:
    """Whether a place stands between commas or at the end, as in a note: "call centre, Dalian, 300 seats"."""
    parts = reading.parts
    after = place.after == len(parts) or parts[place.after].is_break
    return after and place.first > 0 and parts[place.first - 1].is_break


def _companies_of_places(scan: Scan) -> list[Spotted]:
    """Companies named after China or a place in it: "a Chinese esports club", 江苏的光伏企业."""
    return [
        place
        for place in (*scan.of("places"), *scan.of("chinese"))
        for company in scan.of("company")
        if 0 <= company.first - place.after <= REACH + 2 and not scan.within("acquiring", place.after, company.first)
    ]


def _companies_in_places(scan: Scan) -> list[Spotted]:
    """Companies said to stand in a place of China: "our factory in Shenzhen"."""
    return [
        place
        for company in (*scan.of("company"), *scan.of("making"))
        for place in scan.of("places")
        if place.first - company.after == 1
    ]


def _is_place(match: Spotted) -> bool:
    """Whether a country or a city is named itself, not its people: "in Germany", not "in German hands"."""
    if match.value not in origins():
        return True
    label = origins()[match.value].label
    return match.label in (label.en, label.zh)
