"""Spotting known words in a text: one pass over all labels, whole words only, the longest match wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import ahocorasick_rs

from negative_list.text import Token, pattern_of, tokens

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Spotted(Generic[T]):
    """A label found: what it stands for, the tokens it covers (half-open), and its own words."""

    value: T
    first: int
    after: int
    label: str


class Spotter(Generic[T]):
    """An Aho–Corasick automaton over labels in their spotting form.

    Labels that fold to the same form share one pattern; the first value entered wins, so enter what is
    more specific first.
    Names of places and peoples are matched unstemmed: "Xianning" is not "Xi'an".
    """

    def __init__(self, labels: Iterable[tuple[str, T]], *, stemmed: bool = True) -> None:
        self._stemmed = stemmed
        self._values: dict[str, tuple[str, T]] = {}
        for label, value in labels:
            pattern = pattern_of(tokens(label), stemmed=stemmed)
            if pattern:
                self._values.setdefault(pattern, (label, value))
        self._patterns = list(self._values)
        self._automaton = ahocorasick_rs.AhoCorasick(self._patterns)

    def all_matches(self, parts: list[Token]) -> list[Spotted[T]]:
        """Every label that stands in the tokens, overlapping ones included, from left to right."""
        text = pattern_of(parts, stemmed=self._stemmed)
        at: dict[int, int] = {}
        ends: dict[int, int] = {}
        position = 0
        for index, part in enumerate(parts):
            at[position] = index
            word = part.key if self._stemmed else part.form
            position += 1 if part.is_han or part.is_break else len(word) + 2
            ends[position] = index + 1
        found = []
        for which, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if start in at and end in ends:
                label, value = self._values[self._patterns[which]]
                found.append(Spotted(value, at[start], ends[end], label))
        return found

    def spot(self, parts: list[Token]) -> list[Spotted[T]]:
        """The labels that stand in the tokens, none overlapping, longer ones before shorter."""
        taken = [False] * len(parts)
        chosen = []
        for match in sorted(self.all_matches(parts), key=lambda m: (m.first - m.after, m.first)):
            if not any(taken[match.first : match.after]):
                taken[match.first : match.after] = [True] * (match.after - match.first)
                chosen.append(match)
        return sorted(chosen, key=lambda m: m.first)


def with_regional_variants(labels: Iterable[str], variants: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Chinese labels with the forms they take in Taiwan or Hong Kong usage added.

    Every occurrence of a mainland word is exchanged; two different words exchange together.
    """
    found: dict[str, None] = dict.fromkeys(labels)
    for label in list(found):
        forms = {label}
        for mainland, others in variants.items():
            forms |= {form.replace(mainland, other) for form in forms if mainland in form for other in others}
        found.update(dict.fromkeys(sorted(forms)))
    return list(found)

