"""Whose business a label names: the words around it, weighed.

A text names hospitals that buy, platforms that are advertised on, games that somebody else publishes. Which of the
businesses named is the investor's own is told by many small signs, none of them sure. Each sign has a weight in the
data, fitted to labelled texts (`make weigh`), and the signs of a label are summed; the sums of a text are then measured
against one another.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from negative_list import rivals
from negative_list.catalogue import Catalogue
from negative_list.context import Context, Hit
from negative_list.customers import Customers
from negative_list.lexicon import Spotted
from negative_list.proposal import Reading
from negative_list.text import ENDS, Token

# A label that less likely names the investor's own business is none; one that is SURE to stands against a denial.
OWN = 0.3
SURE = 0.75
# How far a word stands from the label, in tokens; further away is all one.
_STEPS = (0, 1, 3, 7)
# How many tokens on either side of a label are looked at one by one.
_NEIGHBOURS = 3
_FAR = 24
# For each gap up to the furthest the step that it lies within.
_STEP_OF = tuple(next((step for step in _STEPS if gap <= step), _FAR) for gap in range(_FAR + 1))
# The sets of the lexicon that tell nothing of a label beside them.
_DUMB = frozenset({
    "all_of", "all_shares", "bought_whole", "certificate_applied", "certificate_got", "certificate_lacking",
    "certificate_unsettled", "cities_abroad", "from_abroad", "held_firms", "holders_are", "holding", "labels", "money",
    "no_place_before", "one_investor", "one_of", "polite", "role_after", "role_before", "setting_up", "shared_cities",
    "stopwords", "taking_over", "wholly",
})  # fmt: skip
# The sets of which a word anywhere in the text tells something.
_TELLING = ("by_others", "buyers_are", "overseas_only")

# What rules tell of labels: by a name, those of which it is told.
Told = Mapping[str, set[Hit]]


class Mentions:
    """Weighs whether labels name the investor's own business."""

    def __init__(self, catalogue: Catalogue, context: Context, customers: Customers) -> None:
        self._catalogue = catalogue
        self._context = context
        self._customers = customers

    def own(self, reading: Reading, spotted: Sequence[Hit], told: Told | None = None) -> dict[Hit, float]:
        """For each label how likely it names the investor's own business, from 0 to 1.

        `told` is what rules tell of the labels, where that has been worked out before.
        """
        weights = self._catalogue.weights
        described = self.described(reading, spotted, told)
        logits = {hit: sum(filter(None, map(weights.get, signs))) for hit, signs in described}
        return rivals.settled(logits, self._catalogue.rivalry)

    def described(
        self, reading: Reading, spotted: Sequence[Hit], told: Told | None = None
    ) -> Iterator[tuple[Hit, list[str]]]:
        """Each label with its signs, by the names that they have among the weights."""
        told = told or self.told(reading, spotted)
        anywhere = [f"text {name}" for name in _TELLING if reading.scan.of(name)]
        # What is not done is no company to what is.
        company = _Company(self._catalogue, self._context, [hit for hit in spotted if hit not in told["negated"]])
        around = _Around(reading, self._quiet(reading), self._sets(reading))
        for hit in spotted:
            clause = around.clause(hit)
            found = ["bias", *self._kind(hit)]
            found += [f"told {name}" for name, hits in told.items() if hit in hits]
            found += company.beside(hit, clause, reading.parts)
            found += _words(reading.parts, hit, clause)
            found += around.ends(hit)
            found += around.opening(hit)
            found += around.marks(hit)
            found += anywhere
            found.append(f"< loud {around.loud(clause.start, hit.first)}")
            found.append(f"> loud {around.loud(hit.after, clause.stop)}")
            found += around.then(hit)
            yield hit, list(dict.fromkeys(found))

    def told(self, reading: Reading, spotted: Sequence[Hit]) -> Told:
        """What rules tell of labels: signs among others of whose business a label names."""
        leads = self._context.leads(reading, spotted)
        acts = [hit for hit in spotted if hit.value[0] == "activity"]
        # A phrase without meaning, such as "personal data", says nothing by the vague word in it either.
        phrases = [match for match in reading.scan.of("stopwords") if match.after - match.first > 1]
        return {
            "negated": self._context.negated(reading, spotted),
            "customer": self._customers.named(reading, spotted),
            "phrase": {
                hit for hit in spotted if hit.value[0] == "ambiguous" and any(_spans(phrase, hit) for phrase in phrases)
            },
            "converted": {
                hit for hit in acts if self._context.in_role(hit.value[1], hit, leads[hit], reading)[0] != hit.value[1]
            },
            "makes": {hit for hit in acts if self._context.makes(hit.value[1])},
        }

    def _kind(self, hit: Hit) -> list[str]:
        kind, id_ = hit.value
        if kind != "activity":
            return [f"kind {kind}", f"is {id_}"]
        domain = id_.partition("/")[0]
        found = [f"is {id_}", f"domain {domain}"]
        found += ["covered"] if self._catalogue.is_covered(id_) else []
        found += ["brand"] if self._context.is_brand(hit) else []
        return [*found, "supplies"] if self._context.supplies(id_) else found

    @staticmethod
    def _quiet(reading: Reading) -> frozenset[int]:
        """Tokens that name nothing: words without meaning, facts, labels, and what the sets of the lexicon hold."""
        scan = reading.scan
        names = ("labels", "stopwords", "making", "operating", "supplying_to", "negations", "joints")
        return reading.used.union(*(scan.covered(name) for name in names))

    @staticmethod
    def _sets(reading: Reading) -> list[tuple[str, Spotted]]:
        scan, found = reading.scan, []
        for name in scan.names():
            if name in ("role_before", "role_after"):
                found += [(f"{name} {match.value['id']}", match) for match in scan.of(name)]
            elif name == "negations":
                found += [(name, match) for match in scan.of(name) if match.value]
            elif name not in _DUMB:
                found += [(name, match) for match in scan.of(name)]
        return found


