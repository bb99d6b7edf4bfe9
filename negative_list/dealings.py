"""What a share comes to once some of it is bought on top, or sold: in points, or in parts of what somebody holds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from negative_list.amounts import ROUNDED, Amount, Stated, figure
from negative_list.model import ShareRange
from negative_list.numerals import SIGN, WORDS, exactly
from negative_list.sides import FOREIGN, Sides
from negative_list.transfers import DOER, FINAL, PERHAPS, doer

# What is held and what is dealt in.
_TWO = 2
# Nobody deals in less without a sign.
_LEAST = 5
# Without one of these nothing changes hands.
_DEALS = (
    "buy", "acquir", "purchas", "tak", "took", "add", "bought", "obtain", "get", "pick", "sell", "sold", "transfer",
    "let ", "give", "giving", "hand", "cede", "part with", "买", "购", "收", "让", "增", "仓", "入股", "卖",
    "转", "减持",
)  # fmt: skip
_BUYS = re.compile(
    r"(?:\b(?:buy|acquir|purchas|tak|took|add|bought|obtain|get|pick)[a-z]*\b|[买购]|收购?|受让|增持|增购|加仓|入股"
    r"|认购|增加)"
    r"[^,.;，。；\d%]{0,40}$"
)
_SELLS = re.compile(
    r"(?:\b(?:sell|sold|transfer|giv(?:e|es|ing)|hand(?:s|ing)?|ced(?:e|es|ing)|part(?:s|ing)? with|let(?:s|ting)?"
    r"|dispos(?:e|es|ing))[a-z]*\b(?! (?:us|me)\b)|(?<!受)转让?(?!为|成|到|变)|卖|(?<!受)(?<!转)让[出给]?|出让|减持"
    r"|[拿匀]出)"
    r"[^,.;，。；\d%]{0,16}$"
)
# The verb behind what is sold: 把15%转给本地人.
_SOLD = re.compile(r"\s*的?(?:股[份权])?(?:转[让给]|卖[给掉]|让给|出让)")
# The verb behind what is bought: 把中方的50也买过来.
_BOUGHT = re.compile(
    r"\s*的?(?:股[份权])?也?都?(?:给|一起)?(?:[买收接拿]|收购|受让)[^,.;，。；]{0,2}(?:过来|下来|[下走了]|过)"
)
_OF_SHARES = re.compile(
    r"\s*(?:of (?:it|that|them|ours|our|the (?:company|venture|jv|firm))\b|stake|shares?\b|points?\b|的?股)"
)
_HAS = re.compile(
    r"(?:\b(?:has|have|had|holds?|owns?|holding|owning|bought|acquired|got|took|sits? on|with|were at|was at|are at)\b"
    r"|\bour\b|[有占持买是]|持股|持有|收购)[^.;，。；\d%]{0,40}$"
)
# What was so before it changes.
_BEFORE_THAT = re.compile(
    r"\b(?:already|now|currently|so far|had|until now|today|were|was)\b|[原本已现]|目前|而家|以前|之前"
)
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
    r"(?:\b(?:we|i)(?:'ve| have| had) (?:already |now |currently |still )*(?:got )?|\b(?:we|i) (?:already |now "
    r"|currently )?(?:hold|own)"
    r"|\balready (?:have|hold|own)|\bour|(?<=[方我们家司])(?:原来?|本来?|已经?|现在?|目前|以前|之前|而家)*(?:就"
    r"|都)?[有占持是]?)\s*$"
)
_DEAL_BARE = re.compile(
    r"(?:\b(?:buy|buys|buying|acquir(?:e|es|ing)|purchas(?:e|es|ing)|tak(?:e|es|ing)|add|adds|adding|sell|sells"
    r"|selling)"
    r" (?:us |me )?(?:(?:another|a further|a|an additional|an extra|his|her|their|the|about|partner's|other) )*"
    r"|[再又]?(?:[买购卖转]|收购?|受让|增持|加仓|增购|减持|转让|卖掉|让出))\s*$"
)
_TAKEN_FROM = re.compile(r"[把将][^,.;，。；\d]{1,10}的?$")
_BARE_END = re.compile(
    r"\s*(?:$|[,.;:!?)，。；、？！](?!\d)|(?:from|of|more|too|on top|as well|to (?:the|a|an|our|his)|in (?:the|a|an"
    r"|our)|and|already"
    r"|points?|now|with)\b|[给股，])"
)
_BUSINESS = re.compile(
    r"\b(?:company|venture|jv|firm|stake|shares?|equity|partner|business|factory|plant|shareholder|shareholding)\b"
    r"|股|公司|合[资伙]|企业|厂"
)
# So much of what somebody holds: "40% of his holding", 他手上的一半.
_PART = rf"(?:half|(?:a|one|two|three) (?:third|quarter|fifth)s?|(?:\d{{1,2}}(?:\.\d+)?|{WORDS})(?:{SIGN}))"
_HOLDING = r"(?:holding|stake|share|shareholding|interest|part|portion|equity|half)s?\b"
_PORTION = re.compile(
    rf"(?=\b[\dafhonstegw]|[他她其老对中创手名我自转卖让出把])(?:"
    rf"(?=[\dahotfnse])(?P<part>{_PART})(?: of)? (?:(?P<whose>his|her|their|our|my|(?:(?:the"
    rf"|our) )?(?:[a-z]+ )?[a-z]+'s) "
    rf"(?:own |current |existing |whole )?(?:{_HOLDING}|(?P<held>\d{{1,2}}(?:\.\d+)?)(?!\d))"
    r"|what (?P<who>he|she|they|we|i) (?:has|have|holds?|owns?)\b|(?<=of )(?P<ones>his|hers|theirs|ours|mine)\b)"
    r"|(?P<points>\d{1,2}) (?:percentage )?(?:points )?(?:out )?of our (?P<of>\d{1,2}(?:\.\d+)?)(?![\d.])"
    r"|\b(?:sell|selling|sold|transfer|transferring|give up|giving up) (?P<half>half)(?= (?:of (?:it|that|them|this)"
    r"|to)\b)"
    r"|(?:转让|卖掉?|让出|出让)(?:其中|手[里中上头])?的?(?P<zhhalf>一半)"
    r"|把(?:他|她)?(?:手[里中上头]|名下|自己)?的?(?P<given>一半)(?:的?股[份权])?(?=[卖转让给])"
    r"|(?:他们?|她们?|对方|老板|创始人)的?(?P<either>一半|[二三四五]分之[一二两三四])的?股[份权]"
    r"|(?:(?P<zh>他们?|她们?|其|老板|对方|中方|创始人)(?:所|的)?(?:手[里中上头]|名下|持有?|占有?|股[份权]|那些?|那份)"
    r"(?:的?股[份权])?|(?P<mine>我们?|自己)(?:所|的)?(?:手[里中上头]|名下|股[份权])(?:的?股[份权])?)"
    r"的?(?:其中的?)?(?P<zhpart>一半|[二三四五]分之[一二两三四]|(?<=股[份权]的)(?:[一二两三四五六七八九]成半?"
    r"|\d{1,2}%)))"
)
# Who gets what another one sells: "he sells half of his stake to us".
_TO_US = re.compile(r"[^,.;，。；]{0,12}?(?:\bto (?:us|me|our)\b|[卖转让给]+[^,.;，。；]{0,2}我)")
_PORTIONS = (
    " his", " her ", " hers", " their", "of our ", "half our ", "of my ", "'s ", "of what ", " mine", "half of ",
    "half to ", "一半", "分之", "股份的", "股权的",
)  # fmt: skip
_PART_GROUPS = ("part", "zhpart", "half", "zhhalf", "given", "either")
_OURS = ("our", "my", "we", "i", "ours", "mine")
_HALF = {"half": 50.0, "一半": 50.0}


def dealt(folded: str, amounts: Sequence[Amount], helpers: Sequence[Amount], sides: Sides) -> Stated | None:
    """The foreign share that is left or reached where one part of it is held and one is bought or sold."""
    if not (amounts or helpers) or not any(word in folded for word in _DEALS):
        return None
    bare = [helper for helper in helpers if helper.bare]
    if (portion := _portion(folded, [*amounts, *bare], sides)) is not None:
        return portion
    if len(amounts) > _TWO:
        return None
    dealt_in = [one for one in bare if _is_dealt(folded, one, signed=bool(amounts))]
    known = sorted([*amounts, *dealt_in], key=lambda amount: amount.start)
    if len(known) != _TWO or not all(amount.share.is_exact for amount in known):
        return None
    held, moved = known
    between = folded[held.end : moved.start]
    if len(between) > DOER:
        return None
    sells = _SELLS.search(between)
    verb = sells or _BUYS.search(between)
    if not (verb or _SOLD.match(folded, moved.end) or _BOUGHT.match(folded, moved.end)) or PERHAPS.search(between):
        return None
    owner = doer(folded, held.start, sides)
    told = held.bare or _HAS.search(folded, max(0, held.start - 60), held.start)
    if owner not in (FOREIGN, None) or not told:
        return None
    at = held.end + (verb.start() if verb else len(between))
    # Who is not named at all is whoever asks.
    if FINAL.search(folded, max(at, moved.start - 24), moved.start) or doer(folded, at, sides) != owner:
        return None
    if sells or _SOLD.match(folded, moved.end):
        return _sold(folded, held, moved, sides)
    return _bought(folded, held, moved)


def _bought(folded: str, held: Amount, moved: Amount) -> Stated | None:
    """What is held with what is bought on top; where it is not said to be on top, between what is bought and both."""
    most = round(held.share.high + moved.share.high, 2)
    if most > 100:
        return None
    more = (
        _MORE.search(folded, held.end, moved.start)
        or _ON_TOP.match(folded, moved.end)
        or _SELLER.search(folded, held.end, moved.start)
        or _BOUGHT.match(folded, moved.end)
        or _ANOTHER.search(folded, max(0, held.start - 60), held.start)
    )
    return Stated(ShareRange(most if more else moved.share.low, most), held.start, moved.end, FOREIGN)


def _sold(folded: str, held: Amount, moved: Amount, sides: Sides) -> Stated | None:
    """What is left of what the foreign side holds once it sells some."""
    left = round(held.share.low - moved.share.low, 2)
    buyer = sides.first(moved.end, moved.end + 40)
    to_others = buyer is not None and buyer.side != FOREIGN
    if left <= 0 or _KEEPS.search(folded, max(0, held.start - 24), held.start):
        return None
    if not to_others and not _OF_SHARES.match(folded, moved.end) and "点" not in folded[moved.start : moved.end]:
        return None
    # "We hold 80% and sell 20%" may tell of what is before that or after.
    told = abs(held.share.low + moved.share.low - 100) >= ROUNDED
    told = told or _BEFORE_THAT.search(folded, max(0, held.start - 30), held.start) is not None
    return Stated(ShareRange(left, left if told else held.share.low), held.start, moved.end, FOREIGN)


def _portion(folded: str, known: Sequence[Amount], sides: Sides) -> Stated | None:
    """The share where a part of somebody's holding is bought, or of our own is sold."""
    if not any(word in folded for word in _PORTIONS):
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
        word = _part_of(match)
        ours = (match["whose"] or match["who"] or match["ones"]) in _OURS or bool(match["mine"] or match["of"])
        owner = None if inner else doer(folded, held[-1].start, sides)
        sells = match["half"] or match["zhhalf"] or _SELLS.search(folded, max(0, match.start() - 40), match.start())
        buys = _BUYS.search(folded, max(0, match.start() - 40), match.start())
        start = match.start() if inner else held[-1].start
        to_us = _TO_US.match(folded, match.end()) is not None
        if (ours or match["half"] or match["zhhalf"]) and sells and not buys and not to_us and owner in (FOREIGN, None):
            return Stated(_rest_of(whole, match), start, match.end(), FOREIGN)
        if ours or owner == FOREIGN or not (to_us or (buys and doer(folded, buys.start(), sides) in (FOREIGN, None))):
            continue
        low, high = round(whole * figure_of(word) / 100, 2), figure_of(word)
        share = ShareRange(min(low, high), high) if match["either"] else exactly(low)
        return Stated(share, start, match.end(), FOREIGN)
    return None


