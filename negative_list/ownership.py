"""Who holds it all, or is the one investor from abroad: "wholly Swiss-owned", "all Macau money", "one German group"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from negative_list.lexicon import Scan, Spotted
from negative_list.text import Token, clauses

# So many tokens behind "wholly Singaporean" tell what is: "a wholly Singaporean eye hospital".
_NEAR = 3
# What joins a country or city to the words for one investor of it: 维也纳的一家公司.
_OF = "的"


def wholly_held(scan: Scan, parts: Sequence[Token]) -> Iterator[Spotted]:
    """The words that say that those of one country or people hold it all."""
    names = scan.of("origins")
    if not names:
        return
    within = clauses(list(parts))
    behind = {name.first: name.after for name in names}
    for match in scan.of("wholly"):
        if (after := behind.get(match.after)) is not None:
            stop = within[match.first].stop
            alone = within[match.first] == range(match.first, after)
            held = scan.within("holding", after, stop)
            if held or alone or scan.within("held_firms", after, min(stop, after + _NEAR)):
                yield match
    for match in scan.of("all_of"):
        if (after := behind.get(match.after)) is not None and any(
            money.first == after for money in scan.of("money")
        ):
            yield match
    for match in scan.of("holders_are"):
        rest = match.first, within[match.first].stop
        if match.after in behind and not scan.within("chinese", *rest) and not scan.within("joints", *rest):
            yield match


def takes_all_over(scan: Scan, parts: Sequence[Token]) -> bool:
    """Whether all shares of a company are bought: 买下一家企业的全部股权."""
    found = scan.of("all_shares")
    within = clauses(list(parts)) if found else []
    return any(scan.within("taking_over", within[match.first].start, match.first) for match in found)


def names_one(scan: Scan, parts: Sequence[Token], cities: Sequence[Spotted]) -> bool:
    """Whether one investor of a country or city, or from abroad, is named, and no other: "one German group"."""
    named = {(name.first, name.after) for name in (*scan.of("origins"), *cities)}
    abroad = {(word.first, word.after) for word in scan.of("from_abroad")}
    ones = [one for one in scan.of("one_of") if _is_beside(one, named | abroad, parts)]
    return len(ones) > 0 and len(named) <= 1 and (len(ones) == 1 or bool(named))


def _is_beside(one: Spotted, names: set[tuple[int, int]], parts: Sequence[Token]) -> bool:
    """Whether the words for one stand before a name, or in Chinese behind it."""
    before = one.first - 1 if one.first and parts[one.first - 1].form == _OF else one.first
    return any(first == one.after or (after == before and parts[one.first].is_han) for first, after in names)
