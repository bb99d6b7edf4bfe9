"""What a text tells as a whole, learnt from many texts of which the business is known (`make learn`).

Labels find the business that a text names. Most people describe theirs instead, by what happens in it, by its things or
its customers. The words of a text, the labels in it and how they stand to one another are its signs; for each sign the
data hold how much it speaks for a business that the list prohibits, restricts or leaves open, or for none at all.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from negative_list.context import Hit
from negative_list.learnt import TENTH, THOUSANDTH, Learnt
from negative_list.lexicon import Scan
from negative_list.mentions import OWN, SURE
from negative_list.model import Status
from negative_list.proposal import Reading
from negative_list.text import Token, tokens

# What a label of an activity of each kind is called in a sign.
_NAMES = {Status.OPEN: "O", Status.RESTRICTED: "R", Status.PROHIBITED: "P", Status.UNDETERMINED: "B"}
_OTHERS = {"ambiguous": "V", "off_topic": "X"}
# The sets of the lexicon that tell who does what to whom.
_ROLES = (
    "acquiring", "advertised_on", "belonging", "buyers_are", "buying", "by_others", "carrying_on", "chinese", "company",
    "doing_for", "excluded_after", "former", "installed_at", "internal_use", "making", "negations", "oneself",
    "operating", "overseas_only", "own", "placed_at", "serving", "strangers", "supplying_to",
)
# English words of this length and more are also known by how they begin and end.
_LONG = 5
_AFFIX = 4
# Of so many neighbouring Chinese characters and more, a smaller part than this stands together in no human's text.
_PAIRS, _FAMILIAR = 4, 0.3


class _Unit(NamedTuple):
    """A piece of a clause that tells something by itself: a label, or words for a role."""

    name: str
    label: bool


@dataclass(frozen=True, slots=True)
class Whole:
    """What a text tells as a whole: how likely each kind of business is.

    `near` works out how near the text comes to each activity, and `apart` how likely each kind is without the parts of
    the text that name open business only, where others remain; few texts need either.
    """

    likely: Mapping[Status, float] = field(default_factory=dict)
    near: Callable[[], Mapping[str, float]] = dict
    apart: Callable[[], Mapping[Status, float]] = dict


NOTHING = Whole()


def likeliest(likely: Mapping[Status, float]) -> Status:
    """The kind that is likeliest."""
    return max(likely, key=likely.__getitem__)


class Gist:
    """Tells what kind of business a text as a whole describes, and which activities it comes nearest to.

    `kinds` holds the kind of each activity by the law of the day that the weights were learnt for; a text of strange
    words is no better known for the words of `quiet` in it.
    """

    def __init__(self, learnt: Learnt, kinds: Mapping[str, Status], quiet: Iterable[str] = ()) -> None:
        self._learnt = learnt
        self.kinds = kinds
        self._quiet = frozenset(f"w {part.key}" for word in quiet if len(parts := tokens(word)) == 1 for part in parts)
        # The topics of each kind, by their place.
        self._places: dict[Status, list[int]] = {}
        for place, topic in enumerate(learnt.topics):
            self._places.setdefault(topic.kind, []).append(place)

    def is_strange(self, reading: Reading) -> bool:
        """Whether hardly any two neighbouring Chinese characters of a text stand together in the texts learnt from."""
        silent = reading.used | reading.scan.covered("polite")
        told = [part.key if part.is_han and i not in silent else "" for i, part in enumerate(reading.parts)]
        pairs = [f"w {one} {other}" for one, other in pairwise(told) if one and other]
        return len(pairs) >= _PAIRS and len(self._learnt.by_topic.held(pairs)) < _FAMILIAR * len(pairs)

    def likely(self, signs: Collection[str]) -> dict[Status, float]:
        """How likely each kind is; the sum is 1. Empty where a third of the words are strange."""
        learnt, listed = self._learnt, list(signs)
        numbers = learnt.by_topic.find(listed)
        words = [
            place
            for place, sign in enumerate(listed)
            if sign[0] == "w" and sign.count(" ") == 1 and sign not in self._quiet
        ]
        if 3 * np.count_nonzero(numbers[words] >= 0) <= 2 * len(words):
            return {}
        known = numbers[numbers >= 0]
        sums = learnt.weights.take(known, axis=0).sum(axis=0, dtype=np.int32).tolist()
        scale = TENTH / math.sqrt(max(1, len(known)))
        odds = [1 / (1 + math.exp(-topic.bias - scale * each)) for topic, each in zip(learnt.topics, sums, strict=True)]
        total = sum(odds)
        return {kind: sum([odds[place] for place in places]) / total for kind, places in self._places.items()}

    def nearest(self, signs: Collection[str]) -> dict[str, float]:
        """How near each activity comes, of those that any sign speaks for; more is nearer."""
        learnt = self._learnt
        numbers = learnt.by_activity.held(signs)
        runs = [learnt.pairs[learnt.starts[number] : learnt.starts[number + 1]] for number in numbers]
        if not runs:
            return {}
        places, weights = np.concatenate(runs).T
        sums = np.bincount(places, weights)
        scale = THOUSANDTH / math.sqrt(max(1, len(signs)))
        named = ((learnt.activities[place], float(sums[place]) * scale) for place in np.unique(places))
        return {activity: weight for activity, weight in named if activity in self.kinds}


def signs_of(
    reading: Reading, own: Mapping[Hit, float], ruled_out: Collection[int], kinds: Mapping[str, Status]
) -> set[str]:
    """The signs of a text.

    `own` tells of each label how likely it names the investor's own business; tokens that are `ruled_out` tell nothing,
    so that adding what is not done changes nothing.
    """
    parts, scan = reading.parts, reading.scan
    dropped = scan.covered("polite") | frozenset(ruled_out)
    silent = reading.used | dropped
    labels = {hit.first: (_Unit(_symbol(hit, kinds), True), hit.after) for hit in own}
    pieces = {**_roles(scan), **labels}
    of_others = _of_others(own)
    found: set[str] = set()
    for clause in dict.fromkeys(reading.clauses):
        told = [i for i in clause if i not in silent]
        if of_others.isdisjoint(told):
            found.update(_words(parts, told))
        else:
            found.update(_words(parts, [i for i in told if i not in of_others]))
            found.update([f"else {sign}" for sign in _words(parts, [i for i in told if i in of_others])])
        if not pieces.keys().isdisjoint(clause):
            found.update(_structure(_units(reading, clause, pieces, dropped)))
    for hit, likelihood in own.items():
        if silent.isdisjoint(range(hit.first, hit.after)):
            found.update(_label(hit, likelihood, kinds))
    return found


def _of_others(own: Mapping[Hit, float]) -> set[int]:
    """The tokens of labels that hardly name the investor's own business."""
    tokens_of = {True: set[int](), False: set[int]()}
    for hit, likelihood in own.items():
        tokens_of[likelihood >= OWN].update(range(hit.first, hit.after))
    return tokens_of[False] - tokens_of[True]


