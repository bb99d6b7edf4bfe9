"""What stands beside a figure and bounds it: at most, not below, or more, thirty to forty, all but."""

from __future__ import annotations

import re

from negative_list.model import ShareRange
from negative_list.numerals import DIGITS, SIGN, WORDS, exactly, han_number, in_words

# So far before a figure, and behind it, words bound it.
_BEFORE, _AFTER = 44, 20

# What turns "more than" into "at most": not, may not be, 不得, 不会再.
_NOT = (
    r"(?:\b(?:no|not|never|cannot|without|nor|neither)|n['’]t)"
    r"(?: (?:be|go|going|to|get|rise|fall|drop|sink|hold|own|have|take|want|ever|any|anything|come|do|stay|allowed))*"
)
_NOT_ZH = (
    r"(?:不(?:[得能可会应宜许要准想愿]|允许|可以|打算|希望|应当|应该|能够)?|没有?|未|别|唔(?:可以|会|好)?)(?:再|有)?"
)
_MORE, _LESS = r"(?:more|higher|greater|larger|bigger) than", r"(?:less|lower|fewer|smaller) than"
# What may stand between the words of a bound and its figure: "at most a 49% stake", 最多只拿.
_HOLDING = (
    r"(?: (?:an?|the|of|take|taking|hold|holding|own|owning|have|having|get|getting|buy|buying|about|around|only|at"
    r"|be|to))*\s*"
    r"(?:[只仅就也都能可会肯想要求给占持拿出取得有股买投为是定设到约大概以]|持有|持股|达到?|愿意|外[资方]|我[们方]?)*\s*$"
)
_AT_MOST = re.compile(
    rf"(?:\bup to(?: (?:and including|a max(?:imum)? of))?|\bat (?:the )?(?:very )?most|{_NOT} {_MORE}"
    rf"|{_NOT} (?:over|above|beyond|past|exceed(?:ing|s)?)|\bmax(?:imum)?(?: of)?|\bcapped at|\bcap of|\bceiling of"
    rf"|{_NOT_ZH}(?:超过?|高[过于]|多[过于]|大[过于]|突破|逾|过)"
    rf"|至多|最多|顶多|最高|上限|撑死|充其量|最大){_HOLDING}"
)
_AT_LEAST = re.compile(
    rf"(?:\bat (?:the )?(?:very )?least|{_NOT} {_LESS}|{_NOT} (?:under|below|beneath)|\bmin(?:imum)?(?: of)?"
    rf"|\bfloor of|{_NOT_ZH}(?:[低少小][过于])|不会?下于|至少|最少|最低|最小|下限|起码|少说){_HOLDING}"
)
_BELOW = re.compile(
    rf"(?:\b(?:less than|under|below|fewer than|short of|not quite)|{_NOT} reach"
    rf"|[低少小][过于]|不[到足满]|[未没][到达满]){_HOLDING}"
)
_ABOVE = re.compile(
    rf"(?:more than|(?<!take )(?<!takes )(?<!taking )(?<!taken )(?<!took )\bover|above|exceed(?:s|ing)?|in excess of"
    rf"|[超逾]过?|[高多大][过于]|(?<![通经不])过|突破){_HOLDING}"
)
# "No more and no less than 30%" is 30%.
_JUST = re.compile(
    rf"(?:\bno (?:more|less),? (?:and )?(?:no|nor) (?:more|less)(?: than)?|\bneither (?:more|less) nor (?:more|less)"
    rf"(?: than)?|不多不少|刚好|正好){_HOLDING}"
)
# Without one of these nothing before a figure bounds it.
_LIMITS = re.compile(
    r"more|less|most|least|than|up to|over|above|beyond|past|exceed|excess|max|min|cap|ceiling|floor|under|below"
    r"|beneath|short of|not quite|reach|\b(?:all|everything|the whole)\b"
    r"|[超逾高多大低少小最至顶上下撑充起不未没刚正过突]"
)
_OR_MORE = re.compile(
    r"^\s*(?:(?:and|or) (?:more|above|higher|better|upwards?)|minimum\b|at (?:the )?(?:very )?(?:least|a minimum)\b"
    r"|(?:或者?|及|且)?以上|起步|打底|保底)"
)
_OR_LESS = re.compile(
    r"^\s*(?:or (?:less|below|lower|under)|at (?:the )?(?:very )?most\b|tops\b|max(?:imum)?\b|(?:或者?|及)?以[下内]"
    r"|封顶"
    r"|[为作]上限|为限)"
)
# "Thirty and some": up to the next ten.
_ODD = re.compile(r"多(?![的于])|有余|出头|[有零]几|几")
# "All but five percent": what is left out of the whole.
_ALL_BUT = re.compile(
    r"\b(?:all|everything|the whole)(?: of (?:it|the [a-z]+))?,? (?:but|except|save|bar|apart from)(?: for)? (?:the "
    r"|an? )?$"
)
# The lower end of a range whose sign stands only behind its upper end, or whose sign is missing: "30-40%", 三到四成.
_FIRST = re.compile(
    rf"(?<![\d.])(?:(?P<first>\d{{1,3}}(?:\.\d+)?|\b{WORDS})|(?:0|\b(?:zero|nil|nothing|none)|零)(?:{SIGN})?)"
    r"\s*(?P<joiner>-|–|~|至|到|to|and|or|或)\s*$",
    re.ASCII,
)
_FIRST_TENTHS = re.compile(r"(?P<first>[零一二两三四五六七八九])(?P<joiner>到|至|-|–|~|、|或)?$")
# The upper end of a range whose sign stands only before its lower end: 百分之三十到四十.
_LAST = re.compile(
    r"\s*(?:-|–|~|至|到|to)\s*(?P<last>\d{2}(?:\.\d+)?(?![\d%]|\s*(?:%|per|pct))|[一二三四五六七八九]?十[一二三四五六七八九]?)"
    r"(?=\s*(?:$|[,.;:)，。；、](?!\d)|[之]间|[的股外我由归是]))"
)
BESIDES = re.compile(r"\s*(?:and|和|与|及|跟|、)\s*")
_BETWEEN = re.compile(
    r"\b(?:between|from|anywhere|somewhere|either|range of)\b[^,.;]{0,12}$|介[于乎][^,.;]{0,4}$|[在从由]$"
)


