"""Instruments, activities and the other records answers refer to."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from negative_list import records
from negative_list.errors import NotHeld
from negative_list.rules import RULES
from negative_list.text import terms
from service import caching
from service.negotiation import JSON, json_response, language, media_type
from service.paging import page, with_links
from service.parsing import StrictBlueprint
from service.problems import nearest
from service.schemas import ActivityQuery, LanguageQuery, PageSchema, ProblemSchema, RecordSchema
from service.state import state, today

blueprint = StrictBlueprint("reference", __name__, url_prefix="/v1", description="What the answers refer to.")


@blueprint.route("/instruments")
class Instruments(MethodView):
    """All instruments."""

    @blueprint.arguments(LanguageQuery, location="query", error_status_code=400)
    @blueprint.response(200, PageSchema, description="The lists and other rules held.")
    def get(self, query: dict[str, Any]) -> Response:
        """The lists, statutes and policies held, each with its window of force."""
        lang = language(query.get("lang"))
        catalogue = state().catalogue

        def make() -> Response:
            items = [records.instrument(catalogue, item, lang) for item in catalogue.instruments.values()]
            return with_links(json_response({"items": items, "total": len(items), "next_cursor": None}), None)

        return caching.answer(lang, media_type((JSON,)), make)


@blueprint.route("/instruments/<path:id_>/entries")
class InstrumentEntries(MethodView):
    """The entries of one instrument."""

    @blueprint.arguments(LanguageQuery, location="query", error_status_code=400)
    @blueprint.response(200, PageSchema, description="All entries, in the order of the instrument.")
    @blueprint.alt_response(404, schema=ProblemSchema, content_type="application/problem+json")
    def get(self, query: dict[str, Any], id_: str) -> Response:
        """Every item and note of one instrument, in its own order."""
        lang = language(query.get("lang"))
        item = _instrument(id_)

        def make() -> Response:
            presenter = state().presenters[lang]
            items = [records.entry_summary(state().catalogue, entry, presenter) for entry in item.entries]
            return with_links(json_response({"items": items, "total": len(items), "next_cursor": None}), None)

        return caching.answer(lang, media_type((JSON,)), make)


@blueprint.route("/instruments/<path:id_>")
class OneInstrument(MethodView):
    """One instrument."""

    @blueprint.arguments(LanguageQuery, location="query", error_status_code=400)
    @blueprint.response(200, RecordSchema, description="The instrument.")
    @blueprint.alt_response(404, schema=ProblemSchema, content_type="application/problem+json")
    def get(self, query: dict[str, Any], id_: str) -> Response:
        """One instrument with its titles, number, dates, official address and sources."""
        lang = language(query.get("lang"))
        item = _instrument(id_)
        return caching.answer(
            lang, media_type((JSON,)), lambda: json_response(records.instrument(state().catalogue, item, lang))
        )


def _instrument(id_: str) -> Any:
    held = state().catalogue.instruments
    if id_ not in held:
        raise NotHeld("instrument", id_, nearest(id_, held))
    return held[id_]


@blueprint.route("/activities")
class Activities(MethodView):
    """The thesaurus."""

    @blueprint.arguments(ActivityQuery, location="query", error_status_code=400)
    @blueprint.response(200, PageSchema, description="Activities, best first, or by id.")
    def get(self, query: dict[str, Any]) -> Response:
        """Search the thesaurus of activities, or list it; each with its nationwide status today."""
        lang = language(query.get("lang"))

        def make() -> Response:
            engine = state().engine
            held = engine.catalogue.activities
            if query.get("q") is None:
                found = [held[id_] for id_ in sorted(held)]
            else:
                hits = engine.index.activities(terms(query["q"]), limit=len(held))
                found = [held[hit.id] for hit in hits]
            shown, next_cursor = page(found, query["limit"], query.get("cursor"))
            items = [records.activity(engine, item, lang, today()) for item in shown]
            body = {"items": items, "total": len(found), "next_cursor": next_cursor}
            return with_links(json_response(body), next_cursor)

        return caching.answer(lang, media_type((JSON,)), make)


@blueprint.route("/activities/<path:id_>")
class OneActivity(MethodView):
    """One activity."""

    @blueprint.arguments(LanguageQuery, location="query", error_status_code=400)
    @blueprint.response(200, RecordSchema, description="The activity.")
    @blueprint.alt_response(404, schema=ProblemSchema, content_type="application/problem+json")
    def get(self, query: dict[str, Any], id_: str) -> Response:
        """One activity with its labels, neighbours, codes and nationwide status today."""
        lang = language(query.get("lang"))
        engine = state().engine
        item = engine.catalogue.activities.get(id_)
        if item is None:
            raise NotHeld("activity", id_, nearest(id_, engine.catalogue.activities))
        return caching.answer(
            lang, media_type((JSON,)), lambda: json_response(records.activity(engine, item, lang, today()))
        )


@blueprint.route("/rules")
class Rules(MethodView):
    """The table of measures."""

    @blueprint.arguments(LanguageQuery, location="query", error_status_code=400)
    @blueprint.response(200, PageSchema, description="Every kind of measure.")
    def get(self, query: dict[str, Any]) -> Response:
        """The kinds of measures the engine applies, each with its effect and meaning."""
        lang = language(query.get("lang"))
        items = [
            {"measure": rule.kind, "effect": rule.effect.value, "explanation": " ".join(rule.explanation.split())}
            for rule in RULES.values()
        ]
        return caching.answer(
            lang,
            media_type((JSON,)),
            lambda: json_response({"items": items, "total": len(items), "next_cursor": None}),
        )
