"""The industry classification, and what foreign investors may do in each class."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from negative_list import records
from negative_list.errors import NotHeld
from negative_list.industries import code_of
from negative_list.model import Industry
from negative_list.text import fold
from service import caching
from service.negotiation import JSON, LISTED, json_response, language, list_response, media_type
from service.paging import page
from service.parsing import StrictBlueprint, id_parameter
from service.problems import nearest
from service.record_schemas import IndustryPage, IndustrySchema
from service.schemas import IndustriesQuery, LanguageQuery
from service.state import state, today

blueprint = StrictBlueprint("industries", __name__, url_prefix="/v1", description="GB/T 4754-2017.")
# An industry as a row of a table.
COLUMNS = (
    "code", "level", "label", "labels.zh", "labels.en", "within", "activities.id", "activities.label",
    "activities.status", "as_of", "href",
)  # fmt: skip
CODE = id_parameter("code", "A code of GB/T 4754-2017, with or without its letter.", "I6422")


@blueprint.route("/industries")
class Industries(MethodView):
    """The classification."""

    @blueprint.arguments(IndustriesQuery, location="query", error_status_code=400)
    @blueprint.response(200, IndustryPage, description="Industries, in the order of their codes.")
    @blueprint.operation("listIndustries", listed=True)
    def get(self, query: dict[str, Any]) -> Response:
        """The sections, divisions, groups and classes of the classification, each class with its activities."""
        lang, media = language(query.get("lang")), media_type(LISTED)

        def make() -> Response:
            engine = state().engine
            found = [item for item in engine.catalogue.industries.values() if _is_asked_for(item, query)]
            part = page(found, query)
            items = [records.industry(engine, item, lang, today()) for item in part.items]
            return part.link(list_response(media, part.body(items), COLUMNS))

        return caching.answer(lang, media, make, query=query, depends=caching.Depends.DAY)


def _is_asked_for(item: Industry, query: dict[str, Any]) -> bool:
    if (level := query.get("level")) is not None and item.level != level:
        return False
    if (within := query.get("within")) is not None and not item.code.startswith(within.upper()):
        return False
    words = query.get("q")
    names = (item.code, item.label.en, item.label.zh, *(name for names in item.alt.values() for name in names))
    return words is None or any(fold(words) in fold(name) for name in names)


@blueprint.route("/industries/<code>", parameters=CODE)
class OneIndustry(MethodView):
    """One code."""

    @blueprint.arguments(LanguageQuery, location="query", error_status_code=400)
    @blueprint.response(200, IndustrySchema, description="The industry.")
    @blueprint.operation("getIndustry", 404)
    def get(self, query: dict[str, Any], code: str) -> Response:
        """One section, division, group or class, with the activities it holds and how each stands today."""
        lang = language(query.get("lang"))
        engine = state().engine
        held = engine.catalogue.industries
        found = code_of(code, held)
        if found is None:
            raise NotHeld("industry", code, nearest(code, held))
        item = held[found]
        return caching.answer(
            lang,
            media_type((JSON,)),
            lambda: json_response(records.industry(engine, item, lang, today())),
            query=query,
            depends=caching.Depends.DAY,
            canonical=f"/v1/industries/{found}",
        )
