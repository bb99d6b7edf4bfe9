"""Places and what applies in each."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from negative_list import records
from negative_list.places import Location
from negative_list.standing import Situation
from negative_list.text import fold
from service import caching, memento
from service.negotiation import JSON, LISTED, json_response, language, list_response, media_type
from service.paging import page
from service.parsing import StrictBlueprint, id_parameter
from service.record_schemas import PlacePage, PlaceSchema
from service.renames import current, held
from service.schemas import PlaceQuery, PlacesQuery
from service.state import state, today

# A place as a row of a table.
COLUMNS = (
    "id", "kind", "label", "labels.zh", "labels.en", "within", "effective_from", "access_list", "regimes", "as_of",
    "basis", "href",
)  # fmt: skip
blueprint = StrictBlueprint("places", __name__, url_prefix="/v1", description="Places and the lists that apply there.")


@blueprint.route("/places")
class Places(MethodView):
    """The gazetteer."""

    @blueprint.arguments(PlacesQuery, location="query", error_status_code=400)
    @blueprint.response(200, PlacePage, description="Places, in the order of the gazetteer.")
    @blueprint.operation("listPlaces", listed=True, by_day=True)
    def get(self, query: dict[str, Any]) -> Response:
        """Provinces, cities, zones and other areas, each with what sets it apart on a day."""
        lang = language(query.get("lang"))
        engine, media = state().engine, media_type(LISTED)
        asked = memento.asked(query)
        day = asked.day or today()
        # Asked before anything else, so that a day before the first list is refused whatever is found.
        engine.catalogue.access_list(day)
        query["within"] = current("place", query.get("within"))

        def make() -> Response:
            found = [place for place in engine.catalogue.places.values() if _wanted(place, query, day)]
            part = page(found, asked.within(query))
            items = [records.place(engine, place, lang, day) for place in part.items]
            return part.link(list_response(media, part.body(items), COLUMNS))

        return caching.answer(lang, media, make, query=query, depends=caching.Depends.DAY, day=asked)


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
    @blueprint.operation("getPlace", 308, 404, by_day=True)
    def get(self, query: dict[str, Any], place_id: str) -> Response:
        """One place with its names, what contains it, and the lists and pilots that apply there on a day."""
        lang = language(query.get("lang"))
        engine = state().engine
        place = held("place", place_id, engine.catalogue.places)
        asked = memento.asked(query)
        day = asked.day or today()
        engine.catalogue.access_list(day)
        return caching.answer(
            lang,
            media_type((JSON,)),
            lambda: json_response(records.place(engine, place, lang, day)),
            query=query,
            depends=caching.Depends.DAY,
            day=asked,
        )
