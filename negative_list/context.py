"""What the words around a label make of it: excluded, a customer's business, a supplier's, or nobody else's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from negative_list.catalogue import Catalogue
from negative_list.lexicon import Scan, Spotted, Words
from negative_list.proposal import Reading
from negative_list.text import Token

# How many tokens may stand between a negation or a preposition and the label it governs.
REACH = 3
# What joins further labels to an excluded one. "and" does so only without a comma before it.
_JOINING = frozenset({"or", "nor", "、", "/", "和", "或", "及", "与", "and"})
_TURNING_BACK = frozenset({"only", "just", "but", "仅", "只", "但"})

# A label is known as an activity, a vague word or a sign of another topic, with its id.
Known = tuple[str, str]
Hit = Spotted


def words_of(catalogue: Catalogue) -> dict[str, Words]:
    """The words that tell what a label beside them is about, for the lexicon."""
    phrases = catalogue.phrases
    sets: dict[str, Words] = {
        key: [(word, True) for words in phrases[key].values() for word in words]
        for key in ("operating", "chinese_investor", "acquiring", "supplying_to", "internal_use")
    }
    sets["negations"] = [(word, True) for words in phrases["negations"].values() for word in words] + [
        (word, False) for words in phrases["not_negations"].values() for word in words
    ]
    for side in ("before", "after"):
        sets[f"role_{side}"] = [
            (word, role["becomes"]) for role in phrases["roles"] for words in role[side].values() for word in words
        ]
    return sets


class Context:
    """Reads the neighbourhood of labels with the phrases of the data set."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def is_digital(self, activity: str) -> bool:
        """Whether an activity belongs to a digital domain."""
        return activity.partition("/")[0] in self._catalogue.phrases["digital_domains"]

    def makes(self, activity: str) -> bool:
        """Whether an activity is a maker's: software, goods, building or repair, whatever they are for."""
        return activity.partition("/")[0] in self._catalogue.phrases["making_domains"]

    @staticmethod
    def negations(scan: Scan) -> list[Spotted]:
        """Words that exclude what follows them."""
        return [match for match in scan.of("negations") if match.value]

    def negated(self, parts: list[Token], scan: Scan, spotted: Sequence[Hit]) -> set[Hit]:
        """Labels that a negation in the same clause excludes, and those joined to them by "or", "、" and the like."""
        ends = {match.after for match in self.negations(scan)}
        found: set[Hit] = set()
        previous: Hit | None = None
        for hit in spotted:
            near = [
                end
                for end in range(max(0, hit.first - REACH), hit.first + 1)
                if end in ends and not any(part.is_break for part in parts[end : hit.first])
            ]
            # "not only X but Y" turns back to carrying on a business.
            if near and not any(part.form in _TURNING_BACK for part in parts[max(near) : hit.first]):
                found.add(hit)
            elif previous is not None and previous in found:
                between = [part.form for part in parts[previous.after : hit.first]]
                if between and _JOINING.issuperset(between):
                    found.add(hit)
            previous = hit
        return found

    def customers(self, parts: list[Token], scan: Scan, spotted: Sequence[Hit]) -> set[Hit]:
        """Activities that are only whom something is made for or sold to: the hospitals of "robots for hospitals".

        Counted so when a supplying trade (making, software, wholesale and the like) is named beside them. Where
        nothing that was understood is supplied, only an activity that no measure covers is: dropping it can make
        the answer less certain, never kinder.
        """
        supplied = any(kind == "activity" and self._supplies(id_) for kind, id_ in (hit.value for hit in spotted))
        named = {i for hit in spotted for i in range(hit.first, hit.after)}
        found = set()
        for preposition in scan.of("supplying_to"):
            hit = next((hit for hit in spotted if hit.first >= preposition.after), None)
            if hit is None or hit.value[0] != "activity" or self._supplies(hit.value[1]):
                continue
            gap = parts[preposition.after : hit.first]
            if len(gap) > REACH or any(part.is_break for part in gap):
                continue
            unknown = any(not part.is_break and i not in named for i, part in enumerate(parts[: preposition.first]))
            if supplied or (unknown and not self._catalogue.is_covered(hit.value[1])):
                found.add(hit)
        return found

    def _supplies(self, activity: str) -> bool:
        trades = self._catalogue.phrases["supplying_trades"]
        return activity in trades or activity.partition("/")[0] in trades

    def in_role(self, activity: str, hit: Hit, parts: list[Token], scan: Scan) -> tuple[str, Iterable[int]]:
        """The activity that words beside a label make of it, and the tokens of those words.

        Software for hospitals is software, but for what is barred to everybody it is no business either. Where the
        clause also speaks of operating, the label keeps its own meaning, which is the stricter.
        """
        if self._catalogue.is_barred_to_all(activity):
            return activity, ()
        start = max((i + 1 for i in range(hit.first) if parts[i].is_break), default=0)
        stop = next((i for i in range(hit.after, len(parts)) if parts[i].is_break), len(parts))
        if scan.within("operating", start, stop):
            return activity, ()
        for role in scan.within("role_after", hit.after, stop):
            if role.first == hit.after:
                return role.value, range(role.first, role.after)
        for role in scan.within("role_before", start, hit.first):
            if role.after == hit.first:
                return role.value, range(role.first, role.after)
        return activity, ()

    def is_outbound(self, reading: Reading) -> bool:
        """Whether a Chinese investor is said to buy or set up something in another country, in this order."""
        investors = reading.scan.of("chinese_investor")
        abroad = [match.first for match in reading.scan.of("origins")]
        if not investors or not abroad or min(abroad) < investors[0].first:
            return False
        after = [match for match in reading.scan.of("acquiring") if match.first >= investors[0].after]
        return bool(after) and max(abroad) >= after[0].after
