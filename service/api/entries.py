"""Entries of the instruments: full-text search, and one by id."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from negative_list import finding, records
from negative_list.catalogue import Catalogue
from service import caching, linked_data
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
from service.problems import Problem, nearest
from service.record_schemas import EntryPage, EntrySchema
from service.renames import current, held
from service.schemas import EntryQuery, LanguageQuery
from service.state import state, today

# An entry as a row of a table.
COLUMNS = (
    "id", "instrument", "instrument_title", "item", "title", "text", "measure_kinds", "state", "effective_from",
    "basis", "source_url", "href",
)  # fmt: skip
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
    @blueprint.operation("searchEntries", listed=True)
    def get(self, query: dict[str, Any]) -> Response:
        """Search entries in Chinese or English, or list them all; filters narrow both."""
        lang = language(query.get("lang"))
        media = media_type(LISTED)
        query["instrument"] = current("instrument", query.get("instrument"))
        _check_instrument(state().catalogue, query["instrument"])
        return caching.answer(
            lang, media, lambda: _search(query, lang, media), query=query, depends=caching.Depends.LAW
        )


def _search(query: dict[str, Any], lang: str, media: str) -> Response:
    catalogue, presenter = state().catalogue, state().presenters[lang]
    words = query.get("q")
    chosen = finding.find(state().engine, query)
    part = page(chosen, query)
    items = []
    for entry, score in part.items:
        item = records.entry_summary(catalogue, entry, presenter, today())
        if words is not None:
            item["score"] = score
            item["highlights"] = {key: finding.highlights(item[key], words) for key in ("title", "text")}
        items.append(item)
    body = part.body(
        items,
        facets=finding.facets(catalogue, [entry for entry, _ in chosen]),
        did_you_mean=finding.did_you_mean(catalogue, words) if words and not chosen else None,
    )
    return part.link(list_response(media, body, COLUMNS))


@blueprint.route(
    "/entries/<path:entry_id>", parameters=id_parameter("entry_id", "The id of an entry.", "cn/national/2024/12")
)
class OneEntry(MethodView):
    """One entry."""

    @blueprint.arguments(LanguageQuery, location="query", error_status_code=400)
    @blueprint.response(200, EntrySchema, description="The entry.")
    @blueprint.alt_response(200, schema=linked_data.SCHEMA, content_type=LINKED, success=True)
    @blueprint.operation("getEntry", 308, 404)
    def get(self, query: dict[str, Any], entry_id: str) -> Response:
        """One entry with its measures, exceptions, authorities and sources."""
        lang = language(query.get("lang"))
        catalogue = state().catalogue
        entry = held("entry", entry_id, catalogue.entries)
        media = media_type((JSON, LINKED))

        def make() -> Response:
            if media == LINKED:
                return linked_response(linked_data.entry(catalogue, entry, lang, today(), state().settings.public_url))
            return json_response(records.entry(catalogue, entry, state().presenters[lang], today()))

        return caching.answer(lang, media, make, query=query, depends=caching.Depends.LAW)
