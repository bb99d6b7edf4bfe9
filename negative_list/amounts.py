"""Amounts that may be shares: percentages, fractions, tenths, bare numbers and what is left over, with their bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from negative_list.bounds import bounded, negated
from negative_list.model import ShareRange
from negative_list.numerals import (
    COUNTS,
    DIGITS,
    FIGURE,
    SIGN,
    UNITS,
    WORDS,
    digit,
    exactly,
    in_words,
    number,
)
from negative_list.numerals import (
    han_number as han_number,
)

_PARTS = {
    "half": 2,
    "halve": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "eighth": 8,
    "tenth": 10,
}
# Figures that differ by less than this are one, rounded.
ROUNDED = 1.0
# So many amounts are looked at.
MOST = 30

_HUNDREDTHS = r" (?:out )?(?:of|in) (?:every |each )?(?:a |one )?(?:hundred|100) (?=shares)"
_SMALL = "|".join(UNITS)
_HAN = r"[一二三四五六七八九]?十[一二三四五六七八九]?"
# What ends a bare number that is a share: "we hold 49.", "holds 25.5 in a news app".
_BARE_END = r"(?=\s*(?:$|[,.;?!，。；、？！](?!\d)| in an? | [\u4e00-\u9fff]))"
# One amount: 60%, sixty percent, 百分之六十, 六成五, 五分之三, two thirds, 4 of 10 shares. Looking first at how it may
# begin spares most places of a text the rest; so below.
_AMOUNT = re.compile(
    r"(?=\b(?:an?\b|ab|be|e[ilx]|f[eior]|ge|h[aou]|in\b|ke|le|mo|ni|o[fnuvw]|s[ehit]|t[aehw]|un|we\b)"
    r"|[\d一二两三四五六七八九十百股持外占过超不未拿出低少小高大多])(?:"
    rf"(?<![\d.])(?<!\d,)(?P<number>{FIGURE})(?:{SIGN}|{_HUNDREDTHS})"
    rf"|\b(?P<words>(?:(?:one |a )?hundred|{WORDS}|{_SMALL}))(?:{SIGN}|{_HUNDREDTHS})"
    rf"|(?P<ren>{_HAN})(?:巴仙|趴|个百分点|个点)"
    r"|\b(?:hold|holds|holding|we are the|(?<=\bwe )(?:have|take|get|keep)) (?P<held>\d{2}(?:\.\d+)?)"
    + _BARE_END
    + r"|\b(?:stake|shareholding|our share|foreign share)(?: is| of| at|:) ?(?P<stake>\d{2}(?:\.\d+)?)"
    + _BARE_END
    + r"|(?:股比|持股比例|外资比例|股权占比|[占持股])[为是:]?\s?(?P<zhan>\d{2}(?:\.\d+)?)"
    + _BARE_END
    + r"|百分之(?P<han>[零一二三四五六七八九十百]+|\d{1,3}(?:\.\d+)?)"
    r"|(?P<all>(?<=[资股方们有占持])百分百|百分百(?=由?(?:外资|外商|外方|自己|我们|独资|持股|持有|控股|归|都?是)))"
    r"|(?P<whole_of>股[份权]?(?:全部?|都|均|统统|悉数)(?:在|归|属于?|由|是)(?=(?:我们|我(?!们)|本人|自己"
    r"|外[方资])(?![和与跟同、])))"
    r"|(?<![\d.打])(?P<tenths>[一二两三四五六七八九十1-9])成(?P<half>[一二三四五六七八九半1-9])?(?![新熟色折])"
    r"|(?P<lot>一股(?:都|也)?不[留剩])"
    r"|(?<![\d.,])(?P<points>\d{1,2}) (?:percentage )?points\b(?! (?:per|for every|on the)\b)"
    r"|(?<![百千万])(?P<below>[二三四五六七八九十])分之(?P<above>[一二两三四五六七八九])"
    r"|(?P<over>(?<!不)(?<!未)过半数?|(?<!不)[超大高多][过于](?:一半|半数)|超一半|\b(?:over|more than|above|beyond"
    r"|exceed(?:s|ing)?) half\b)"
    r"|(?P<under>不[到足满](?:一半|半数)|(?<!不)[低少小]于(?:一半|半数)|不超过半数|不过半|未过半"
    r"|\b(?:under|less than|below|fewer than|short of) half\b)"
    r"|(?P<upper_half>\b(?:between|from) (?:a )?half (?:and|to) (?:the (?:whole|lot)|all|everything)\b"
    r"|一半[到至](?:全部"
    r"|百分之百))"
    rf"|(?=[1-9efnost])\b(?P<of>[1-9]|{_SMALL}) (?:out of|of|in) (?:every |each |the )?(?P<whole>10|ten) "
    r"(?=shares|stakes)"
    rf"|(?=[fio])\b(?:for|of|out of|in) (?:every |each |the )?(?:10|ten) shares,? (?P<often>[1-9]|{_SMALL})\b"
    r"|十股(?:里面?|之?中|当中|里头)?[^.;\d一二两三四五六七八九十]{0,6}?(?P<shi>[一二两三四五六七八九])股?(?![一二三四五六七八九十])"
    r"|(?:\b(?:takes?|holds?|owns?|gets?|have|has|stake of) |[占持拿])(?P<top>[1-9])/(?P<bottom>10|[2-9])(?![\d/])"
    r"|(?<![\d/.])(?P<upper>[1-9])/(?P<lower>10|[2-9])(?= (?:us|ours|mine|for|to|of the|is|stake|share|held"
    r"|foreign|chinese"
    r"|local)\b|\s*(?:[,.;]|$)(?!\d))"
    rf"|\b(?P<count>{'|'.join(COUNTS)})[- ](?:(?:token|mere|full|good|bare|clear|solid|symbolic|small|modest) )?"
    rf"(?P<part>{'|'.join(_PARTS)})(?P<plural>s?)\b"
    r"(?![- ]?(?:part|hand|year|month|hour|day|time|price))"
    r"|(?P<other>(?=[占持拿ghkot])(?:(?:[占持拿]|持有)另外?一?一半(?!的?[时路])"
    r"|\b(?:owns?|holds?|has|have|keeps?|takes?|gets?) the other half\b))"
    r"|(?P<one>(?:[占持出]|持股|持有)一半|(?=一半)(?:(?<=最多)|(?<=至多)|(?<=顶多)|(?<=至少)|(?<=不[超高低少多][过于])"
    r"|(?<=[到至])|(?<=[厂司店院企社行业场]的)|(?=一半的?(?:股[份权]|出资))"
    r"|(?<=[占持股资方拿])(?=一半及?以[上下内]))一半"
    r"|(?=half)(?:(?<=\bat most )|(?<=\bup to )|(?<=\bat least )|(?<=\bhold )|(?<=\bown )|(?<=\bholding )"
    r"|(?<=third to )|(?<=quarter to )|(?<=% to )|(?<=cent to )"
    r"|(?<=\bowning )|(?<=\bowns )|(?<=\bholds )|(?<=\bexactly )|(?<=\bprecisely ))half"
    r"|(?=half of)(?:(?<=\bbuys )|(?<=\bbuy )|(?<=\bbuying )|(?<=\bacquires )|(?<=\bacquire )|(?<=\btakes )"
    r"|(?<=\bhas )|(?<=\bhave )|(?<=\bkeeps )|(?<=\bkeep )|(?<=\btake )|(?<=\btaking )|(?<=\bsells us )"
    r"|(?<=\bacquiring ))half(?= of (?:an?|the|this|our|their|his|her) )"
    r"|\bhalf(?= (?:of )?(?:the )?(?:foreign|chinese|local|ours|theirs|shares?|equity|stake|company|owned))))",
    re.ASCII,
)
# What is done with points that are of a share: "buying another 15 points".
_POINTS_OF = re.compile(
    r"\b(?:buy|sell|tak|giv|hold|keep|acquir|purchas|transfer|hand|ced|add|get|gett|own|pick)(?:e|es|s|ing)? "
    r"(?:(?:over|up|away|another|a|further|us|about|additional|only|just) )*$"
)
# One figure of a list, of which only the last may have a sign.
NUMBER = rf"(?:\d{{1,2}}(?:\.\d+)?|{WORDS})"
ITEM = (
    rf"(?:{NUMBER}(?:{SIGN})?|(?:{_SMALL}){SIGN}|百分之{_HAN}|[一二两三四五六七八九]成[一二三四五六七八九半]?"
    rf"|[二三四五六七八九十]分之[一二两三四五六七八九])"
)
SIGNED_ITEM = re.compile(ITEM)
# 百分之三四十 is thirty to forty.
_ADJACENT = re.compile(r"([一二三四五六七八])([二三四五六七八九])十")
# After "a third" and the like: what tells a part from an ordinal ("a third cinema").
_PART_OF = re.compile(
    r"\s*(?:$|[,.;:)/、，。]|(?:of|to|for|is|are|by|with|and|or|each|stake|share|owned|held|foreign|chinese"
    r"|local|interest|ours|in|at"
    r"|goes|belongs|stays)\b)",
    re.ASCII,
)
_EQUAL = re.compile(
    r"(?=\b[a-z]|[15五各一每半对股持出平])(?:"
    r"(?<!\d)50%?\s?[/:\-比]\s?50%?(?![\d%/])|\bfifty[- ]fifty\b|\bhalf[- ](?:and[- ])?half\b|\bhalf each\b"
    r"|\bgo halves\b|\beach (?:owns?|holds?|has|have|takes?|with|owning|holding) (?:a |one )?half\b|\bequal halves\b"
    r"|\bhalf (?:is )?(?:mine|ours|us)\b|\bhalf for (?:us|me)\b|\b(?:down|through) the middle\b"
    r"|\bfifty each\b|\b1 ?: ?1 with\b"
    r"|\bequal(?:ly)? (?:partners|shareholders|shares|stakes|holdings|ownership|owned)\b"
    r"|五五(?:开|分(?!成|之))|(?:各|一人|每人|各自)[占出持有]{0,2}(?:一半|半数)|各[占出持]?半(?!天|年|小|价|数)"
    r"|一半一半|半对半|对半(?![价折])"
    r"|(?:股权|持股|股份|出资)(?:比例)?(?:相等|相同|均等|对等|平分)|平分股[权份])",
    re.ASCII,
)
# A bare number: a share only beside others that make up the whole.
_BARE = re.compile(
    rf"(?=[\d十一二三四五六七八九eftnos])(?<![\d.,/:$€£¥#a-z年月第])(?:(?P<number>[1-9]\d?(?:\.\d+)?)"
    rf"|\b(?P<words>{WORDS})"
    rf"|(?P<han>(?<![一二三四五六七八九十百]){_HAN})"
    r"|(?P<half>(?=一半)(?<=[家方们边人司资就也都])一半))"
    r"(?![\d,.:/]*\d|-\s?\d|\s*(?:%|per ?cent|pct|million|thousand|hundred|k\b|bn\b|mn?\b|usd|eur|rmb|cny"
    r"|yuan|euros?|dollars?"
    r"|years?|yrs?|months?|weeks?|days?|hours?|mins?\b|minutes?|seconds?|times?\b|beds?|seats?|rooms?|tables?|people"
    r"|persons"
    r"|staff|employees|workers|engineers|pupils|students|children|kids|patients|users|customers|cities|shops|stores"
    r"|outlets"
    r"|screens|branches|floors?|km|kg|tons?|tonnes|mw|gw|kw|sqm|square|hectares|acres|litres|st\b|nd\b|rd\b|th\b"
    r"|am\b|pm\b"
    r"|january|february|march|april|may\b|june|july|august|september|october|november|december"
    r"|[万亿千百年月日号人家名台个间张条座岁期层楼米吨亩平块元美欧港天周种款辆艘架所次小分秒时点公度位路]))",
    re.ASCII,
)
_REST = re.compile(
    r"(?=\b[a-z]|[其余剩别])(?:"
    r"\b(?:the )?(?:rest|remainder)\b(?! of (?!(?:the|our) (?:shares|equity|stake|company|joint venture|jv|venture"
    r"|business|firm"
    r"|capital)|it\b))|\bbalance (?=to"
    r"|goes|with|is|for|held|stays)"
    r"|\b(?:the )?remaining (?:shares|stake|part|equity)\b|\b(?:all )?(?:the )?other shares\b"
    r"|\bwhat(?:ever)? (?:remains|is left|stays|is left over)\b|\ball that (?:remains|is left)\b"
    r"|\b(?:everything|all) else\b"
    r"|\b(?:what(?:ever)?(?: is|'s)? left|the balance|the remaining|the others?|otherwise)\b(?=\s*(?:$"
    r"|[,.;:(]|is|are|goes|to|for|with"
    r"|ours|mine|us|me|held|stays|belongs)(?!\w))"
    r"|(?:其余|余下|剩余|剩[下低落番余])(?:的|嘅|全部|都|股份|部分)*|其他[都全]"
    r"|(?:[别其]的|其他)(?=[都全]?[归属给]|就?[都全]?是[我外中本对]))",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount and where it stands; `bare` without a sign, so no share by itself; `rest` for what others leave.

    `together` tells that it is what several holders have, who are told of from `since` on.
    """

    share: ShareRange
    start: int
    end: int
    bare: bool = False
    rest: bool = False
    vague: bool = False
    together: bool = False
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """A foreign share found in a text: its range in percent (both ends alike where it is exact) and where it stands.

    `side` says whose share the words name, `foreign` or `chinese`, or None where they do not say.
    """

    share: ShareRange
    start: int
    end: int
    side: str | None = None


