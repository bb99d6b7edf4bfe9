"""Who comes from where: places abroad that an investor is named after, not those that something goes to or is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from negative_list.lexicon import Scan, Spotted
from negative_list.text import Token

# So many tokens before a place tell that somebody is seated there.
_SEAT = 2
# Chinese names up to this length occur within other words; as many characters behind them tell whether they do.
_SHORT, _BEHIND = 2, 3
# So many English words behind a city tell who is named after it: "a Bristol wheel maker".
_NAMED = 3


class Homes:
    """Tells the homes of investors with the phrases of the data set; their words are compared as they are folded."""

    def __init__(self, phrases: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        self._going_to, self._seated, self._coming_from, comers = (
            frozenset(word for words in phrases[key].values() for word in words)
            for key in ("going_to", "seated", "coming_from", "comers")
        )
        self._comers, self._comers_han = comers, tuple(sorted(word for word in comers if not word.isascii()))

    def cities(self, scan: Scan, parts: Sequence[Token]) -> tuple[Spotted, ...]:
        """The cities abroad that somebody is said to come from, none within the name of a Chinese place or country."""
        found, shared = scan.of("cities_abroad"), scan.of("shared_cities")
        named = scan.covered("places") | scan.covered("origins") if found or shared else frozenset()
        cities = [city for city in found if self._stands_alone(parts, city) and self.is_named(parts, city)]
        cities += [city for city in shared if self._is_seat(parts, city)]
        free = [city for city in cities if named.isdisjoint(range(city.first, city.after))]
        return tuple(sorted(free, key=lambda city: city.first))

    def is_named(self, parts: Sequence[Token], place: Spotted) -> bool:
        """Whether somebody is named after a place: Macao's biggest bakery is from there, Macao's neighbour is not."""
        if not parts[place.after - 1].form.endswith("'s"):
            return True
        return place.after == len(parts) or parts[place.after].is_break or self._comes(parts, place)

    def is_home(self, parts: Sequence[Token], place: Spotted) -> bool:
        """Whether a place abroad is not named for where something goes or is, unless somebody is seated there."""
        before = [part.form for part in parts[max(0, place.first - _SEAT - 1) : place.first]]
        return not before or before[-1] not in self._going_to or any(form in self._seated for form in before[:-1])

    def _stands_alone(self, parts: Sequence[Token], city: Spotted) -> bool:
        short = parts[city.first].is_han and city.after - city.first <= _SHORT
        if not short or city.first == 0 or parts[city.first - 1].is_break:
            return self.is_home(parts, city)
        return self._is_left(parts, city) or (self.is_home(parts, city) and self._comes(parts, city))

    def _is_seat(self, parts: Sequence[Token], city: Spotted) -> bool:
        """Whether somebody is said to be from a city or seated there, or is named after it."""
        before = parts[city.first - 1].form if city.first else ""
        if self._is_left(parts, city) or (before in self._going_to and self.is_home(parts, city)):
            return True
        return before not in self._going_to and self._comes(parts, city)

    def _is_left(self, parts: Sequence[Token], city: Spotted) -> bool:
        """Whether the word before a city says that somebody comes from there, or is seated there."""
        if city.first and parts[city.first - 1].form in self._coming_from:
            return True
        return bool(city.first) and parts[city.first - 1].form in self._going_to and self.is_home(parts, city)

    def _comes(self, parts: Sequence[Token], city: Spotted) -> bool:
        """Whether what stands behind a city tells who comes from there."""
        if not parts[city.first].is_han:
            behind = parts[city.after : city.after + _NAMED]
            return any(part.form in self._comers for part in behind[: _until_break(behind)])
        return "".join(part.form for part in parts[city.after : city.after + _BEHIND]).startswith(self._comers_han)


def _until_break(parts: Sequence[Token]) -> int:
    return next((index for index, part in enumerate(parts) if part.is_break), len(parts))
