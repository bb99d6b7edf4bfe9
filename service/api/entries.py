"""Entries of the instruments: full-text search, and one by id."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from negative_list import finding, records
from negative_list.catalogue import Catalogue
from negative_list.errors import NotHeld
from service import caching
from service.negotiation import JSON, json_response, language, media_type
from service.paging import page, with_links
from service.parsing import StrictBlueprint, id_parameter
from service.problems import Problem, nearest
from service.record_schemas import EntryPage, EntrySchema
from service.schemas import EntryQuery, LanguageQuery
from service.state import state, today

blueprint = StrictBlueprint("entries", __name__, url_prefix="/v1", description="Items, notes and articles.")


def _check_instrument(catalogue: Catalogue, instrument: str | None) -> None:
    if instrument is None or instrument in catalogue.instruments:
        return
    fault = {"parameter": "instrument", "code": "unknown_id", "detail": f"No instrument has the id {instrument!r}."}
    if suggestion := nearest(instrument, catalogue.instruments):
        fault["nearest"] = suggestion
    raise Problem(400, fault["detail"], [fault])


@blueprint.route("/entries")
class Entries(MethodView):
    """Search."""

    @blueprint.arguments(EntryQuery, location="query", error_status_code=400)
    @blueprint.response(200, EntryPage, description="Entries, best first, or in the order of the lists.")
    @blueprint.operation("searchEntries")
    def get(self, query: dict[str, Any]) -> Response:
        """Search entries in Chinese or English, or list them all; filters narrow both."""
        lang = language(query.get("lang"))
        media = media_type((JSON,))
        return caching.answer(lang, media, lambda: _search(query, lang))


def _search(query: dict[str, Any], lang: str) -> Response:
    current = state()
    catalogue, presenter = current.catalogue, current.presenters[lang]
    _check_instrument(catalogue, query.get("instrument"))
    words = query.get("q")
    chosen = finding.find(current.engine, query)
    shown, next_cursor = page(chosen, query["limit"], query.get("cursor"))
    items = []
    for entry, score in shown:
        item = records.entry_summary(catalogue, entry, presenter, today())
        if words is not None:
            item["score"] = score
            item["highlights"] = {key: finding.highlights(item[key], words) for key in ("title", "text")}
        items.append(item)
    body = {
        "items": items,
        "total": len(chosen),
        "next_cursor": next_cursor,
        "facets": finding.facets(catalogue, [entry for entry, _ in chosen]),
        "did_you_mean": finding.did_you_mean(catalogue, words) if words and not chosen else None,
    }
    return with_links(json_response(body), next_cursor)


@blueprint.route(
    "/entries/<path:entry_id>", parameters=id_parameter("entry_id", "The id of an entry.", "cn/national/2024/12")
)
class OneEntry(MethodView):
    """One entry."""

    @blueprint.arguments(LanguageQuery, location="query", error_status_code=400)
    @blueprint.response(200, EntrySchema, description="The entry.")
    @blueprint.operation("getEntry", 404)
    def get(self, query: dict[str, Any], entry_id: str) -> Response:
        """One entry with its measures, exceptions, authorities and sources."""
        lang = language(query.get("lang"))
        catalogue = state().catalogue
        entry = catalogue.entries.get(entry_id)
        if entry is None:
            raise NotHeld("entry", entry_id, nearest(entry_id, catalogue.entries))
        media = media_type((JSON,))
        return caching.answer(
            lang, media, lambda: json_response(records.entry(catalogue, entry, state().presenters[lang], today()))
        )
