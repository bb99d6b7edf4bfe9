"""The day whose law a text asks about: "before 2019", "as of 1 July 2021", `2021年以前`.

Only a past day, and only where the words ask for its law: a year in which a company was founded, or in which it will
start, says nothing about the law.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)
_MONTH = rf"(?P<{{}}>{'|'.join(_MONTHS)}|{'|'.join(f'{name[:3]}' for name in _MONTHS)}|sept)\.?"
_ENGLISH = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? )?{_MONTH.format('month')} "
    r"(?:(?P<later>\d{1,2})(?:st|nd|rd|th)?,? )?(?P<year>20[0-4]\d)\b"
    r"|(?<![\d.])(?P<plain>20[0-4]\d)(?:-(?P<iso_month>\d{2})-(?P<iso_day>\d{2}))?(?![\d%.,]*\d|[\d%年])"
)
_CHINESE = re.compile(r"(?P<year>20[0-4]\d)年(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号])?)?")
# Words that ask for the law of whatever day the text names.
_ASKS_AT_ALL = re.compile(
    r"then in force|in force then|at th(?:e|at) time|back then|historic|(?:allowed|permitted|lawful|legal) then"
    r"|当时|那时|彼时"
)
_BEFORE = re.compile(
    r"(?:before|prior to|until|till|up to|earlier than|pre-?)\s*(?:the )?(?:end of |start of |beginning of )?$"
)
_ASKS = re.compile(
    r"\b(?:as of|as at|back in|under the|by the|in force (?:in|on|at)|(?:law|rules?) (?:of|in|on)|list of"
    r"|at the (?:end|start|beginning) of|during|on|in|since before)\s*(?:early |late |mid[- ]?|the )?$"
)
_NAMES_A_LIST = re.compile(r"^\s*(?:edition|version|negative list|list\b|rules?\b|law\b|catalogue)")
_HISTORY_OF_THE_FIRM = re.compile(
    r"(?:found|establish|incorporat|set up|start|launch|open|creat|since|began|begin|operating|been |list(?:ed)? on|ipo"
    r"|bought|acquired|registered|born|graduat)[a-z]*[^,.;]{0,30}$"
)
_CHINESE_BEFORE = re.compile(r"^(?:底|末|初)?(?:以前|之前|前)")
_CHINESE_ASKS = re.compile(r"^(?:底|末|初|的?时候|时|当时|那时|间|期间|版|的?(?:规定|政策|法律|清单|负面清单|目录))")
_CHINESE_OPENS = re.compile(r"(?:^|[,，。；;?？!！:：]|请问|请教|想问|咨询)\s*$")
_CHINESE_ASKED = re.compile(r"(?:截至|截止|截止到|按照?|依照?|根据|适用|在|于|当|回到|按)$")
_CHINESE_HISTORY = re.compile(r"(?:成立|创立|设立|创办|注册|上市|开业|开始|始于|自|从|计划|拟|将|预计|打算)于?(?:在)?$")
_CHINESE_HISTORY_AFTER = re.compile(
    r"^(?:底|末|初)?(?:开始|起|以来|至今|后)|^[^。；;?？!！]{0,12}?(?:成立|创立|设立了|创办|注册|上市|开业|入职|毕业|出生|获得|拿到|签)"
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
    """
    found = [*_english(folded), *_chinese(folded)]
    days = [asked for asked in found if first <= asked.day < today]
    return days[0] if len(days) == 1 else None


def _english(folded: str) -> list[AskedDay]:
    found, at_all = [], _ASKS_AT_ALL.search(folded)
    for match in _ENGLISH.finditer(folded):
        before, after = folded[max(0, match.start() - 60) : match.start()], folded[match.end() : match.end() + 30]
        earlier = _BEFORE.search(before)
        asked = earlier or _ASKS.search(before) or at_all
        if match["plain"] and (named := _NAMES_A_LIST.match(after)) and not match["iso_month"]:
            asked = asked or named
        if asked is None or (asked is not at_all and _HISTORY_OF_THE_FIRM.search(before)):
            continue
        year = int(match["year"] or match["plain"])
        if match["month"]:
            month: int | None = _month(match["month"])
            day = match["day"] or match["later"]
        else:
            month, day = (int(match["iso_month"]), match["iso_day"]) if match["iso_month"] else (None, None)
        start = match.start() - (len(before) - asked.start() if asked.string == before else 0)
        found += _asked(year, month, None if day is None else int(day), earlier is not None, start, match.end())
    return found


def _chinese(folded: str) -> list[AskedDay]:
    found = []
    for match in _CHINESE.finditer(folded):
        before, after = folded[max(0, match.start() - 8) : match.start()], folded[match.end() : match.end() + 20]
        earlier = _CHINESE_BEFORE.match(after)
        opens = _CHINESE_OPENS.search(before)
        asked = earlier or _CHINESE_ASKS.match(after) or _CHINESE_ASKED.search(before) or opens
        if not asked or _CHINESE_HISTORY.search(before) or _CHINESE_HISTORY_AFTER.match(after):
            continue
        month = None if match["month"] is None else int(match["month"])
        day = None if match["day"] is None else int(match["day"])
        end = match.end() + (earlier.end() if earlier else 0)
        found += _asked(int(match["year"]), month, day, earlier is not None, match.start(), end)
    return found


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
