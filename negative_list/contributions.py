"""What follows for the foreign share from what each side pays in: "registered capital 10m, of which we pay 6m"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from negative_list.numerals import DIGITS
from negative_list.sides import CHINESE, FOREIGN, Sides, own_clause, own_sentence

# Sums of money further apart than this are not of one company.
_APART = 90
# So many of them are looked at.
_MOST = 12
_UNITS = {
    "万": 1e4, "亿": 1e8, "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9,
    "": 1.0,
}  # fmt: skip
_MONEY = re.compile(
    r"(?=[\da-z$€¥一二两三四五六七八九十])(?:(?:rmb|cny|usd|eur|chf|gbp|jpy|us\$|hk\$|hkd|\$|€|¥) ?)?(?<![\d.,])"
    r"(?P<figure>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|[一二两三四五六七八九十][一二两三四五六七八九十百千]{0,6}"
    r"(?=[万亿])) ?(?P<unit>万|亿|million\b|mn?\b|k\b|thousand\b|billion\b|bn\b)(?!吨|平|人|台|亩|[a-z])"
)
# A second sum that leaves out its unit: "we put in 6 million, they put in 4".
_MONEY_AGAIN = re.compile(
    r"(?=\d|[一二两三四五六七八九十])(?:(?<=puts in )|(?<=put in )|(?<=pays )|(?<=pay )|(?<=brings )|(?<=bring )"
    r"|(?<=invests )|(?<=invest )"
    r"|(?<=[方们他我家][出投])|(?<=they )|(?<=them )|(?<=partner ))(?P<figure>\d+(?:\.\d+)?"
    r"|[一二两三四五六七八九十]百?千?)"
    r"(?=\s*(?:$|[,;，。；]|\.(?!\d)|and\b))"
)
_CAPITAL = re.compile(
    r"\b(?:registered|total|share|paid-in)? ?capital\b(?! contrib)|注册资[本金]|总?资本|投资总额|总投资"
)
_PAID = re.compile(
    r"\b(?:paid|come from|contributions?|pays?|puts?|brings?|contribut\w+|invests?|subscrib\w+"
    r"|pay(?:s|ing)? in|put(?:s|ting)? (?:in|up))\b"
    r"|认缴|认购|出资|投入|缴付|作价|[出投](?=[\d一二两三四五六七八九十])|现金(?=\d)|(?<=[方资商])\d"
)
# So much out of the whole: "3 of the 5 million".
_OUT_OF = re.compile(
    r"(?<![\d.,])(?P<part>\d+(?:\.\d+)?) ?(?P<unit>million\b|mn?\b|k\b|thousand\b)?,? (?:out )?of (?:the |a |its |our "
    r"|their |total |of |full )*(?:rmb|cny|usd|eur|chf|gbp|us\$|hk\$|\$|€)? ?(?P<whole>\d+(?:\.\d+)?) ?"
    r"(?P<units>million|mn?|k|thousand)\b(?P<capital>[^.;]{0,20}\b(?:capital|equity|shares)\b)?"
)
# What a company is worth before somebody pays in, or with what is paid in.
_VALUED = re.compile(
    r"(?P<before>投前|增资前|入股前|\bpre[- ]?money\b)|(?P<after>投后|增资后|入股后|\bpost[- ]?money\b)"
)
_VALUE = re.compile(r"[^,.;，。；\d]{0,24}$")
# Who pays is named behind what is paid.
_BY = re.compile(
    r"(?: of it)?,? ?(?:will be |is |are |to be |come |comes |would be )?"
    r"(?:paid|subscribed|contributed|put up)? ?(?:in )?(?:by|from)\b"
)
_PRO_RATA = re.compile(
    r"\bpro rata\b|\bin proportion\b|\bfollows? (?:the )?(?:capital|contributions?|money)\b|\bmirrors?\b"
    r"|\bas paid\b|\bcapital contributions?\b"
    r"|\baccording to (?:payment|contribution|capital)\b|\bequals? contribution|\btracks? contributions?"
    r"|\b(?:per|by|as per|in line with|based on) (?:the )?(?:contribution|capital|cash|money|payment|investment"
    r"|what each)s?\b"
    r"|\baccording to (?:what|how much|the money|who)\b|\bfollows? (?:the )?(?:cash|investments?|payments?)\b"
    r"|[跟随依看凭][^,，。;；]{0,4}(?:出资|出钱|投资|投入|钱)|谁出多少|出多少[^,，。;；]{0,4}[占拿得有]"
    r"|[按照][^,，。;；]{0,6}(?:出资|认缴|注资|投入|出钱|投钱|投资|钱)|认缴|注册资[本金]|\bregistered capital\b"
)


@dataclass(frozen=True, slots=True)
class Contributed:
    """The foreign share in percent that payments come to, and where the words stand."""

    share: float
    start: int
    end: int


def contributed(folded: str, sides: Sides) -> Contributed | None:
    """The foreign share that payments into the capital come to; None where the text does not tell it.

    Of two payments and more, each by a side that is named, or of one and the capital as a whole.
    """
    if not _PAID.search(folded):
        return None
    if (bought := _valued(folded, sides)) is not None:
        return bought
    if (part := _part_paid(folded, sides)) is not None or not _PRO_RATA.search(folded):
        return part
    whole: float | None = None
    paid: list[tuple[float, str]] = []
    spans: list[tuple[int, int]] = []
    unit = ""
    for match in _sums(folded):
        unit = match["unit"] if match.re is _MONEY else unit
        if spans and match.start() - spans[-1][1] > _APART:
            return None
        value = _figure(match["figure"]) * _UNITS[unit]
        start = spans[-1][1] if spans else max(0, match.start() - _APART)
        between, after = folded[start : match.start()], folded[match.end() : match.end() + 40]
        named = {mark.side for mark in sides.marks if start <= mark.start and mark.end <= match.start()}
        if whole is None and not paid and (_CAPITAL.search(between) or _CAPITAL.match(after.lstrip())):
            whole = value
        elif (mark := sides.first(match.end(), match.end() + _APART)) is not None and _BY.match(after):
            paid.append((value, FOREIGN if mark.side == FOREIGN else CHINESE))
        elif named:
            paid.append((value, FOREIGN if FOREIGN in named else CHINESE))
        else:
            return None
        spans.append(match.span())
    told = sum(value for value, _ in paid)
    total = told if whole is None else whole
    if not paid or (whole is None and len(paid) < 2) or not 0 < told <= total:
        return None
    foreign = sum(value for value, side in paid if side == FOREIGN)
    # Where only the Chinese side's payment is told, the rest of the capital is foreign.
    share = round(100 * (foreign or total - told) / total, 2)
    return Contributed(share, spans[0][0], spans[-1][1]) if share > 0 else None


def _sums(folded: str) -> list[re.Match[str]]:
    """Sums of money from left to right; one without a unit is of the same as the one before it."""
    sums = list(islice(_MONEY.finditer(folded), _MOST))
    if len(sums) == 1:
        sums += islice(_MONEY_AGAIN.finditer(folded, sums[0].end()), 1)
    return sums


def _valued(folded: str, sides: Sides) -> Contributed | None:
    """What the foreign side gets for what it pays into a company of a known value: 投前估值8000万，我们投2000万."""
    if (valued := _VALUED.search(folded)) is None:
        return None
    sums = list(islice(_MONEY.finditer(folded), _MOST))
    worth = next((one for one in sums if one.start() >= valued.end()), None)
    if worth is None or len(sums) != 2 or _VALUE.fullmatch(folded, valued.end(), worth.start()) is None:
        return None
    paid = sums[0] if worth is sums[1] else sums[1]
    payer = sides.last(0, paid.start())
    if payer is None or payer.side != FOREIGN or not _PAID.search(folded, payer.end, paid.end()):
        return None
    part, value = (_figure(one["figure"]) * _UNITS[one["unit"]] for one in (paid, worth))
    whole = value + part if valued["before"] else value
    if not 0 < part < whole:
        return None
    start, end = min(paid.start(), worth.start()), max(paid.end(), worth.end())
    return Contributed(round(100 * part / whole, 2), start, end)


def _part_paid(folded: str, sides: Sides) -> Contributed | None:
    """The foreign share where one side is said to pay so much out of the capital as a whole."""
    for match in _OUT_OF.finditer(folded) if "of " in folded else ():
        start = own_sentence(folded, match.start())
        whole = float(match["whole"]) * _UNITS[match["units"]]
        part = float(match["part"]) * _UNITS[match["unit"] or match["units"]]
        told = match["capital"] or _CAPITAL.search(folded, start, match.start())
        payer = sides.last(own_clause(folded, match.start()), match.start())
        if not told or payer is None or not _PAID.search(folded, payer.end, match.start()) or not 0 < part < whole:
            continue
        share = round(100 * part / whole, 2)
        share = share if payer.side == FOREIGN else round(100 - share, 2)
        return Contributed(share, match.start(), match.end())
    return None


def _figure(word: str) -> float:
    """A sum in digits or in Chinese numerals: 六百, 一千五百."""
    if word[0].isascii():
        return float(word.replace(",", ""))
    total, digit = 0, 0
    for sign in word:
        if (power := {"十": 10, "百": 100, "千": 1000}.get(sign)) is None:
            digit = DIGITS[sign]
        else:
            total, digit = total + (digit or 1) * power, 0
    return float(total + digit)
