"""How well facts are read out of texts written without knowing the rules: tests/readings, of which none may be lost.

Each line of shares.tsv has the foreign share that a careful reader finds (none, a figure, or a range), and of facts.tsv
the place, the origin and the day asked about (a dash for none). Not all are read right; the bounds say how many are.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from negative_list.determination import Engine
from negative_list.errors import ProposalError
from negative_list.model import Proposal, ShareRange
from negative_list.places import Gazetteer

READINGS = Path(__file__).parent / "readings"
# Shares that differ by rounding, or by whether an end of a range belongs to it, are the same.
NEAR = 1.01


def _lines(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (READINGS / name).read_text(encoding="utf-8").splitlines()]


def _ends(told: str) -> tuple[float, float] | None:
    if told == "none":
        return None
    if bound := re.fullmatch(r"([<>]=?)([\d.]+)", told):
        value = float(bound[2])
        return (value, 100.0) if bound[1].startswith(">") else (0.0, value)
    low, _, high = told.partition("-")
    return float(low), float(high or low)


def _read(engine: Engine, text: str, today: date) -> Proposal:
    return engine.reader.read({"activity": text}, today).proposal


def _is_same(one: tuple[float, float] | None, other: tuple[float, float] | None) -> bool:
    if one is None or other is None:
        return one is other
    return all(abs(end - again) < NEAR for end, again in zip(one, other, strict=True))


def test_shares(engine: Engine, today: date) -> None:
    right = misread = 0
    lines = _lines("shares.tsv")
    for told, text in lines:
        share = _read(engine, text, today).foreign_share
        value = None if share is None else share.value
        found = None if value is None else (value.low, value.high) if isinstance(value, ShareRange) else (value, value)
        right += _is_same(found, _ends(told))
        misread += found is not None and not _is_same(found, _ends(told))
    assert right / len(lines) >= 0.73
    # A wrong figure is worse than none.
    assert misread / len(lines) <= 0.11


@pytest.mark.parametrize(("fact", "least"), [("place", 0.93), ("origin", 0.91), ("day", 0.91)])
def test_facts(engine: Engine, today: date, fact: str, least: float) -> None:
    lines = _lines("facts.tsv")
    right = 0
    for place, origin, day, text in lines:
        proposal = _read(engine, text, today)
        location, investor, as_of = proposal.location, proposal.investor_origin, proposal.as_of
        if fact == "place":
            right += _place(engine.reader.gazetteer, place) == (location and location.value.place.id)
        elif fact == "origin":
            right += origin == (investor.value.code if investor else "-")
        else:
            right += day == (as_of.value.isoformat() if as_of and as_of.taken_from == "text" else "-")
    assert right / len(lines) >= least


def _place(gazetteer: Gazetteer, name: str) -> str | None:
    if name == "-":
        return None
    try:
        return gazetteer.resolve(name).place.id
    except ProposalError:
        return "not held"
