"""What a share comes to once some of it is bought on top, or sold: in points, or in parts of what somebody holds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from negative_list.amounts import Amount, Stated, figure
from negative_list.model import ShareRange
from negative_list.numerals import SIGN, WORDS, exactly
from negative_list.sides import CHINESE, FOREIGN, OTHER, Sides
from negative_list.transfers import DOER, FINAL, PERHAPS, doer

# Without one of these nothing changes hands.
_DEALS = (
    "buy", "acquir", "purchas", "tak", "took", "add", "bought", "obtain", "get", "pick", "sell", "sold", "transfer",
    "give", "giving", "hand", "cede", "part with", "买", "购", "收", "让", "增", "仓", "入股", "卖", "转", "减持",
)  # fmt: skip
_BUYS = re.compile(
    r"(?:\b(?:buy|acquir|purchas|tak|took|add|bought|obtain|get|pick)[a-z]*\b|[买购]|收购?|受让|增持|增购|加仓|入股|认购|增加)"
    r"[^,.;，。；\d%]{0,24}$"
)
_SELLS = re.compile(
    r"(?:\b(?:sell|sold|transfer|giv(?:e|es|ing)|hand(?:s|ing)?|ced(?:e|es|ing)|part(?:s|ing)? with|let(?:s|ting)? go"
    r"|dispos(?:e|es|ing))[a-z]*\b(?! (?:us|me)\b)|(?<!受)转让?(?!为|成|到|变)|卖|(?<!受)(?<!转)让[出给]?|出让|减持|[拿匀]出)"
    r"[^,.;，。；\d%]{0,16}$"
)
# The verb behind what is sold: 把15%转给本地人.
_SOLD = re.compile(r"\s*的?(?:股[份权])?(?:转[让给]|卖[给掉]|让给|出让)")
_OF_SHARES = re.compile(r"\s*(?:of (?:it|that|them|ours|our|the (?:company|venture|jv|firm))\b|stake|shares?\b|points?\b|的?股)")
_HAS = re.compile(
    r"(?:\b(?:has|have|had|holds?|owns?|holding|owning|bought|acquired|got|took|sits? on|with|were at|was at|are at)\b"
    r"|\bour\b|[有占持买是]|持股|持有|收购)[^.;，。；\d%]{0,40}$"
)
# What was so before it changes.
_BEFORE_THAT = re.compile(r"\b(?:already|now|currently|so far|had|until now|today|were|was)\b|[原本已现]|目前|而家|以前|之前")
_KEEPS = re.compile(r"\b(?:keep|retain|remain|stay|left)[a-z]*\b[^,.;]{0,12}$|[留剩][^,.;，。；]{0,6}$")
_MORE = re.compile(
    r"(?:\b(?:further|another|additional|extra|adds?|adding|more|his|her|their|partner's|also)\b"
    r"|[再又]|另外?|追加|增持|增购|加仓|额外|多)[^.;，。；\d%]{0,24}$"
)
_ON_TOP = re.compile(
    r"\s*(?:stake |shares? |points? |of it )?(?:more\b|on top\b|in addition\b|extra\b|besides\b|as well\b|too\b"
    r"|from (?!\d))"
)
_SELLER = re.compile(r"(?:从|向|自|受让)[^,.;，。；\d]{1,10}$")
# Somebody else from abroad holds what is held: 另一家韩国公司已有15%.
_ANOTHER = re.compile(r"(?:\b(?:another|a second|other)\b|另[一外]?[家个位名]?)[^,.;，。；\d]{0,30}$")
# A number without a sign that is held, bought or sold.
_HELD_BARE = re.compile(
    r"(?:\b(?:we|i)(?:'ve| have| had) (?:already |now |currently |still )*(?:got )?|\b(?:we|i) (?:already |now |currently )?(?:hold|own)"
    r"|\balready (?:have|hold|own)|\bour|(?<=[方我们家司])(?:原来?|本来?|已经?|现在?|目前|以前|之前|而家)*(?:就|都)?[有占持是])\s*$"
)
_DEAL_BARE = re.compile(
    r"(?:\b(?:buy|buys|buying|acquir(?:e|es|ing)|purchas(?:e|es|ing)|tak(?:e|es|ing)|add|adds|adding|sell|sells|selling)"
    r" (?:us |me )?(?:(?:another|a further|a|an additional|an extra|his|her|their|the|about|partner's|other) )*"
    r"|[再又]?(?:[买购卖转]|收购?|受让|增持|加仓|增购|减持|转让|卖掉|让出))\s*$"
)
_BARE_END = re.compile(
    r"\s*(?:$|[,.;:!?)，。；、？！](?!\d)|(?:from|of|more|too|on top|as well|to (?:the|a|an|our|his)|in (?:the|a|an|our)|and|already"
    r"|points?|now|with)\b|[给股，])"
)
_BUSINESS = re.compile(
    r"\b(?:company|venture|jv|firm|stake|shares?|equity|partner|business|factory|plant|shareholder|shareholding)\b|股|公司|合[资伙]|企业|厂"
)
# So much of what somebody holds: "40% of his holding", 他手上的一半.
_PART = rf"(?:half|(?:a|one|two|three) (?:third|quarter|fifth)s?|(?:\d{{1,2}}(?:\.\d+)?|{WORDS})(?:{SIGN}))"
_HOLDING = r"(?:holding|stake|share|shareholding|interest|part|portion|equity|half)s?\b"
_PORTION = re.compile(
    rf"(?=[\dafhotnesw他她其老对中创股所手名])(?:\b(?P<part>{_PART})(?: of)? "
    rf"(?P<whose>his|her|their|our|my|(?:(?:the|our) )?(?:[a-z]+ )?[a-z]+'s) (?:own |current |existing |whole )?"
    rf"(?:(?P<shares>{_HOLDING})|(?P<held>\d{{1,2}}(?:\.\d+)?)(?!\d))"
    rf"|\b(?P<some>{_PART}) of what (?P<who>he|she|they|we|i) (?:has|have|holds?|owns?)\b"
    rf"|\b(?P<few>{_PART}) of (?P<ones>his|hers|theirs|ours|mine)\b"
    rf"|\b(?P<points>\d{{1,2}}) (?:percentage )?(?:points )?(?:out )?of our (?P<of>\d{{1,2}}(?:\.\d+)?)(?![\d.])"
    r"|(?:(?P<zh>他们?|她们?|其|老板|对方|中方|创始人)(?:所|的)?(?:手[里中上头]|名下|持有?|占有?|股[份权]|那些?|那份)"
    r"(?:的?股[份权])?|(?P<mine>我们?|自己)(?:所|的)?(?:手[里中上头]|名下|股[份权])(?:的?股[份权])?)"
    r"的?(?:其中的?)?(?P<zhpart>一半|[二三四五]分之[一二两三四]|(?<=股[份权]的)(?:[一二两三四五六七八九]成半?|\d{1,2}%)))"
)
_HALF = {"half": 50.0, "一半": 50.0}


def dealt(folded: str, amounts: Sequence[Amount], helpers: Sequence[Amount], sides: Sides) -> Stated | None:
    """The foreign share that is left or reached where one part of it is held and one is bought or sold."""
    if not (amounts or helpers) or not any(word in folded for word in _DEALS):
        return None
    bare = [helper for helper in helpers if helper.bare]
    if (portion := _portion(folded, [*amounts, *bare], sides)) is not None:
        return portion
    known = sorted([*amounts, *(one for one in bare if _is_dealt(folded, one))], key=lambda amount: amount.start)
    if len(known) != 2 or not all(amount.share.is_exact for amount in known):
        return None
    held, moved = known
    between = folded[held.end : moved.start]
    if len(between) > DOER or FINAL.search(between[-24:]) or PERHAPS.search(between):
        return None
    if not _HAS.search(folded, max(0, held.start - 60), held.start) or doer(folded, held.start, sides) != FOREIGN:
        return None
    if (verb := _SELLS.search(between)) is not None or _SOLD.match(folded, moved.end):
        return _sold(folded, held, moved, held.end + (verb.start() if verb else len(between)), sides)
    if (verb := _BUYS.search(between)) is None:
        return None
    return _bought(folded, held, moved, held.end + verb.start(), sides)


def _bought(folded: str, held: Amount, moved: Amount, at: int, sides: Sides) -> Stated | None:
    """What is held with what is bought on top; where it is not said to be on top, between what is bought and both."""
    most = round(held.share.high + moved.share.high, 2)
    if most > 100 or doer(folded, at, sides) != FOREIGN:
        return None
    more = (
        _MORE.search(folded, held.end, moved.start)
        or _ON_TOP.match(folded, moved.end)
        or _SELLER.search(folded, held.end, moved.start)
        or _ANOTHER.search(folded, max(0, held.start - 60), held.start)
    )
    return Stated(ShareRange(most if more else moved.share.low, most), held.start, moved.end, FOREIGN)


def _sold(folded: str, held: Amount, moved: Amount, at: int, sides: Sides) -> Stated | None:
    """What is left of what the foreign side holds once it sells some."""
    left = round(held.share.low - moved.share.low, 2)
    buyer = sides.first(moved.end, moved.end + 40)
    to_others = buyer is not None and buyer.side != FOREIGN
    if left <= 0 or doer(folded, at, sides) != FOREIGN or _KEEPS.search(folded, max(0, held.start - 24), held.start):
        return None
    if not to_others and not _OF_SHARES.match(folded, moved.end) and "点" not in folded[moved.start : moved.end]:
        return None
    # "We hold 80% and sell 20%" may tell of what is before that or after.
    told = held.share.low + moved.share.low < 100 or _BEFORE_THAT.search(folded, max(0, held.start - 30), held.start)
    return Stated(ShareRange(left, left if told else held.share.low), held.start, moved.end, FOREIGN)


def _portion(folded: str, known: Sequence[Amount], sides: Sides) -> Stated | None:
    """The share where a part of somebody's holding is bought, or of our own is sold."""
    if "of " not in folded and "half " not in folded and not any(word in folded for word in ("一半", "之", "成", "股")):
        return None
    for match in _PORTION.finditer(folded):
        held = [one for one in known if one.end <= match.start() and match.start() - one.end <= DOER]
        inner = match["held"] or match["of"]
        if inner is not None:
            whole = float(inner)
        elif held and held[-1].share.is_exact:
            whole = max(held, key=lambda one: one.end).share.high
        else:
            continue
        ours = (match["whose"] or match["who"] or match["ones"]) in ("our", "my", "we", "i", "ours", "mine")
        ours = ours or bool(match["mine"] or match["of"])
        sells = _SELLS.search(folded, max(0, match.start() - 40), match.start())
        buys = _BUYS.search(folded, max(0, match.start() - 40), match.start())
        start = match.start() if inner else held[-1].start
        if ours and sells and not buys:
            return Stated(_rest_of(whole, match), start, match.end(), FOREIGN)
        if ours or not buys or doer(folded, buys.start(), sides) not in (FOREIGN, None):
            continue
        if inner is None and doer(folded, held[-1].start, sides) not in (CHINESE, OTHER):
            continue
        part = figure_of(match["part"] or match["some"] or match["few"] or match["zhpart"])
        return Stated(exactly(round(whole * part / 100, 2)), start, match.end(), FOREIGN)
    return None


def _rest_of(whole: float, match: re.Match[str]) -> ShareRange:
    """What is left of a holding: points are taken off it, a fraction of it as well, percent in either way."""
    if match["points"]:
        return exactly(max(0.0, whole - float(match["points"])))
    word = match["part"] or match["some"] or match["few"] or match["zhpart"]
    part = figure_of(word)
    left = round(whole * (100 - part) / 100, 2)
    return ShareRange(max(0.0, min(left, whole - part)), left) if word[-1] in "%t成" else exactly(left)


def figure_of(word: str) -> float:
    """The percentage that a part names: "half", "two thirds", 一半, 40%."""
    return _HALF.get(word) or figure(word)


def _is_dealt(folded: str, number: Amount) -> bool:
    """Whether a number without a sign is a share that is held, bought or sold."""
    if number.share.high < 5 or _BARE_END.match(folded, number.end) is None or not _BUSINESS.search(folded):
        return False
    before = folded[max(0, number.start - 40) : number.start]
    return bool(_HELD_BARE.search(before) or _DEAL_BARE.search(before))
