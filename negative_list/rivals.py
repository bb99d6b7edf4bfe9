"""A label measured against the other businesses of its text.

Words around a label tell how far it names the investor's own business; where another business of the same text is the
likelier one, this one is rather somebody else's, and the other way round. How much so has been fitted to labelled texts
(`make weigh`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from operator import mul

from negative_list.lexicon import Spotted

# What is weighed: the logit of a label itself, whether no other business is named, the logit of the strongest other
# one, and how far the label lies behind or ahead of that.
MEASURES = ("bias", "itself", "alone", "itself alone", "rival", "behind", "ahead")
# Beyond this one logit is as good as another.
_FAR = 4.0


def measured(logits: Mapping[Spotted, float]) -> Iterator[tuple[Spotted, tuple[float, ...]]]:
    """Each label with its MEASURES; labels of one meaning are no rivals."""
    best: dict[object, float] = {}
    for hit, logit in logits.items():
        best[hit.value] = max(logit, best.get(hit.value, -math.inf))
    strongest = sorted(best, key=best.__getitem__, reverse=True)[:2]
    for hit, logit in logits.items():
        rivals = [best[meaning] for meaning in strongest if meaning != hit.value]
        if rivals:
            ahead = logit - rivals[0]
            yield hit, (1.0, logit, 0.0, 0.0, _held(rivals[0]), max(0.0, _held(-ahead)), max(0.0, _held(ahead)))
        else:
            yield hit, (1.0, logit, 1.0, logit, 0.0, 0.0, 0.0)


def settled(logits: Mapping[Spotted, float], weights: Mapping[str, float]) -> dict[Spotted, float]:
    """How likely each label names the investor's own business, from 0 to 1, weighed by the MEASURES."""
    factors = [weights[name] for name in MEASURES]
    return {hit: 1 / (1 + math.exp(-sum(map(mul, factors, values)))) for hit, values in measured(logits)}


def _held(logit: float) -> float:
    return max(-_FAR, min(_FAR, logit))
