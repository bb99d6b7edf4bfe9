"""The law at a glance: the grid of the digital economy, and charts of the lists, each with its data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response
from marshmallow import Schema, fields, validate

from negative_list.speech import number, outcome_word
from negative_list.surveying import DEMANDS, Edition
from service import caching, charts
from service.pages import queries
from service.pages.rendering import page, page_language, say
from service.schemas import Day
from service.state import state, today
from service.tables import CSV, csv_response

blueprint = Blueprint("pictures", __name__)
SVG = "image/svg+xml"
REGIMES = ("national", "ftz", "hainan")
# Sections of GB/T 4754-2017 that a chart shows together.
SECTORS = {
    "production": "ABCDE",
    "trade": "FG",
    "business": "HJKLMN",
    "social": "OPQST",
    "information": "I",
    "culture": "R",
}
# A picture opened by itself is a document: its style is its own, and nothing else may run in it.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


class GridQuery(Schema):
    """On which day the grid is shown, and of which list the charts."""

    as_of = Day()
    regime = fields.String(validate=validate.OneOf(REGIMES), load_default="national")


@blueprint.get("/pictures")
def pictures() -> Response:
    """The grid on a day, and the charts; raises TooEarly."""
    query = queries.read(GridQuery())
    day = query.get("as_of") or today()
    state().surveyor.span(day)

    def make(lang: str) -> dict[str, Any]:
        current = state()
        held = current.surveyor.editions
        return {
            "grid": current.surveyor.grid(day),
            "day": day,
            "first_day": current.catalogue.first_day,
            "regime": query["regime"],
            "regimes": REGIMES,
            "editions": held,
            "days": [item.effective_from for item in current.catalogue.access_lists if item.regime == "national"],
            "now": {regime: _latest(held, regime) for regime in REGIMES},
            "series": _series(held, query["regime"], lang),
        }

    return page("pictures.html", make)


def _latest(held: tuple[Edition, ...], regime: str) -> int:
    return [edition.total for edition in held if edition.instrument.regime == regime][-1]


def _of(held: tuple[Edition, ...], regime: str) -> list[Edition]:
    """The editions of a regime whose items are held by number, oldest first."""
    return [edition for edition in held if edition.instrument.regime == regime and edition.demands]


def _series(held: tuple[Edition, ...], regime: str, lang: str) -> dict[str, Any]:
    """The numbers of both stacked charts: heads, and rows by label."""
    chosen = _of(held, regime)
    return {
        "heads": [edition.instrument.short_title[lang] for edition in chosen],
        "years": [str(edition.instrument.issued.year) for edition in chosen],
        "sectors": {
            say(lang, f"sectors.{name}"): [sum(edition.sectors.get(at, 0) for at in letters) for edition in chosen]
            for name, letters in SECTORS.items()
        },
        "demands": {
            say(lang, f"demand.{demand}"): [edition.demands.get(demand, 0) for edition in chosen] for demand in DEMANDS
        },
    }


@blueprint.get("/pictures/items-by-edition.svg")
def editions_picture() -> Response:
    """Items of each list over the years."""
    return _picture("editions")


@blueprint.get("/pictures/items-by-sector.svg")
def sectors_picture() -> Response:
    """Items of each edition of one list by sector."""
    return _picture("sectors")


@blueprint.get("/pictures/items-by-demand.svg")
def demands_picture() -> Response:
    """Items of each edition of one list by what they ask."""
    return _picture("demands")


def _picture(name: str) -> Response:
    lang = page_language()
    regime = queries.read(GridQuery())["regime"]
    digest = state().catalogue.digest

    def make() -> Response:
        drawn = _timeline(digest, lang, today()) if name == "editions" else _stacks(digest, lang, name, regime)
        return Response(drawn, mimetype=SVG)

    response = caching.answer(lang, SVG, make)
    response.headers["Content-Security-Policy"] = POLICY
    return response


@lru_cache(maxsize=8)
def _timeline(_digest: str, lang: str, day: date) -> bytes:
    """The picture of the data set in use, by whose digest it is remembered."""
    series = {
        say(lang, f"regime.{regime}"): [
            (item.effective_from, min(item.effective_to or day, day), edition.total)
            for edition in state().surveyor.editions
            if (item := edition.instrument).regime == regime and item.effective_from < day
        ]
        for regime in REGIMES
    }
    rows = "; ".join(
        f"{label}: {', '.join(f'{start.year} {count}' for start, _, count in points)}"
        for label, points in series.items()
    )
    return charts.timeline(_words("editions", lang, rows), series)


@lru_cache(maxsize=16)
def _stacks(_digest: str, lang: str, name: str, regime: str) -> bytes:
    """The picture of the data set in use, by whose digest it is remembered."""
    shown = _series(state().surveyor.editions, regime, lang)
    rows = "; ".join(f"{label}: {', '.join(map(str, numbers))}" for label, numbers in shown[name].items())
    totals = [sum(column) for column in zip(*shown[name].values(), strict=True)]
    heads = [f"{year} ({total})" for year, total in zip(shown["years"], totals, strict=True)]
    return charts.stacks(_words(name, lang, f"{', '.join(shown['years'])}; {rows}"), heads, shown[name])


def _words(name: str, lang: str, rows: str) -> charts.Words:
    return charts.Words(lang, say(lang, f"picture.{name}.title"), say(lang, f"picture.{name}.desc", rows=rows))


@blueprint.get("/pictures/items-by-edition.csv")
def editions_data() -> Response:
    """Every edition with its items by sector and by what they ask."""
    letters = sorted({letter for edition in state().surveyor.editions for letter in edition.sectors})

    def rows(lang: str) -> list[dict[str, Any]]:
        return [
            {
                "id": edition.instrument.id,
                "title": edition.instrument.short_title[lang],
                "regime": edition.instrument.regime,
                "effective_from": edition.instrument.effective_from.isoformat(),
                "effective_to": edition.instrument.effective_to and edition.instrument.effective_to.isoformat(),
                "items": edition.total,
                # Nothing, rather than nought, where the items are not held by number.
                **{letter: edition.sectors.get(letter, 0) if edition.sectors else None for letter in letters},
                **{name: edition.demands.get(name, 0) if edition.demands else None for name in DEMANDS},
            }
            for edition in state().surveyor.editions
        ]

    columns = ("id", "title", "regime", "effective_from", "effective_to", "items", *letters, *DEMANDS)
    return _data(rows, columns)


@blueprint.get("/pictures/digital-grid.csv")
def grid_data() -> Response:
    """The grid, one row for each activity and point of view; raises TooEarly."""
    day: date = queries.read(GridQuery()).get("as_of") or today()
    state().surveyor.span(day)

    def rows(lang: str) -> list[dict[str, Any]]:
        grid = state().surveyor.grid(day)
        return [
            {
                "as_of": day.isoformat(),
                "activity": row.activity.id,
                "label": row.activity.label[lang],
                "viewpoint": view.id,
                "viewpoint_label": view.label[lang],
                "status": standing.status.value,
                "permitted": outcome_word(standing.outcome),
                "max_foreign_share": number(standing.max_foreign_share),
            }
            for _, group in grid.groups
            for row in group
            for view, standing in zip(grid.viewpoints, row.standings, strict=True)
        ]

    columns = ("as_of", "activity", "label", "viewpoint", "viewpoint_label", "status", "permitted", "max_foreign_share")
    return _data(rows, columns)


def _data(rows: Callable[[str], list[dict[str, Any]]], columns: tuple[str, ...]) -> Response:
    lang = page_language()
    return caching.answer(lang, CSV, lambda: csv_response(rows(lang), columns))
