"""What was recognised in a text, and in which of its words."""

from __future__ import annotations

from dataclasses import dataclass, field

from negative_list.context import Hit
from negative_list.proposal import Reading

# Tokens of a text, half-open.
Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Match:
    """An activity recognised in the text: how, how surely, and in which words.

    `evidence` counts the search terms that a ranked match shares with the text.
    """

    activity: str
    by: str
    score: float
    text: str | None = None
    span: tuple[int, int] | None = None
    evidence: int = 0


@dataclass(slots=True)
class Found:
    """The labels found, sorted by what they do; `taken` holds the tokens they explain.

    `own` holds how likely each label names the investor's own business, `ruled_out` the tokens that say what is not
    done.
    """

    taken: set[int]
    matches: list[Match] = field(default_factory=list)
    named: list[Hit] = field(default_factory=list)
    vague: list[Hit] = field(default_factory=list)
    off_topic: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    doubted: list[Match] = field(default_factory=list)
    ended: set[int] = field(default_factory=set)
    own: dict[Hit, float] = field(default_factory=dict)
    ruled_out: set[int] = field(default_factory=set)


def match_at(reading: Reading, activity: str, by: str, score: float, run: Run, evidence: int = 0) -> Match:
    """A match in some tokens of a text."""
    text, span = words_at(reading, run)
    return Match(activity, by, score, text, span, evidence)


def words_at(reading: Reading, run: Run) -> tuple[str, tuple[int, int]]:
    """Some tokens of a text as they were written, and where they stand."""
    start, end = reading.parts[run[0]].start, reading.parts[run[1] - 1].end
    return reading.proposal.text[start:end], (start, end)
