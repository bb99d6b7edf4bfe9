"""Activities ranked for words that no label matched, and one slip in a long word put right."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from operator import itemgetter

from rapidfuzz import process
from rapidfuzz.distance import OSA

from negative_list.catalogue import Catalogue
from negative_list.index import SearchIndex
from negative_list.model import LANGUAGES
from negative_list.text import Token, stem, terms, tokens

# Shorter words have too many neighbours to guess which was meant; longer ones bear a second slip.
SHORTEST_CORRECTED = 5
TWO_SLIPS_FROM = 9


@dataclass(frozen=True, slots=True)
class Ranked:
    """An activity with how much of its best label and of the words asked about both have (0 to 1).

    `evidence` counts the search terms they share.
    """

    activity: str
    score: float
    evidence: int


class Ranker:
    """Ranks activities by a wide search and a narrow comparison with their labels."""

    def __init__(self, catalogue: Catalogue, index: SearchIndex) -> None:
        self._index = index
        self._bags = {
            activity.id: [
                bag for lang in LANGUAGES for label in activity.labels(lang) if (bag := frozenset(terms(label)))
            ]
            for activity in catalogue.activities.values()
        }
        seen: Counter[str] = Counter()
        for bags in self._bags.values():
            seen.update(frozenset().union(*bags))
        self._weights = {term: math.log(1 + len(self._bags) / count) for term, count in seen.items()}
        self._rarest = max(self._weights.values(), default=1.0)
        self._vocabulary = _english_words(catalogue)
        self._by_initial = defaultdict(list)
        for word in sorted(self._vocabulary):
            if len(word) >= SHORTEST_CORRECTED:
                self._by_initial[word[0]].append(word)

    def corrected(self, parts: list[Token]) -> list[Token]:
        """Tokens with a slip in a long English word put right, where the word meant is plain."""
        return [
            replace(part, key=stem(word)) if (word := self._correction(part)) is not None else part for part in parts
        ]

    def _correction(self, part: Token) -> str | None:
        word = part.form
        if part.is_han or len(word) < SHORTEST_CORRECTED or not word.isalpha():
            return None
        if word in self._vocabulary or part.key in self._weights:
            return None
        slips = 1 if len(word) < TWO_SLIPS_FROM else 2
        found = process.extract(
            word, self._by_initial.get(word[0], ()), scorer=OSA.distance, score_cutoff=slips, limit=2
        )
        if not found or (len(found) > 1 and found[1][1] == found[0][1] and stem(found[0][0]) != stem(found[1][0])):
            return None
        return str(found[0][0])

    def rank(self, wanted: set[str]) -> list[Ranked]:
        """Activities for a set of search terms, best first."""
        if not wanted:
            return []
        total = sum(map(self._weight, wanted))
        found = []
        for hit in self._index.activities(sorted(wanted, key=self._weight, reverse=True)):
            scored = ((self._overlap(bag, wanted, total), bag) for bag in self._bags[hit.id])
            score, bag = max(scored, key=itemgetter(0))
            if score > 0:
                found.append(Ranked(hit.id, round(score, 3), len(bag & wanted)))
        return sorted(found, key=lambda ranked: -ranked.score)

    def _weight(self, term: str) -> float:
        return self._weights.get(term, self._rarest)

    def _overlap(self, bag: frozenset[str], wanted: set[str], total: float) -> float:
        """Harmonic mean of the shares of the label and of the words that both have, each term by its rarity."""
        shared = sum(self._weight(term) for term in bag & wanted)
        return 2 * shared / (total + sum(map(self._weight, bag)))


def _english_words(catalogue: Catalogue) -> set[str]:
    """Every English word of the vocabulary files: what stands here is no slip."""
    texts = [label for activity in catalogue.activities.values() for label in activity.labels("en")]
    texts += [label for term in catalogue.ambiguous for label in term.labels.get("en", ())]
    texts += [label for term in catalogue.off_topic for label in term.labels.get("en", ())]
    texts += catalogue.stopwords.get("en", ())
    texts += [name for place in catalogue.places.values() for name in (place.label.en, *place.alt.get("en", ()))]
    return {part.form for text in texts for part in tokens(text) if part.form.isalpha() and not part.is_han}
