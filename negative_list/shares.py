"""Foreign shares stated in words: percentages, fractions, splits, bounds and ranges, in English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from negative_list.model import ShareRange

_DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TENS = ("ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_PARTS = {"half": 2, "halve": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "tenth": 10}
_COUNTS = {"a": 1, "an": 1} | {word: number for number, word in enumerate(_UNITS, 1)}

# So many characters around an amount tell whose it is and what of; so many amounts are looked at.
_NEAR = 80
MOST = 50

_SIGN = r"\s*(?:%|percent|per cent|pct|个百分点)"
_WORDS = rf"(?:one hundred|(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_UNITS)}))?)"
# One amount: 60%, sixty percent, 百分之六十, 六成五, 五分之三, two thirds.
_AMOUNT = re.compile(
    rf"(?<![\d.])(?P<number>\d{{1,3}}(?:\.\d+)?){_SIGN}"
    rf"|\b(?P<words>{_WORDS}){_SIGN}"
    r"|(?<=hold )(?P<held>\d{2})(?=\s*(?:$|[,.;?!]))|(?<=holds )(?P<holds>\d{2})(?=\s*(?:$|[,.;?!]))"
    r"|(?<=we are the )(?P<ours>\d{2})(?=\s*(?:$|[,.;?!]))"
    r"|(?<=[占持股])(?P<zhan>\d{2})(?=\s*(?:$|[,.;?!，。；、？！]))"
    r"|百分之(?P<han>[零一二三四五六七八九十百]+|\d{1,3}(?:\.\d+)?)"
    r"|(?P<tenths>[一二两三四五六七八九十])成(?P<half>[一二三四五六七八九半])?"
    r"|(?<![百千万])(?P<below>[二三四五六七八九十])分之(?P<above>[一二两三四五六七八九])"
    r"|(?P<over>过半数?|超过一半|超一半|\b(?:over|more than) half\b)"
    rf"|\b(?P<count>a|an|{'|'.join(_UNITS)})[- ](?P<part>{'|'.join(_PARTS)})s?\b"
    r"(?![- ]?(?:part|hand|year|month|hour|day))"
    r"|(?P<one>(?<=[占持各])一半|(?<=hold )half|(?<=own )half|(?<=holding )half|(?<=owning )half|\bhalf(?= (?:of )?"
    r"(?:the )?(?:foreign|shares?|equity|stake|company|owned))|五五开|对半(?=持股|出资|股权))"
)
# The lower end of a range whose sign stands only behind its upper end: "30-40%".
_BARE_FIRST = re.compile(
    rf"(?<![\d.])(\d{{1,3}}(?:\.\d+)?)\s*(?:-|–|~|至|到|to|and|or|或)\s*(?=\d{{1,3}}(?:\.\d+)?{_SIGN})"
)
_BETWEEN = re.compile(r"\s*(?:-|–|~|至|到|to|and|or|或|或者|、)\s*")
_SPLIT = re.compile(
    r"(?<![\d.])(\d{1,3}(?:\.\d+)?)%?\s*[/:\-比]\s*(\d{1,3}(?:\.\d+)?)%?(?![\d.])"
    r"(?=.{0,12}(?:jv|joint|split|equity|owner|合资|股|比例))|(?:jv|joint venture|合资|股比|比例)[^,.;，。；]{0,8}?"
    r"(?<![\d.])(\d{1,3}(?:\.\d+)?)%?\s*[/:\-比]\s*(\d{1,3}(?:\.\d+)?)%?(?![\d.%])"
)
_WITH_PARTNER = re.compile(
    r"(?:[与和跟同][^,.;，。；]{1,12}[按以]"
    r"|\bwith (?:an? |the |our )?(?:chinese|local|domestic|state-owned)[^,.;]{0,30}?)\s*$"
)
_AT_MOST = re.compile(
    r"(?:up to|at most|no more than|not more than|not exceed(?:ing)?|maximum(?: of)?"
    r"|不超过|不高于|至多|最多|最高|不多于)\s*$"
)
_BELOW = re.compile(r"(?:less than|under|below|fewer than|低于|少于|不到|小于|不足)\s*$")
_AT_LEAST = re.compile(r"(?:at least|no less than|not less than|minimum(?: of)?|不低于|不少于|至少|最少)\s*$")
_ABOVE = re.compile(r"(?:more than|over|above|exceed(?:s|ing)?|in excess of|(?<!不)超过|(?<!不)高于|大于)\s*$")
_OR_MORE = re.compile(r"^\s*(?:or (?:more|above|higher)|及?以上)")
_OR_LESS = re.compile(r"^\s*(?:or (?:less|below|lower)|及?以[下内])")
_CHINESE_SIDE = re.compile(
    r"(?<![-–])(?:chinese|local|domestic|state-owned|mainland) (?:partner|side|party|parties|shareholder|investor|owner|company"
    r"|firm|breeder|group|university|school|publisher|carrier|operator)s?|our partner|\bstate-owned\b|\blocals\b"
    r"|chinese (?:holds? |owns? |keeps? )?(?=$)"
    r"|中方|内资|中国合作|合作方|本地合作|国有|国内股东|国资|中资|内地方|本土"
)
_CHINESE_AFTER = re.compile(
    r"^\s*(?:chinese(?:[- ](?:share|owned|held))?\b"
    r"|(?:is |are |be )?(?:held|owned|kept) by (?:an? |the |our )?(?:chinese|local|domestic|mainland|state)"
    r"|(?:for |to |by |with )?(?:the |our |a )?(?:chinese|local|domestic|state-owned|mainland)[ -]"
    r"(?:partner|side|party|owned|company|shareholder)|[由归为给]?(?:中方|内资|国资))"
)
_FOREIGN_SIDE = re.compile(r"foreign|\bwe\b|\bour\b|\bus\b|investor|overseas|\bi\b|外|我|境外|[美日德英法韩俄印港台澳新意荷泰马瑞欧加][方资]")
_NOT_A_SHARE_AFTER = re.compile(
    r"^\s*(?:of (?:the |our |its |all )?(?:revenue|sales|users|profit|traffic|cost|market|turnover|staff|employees"
    r"|income|output|customers|board|directors|seats|price)"
    r"|(?:annual |yearly )?(?:growth|commission|interest (?:rate|per)|tax|vat|margin|tariff|fee|returns? (?:on|per)"
    r"|yield|discount|off\b|cheaper|faster|organic|natural|recycled|cotton|pure|electric|alcohol)"
    r"|的?(?:收入|用户|利润|市场|成本|增长|佣金|折扣|利息|税|提成|毛利|员工|董事|席位|产品|产能|客户|营业额|销售额|纯|天然))"
)
_NOT_A_SHARE_BEFORE = re.compile(
    r"(?:利率|税率|抽佣|返点|增长|增长率|折扣|提成|佣金|毛利率|抽成|费率|涨幅|回报率"
    r"|(?:commissions?|fees?|growth|interest|discount|royalt(?:y|ies)|take rate|margin|tax|vat)(?: rate)?(?: of| at| is|:)?)\s*$"
)
_CLAUSE = re.compile(r"[,.;，。；、](?!\d)")
_SENTENCE = re.compile(r"[.;。；](?!\d)")


@dataclass(frozen=True, slots=True)
class Stated:
    """A foreign share found in a text: its range in percent (both ends alike where it is exact) and where it stands.

    `side` says whose share the words name, `foreign` or `chinese`, or None where they do not say.
    """

    share: ShareRange
    start: int
    end: int
    side: str | None = None


def han_number(word: str) -> float:
    """A Chinese numeral from 零 to 百, or digits.

    >>> han_number("六十五"), han_number("一百"), han_number("十")
    (65.0, 100.0, 10.0)
    """
    if word[0].isascii():
        return float(word)
    if "百" in word:
        return 100.0
    tens, ten, units = word.partition("十")
    if ten:
        return 10.0 * _DIGITS.get(tens, 1) + _DIGITS.get(units, 0)
    return float(_DIGITS.get(word[-1], 0))


def shares_in(folded: str) -> list[Stated]:
    """Foreign shares stated in folded text, from left to right.

    A share said to be the Chinese side's is turned round; a percentage of something else is left out. A split that
    does not say whose part is whose ("49/51 JV") is a range between its parts.
    """
    found: list[Stated] = []
    for match in _SPLIT.finditer(folded):
        first, second = (float(number) for number in match.groups() if number)
        if first + second == 100:
            # "With a Chinese partner at 49:51": whoever speaks of the partner names its own part first.
            side = "foreign" if _WITH_PARTNER.search(folded[max(0, match.start() - _NEAR) : match.start()]) else None
            side = side or _side(folded, match.start(), match.end())
            low, high = sorted((first, second))
            if side is not None:
                low = high = second if side == "chinese" else first
            share = ShareRange(low, high)
            found.append(Stated(share, match.start(), match.end(), side))
    for match in islice(_AMOUNT.finditer(folded), MOST):
        if any(other.start <= match.start() < other.end for other in found):
            continue
        before, after = folded[max(0, match.start() - _NEAR) : match.start()], folded[match.end() : match.end() + _NEAR]
        if _NOT_A_SHARE_AFTER.match(after) or _NOT_A_SHARE_BEFORE.search(before):
            continue
        if match["over"]:
            share, side = ShareRange(50, 100, low_excluded=True), _side(folded, match.start(), match.end())
            found.append(Stated(share.turned() if side == "chinese" else share, match.start(), match.end(), side))
            continue
        stated = _bounded(folded, match, _value(match))
        if stated is not None and 0 <= stated.share.low <= stated.share.high <= 100 and stated.share.high > 0:
            found.append(stated)
    return _joined(folded, sorted(found, key=lambda stated: stated.start))


def foreign_share(found: Sequence[Stated]) -> Stated | None:
    """The foreign share that a text states: what is said of the foreign side before what follows from the Chinese.

    None where different figures are given for the same side.
    """
    for side in ("foreign", "chinese", None):
        named = [stated for stated in found if stated.side == side]
        if named:
            return named[0] if len({stated.share for stated in named}) == 1 else None
    return None


def _value(match: re.Match[str]) -> float:
    """The percentage that one amount names."""
    if bare := match["number"] or match["held"] or match["holds"] or match["ours"] or match["zhan"]:
        return float(bare)
    if match["words"]:
        tens, _, units = match["words"].replace("-", " ").partition(" ")
        return 100.0 if units == "hundred" else 10.0 * (_TENS.index(tens) + 1) + _COUNTS.get(units, 0)
    if match["han"]:
        return han_number(match["han"])
    if match["tenths"]:
        return 10.0 * _DIGITS[match["tenths"]] + (5 if match["half"] == "半" else _DIGITS.get(match["half"] or "零", 0))
    if match["below"]:
        return round(100 * _DIGITS[match["above"]] / _DIGITS[match["below"]], 2)
    if match["count"]:
        return round(100 * _COUNTS[match["count"]] / _PARTS[match["part"]], 2)
    return 50.0


def _bounded(folded: str, match: re.Match[str], value: float) -> Stated | None:
    """An amount with the bound that stands before or behind it, seen from the foreign side."""
    start, end = match.start(), match.end()
    before, after = folded[max(0, start - 24) : start], folded[end : end + 12]
    share = ShareRange(value, value)
    for pattern, bounded in (
        (_AT_MOST, ShareRange(0, value, low_excluded=True)),
        (_BELOW, ShareRange(0, value, low_excluded=True, high_excluded=True)),
        (_AT_LEAST, ShareRange(value, 100)),
        (_ABOVE, ShareRange(value, 100, low_excluded=True)),
    ):
        if (bound := pattern.search(before)) is not None:
            share, start = bounded, start - (len(before) - bound.start())
            break
    else:
        if (bound := _OR_MORE.match(after)) is not None:
            share, end = ShareRange(value, 100), end + bound.end()
        elif (bound := _OR_LESS.match(after)) is not None:
            share, end = ShareRange(0, value, low_excluded=True), end + bound.end()
        elif (first := _BARE_FIRST.search(folded, max(0, start - 12), end)) is not None and first.end() == start:
            share, start = ShareRange(min(float(first[1]), value), max(float(first[1]), value)), first.start()
    if value > 100:
        return None
    side = _side(folded, start, end)
    return Stated(share.turned() if side == "chinese" else share, start, end, side)


def _joined(folded: str, found: list[Stated]) -> list[Stated]:
    """Two amounts joined by "to" or "or" as one range."""
    joined: list[Stated] = []
    for stated in found:
        if joined and _BETWEEN.fullmatch(folded[joined[-1].end : stated.start]):
            last = joined[-1]
            low, high = min(last.share.low, stated.share.low), max(last.share.high, stated.share.high)
            joined[-1] = replace(last, share=ShareRange(low, high), end=stated.end)
        else:
            joined.append(stated)
    return joined


def _side(folded: str, start: int, end: int) -> str | None:
    """Whose share a number is; None if unsaid.

    The nearest word before it in its clause says so, else one right after it, else one before it in its sentence:
    "Chinese party: a software house, 55%".
    """
    near = folded[max(0, start - _NEAR) : start]
    after = _CLAUSE.split(folded[end : end + _NEAR])[0]
    if side := _nearest_side(_CLAUSE.split(near)[-1]):
        return side
    if _CHINESE_AFTER.match(after):
        return "chinese"
    if _FOREIGN_SIDE.search(after):
        return "foreign"
    # What stands before another amount of the sentence was said of that one.
    *_, sentence = _SENTENCE.split(near)
    others = [match.end() for match in _AMOUNT.finditer(sentence)]
    return _nearest_side(sentence[max(others, default=0) :])


def _nearest_side(before: str) -> str | None:
    """The side that the last word for one names."""
    sides = [(m.end(), "chinese") for m in _CHINESE_SIDE.finditer(before)]
    sides += [(m.end(), "foreign") for m in _FOREIGN_SIDE.finditer(before)]
    return max(sides)[1] if sides else None
