"""Instruments, activities and the other records answers refer to."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from negative_list import records
from negative_list.rules import RULES
from negative_list.text import terms
from service import caching, linked_data
from service.api.entries import COLUMNS as ENTRY_COLUMNS
from service.caching import Depends
from service.negotiation import (
    JSON,
    LINKED,
    LISTED,
    json_response,
    language,
    linked_response,
    list_response,
    media_type,
)
from service.paging import page
from service.parsing import StrictBlueprint, id_parameter
from service.record_schemas import (
    ActivityPage,
    ActivitySchema,
    InstrumentEntriesPage,
    InstrumentPage,
    InstrumentSchema,
    RulePage,
)
from service.renames import held
from service.schemas import ActivityQuery, LanguageQuery
from service.state import state, today

blueprint = StrictBlueprint("reference", __name__, url_prefix="/v1", description="What the answers refer to.")
INSTRUMENT_ID = id_parameter("instrument_id", "The id of an instrument.", "cn/national/2024")
# An instrument, an activity and a rule as rows of tables.
INSTRUMENT_COLUMNS = (
    "id", "kind", "regime", "title", "titles.zh", "document_number", "issuers.label", "issued", "published",
    "effective_from", "effective_to", "state", "replaces", "replaced_by", "item_count", "entry_count", "enumeration",
    "held", "basis", "source_url", "href",
)  # fmt: skip
ACTIVITY_COLUMNS = (
    "id", "label", "labels.zh", "labels.en", "status", "max_foreign_share", "decided_by", "as_of", "definition",
    "broader", "telecom_categories", "gbt4754", "licences", "contested", "basis", "href",
)  # fmt: skip
RULE_COLUMNS = ("measure", "effect", "explanation")
ACTIVITY_ID = id_parameter("activity_id", "The id of an activity.", "telecom/internet-data-centre")


@blueprint.route("/instruments")
class Instruments(MethodView):
    """All instruments."""

    @blueprint.arguments(LanguageQuery, location="query", error_status_code=400)
    @blueprint.response(200, InstrumentPage, description="The lists and other rules held.")
    @blueprint.operation("listInstruments", listed=True)
    def get(self, query: dict[str, Any]) -> Response:
        """The lists, statutes and policies held, each with its window of force."""
        lang, media = language(query.get("lang")), media_type(LISTED)
        catalogue = state().catalogue

        def make() -> Response:
            items = [records.instrument(catalogue, item, lang, today()) for item in catalogue.instruments.values()]
            return list_response(media, _whole(items), INSTRUMENT_COLUMNS)

        return caching.answer(lang, media, make, query=query, depends=Depends.LAW)


def _whole(items: list[dict[str, Any]]) -> dict[str, Any]:
    """A list that fits in one page."""
    return {"items": items, "total": len(items), "next_cursor": None}


@blueprint.route("/instruments/<path:instrument_id>/entries", parameters=INSTRUMENT_ID)
class InstrumentEntries(MethodView):
    """The entries of one instrument."""

    @blueprint.arguments(LanguageQuery, location="query", error_status_code=400)
    @blueprint.response(200, InstrumentEntriesPage, description="All entries, in the order of the instrument.")
    @blueprint.operation("listEntriesOfInstrument", 308, 404, listed=True)
    def get(self, query: dict[str, Any], instrument_id: str) -> Response:
        """Every item and note of one instrument, in its own order."""
        lang, media = language(query.get("lang")), media_type(LISTED)
        item = held("instrument", instrument_id, state().catalogue.instruments)

        def make() -> Response:
            presenter = state().presenters[lang]
            items = [records.entry_summary(state().catalogue, entry, presenter, today()) for entry in item.entries]
            return list_response(media, _whole(items), ENTRY_COLUMNS)

        return caching.answer(lang, media, make, query=query, depends=Depends.LAW)


@blueprint.route("/instruments/<path:instrument_id>", parameters=INSTRUMENT_ID)
class OneInstrument(MethodView):
    """One instrument."""

    @blueprint.arguments(LanguageQuery, location="query", error_status_code=400)
    @blueprint.response(200, InstrumentSchema, description="The instrument.")
    @blueprint.alt_response(200, schema=linked_data.SCHEMA, content_type=LINKED, success=True)
    @blueprint.operation("getInstrument", 308, 404)
    def get(self, query: dict[str, Any], instrument_id: str) -> Response:
        """One instrument with its titles, number, dates, official address and sources."""
        lang = language(query.get("lang"))
        catalogue, media = state().catalogue, media_type((JSON, LINKED))
        item = held("instrument", instrument_id, catalogue.instruments)

        def make() -> Response:
            if media == LINKED:
                base = state().settings.public_url
                return linked_response(linked_data.instrument(catalogue, item, lang, today(), base))
            return json_response(records.instrument(catalogue, item, lang, today()))

        return caching.answer(lang, media, make, query=query, depends=Depends.LAW)


@blueprint.route("/activities")
class Activities(MethodView):
    """The thesaurus."""

    @blueprint.arguments(ActivityQuery, location="query", error_status_code=400)
    @blueprint.response(200, ActivityPage, description="Activities, best first, or by id.")
    @blueprint.operation("searchActivities", listed=True)
    def get(self, query: dict[str, Any]) -> Response:
        """Search the thesaurus of activities, or list it; each with its nationwide status today."""
        lang, media = language(query.get("lang")), media_type(LISTED)

        def make() -> Response:
            engine = state().engine
            activities = engine.catalogue.activities
            if query.get("q") is None:
                found = [activities[id_] for id_ in sorted(activities)]
            else:
                hits = engine.index.activities(terms(query["q"]), limit=len(activities))
                found = [activities[hit.id] for hit in hits]
            part = page(found, query)
            items = [records.activity(engine, item, lang, today()) for item in part.items]
            return part.link(list_response(media, part.body(items), ACTIVITY_COLUMNS))

        return caching.answer(lang, media, make, query=query, depends=Depends.DAY)


@blueprint.route("/activities/<path:activity_id>", parameters=ACTIVITY_ID)
class OneActivity(MethodView):
    """One activity."""

    @blueprint.arguments(LanguageQuery, location="query", error_status_code=400)
    @blueprint.response(200, ActivitySchema, description="The activity.")
    @blueprint.operation("getActivity", 308, 404)
    def get(self, query: dict[str, Any], activity_id: str) -> Response:
        """One activity with its labels, neighbours, codes and nationwide status today."""
        lang = language(query.get("lang"))
        engine = state().engine
        item = held("activity", activity_id, engine.catalogue.activities)
        return caching.answer(
            lang,
            media_type((JSON,)),
            lambda: json_response(records.activity(engine, item, lang, today())),
            query=query,
            depends=Depends.DAY,
        )


@blueprint.route("/rules")
class Rules(MethodView):
    """The table of measures."""

    @blueprint.arguments(LanguageQuery, location="query", error_status_code=400)
    @blueprint.response(200, RulePage, description="Every kind of measure.")
    @blueprint.operation("listRules", listed=True)
    def get(self, query: dict[str, Any]) -> Response:
        """The kinds of measures the engine applies, each with its effect and meaning."""
        lang = language(query.get("lang"))
        items = [
            {"measure": rule.kind, "effect": rule.effect.value, "explanation": " ".join(rule.explanation.split())}
            for rule in RULES.values()
        ]
        media = media_type(LISTED)
        return caching.answer(
            lang,
            media,
            lambda: list_response(media, _whole(items), RULE_COLUMNS),
            query=query,
            depends=Depends.NOTHING,
        )