class _Company:
    """The labels of a text that keep each other company, from left to right."""

    def __init__(self, catalogue: Catalogue, context: Context, hits: Sequence[Hit]) -> None:
        self._catalogue = catalogue
        self._context = context
        self._hits = hits
        self._firsts = [hit.first for hit in hits]
        acts = [hit for hit in hits if hit.value[0] == "activity"]
        self._suppliers = [hit.first for hit in acts if context.supplies(hit.value[1])]
        self._named = {hit.value[1] for hit in acts}
        self._above = {id_ for named in self._named for id_ in catalogue.ancestry[named] if id_ != named}
        self._seen: dict[object, int] = {}
        for hit in hits:
            self._seen.setdefault(hit.value, hit.first)

    def beside(self, hit: Hit, clause: range, parts: Sequence[Token]) -> list[str]:
        """The labels that stand beside a label, and what stands between."""
        place = bisect_left(self._firsts, hit.first)
        after = bisect_right(self._firsts, hit.first)
        itself = after > place and hit.first in clause
        kind, id_ = hit.value
        found = [] if _within(self._firsts, clause) > itself else ["alone"]
        if after > place and len(set(self._firsts)) == 1:
            found.append("single")
        if self._seen.get(hit.value, hit.first) < hit.first:
            found.append("again")
        if kind == "activity":
            if id_ in self._above:
                found.append("wider than another")
            if not self._named.isdisjoint(self._catalogue.ancestry[id_] - {id_}):
                found.append("narrower than another")
        if _within(self._suppliers, clause) > (itself and kind == "activity" and self._context.supplies(id_)):
            found.append("supplier named")
        for side, other in (("<", place - 1), (">", after)):
            if not 0 <= other < len(self._hits) or self._firsts[other] not in clause:
                found.append(f"{side} none")
                continue
            near = self._hits[other]
            start, stop = (near.after, hit.first) if side == "<" else (hit.after, near.first)
            sort = self._sort(near)
            found.append(f"{side} {sort}")
            found.append(f"{side} is {near.value[1]}")
            if stop - start <= _NEIGHBOURS:
                between = " ".join([part.key for part in parts[start:stop]])
                found += [f"{side} gap {between}", f"{side} {sort} gap {between}"]
        return found

    def _sort(self, hit: Hit) -> str:
        kind, id_ = hit.value
        if kind != "activity":
            return str(kind)
        if self._context.supplies(id_):
            return "supplier"
        return "covered" if self._catalogue.is_covered(id_) else "open"


