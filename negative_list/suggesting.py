"""Type-ahead: the activities and places whose labels a text being typed may become.

Each label stands in several sets of lines: as it is written, by its sound and by the initials of that. Every way in
which a text may be meant is a search in one of them, the likeliest first.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from negative_list import pinyin
from negative_list.catalogue import Catalogue
from negative_list.lines import BREAK, Lines
from negative_list.model import LANGUAGES, Activity, Place
from negative_list.spelling import SHORTEST
from negative_list.text import fold, folded_with_offsets

KINDS = ("activity", "place")
# How a label may be found, best first: by pinyin in whole syllables, the last of them begun only, or initials and
# characters among them, each at the beginning of a label or inside.
WAYS = ("exact", "preferred", "word", "inside", *("pinyin",) * 6, "slip")
# Folding may lengthen a text; no more than this is looked for.
LONGEST = 64
# So many words with a slip are put right, and so many of the words that one may mean are looked for.
MOST_SLIPS = 2
MOST_MEANT = 4
# Of so many labels at most it is checked whether they sound as is typed.
MOST_CHECKED = 500
_TOKEN = re.compile(r"[a-z0-9]+|[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN_WORD = re.compile(r"[a-z]+")
_ANYWHERE = re.compile(r"[\s\S]")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An activity or a place that a text may become, the label it was found by, and how.

    `span` is what was typed of `matched`, in characters, half-open.
    """

    kind: str
    id: str
    matched: str
    way: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Search:
    """One way of looking for a text: by a piece in some of the lines of labels, and what the sound must fit."""

    way: int
    piece: str
    among: tuple[str, ...]
    pattern: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A label found: by which search, in which row, and how far back that stands."""

    search: Search
    row: int
    rank: int


class Labels:
    """The labels of all activities, or of all places, as rows: shorter ones first, then those of digital sectors."""

    def __init__(self, named: Mapping[str, tuple[bool, Sequence[str]]]) -> None:
        """From ids, each with whether it is digital and its labels, those preferred in each language first."""
        self.ids = list(named)
        held = []
        for number, (digital, labels) in enumerate(named.values()):
            seen: dict[tuple[str, ...], tuple[int, bool, bool, int, int]] = {}
            for position, label in enumerate(labels):
                tokens = tuple(_TOKEN.findall(folded_with_offsets(label)[0]))
                if tokens:
                    seen.setdefault(tokens, (len(label), not digital, position >= len(LANGUAGES), number, position))
            held += [(*order, tokens) for tokens, order in seen.items()]
        held.sort()
        self.ranks = array("H", (2 * length + back for length, back, *_ in held))
        self.numbers = array("H", (row[3] for row in held))
        self.positions = array("H", (row[4] for row in held))
        keys = [(row, key_of(tokens)) for row, (*_, tokens) in enumerate(held)]
        self.preferred = Lines((row, key) for row, key in keys if not held[row][2])
        self.latin = Lines((row, key) for row, key in keys if key.isascii())
        chinese = [(row, key) for row, key in keys if not key.isascii()]
        self.chinese = Lines(chinese)
        spoken = pinyin.spoken([held[row][5] for row, _ in chinese])
        sounds = [(row, line) for (row, _), line in zip(chinese, spoken, strict=True)]
        self.sounds = Lines(sounds)
        self.initials = Lines(((row, pinyin.initials(line)) for row, line in sounds), _ANYWHERE)

    def found(self, searches: Iterable[Search], limit: int) -> dict[str, Hit]:
        """The ids that some searches, which go from the best way to the worst, find first: `limit` of each way."""
        best: dict[int, Hit] = {}
        for search in searches:
            room = limit - sum(hit.search.way < search.way for hit in best.values())
            if room <= 0:
                break
            for row in self._rows(search):
                hit = Hit(search, row, self.ranks[row])
                known = best.get(self.numbers[row])
                if known is None or (search.way, hit.rank) < (known.search.way, known.rank):
                    best[self.numbers[row]] = hit
                    room -= 1
                    if not room:
                        break
        return {self.ids[number]: hit for number, hit in best.items()}

    def _rows(self, search: Search) -> Iterable[int]:
        held: list[Lines] = [getattr(self, name) for name in search.among]
        found = held[0].holding(search.piece)
        if len(held) > 1:
            found = sorted(chain(found, *(lines.holding(search.piece) for lines in held[1:])))
        if (pattern := search.pattern) is None:
            return found
        return (row for row in found[:MOST_CHECKED] if pattern.search(self.sounding(row)))

    def sounding(self, row: int) -> str:
        """The syllables of a Chinese label with their characters."""
        return pinyin.with_characters(self.sounds.line(row), _TOKEN.findall(self.chinese.line(row)))


class Suggester:
    """Suggests activities and places of one catalogue. Pure; everything is prepared when it is made."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        digital = frozenset(catalogue.phrases["digital_domains"])
        self._labels = {
            "activity": Labels(
                {
                    item.id: (item.id.partition("/")[0] in digital, labels_of(item))
                    for item in catalogue.named_activities
                }
            ),
            "place": Labels({item.id: (False, labels_of(item)) for item in catalogue.places.values()}),
        }
        texts = (labels.latin.text for labels in self._labels.values())
        self._words = sorted({word for text in texts for word in _LATIN_WORD.findall(text)})
        self._syllables = pinyin.Syllables(labels.sounds.text for labels in self._labels.values())
        variants = catalogue.phrases["regional_variants"]
        self._usual = {fold(other): usual for usual, others in variants.items() for other in others}
        longest_first = sorted(map(re.escape, self._usual), key=len, reverse=True)
        self._regional = re.compile("|".join(longest_first) or r"(?!)")

    @classmethod
    def of(cls, catalogue: Catalogue) -> Suggester:
        """The suggester of one catalogue; making it takes seconds."""
        return cls(catalogue)

    def suggest(self, text: str, limit: int, kinds: Sequence[str] = KINDS) -> list[Suggestion]:
        """Activities and places for a text being typed, best first, each once; at most `limit`.

        Labels that are the text come first, then preferred labels that begin with it, labels of which a word does,
        labels that hold it, that sound like it, and that a slip parts from it; among these shorter ones, then those
        of digital sectors.
        """
        folded = fold(text)[:LONGEST]
        usual = self._regional.sub(lambda match: self._usual[match.group()], folded)
        wordings = dict.fromkeys((folded, usual))
        for among in (self._sure, self._loose):
            searches = sorted(chain.from_iterable(map(among, wordings)), key=lambda search: search.way)
            found = [
                (hit.search.way, hit.rank, kind, hit.row, id_, hit)
                for kind in kinds
                for id_, hit in self._labels[kind].found(searches, limit).items()
            ]
            if found:
                found.sort(key=lambda row: row[:4])
                return [self._shown(kind, id_, hit) for _, _, kind, _, id_, hit in found[:limit]]
        return []

    def _sure(self, folded: str) -> Iterator[Search]:
        """The searches whose finds are likely meant."""
        key = key_of(_TOKEN.findall(folded))
        if not key:
            return
        # Letters may stand in a Chinese label, but Chinese in no Latin one.
        both = ("latin", "chinese") if key.isascii() else ("chinese",)
        yield Search(0, f"{BREAK}{key}{BREAK}", both)
        yield Search(1, BREAK + key, ("preferred",))
        yield Search(2, key if key[0] == " " else BREAK + key, both)
        yield Search(3, key, both)
        for typed in self._syllables.readings(folded):
            if typed.whole:
                yield Search(4, f"{BREAK}{typed.piece}'", ("sounds",))
                yield Search(5, f"{typed.piece}'", ("sounds",))
                yield Search(6, BREAK + typed.piece, ("sounds",))
                yield Search(7, typed.piece, ("sounds",))
        yield from self._heard(8, folded, BREAK)

    def _loose(self, folded: str) -> Iterator[Search]:
        """The searches for a text that no other finds: by initials inside a label, and by words with a slip."""
        yield from self._heard(9, folded, "")
        tokens = _TOKEN.findall(folded)
        if all(token.isascii() for token in tokens):
            for key in self._meant(tokens):
                yield Search(10, key, ("latin", "chinese"))

    def _heard(self, way: int, folded: str, before: str) -> Iterator[Search]:
        """The searches for initials and characters among syllables."""
        patterns: dict[tuple[str, str], list[str]] = defaultdict(list)
        for typed in self._syllables.readings(folded):
            if not typed.whole:
                characters = typed.longest_characters
                place = (characters, "chinese") if characters else (before + typed.initials, "initials")
                patterns[place].append(typed.pattern)
        for (piece, among), fitting in patterns.items():
            yield Search(way, piece, (among,), re.compile("|".join(fitting)))

    def _meant(self, words: list[str]) -> Iterator[str]:
        """The keys that are meant where some of the words are slips of the pen."""
        unknown = [index for index, word in enumerate(words) if word.isalpha() and not self._begins(word)]
        if not 0 < len(unknown) <= MOST_SLIPS:
            return
        # The last word may still be growing.
        options = [self._near(words[index], growing=index == len(words) - 1) for index in unknown]
        for chosen in product(*options):
            put_right = dict(zip(unknown, chosen, strict=True))
            yield key_of(put_right.get(index, word) for index, word in enumerate(words))

    def _near(self, word: str, *, growing: bool) -> list[str]:
        """The words, or beginnings of words, that one slip parts from a word."""
        if len(word) < SHORTEST - 1:
            return []
        near = self._beginning(word[0])
        if word[1] != word[0]:
            near = [*near, *self._beginning(word[1] + word[0]), *self._beginning(word[1:3])]
        lengths = range(len(word) - 1, len(word) + 2)
        if growing:
            options = {known[:length] for length in lengths for known in near if len(known) >= length}
        else:
            options = {known for known in near if len(known) in lengths}
        if len(word) < SHORTEST:
            # Of so short a word, any slip but an exchange leaves too many words that may be meant.
            options = {known for known in options if sorted(known) == sorted(word)}
        found = [str(row[0]) for row in process.extract(word, options, scorer=OSA.distance, score_cutoff=1, limit=None)]
        return sorted(found, key=lambda known: (abs(len(known) - len(word)), known))[:MOST_MEANT]

    def _begins(self, word: str) -> bool:
        at = bisect_left(self._words, word)
        return at < len(self._words) and self._words[at].startswith(word)

    def _beginning(self, letters: str) -> list[str]:
        # "{" comes after all letters.
        return self._words[bisect_left(self._words, letters) : bisect_left(self._words, letters + "{")]

    def _shown(self, kind: str, id_: str, hit: Hit) -> Suggestion:
        labels, search = self._labels[kind], hit.search
        held: Mapping[str, Activity | Place]
        held = self._catalogue.activities if kind == "activity" else self._catalogue.places
        label = labels_of(held[id_])[labels.positions[hit.row]]
        if search.pattern is not None:
            span = _span(label, pinyin.heard(search.pattern, labels.sounding(hit.row)))
        elif search.among == ("sounds",):
            span = _span(label, pinyin.heard(search.piece, labels.sounds.line(hit.row)))
        else:
            span = _span_of_piece(label, search.piece.strip(BREAK))
        return Suggestion(kind, id_, label, WAYS[search.way], span)


