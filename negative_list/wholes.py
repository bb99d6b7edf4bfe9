"""Amounts that make up the whole: each is given to the holder named beside it, and what is foreign is added up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from negative_list.amounts import Amount, Stated
from negative_list.bounds import is_range
from negative_list.holders import has_each
from negative_list.model import ShareRange
from negative_list.numerals import exactly
from negative_list.sides import (
    CHINESE,
    FOREIGN,
    NEAR,
    OTHER,
    Mark,
    Sides,
    cell_end,
    cell_start,
    own_clause,
    own_sentence,
)
from negative_list.transfers import may_come_later

# So many amounts are looked at, for so many holders, so far apart at most.
_MOST = 12
_HOLDERS = 5
_APART = 100
# By so much the thirds of a whole may miss it.
_ROUNDING = 0.05

_RANGE = re.compile(r"\s*(?:-|–|~|至|到|to|and|or|或|或者)\s*")
_SEVERAL = re.compile(r"分别|[两二三四五][家个位名方]|\b(?:respectively|two|three|four|both)\b")
# What follows a country where its people are meant as a side: 韩方, 新加坡人.
_SIDE = re.compile(r"[方人]")
# Beside nobody Chinese all holders are foreign.
_NO_CHINESE = re.compile(
    r"(?:没有|无|不找|不要|不带|不设|唔要)[^,.;，。；]{0,4}(?:中方|中国|中资|内资|本地|当地|国内|陆方|陆资|大陆)"
    r"|\b(?:no|without(?: an?y?)?) (?:chinese|local|mainland|domestic) (?:[a-z]+ )?(?:holder|shareholder|partner"
    r"|party|side|investor|owner|money|capital|equity|stake|share)"
    r"|\b(?:nobody|no ?one|none) (?:from china|chinese|local)\b"
)
# Those who are told of together are all of one country: 我和我哥都是新西兰人.
_ALL_OF_THEM = re.compile(
    r"(?:(?:我[和跟与同][^,.;，。；]{1,8}?|我们(?:[俩两三几]个?人?)?|[俩两二三]人|大家)(?:都|均|全)是"
    r"|\b(?:both of us|all of us|we both|we all"
    r"|the (?:two|three) of us|[a-z]+ and i)(?: are)?(?: both| all)?(?: from)?(?: the)?) ?"
)
_HELD = re.compile(
    r"\b(?:takes?|gets?|has|have|had|holds?|owns?|keeps?|puts?|buys?|wants?|stake|share|with|ours is"
    r"|is)(?: in| of| is|:)?\s*$|[占持拿出得股]为?$",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Whole:
    """Amounts that add up to 100, and the share of the foreign ones among them."""

    parts: tuple[Amount, ...]
    sides: tuple[str, ...]
    share: ShareRange


def wholes_in(folded: str, amounts: Sequence[Amount], helpers: Sequence[Amount], sides: Sides) -> Iterator[Whole]:
    """Wholes from left to right: first of amounts that are shares by themselves, then with bare numbers as well."""
    ranged = {
        end
        for one, other in pairwise(amounts)
        if _RANGE.fullmatch(folded[one.end : other.start]) and not sides.pair_before(one.start)
        for end in (one.end, other.end)
    }
    exact = [amount for amount in amounts if amount.share.is_exact and amount.end not in ranged]
    rests = [
        helper
        for helper in helpers
        if helper.rest
        and not may_come_later(folded, helper.start)
        and not any(0 <= amount.start - helper.end <= 6 for amount in amounts)
    ]
    found = list(_runs(folded, sorted([*exact, *rests], key=lambda amount: amount.start), sides))
    yield from found
    if not found:
        mixed = [*exact, *rests, *(helper for helper in helpers if helper.bare)]
        yield from _runs(folded, sorted(mixed, key=lambda amount: amount.start), sides)


def rests_of_ranges(
    folded: str, amounts: Sequence[Amount], helpers: Sequence[Amount], sides: Sides
) -> Iterator[Stated]:
    """What is left to the foreign side of a range that others have: "they want 35 to 45 percent, we take the rest"."""
    for rest in helpers:
        before = [amount for amount in amounts if amount.end <= rest.start <= amount.end + _APART] if rest.rest else []
        if not before or may_come_later(folded, rest.start):
            continue
        share, start = before[-1].share, before[-1].start
        if len(before) > 1 and _RANGE.fullmatch(folded, before[-2].end, start):
            low, start = before[-2].share.low, before[-2].start
            # "10% and 15% go to two managers": what both have.
            both = not is_range(folded, before[-2].start, before[-2].end, before[-1].start)
            share = exactly(min(100, low + share.high)) if both else ShareRange(low, share.high)
        elif share.is_exact:
            continue
        theirs = sides.towards(before[-1].end) or sides.governing(start) or sides.last(own_clause(folded, start), start)
        ours = sides.towards(rest.end, rest=True) or sides.last(own_clause(folded, rest.start), rest.start)
        if theirs is None or theirs.side == FOREIGN or ours is None or ours.side != FOREIGN:
            continue
        yield Stated(share.turned(), start, before[-1].end, FOREIGN)


def _runs(folded: str, amounts: Sequence[Amount], sides: Sides) -> Iterator[Whole]:
    first, amounts = 0, amounts[:_MOST]
    while first < len(amounts):
        whole = _from(folded, amounts[first : first + _HOLDERS], sides)
        if whole is not None:
            yield whole
        first += 1 if whole is None else len(whole.parts)


def _from(folded: str, amounts: Sequence[Amount], sides: Sides) -> Whole | None:
    """The whole that begins with the first of some amounts."""
    total = 0.0
    parts: list[Amount] = []
    for amount in amounts:
        if parts:
            between = folded[parts[-1].end : amount.start]
            if len(between) > _APART or (amount.bare and _RANGE.fullmatch(between)):
                return None
        if amount.rest:
            if not parts or total >= 100 or not all(_is_held(folded, part, sides) for part in parts):
                return None
            if any(not part.together and has_each(folded, part) for part in parts):
                return None
            amount = replace(amount, share=exactly(100 - total))
        parts.append(amount)
        total += amount.share.low
        if abs(total - 100) <= _ROUNDING and len(parts) > 1:
            holders = _with_kin(folded, _holders(folded, parts, sides), sides)
            share = _foreign_of(folded, parts, holders)
            if share is None:
                return None
            whose = (FOREIGN if holder and holder.side == FOREIGN else CHINESE for holder in holders)
            return Whole(tuple(parts), tuple(whose), share)
        if total > 100:
            return None
    return None


def _is_held(folded: str, part: Amount, sides: Sides) -> bool:
    """Whether a number is said to be held, where it needs words to be a share."""
    return (
        not part.bare
        or part.together
        or _HELD.search(folded, max(0, part.start - 24), part.start) is not None
        or (sides.towards(part.end) or sides.beside(part.end) or sides.governing(part.start)) is not None
    )


def _holders(folded: str, parts: Sequence[Amount], sides: Sides) -> list[Mark | None]:
    """Who is named beside each part: all of them before it, or all after it."""
    if (
        len(parts) == 2
        and (pair := sides.pair_before(parts[0].start))
        and not sides.first(parts[0].end, parts[1].start)
    ):
        return list(pair)
    starts = [own_clause(folded, parts[0].start)]
    starts += [cell_start(folded, one.end, other.start) for one, other in pairwise(parts)]
    ends = [cell_end(folded, one.end, other.start) for one, other in pairwise(parts)]
    ends.append(cell_end(folded, parts[-1].end, min(len(folded), parts[-1].end + NEAR)))
    before = [sides.last(start, part.start) for start, part in zip(starts, parts, strict=True)]
    after = [_within(sides.beside(part.end), end) for end, part in zip(ends, parts, strict=True)]
    towards = [sides.towards(part.end, rest=part.rest) for part in parts]
    if before[0] is None and (after[-1] or towards[-1]) is not None:
        chosen = [way or behind or ahead for way, behind, ahead in zip(towards, after, before, strict=True)]
    else:
        before[0] = before[0] or after[0] or sides.last(own_sentence(folded, parts[0].start), parts[0].start)
        chosen = [way or ahead or behind for way, ahead, behind in zip(towards, before, after, strict=True)]
    # One word names one holder, the first that it can, unless it is said to be of several.
    return [
        None
        if index
        and holder is not None
        and holder == chosen[index - 1]
        and not _SEVERAL.search(folded, holder.start, max(holder.end, parts[0].start, parts[index - 1].start))
        else holder
        for index, holder in enumerate(chosen)
    ]


def _within(mark: Mark | None, end: int) -> Mark | None:
    return mark if mark is not None and mark.end <= end else None


def _with_kin(folded: str, holders: Sequence[Mark | None], sides: Sides) -> list[Mark | None]:
    """The holders, "he" and "she" being foreign where "we" are said to be all of one country abroad."""
    if any(holder is not None and holder.kind == "other" for holder in holders):
        for told in _ALL_OF_THEM.finditer(folded):
            mark = sides.first(told.end(), told.end() + NEAR)
            if mark is not None and mark.start == told.end() and mark.kind == "named":
                return [
                    one._replace(side=FOREIGN) if one is not None and one.kind == "other" else one for one in holders
                ]
    return list(holders)


def _foreign_of(folded: str, parts: Sequence[Amount], holders: Sequence[Mark | None]) -> ShareRange | None:
    """What the foreign holders have together; None where the holders do not tell it."""
    named = [holder for holder in holders if holder is not None]
    # Bare numbers are shares only where everybody is named, or one of two.
    unnamed = len(parts) - len(named)
    if any(part.bare for part in parts) and not any(part.rest for part in parts) and unnamed > (len(parts) == 2):
        return None
    kinds = {holder.kind for holder in named if holder.side == FOREIGN}
    # Beside "the Korean side" or "the foreigners" "we" are the other side.
    spoken_of = "generic" in kinds or any(_SIDE.search(folded, holder.start, holder.end + 1) for holder in named)
    contrasted = all(holder.side == FOREIGN for holder in named) and "pronoun" in kinds and spoken_of
    side = [
        None if holder is None else CHINESE if contrasted and holder.kind == "pronoun" else holder.side
        for holder in holders
    ]
    sums = {
        key: sum(part.share.low for part, whose in zip(parts, side, strict=True) if whose == key)
        for key in (FOREIGN, CHINESE, OTHER, None)
    }
    foreign = round(sums[FOREIGN], 2)
    if FOREIGN in side:
        if set(side) == {FOREIGN}:
            words = {holder.start for holder in named}
            if (kinds == {"named"} and len(words) == len(parts)) or _NO_CHINESE.search(folded):
                return exactly(100.0)
            # Of two that both seem foreign, one may be the other side.
            return ShareRange(min(part.share.low for part in parts), 100)
        if None in side and len(parts) > 2:
            return ShareRange(foreign, round(100 - sums[CHINESE] - sums[OTHER], 2))
        return exactly(foreign)
    if CHINESE in side and set(side) != {CHINESE}:
        return exactly(round(100 - sums[CHINESE], 2))
    return None
