"""Activities ranked for words that no label matched, by what their labels and the words have in common."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from itertools import accumulate, chain
from typing import NamedTuple

from negative_list.catalogue import Catalogue
from negative_list.model import LANGUAGES
from negative_list.text import terms

# A term that more labels than this hold ranks what rarer terms found, and finds nothing by itself.
COMMON = 400
# Words that tell readings of a vague word apart weigh at least this: a word that one activity in fifty knows.
TELLING = 4.0


class Ranked(NamedTuple):
    """An activity with how much of its best label and of the words asked about both have (0 to 1).

    `evidence` counts the search terms they share.
    """

    activity: str
    score: float
    evidence: int


class _Numbers:
    """Numbers by term, ascending, all of them in one array: a process that starts reads that in a moment."""

    def __init__(self, pairs: Iterable[tuple[str, int]]) -> None:
        held: dict[str, list[int]] = defaultdict(list)
        for term, number in pairs:
            held[term].append(number)
        self._places = {term: place for place, term in enumerate(held)}
        self._starts = array("i", accumulate(map(len, held.values()), initial=0))
        self._numbers = array("i", chain.from_iterable(held.values()))

    def __contains__(self, term: str) -> bool:
        return term in self._places

    def count(self, term: str) -> int:
        """How many numbers a term has."""
        place = self._places[term]
        return self._starts[place + 1] - self._starts[place]

    def of(self, term: str, first: int, after: int) -> array[int]:
        """The numbers of a term from `first` up to `after`."""
        place = self._places[term]
        start, stop = self._starts[place], self._starts[place + 1]
        start = bisect_left(self._numbers, first, start, stop)
        return self._numbers[start : bisect_left(self._numbers, after, start, stop)]


class Ranker:
    """Compares words with every label; the labels are held by their terms, so that only those in common are seen.

    Ranking in memory takes microseconds where a search of the index takes milliseconds, and every run of words
    left over in a text asks for one.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        bags: list[tuple[str, frozenset[str]]] = []
        seen: Counter[str] = Counter()
        for activity in catalogue.named_activities:
            own = {bag for lang in LANGUAGES for label in activity.labels(lang) if (bag := frozenset(terms(label)))}
            bags += [(activity.id, bag) for bag in own]
            seen.update(frozenset().union(*own))
        self._own = {activity.id: frozenset[str]() for activity in catalogue.activities.values()}
        for id_, bag in bags:
            self._own[id_] |= bag
        self._weights = {term: math.log(1 + len(catalogue.activities) / count) for term, count in seen.items()}
        self._rarest = max(self._weights.values(), default=1.0)
        labels = sorted(((sum(map(self._weight, bag)), id_, bag) for id_, bag in bags), key=lambda label: label[0])
        # By the number of a label: its weight, activity and terms. The lightest comes first, and so in what holds a
        # term: a search looks at labels of a certain weight only.
        self._heaviness = array("d", [heaviness for heaviness, _, _ in labels])
        self._activities = [id_ for _, id_, _ in labels]
        self._bags = [bag for _, _, bag in labels]
        self._holding = _Numbers((term, number) for number, bag in enumerate(self._bags) for term in bag)
        # Labels of several terms by the rarest of them: a text that has not got that one has not got them all.
        self._by_rarest = _Numbers(
            (max(bag, key=lambda term: (self._weights[term], term)), number)
            for number, bag in enumerate(self._bags)
            if len(bag) > 1
        )

    def rank(self, wanted: Collection[str], limit: int = 12, least: float = 0.0) -> list[Ranked]:
        """Activities for a set of search terms that score `least` and more, best first."""
        known = sorted([term for term in wanted if term in self._holding], key=self._holding.count)
        if not known:
            return []
        weights, rarest = self._weights, self._rarest
        total = sum([weights.get(term, rarest) for term in wanted])
        # A label lighter or heavier than this cannot score enough, though all that it could share were shared.
        lightest = least * total / (2 - least)
        rest = sum([weights[term] for term in known])
        heaviest = 2 * rest / least - total if least else math.inf
        first, after = bisect_left(self._heaviness, lightest), bisect_right(self._heaviness, heaviest)
        shared: defaultdict[int, float] = defaultdict(float)
        for place, term in enumerate(known):
            weight, holding = weights[term], self._holding.of(term, first, after)
            # What a label with none of the terms so far would score at best.
            best_of_rest = 2 * rest / (total + rest)
            rest -= weight
            if place and (len(holding) > COMMON or best_of_rest < least):
                for number in shared:
                    if term in self._bags[number]:
                        shared[number] += weight
            else:
                for number in holding:
                    shared[number] += weight
        best: dict[str, tuple[float, int]] = {}
        for number, weight in shared.items():
            score = 2 * weight / (total + self._heaviness[number])
            if score >= least:
                activity = self._activities[number]
                if activity not in best or best[activity][0] < score:
                    best[activity] = score, number
        # By name where the scores are the same, so that every process answers alike.
        ranked = sorted([(-round(score, 3), activity, number) for activity, (score, number) in best.items()])[:limit]
        return [
            Ranked(activity, -score, len(self._bags[number].intersection(known)))
            for score, activity, number in ranked
        ]

    def whole(self, wanted: Collection[str]) -> list[tuple[str, frozenset[str]]]:
        """The labels of two terms and more that stand in a set of search terms with every term, the rarest first.

        Each with its activity and its terms. A label whose terms another one found has as well is left out.
        """
        here, bags = frozenset(wanted), self._bags
        near = chain.from_iterable(self._by_rarest.of(term, 0, len(bags)) for term in here if term in self._by_rarest)
        full = [number for number in near if bags[number] <= here]
        full.sort(key=lambda number: (-self._heaviness[number], number))
        kept: list[tuple[str, frozenset[str]]] = []
        for number in full:
            id_, bag = self._activities[number], self._bags[number]
            if not any(bag <= other and (bag != other or id_ == other_id) for other_id, other in kept):
                kept.append((id_, bag))
        return kept

    def prefer(self, candidates: Iterable[str], wanted: Collection[str]) -> tuple[str, int] | None:
        """The one of some activities whose labels know the words best, and how many; None if none stands out.

        Words that the labels of all of them know tell nothing.
        """
        own = {id_: self._own[id_] for id_ in candidates}
        common = frozenset.intersection(*own.values())
        known = {id_: [term for term in wanted if term in terms and term not in common] for id_, terms in own.items()}
        ranked = sorted(known, key=lambda id_: -sum(map(self._weight, known[id_])))
        best, second = (sum(map(self._weight, known[id_])) for id_ in ranked[:2])
        if best < TELLING or second > best / 2:
            return None
        return ranked[0], len(known[ranked[0]])

    def _weight(self, term: str) -> float:
        return self._weights.get(term, self._rarest)