def _words(parts: list[Token], told: list[int]) -> Iterator[str]:
    """Words alone, in pairs and, in Chinese, in threes; long English words by beginning and end."""
    here = frozenset(told)
    for index in told:
        form, key, _, _, is_han, _ = parts[index]
        if form.isdigit():
            continue
        sign = f"w {key}"
        yield sign
        if index + 1 in here:
            sign = f"{sign} {parts[index + 1].key}"
            yield sign
            if is_han and index + 2 in here and parts[index + 2].is_han:
                yield f"{sign} {parts[index + 2].key}"
        if not is_han and len(form) >= _LONG:
            yield f"p {form[:_AFFIX]}"
            yield f"e {form[-_AFFIX:]}"


def _symbol(hit: Hit, kinds: Mapping[str, Status]) -> str:
    kind, id_ = hit.value
    return _NAMES[kinds.get(id_, Status.OPEN)] if kind == "activity" else _OTHERS[kind]


def _label(hit: Hit, likelihood: float, kinds: Mapping[str, Status]) -> Iterator[str]:
    """A label, what it stands for, and how likely that is the investor's own business."""
    symbol, id_ = _symbol(hit, kinds), hit.value[1]
    yield f"is {id_}"
    yield f"kind {symbol}"
    yield f"kind {symbol} {likelihood:.1f}"
    yield f"own {id_} {'yes' if likelihood >= SURE else 'perhaps' if likelihood >= OWN else 'no'}"
    if hit.value[0] == "activity":
        yield f"domain {id_.partition('/')[0]} {symbol}"


def _roles(scan: Scan) -> dict[int, tuple[_Unit, int]]:
    """The words that tell roles: by their first token, with the token after the last."""
    found: dict[int, tuple[_Unit, int]] = {}
    for name in _ROLES:
        for match in scan.of(name):
            found.setdefault(match.first, (_Unit(f"#{name}", False), match.after))
    return found


def _units(
    reading: Reading, clause: range, pieces: Mapping[int, tuple[_Unit, int]], dropped: Collection[int]
) -> list[_Unit | str]:
    """The pieces of a clause in their order: labels and words of roles, or the name of a fact or a plain word."""
    parts, used = reading.parts, reading.used
    found: list[_Unit | str] = ["^"]
    index = clause.start
    while index < clause.stop:
        if index in dropped:
            index += 1
        elif index in used:
            if found[-1] != "~":
                found.append("~")
            index += 1
        elif (piece := pieces.get(index)) is not None:
            found.append(piece[0])
            index = piece[1]
        else:
            found.append(parts[index].key)
            index += 1
    return [*found, "$"]


def _structure(units: list[_Unit | str]) -> Iterator[str]:
    """How labels and roles stand to one another and to the words beside them."""
    names = [unit if isinstance(unit, str) else unit.name for unit in units]
    telling = [(place, unit) for place, unit in enumerate(units) if not isinstance(unit, str)]
    for place, _ in telling:
        yield f"r {names[place]}"
        for start in range(max(0, place - 2), place + 1):
            for stop in (start + 2, start + 3):
                if place < stop <= len(names):
                    yield f"r {' '.join(names[start:stop])}"
    told = [unit.name for _, unit in telling]
    for place in range(len(told) - 1):
        yield f"o {' '.join(told[place : place + 2])}"
        if place + 2 < len(told):
            yield f"o {' '.join(told[place : place + 3])}"
    labels = sorted([unit.name for _, unit in telling if unit.label])
    if labels:
        yield f"all {' '.join(labels)}"
