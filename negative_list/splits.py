"""Two parts of a whole told in one breath: 60:40, 49/51, 三七开, fifty-fifty, half each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from negative_list.amounts import DIGITS, Stated, exactly
from negative_list.model import ShareRange
from negative_list.sides import CHINESE, FOREIGN, NEAR, Sides, side_of

# So many splits are looked at.
_MOST_SPLITS = 8

_SPLIT = re.compile(
    r"(?=[\d一二三四五六七八九中外我他对咱])(?:"
    r"(?<![\d.:/\-])(?P<first>\d{1,3}(?:\.\d+)?)%?\s*(?P<sign>[/:\-比])\s*(?P<second>\d{1,3}(?:\.\d+)?)%?(?![\d%]|[.:/\-]\d)"
    r"|(?P<one>[一二三四五六七八九])(?P<other>[一二三四五六七八九])(?:开|分)(?![发店业展设办公钟红析布销享成之])"
    r"|(?<![\u4e00-\u9fff])(?P<a>中|外|我们?|他们?|对方|咱们?)[占出拿方持]?(?P<x>[一二三四五六七八九])[,，、]?"
    r"(?P<b>中|外|我们?|他们?|对方|咱们?)[占出拿方持]?(?P<y>[一二三四五六七八九])(?![\u4e00-\u9fff]))"
)
_SPLIT_BEFORE = re.compile(
    r"\b(?:jv|joint venture|partner(?:s|ed)?|part(?:y|ies)|split|equity|shares?|stakes?|owne[dr]|ownership"
    r"|foreign|chinese|us|ours)\b"
    r"|合[资作营]|股|比例|双方|[中外]方|一起"
)
_SPLIT_AFTER = re.compile(
    r"\b(?:jv|joint (?:venture|stock|company)|split|equity|ownership|owned|partner(?:s|ship)?|shareholding"
    r"|in (?:our|my) favou?r|in favou?r of|with us on top)\b"
    r"|^\s*(?:with|for us|to us|between)\b|合[资作营]|股|比例"
)
_DASHED = re.compile(r"\b(?:jv|joint venture|split|favou?r|equity|ownership|us on top)\b|合资|股")
_NOT_A_SPLIT = re.compile(
    r"odds|chance|gender|male|debt|loan|ages?\b|aged|revenue|profit|男女|师生|收入|利润|分成|年龄"
)
_LARGER_IS_OURS = re.compile(r"\bin (?:our|my) favou?r|\bus on top|我们?(?:占|拿)(?:大头|多数)|大头[是归]我")
_IN_FAVOUR_OF = re.compile(r"\s*in favou?r of (?:the |an? )?")
_TOWARDS_US = re.compile(r"\s*(?:to|for) (?:us|the foreign)\b")
_WITH_PARTNER = re.compile(
    r"(?:[与和跟同][^,.;，。；]{1,12}[按以]"
    r"|\bwith (?:an? |the |our )?(?:chinese|local|domestic|state-owned)[^,.;]{0,30}?)\s*$"
)
_EQUALS = re.compile(
    r"\b(?:with|partners?|jv|joint|parties|sides|we|our|us|owned|equity|shareholders|between|jointly|set up"
    r"|foreign|chinese)\b"
    r"|[和跟与同我外]|双方|股|合[资作]|[\u4e00-\u9fff]方"
)
_NOT_EQUALS = re.compile(r"chance|odds|线上[和与跟、]?线下|男女|三方|latte")

def equal_in(folded: str, places: Iterable[tuple[int, int]]) -> Iterator[Stated]:
    """Equal parts of two, where the words around are of partners."""
    for start, end in places:
        around = folded[max(0, start - 40) : end + 30]
        if _EQUALS.search(around) and not _NOT_EQUALS.search(around):
            yield Stated(exactly(50.0), start, end)


def splits_in(folded: str, sides: Sides) -> Iterator[Stated]:
    """Two parts that make up the whole, written as one: 60:40, 49/51, 三七开, 外六中四."""
    for match in islice(_SPLIT.finditer(folded), _MOST_SPLITS):
        start, end = match.span()
        if match["a"]:
            first, second = 10.0 * DIGITS[match["x"]], 10.0 * DIGITS[match["y"]]
            ours = [match[key][0] in "外我咱" for key in ("a", "b")]
            if first + second == 100 and ours[0] != ours[1]:
                yield Stated(exactly(first if ours[0] else second), start, end, FOREIGN)
            continue
        if match["one"]:
            first, second = 10.0 * DIGITS[match["one"]], 10.0 * DIGITS[match["other"]]
        else:
            first, second = float(match["first"]), float(match["second"])
        if first + second == 10:
            first, second = 10 * first, 10 * second
        if first + second != 100 or not _is_split(folded, match):
            continue
        low, high = sorted((first, second))
        share = _part_of_split(folded, start, end, first, second, sides)
        if share is not None:
            yield Stated(exactly(share[0]), start, end, share[1])
        else:
            yield Stated(ShareRange(low, high), start, end)


def _is_split(folded: str, match: re.Match[str]) -> bool:
    """Whether the words around two numbers are of partners."""
    before, after = folded[max(0, match.start() - 40) : match.start()], folded[match.end() : match.end() + 30]
    if _NOT_A_SPLIT.search(before) or _NOT_A_SPLIT.match(after.strip()):
        return False
    if match["one"]:
        return True
    if match["sign"] == "-":
        return bool(_DASHED.search(before[-16:]) or _DASHED.search(after))
    return bool(_SPLIT_BEFORE.search(before) or _SPLIT_AFTER.search(after))


def _part_of_split(
    folded: str, start: int, end: int, first: float, second: float, sides: Sides
) -> tuple[float, str] | None:
    """The foreign part of a split and whose part the words name, or None where they do not say."""
    if (pair := sides.pair_before(start)) is not None:
        return (first, FOREIGN) if pair[0].side == FOREIGN else (second, FOREIGN)
    if _LARGER_IS_OURS.search(folded, end, end + 40):
        return max(first, second), FOREIGN
    if favour := _IN_FAVOUR_OF.match(folded, end):
        mark = sides.first(favour.end(), favour.end() + 24)
        return None if mark is None else ((max if mark.side == FOREIGN else min)(first, second), FOREIGN)
    if _TOWARDS_US.match(folded, end):
        return first, FOREIGN
    for named in re.finditer(r"\d{1,3}|[一二三四五六七八九]", folded[end : end + 40]):
        value = float(named[0]) if named[0].isascii() else 10.0 * DIGITS[named[0]]
        if value in (first, second) and first != second:
            at, after = end + named.start(), end + named.end()
            mark = sides.last(end, at) or sides.first(after, after + 24)
            if mark is not None:
                return (value if mark.side == FOREIGN else 100 - value), FOREIGN
    # "With a Chinese partner at 49:51": whoever speaks of the partner names its own part first.
    side = FOREIGN if _WITH_PARTNER.search(folded[max(0, start - NEAR) : start]) else side_of(folded, start, end)
    return None if side is None else (second if side == CHINESE else first, side)
