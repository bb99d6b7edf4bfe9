"""Of a long message, the sentences that tell the proposal.

Letters, minutes and questionnaires tell much beside the business: where the group comes from, what its parent does
abroad, whom it sells to, who the landlord is. Each sentence has signs, its words, the sets and labels in it and its
place; each sign has weights in the data, fitted to messages of which every line is marked (`make passages`).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from negative_list.lexicon import Scan
from negative_list.model import Status
from negative_list.text import ENDS, Token
from negative_list.written import Written

# Shorter texts, in words and in sentences, are read as a whole: hardly any of their words are beside the point.
LONG, SEVERAL = 100, 5
# What a Chinese character counts for as a word.
_CHARACTER = 0.5
# A sentence tells the business if that is so likely, and so likely beside the likeliest one of the message.
LEAST, BESIDE = 0.08, 0.1
# Where it is less likely of every sentence, none does.
NONE = 0.2
# A sentence that so likely tells the business or states facts of the proposal is looked through for facts.
STATES = 0.1
# How many words at the beginning of a sentence are signs of their own.
_FIRST = 3
_FIFTHS = 5
_LONGEST = 6
# So many tokens from the beginning a colon ends the name of a field.
_FIELD = 8
# The sets of the lexicon that tell nothing of a sentence.
_DUMB = frozenset({"labels", "polite", "stopwords"})
# Semicolons part the items of a list, such as a scope of business, which is told as one.
_ENDS = ENDS - frozenset(";；")
# A line of so many characters may be cut for its width, and go on in the next one.
_WIDE = range(50, 81)
# Lines of fewer words, on the average, are no lines.
_FEWEST = 4


class Told(NamedTuple):
    """The sentences of a message that tell the business, and those that do or state facts, as ranges of its tokens."""

    telling: list[range]
    stating: list[range]


class Passages:
    """Tells which sentences of a long text tell the business, and which state facts, by the weights of their signs.

    `weights` holds two for each sign; `kinds` tells how activities stand.
    """

    def __init__(self, weights: Mapping[str, Sequence[float]], kinds: Mapping[str, Status]) -> None:
        self._weights = weights
        self._kinds = kinds

    def told(self, written: Written) -> Told | None:
        """What there is to read of a long text; None where it is read as a whole."""
        text, parts, scan = written.text, written.parts, written.scan
        words = sum([_CHARACTER if part.is_han else not part.is_break for part in parts])
        if words < LONG or len(spans := sentences(text, parts, scan.covered("polite"))) < SEVERAL:
            return None
        likely = self.likely(parts, scan, spans)
        best = max(tells for tells, _ in likely)
        least = max(LEAST, BESIDE * best) if best >= NONE else 1.0
        told = Told([], [])
        for span, (tells, states) in zip(spans, likely, strict=True):
            if tells >= least:
                told.telling.append(span)
            if tells >= least or states >= STATES:
                told.stating.append(span)
        return told

    def likely(self, parts: Sequence[Token], scan: Scan, spans: Sequence[range]) -> list[tuple[float, float]]:
        """For each sentence how likely it tells the business, and how likely it does or states facts."""
        found = []
        for signs in described(parts, scan, spans, self._kinds):
            held = [weights for sign in signs if (weights := self._weights.get(sign)) is not None]
            tells, states = (sum([weights[which] for weights in held]) for which in (0, 1))
            found.append((1 / (1 + math.exp(-tells)), 1 / (1 + math.exp(-states))))
        return found


def sentences(text: str, parts: Sequence[Token], silent: Collection[int] = ()) -> list[range]:
    """The sentences of a text as ranges of its tokens, each with the mark that ends it; so are lines and list items.

    What holds marks and `silent` tokens only is none.
    """
    gaps = [text[before.end : part.start] for before, part in pairwise(parts)]
    lines = {index for index, gap in enumerate(gaps, 1) if "\n" in gap}
    if len(lines) * _FEWEST > len(parts):
        lines.clear()
    found: list[range] = []
    start, line = 0, 0
    for index, part in enumerate(parts):
        if index in lines:
            goes_on = parts[index - 1].end - line in _WIDE and gaps[index - 1].count("\n") == 1
            line = part.start
            if index > start and not (goes_on and part.form.isalpha()):
                found.append(range(start, index))
                start = index
        if part.form in _ENDS:
            found.append(range(start, index + 1))
            start = index + 1
    found.append(range(start, len(parts)))
    return [span for span in found if any(not parts[index].is_break and index not in silent for index in span)]


def described(
    parts: Sequence[Token], scan: Scan, spans: Sequence[range], kinds: Mapping[str, Status]
) -> Iterator[list[str]]:
    """The signs of each sentence; words of courtesy are none."""
    sets, polite = _sets(scan, spans, kinds), scan.covered("polite")
    before: list[str] = ["^"]
    for place, span in enumerate(spans):
        told = [parts[index] for index in span if not parts[index].is_break and index not in polite]
        first = [part.key for part in told[:_FIRST]]
        opening = [f"^{' '.join(first[:count])}" for count in range(1, 1 + len(first))]
        last = parts[span.stop - 1]
        ends = f"ends {last.form if last.is_break else '.'}"
        found = ["bias", *opening, *sets[place], ends, *(f"before {sign}" for sign in before)]
        found += chain.from_iterable(_words(told))
        found += [f"in {_FIFTHS * place // len(spans)}", f"length {min(_LONGEST, int(math.log2(len(told) + 1)))}"]
        found += [f"at {at}" for at in (place, place - len(spans)) if -_FIRST <= at < _FIRST]
        begins = [parts[index].form for index in span if index not in polite][:_FIELD]
        found += ["field"] if ":" in begins[1:] else []
        found += ["figures"] if any(part.form[0].isdigit() for part in told) else []
        yield list(dict.fromkeys(found))
        before = [*opening[:2], *sets[place], ends]


def _sets(scan: Scan, spans: Sequence[range], kinds: Mapping[str, Status]) -> dict[int, list[str]]:
    """For each sentence the sets of the lexicon of which words stand in it, and what its labels stand for."""
    sentence_of = {index: place for place, span in enumerate(spans) for index in span}
    found: dict[int, list[str]] = defaultdict(list)
    for name in scan.names():
        if name not in _DUMB:
            matches = [match for match in scan.all_of(name) if match.value is not None and match.first in sentence_of]
            for place in sorted({sentence_of[match.first] for match in matches}):
                found[place].append(f"# {name}")
    for label in scan.of("labels"):
        if label.first not in sentence_of:
            continue
        here, (kind, id_) = found[sentence_of[label.first]], label.value
        if kind == "activity":
            here += (f"names {kinds.get(id_, Status.OPEN).value}", f"domain {id_.partition('/')[0]}")
        else:
            here.append(f"names {kind}")
    return found


def _words(told: Sequence[Token]) -> Iterator[list[str]]:
    """Each word alone, with the next and, in Chinese, with the next two."""
    for place, part in enumerate(told):
        keys = [after.key for after in told[place : place + (3 if part.is_han else 2)]]
        yield [f"w {' '.join(keys[:count])}" for count in range(1, 1 + len(keys))]
