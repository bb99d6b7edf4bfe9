"""Numbers without a sign that the words beside them make shares: "the Turkish side gets 35", 摊薄到36, "40 for us"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from negative_list.amounts import Amount
from negative_list.bounds import bounded
from negative_list.sides import FOREIGN, NEAR, OTHER, Mark, Sides

# Nobody has so little that it is told without a sign.
_LEAST = 5
# So near stands who gets it.
_NEAREST = 4
# Without one of these a text is of no partners.
_OF_PARTNERS = re.compile(
    r"\bjvs?\b|\bjoint[ -]venture|\bstake|\bequity|\bshare(?:holder|holding|s)?\b|\bacquir"
    r"|合[资伙作营]|股|[全独外中增]资|入股|收购|摊薄|稀释"
)
_END = re.compile(
    r"\s*(?:$|[,;!?)，。；、？！\u4e00-\u9fff]|[.:](?!\d)"
    r"|(?:in|of) (?:an?|the|our|this|that|it|what)\b|(?:and|but|while|so|because|after|once|when|if|only|at most|max"
    r"|tops)\b)",
    re.ASCII,
)
# How a side has it, from its name to the number.
_HAS = re.compile(
    r"(?:['’](?:ll|d|ve))?(?: (?:side|party|share|stake|holding|only|just|then|now|already|currently|will|would"
    r"|should|shall|could|can|cannot|must|may|to"
    r"|is|are|want|wants|wish|wishes|insist|insists|and|also|still|have|has|hold|holding|get|be|being|end up|ends up"
    r"|about"
    r"|around|roughly|of|at))*"
    r"(?P<verb> (?:on|at|with|for|take|takes|taking|get|gets|getting|got|have|has|having|hold|holds|holding|own|owns"
    r"|owning|keep"
    r"|keeps|keeping|want|wants|wanting|down to|up to|(?:share|stake|holding)(?: (?:is|of|would be|will be|at))*"
    r"|side(?: is| at)?))"
    r"(?: (?:about|around|roughly|just|only|some|a|the|for|with|at))* *:?"
    r"|方?的?(?:这?[边头方里]|现在|目前|而家|将来|以后|就|只|仅|也|都|则|想|要|会|能|可以|大约|约|最终|最后)*"
    r"(?:占股?|持股?|拿走?|攞|得|要|有|出资|占到|持有)(?:了|约|大概|到)*"
)
# What a share comes to.
_COMES_TO = re.compile(
    r"(?:\b(?P<who>we|us|(?:our|foreign|[a-z]+) (?:share|stake|holding|side|party)) (?:[a-z']+ ){0,3}?"
    r"(?:go|goes|going|come|comes|coming|drop|drops|fall|falls|sink|sinks|slip|slips|shrink|shrinks|get diluted"
    r"|gets diluted"
    r"|diluted|cut|reduced|move|moves|rise|rises|climb|climbs|grow|grows|raised|end up|ends up)(?: back)?"
    r"(?: (?:down|up))?(?: (?:to|at|with))"
    r"|\b(?:diluted|watered down|diluting us|diluting our (?:share|stake)|brings us|takes us|leaves us|leaving us"
    r"|puts us|bringing us)"
    r"(?: (?:down|up))? ?(?:to|at|with)?"
    r"|(?:稀释|摊薄|减持|增持|[我外资方股][^,.;，。；\d]{0,4}[降升增减提缩]"
    r"|股[份权比][^,.;，。；\d]{0,6}[变调改])[^,.;，。；\d]{0,3}[到至成为剩]"
    r"|(?:稀释|摊薄)[之以]?后[^,.;，。；\d]{0,4}[剩占为有])"
    r"(?: (?:about|only|just|around))*\s*[约只]?$"
)
_BESIDE = re.compile(
    r"方?[ :的]*(?:(?:can|may|must|need|needs|want|wants|require|requires|insist|insists|will|would|should|could|to"
    r"|have|hold|get|take|own|holds|gets|takes) )*(?:at|with|on|to|side|party)?[ :]*"
)
# "40 for us": to whom it goes.
_FOR = re.compile(r" ?(?:for|to|are|is|would be|go(?:es)? to|belong(?:s)? to|归|给|是|属于?)")


def plain_numbers(folded: str, helpers: Sequence[Amount], sides: Sides) -> list[Amount]:
    """Bare numbers that are shares by the words beside them, each with its bound; for texts that tell nothing surer.

    What a share comes to is told before what it was.
    """
    if not any(helper.bare for helper in helpers) or not _OF_PARTNERS.search(folded):
        return []
    bounds = (_bounded(folded, helper) for helper in helpers if helper.bare and helper.share.high >= _LEAST)
    numbers = [number for number in bounds if 0 <= number.share.low <= number.share.high <= 100]
    return [number for number in numbers if _is_reached(folded, number)] or [
        number for number in numbers if _is_share(folded, number, sides)
    ]


def _bounded(folded: str, helper: Amount) -> Amount:
    share, start, end = bounded(folded, helper.start, helper.end, helper.share.high)
    return replace(helper, share=share if not share.is_exact else helper.share, start=start, end=end, bare=False)


def _is_reached(folded: str, number: Amount) -> bool:
    """Whether a share is said to come to a number: "we go down to 80"."""
    before = max(0, number.start - 60)
    return _END.match(folded, number.end) is not None and _COMES_TO.search(folded, before, number.start) is not None


def _is_share(folded: str, number: Amount, sides: Sides) -> bool:
    """Whether a number is said to be somebody's."""
    start, end, bounds = number.start, number.end, not number.share.is_exact
    if (way := _FOR.match(folded, end)) is not None and _is_holder(sides.first(end, end + NEAR), way.end(), folded):
        return bounds or sides.towards(end) is not None
    mark = sides.last(max(0, start - NEAR), start)
    if _END.match(folded, end) is None or mark is None or mark.kind == "place":
        return False
    if mark.side == OTHER and not sides.is_partner(mark):
        return False
    if _HAS.fullmatch(folded[mark.end : start].rstrip()) is not None:
        return True
    return bounds and _BESIDE.fullmatch(folded, mark.end, start) is not None


def _is_holder(mark: Mark | None, after: int, folded: str) -> bool:
    if mark is None or mark.side != FOREIGN or mark.start < after:
        return False
    return len(folded[after : mark.start].strip()) <= _NEAREST
