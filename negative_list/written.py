"""A text cut into tokens with the words known in it, and what is left of it when only some sentences are read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from negative_list.lexicon import Scan
from negative_list.text import Token


class Written(NamedTuple):
    """A text with its folded form, for each character of that the place in the text, its tokens and the words known.

    `strange` tells that most of its words are none.
    """

    text: str
    folded: str
    offsets: Sequence[int]
    parts: list[Token]
    scan: Scan
    strange: bool

    def words(self, span: range) -> str:
        """Some tokens as they stand in the text."""
        return self.text[self.parts[span.start].start : self.parts[span.stop - 1].end]

    def part(self, spans: Iterable[range]) -> Written:
        """The same text with some ranges of its tokens only, in their order, each of which ends with a mark.

        All that is left keeps its place in the text; a mark that was added takes none up.
        """
        parts: list[Token] = []
        places: dict[int, int] = {}
        folded: list[str] = []
        offsets: list[int] = []
        for span in spans:
            if parts and not parts[-1].is_break:
                parts.append(Token(".", "|", parts[-1].end, parts[-1].end, False, True))
            start, end = self.parts[span.start].start, self.parts[span.stop - 1].end
            first, after = bisect_left(self.offsets, start), bisect_right(self.offsets, end - 1, hi=len(self.folded))
            folded.append(self.folded[first:after])
            offsets += [*self.offsets[first:after], end]
            places.update(zip(span, range(len(parts), len(parts) + len(span)), strict=True))
            parts += self.parts[span.start : span.stop]
        scan = self.scan.moved(places, len(parts))
        return self._replace(folded=" ".join(folded), offsets=offsets, parts=parts, scan=scan)
