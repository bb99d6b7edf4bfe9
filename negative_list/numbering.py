"""Many strings with a number each, held as fingerprints: little memory, and nothing to build when they are read."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np
import xxhash


class Numbering:
    """Numbers distinct strings by their order; which strings they were cannot be told any more.

    A string is known by 64 bits of its hash (XXH3): of 100 million million that are not held, some five are taken for
    one of a million that are. Raises ValueError where two of the strings are the same, or have one hash.
    """

    def __init__(self, strings: Iterable[str]) -> None:
        prints = _fingerprints(list(strings))
        # What the n-th smallest fingerprint is the number of.
        self._numbers = np.argsort(prints, kind="stable").astype(np.int32)
        self._prints = prints[self._numbers]
        if not (np.diff(self._prints) > 0).all():
            raise ValueError("two strings of a numbering have one fingerprint")

    def __len__(self) -> int:
        return len(self._prints)

    def find(self, strings: Collection[str]) -> np.ndarray:
        """The number of each string, -1 where it is not held: int32 of shape (strings,)."""
        prints = _fingerprints(strings)
        if not len(self):
            return np.full(len(prints), -1, np.int32)
        places = self._prints.searchsorted(prints)
        # Past the last one, the first cannot be the same.
        places[places == len(self)] = 0
        return np.where(self._prints[places] == prints, self._numbers[places], np.int32(-1))

    def held(self, strings: Collection[str]) -> np.ndarray:
        """The numbers of those strings that are held, in no order: int32."""
        numbers = self.find(strings)
        return numbers[numbers >= 0]


def _fingerprints(strings: Collection[str]) -> np.ndarray:
    print_of = xxhash.xxh3_64_intdigest
    return np.fromiter([print_of(string.encode()) for string in strings], np.uint64, len(strings))
