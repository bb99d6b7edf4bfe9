"""The day whose law a text asks about: "before 2019", "as of 1 July 2021", `2021年以前`.

Only a past day, and only where the words ask for its law: a year in which a company was founded, or in which it will
start, says nothing about the law.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from negative_list.amounts import han_number

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = rf"(?P<{{}}>{'|'.join(_MONTHS)}|{'|'.join(f'{name[:3]}' for name in _MONTHS)}|sept)\.?"
_ONES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TEENS = (
    "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth",
)  # fmt: skip
_TENS = (*(f"twenty-{one}" for one in _ONES), "thirtieth", "thirty-first")
# The days of a month in words.
_ORDINALS = {word: day for day, word in enumerate((*_ONES, *_TEENS, "twentieth", *_TENS), 1)}
_DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})"
# Days and parts of a year that have names: month and day, or the last month.
_FEASTS = {
    "new year's day": (1, 1), "new year's eve": (12, 31), "christmas eve": (12, 24), "christmas day": (12, 25),
    "christmas": (12, 25), "may day": (5, 1), "元旦": (1, 1), "劳动节": (5, 1), "五一": (5, 1), "国庆节": (10, 1),
    "国庆": (10, 1), "圣诞节": (12, 25), "圣诞": (12, 25),
}  # fmt: skip
_PARTS = {
    "q1": 3, "q2": 6, "q3": 9, "q4": 12, "first quarter": 3, "second quarter": 6, "third quarter": 9,
    "fourth quarter": 12, "last quarter": 12, "first half": 6, "second half": 12, "spring": 5, "summer": 8,
    "autumn": 11, "fall": 11,
}  # fmt: skip
_ENGLISH = re.compile(
    rf"\b(?P<feast>{'|'.join(filter(str.isascii, _FEASTS))}),?\s(?:of\s|in\s)?(?P<feast_year>20[0-4]\d)\b"
    rf"|\b(?P<part>{'|'.join(_PARTS)}),?\s(?:of\s)?(?P<part_year>20[0-4]\d)\b"
    r"|(?:the )?\b(?P<edge>first|last|final|very last) day of (?:the year )?"
    rf"(?:{_MONTH.format('edge_month')}\s)?(?P<edge_year>20[0-4]\d)\b"
    rf"|(?:\b(?P<day>{_DAY})\s(?:of\s)?)?{_MONTH.format('month')}\s"
    rf"(?:(?P<later>{_DAY}),?\s)?(?P<year>20[0-4]\d)\b"
    r"|(?<![\d.])(?P<dotted_day>\d{1,2})\.(?P<dotted_month>0?[1-9]|1[0-2])\.(?P<dotted_year>20[0-4]\d)(?!\d|\.\d)"
    r"|(?<![\d.])(?P<plain>20[0-4]\d)(?:(?P<sign>[-/])(?P<iso_month>\d{2})(?P=sign)(?P<iso_day>\d{2}))?(?![\d%.,]*\d|\s?[\d%年])"
)
_NUMERALS = "零〇○一二三四五六七八九"
_VALUES = dict(zip(_NUMERALS, "000123456789", strict=True))
_MONTH_OF_YEAR = r"\d{1,2}|十?[一二三四五六七八九]|十"
_DAY_OF_MONTH = r"\d{1,2}|[一二三]?十?[一二三四五六七八九]|[二三]?十"
_CHINESE = re.compile(
    rf"(?:(?P<year>20[0-4]\d|二[零〇○][一二三][{_NUMERALS}])"
    r"|(?<!\d)(?P<short>[12]\d)(?=年(?:那|的?时候|[底初]|当时|版|[嗰𠮶]))"
    rf"|民国(?P<republic>1[01]\d|一?百[零〇○一二三四五六七八九十]{{1,3}}|一[零〇○一][{_NUMERALS}]))\s?(?:年|(?=[上下]半年))"
    rf"(?P<feast>{'|'.join(name for name in _FEASTS if not name.isascii())})?"
    rf"(?:\s?(?P<month>{_MONTH_OF_YEAR})\s?月(?:\s?(?P<day>{_DAY_OF_MONTH})\s?[日号])?)?"
)
_QUARTER = re.compile(r"第?([一二三四1-4])季度?")
_YEARS = ("year", "dotted_year", "plain", "feast_year", "part_year", "edge_year")
# Years told from now, where the text asks for the law of then.
_YEARS_AGO = {"大前年": 3, "前年": 2, "去年": 1, "上年": 1, "今年": 0}
_AGO = re.compile(
    rf"(?P<ago>大前年|前年|去年|上年|今年)(?:(?P<month>{_MONTH_OF_YEAR})月份?(?:(?P<day>{_DAY_OF_MONTH})[日号])?|(?P<part>年?[初底末]|[上下]半年))?"
    r"(?P<then>的?时候|那时候?|当时|[嗰𠮶]阵时?|时)?"
)
# Without this a text names no day.
_DATED = re.compile(r"20[0-4]\d|[\d零〇○一二三四五六七八九十]\s?年|[前去上今]年")
# So many dates are looked at.
_MOST = 30
# The first year of the Republic, by which Taiwan counts.
_REPUBLIC = 1911
_LAWFUL = (
    r"(?:allowed|permitted|lawful|legal|ok|okay|all right|fine|possible|compliant|in order|barred|forbidden"
    r"|prohibited|open)"
)
# Words that ask for the law of whatever day the text names, even of the one on which a company was founded.
_ASKS_AT_ALL = re.compile(
    r"then in force|in force (?:then|at th)|at th(?:e|at) (?:time|date|day)|back then|historic"
    rf"|{_LAWFUL} then|(?:rules?|law|list) (?:then|as it stood|of (?:that|the) (?:time|day|then))"
    rf"|of (?:that time|the day|then)\b"
    r"|\bthe then\b|\bold (?:file|matter|case|deal)\b"
    rf"|\b(?:was|were) (?:it|that|this|an?|the|such|\d+)\b[^.;?]{{0,60}}\b{_LAWFUL}\b|\bdid the (?:law|list|rules?)\b"
    r"|(?:当时|那时候?|彼时|当年|当初|那会儿|那个时候|[嗰𠮶](?:阵时?|时|年))[^。；;?？!！]{0,16}?"
    r"(?:清单|规定|允许|合法|合规|可以|能|限制|上限|要求|行不行|行吗|得唔得|可唔可以|[批准]唔?[批准]|[批准]不[批准]|获批|可否|是否|法|政策|股比|独资|控股)"
    r"|(?:按照?|依照?|根据|照)(?:当时|那时|当年|当日)|历史问题|回溯|旧案|老案子"
)
# What asks of now, so that a year beside it tells only what has been.
_ASKS_NOW = re.compile(r"\b(?:now|wants? to|would like|plans? to|(?:can|may) (?:we|i|it|they|he|she|you)|next)\b")
_ASKED_OF_THEN = re.compile(r"\b(?:was|were|did|could|would|had)\b[^.;?!]*$")
_EARLY = re.compile(r"(?:\bearly|(?:start|beginning) of)\s*(?:the )?$")
_MIDDLE = re.compile(r"(?:\bmid[- ]?|(?:middle|first half) of)\s*(?:the )?$")
_BEFORE = re.compile(
    r"(?:before|prior to|until|till|up to|earlier than|pre-?)\s*(?:the )?(?:end of |start of |beginning of )?$"
)
# "Up to 2022 our group owned ..." tells what was, where the text then asks of now.
_WENT_ON = re.compile(
    r"\s*,?\s*(?:we|i|our|my|the|it|they)\b[^,.;?!]{0,24}?\b(?:had|was|were|[a-z]{2,}ed|ran|made|sold|held|kept|did)\b"
)
_ASKS = re.compile(
    r"\b(?:as of|as at|back in|under the|by the|in force (?:in|on|at)|(?:law|rules?) (?:of|in|on)|list of"
    r"|(?:looking|going) back (?:to|at)|as far back as|(?:applicable|applying|effective|valid) (?:from|since|as of)"
    r"|at the (?:end|start|beginning|close|turn) of|at|year|during|on|in|since before)"
    r"\s*(?:early |late |mid[- ]?|the )?$"
)
_WEAKLY = re.compile(r"(?<!back )\b(?:in|on|during)\s*(?:early |late |mid[- ]?|the )?$")
# A date that begins a sentence or stands before a colon, and what asks of it: "February 2021: could we hold all of it?"
_BEGINS = re.compile(r"(?:^|[.;:?!]\s*)$")
_PAST_QUESTION = re.compile(r"\s*(?P<sign>[,:])\s*(?:what |which \w+ |how )?(?:could|was|were|did|would)\b")
_LAW = re.compile(rf"\b{_LAWFUL}\b|\b(?:rules?|law|list)\b")
# "In 2021 thirty percent went to a fund" tells what was.
_HAPPENED = re.compile(
    r"\s*,?\s*(?:we|i|our|my|the|it|they|an?|\w+ (?:percent|per cent)|\d+ ?%?)\b[^,.;:?!]{0,32}?"
    r"\b(?:went|sold|bought|joined|moved|took|won|raised|acquired|founded|opened|launched|started|began|left|came"
    r"|merged|passed|(?:was|were) (?:in|at|held))\b"
)
_NAMES_A_LIST = re.compile(
    r"^(?:'s)?\s*(?:foreign investment )?(?:edition|version|negative list|list\b|rules?\b|law\b|catalogue)"
)
_HISTORY_OF_THE_FIRM = re.compile(
    r"(?:found|establish|incorporat|set up|start(?! of)|launch|open|creat|since|began|begin(?!ning of)|operating|been "
    r"|list(?:ed)? on|ipo"
    r"|bought|acquired|registered|born|graduat|won\b|mov(?:ed|ing)|relocat|merg|renam|ship|sold|tour|raised|earned)[a-z]*[^,.;]{0,30}$"
)
_CHINESE_BEFORE = re.compile(r"^(?:底|末|初)?(?:以前|之前|前)")
_CHINESE_ASKS = re.compile(
    r"^(?:底|末|初|的?时候|时|当时|那时|[那当这][天日]|[嗰𠮶](?:阵|时)|间|期间|版|的?(?:规定|政策|法律|清单|负面清单|目录))"
)
# What a list is in force from: 自2024年11月1日起施行的清单.
_IN_FORCE = re.compile(
    r"^起?(?:正式)?(?:施行|实施|生效|执行|适用)|^起?的?(?:新版?|外商投资(?:准入)?)?(?:特别管理措施|负面清单|清单|目录|规定|政策|办法)"
)
# What asks for the law of a month told from now, and what tells that it asks of now.
_CHINESE_QUESTION = re.compile(
    r"能否|可否|能不能|可不可以|可以[^。；;?？!！]{0,12}[吗嘛么]"
    r"|能[^。；;?？!！]{0,12}[吗嘛么]|受不受限|受限|允许|行不行|合法|合规|是否|可唔可以|得唔得|准不准"
)
_CHINESE_NOW = re.compile(r"现在|如今|而家|目前|眼下|想|打算|计划|准备|拟|将|要|了(?=[,，])|咗|成立|开业|拿到|融资")
_CHINESE_STOP = re.compile(r"[。；;?？!！]")
_CHINESE_OPENS = re.compile(r"(?:^|[,，。；;?？!！:：]|请问|请教|想问|咨询)\s*$")
_CHINESE_ASKED = re.compile(
    r"(?:(?:如果|假如|要是|倘若)[是系在喺]?|喺|倒回|回溯[:：]?|退回|追溯到"
    r"|截至|截止|截止到|按照?|依照?|根据|适用|在|于|当|回到|按)$"
)
_CHINESE_HISTORY = re.compile(r"(?:成立|创立|设立|创办|注册|上市|开业|开始|始于|自|从|计划|拟|将|预计|打算)于?(?:在)?$")
_CHINESE_HISTORY_AFTER = re.compile(
    r"^(?:底|末|初)?(?:开始|起|以来|至今|后)|^[^。；;?？!！]{0,12}?(?:成立|创立|设立了|创办|注册|上市|开业"
    r"|入职|毕业|出生|获得|拿到|签|营收|收入|销售|销量|融资)"
)


@dataclass(frozen=True, slots=True)
class AskedDay:
    """The day whose law is asked, and where the text says so."""

    day: date
    start: int
    end: int


def day_in(folded: str, first: date, today: date) -> AskedDay | None:
    """The day whose law a folded text asks about, or None.

    A year or a month stands for its last day, and what was "before" it for the day before. Days before `first`,
    the first day held, and days that are not past on `today` are not taken; nor is anything where two days are named.
    A day on which a company was founded is taken where the text asks for the law of then and names no other.
    """
    found = [*_english(folded), *_chinese(folded), *_ago(folded, today)] if _DATED.search(folded) else []
    for told in (False, True):
        days = [asked for asked, history in found if history is told and first <= asked.day < today]
        if days:
            return days[0] if len({asked.day for asked in days}) == 1 else None
    return None


def _english(folded: str) -> list[tuple[AskedDay, bool]]:
    """The days asked about, each with whether something happened on it to a company."""
    if not (matches := list(islice(_ENGLISH.finditer(folded), _MOST))):
        return []
    found, at_all, now = [], _ASKS_AT_ALL.search(folded), _ASKS_NOW.search(folded)
    for match in matches:
        before, after = folded[max(0, match.start() - 60) : match.start()], folded[match.end() : match.end() + 30]
        earlier = _BEFORE.search(before)
        asked = earlier or _ASKS.search(before) or at_all
        if match["plain"] and (named := _NAMES_A_LIST.match(after)) and not match["iso_month"]:
            asked = asked or named
        then = at_all or _ASKED_OF_THEN.search(before)
        history = _HISTORY_OF_THE_FIRM.search(before) is not None
        weakly = _WEAKLY.search(before)
        told = weakly or (earlier and _WENT_ON.match(after))
        happened = weakly and not then and _HAPPENED.match(folded, match.end()) and not _LAW.search(folded)
        if question := _PAST_QUESTION.match(folded, match.end()):
            asked = asked or _BEGINS.search(before) or (question if question["sign"] == ":" else None)
        if not asked or happened or (history and not then) or (now and not then and told):
            continue
        year = next(int(match[name]) for name in _YEARS if match[name])
        month: int | None
        day: int | None
        if match["feast"]:
            month, day = _FEASTS[match["feast"]]
        elif match["part"]:
            month, day = _PARTS[match["part"]], None
        elif match["edge"]:
            month = _month(match["edge_month"]) if match["edge_month"] else 1 if match["edge"] == "first" else None
            day = 1 if match["edge"] == "first" else None
        elif match["month"]:
            month = _month(match["month"])
            day = _day(match["day"] or match["later"])
        elif number := match["dotted_month"] or match["iso_month"]:
            month, day = int(number), int(match["dotted_day"] or match["iso_day"])
        else:
            month, day = 1 if _EARLY.search(before) and not earlier else 6 if _MIDDLE.search(before) else None, None
        start = match.start() - (len(before) - asked.start() if asked.string == before else 0)
        days = _asked(year, month, day, earlier is not None, start, match.end())
        found += [(asked_day, history) for asked_day in days]
    return found


def _chinese(folded: str) -> list[tuple[AskedDay, bool]]:
    """The same in Chinese."""
    if not (matches := list(islice(_CHINESE.finditer(folded), _MOST))):
        return []
    found, at_all = [], _ASKS_AT_ALL.search(folded)
    for match in matches:
        before, after = folded[max(0, match.start() - 8) : match.start()], folded[match.end() : match.end() + 20]
        earlier = _CHINESE_BEFORE.match(after)
        opens = _CHINESE_OPENS.search(before)
        in_force = _IN_FORCE.match(after)
        asked = in_force or earlier or _CHINESE_ASKS.match(after) or _CHINESE_ASKED.search(before) or opens or at_all
        history = not in_force and bool(_CHINESE_HISTORY.search(before) or _CHINESE_HISTORY_AFTER.match(after))
        if not asked or (history and not at_all):
            continue
        month = _number(match["month"]) if match["month"] else _part_of_year(after) if earlier is None else None
        day = None if match["day"] is None else _number(match["day"])
        if match["feast"]:
            month, day = _FEASTS[match["feast"]]
        end = match.end() + (earlier.end() if earlier else 0)
        days = _asked(_year(match), month, day, earlier is not None, match.start(), end)
        found += [(asked_day, history) for asked_day in days]
    return found


def _ago(folded: str, today: date) -> list[tuple[AskedDay, bool]]:
    """The same where a year is told from today."""
    if today == date.max or not (matches := list(islice(_AGO.finditer(folded), _MOST))):
        return []
    found, at_all = [], _ASKS_AT_ALL.search(folded)
    for match in matches:
        if match["then"] or at_all or _asks_of(folded, match):
            part = _part_of_year((match["part"] or "").removeprefix("年"))
            month = _number(match["month"]) if match["month"] else part
            day = _number(match["day"]) if match["day"] else None
            days = _asked(today.year - _YEARS_AGO[match["ago"]], month, day, False, match.start(), match.end())
            found += [(day, False) for day in days]
    return found


def _asks_of(folded: str, match: re.Match[str]) -> bool:
    """Whether the law of a month or part of a year told from today is asked, by its name or by a question it opens."""
    after = folded[match.end() : match.end() + 60]
    if _CHINESE_ASKS.match(after) or _IN_FORCE.match(after):
        return True
    sentence = _CHINESE_STOP.split(after)[0]
    opens = _CHINESE_OPENS.search(folded, max(0, match.start() - 8), match.start())
    dated = match["month"] or match["part"]
    return bool(opens and dated and _CHINESE_QUESTION.search(sentence) and not _CHINESE_NOW.search(sentence))


def _year(match: re.Match[str]) -> int:
    """The year of a Chinese date: in full, by its last two digits, or counted from the Republic."""
    if said := match["republic"]:
        counted = said.isascii() or "百" not in said
        return _REPUBLIC + (int("".join(_VALUES.get(sign, sign) for sign in said)) if counted else _hundreds(said))
    return int("".join(_VALUES.get(sign, sign) for sign in match["year"] or f"20{match['short']}"))


def _hundreds(words: str) -> int:
    """A number between a hundred and two hundred in Chinese: 一百一十三."""
    rest = words.partition("百")[2].lstrip("零〇○")
    return 100 + (int(han_number(rest)) if rest else 0)


def _day(words: str | None) -> int | None:
    """The day of a month in digits or in words, with or without their ending."""
    return None if words is None else _ORDINALS.get(words) or int(words.rstrip("stndrh"))


def _number(words: str) -> int:
    """The number of a month or a day in digits or in Chinese numerals."""
    return int(words) if words.isascii() else int(han_number(words))


def _part_of_year(after: str) -> int | None:
    """The last month of the part of a year that Chinese names: 年初, 年中."""
    if quarter := _QUARTER.match(after):
        return 3 * (1 + "一二三四".index(quarter[1]) if quarter[1] in "一二三四" else 3 * int(quarter[1]))
    return 1 if after.startswith("初") else 6 if after.startswith(("中旬", "年中", "上半年")) else None


def _month(name: str) -> int:
    return next(number for number, full in enumerate(_MONTHS, 1) if full.startswith(name[:3]))


def _asked(year: int, month: int | None, day: int | None, earlier: bool, start: int, end: int) -> list[AskedDay]:
    """The day before a period begins, or its last day; nothing for a day that does not exist."""
    try:
        begins = date(year, month or 1, day or 1)
    except ValueError:
        return []
    if earlier:
        return [AskedDay(begins - timedelta(days=1), start, end)]
    if day is not None:
        return [AskedDay(begins, start, end)]
    after = date(year + 1, 1, 1) if month in (None, 12) else date(year, (month or 0) + 1, 1)
    return [AskedDay(after - timedelta(days=1), start, end)]
