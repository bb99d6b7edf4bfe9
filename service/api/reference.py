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
from service.parsing import StrictBlueprint, id_parameter
from service.problems import nearest
from service.record_schemas import (
    ActivityPage,
    ActivitySchema,
    InstrumentEntriesPage,
    InstrumentPage,
    InstrumentSchema,
    RulePage,
)
from service.schemas import ActivityQuery, LanguageQuery
from service.state import state, today

blueprint = StrictBlueprint("reference", __name__, url_prefix="/v1", description="What the answers refer to.")
INSTRUMENT_ID = id_parameter("instrument_id", "The id of an instrument.", "cn/national/2024")
ACTIVITY_ID = id_parameter("activity_id", "The id of an activity.", "telecom/internet-data-centre")


@blueprint.route("/instruments")
class Instruments(MethodView):
    """All instruments."""

    @blueprint.arguments(LanguageQuery, location="query", error_status_code=400)
    @blueprint.response(200, InstrumentPage, description="The lists and other rules held.")
    @blueprint.operation("listInstruments")
    def get(self, query: dict[str, Any]) -> Response:
        """The lists, statutes and policies held, each with its window of force."""
        lang = language(query.get("lang"))
        catalogue = state().catalogue

        def make() -> Response:
            items = [records.instrument(catalogue, item, lang, today()) for item in catalogue.instruments.values()]
            return with_links(json_response({"items": items, "total": len(items), "next_cursor": None}), None)

        return caching.answer(lang, media_type((JSON,)), make)


@blueprint.route("/instruments/<path:instrument_id>/entries", parameters=INSTRUMENT_ID)
class InstrumentEntries(MethodView):
    """The entries of one instrument."""

    @blueprint.arguments(LanguageQuery, location="query", error_status_code=400)
    @blueprint.response(200, InstrumentEntriesPage, description="All entries, in the order of the instrument.")
    @blueprint.operation("listEntriesOfInstrument", 404)
    def get(self, query: dict[str, Any], instrument_id: str) -> Response:
        """Every item and note of one instrument, in its own order."""
        lang = language(query.get("lang"))
        item = _instrument(instrument_id)

        def make() -> Response:
            presenter = state().presenters[lang]
            items = [records.entry_summary(state().catalogue, entry, presenter, today()) for entry in item.entries]
            return with_links(json_response({"items": items, "total": len(items), "next_cursor": None}), None)

        return caching.answer(lang, media_type((JSON,)), make)


@blueprint.route("/instruments/<path:instrument_id>", parameters=INSTRUMENT_ID)
class OneInstrument(MethodView):
    """One instrument."""

    @blueprint.arguments(LanguageQuery, location="query", error_status_code=400)
    @blueprint.response(200, InstrumentSchema, description="The instrument.")
    @blueprint.operation("getInstrument", 404)
    def get(self, query: dict[str, Any], instrument_id: str) -> Response:
        """One instrument with its titles, number, dates, official address and sources."""
        lang = language(query.get("lang"))
        item = _instrument(instrument_id)
        return caching.answer(
            lang, media_type((JSON,)), lambda: json_response(records.instrument(state().catalogue, item, lang, today()))
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
    @blueprint.response(200, ActivityPage, description="Activities, best first, or by id.")
    @blueprint.operation("searchActivities")
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


@blueprint.route("/activities/<path:activity_id>", parameters=ACTIVITY_ID)
class OneActivity(MethodView):
    """One activity."""

    @blueprint.arguments(LanguageQuery, location="query", error_status_code=400)
    @blueprint.response(200, ActivitySchema, description="The activity.")
    @blueprint.operation("getActivity", 404)
    def get(self, query: dict[str, Any], activity_id: str) -> Response:
        """One activity with its labels, neighbours, codes and nationwide status today."""
        lang = language(query.get("lang"))
        engine = state().engine
        item = engine.catalogue.activities.get(activity_id)
        if item is None:
            raise NotHeld("activity", activity_id, nearest(activity_id, engine.catalogue.activities))
        return caching.answer(
            lang, media_type((JSON,)), lambda: json_response(records.activity(engine, item, lang, today()))
        )


@blueprint.route("/rules")
class Rules(MethodView):
    """The table of measures."""

    @blueprint.arguments(LanguageQuery, location="query", error_status_code=400)
    @blueprint.response(200, RulePage, description="Every kind of measure.")
    @blueprint.operation("listRules")
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
