"""What the words around a label make of it: excluded, or another business by the role that they give it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from negative_list.catalogue import Catalogue
from negative_list.lexicon import Scan, Spotted, Words
from negative_list.places import MAINLAND
from negative_list.proposal import Reading
from negative_list.text import ENDS

# How many tokens may stand between a negation or a preposition and the label it governs.
REACH = 3
# So many Chinese characters may an item of a list have.
_ITEM = 6
# What joins further labels to an excluded one. "and" does so only without a comma before it.
_OR = frozenset({"or", "nor", "、", "/", "和", "或", "及", "与", "and"})
_TURNING_BACK = frozenset({"only", "just", "but", "仅", "只", "但"})
# What may follow Chinese words that exclude what is before them; anything else is what they are about: 均不收费.
_AFTERWARDS = _OR | _TURNING_BACK | frozenset("的了呢啦哈哦吗也且而")
# How English names those who do something: publishers do not publish what is made for them to order.
_AGENTS = ("er", "ers", "or", "ors")
# What parts a word before a label from the label: two things are named, not one about the other.
_PARTING = _OR | {"at", "in", "by", "with", "as", "plus", "our", "own", "并", "以", "同", "还", "也", "兼"}

# What stands before an end of a route.
_ROUTE = frozenset({"to", "from", "and", "between", "with", "到", "至", "往", "赴", "和", "与", "-"})

# A label is known as an activity, a vague word or a sign of another topic, with its id.
Known = tuple[str, str]
Hit = Spotted

# The phrases of the data set that are plain lists of words.
_SETS = (
    "acquiring", "advertised_on", "based_before", "belonging", "buyers_are", "buying", "by_others", "carrying_on",
    "chinese", "chinese_investor", "company", "doing_for", "excluded_after", "former", "installed_at", "internal_use",
    "joints", "located_before", "mainland", "making", "no_place_before", "oneself", "operating", "overseas_only", "own",
    "placed_at", "places_abroad", "polite", "sending", "serving", "setting_up", "strangers", "supplying_to",
)


def words_of(catalogue: Catalogue) -> dict[str, Words]:
    """The words that tell what a label beside them is about, for the lexicon."""
    phrases = catalogue.phrases
    sets: dict[str, Words] = {
        key: [(word, True) for words in phrases[key].values() for word in words] for key in _SETS
    }
    sets["negations"] = [(word, True) for words in phrases["negations"].values() for word in words] + [
        (word, False) for words in phrases["not_negations"].values() for word in words
    ]
    for side in ("before", "after"):
        sets[f"role_{side}"] = [
            (word, role) for role in phrases["roles"] for words in role[side].values() for word in words
        ]
    return sets


class Context:
    """Reads the neighbourhood of labels with the phrases of the data set."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        trades = catalogue.phrases["supplying_trades"]
        self._suppliers = frozenset(
            id_ for id_ in catalogue.activities if id_ in trades or id_.partition("/")[0] in trades
        )

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

    def negated(self, reading: Reading, spotted: Sequence[Hit]) -> set[Hit]:
        """Labels that the text excludes.

        A negation excludes the label after it in the same clause and those joined to it by "or", "、" and the like,
        also in a list with commas that ends in "or" or that follows a colon; words such as "excluded" exclude the label
        before them, and the labels listed before that with "、" and the like; words such as "done by others" all that
        their clause names before.
        """
        parts, ends = reading.parts, {match.after for match in self.negations(reading.scan)}
        # "Not publishing" is a negation as a whole.
        inside = {i for match in self.negations(reading.scan) for i in range(match.first, match.after)}
        inside |= self._listed(reading)
        closing = {match.first for match in reading.scan.of("excluded_after") if self._closes(reading, match)} - {
            match.first for match in self.negations(reading.scan)
            if any(match.after <= hit.first <= match.after + REACH for hit in spotted)
        }
        found: set[Hit] = set()
        waiting: list[Hit] = []
        previous: Hit | None = None
        for hit in sorted((*spotted, *self._unnamed(reading, spotted)), key=lambda hit: hit.first):
            if hit.value is None:
                found.add(hit)
                previous, waiting = hit, []
                continue
            near = [
                end
                for end in range(max(0, hit.first - REACH), hit.first + 1)
                if end in ends and not any(part.is_break for part in parts[end : hit.first])
            ]
            between = [] if previous is None else [part.form for part in parts[previous.after : hit.first]]
            # "not only X but Y" turns back to carrying on a business.
            if hit.first in inside or (
                near and not any(part.form in _TURNING_BACK for part in parts[max(near) : hit.first])
            ):
                found.add(hit)
                waiting = []
            elif previous is not None and (previous in found or previous in waiting) and between:
                if _OR.issuperset(between):
                    found.update((*waiting, hit))
                    waiting = []
                elif between[0] == "," and _OR.union(",").issuperset(between):
                    waiting.append(hit)
                    if not {"or", "nor", "或"}.isdisjoint(between):
                        found.update(waiting)
                        waiting = []
            if hit.after in closing or (hit.after + 1 in closing and not parts[hit.after].is_break):
                found.add(hit)
            previous = hit
        for first in closing:
            found |= self._listed_before(reading, spotted, first)
        for match in reading.scan.of("by_others"):
            done = range(reading.clauses[match.first].start, match.after + REACH)
            found.update(hit for hit in spotted if hit.first in done)
        return found

    def ruled_out(self, reading: Reading, spotted: Sequence[Hit], negated: Collection[Hit]) -> set[int]:
        """The tokens that say what is not done: labels that the text excludes, with the words around that exclude them.

        They go on to the end of the clause, or to a label that is not excluded or a word that turns back.
        """
        parts, negations = reading.parts, self.negations(reading.scan)
        kept = {hit.first for hit in spotted if hit not in negated}
        found = {index for match in negations for index in range(match.first, match.after)} | self._listed(reading)
        for hit in (*negated, *self._unnamed(reading, spotted)):
            clause, stop = reading.clauses[hit.first], hit.after
            before = [match.first for match in negations if match.first in clause and match.after <= hit.first]
            while stop < clause.stop and stop not in kept and parts[stop].form not in _TURNING_BACK:
                stop += 1
            found.update(range(max(before, default=hit.first), stop))
        return found

    def _listed(self, reading: Reading) -> set[int]:
        """The tokens of the lists that a negation and a colon begin: "Out of scope: news, games"."""
        parts, found = reading.parts, set[int]()
        for negation in (*self.negations(reading.scan), *reading.scan.of("excluded_after")):
            index = negation.after
            if index < len(parts) and parts[index].form == ":":
                while index < len(parts) and parts[index].form not in ENDS and parts[index].form not in _TURNING_BACK:
                    found.add(index)
                    index += 1
        return found

    @staticmethod
    def _closes(reading: Reading, words: Spotted) -> bool:
        """Whether words that exclude what is before them end their matter: 一概不做, not 一概不收费."""
        after = reading.parts[words.after : words.after + 1]
        return not after or not after[0].is_han or after[0].form in _AFTERWARDS

    @staticmethod
    def _listed_before(reading: Reading, spotted: Sequence[Hit], stop: int) -> set[Hit]:
        """The labels of a Chinese list that ends before a token: 信件、公文一律不送.

        Of the items before the last one, as long as each is a label or a few characters that no label knows.
        """
        parts, found = reading.parts, set[Hit]()
        last = True
        while stop > 0:
            start = stop
            while start > 0 and parts[start - 1].is_han and parts[start - 1].form not in _OR:
                start -= 1
            here = [hit for hit in spotted if start <= hit.first < stop]
            if not last and (any((hit.first, hit.after) != (start, stop) for hit in here) or stop - start > _ITEM):
                break
            if not last:
                found.update(here)
            if start == 0 or parts[start - 1].form not in _OR:
                break
            stop, last = start - 1, False
        return found

    def _unnamed(self, reading: Reading, spotted: Sequence[Hit]) -> list[Hit]:
        """The words that a negation excludes and no label knows, up to the comma or the "and" that ends them."""
        parts, firsts = reading.parts, {hit.first for hit in spotted}
        found = []
        for negation in self.negations(reading.scan):
            stop = negation.after
            while stop < len(parts) and not parts[stop].is_break and parts[stop].form not in _OR:
                stop += 1
            if negation.after < stop and firsts.isdisjoint(range(negation.first, stop)):
                found.append(Spotted(None, negation.after, stop, ""))
        return found

    def supplies(self, activity: str) -> bool:
        """Whether an activity is a supplier's: what stands beside it may only say for whom it supplies."""
        return activity in self._suppliers

    @staticmethod
    def leads(reading: Reading, spotted: Sequence[Hit]) -> dict[Hit, int]:
        """For each label the first token of the labels it is joined to by "and", "or", "、" and the like."""
        found: dict[Hit, int] = {}
        previous: Hit | None = None
        for hit in spotted:
            between = [] if previous is None else [part.form for part in reading.parts[previous.after : hit.first]]
            joined = previous is not None and between and _OR.issuperset(between)
            found[hit] = found[previous] if joined and previous is not None else hit.first
            previous = hit
        return found

    def in_role(self, activity: str, hit: Hit, lead: int, reading: Reading) -> tuple[str, Iterable[int]]:
        """The activity that words beside a label make of it, and the tokens of those words.

        Software for hospitals is software, but for what is barred to everybody it is no business either, and parts of
        arms are arms. Where the clause also speaks of operating, the label keeps its own meaning, the stricter.
        """
        if self._catalogue.is_barred_to_all(activity) or self.makes(activity):
            return activity, ()
        parts, scan, clause = reading.parts, reading.scan, reading.clauses[hit.first]
        operating = scan.within("operating", clause.start, clause.stop)
        if not operating:
            for role in scan.within("role_after", hit.after, clause.stop):
                if role.first == hit.after and self._plays(role, activity, hit):
                    return role.value["becomes"], range(role.first, role.after)
        for role in reversed(scan.within("role_before", clause.start, lead)):
            gap = range(role.after, lead)
            if len(gap) > REACH or any(parts[i].form in _PARTING for i in gap):
                break
            # "Software for running hospitals" speaks of what the software is for.
            if all(match.first in gap for match in operating) and self._plays(role, activity, hit):
                return role.value["becomes"] or activity, range(role.first, lead)
        return activity, ()

    def operated(self, activity: str, hit: Hit, reading: Reading) -> str | None:
        """What a maker's business becomes as well where the sentence says that whoever makes a thing also runs it."""
        becomes = self._catalogue.phrases["operated"].get(activity)
        if becomes is None:
            return None
        scan = reading.scan
        before = {match.after for match in scan.of("oneself")}
        for verb in scan.of("operating"):
            clause = reading.clauses[verb.first]
            denied = any(match.first in clause and match.after <= verb.first for match in self.negations(scan))
            others = any(match.first in clause for match in scan.of("by_others"))
            somebody = reading.parts[verb.first].form.endswith(_AGENTS)
            if verb.first >= hit.after and not (denied or others or somebody) and verb.first in before:
                return str(becomes)
        return None

    def _plays(self, role: Spotted, activity: str, hit: Hit) -> bool:
        """Whether a role fits: some fit only a brand ("ads on Douyin"), some only what is no app itself."""
        if role.value["offline_only"] and self.is_digital(activity):
            return False
        return not role.value["brands_only"] or self.is_brand(hit)

    def is_brand(self, hit: Hit) -> bool:
        """Whether a label is a brand that an activity goes by."""
        kind, id_ = hit.value
        return kind == "activity" and any(
            hit.label in names for names in self._catalogue.activities[id_].hidden.values()
        )

    def for_itself(self, reading: Reading) -> bool:
        """Whether a thing is said to be for the investor's own use, and not denied to be."""
        ends = {match.after for match in self.negations(reading.scan)}
        return any(
            ends.isdisjoint((match.first, match.first - 1)) for match in reading.scan.of("internal_use")
        )

    def abroad(self, activity: str, reading: Reading) -> str:
        """What an activity is where only users outside China are served."""
        phrases = self._catalogue.phrases
        if not reading.scan.of("overseas_only"):
            return activity
        reached = not self._catalogue.ancestry[activity].isdisjoint(phrases["overseas_only_reaches"])
        return str(phrases["overseas_only_becomes"]) if reached else activity

    def domestic(self, activity: str, hit: Hit, reading: Reading) -> str:
        """What an activity is on a route between two Chinese places."""
        becomes = self._catalogue.phrases["domestic"].get(activity)
        if becomes is None:
            return activity
        parts, scan = reading.parts, reading.scan
        first = last = hit.first
        while first > 0 and parts[first - 1].form not in ENDS:
            first -= 1
        while last < len(parts) and parts[last].form not in ENDS:
            last += 1
        ports = {match.value for match in scan.within("places", first, last)} - {MAINLAND}
        # A country tells the route only behind "to" and the like: elsewhere it is where the investor comes from.
        leaves = bool(scan.within("places_abroad", first, last)) or any(
            parts[match.first - 1].form in _ROUTE for match in scan.within("origins", first, last) if match.first
        )
        return str(becomes) if len(ports) > 1 and not leaves else activity
