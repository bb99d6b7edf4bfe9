"""Two parts of a whole told in one breath: 60:40, 49/51, 三七开, fifty-fifty, half each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from negative_list.amounts import Stated
from negative_list.model import ShareRange
from negative_list.numerals import DIGITS, exactly
from negative_list.sides import CHINESE, FOREIGN, NEAR, OTHER, Sides, side_of

# So many splits are looked at.
_MOST_SPLITS = 8

_SPLIT = re.compile(
    r"(?=[\d一二三四五六七八九中外我他对咱是为按])(?:"
    r"(?<![\d.:/\-])(?P<first>\d{1,3}(?:\.\d+)?)%?\s*(?P<sign>[/:\-比])\s*(?P<second>\d{1,3}(?:\.\d+)?)%?(?![\d%]"
    r"|[.:/\-]\d)"
    r"|(?P<fore>[一二三四五六七八九][一二三四五六七八九])[比对](?P<aft>[一二三四五六七八九][一二三四五六七八九])"
    r"|(?P<one>[一二三四五六七八九])(?P<other>[一二三四五六七八九])(?:开|分)(?![发店业展设公钟红析布销享成之])"
    r"|(?:(?<=股[份权比])|(?<=比例)|(?<=持股))[是为按]?(?P<each>[一二三四五六七八九])(?P<rest>[一二三四五六七八九])"
    r"(?=\s*(?:$|[,，。;；、]))"
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
_PART_TOLD = re.compile(r"[占持拿出得][一二三四五六七八九](?![\u4e00-\u9fff])")
# Who has the larger part and who the smaller.
_SIZE = re.compile(
    r"(?P<larger>大头|大股|多数|\b(?:larger|bigger|greater|lion's|majority)\b)|小头|小股|少数|\b(?:smaller|lesser"
    r"|minority)\b"
)
_LARGER_IS_OURS = re.compile(r"\bin (?:our|my) favou?r|\bus on top|我们?(?:占|拿)(?:大头|多数)|大头[是归]我")
_IN_FAVOUR_OF = re.compile(r"\s*in favou?r of (?:the |an? )?")
_TOWARDS_US = re.compile(r"\s*(?:to|for) (?:us|the foreign)\b")
_WITH_PARTNER = re.compile(
    r"(?:[与和跟同][^,.;，。；]{1,12}[按以]"
    r"|\bwith (?:an? |the |our )?(?:chinese|local|domestic|state-owned)[^,.;]{0,30}?)\s*$"
)
_EQUALS = re.compile(
    r"\b(?:with|side|party|investors?|partners?|jv|joint|parties|sides|we|our|us|owned|equity|shareholders|between"
    r"|jointly|set up"
    r"|foreign|chinese)\b"
    r"|[和跟与同我外]|双方|股|合[资作]|[\u4e00-\u9fff]方"
)
# Two who have something half each, and whom else they may share it with.
_PAIR = re.compile(
    r"(?P<two>\b[a-z]+ (?:couple|brothers|sisters|twins|spouses)\b|[\u4e00-\u9fff]{2,4}的?一?[对两]?(?:夫妇|夫妻"
    r"|兄弟|姐妹|父子|母女)"
    r"|\b(?:two|both) [a-z]+ (?:firms|companies|funds|groups|families|friends|investors|parents|houses|people)\b"
    r"|两[家个位名][^,.;，。；]{2,6}(?:公司|企业|基金|集团|投资人|人|股东|厂))[^.;。；]*$"
)

_OTHERS = re.compile(
    r"(?<!no )(?<!without )(?<!no chinese )(?<!no local )(?<!无)(?<!没有)(?<!没)(?:\b(?:with|partner|one of|local"
    r"|chinese (?:firm|side|party|company"
    r"|friend|investor|holder))\b|[和与跟同]|中方|其中|一[家个位名])"
)
_NOT_EQUALS = re.compile(r"chance|odds|线上[和与跟、]?线下|男女|三方|latte")


def equal_in(folded: str, places: Iterable[tuple[int, int]], sides: Sides) -> Iterator[Stated]:
    """Equal parts of two, where the words around are of partners; the whole where both are of the foreign side."""
    for start, end in places:
        around = folded[max(0, start - 40) : end + 40]
        if (pair := _PAIR.search(folded, max(0, start - NEAR), start)) is not None:
            whose = {mark.side for mark in sides.marks if pair.start() <= mark.start <= pair.end("two")} - {OTHER}
            if whose == {FOREIGN} and not _OTHERS.search(folded, pair.end("two"), len(folded)):
                yield Stated(exactly(100.0), start, end, FOREIGN)
                continue
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
        if match["fore"]:
            first, second = _tens(match["fore"]), _tens(match["aft"])
        elif match["one"]:
            first, second = 10.0 * DIGITS[match["one"]], 10.0 * DIGITS[match["other"]]
        elif match["each"]:
            first, second = 10.0 * DIGITS[match["each"]], 10.0 * DIGITS[match["rest"]]
        else:
            first, second = float(match["first"]), float(match["second"])
        if first + second == 10:
            first, second = 10 * first, 10 * second
        if first + second != 100 or not _is_split(folded, match):
            continue
        low, high = sorted((first, second))
        share = _part_of_split(folded, match, first, second, sides)
        if share is not None:
            yield Stated(exactly(share[0]), start, end, share[1])
        else:
            yield Stated(ShareRange(low, high), start, end)


def _is_split(folded: str, match: re.Match[str]) -> bool:
    """Whether the words around two numbers are of partners."""
    before, after = folded[max(0, match.start() - 40) : match.start()], folded[match.end() : match.end() + 30]
    if _NOT_A_SPLIT.search(before) or _NOT_A_SPLIT.match(after.strip()):
        return False
    if match["each"]:
        return True
    if match["one"]:
        # "三七开办" is a split only where somebody's part is told.
        return not folded.startswith("办", match.end()) or _PART_TOLD.search(folded, match.end()) is not None
    if match["sign"] == "-":
        return bool(_DASHED.search(before[-16:]) or _DASHED.search(after))
    return bool(_SPLIT_BEFORE.search(before) or _SPLIT_AFTER.search(after))


def _part_of_split(
    folded: str, match: re.Match[str], first: float, second: float, sides: Sides
) -> tuple[float, str] | None:
    """The foreign part of a split and whose part the words name, or None where they do not say."""
    start, end = match.span()
    if (pair := sides.pair_before(start)) is not None:
        return (first, FOREIGN) if pair[0].side == FOREIGN else (second, FOREIGN)
    if _LARGER_IS_OURS.search(folded, end, end + 40):
        return max(first, second), FOREIGN
    if favour := _IN_FAVOUR_OF.match(folded, end):
        mark = sides.first(favour.end(), favour.end() + 24)
        return None if mark is None else ((max if mark.side == FOREIGN else min)(first, second), FOREIGN)
    if _TOWARDS_US.match(folded, end):
        return first, FOREIGN
    for named in re.finditer(r"\d{1,3}|[一二三四五六七八九]{1,2}", folded[end : end + 40]):
        value = float(named[0]) if named[0].isascii() else _tens(named[0])
        # "Split 6:4 and we are the 4".
        value = 10 * value if named[0] in match[0] and value < 10 else value
        if value in (first, second) and first != second:
            at, after = end + named.start(), end + named.end()
            mark = sides.last(end, at) or sides.first(after, after + 24)
            if mark is not None:
                return (value if mark.side == FOREIGN else 100 - value), FOREIGN
    if size := _SIZE.search(folded, end, end + 40):
        mark = sides.last(end, size.start()) or sides.first(size.end(), size.end() + 20)
        if mark is not None and mark.side != OTHER:
            return (max if (mark.side == FOREIGN) == bool(size["larger"]) else min)(first, second), FOREIGN
    # "With a Chinese partner at 49:51": whoever speaks of the partner names its own part first.
    side = FOREIGN if _WITH_PARTNER.search(folded[max(0, start - NEAR) : start]) else side_of(folded, start, end)
    return None if side is None else (second if side == CHINESE else first, side)


def _tens(digits: str) -> float:
    """What one digit for tenths, or two, come to: 六 is 60, 四五 is 45."""
    return 10.0 * DIGITS[digits[0]] + (DIGITS[digits[1]] if len(digits) > 1 else 0)
