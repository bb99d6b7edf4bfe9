"""Everything this package raises on purpose.

NegativeListError
├── DataError                a data file is wrong: file, line, field
├── ProposalError            a proposal cannot be read: field, code, what was expected
│   └── TooEarly             the date lies before the first edition held
├── NotHeld                  an id that no data file knows
├── Withdrawn                an id that stood for a record once and no longer does
└── IndexUnusable            the search index is missing, foreign or stale
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date


class NegativeListError(Exception):
    """Root of the package's own errors."""


@dataclass(frozen=True)
class DataFault:
    """One fault of one data file, precise enough to be found in an editor."""

    file: str
    line: int | None
    field: str
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.field}: {self.message}"


class DataError(NegativeListError):
    """The data set is refused; `faults` holds every fault that was found, not only the first."""

    def __init__(self, faults: list[DataFault]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


@dataclass
class ProposalError(NegativeListError):
    """A field of a proposal that cannot be accepted."""

    field: str
    code: str
    detail: str
    allowed: list[str] = dataclasses.field(default_factory=list)
    nearest: str | None = None

    def __str__(self) -> str:
        return f"{self.field}: {self.detail}"


class TooEarly(ProposalError):
    """The date asked about lies before the first edition held."""

    def __init__(self, asked: date, first: date) -> None:
        super().__init__(
            "as_of",
            "too_early",
            f"{asked.isoformat()} lies before {first.isoformat()}, the first day for which a list is held.",
        )
        self.first = first


class NotHeld(NegativeListError):
    """No record has this id."""

    def __init__(self, kind: str, id_: str, nearest: str | None = None) -> None:
        self.kind, self.id, self.nearest = kind, id_, nearest
        super().__init__(f"No {kind} has the id {id_!r}." + (f" Nearest: {nearest}." if nearest else ""))


class Withdrawn(NegativeListError):
    """A record had this id until it was withdrawn."""

    def __init__(self, kind: str, id_: str, on: date, reason: str) -> None:
        self.kind, self.id, self.on, self.reason = kind, id_, on, reason
        super().__init__(f"The {kind} {id_!r} was withdrawn on {on.isoformat()}: {reason}")


class IndexUnusable(NegativeListError):
    """The search index is missing, was built from other data, or is not ours to open."""
