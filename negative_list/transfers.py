"""Shares that change hands: of what was held, asked for or bought, and what it comes to, only the last is proposed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from negative_list.amounts import ROUNDED, Amount

_SUM = re.compile(
    r"(?:合计|总共|共占|共持|一共|总计|共)[占持有]*$|\b(?:in total|together|altogether|total(?:ling)?"
    r"|combined)\b[^,.;\d]{0,12}$"
)
_PAST = re.compile(
    r"(?:原(?:来|先|本)?(?:外方|外资|港方|日方)?(?:有|持有?|占|持股)?|目前(?:持有?|占)|[现已]有|现持|曾(?:持|占)|从|由"
    r"|\b(?:already (?:holds?|owns?|has)|currently(?: holds?)?|used to (?:hold|own|have)|had|previously"
    r"|formerly|first asked for"
    r"|so far at|was|at present|to date|today [^,.;]{0,24}holds?|now(?: at| has| holds?)?|considered"
    r"|there was talk [^,.;]{0,30}"
    r"|proposal of|proposed))[^,.;，。；\d%]{0,14}$"
)
_FINAL = re.compile(
    r"(?:合计|总共|共占|一共|总计|[增降升减提]?[至到]|后(?:持|占|外方|外资)*(?:有|持|占|剩)*|还剩|最终|终[占持]|保留"
    r"|\b(?:together|in total|altogether|raised to|reduced to|increased? to|up to|down to|to be raised to"
    r"|to|keeps?|ends? up (?:with|at)"
    r"|in the end [^,.;]{0,30}(?:for|on|at)|agreed (?:is|on|at)|agreeing on|signed for|so we have"
    r"|as signed[^.;]{0,60}))"
    r"[^,.;，。；\d%]{0,6}$"
)


def without_past(folded: str, amounts: Sequence[Amount]) -> list[Amount]:
    """Without what was held, or asked for, before a change to another amount, or is a part of a sum that is named."""
    for place, amount in enumerate(amounts):
        parts = amounts[max(0, place - 3) : place]
        if len(parts) > 1 and _SUM.search(folded, max(0, amount.start - 16), amount.start):
            for first in range(len(parts) - 1):
                if abs(sum(part.share.high for part in parts[first:]) - amount.share.high) < ROUNDED:
                    return [other for other in amounts if other not in parts[first:]]
    past = [amount for amount in amounts if _PAST.search(folded, max(0, amount.start - 40), amount.start)]
    told = [amount for amount in amounts if _FINAL.search(folded, max(0, amount.start - 24), amount.start)]
    return [amount for amount in amounts if amount not in past] if past and told else list(amounts)