def _part_of(match: re.Match[str]) -> str:
    """The words for the part that is bought or sold."""
    return next((match[key] for key in _PART_GROUPS if match[key]), "")


def _rest_of(whole: float, match: re.Match[str]) -> ShareRange:
    """What is left of a holding: points are taken off it, a fraction of it as well, percent in either way."""
    if match["points"]:
        return exactly(max(0.0, whole - float(match["points"])))
    word = _part_of(match)
    part = figure_of(word)
    left = round(whole * (100 - part) / 100, 2)
    return ShareRange(max(0.0, min(left, whole - part)), left) if word[-1] in "%t成" else exactly(left)


def figure_of(word: str) -> float:
    """The percentage that a part names: "half", "two thirds", 一半, 40%."""
    return _HALF.get(word) or figure(word)


def _is_dealt(folded: str, number: Amount, *, signed: bool) -> bool:
    """Whether a number without a sign is a share that is held, bought or sold."""
    if number.share.high < _LEAST:
        return False
    if _BOUGHT.match(folded, number.end) and _TAKEN_FROM.search(folded, max(0, number.start - 14), number.start):
        return signed or _BUSINESS.search(folded) is not None
    if _BARE_END.match(folded, number.end) is None:
        return False
    if not signed and not _BUSINESS.search(folded):
        return False
    before = folded[max(0, number.start - 40) : number.start]
    return bool(_HELD_BARE.search(before) or _DEAL_BARE.search(before))
