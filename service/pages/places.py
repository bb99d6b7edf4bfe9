"""Places: which list governs each, which pilots reach it, and what stands otherwise there."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any

from flask import Blueprint, Response
from marshmallow import Schema

from negative_list import records
from negative_list.catalogue import ZONES, Catalogue
from negative_list.model import Place
from negative_list.places import MAINLAND, UNNAMED_ZONE, Location
from negative_list.standing import Situation
from negative_list.text import fold
from service.pages import queries
from service.pages.rendering import page
from service.renames import held
from service.schemas import Day, line
from service.state import state, today

blueprint = Blueprint("places_pages", __name__)


class FindQuery(Schema):
    """Which places to find."""

    q = line()


class DayQuery(Schema):
    """On which day to look."""

    as_of = Day()


@blueprint.get("/places")
def places() -> Response:
    """The places with rules of their own, and all places by province; or those found."""
    words = queries.read(FindQuery()).get("q")

    def make(lang: str) -> dict[str, Any]:
        catalogue = state().catalogue
        held = [place for place in catalogue.places.values() if place.id not in (MAINLAND, UNNAMED_ZONE)]
        if words is not None:
            wanted, names = fold(words), _folded(catalogue)
            found = [place for place in held if any(wanted in name for name in names[place.id])]
            return {"words": words, "found": [(place, _within(catalogue, place, lang)) for place in found]}
        inside = _inside(catalogue)
        reached = {id_ for opening in catalogue.all_openings for id_ in opening.easing.places}
        return {
            "words": None,
            "own": [(place, len(inside.get(place.id, ()))) for place in held if place.regimes],
            "pilots": [place for place in held if place.id in reached and not place.regimes],
            "provinces": [
                (place, [part for part in _below(inside, place.id) if part.kind not in ZONES])
                for place in held
                if place.kind == "province"
            ],
        }

    return page("places.html", make)


@blueprint.get("/places/<path:place_id>")
def one_place(place_id: str) -> Response:
    """What applies in one place on a day; raises Withdrawn, NotHeld, TooEarly."""
    found = held("place", place_id, state().catalogue.places)
    day = queries.read(DayQuery()).get("as_of") or today()
    state().catalogue.access_list(day)
    return page("place.html", lambda lang: _shown(found, day, lang))


def _shown(place: Place, day: date, lang: str) -> dict[str, Any]:
    current = state()
    catalogue, bench = current.catalogue, current.engine.bench
    situation = Situation(day, Location(place))
    parts = _inside(catalogue).get(place.id, ())
    return {
        "place": records.place(current.engine, place, lang, day),
        "day": day.isoformat(),
        "first_day": catalogue.first_day.isoformat(),
        "access_list": bench.lists(situation)[0],
        "pilots": [item for id_ in bench.regimes(situation) if (item := catalogue.instruments.get(id_)) is not None],
        "within": [other for other in catalogue.containing(place, day)[1:] if other.id != MAINLAND],
        "inside": parts,
        "zones": [part for part in parts if part.kind in ZONES and place.kind not in ZONES and _launched(part, day)],
        "differences": current.surveyor.differences(place, day),
    }


def _launched(place: Place, day: date) -> bool:
    return place.effective_from is None or place.effective_from <= day


@lru_cache(maxsize=1)
def _folded(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """The names of every place as they are searched."""
    return {
        place.id: tuple(
            fold(name) for name in (place.id, place.label.en, place.label.zh, *chain.from_iterable(place.alt.values()))
        )
        for place in catalogue.places.values()
    }


def _within(catalogue: Catalogue, place: Place, lang: str) -> list[str]:
    return [other.label[lang] for other in catalogue.containing(place)[1:] if other.id != MAINLAND]


def _inside(catalogue: Catalogue) -> dict[str, list[Place]]:
    """For each place, those that lie directly in it."""
    found: dict[str, list[Place]] = {}
    for place in catalogue.places.values():
        for above in place.within:
            found.setdefault(above, []).append(place)
    return found


def _below(inside: dict[str, list[Place]], id_: str) -> list[Place]:
    """Every place in a place, at any depth, each once."""
    found: dict[str, Place] = {}
    queue = list(inside.get(id_, ()))
    while queue:
        place = queue.pop(0)
        if place.id not in found:
            found[place.id] = place
            queue += inside.get(place.id, ())
    return list(found.values())