def amounts_in(folded: str) -> Iterator[Amount]:
    """Amounts that are shares by their own words, from left to right, each with the bound beside it."""
    for match in islice(_AMOUNT.finditer(folded), MOST):
        if match["points"] and not _POINTS_OF.search(folded, max(0, match.start() - 40), match.start()):
            continue
        if match["upper_half"]:
            yield Amount(ShareRange(50, 100), match.start(), match.end())
        elif match["over"] or match["under"]:
            yield _about_half(folded, match)
        elif match["han"] and (between := _ADJACENT.fullmatch(match["han"])) is not None:
            low, high = (10.0 * DIGITS[digit] for digit in between.groups())
            yield Amount(ShareRange(low, high), match.start(), match.end())
        elif match["count"] and match["count"][0] == "a" and not match["plural"] and match["part"][-1] in "hd":
            if _PART_OF.match(folded, match.end()):
                yield from _with_bound(folded, match.start(), match.end(), _value(match))
        else:
            kind = match.lastgroup
            inner = kind in ("held", "stake", "zhan", "bottom")
            start = match.start("top" if kind == "bottom" else kind) if inner and kind else match.start()
            if match["one"] and match["one"][0] in "占持出":
                start = match.end() - 2
            yield from _with_bound(folded, start, match.end(), _value(match))


