"""Who comes from where: places abroad that an investor is named after, not those that something goes to or is in."""

from __future__ import annotations

from collections.abc import Sequence

from negative_list.lexicon import Scan, Spotted
from negative_list.text import Token

# So many tokens before a place, the one right before it among them, tell that somebody is seated there.
_SEAT = 2
# Chinese names up to this length occur within other words.
_SHORT = 2


def home_cities(scan: Scan, parts: Sequence[Token]) -> tuple[Spotted, ...]:
    """The cities abroad that somebody is said to come from, none within the name of a Chinese place or of a country."""
    named = scan.covered("places") | scan.covered("origins")
    return tuple(
        match
        for match in scan.of("cities_abroad")
        if named.isdisjoint(range(match.first, match.after)) and _stands_alone(scan, parts, match)
    )


def is_home(scan: Scan, place: Spotted) -> bool:
    """Whether a place abroad is not named for where something goes or is, unless somebody is seated there."""
    seat = range(place.first - _SEAT, place.first)
    return all(match.after != place.first for match in scan.of("going_to")) or any(
        match.first in seat for match in scan.of("seated")
    )


def _stands_alone(scan: Scan, parts: Sequence[Token], city: Spotted) -> bool:
    short = parts[city.first].is_han and city.after - city.first <= _SHORT
    if not short or city.first == 0 or parts[city.first - 1].is_break:
        return is_home(scan, city)
    if any(match.after == city.first for match in scan.of("coming_from")):
        return True
    return is_home(scan, city) and any(match.first == city.after for match in scan.of("comers"))
