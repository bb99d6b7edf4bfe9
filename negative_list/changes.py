"""Every change in the law and every correction of the data as dated events, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from negative_list.catalogue import Catalogue
from negative_list.history import RENUMBERED, REWORDED, UNCHANGED, Change, diff
from negative_list.model import Instrument, Measure, Text
from negative_list.standing import Bench

IN_FORCE, ANNOUNCED, ENDED, LAPSED, STATEMENT, CORRECTION = (
    "in_force",
    "announced",
    "ended",
    "lapsed",
    "statement",
    "correction",
)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to the law, or to the data, on a day.

    `changes` says what a new edition of a list changed in the one it replaced; `measures` what lapsed by its own
    date; `text` what a statement or a correction says.
    """

    id: str
    day: date
    kind: str
    instrument: Instrument | None = None
    changes: tuple[Change, ...] = ()
    measures: tuple[tuple[str, Measure], ...] = field(default=())
    text: Text | None = None
    entries: tuple[str, ...] = ()


def events(bench: Bench) -> tuple[Event, ...]:
    """All events that the data hold, those still to come included, newest first."""
    return tuple(sorted(_events(bench), key=lambda event: (event.day, event.id), reverse=True))


def turning_days(catalogue: Catalogue) -> tuple[date, ...]:
    """The days, in order, on which something held begins, ends, is announced or is corrected.

    Between two of them nothing changes but what names the day itself.
    """
    days: set[date | None] = {row["date"] for row in (*catalogue.coverage["watch"], *catalogue.corrections)}
    days.update(place.effective_from for place in catalogue.places.values())
    for item in catalogue.instruments.values():
        days.update((item.announced, *item.window.days))
        for entry in item.entries:
            days.update(day for measure in entry.measures for day in measure.window.days)
            days.update(day for easing in entry.eases for day in easing.window.days)
            imposed = [easing.imposes for easing in entry.eases] + [part.imposes for part in entry.exceptions]
            days.update(day for measures in imposed for measure in measures for day in measure.window.days)
    return tuple(sorted(day for day in days if day is not None))


def _events(bench: Bench) -> Iterator[Event]:
    catalogue = bench.catalogue
    for item in catalogue.instruments.values():
        replaced = catalogue.instruments.get(item.replaces or "")
        changes: tuple[Change, ...] = ()
        if item in catalogue.access_lists and replaced in catalogue.access_lists:
            assert replaced is not None
            told = (change for change in diff(bench, replaced, item))
            changes = tuple(c for c in told if c.kind not in (UNCHANGED, RENUMBERED, REWORDED))
        yield Event(f"{item.id}/in-force", item.effective_from, IN_FORCE, item, changes)
        if item.announced is not None and item.announced < item.effective_from:
            yield Event(f"{item.id}/announced", item.announced, ANNOUNCED, item)
        succeeded = any(other.replaces == item.id for other in catalogue.instruments.values())
        if item.effective_to is not None and not succeeded:
            yield Event(f"{item.id}/ended", item.effective_to, ENDED, item)
        lapses: dict[date, list[tuple[str, Measure]]] = {}
        for entry in item.entries:
            for measure in entry.measures:
                if (end := measure.window.end) is not None and end in item.window:
                    lapses.setdefault(end, []).append((entry.id, measure))
        for day, measures in lapses.items():
            yield Event(f"{item.id}/lapsed-{day}", day, LAPSED, item, measures=tuple(measures))
    for statement in catalogue.coverage["watch"]:
        if statement["date"] is not None:
            yield Event(f"statement/{statement['id']}", statement["date"], STATEMENT, text=statement["statement"])
    for number, correction in enumerate(catalogue.corrections, start=1):
        yield Event(
            f"correction/{correction['date']}-{number}",
            correction["date"],
            CORRECTION,
            text=correction["statement"],
            entries=tuple(correction["entries"]),
        )