def halves_in(folded: str) -> Iterator[tuple[int, int]]:
    """Where a text says that two sides have as much."""
    return ((match.start(), match.end()) for match in islice(_EQUAL.finditer(folded), MOST))


def helpers_in(folded: str) -> Iterator[Amount]:
    """What may complete a whole and says nothing by itself: bare numbers, and words for the rest."""
    for match in islice(_BARE.finditer(folded), MOST):
        if match["number"]:
            value = float(match["number"])
        elif match["half"]:
            value = 50.0
        else:
            value = in_words(match["words"]) if match["words"] else han_number(match["han"])
        yield Amount(exactly(value), match.start(), match.end(), bare=True)
    for match in islice(_REST.finditer(folded), MOST):
        yield Amount(ShareRange(0, 100), match.start(), match.end(), rest=True)


def _about_half(folded: str, match: re.Match[str]) -> Amount:
    """More than half, or less; with "not" before it, half at most, or at least."""
    if negated(folded[max(0, match.start() - 30) : match.start()]):
        half = ShareRange(0, 50, low_excluded=True) if match["over"] else ShareRange(50, 100)
    else:
        half = ShareRange(50, 100, low_excluded=True) if match["over"] else ShareRange(0, 50, True, True)
    return Amount(half, match.start(), match.end(), vague=True)