def labels_of(item: Activity | Place) -> tuple[str, ...]:
    """The labels of an activity or a place: the preferred ones, then all others, each language in its turn."""
    hidden = item.hidden if isinstance(item, Activity) else {}
    return (
        *(item.label[lang] for lang in LANGUAGES),
        *(name for names in (item.alt, hidden) for lang in LANGUAGES for name in names.get(lang, ())),
    )


def key_of(tokens: Iterable[str]) -> str:
    """How tokens stand in a line: a space before each Latin word, nothing between Chinese characters."""
    return "".join(f" {token}" if token.isascii() else token for token in tokens)


def _span(label: str, tokens: tuple[int, int]) -> tuple[int, int]:
    """Where some tokens of a label, half-open, stand in it."""
    folded, offsets = folded_with_offsets(label)
    held = list(_TOKEN.finditer(folded))[slice(*tokens)]
    return offsets[held[0].start()], offsets[held[-1].end() - 1] + 1


def _span_of_piece(label: str, piece: str) -> tuple[int, int]:
    """Where a label holds a piece of its key."""
    folded, offsets = folded_with_offsets(label)
    places: list[int] = []
    for match in _TOKEN.finditer(folded):
        # The space before a Latin word stands for its first letter.
        places += [match.start()] * match.group().isascii() + [*range(*match.span())]
    at = key_of(_TOKEN.findall(folded)).index(piece)
    return offsets[places[at]], offsets[places[at + len(piece) - 1]] + 1