class _Clause(NamedTuple):
    """A clause without the courtesies at its ends, as its labels see it.

    The words of sets that stand in it, the names of the sets of which words stand before and after it in its sentence,
    and signs for its first words and for its last ones, one word more in each.
    """

    tokens: range
    inside: list[tuple[str, Spotted]]
    outside: list[str]
    opening: list[str]
    closing: list[str]


class _Around:
    """The words of a text around its labels, worked out once for each clause."""

    def __init__(self, reading: Reading, quiet: Collection[int], sets: Iterable[tuple[str, Spotted]]) -> None:
        self._reading = reading
        self._polite = reading.scan.covered("polite")
        # How many tokens before each one nothing explains.
        self._loud = [0, *accumulate(index not in quiet for index in range(len(reading.parts)))]
        # Where sentences end; a sentence goes by the number of those before it.
        self._ends = [index for index, part in enumerate(reading.parts) if part.form in ENDS]
        denials = (match for match in reading.scan.of("negations") if match.value)
        # The clauses that tell what is not done, by where they begin; nothing before them is the investor's own for it.
        self._denying = {
            reading.clauses[match.first].start for match in (*denials, *reading.scan.of("excluded_after"))
        }
        # The words of sets by the clause they stand in; and for each sentence where those of a set stand first, and
        # where last, what is denied left aside.
        self._inside: dict[int, list[tuple[str, Spotted]]] = defaultdict(list)
        self._first: dict[int, dict[str, int]] = defaultdict(dict)
        self._last: dict[int, dict[str, int]] = defaultdict(dict)
        for name, match in sets:
            clause, sentence = reading.clauses[match.first].start, self._sentence(match.first)
            self._inside[clause].append((name, match))
            self._first[sentence][name] = min(match.first, self._first[sentence].get(name, match.first))
            if clause not in self._denying:
                self._last[sentence][name] = max(match.first, self._last[sentence].get(name, match.first))
        self._clauses: dict[int, _Clause] = {}

    def clause(self, hit: Hit) -> range:
        """The clause of a label, without the words of courtesy at its ends."""
        return self._of(hit).tokens

    def loud(self, start: int, stop: int) -> int:
        """How many of some tokens nothing explains; more than a few is all one."""
        return min(self._loud[stop] - self._loud[start], _NEIGHBOURS) if start < stop else 0

    def marks(self, hit: Hit) -> list[str]:
        """The words of the lexicon's sets in a label's sentence: on either side in its clause, or outside that."""
        clause = self._of(hit)
        found = list(clause.outside)
        for name, match in clause.inside:
            if match.after <= hit.first:
                found += (f"< {name}", f"< {name} {_step(hit.first - match.after)}")
            elif match.first >= hit.after:
                found += (f"> {name}", f"> {name} {_step(match.first - hit.after)}")
            else:
                found.append(f"in {name}")
        return found

    def ends(self, hit: Hit) -> list[str]:
        """The first words of the clause of a label, as far as they stand before it, and the last ones behind it."""
        clause = self._of(hit)
        before, behind = hit.first - clause.tokens.start, clause.tokens.stop - hit.after
        return clause.opening[: max(0, before)] + clause.closing[: max(0, behind)]

    def opening(self, hit: Hit) -> list[str]:
        """The words that open the sentence of a label, where another clause does."""
        parts, sentence = self._reading.parts, self._sentence(hit.first)
        start = self._ends[sentence - 1] + 1 if sentence else 0
        while start < hit.first and (start in self._polite or parts[start].is_break):
            start += 1
        return [] if start in self.clause(hit) else _beginnings("^^", parts[start : start + 2])

    def then(self, hit: Hit) -> list[str]:
        """The words that open the clause after that of a label, in its sentence."""
        parts, stop = self._reading.parts, self._reading.clauses[hit.first].stop
        if stop < len(parts) and parts[stop].form in ENDS:
            return []
        opening = [part for part in parts[stop + 1 : stop + 1 + _NEIGHBOURS] if not part.is_break]
        if not opening or self._reading.clauses[stop + 1].start in self._denying:
            return []
        return _beginnings("then", opening)

    def _sentence(self, index: int) -> int:
        """The number of the sentence of a token."""
        return bisect_left(self._ends, index)

    def _of(self, hit: Hit) -> _Clause:
        """The clause of a label."""
        whole = self._reading.clauses[hit.first]
        if whole.start not in self._clauses:
            parts, sentence = self._reading.parts, self._sentence(hit.first)
            clause = _trimmed(whole, self._polite)
            self._clauses[whole.start] = _Clause(
                clause,
                [(name, match) for name, match in self._inside[whole.start] if match.first in clause],
                [f"before {name}" for name, first in self._first[sentence].items() if first < clause.start]
                + [f"after {name}" for name, last in self._last[sentence].items() if last >= clause.stop],
                _beginnings("^", parts[clause.start : min(clause.start + _NEIGHBOURS, clause.stop)]),
                _beginnings("$", parts[max(clause.stop - 2, clause.start) : clause.stop][::-1]),
            )
        return self._clauses[whole.start]