def _value(match: re.Match[str]) -> float:
    """The percentage that one amount names."""
    if bare := match["number"] or match["held"] or match["stake"] or match["zhan"] or match["points"]:
        return number(bare)
    if match["words"]:
        return in_words(match["words"])
    if match["han"] or match["ren"]:
        return han_number(match["han"] or match["ren"])
    if match["all"] or match["whole_of"] or match["lot"]:
        return 100.0
    if match["tenths"]:
        half = match["half"] or "零"
        return 10.0 * digit(match["tenths"]) + (5 if half == "半" else digit(half))
    if match["below"]:
        return round(100 * DIGITS[match["above"]] / DIGITS[match["below"]], 2)
    if few := match["often"] or match["shi"]:
        return 10.0 * _few(few)
    if whole := match["whole"] or match["bottom"] or match["lower"]:
        part = _few(match["of"] or match["top"] or match["upper"])
        return round(100 * part / (10 if whole == "ten" else int(whole)), 2)
    if match["count"]:
        return round(100 * COUNTS[match["count"]] / _PARTS[match["part"]], 2)
    return 50.0


def _few(word: str) -> int:
    return COUNTS.get(word) or digit(word)


def figure(item: str) -> float:
    """The percentage that one figure of a list names, with a sign or without."""
    amount = next(amounts_in(item), None)
    if amount is not None:
        return amount.share.high
    # Nothing, told as "0%", is no amount.
    digits = re.match(r"\d+(?:\.\d+)?", item)
    return in_words(item) if digits is None else float(digits[0])


def _with_bound(folded: str, start: int, end: int, value: float) -> Iterator[Amount]:
    """An amount with the bound beside it; nothing where it is no share of a whole."""
    if value <= 100:
        share, start, end = bounded(folded, start, end, value)
        if 0 <= share.low <= share.high <= 100 and share.high > 0:
            yield Amount(share, start, end)
