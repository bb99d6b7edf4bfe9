"""Several holders told of together: lists of what each has, and equal holders of whom so many are foreign."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from negative_list.amounts import ITEM, SIGNED_ITEM, Amount, Stated, figure
from negative_list.model import ShareRange
from negative_list.numerals import DIGITS, exactly
from negative_list.sides import CHINESE, FOREIGN, OTHER, Sides, own_clause, own_sentence

# So many lists, counts and holders are looked at, and so far behind a count for who is meant by it.
_MOST = 4
_HOLDERS = 9
_FAR = 140
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
_PARTS = {"both": 2, "halves": 2, "thirds": 3, "quarters": 4, "fifths": 5, "a": 1, "an": 1}
_NUMBER = r"(?:two|three|four|five|six|seven|eight|nine|[2-9])"

# Several holders with the same: behind their number in Chinese, before "each" in English.
_SEVERAL_WITH_EACH = re.compile(
    r"(?P<han>[2-5两二三四五])(?:[家个位名方只支]|兄弟|姐妹|姊妹|姐弟|兄妹|股东|伙伴"
    r"|合伙人)[^,.;，。；]{0,12}?[各每](?:自|家|人|位|方)?"
    r"(?:[占持出拿有]*股?|(?:[买购收投]|认购|收购|受让)了?[^,.;，。；\d]{0,12})$"
)
# "Each" before its verb, and the holders who are counted before it.
_EACH_DOES = re.compile(
    r"\b(?P<word>two|three|four|five|both|[2-5])\b(?! of)[^.;:]{2,80}?\beach (?:of them )?(?:(?:is|are|will|would|to"
    r"|wants?|plans?|buy(?:s|ing)?|tak(?:es?|ing)|hold(?:s|ing)?|own(?:s|ing)?|get(?:s|ting)?|acquir(?:es?|ing)"
    r"|ha(?:s|ve|ving)"
    r"|with|for|at|a|an|about|only|just|stake|share|of) )*$"
)
_WITH_EACH = re.compile(r"\s*(?:each|apiece)\b")
_SEVERAL = re.compile(
    r"\b(?P<word>two|three|four|five|[2-5])\b[^,.;:()]{2,40}$"
    r"|\b(?:both\b[^,.;:()]{2,40}|[a-z]+ and [a-z]+(?: \([^()]*\))? )$"
)

_LEAD = (
    r"(?:(?:另|其)?[一另][家个位名方人][占持出拿有得]*股?|(?:the )?(?:one|other|another) (?:with |at |has |holds )?)?"
)
_LIST = re.compile(
    rf"(?=[\d一二三四五六七八九十百两]|\b[efnost]){ITEM}"
    rf"(?:(?:\s*[,、]\s*(?:and )?|\s*(?:and|[和与及跟])\s*){_LEAD}{ITEM}){{1,4}}"
)
# Who has the parts of a list stands before it with their number: "three Dublin funds with", 两家美国基金分别拿.
_OF_SEVERAL = re.compile(
    rf"(?:\b(?P<word>{_NUMBER}) (?P<who>[^.;:()\d]{{2,60}})(?:, ?(?:holding|with|owning|taking) )?"
    rf"|(?P<han>[两二三四五2-5])[家个位名方](?P<whom>[^,.;:()\d]{{0,16}})"
    r"|(?P<pair>[a-z]+ and [a-z]+[^,.;:\d]{0,40}|[\u4e00-\u9fff]{2,8}[和与跟、][\u4e00-\u9fff]{2,16}))[:,]?\s*"
    rf"{_LEAD}$"
)
_ARE_SEVERAL = re.compile(
    rf"(?=\b[aefnst]|[2-9两二三四五和与跟、])(?:\b{_NUMBER} [a-z]|\band [a-z]|[两二三四五2-5][家个位名方]|[和与跟、])"
)
# Holders who have the same, and their number.
_EQUAL_HOLDERS = re.compile(
    r"(?=\b[a-z2-9]|[两二三四五六七八九])(?:"
    rf"\b(?P<word>{_NUMBER}) (?P<equal>equal )?(?:[a-z-]+ )?(?:(?:share|stake)?holders|owners|partners|investors"
    rf"|founders"
    r"|parties|companies|firms|families|friends|people|funds|members|of us)\b"
    r"|(?<![第十])(?P<han>[两二三四五六七八九2-9])[家个位名方]?(?:股东|合伙人|投资[人者方]|公司|企业|创始人|朋友"
    r"|伙伴|人|方|家)"
    r"|\bequal (?P<parts>halves|thirds|quarters|fifths)\b)"
)
# Without one of these nobody is told to be alike.
_SIGNS_OF_ALIKE = ("each", "equal", "same", "apiece", "各", "每", "均", "等", "同", "平分", "一样")
_ALIKE = re.compile(
    r"\bequally\b|\bequal (?:share|stake|part|holding|interest|portion|size|weight)s?\b|\bthe same (?:share|stake|part"
    r"|percentage)\b"
    r"|\b(?:half|third|quarter|fifth|sixth|tenth|\d\d|cent)%? (?:stake |share )?(?:each|apiece)\b|% (?:each|apiece)\b"
    r"|\beach (?:with |at |has |have |holds? |holding |owns? |owning |takes? )?(?:an? |one )?"
    r"(?:half|third|quarter|fifth|sixth|tenth|equal|\d\d(?:%| per ?cent|\s*(?:$|[,.;:])(?!\d)))"
    r"|\bequal (?:halves|thirds|quarters|fifths)\b|等额|均等|平分|均分|均[股持占]"
    r"|平均[持分出占]|(?:股[份权比]?|出资|比例)[^,.;，。；]{0,4}(?:相同|一样|相等|同等|等同)"
    r"|[各每][自家人位方个]?[占持出拿有认]*股?(?:\d{1,2}(?:\.\d+)?%|百分之|[二三四五六七八九十]分之|[一二两三四五]成"
    r"|一半|等)"
)
# So many of them.
_OF_THEM = re.compile(
    r"(?=\b[a-z1-8]|[一两二三四五六七八其余剩])(?:"
    r"\b(?P<word>one|two|three|four|five|six|seven|eight|both|[1-8])(?: of (?:them|us|whom|these))?"
    r"(?: (?:is|are|being|comes?|from|an?|the|in|based|hail)\b)* ?"
    r"|(?P<others>\b(?:the )?(?:others?|rest|remaining [a-z]+|remainder)(?: (?:is|are|being|comes?|from|an?|all"
    r"|both)\b)* ?"
    r"|(?:其余|余下|剩下|其他|另外)的?(?:[一两二三四五六七八][家个位名方])?(?:都|全|均|皆)*(?:是|为|来自|系|属于?)?)"
    r"|(?P<han>[一两二三四五六七八1-8])[家个位名方人](?:都|均)?(?:是|为|来自|系|属于?)?)"
)
_ONES = re.compile(
    r"(?=\b[a-z]|[一两二三四五六])(?:\b(?P<word>an?|one|two|three|four|five) (?:is |are |from )*"
    r"|(?P<han>[一两二三四五六])[家个位名方人])"
)
_EACH = re.compile(r"\s*(?:each|apiece)\b(?P<list>\s*(?::|-|for|to|between)\s*)?")
_COMES_EACH = re.compile(
    r"[各每](?:自|家|人|位|方)?[占持出拿有认]*股?\s*$|\beach (?:with|hold|holds|holding|own|owns|have"
    r"|take)\s*(?:an? )?$"
)
_ITEMS = re.compile(r"\s*[,、]\s*(?:and )?|\s+and\s+|\s*[和与及跟]\s*")
_ENDS = re.compile(r"[.;:。；](?!\d)|$")


def of_each(folded: str, amount: Amount) -> Amount:
    """What several holders have together, of whom each is said to have an amount: "three funds with 16% each"."""
    before = folded[max(0, amount.start - _FAR) : amount.start]
    near = before[-48:]
    if told := _SEVERAL_WITH_EACH.search(near):
        count = _count(told["han"])
    elif "each" in before and (told := _EACH_DOES.search(before)):
        count = _count(told["word"])
    elif _WITH_EACH.match(folded, amount.end) and (told := _SEVERAL.search(near)):
        count = _count(told["word"] or "both")
    else:
        return amount
    low, high = count * amount.share.low, count * amount.share.high
    if high > 100:
        return amount
    # Three thirds are the whole.
    low, high = (100.0 if 99.9 < value < 100 else round(value, 2) for value in (low, high))
    return replace(
        amount, share=ShareRange(low, high), together=True, since=amount.start - len(told.string) + told.start()
    )


def has_each(folded: str, amount: Amount) -> bool:
    """Whether several holders are said to have an amount, each of them, though not how many they are."""
    return bool(
        _WITH_EACH.match(folded, amount.end) or _COMES_EACH.search(folded, max(0, amount.start - 16), amount.start)
    )


def listed(folded: str, amounts: Sequence[Amount], sides: Sides) -> list[Amount]:
    """The amounts, with what several holders of one side have as its sum: "two Perth families with 35 and 25%"."""
    sums: list[Amount] = []
    for match in islice(_LIST.finditer(folded), _MOST) if amounts and _ARE_SEVERAL.search(folded) else ():
        items = [item[0] for item in SIGNED_ITEM.finditer(match[0])]
        told = _OF_SEVERAL.search(folded, max(0, match.start() - 80), match.start())
        if told is None or _count(told["word"] or told["han"] or "both") != len(items):
            continue
        marks = [mark for mark in sides.marks if told.start() <= mark.start < match.start()]
        named = {mark.side for mark in marks}
        if told["pair"] and (len(marks) < 2 or len(named) > 1):
            continue
        # "Shareholders" are of the side that a word beside them names.
        whose = named - {OTHER} or named
        total = round(sum(figure(item) for item in items), 2)
        signed = any(amount.start < match.end() and match.start() < amount.end for amount in amounts)
        if signed and len(whose) == 1 and total <= 100:
            sums.append(Amount(exactly(total), match.start(), match.end(), together=True))
    kept = [amount for amount in amounts if not any(amount.start < s.end and s.start < amount.end for s in sums)]
    return sorted([*kept, *sums], key=lambda amount: amount.start) if sums else list(amounts)


def counted(folded: str, sides: Sides) -> Iterator[Stated]:
    """What the foreign ones among equal holders have: "four equal holders, three from Bangkok, one Chinese"."""
    if not any(sign in folded for sign in _SIGNS_OF_ALIKE):
        return
    for match in islice(_EQUAL_HOLDERS.finditer(folded), _MOST):
        end = match.end()
        alike = match["equal"] or _ALIKE.search(folded, match.start(), min(len(folded), end + 40))
        if not alike:
            continue
        number = _count(match["word"] or match["han"] or match["parts"])
        found = _before(folded, match.start(), sides)
        if sum(found.values()) == number > found[FOREIGN] > 0:
            yield Stated(exactly(round(100 * found[FOREIGN] / number, 2)), match.start(), match.end(), FOREIGN)
            return
        found = {FOREIGN: 0, CHINESE: 0}
        for told in _OF_THEM.finditer(folded, end, min(len(folded), end + _FAR)):
            mark = sides.first(told.end(), told.end() + 24)
            if mark is None or mark.side == OTHER or mark.start - told.end() > 4:
                continue
            left = number - sum(found.values())
            found[mark.side] += left if told["others"] else _count(told["word"] or told["han"])
            end = mark.end
        if found[FOREIGN] > 0 and sum(found.values()) == number:
            yield Stated(exactly(round(100 * found[FOREIGN] / number, 2)), match.start(), end, FOREIGN)
            return


def named_each(folded: str, amounts: Sequence[Amount], sides: Sides) -> Iterator[Stated]:
    """What the foreign ones have of holders named one by one: "a third each: Lyon, Turin and a Chinese firm"."""
    for amount in amounts:
        number = round(100 / amount.share.high) if amount.share.is_exact and amount.share.high >= 10 else 0
        if not 2 <= number <= _HOLDERS or abs(number * amount.share.high - 100) > number / 50:
            continue
        behind = _EACH.match(folded, amount.end)
        before = _COMES_EACH.search(folded, max(0, amount.start - 16), amount.start)
        if behind is not None and behind["list"]:
            start, end = behind.end(), _end(folded, behind.end())
        elif behind is not None or before is not None:
            end = before.start() if before is not None else amount.start
            start = max(0, end - 100)
            start = max((mark.end() for mark in _ENDS.finditer(folded, start, end) if mark[0]), default=start)
        else:
            continue
        whose = [_side_of_item(sides, *item) for item in _parts(folded, start, end)]
        forward = behind is not None and behind["list"]
        whose = whose[:number] if forward else whose[-number:]
        if len(whose) == number and FOREIGN in whose and set(whose) <= {FOREIGN, CHINESE}:
            share = round(100 * whose.count(FOREIGN) / number, 2)
            yield Stated(exactly(share), amount.start, amount.end, FOREIGN)


def side_of_several(folded: str, amount: Amount, sides: Sides) -> str | None:
    """Whose all the holders are of whom an amount is told together; OTHER where they are not all of one side."""
    since = [] if amount.since is None else [amount.since]
    for start in (*since, own_clause(folded, amount.start), own_sentence(folded, amount.start)):
        if whose := {mark.side for mark in sides.marks if start <= mark.start < amount.start} - {OTHER}:
            return whose.pop() if len(whose) == 1 else OTHER
    return None


def _before(folded: str, end: int, sides: Sides) -> dict[str, int]:
    """How many holders of either side are told of before a place: 两家日本企业加江苏一家."""
    found = {FOREIGN: 0, CHINESE: 0}
    start = own_sentence(folded, end)
    for told in _ONES.finditer(folded, start, end):
        mark = sides.first(told.end(), told.end() + 24)
        if mark is None or mark.start - told.end() > 2:
            mark = sides.last(start, told.start())
            if mark is None or told.start() - mark.end > 1:
                continue
        if mark.side != OTHER:
            found[mark.side] += _count(told["word"] or told["han"])
    return found


def _parts(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for joiner in _ITEMS.finditer(folded, start, end):
        yield start, joiner.start()
        start = joiner.end()
    yield start, end


def _side_of_item(sides: Sides, start: int, end: int) -> str | None:
    whose = {mark.side for mark in sides.marks if start <= mark.start < end}
    known = whose - {OTHER} or whose
    return known.pop() if len(known) == 1 else None


def _end(folded: str, start: int) -> int:
    found = _ENDS.search(folded, start)
    return len(folded) if found is None else found.start()


def _count(word: str) -> int:
    if word in _PARTS:
        return _PARTS[word]
    return _WORDS.get(word) or (int(word) if word.isascii() else DIGITS[word])