def _within(places: Sequence[int], clause: range) -> int:
    """How many places, in order, lie in a clause."""
    return bisect_left(places, clause.stop) - bisect_left(places, clause.start)


def _trimmed(clause: range, polite: frozenset[int]) -> range:
    """A clause without the words of courtesy at its ends."""
    start, stop = clause.start, clause.stop
    while start < stop and start in polite:
        start += 1
    while start < stop and stop - 1 in polite:
        stop -= 1
    return range(start, stop)


def _step(gap: int) -> int:
    return _STEP_OF[min(gap, _FAR)]


def _words(parts: list[Token], hit: Hit, clause: range) -> Iterator[str]:
    """The words of the clause on either side of a label: the nearest by place, the others as they come."""
    before = parts[max(clause.start, hit.first - _FAR) : hit.first][::-1]
    behind = parts[hit.after : min(clause.stop, hit.after + _FAR)]
    yield f"<> {before[0].key if before else '^'} {behind[0].key if behind else '$'}"
    for side, around in (("<", before), (">", behind)):
        keys = [part.key for part in around]
        if not keys:
            yield f"{side} edge"
            continue
        for place, key in enumerate(keys[:_NEIGHBOURS]):
            yield f"{side}{place} {key}"
        if len(keys) > 1:
            yield f"{side}01 {keys[0]} {keys[1]}"
        for place, part in enumerate(around):
            if not part.is_han:
                yield f"{side} has {part.key}"
            elif place + 1 < len(keys):
                yield f"{side} has {keys[place]} {keys[place + 1]}"


def _beginnings(name: str, parts: Sequence[Token]) -> list[str]:
    """A sign for the first of some words, for the first two, and so on."""
    return [f"{name} {' '.join([part.key for part in parts[:count]])}" for count in range(1, len(parts) + 1)]


def _spans(longer: Hit, shorter: Hit) -> bool:
    """Whether one label covers another and more."""
    return (
        longer.first <= shorter.first
        and shorter.after <= longer.after
        and longer.after - longer.first > shorter.after - shorter.first
    )
