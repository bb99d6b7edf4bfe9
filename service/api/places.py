"""Places and what applies in each."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from negative_list import records
from negative_list.errors import NotHeld
from negative_list.places import Location
from negative_list.standing import Situation
from negative_list.text import fold
from service import caching
from service.negotiation import JSON, json_response, language, media_type
from service.paging import page, with_links
from service.parsing import StrictBlueprint, id_parameter
from service.problems import nearest
from service.record_schemas import PlacePage, PlaceSchema
from service.schemas import PlaceQuery, PlacesQuery
from service.state import state, today

blueprint = StrictBlueprint("places", __name__, url_prefix="/v1", description="Places and the lists that apply there.")


@blueprint.route("/places")
class Places(MethodView):
    """The gazetteer."""

    @blueprint.arguments(PlacesQuery, location="query", error_status_code=400)
    @blueprint.response(200, PlacePage, description="Places, in the order of the gazetteer.")
    @blueprint.operation("listPlaces")
    def get(self, query: dict[str, Any]) -> Response:
        """Provinces, cities, zones and other areas, each with what sets it apart on a day."""
        lang = language(query.get("lang"))
        engine = state().engine
        day = query.get("as_of") or today()
        # Asked before anything else, so that a day before the first list is refused whatever is found.
        engine.catalogue.access_list(day)

        def make() -> Response:
            found = [place for place in engine.catalogue.places.values() if _wanted(place, query, day)]
            shown, next_cursor = page(found, query["limit"], query.get("cursor"))
            items = [records.place(engine, place, lang, day) for place in shown]
            body = {"items": items, "total": len(found), "next_cursor": next_cursor}
            return with_links(json_response(body), next_cursor)

        return caching.answer(lang, media_type((JSON,)), make)


def _wanted(place: Any, query: dict[str, Any], day: Any) -> bool:
    engine = state().engine
    if query.get("kind") not in (None, place.kind):
        return False
    if (within := query.get("within")) is not None:
        above = {other.id.casefold() for other in engine.catalogue.containing(place)[1:]}
        if within.casefold() not in above:
            return False
    if (words := query.get("q")) is not None:
        names = [place.id, place.label.en, place.label.zh, *(name for names in place.alt.values() for name in names)]
        if not any(fold(words) in fold(name) for name in names):
            return False
    wanted = query.get("regime")
    return wanted is None or wanted in engine.bench.regimes(Situation(day, Location(place)))


@blueprint.route("/places/<path:place_id>", parameters=id_parameter("place_id", "The id of a place.", "zone/lingang"))
class OnePlace(MethodView):
    """One place."""

    @blueprint.arguments(PlaceQuery, location="query", error_status_code=400)
    @blueprint.response(200, PlaceSchema, description="The place.")
    @blueprint.operation("getPlace", 404)
    def get(self, query: dict[str, Any], place_id: str) -> Response:
        """One place with its names, what contains it, and the lists and pilots that apply there on a day."""
        lang = language(query.get("lang"))
        engine = state().engine
        place = engine.catalogue.places.get(place_id)
        if place is None:
            raise NotHeld("place", place_id, nearest(place_id, engine.catalogue.places))
        day = query.get("as_of") or today()
        engine.catalogue.access_list(day)
        return caching.answer(
            lang, media_type((JSON,)), lambda: json_response(records.place(engine, place, lang, day))
        )
