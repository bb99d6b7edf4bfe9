"""Lines of text in one string, found by what stands in them from certain places on.

Beside the string stand, sorted, the places where a search may begin, such as words or syllables; halving finds those
that begin with a piece. This is a suffix array at those places: it knows the middle of a line, which a trie of lines
does not, and is read from disk as it is.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

BREAK = "\n"
_START = re.compile(r"[^a-z0-9]")


class Lines:
    """Lines in one string, each of a row, and the sorted places in it where a search may begin."""

    def __init__(self, lines: Iterable[tuple[int, str]], start: re.Pattern[str] = _START) -> None:
        """From lines with their rows, in the order of these; a search may begin where `start` fits."""
        texts, self.rows, self.starts, at = [], array("I"), array("I"), 0
        for row, line in lines:
            texts.append(line)
            self.rows.append(row)
            self.starts.append(at)
            at += 1 + len(line)
        self.text = BREAK + BREAK.join(texts) + BREAK
        rests = []
        for row, line, begins in zip(self.rows, texts, self.starts, strict=True):
            fenced = f"{BREAK}{line}{BREAK}"
            found = start.finditer(fenced, 0, len(line) + 1)
            rests += [(fenced[match.start() :], begins + match.start(), row) for match in found]
        rests.sort()
        self._places = array("I", (place for _, place, _ in rests))
        self._rows = array("I", (row for _, _, row in rests))

    def holding(self, piece: str) -> list[int]:
        """The rows of the lines in which a piece stands where a search may begin, in their order."""
        text, size = self.text, len(piece)

        def there(place: int) -> str:
            return text[place : place + size]

        first = bisect_left(self._places, piece, key=there)
        after = bisect_right(self._places, piece, first, key=there)
        return sorted(set(self._rows[first:after]))

    def line(self, row: int) -> str:
        """The line of a row, which has one, with the break before it."""
        number = bisect_left(self.rows, row)
        after = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text) - 1
        return self.text[self.starts[number] : after]
