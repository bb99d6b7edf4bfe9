"""The lists on a timeline, and each list by its sections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response
from marshmallow import Schema, fields, validate

from negative_list import records
from negative_list.model import Entry, Instrument
from negative_list.rules import RULES
from negative_list.surveying import sector_of
from negative_list.text import tokens
from service import linked_data
from service.pages import queries
from service.pages.rendering import page, say
from service.renames import held
from service.schemas import line
from service.state import state, today

blueprint = Blueprint("lists", __name__)

# Groups of instruments in the order of the page: the regime of an access list, or the kinds of the others.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "national": (),
    "ftz": (),
    "hainan": (),
    "openings": ("pilot", "adjustment"),
    "treaties": ("treaty",),
    "neighbours": ("market_access_list", "cross_border_list", "encouraged_catalogue"),
    "rules": ("statute", "regulation", "ministry_rule", "notice", "policy"),
}
# The scale of the timeline: it begins with the first zone list, and is as wide as this many units.
FIRST_YEAR, WIDTH = 2013, 1000
# A bar is never too narrow to be seen.
LEAST = 4


@dataclass(frozen=True)
class Bar:
    """A window of force on the scale: where it begins and how wide it is."""

    x: int
    width: int


@dataclass(frozen=True)
class Scale:
    """Years on the width of the timeline."""

    first: date
    last: date

    @classmethod
    def until(cls, day: date) -> Scale:
        """The scale that ends with the year after a day."""
        return cls(date(FIRST_YEAR, 1, 1), date(day.year + 2, 1, 1))

    def x(self, day: date) -> int:
        """Where a day stands, at an end of the scale when it lies beyond."""
        part = (day - self.first) / (self.last - self.first)
        return round(min(max(part, 0.0), 1.0) * WIDTH)

    @property
    def years(self) -> list[tuple[int, int]]:
        """Each year with where it begins."""
        return [(year, self.x(date(year, 1, 1))) for year in range(self.first.year, self.last.year)]

    def bar(self, item: Instrument) -> Bar:
        """The window of force of an instrument."""
        start, end = self.x(item.effective_from), self.x(item.effective_to or self.last)
        width = max(end - start, LEAST)
        return Bar(min(start, WIDTH - width), width)


@blueprint.get("/lists")
def lists() -> Response:
    """Every instrument held, on a timeline."""

    def make(lang: str) -> dict[str, Any]:
        catalogue, day = state().catalogue, today()
        scale = Scale.until(day)
        groups = [
            (
                group,
                [
                    (records.instrument(catalogue, item, lang, day), scale.bar(item))
                    for item in sorted(catalogue.instruments.values(), key=_latest_first)
                    if _belongs(item, group)
                ],
            )
            for group in GROUPS
        ]
        return {"groups": groups, "scale": scale, "today_at": scale.x(day), "width": WIDTH}

    return page("lists.html", make)


def _latest_first(item: Instrument) -> tuple[int, str]:
    return -item.effective_from.toordinal(), item.id


def _belongs(item: Instrument, group: str) -> bool:
    return item.regime == group if item.kind == "access_list" else item.kind in GROUPS[group]


class ItemsQuery(Schema):
    """Which entries of a list to show."""

    q = line()
    sector = fields.String(validate=validate.OneOf(tuple("ABCDEFGHIJKLMNOPQRST")))
    measure = fields.String(validate=validate.OneOf(sorted(RULES)))
    scope = fields.String(validate=validate.OneOf(("digital",)))


@blueprint.get("/lists/<path:instrument_id>")
def one_list(instrument_id: str) -> Response:
    """One list by its sections, narrowed by filters; raises Withdrawn, NotHeld."""
    found = held("instrument", instrument_id, state().catalogue.instruments)
    query = queries.read(ItemsQuery())
    return page("list.html", lambda lang: _shown(found, query, lang))


def _shown(item: Instrument, query: Mapping[str, Any], lang: str) -> dict[str, Any]:
    current = state()
    catalogue, presenter, day = current.catalogue, current.presenters[lang], today()
    chosen = _chosen(item, query)
    used = sorted({letter for entry in item.entries if (letter := sector_of(catalogue, entry)) is not None})
    kinds = sorted({measure.kind for entry in item.entries for measure in entry.measures})
    record = records.instrument(catalogue, item, lang, day)
    base = current.settings.public_url
    return {
        "item": record,
        "linked": linked_data.instrument(catalogue, item, lang, day, base),
        "titled": {id_: catalogue.instruments[id_].short_title[lang] for id_ in _relatives(record)},
        "comparable": {other.id for other in catalogue.access_lists},
        "query": query,
        "sections": [
            (
                heading,
                [(records.entry(catalogue, entry, presenter, day), _marks(entry, query, lang)) for entry in entries],
            )
            for heading, entries in _sections(item, chosen, lang)
        ],
        "count": len(chosen),
        "sectors": [(letter, catalogue.industries[letter].label[lang]) for letter in used],
        "kinds": [(kind, say(lang, f"measure.{kind}")) for kind in kinds],
        "has_digital": any(entry.digital in ("core", "adjacent") for entry in item.entries),
    }


def _relatives(record: Mapping[str, Any]) -> list[str]:
    return [record[key] for key in ("replaces", "replaced_by") if record[key] is not None]


def _chosen(item: Instrument, query: Mapping[str, Any]) -> list[Entry]:
    """The entries that answer to every filter, in the order of the list."""
    current = state()
    found = None
    if "q" in query:
        found = {hit.id for hit in current.engine.index.entries(query["q"], limit=None)}
    return [
        entry
        for entry in item.entries
        if (found is None or entry.id in found)
        and query.get("sector") in (None, sector_of(current.catalogue, entry))
        and ("measure" not in query or any(measure.kind == query["measure"] for measure in entry.measures))
        and ("scope" not in query or entry.digital in ("core", "adjacent"))
    ]


def _sections(item: Instrument, entries: Iterable[Entry], lang: str) -> list[tuple[str | None, list[Entry]]]:
    """The entries by the headings of their list; what stands under none comes last, notes by themselves."""
    headings = {section.number: section.heading[lang] for section in item.sections}
    found: dict[str | None, list[Entry]] = {}
    for entry in entries:
        heading = headings.get(entry.section) if entry.section is not None else None
        if heading is None and item.sections:
            heading = say(lang, "list.notes")
        found.setdefault(heading, []).append(entry)
    return list(found.items())


def _marks(entry: Entry, query: Mapping[str, Any], lang: str) -> dict[str, list[tuple[str, str]]]:
    """Title and text in pieces, `found` where its words were searched for."""
    wanted = {token.key for token in tokens(query.get("q", "")) if not token.is_break}
    return {"title": _pieces(entry.title[lang], wanted), "text": _pieces(entry.text[lang], wanted)}


def _pieces(text: str, wanted: set[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    for token in tokens(text) if wanted else ():
        if token.key in wanted:
            found += [("both", text[at : token.start]), ("found", text[token.start : token.end])]
            at = token.end
    return [piece for piece in (*found, ("both", text[at:])) if piece[1]]
