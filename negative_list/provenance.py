"""How much of the data was read on a public page and how much is general knowledge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from negative_list.catalogue import Catalogue
from negative_list.model import Provenance


@dataclass(frozen=True, slots=True)
class Tally:
    """How many facts of one kind are verified, and how many only recalled."""

    kind: str
    verified: int
    recalled: int

    @property
    def total(self) -> int:
        """All facts of the kind."""
        return self.verified + self.recalled


def tally(catalogue: Catalogue) -> tuple[Tally, ...]:
    """The facts of each kind by how they are known, in the order of the data."""
    counts: dict[str, Counter[str]] = {}
    for kind, provenance in _facts(catalogue):
        counts.setdefault(kind, Counter())[provenance.basis] += 1
    return tuple(Tally(kind, count["verified"], count["recalled"]) for kind, count in counts.items())


def _facts(catalogue: Catalogue) -> Iterator[tuple[str, Provenance]]:
    for instrument in catalogue.instruments.values():
        yield "instruments", instrument.provenance
        for entry in instrument.entries:
            kind = "items" if entry.is_item else "openings" if entry.eases else "notes_and_articles"
            yield kind, entry.provenance
    for kind, records in (
        ("activities", catalogue.activities),
        ("telecom_categories", catalogue.telecom_categories),
        ("licences", catalogue.licences),
        ("advisories", catalogue.advisories),
        ("places", catalogue.places),
    ):
        for record in records.values():
            yield kind, record.provenance
