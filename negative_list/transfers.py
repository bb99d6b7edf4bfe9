"""Shares that change hands: of what was held, asked for or bought, and what it comes to, only the last is proposed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from negative_list.amounts import NUMBER, ROUNDED, Amount, Stated, figure
from negative_list.model import ShareRange
from negative_list.numerals import SIGN, exactly
from negative_list.sides import CHINESE, FOREIGN, OTHER, Sides, own_clause, own_sentence

# So far before a deed its doer is looked for.
DOER = 120

_SUM = re.compile(
    r"(?:合计|总共|共占|共持|一共|总计|共)[占持有]*$|\b(?:in total|together|altogether|making|total(?:ling)?"
    r"|combined)\b[^,.;\d]{0,12}$"
)
_PAST = re.compile(
    r"(?:(?:原(?:来|先|本)?|本来|以前|此前|之前|过去|当初|起初|最初|早先|先前)(?:外方|外资|港方|日方)?(?:有|持有?|占"
    r"|持股)?|目前(?:持有?|占)|[现已]有|现持|曾(?:持|占)|从|由"
    r"|\b(?:already (?:holds?|owns?|has)|currently(?: holds?)?|used to (?:hold|own|have)|had|previously|bought"
    r"|acquired|began (?:with|at)|started (?:with|at|from|out)"
    r"|formerly|first asked for"
    r"|so far at|was|at present|to date|today [^,.;]{0,24}holds?|now(?: at| has| holds?)?|considered"
    r"|there was talk [^,.;]{0,30}"
    r"|proposal of|proposed))(?:(?![买购收增]|受让|buy|acquir|purchas|further|anoth|addition)[^,.;，。；\d%]){0,14}$"
)
FINAL = re.compile(
    r"(?:合计|总共|共占|一共|总计|[增降升减提]?[至到]|后(?:持|占|外方|外资)*(?:有|持|占|剩)*|还剩|[我们方资]剩|最终"
    r"|终[占持]|保留"
    r"|[变改转][成为]|(?:现在|如今)(?!再|又|还|要?[买购收增卖转])[是占为有持剩]*|调整为|[增降减升]为|凑[成足到]"
    r"|\b(?:together|in total|altogether|raised to|reduced to|make it|end at|arrive at|increased? to|up to|down to"
    r"|to be raised to"
    r"|to|keeps?|ends? up (?:with|at)"
    r"|in the end [^,.;]{0,30}(?:for|on|at)|agreed (?:is|on|at)|agreeing on|signed for|so we have"
    r"|(?:it|ours|share|stake|holding) (?:becomes|comes to|will be|(?<=it )is)"
    r"|as signed[^.;]{0,60}))"
    r"[^,.;，。；\d%]{0,6}$"
)


# What is bought or sold on top, which the share comes to only with what was held before.
_TURNED_OVER = re.compile(
    r"(?:\b(?:further|another|additional|extra|sells? (?:us|me)|buys?|sold)|回购|转让|受让|再[买购收增]|增持|减持|追加)"
    r"[^,.;，。；\d%]{0,14}$"
)
# From one figure to another; the signs may be missing, and only the second figure counts.
_STEP = re.compile(
    rf"(?=f|[从由])(?:\bfrom (?:about |only |currently )?(?P<first>{NUMBER})(?:{SIGN})?(?: per cent)?,? (?:up "
    rf"|down )?to "
    rf"|[从由](?P<zh>\d{{1,2}}(?:\.\d+)?)%?[^,.;，。；\d%]{{0,6}}[到至成为])(?P<last>{NUMBER})(?P<sign>{SIGN})?(?![\d.]*\d"
    rf"|[\w\-万亿千百年月日人家])"
)
_STEPPING = re.compile(
    r"\b(?:rais|increas|lift|ris|rose|reduc|lower|cut|grow|grew|drop|fall|fell|sell|sold|dilut|shrink|shrank|step"
    r"|top|go(?:es|ing)?\b|went"
    r"|mov|climb|slip|com(?:e|ing) down|bring|brought|tak|took|up\b|down\b)[^.;]{0,80}$"
)
# What tells that figures without a sign are of a share.
_SHARE_BEFORE = re.compile(
    r"\b(?:share|stake|holding|shareholding|interest)s?\b|dilut|稀释|摊薄|股|外资|[日美德英法韩台港中外]方"
)
_SHARE_AFTER = re.compile(
    r",? (?:in|of) (?:our|the|a|an|its|their|this|that) [^,.;]{0,40}?\b(?:venture|jv)\b(?=\s*(?:$|[,.;:)]))"
)
# What is reached by buying more.
_REACHING = re.compile(
    r"(?:\bto (?:reach|have|hold|own|get to|arrive at|make|end up (?:with|at))|\breaching|\bfor a total of|\bmaking"
    r"|凑[成足到]|[增升提]?[到至]|达到|合计)[^,.;，。；\d%]{0,6}$"
)
# Everything that is not held yet is bought, or the company becomes somebody's alone.
_BUYS_REST = re.compile(
    r"(?=\b[abcmopst]|[把将收受买购接取拿吃改变转调])(?:"
    r"(?P<sells>\bsell(?:s|ing)? (?:us|me|our [a-z]+) (?:the|its|his|her|their) (?:whole|entire|full|remaining|other"
    r"|last)\b)"
    r"|\b(?:buy(?:s|ing)?|acquir(?:e|es|ing)|purchas(?:e|es|ing)|obtain(?:s|ing)?|tak(?:e|es|ing) over)"
    r"(?: (?:up|in|also|now|back))*(?: all)?(?: of)? (?:the|its|his|her|their) (?:other|remaining|rest|missing"
    r"|outstanding|last)\b"
    r"|\bbuy(?:s|ing)? out (?:the |our |its |all )+(?:chinese |local |other |state-owned )*"
    r"(?:partner|side|party|holder|owner|shareholder|founder|investor)s?\b"
    r"|\bbuy(?:s|ing)? (?:the |our |its |all )+(?:chinese |local |other |state-owned )*"
    r"(?:partner|side|party|holder|owner|shareholder|founder|investor)s? out\b"
    r"|(?:收购|受让|买[下断入]?|购[买入]|接手|取得|拿下|吃下)了?[^,.;，。；不]{0,10}?"
    r"(?:剩余|剩下|余下|其余|另外|另一半|全部|所有)(?:的|[^,.;，。；]{0,8}?(?:股|成|%|一半|份))"
    r"|\bbuy(?:s|ing)? (?:the|its|his|her|their) (?:chinese|local|partner's|other) (?:[a-z']+ )?half\b"
    r"|[把将][^,.;，。；不]{0,10}?(?:那|一半|股[份权]|剩[下余低]|余下|其余|另|全部"
    r"|手[里中上])[^,.;，。；不]{0,10}?[买收购接拿吃盘]"
    r"|[买收]埋[^,.;，。；不]{0,8}?(?:\U00020bb6个?|那|剩|余|另)[^,.;，。；不]{0,4}"
    r"|(?P<becomes>(?:[改变转][制型]?[成为作]|变更为|转变为|调整为)[^,.;，。；不]{0,8}?(?:独资|全资)"
    r"|\b(?:becom|turn|convert|chang|mak|mov)[a-z]*\b[^,.;]{0,40}?\b(?:wholly|fully|entirely|solely)[- ]"
    r"(?:foreign[- ])?(?:owned|ours)))"
)
# Without one of these nothing is taken.
_TAKING = ("buy", "acquir", "purchas", "obtain", "over", "sell", "own", "购", "买", "受让", "接手", "取得", "下", "资")
# What is not to happen, or not yet; a question for leave tells what is proposed.
PERHAPS = re.compile(
    r"\b(?:option|right to|(?:may|might|could|can)(?! (?:we|i|our|the|a)\b)|later|eventually|someday|one day|not|never"
    r"|unless|perhaps)\b|n't\b|(?<![能可是会要])不(?![能知])|没|未|期权|以后|将来|日后"
)
# How much that is, where a figure says so.
_MUCH = re.compile(r"[^,.;，。；]{0,24}?(?P<figure>\d{1,2}(?:\.\d+)?)")
# Who stands behind one of these is what is held, not who holds.
_HELD_IN = re.compile(
    r"(?:\b(?:of|in|at|from) (?:an? |the |our |its )?|持有|持股|收购|受让|认购|(?<![现正])在|于|[占从向有买把]"
    r"|买了|买下)$"
)
# What an amount becomes, told right behind it: "our 40% gets diluted to 30%".
_BECOMES = re.compile(
    r"[^.;。；\d%]{0,40}?(?:\b(?:dilut|reduc|cut|lower|rais|increas|lift|grow|rise|fall|drop|shrink|go|goes|slip|climb"
    r"|come|mov|chang|sink|squeez|water)[a-z]*\b[^,.;\d%]{0,16}\bto|(?:稀释|摊薄"
    r"|[增升提降减缩扩变改][^,.;，。；\d%]{0,6}"
    r")[到至为成])[^,.;，。；\d%]{0,8}"
)
# What was asked or offered and not agreed: "they asked for 51, we said no", 对方开口要六成没同意.
_REFUSAL = re.compile(
    r"(?=\b[sdrtwnf]|[没不谈未拒被否])(?:(?:(?:said|say|says) no\b|(?:refus|declin|reject)(?:e|ed|es|s)?\b"
    r"|turned (?:it|that|this|them) down"
    r"|(?:did not|didn't|would not|wouldn't|won't|don't|do not|never|not) (?:agree|accept)(?:ed)?\b"
    r"|(?:fell|falls) through)"
    r"|(?:没有?|不|未)(?:能?(?:同意|答应|接受|谈成|谈拢|谈妥)|肯)|谈不[拢成]|拒绝|被拒|否决|不干)"
)
_REFUSALS = (
    " no", "refus", "declin", "reject", "turned", "not ", "n't", "never", " through", "没", "不", "未", "拒", "否决",
)  # fmt: skip
_WISH = re.compile(r"[^,.;，。；]{0,16}(?:[占持拿要出得]|\b(?:with|having|holding|taking|to|at|on) (?:an? )?)?")
_TALKED = re.compile(r"[^.;。；]{0,24}")
# What may only happen later counts for nothing beside what is held.
_LATER = re.compile(
    r"\b(?:(?:may|might|could|can|will|would|to)(?: [a-z]+)? later|later (?:may|might|could|can|maybe|perhaps|on)"
    r"|(?:may|might|could) (?!we|i|our|the|a|an|\d)[a-z]+|eventually|some ?day|one day|in (?:the )?future|options?)\b"
    r"|期权|以后|将来|日后|今后"
)


def may_come_later(folded: str, start: int) -> bool:
    """Whether what is told at a place may only happen later: "the partner may later sell us the rest"."""
    return _LATER.search(folded, own_clause(folded, start), start) is not None


def refused(folded: str, amounts: Sequence[Amount], helpers: Sequence[Amount]) -> list[Amount]:
    """Amounts that were asked for and not agreed, where another one is told behind that."""
    if not any(sign in folded for sign in _REFUSALS):
        return []
    known = sorted([*amounts, *(one for one in helpers if one.bare)], key=lambda amount: amount.start)
    if len(known) < 2 or (said := _REFUSAL.search(folded, max(0, known[0].start - 30), known[-1].start)) is None:
        return []
    if said.start() < known[0].start:
        # 中方不同意我们占60%，所以我们占51%.
        return known[:1] if known[0].share.is_exact and _WISH.fullmatch(folded, said.end(), known[0].start) else []
    before = [one for one in known if one.end <= said.start()]
    return before if _TALKED.fullmatch(folded, before[-1].end, said.start()) else []


def with_changes(folded: str, amounts: Sequence[Amount]) -> list[Amount]:
    """With what a share is raised or cut to where the figures have no signs, and without what it was."""
    steps = [
        Amount(exactly(figure(step["last"])), step.start(), step.end())
        for step in (_STEP.finditer(folded) if any(word in folded for word in ("from ", "从", "由")) else ())
        if _is_step(folded, step)
    ]
    kept = [a for a in amounts if not any(step.start < a.end and a.start < step.end for step in steps)]
    return sorted([*kept, *steps], key=lambda amount: amount.start) if steps else list(amounts)


def _is_step(folded: str, step: re.Match[str]) -> bool:
    before = folded[max(0, step.start() - 60) : step.start()]
    if not 0 < figure(step["last"]) <= 100 or not (step["zh"] or _STEPPING.search(before)):
        return False
    return bool(step["sign"] or _SHARE_BEFORE.search(before) or _SHARE_AFTER.match(folded, step.end()))


def all_taken(folded: str, amounts: Sequence[Amount], sides: Sides) -> Stated | None:
    """The whole where the foreign side has a part and takes all that it lacks: "owns half and buys the other half"."""
    if not amounts or not any(word in folded for word in _TAKING):
        return None
    for match in _BUYS_REST.finditer(folded):
        if (whole := _taken(folded, match, amounts, sides)) is not None:
            return whole
    return None


def _taken(folded: str, match: re.Match[str], amounts: Sequence[Amount], sides: Sides) -> Stated | None:
    start, end = match.span()
    held = [amount for amount in amounts if amount.start < start]
    if not (held or match["becomes"]) or PERHAPS.search(folded, own_sentence(folded, start), start):
        return None
    within = {mark.side for mark in sides.marks if start <= mark.start < end}
    whole = Stated(exactly(100.0), start, end, FOREIGN)
    if match["becomes"] and within & {FOREIGN, CHINESE}:
        return whole if CHINESE not in within else None
    doers = [doer(folded, held[-1].start, sides)] if held and not held[-1].together else []
    doers += [] if match["sells"] else [doer(folded, start, sides)]
    if not held or CHINESE in doers or OTHER in doers:
        return None
    bought = [amount.share.high for amount in amounts if start <= amount.start < end + 24]
    if not bought and not match["becomes"] and (much := _MUCH.match(folded, end)) is not None:
        bought = [float(much["figure"])]
    if bought and abs(held[-1].share.high + bought[0] - 100) >= ROUNDED:
        return None
    return whole if None not in doers else replace(whole, share=ShareRange(held[-1].share.low, 100))


def _as_become(folded: str, amounts: Sequence[Amount], sides: Sides | None) -> Sequence[Amount]:
    """Without amounts that are said to become the next ones, nobody else being named between."""
    return [
        amount
        for amount, after in zip_longest(amounts, amounts[1:])
        if after is None
        or not _BECOMES.fullmatch(folded, amount.end, after.start)
        or (sides is not None and sides.first(amount.end, after.start) is not None)
    ]


def _without_later(folded: str, amounts: Sequence[Amount]) -> Sequence[Amount]:
    """Without amounts that may be reached later, where others are told before them."""
    return [
        amount
        for before, amount in zip([None, *amounts], amounts, strict=False)
        if before is None or not _LATER.search(folded, max(before.end, amount.start - 60), amount.start)
    ]


def doer(folded: str, start: int, sides: Sides) -> str | None:
    """The side that was named last before a place as one that does something."""
    begin = max(0, start - DOER)
    doers = [
        mark.side
        for mark in sides.marks
        if begin <= mark.start
        and mark.end <= start
        and mark.kind != "place"
        and not _HELD_IN.search(folded, max(0, mark.start - 10), mark.start)
    ]
    return doers[-1] if doers else None


def without_past(
    folded: str, amounts: Sequence[Amount], bare: Sequence[Amount] = (), sides: Sides | None = None
) -> list[Amount]:
    """Without what was held, or asked for, before a change to another amount, or is a part of a sum that is named.

    A bare number is an amount where it is what a share that was held comes to.
    """
    for place, amount in enumerate(amounts):
        parts = amounts[max(0, place - 3) : place]
        if len(parts) > 1 and _SUM.search(folded, max(0, amount.start - 16), amount.start):
            for first in range(len(parts) - 1):
                if abs(sum(part.share.high for part in parts[first:]) - amount.share.high) < ROUNDED:
                    return [other for other in amounts if other not in parts[first:]]
    amounts = _as_become(folded, _without_later(folded, amounts), sides)
    told = {a.start for a in amounts if FINAL.search(folded, max(0, a.start - 24), a.start)}
    past = [a for a in amounts if a.start not in told and _PAST.search(folded, max(0, a.start - 40), a.start)]
    finals = [a for a in amounts if a.start in told]
    past += [
        a
        for a in (amounts if told else ())
        if a.start not in told
        and a not in past
        and _TURNED_OVER.search(folded, max(0, a.start - 40), a.start)
        # What is sold and what is kept are a whole.
        and all(abs(a.share.high + final.share.high - 100) >= ROUNDED for final in finals)
    ]
    if past and len(past) == len(amounts):
        reached = [
            replace(number, bare=False)
            for number in bare
            if number.bare
            and number.start > past[0].end
            and _REACHING.search(folded, max(0, number.start - 24), number.start)
        ]
        return reached or list(amounts)
    return [amount for amount in amounts if amount not in past] if told else list(amounts)
