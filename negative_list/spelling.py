"""A slip in a long English word put right, where the word meant is plain."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from negative_list.text import Token, stem

# Shorter words have too many neighbours to guess which was meant; longer ones bear a second slip.
SHORTEST = 5
TWO_SLIPS_FROM = 12
# Of a longer text only so many unknown words are looked at, which bounds the time that noise can take.
MOST = 40
# Where so many words are known to nobody, and no more are known, a text is in no language that is read here.
STRANGE = 3
_DOUBLED = re.compile(r"([a-z])\1")


class Speller:
    """Puts words right by a vocabulary: what stands there, or shares a stem with it, is no slip.

    Nor is what shares a stem with a `common` word.
    """

    def __init__(self, words: Iterable[str], common: Iterable[str] = ()) -> None:
        self._words = {word for word in words if word.isascii() and word.isalpha()}
        self._stems = {stem(word) for word in self._words}.union(map(stem, common))
        # Words with a doubled letter, by how they look when it is written once: "shoping" is no stem of another word.
        self._singled = {_DOUBLED.sub(r"\1", word): word for word in sorted(self._words) if len(word) > SHORTEST}
        self._near: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in sorted(self._words):
            if len(word) >= SHORTEST - 1:
                self._near[word[0], len(word)].append(word)

    def corrected(self, parts: list[Token]) -> list[Token]:
        """The tokens with a slip in a long English word put right: `form` and `key` are those of the word meant.

        Where most other words are none, a short one that looks like a slip does so by chance.
        """
        unknown = self._unknown(parts)
        if not unknown:
            return parts
        words = sum(part.form.isalpha() and not part.is_han for part in parts)
        least = SHORTEST if 2 * (len(unknown) - 1) > words else 0
        parts = list(parts)
        for index in unknown[:MOST]:
            word = self._correction(parts[index].form) if len(parts[index].form) >= least else None
            if word is not None:
                parts[index] = parts[index]._replace(form=word, key=stem(word))
        return parts

    def is_strange(self, parts: list[Token], corrected: list[Token]) -> bool:
        """Whether a text is mostly words that nobody knows, and several still are when it is put right.

        Those that are known stand in it by chance.
        """
        # Nothing was unknown where the tokens came back as they were.
        if corrected is parts or any(part.is_han for part in parts) or len(self._unknown(corrected)) < STRANGE:
            return False
        return 2 * len(self._unknown(parts)) >= sum(map(_is_long, parts))

    def _unknown(self, parts: list[Token]) -> list[int]:
        return [index for index, part in enumerate(parts) if self._is_unknown(part)]

    def _is_unknown(self, part: Token) -> bool:
        word = part.form
        return (
            _is_long(part)
            and word not in self._words
            and (part.key not in self._stems or word in self._singled)
        )

    def _correction(self, word: str) -> str | None:
        if word in self._singled:
            return self._singled[word]
        slips = 1 if len(word) < TWO_SLIPS_FROM else 2
        near = [known for length in range(len(word) - slips, len(word) + slips + 1)
                for known in self._near.get((word[0], length), ())]
        if len(word) < SHORTEST:
            # Two letters exchanged: of so short a word, any other slip leaves too many words that may be meant.
            near = [known for known in near if sorted(known) == sorted(word)]
        found = process.extract(word, near, scorer=OSA.distance, score_cutoff=slips, limit=2)
        if not found or (len(found) > 1 and found[1][1] == found[0][1] and stem(found[0][0]) != stem(found[1][0])):
            return None
        return str(found[0][0])


def _is_long(part: Token) -> bool:
    """Whether a token is a word long enough to be told from another."""
    return not part.is_han and len(part.form) >= SHORTEST - 1 and part.form.isalpha()
