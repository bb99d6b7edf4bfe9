"""The labelled texts that weights and tables are fitted to, as they stand in training/."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TRAINING = Path(__file__).parent.parent / "training"
# Labels of texts that tell no business: one that is vague, and one about something else.
NONE = {"?vague": "vague", "?off": "off"}
# {words|role}: o own, p part, x excluded, c somebody else's, f what a thing is for or about, m misread.
_MARK = re.compile(r"\{([^{}|]+)\|([opxcfm])\}")

# Words of a text that are labelled: where they start and end, and whether they name the investor's own business.
Spans = list[tuple[int, int, bool]]


class Labelled(NamedTuple):
    """A text with its name, its label, one of NONE or "", and the activities that are the investor's own."""

    name: str
    none: str
    activities: tuple[str, ...]
    text: str


def labelled() -> Iterator[Labelled]:
    """The texts of which the whole is labelled, and what messages tell of the proposed business."""
    for path in sorted(TRAINING.glob("texts-*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            label, _, text = line.partition("\t")
            activities = () if label in NONE else tuple(label.split(","))
            yield Labelled(f"{path.name}:{number}", NONE.get(label, ""), activities, text)
    for message in messages():
        told = [line for mark, line in message.lines if mark == "+"]
        if told:
            yield Labelled(message.name, message.none, message.activities, message.joint.join(told))


def marked(files: str = "marked-*.txt") -> Iterator[tuple[str, str, Spans]]:
    """The texts of some files in which words are marked, each with its name, as it reads without the marks."""
    for path in sorted(TRAINING.glob(files)):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield f"{path.name}:{number}", *unmarked(line)


def unmarked(line: str) -> tuple[str, Spans]:
    """A marked text without its marks, and where the marked words stand."""
    text, found = "", Spans()
    for index, piece in enumerate(_MARK.split(line)):
        if index % 3 == 1:
            start, words = len(text), piece
        if index % 3 == 2:
            found.append((start, start + len(words), piece == "o"))
        else:
            text += piece
    return text, found


class Message(NamedTuple):
    """A long message with its name, its label, one of NONE or "", the activities proposed in it, and its lines.

    Each line has a mark: "+" where it tells the proposed business, "f" only facts of the proposal, "x" what will not be
    done, "-" anything else.
    """

    name: str
    none: str
    activities: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]

    @property
    def joint(self) -> str:
        """What stands between its lines in one paragraph: nothing in Chinese."""
        return "" if any(text[:1] > "\u2e80" for _, text in self.lines) else " "


def messages() -> Iterator[Message]:
    """The messages of which every line is marked."""
    for path in sorted(TRAINING.glob("messages-*.txt")):
        for number, block in enumerate(path.read_text(encoding="utf-8").split("\n\n"), 1):
            label, *lines = [line for line in block.splitlines() if line.strip()] or [""]
            if label:
                label = label.removeprefix("= ").strip()
                activities = () if label in NONE else tuple(label.split(","))
                marked = tuple((line[0], line[2:]) for line in lines)
                yield Message(f"{path.name}:{number}", NONE.get(label, ""), activities, marked)
