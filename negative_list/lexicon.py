"""Every known word at once: one pass over a text finds the words of all sets; whole words only, the longest wins."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from negative_list.text import Token, english_words, spelt, tokens

# Sets whose labels of one English word do not stand for all words of their stem: seasoning is no season.
BY_FORM = frozenset({"certificate_unsettled", "labels", "measures", "role_after"})
_PLURAL = re.compile(r"(?<![su'i])s$|(?<=us)es$|'s?$")
_LAST = re.compile(r"(?<=[^aeiou])ie$|(?<=ss)e$|(?<=[sc]h)e$|(?<=x)e$")

# Of words that no label has.
_NO_LETTER = "\0"
_PAIRS = range(0xD800, 0xE000)

# The words of a set: each label with what it stands for.
Words = Iterable[tuple[str, Any]]


class Spotted(NamedTuple):
    """A label found: what it stands for, the tokens it covers (half-open), and its own words."""

    value: Any
    first: int
    after: int
    label: str


class Scan:
    """The words of every set that stand in one text."""

    def __init__(self, size: int, raw: dict[str, list[Spotted]]) -> None:
        self._size = size
        self._raw = raw
        self._chosen: dict[str, tuple[Spotted, ...]] = {}
        self._covered: dict[str, frozenset[int]] = {}

    def names(self) -> Iterable[str]:
        """The sets of which words stand in the text."""
        return self._raw.keys()

    def all_of(self, name: str) -> list[Spotted]:
        """Every word of a set, overlapping ones included, from left to right."""
        return self._raw.get(name, [])

    def of(self, name: str) -> tuple[Spotted, ...]:
        """The words of a set, none overlapping, longer ones before shorter, from left to right.

        Those that stand for nothing only keep others from their tokens.
        """
        chosen = self._chosen.get(name)
        if chosen is None:
            chosen = self._chosen[name] = self._longest(self._raw.get(name, ()))
        return chosen

    def within(self, name: str, first: int, after: int) -> list[Spotted]:
        """The words of a set that lie within some tokens."""
        return [match for match in self.of(name) if first <= match.first and match.after <= after]

    def covered(self, name: str) -> frozenset[int]:
        """The tokens that words of a set cover."""
        if name not in self._covered:
            found = (range(match.first, match.after) for match in self.of(name))
            self._covered[name] = frozenset(chain.from_iterable(found))
        return self._covered[name]

    def moved(self, places: Mapping[int, int], size: int) -> Scan:
        """The words of which every token is kept, where tokens have new places among `size`, and still side by side."""
        raw: dict[str, list[Spotted]] = {}
        for name, matches in self._raw.items():
            for match in matches:
                first, last = places.get(match.first), places.get(match.after - 1)
                if first is not None and last == first + match.after - 1 - match.first:
                    raw.setdefault(name, []).append(match._replace(first=first, after=last + 1))
        return Scan(size, raw)

    def _longest(self, matches: Sequence[Spotted]) -> tuple[Spotted, ...]:
        if len(matches) < 2:
            return tuple(match for match in matches if match.value is not None)
        taken = bytearray(self._size)
        chosen = []
        for match in sorted(matches, key=lambda m: (m.first - m.after, m.first)):
            if not any(taken[match.first : match.after]):
                taken[match.first : match.after] = b"\1" * (match.after - match.first)
                chosen.append(match)
        return tuple(sorted((match for match in chosen if match.value is not None), key=lambda m: m.first))


@lru_cache(maxsize=20_000)
def numberless(word: str) -> str:
    """A folded English word in the singular and in American spelling, other endings kept.

    >>> numberless("centres"), numberless("seasonings") == numberless("seasons")
    ('center', False)
    """
    word = _PLURAL.sub("", spelt(word))
    # What "-ies" and "-es" leave: companies and company, boxes and box.
    return _LAST.sub(lambda last: "y" if last.group() == "ie" else "", word)


class _Table:
    """Labels in their spotting form, looked up at every word of a text.

    Their letters are whole words: so what is found begins and ends with words. The first two tell how long a label may
    be, which is one number or two for nearly all: so few of the runs of words of a text are looked up.
    """

    def __init__(self, *, stemmed: bool) -> None:
        self._stemmed = stemmed
        self._letters: dict[str, str] = {}
        # For each pattern what it means: the set, the label, what it stands for and, of one English word, in which
        # numberless forms it does.
        self._meanings: dict[str, list[tuple[str, str, Any, set[str] | None]]] = {}
        # How long patterns are that begin with a letter, by the one after it; by "" those of any other and of none.
        self._lengths: dict[str, dict[str, list[int]]] = {}

    def add(self, name: str, words: Words) -> None:
        for label, value in words:
            parts = tokens(label)
            pattern = "".join(map(self._letter, self._pieces(parts)))
            if not pattern:
                continue
            meanings = self._meanings.setdefault(pattern, [])
            known = next((meaning for meaning in meanings if meaning[0] == name), None)
            if known is None:
                by_form = len(parts) == 1 and not parts[0].is_han and name in BY_FORM
                known = name, label, value, set[str]() if by_form else None
                meanings.append(known)
            if known[3] is not None:
                known[3].add(numberless(parts[0].form))

    def build(self) -> None:
        """Take note of how long the labels are, when all are added."""
        for pattern in sorted(self._meanings, key=len):
            seconds = self._lengths.setdefault(pattern[0], {"": []})
            if len(pattern) == 1:
                seconds[""].append(1)
            else:
                lengths = seconds.setdefault(pattern[1], seconds[""].copy())
                if len(pattern) not in lengths:
                    lengths.append(len(pattern))

    def find(self, parts: list[Token], raw: dict[str, list[Spotted]]) -> None:
        letter, meanings, lengths = self._letters.get, self._meanings, self._lengths
        text = "".join([letter(piece, _NO_LETTER) for piece in self._pieces(parts)])
        for first, (one, two) in enumerate(zip(text, text[1:] + _NO_LETTER, strict=False)):
            if (seconds := lengths.get(one)) is None:
                continue
            for length in seconds.get(two) or seconds[""]:
                after = first + length
                for name, label, value, forms in meanings.get(text[first:after], ()) if after <= len(text) else ():
                    if forms is None or numberless(parts[first].form) in forms:
                        raw.setdefault(name, []).append(Spotted(value, first, after, label))

    def _pieces(self, parts: list[Token]) -> list[str]:
        if self._stemmed:
            return [part.key for part in parts]
        return [part.key if part.is_break else part.form for part in parts]

    def _letter(self, piece: str) -> str:
        # Halves of pairs (U+D800 to U+DFFF) are no letters.
        number = len(self._letters) + 1
        return self._letters.setdefault(piece, chr(number if number < _PAIRS.start else number + len(_PAIRS)))


class Lexicon:
    """Sets of words, spotted together.

    Labels of one set that fold to the same form share one pattern; the first entered wins, so enter what is more
    specific first. Words given as `verbatim`, names of places, peoples and brands, are matched unstemmed: "Xianning"
    is not "Xi'an". A set may have words of both kinds.
    """

    def __init__(self, sets: Mapping[str, Words], *, verbatim: Mapping[str, Words] | None = None) -> None:
        self._stemmed, self._verbatim = _Table(stemmed=True), _Table(stemmed=False)
        self.english_words: set[str] = set()
        for table, held in ((self._stemmed, sets), (self._verbatim, verbatim or {})):
            for name, words in held.items():
                words = list(words)
                self.english_words.update(word for label, _ in words for word in english_words(label))
                table.add(name, words)
            table.build()

    def scan(self, parts: list[Token]) -> Scan:
        """Spot the words of every set in the tokens of a text."""
        raw: dict[str, list[Spotted]] = {}
        self._stemmed.find(parts, raw)
        self._verbatim.find(parts, raw)
        return Scan(len(parts), raw)


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


def with_endings(labels: Iterable[str], endings: Mapping[str, tuple[str, ...]]) -> list[str]:
    """English labels with the words that may stand for their last one: a dating app is a dating application."""
    found: dict[str, None] = dict.fromkeys(labels)
    for label in list(found):
        first, _, last = label.rpartition(" ")
        if first:
            found.update(dict.fromkeys(f"{first} {other}" for other in endings.get(last, ())))
    return list(found)


def with_verb_first(labels: Iterable[str], verbs: Collection[str]) -> list[str]:
    """Chinese labels that end in a verb with the form that puts the verb first: 稀土勘探 and 勘探稀土."""
    found: dict[str, None] = dict.fromkeys(labels)
    for label in list(found):
        verb = next((verb for verb in verbs if label.endswith(verb) and len(label) >= len(verb) + 2), None)
        if verb is not None:
            found.setdefault(verb + label.removesuffix(verb))
    return list(found)