_NEGATED = re.compile(rf"(?:{_NOT} |{_NOT_ZH})$")


def negated(before: str) -> bool:
    """Whether words deny what follows them: "not", "must not be", 不得."""
    return _NEGATED.search(before) is not None


def is_range(folded: str, start: int, end: int, after: int) -> bool:
    """Whether two amounts are the ends of a range: joined by "and" only behind "between"."""
    if BESIDES.fullmatch(folded, end, after) is None:
        return True
    return _BETWEEN.search(folded, max(0, start - 24), start) is not None


def bounded(folded: str, start: int, end: int, value: float) -> tuple[ShareRange, int, int]:
    """A figure with the bound that stands before or behind it, and where the words of both stand."""
    before, after = folded[max(0, start - _BEFORE) : start], folded[end : end + _AFTER]
    limited = _LIMITS.search(before) is not None
    if limited and (left := _ALL_BUT.search(before)) is not None and value < 100:
        return exactly(round(100 - value, 2)), start - (len(before) - left.start()), end
    for pattern, share in () if not limited else (
        (_JUST, exactly(value)),
        (_AT_MOST, ShareRange(0, value, low_excluded=True)),
        (_AT_LEAST, ShareRange(value, 100)),
        (_BELOW, ShareRange(0, value, low_excluded=True, high_excluded=True)),
        (_ABOVE, ShareRange(value, 100, low_excluded=True)),
    ):
        if (bound := pattern.search(before)) is not None:
            return share, start - (len(before) - bound.start()), end
    if (bound := _OR_MORE.match(after)) is not None:
        return ShareRange(value, 100), start, end + bound.end()
    if (bound := _OR_LESS.match(after)) is not None:
        return ShareRange(0, value, low_excluded=True), start, end + bound.end()
    if value % 10 == 0 and value < 100 and (bound := _ODD.match(after)) is not None:
        return ShareRange(value, value + 10), start, end + bound.end()
    return _ranged(folded, start, end, value)


def _ranged(folded: str, start: int, end: int, value: float) -> tuple[ShareRange, int, int]:
    """A figure with the other end of its range, which has no sign of its own."""
    low = max(0, start - 24)
    if (first := _FIRST.search(folded, low, start)) is not None:
        word = first["first"] or "0"
        other = float(word) if word[0].isdigit() else in_words(word)
        if first["joiner"] == "and" and not _BETWEEN.search(folded, max(0, first.start() - 24), first.start()):
            # Two parts rather than the ends of a range: as much as one of them, or as both together.
            return ShareRange(min(other, value), min(100, other + value)), first.start(), end
        return ShareRange(min(other, value), max(other, value)), first.start(), end
    if (
        folded[start] in DIGITS
        and folded.find("成", start, end) > 0
        and (first := _FIRST_TENTHS.search(folded, low, start))
    ):
        other = 10.0 * DIGITS[first["first"]]
        # 三四成 is a range; other digits before are none.
        if other < value and (first["joiner"] or 0 < value - other < 20):
            return ShareRange(other, value), first.start(), end
    if (last := _LAST.match(folded, end)) is not None:
        other = han_number(last["last"])
        if value < other <= 100:
            return ShareRange(value, other), start, last.end()
    return exactly(value), start, end
