"""How much is verified and how much only recalled."""

from __future__ import annotations

from negative_list.catalogue import Catalogue
from negative_list.provenance import tally


def test_every_fact_is_counted_once(catalogue: Catalogue) -> None:
    rows = {row.kind: row for row in tally(catalogue)}
    entries = sum(rows[kind].total for kind in ("items", "openings", "notes_and_articles"))
    assert entries == len(catalogue.entries)
    for kind in ("instruments", "activities", "telecom_categories", "licences", "advisories", "places"):
        assert rows[kind].total == len(getattr(catalogue, kind))


def test_the_bases_are_those_of_the_records(catalogue: Catalogue) -> None:
    verified = sum(item.provenance.basis == "verified" for item in catalogue.instruments.values())
    [row] = [row for row in tally(catalogue) if row.kind == "instruments"]
    assert (row.verified, row.recalled) == (verified, len(catalogue.instruments) - verified)
