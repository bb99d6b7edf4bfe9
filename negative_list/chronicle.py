"""Changes of the law as plain mappings and plain words: for the API, the feeds, the command line and the pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from negative_list import records
from negative_list.changes import Event
from negative_list.history import KINDS, REMOVED, UNCHANGED, Change, Stage
from negative_list.model import Entry, Instrument
from negative_list.presentation import Presenter
from negative_list.speech import number
from negative_list.standing import Standing


def entry_history(entry: Entry, found: Iterable[Stage], presenter: Presenter) -> dict[str, Any]:
    """A matter through the editions of its list, oldest first."""
    return {
        "entry": entry.id,
        "title": entry.title[presenter.lang],
        "stages": [
            {
                "instrument": stage.instrument.id,
                "instrument_title": stage.instrument.short_title[presenter.lang],
                "effective_from": stage.instrument.effective_from.isoformat(),
                "effective_to": records.iso(stage.instrument.effective_to),
                "change": stage.change,
                "entries": [_entry(item, presenter) for item in stage.entries],
            }
            for stage in found
        ],
    }


def diff(old: Instrument, new: Instrument, changes: Iterable[Change], presenter: Presenter) -> dict[str, Any]:
    """What one list changed against another; what only got another number is counted, not listed."""
    changes = list(changes)
    counts = Counter(change.kind for change in changes)
    return {
        "from": records.instrument_ref(old, presenter.lang),
        "to": records.instrument_ref(new, presenter.lang),
        "counts": {kind: counts[kind] for kind in KINDS},
        "changes": [change_record(change, presenter) for change in changes if change.kind != UNCHANGED],
    }


def change_record(change: Change, presenter: Presenter) -> dict[str, Any]:
    """One change with the entries of both lists and the activities it moves."""
    return {
        "kind": change.kind,
        "text": change_line(change, presenter),
        "old": [_entry(entry, presenter) for entry in change.old],
        "new": [_entry(entry, presenter) for entry in change.new],
        "effects": [
            {
                "activity": records.activity_ref(effect.activity, presenter.lang),
                "kind": effect.kind,
                "before": _standing(effect.before),
                "after": _standing(effect.after),
            }
            for effect in change.effects
        ],
    }


def change_line(change: Change, presenter: Presenter) -> str:
    """A change in one line: what happened, to which entries, and what became of the measure."""
    said = presenter.say(f"change.{change.kind}")
    shown = change.old if change.kind == REMOVED else change.new
    titles = presenter.join(f"{entry.title[presenter.lang]}" for entry in shown)
    numbers = [presenter.join(entry.number for entry in side) for side in (change.old, change.new)]
    return presenter.say("change.line", kind=said, title=titles, old=numbers[0] or "–", new=numbers[1] or "–")


def diff_lines(old: Instrument, new: Instrument, changes: Iterable[Change], presenter: Presenter) -> Iterator[str]:
    """A comparison for a terminal, with the old and the new measures."""
    lang = presenter.lang
    yield f"{old.short_title[lang]} ({old.effective_from}) → {new.short_title[lang]} ({new.effective_from})"
    for change in changes:
        if change.kind == UNCHANGED:
            continue
        yield ""
        yield change_line(change, presenter)
        if change.kind == "renumbered":
            continue
        for sign, side in (("-", change.old), ("+", change.new)):
            for entry in side:
                texts = [measure.text[lang] for measure in entry.measures] or [entry.text[lang]]
                yield from (f"  {sign} {entry.number}: {text}" for text in texts)
        for effect in change.effects:
            before, after = (_words(standing, presenter) for standing in (effect.before, effect.after))
            yield f"  = {effect.activity.label[lang]}: {before} → {after}"


def history_lines(entry: Entry, found: Iterable[Stage], presenter: Presenter) -> Iterator[str]:
    """A matter through the editions for a terminal."""
    lang = presenter.lang
    yield entry.title[lang]
    for stage in found:
        change = "" if stage.change is None else f" [{presenter.say(f'change.{stage.change}')}]"
        yield f"{stage.instrument.effective_from}  {stage.instrument.short_title[lang]}{change}"
        if not stage.entries:
            yield f"    {presenter.say('change.not_listed')}"
        for item in stage.entries:
            yield f"    {item.number}: {item.text[lang]}"


def event_title(event: Event, presenter: Presenter) -> str:
    """An event in a few words."""
    named = "" if event.instrument is None else event.instrument.short_title[presenter.lang]
    return presenter.say(f"event.{event.kind}", instrument=named)


def event_text(event: Event, presenter: Presenter) -> str:
    """An event in plain words, one line to a change."""
    lang = presenter.lang
    lines: list[str] = []
    if event.text is not None:
        lines.append(event.text[lang])
    if event.instrument is not None and event.kind in ("in_force", "announced"):
        item = event.instrument
        number_of_it = "" if item.document_number is None else f": {item.document_number[lang]}"
        lines.append(item.title[lang] + number_of_it)
        lines += [entry.title[lang] for entry in item.entries if entry.eases]
    lines += [change_line(change, presenter) for change in event.changes]
    lines += [measure.text[lang] for _, measure in event.measures]
    return "\n".join(lines) or event_title(event, presenter)


def event_record(event: Event, presenter: Presenter, today: date) -> dict[str, Any]:
    """An event as data: the part of a feed item that is ours."""
    entries = event.entries or tuple(id_ for id_, _ in event.measures)
    return {
        "kind": event.kind,
        "day": event.day.isoformat(),
        "to_come": event.day > today,
        "instrument": None if event.instrument is None else event.instrument.id,
        "entries": list(entries),
        "changes": [change_record(change, presenter) for change in event.changes],
    }


def _entry(entry: Entry, presenter: Presenter) -> dict[str, Any]:
    return {
        "id": entry.id,
        "item": entry.number,
        "title": entry.title[presenter.lang],
        "text": entry.text[presenter.lang],
        "measures": [
            {"kind": measure.kind, "value": records.plain_value(measure), "text": measure.text[presenter.lang]}
            for measure in entry.measures
        ],
        "href": f"/v1/entries/{entry.id}",
    }


def _standing(standing: Standing) -> dict[str, Any]:
    return {"status": standing.status.value, "max_foreign_share": number(standing.max_foreign_share)}


def _words(standing: Standing, presenter: Presenter) -> str:
    said = presenter.say(f"status.{standing.status.value}")
    share = standing.max_foreign_share
    return said if share in (None, 0, 100) else f"{said} ≤{number(share)}%"
