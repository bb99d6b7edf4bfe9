"""Chinese labels by their sound: full pinyin, initials, the beginnings of syllables, and characters among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# So many ways of cutting letters into syllables are followed: "xian" is one syllable or two.
MOST_READINGS = 4
# No label has so many syllables.
MOST_PARTS = 24
_INITIALS = frozenset("bpmfdtnlgkhjqxrzcsywaoe") | {"zh", "ch", "sh"}
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_RUN = re.compile(f"[a-z]+|[{_HAN}]")
# The character that a syllable sounds, and what is left of a syllable with it.
_CHARACTER = "[^\x00-\x7f]?"
_REST = f"[a-z0-9]*{_CHARACTER}"


def spoken(labels: Sequence[Sequence[str]]) -> list[str]:
    """Each label, cut into characters and Latin words, as a line of syllables such as `'vr'you'xi'`.

    ü is written u, since people type it either way.
    """
    # Its dictionaries take a third of a second to load, and only who prepares the labels needs them.
    from pypinyin import lazy_pinyin

    text = "\n".join("".join(parts) for parts in labels)
    # What has no sound is given back letter by letter, so that sounds and characters go together one by one.
    sounds = lazy_pinyin(text, errors=list)  # type: ignore[arg-type]
    lines, at = [], 0
    for parts in labels:
        line = []
        for part in parts:
            line.append(part if part.isascii() else sounds[at])
            at += len(part)
        # One more for the line break.
        at += 1
        lines.append(_as_typed("'" + "'".join(line) + "'"))
    return lines


def initials(line: str) -> str:
    """The first letters of a line of syllables: `vyx`."""
    return "".join(syllable[0] for syllable in line.strip("'").split("'"))


def with_characters(line: str, parts: Iterable[str]) -> str:
    """A line of syllables with the characters that they sound: `'vr'you游'xi戏'`."""
    syllables = line.strip("\n'").split("'")
    both = (s if part.isascii() else s + part for s, part in zip(syllables, parts, strict=True))
    return "'" + "'".join(both) + "'"


def heard(piece: str | re.Pattern[str], line: str) -> tuple[int, int]:
    """Which syllables of a line are typed by a piece of it, or by a pattern that fits it, half-open."""
    if isinstance(piece, str):
        start = line.index(piece)
        end = start + len(piece.rstrip("'"))
    else:
        match = piece.search(line)
        assert match is not None
        start, end = match.span()
    # A piece begins at the mark of a syllable or at the break before the line.
    return max(0, line.count("'", 0, start + 1) - 1), line.count("'", 0, end)


@dataclass(frozen=True, slots=True)
class Typed:
    """What is typed, cut into syllables, initials and characters; the last syllable is perhaps begun only.

    `whole` says that there is no initial before the last part, and no character at all.
    """

    parts: tuple[str, ...]
    whole: bool

    @property
    def piece(self) -> str:
        """Syllables as they stand in a line: `'you'x`."""
        return "".join(f"'{part}" for part in self.parts)

    @property
    def initials(self) -> str:
        """The first letter of each part."""
        return "".join(part[0] for part in self.parts)

    @property
    def longest_characters(self) -> str:
        """The longest run of characters, empty where there is none."""
        runs = "".join(" " if part.isascii() else part for part in self.parts).split()
        return max(runs, key=len, default="")

    @property
    def pattern(self) -> str:
        """A pattern for lines of syllables with their characters."""
        steps = []
        for part in self.parts[:-1]:
            if not part.isascii():
                steps.append(f"'[a-z0-9]*{part}")
            else:
                steps.append(f"'{part}{_REST if part in _INITIALS else _CHARACTER}")
        last = self.parts[-1]
        steps.append(f"'{last}" if last.isascii() else f"'[a-z0-9]*{last}")
        return "".join(steps)


class Syllables:
    """The syllables of some lines, by which letters are cut."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._whole = frozenset(part for line in lines for part in line.split("'") if part.isalpha())
        self._begun = frozenset(part[:length] for part in self._whole for length in range(1, len(part) + 1))
        self._longest = max(map(len, self._whole), default=0)

    def readings(self, folded: str) -> list[Typed]:
        """The likeliest ways of cutting a folded text with Latin letters; none for a text without, or with no sound.

        Spaces, apostrophes and tone numbers say nothing. Ways of whole syllables come first; where initials stand
        among them, those with few parts.
        """
        runs = _RUN.findall(_as_typed(folded))
        if not any(run.isascii() for run in runs):
            return []
        letters = [run for run in runs if run.isascii()]
        if len(letters) == len(runs):
            runs = ["".join(runs)]
            whole = [Typed(parts, whole=True) for parts in self._cut(runs[0], self._whole, last=True)]
        else:
            whole = []
        known = {typed.parts for typed in whole}
        mixed: list[tuple[str, ...]] = [()]
        for number, run in enumerate(runs):
            last = number == len(runs) - 1
            ways = self._cut(run, self._whole | _INITIALS, last=last) if run.isascii() else [(run,)]
            mixed = [before + way for before in mixed for way in ways][:MOST_READINGS]
        rest = [Typed(parts, whole=False) for parts in sorted(mixed, key=len) if parts not in known]
        return [typed for typed in (*whole, *rest) if len(typed.parts) <= MOST_PARTS]

    def _cut(self, letters: str, pieces: frozenset[str], *, last: bool) -> list[tuple[str, ...]]:
        """Letters cut into pieces, long ones first; where they are the last typed, their end may be begun only."""
        found: list[tuple[str, ...]] = []
        hopeless: set[int] = set()
        ends = self._begun if last else pieces

        def cut(at: int, before: tuple[str, ...]) -> bool:
            fits = False
            for length in range(min(self._longest, len(letters) - at), 0, -1):
                if len(found) == MOST_READINGS:
                    return True
                piece = letters[at : at + length]
                if at + length == len(letters):
                    if piece in ends:
                        found.append((*before, piece))
                        fits = True
                elif piece in pieces and at + length not in hopeless:
                    fits = cut(at + length, (*before, piece)) or fits
            if not fits:
                hopeless.add(at)
            return fits

        cut(0, ())
        return found


def _as_typed(text: str) -> str:
    return text.replace("v", "u")
