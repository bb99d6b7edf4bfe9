"""Foreign shares stated in words: percentages, fractions, splits, bounds and ranges, in English and Chinese.

Amounts are found first; then those that make up the whole are given to their holders together, the others one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from negative_list.amounts import ROUNDED, Amount, Stated, amounts_in, halves_in, helpers_in
from negative_list.bounds import BESIDES, is_range
from negative_list.contributions import contributed
from negative_list.dealings import dealt
from negative_list.holders import counted, has_each, listed, named_each, of_each, side_of_several
from negative_list.model import ShareRange
from negative_list.numerals import exactly, han_number
from negative_list.plainly import plain_numbers
from negative_list.sides import CHINESE, FOREIGN, NEAR, OTHER, Sides, side_of
from negative_list.splits import equal_in, splits_in
from negative_list.transfers import all_taken, refused, with_changes, without_past
from negative_list.wholes import rests_of_ranges, wholes_in

__all__ = ["Stated", "foreign_share", "han_number", "shares_in"]

# What is not agreed is not stated, whatever other percentages stand in the text.
_UNDECIDED = re.compile(
    r"\b(?:shares?|stakes?|equity|shareholdings?|holdings?|allocation|ownership|split)\b[^,.;:]{0,60}?"
    r"\b(?:(?:not|never|n't|nor) (?:yet )?(?:been )?(?:yet )?(?:decided|discussed|named|agreed|disclosed"
    r"|known|fixed|settled|clear)"
    r"|undecided|to be (?:fixed|determined|settled|discussed|agreed|negotiated|decided)"
    r"|left for negotiation|being negotiated"
    r"|negotiable|tbd)\b|\bno shares? (?:yet )?(?:agreed|decided)"
    r"|(?:股[份权比]?|持股|入股|比例)[^,，。;；]{0,12}?(?:未定|没定|没谈|未谈|未讲|没讲|未讨论|没想好|未想好|待定"
    r"|待[^,，。;；]{0,6}批复|另行约定|未披露|没规划)"
)
_OF_WHICH = re.compile(r"\bof which\b|\bthereof\b|\bincluding\b|\binclusive\b|其中|包括|含")
# So far before an amount is told what else it is of.
_JUST_BEFORE = 56
# Without one of these nothing is counted.
_COUNTED = re.compile(r"\d|[零一二两三四五六七八九十半分等同]|half|[a-z]ty\b|equal|hundred")
_CHANGE = re.compile(
    r"\b(?:rais|increas|lift|rise|reduc|lower|cut|grow|drop|fall|sell|dilut|shrink|step|top|go(?:es|ing)?\b"
    r"|mov)[a-z]*\b[^.;]{0,80}\bfrom (?:the )?(?:current |present )?$"
)
_CHANGED_TO = re.compile(r"\s*(?:提高|增加?|增持|上?升|提升|减持?|减少|降低?|下降)(?:到|至)\s*")
# "Its stake rises to 60%": what grows is the share itself.
_REACHING = re.compile(r"\s*(?:to|到|至)\s*")
_OF_A_SHARE = re.compile(r"\b(?:share|stake|shareholding|holding)\b|股|外资|外方|[增减]资|转让|受让|独资")
_BETWEEN = re.compile(r"\s*(?:-|–|~|至|到|to|or|或|或者)\s*")
_BUT = re.compile(r"\s*[,，、]?\s*(?:but|and|yet|though|且|但|而|并且?|又|同时|foreign)?(?: also)?\s*")
_NOT_A_SHARE_AFTER = re.compile(
    r"^\s*(?:(?:an? )?(?:[a-z]+(?:'s?)? )?(?:fee|commission|royalty|rebate|bonus|tip|surcharge|levy|duty|tariff|tax"
    r"|vat|deposit|discount|dividend|returns?)\b"
    r"|of (?:each|every) (?!company|venture|firm|jv|joint|of\b)"
    r"|(?:each|every) (?:time|order|sale|trip|booking|transaction)"
    r"|of (?:the |our |its |all |each |every |any )?(?:revenues?|sales|users|profits?|traffic|costs?|market"
    r"|turnover|staff|employees|box office|net sales|votes?|voting|pupils|purchase price|in-app|group sales"
    r"|ad space|deals?|capacity|value"
    r"|income|output|customers|clients|board|directors|seats|prices?|orders|rides?|work|time|people|students"
    r"|goods|products|parts)"
    r"|(?:of (?:the )?shares )?(?:to|for|in) (?:our |the |an? )?(?:employees?|staff|esop|option pool)"
    r"|of what (?:we|they|it|he|she)\b|of (?:the |every |each )?(?:ticket|fare|selling|sale|list|retail) prices?"
    r"|voting (?:rights?|power|control)|down ?payment|(?:annual |yearly )?(?:growth"
    r"|commission|interest (?:rate|per)|tax|vat|margin|tariff|fee|returns? (?:on|per)"
    r"|yield|discount|rent\b|price|rebate|user split|off\b|cheaper|faster|organic|natural|recycled|cotton"
    r"|pure|electric|alcohol|less\b"
    r"|more\b|higher|lower|down\b|up\b"
    r"|men\b|women\b|upfront|deposit|bonus|salary|raise\b|per [a-z]|a (?:month|year|day)\b|p\.?a\.?\b)"
    r"|的?(?:投?[票表]决?权|[定订押]金|首付|保证金|预付|收入|用户|利润|市场|成本|增长|佣金|折扣|利息|税|提成|毛利"
    r"|员工|董事|席位|产品|产能|客户|营业额"
    r"|销售额|纯|天然|原料|商场))"
)
_NOT_A_SHARE_BEFORE = re.compile(
    r"(?:(?:[率]|浓度|精度|湿度|纯度)(?:目标|要?达到?|为|是|约|有|高达|不低于|到)*|\b[a-z-]+ (?:rate|factor)(?: of| at"
    r"| is"
    r"|:)?"
    r"|\b(?:germination|churn|uptime|margin|occupancy)(?: of| at| is|:)?|利率|税率|抽佣|返点|增长|增长率|折扣|提成"
    r"|佣金|毛利率|抽成|抽[取走]?|收取|提取|费率|涨幅|回报率"
    r"|(?:回报|收益|业绩|营收|营业额|销量|销售额|利润|产量|客流)[^,.;，。；占股]{0,6}|(?:成本|收入|市场|人口)的"
    r"|[税息租]|成长|分[账帐成红润]|票房"
    r"|同比[^,.;，。；]{0,4}"
    r"|\b(?:growth|profits?|sales|turnover|revenues?|output|orders|returns?|yields?|prices?)"
    r"(?: (?:last|this|next|year|month|quarter|annual|yearly|has|had|have|been|expected|in|of|for|\d{4}))*"
    r" (?:was|were|is|are|of|at|by|reached|rose|grew|fell)(?: (?:by|about|around|some|up|down|over|nearly))*"
    r"|(?:表决|投票)权[^,.;，。；]{0,6}|(?:[定订押]金|首付|预付款?|尾款|余款|货款)[^,.;，。；股]{0,3}"
    r"|\b(?:voting (?:rights?|power|control)|votes|deposit|down ?payment)"
    r"(?: (?:of|at|is|are|to|for|us|with|we|get|have|would|will|be))*:?"
    r"|(?:commissions?|fees?|growth|discount|royalt(?:y|ies)|take rate|margin|tax|vat"
    r"|interest(?= (?:rate"
    r"|of \d)))(?: rate)?"
    r"(?: of| at| is|:)?)\s*$"
)
# "Takes 11% more" is a share, "sells 11% more" is none.
_TAKEN = re.compile(r"\b(?:tak|buy|acquir|purchas|add)(?:es?|s|ing)? (?:about |another )?$")
_MORE = re.compile(r" more(?=\s*(?:$|[,.;]| of (?:it|the (?:company|firm|shares))\b))")
# What is held of whatever a measure names: 小额贷款公司买两成.
_HELD_AFTER = re.compile(r"[买购持]|受让|入股|认购|占股")
_OF_ABROAD = re.compile(r"\s*of (?:an?|our|my|his|her|their|the) (?:[a-z]+ )?$")
_THERE = re.compile(r"[在于] ?$|卖掉了?$|出售了?$|曾持有?$")
_BRANCH = re.compile(r"[^,.;，。；]{0,8}?(?:子公司|分公司|那家|那边|公司|工厂|酒店)")


def shares_in(folded: str, sides: Sides | None = None) -> list[Stated]:
    """Foreign shares stated in folded text, from left to right.

    `sides` holds the words for sides that stand in it, where names are known to be among them. A share said to be the
    Chinese side's is turned round; a percentage of something else is left out. A split that does not say whose part is
    whose ("49/51 JV") is a range between its parts. Each holder's part of a whole states what all foreign ones have of
    it.
    """
    amounts = with_changes(folded, [of_each(folded, amount) for amount in amounts_in(folded)])
    if (not amounts and not _COUNTED.search(folded)) or _UNDECIDED.search(folded):
        return []
    sides = sides or Sides(folded)
    if not amounts and (paid := contributed(folded, sides)) is not None:
        return [Stated(exactly(paid.share), paid.start, paid.end, FOREIGN)]
    amounts = [amount for amount in amounts if not _is_no_share(folded, amount, sides)]
    found = [
        equal
        for equal in (*counted(folded, sides), *named_each(folded, amounts, sides))
        if all(_overlaps(amount, [equal]) for amount in amounts)
    ][:1]
    found += [half for half in equal_in(folded, halves_in(folded), sides) if not _overlaps(half, found)]
    halves = [Amount(one.share, one.start, one.end, together=True) for one in found if one.share == exactly(50)]
    found += [split for split in splits_in(folded, sides) if not _overlaps(split, found)]
    amounts = [amount for amount in amounts if not _overlaps(amount, found)]
    amounts = _without_parts(folded, listed(folded, amounts, sides))
    helpers = [helper for helper in helpers_in(folded) if not _overlaps(helper, [*found, *amounts])]
    if any(sign in folded for sign in ("each", "apiece", "各", "每")):
        helpers = [of_each(folded, helper) if helper.bare else helper for helper in helpers]
    if gone := refused(folded, amounts, helpers):
        amounts = [amount for amount in amounts if amount not in gone]
        helpers = [helper for helper in helpers if helper not in gone]
    if (everything := all_taken(folded, [*halves, *amounts], sides)) is not None:
        return [everything]
    if (changed := dealt(folded, amounts, helpers, sides)) is not None:
        return [changed]
    amounts = without_past(folded, amounts, helpers, sides)
    parts: set[int] = set()
    for whole in wholes_in(folded, amounts, helpers, sides):
        parts.update(part.start for part in whole.parts)
        found += [
            Stated(whole.share, part.start, part.end, side)
            for part, side in zip(whole.parts, whole.sides, strict=True)
            if not _overlaps(part, found)
        ]
    found += [rest for rest in rests_of_ranges(folded, amounts, helpers, sides) if not _overlaps(rest, found)]
    ends = [amount.end for amount in amounts]
    alone = (_alone(folded, amount, sides, ends) for amount in amounts if not _overlaps(amount, found))
    found += [stated for stated in alone if stated is not None and stated.share.high > 0]
    if not found:
        numbers = [one for one in plain_numbers(folded, helpers, sides) if not _is_no_share(folded, one, sides)]
        ends = [number.end for number in numbers]
        found = [stated for one in numbers if (stated := _alone(folded, one, sides, ends)) is not None]
    return _joined(folded, _told_exactly(_without_overlap(found), amounts), parts)


def foreign_share(found: Sequence[Stated]) -> Stated | None:
    """The foreign share that a text states: what is said of the foreign side before what follows from the Chinese.

    None where different figures are given for the same side.
    """
    for side in (FOREIGN, CHINESE, None):
        named = [stated for stated in found if stated.side == side]
        if named:
            ends = zip(*((stated.share.low, stated.share.high) for stated in named), strict=True)
            return named[-1] if all(max(end) - min(end) < ROUNDED for end in ends) else None
    return None


def _is_no_share(folded: str, amount: Amount, sides: Sides) -> bool:
    """Whether an amount is of something else: revenue, growth, a firm abroad."""
    before, after = folded[max(0, amount.start - NEAR) : amount.start], folded[amount.end : amount.end + NEAR]
    if _TAKEN.search(before) and _MORE.match(after):
        return False
    if _NOT_A_SHARE_AFTER.match(after) or _NOT_A_SHARE_BEFORE.search(before[-_JUST_BEFORE:]):
        return True
    for name in sides.measures:
        gap, near = ((name.end, amount.start), 14) if name.end <= amount.start else ((amount.end, name.start), 2)
        between = folded[gap[0] : gap[1]]
        if name.end <= amount.start and _HELD_AFTER.search(between):
            continue
        if _REACHING.fullmatch(between) and _OF_A_SHARE.search(folded, max(0, name.start - 40), name.start):
            continue
        if 0 <= gap[1] - gap[0] <= near and not re.search(r"[,.;，。；]", between) and sides.first(*gap) is None:
            return True
    for name in sides.abroad:
        if amount.end <= name.start <= amount.end + 24 and _OF_ABROAD.fullmatch(folded, amount.end, name.start):
            return True
        if amount.start - 24 <= name.start < amount.start and _THERE.search(
            folded[max(0, name.start - 5) : name.start]
        ):
            return _BRANCH.match(folded, name.end, amount.start) is not None
    return False


def _without_parts(folded: str, amounts: Sequence[Amount]) -> list[Amount]:
    """Without the parts of an amount that is stated as a sum: "45% foreign, of which Japan 25% and Korea 20%"."""
    kept: list[Amount] = []
    left = 0.0
    for before, amount in zip([None, *amounts], amounts, strict=False):
        if before is not None and _OF_WHICH.search(folded, before.end, amount.start):
            left = kept[-1].share.high if kept else 0.0
        if amount.share.is_exact and 0 < amount.share.high <= left:
            left = round(left - amount.share.high, 2)
        else:
            kept.append(amount)
            left = 0.0
    return kept


def _alone(folded: str, amount: Amount, sides: Sides, ends: Sequence[int]) -> Stated | None:
    """An amount by itself, seen from the foreign side; None for the whole that several hold whose side is not said."""
    side = side_of_several(folded, amount, sides) if amount.together else None
    if side == OTHER or (amount.together and amount.share.low == 100 and side != FOREIGN):
        return None
    beside = sides.beside(amount.end)
    ours = beside if beside is not None and beside.kind == "pronoun" else None
    for mark in (ours, sides.towards(amount.end), sides.governing(amount.start)):
        if mark is not None and side is None and mark.kind != "place":
            if mark.side != OTHER:
                side = mark.side
            elif sides.is_partner(mark):
                side = CHINESE
    side = side or side_of(folded, amount.start, amount.end, [end for end in ends if end != amount.end])
    share = amount.share.turned() if side == CHINESE else amount.share
    if not amount.together and share.is_exact and amount.share.high < 50 and has_each(folded, amount):
        # Nobody says how many have as much; it is two of them at least.
        twice = 2 * amount.share.high
        share = ShareRange(0, 100 - twice, low_excluded=True) if side == CHINESE else ShareRange(twice, 100)
    return Stated(share, amount.start, amount.end, side)


def _overlaps(span: Amount | Stated, found: Sequence[Amount | Stated]) -> bool:
    return any(other.start < span.end and span.start < other.end for other in found)


def _without_overlap(found: Iterator[Stated] | Sequence[Stated]) -> list[Stated]:
    kept: list[Stated] = []
    for stated in sorted(found, key=lambda stated: stated.start):
        if not kept or kept[-1].end <= stated.start:
            kept.append(stated)
    return kept


def _told_exactly(found: list[Stated], amounts: Sequence[Amount]) -> list[Stated]:
    """Without "less than half" and the like where a figure says the same more exactly."""
    vague = {amount.start for amount in amounts if amount.vague}
    exact = [stated for stated in found if stated.start not in vague and stated.share.is_exact]
    return [
        stated
        for stated in found
        if stated.start not in vague or not any(stated.share.low <= one.share.low <= stated.share.high for one in exact)
    ]


def _joined(folded: str, found: list[Stated], parts: Set[int]) -> list[Stated]:
    """Two amounts joined by "to" or "or" as one range; of a share that is raised or cut, what it comes to.

    Parts of one whole that are joined by "and" stay what they are.
    """
    joined: list[Stated] = []
    for stated in found:
        between = folded[joined[-1].end : stated.start] if joined else ""
        if joined and _is_raised(folded, joined[-1].start, between):
            joined[-1] = stated
        elif joined and _BUT.fullmatch(between) and (within := _within(joined[-1], stated)) is not None:
            joined[-1] = within
        elif joined and _BETWEEN.fullmatch(between):
            last = joined[-1]
            low, high = min(last.share.low, stated.share.low), max(last.share.high, stated.share.high)
            joined[-1] = replace(last, share=ShareRange(low, high), end=stated.end)
        elif joined and not {joined[-1].start, stated.start} <= parts and BESIDES.fullmatch(between):
            in_range = is_range(folded, joined[-1].start, joined[-1].end, stated.start)
            joined[-1] = _one_or_both(joined[-1], stated, in_range=in_range)
        else:
            joined.append(stated)
    return joined


def _within(one: Stated, other: Stated) -> Stated | None:
    """Two bounds of one share, one below and one above, as the range between them: 不低于25%但不超过49%."""
    lower, upper = (one.share, other.share) if one.share.high == 100 else (other.share, one.share)
    told = {one.side, other.side}
    bounds = lower.high == 100 and upper.low == 0 and 0 < lower.low < upper.high < 100
    if not bounds or told >= {FOREIGN, CHINESE}:
        return None
    share = ShareRange(lower.low, upper.high, lower.low_excluded, upper.high_excluded)
    return replace(one, share=share, end=other.end, side=one.side or other.side)


def _one_or_both(one: Stated, other: Stated, *, in_range: bool) -> Stated:
    """Two amounts joined by "and": the ends of a range behind "between", else what one holder has or both together."""
    low, high = min(one.share.low, other.share.low), max(one.share.high, other.share.high)
    if not in_range:
        if CHINESE in (one.side, other.side):
            low = max(0, one.share.low + other.share.low - 100)
        else:
            high = min(100, one.share.high + other.share.high)
    return replace(one, share=ShareRange(low, high), end=other.end)


def _is_raised(folded: str, start: int, between: str) -> bool:
    if _CHANGED_TO.fullmatch(between):
        return True
    return between == " to " and _CHANGE.search(folded, max(0, start - 40), start) is not None
