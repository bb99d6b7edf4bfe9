"""The law in time: editions compared, matters followed, changes as feeds, and what the data cover."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response
from flask.views import MethodView

from negative_list import chronicle, feeds, records
from negative_list.model import Instrument
from service import caching
from service.caching import Depends
from service.history_schemas import CoverageSchema, DiffSchema, EntryHistorySchema, FeedSchema
from service.negotiation import JSON, json_response, language, media_type
from service.parsing import StrictBlueprint, id_parameter
from service.renames import held
from service.schemas import ChangesQuery, LanguageQuery
from service.state import state, today

blueprint = StrictBlueprint("history", __name__, url_prefix="/v1", description="How the law changes.")
FEED, ATOM = "application/feed+json", "application/atom+xml"


@blueprint.route(
    "/entries/<path:entry_id>/history",
    parameters=id_parameter("entry_id", "The id of an entry.", "cn/national/2024/12"),
)
class EntryHistory(MethodView):
    """One matter through the editions."""

    @blueprint.arguments(LanguageQuery, location="query", error_status_code=400)
    @blueprint.response(200, EntryHistorySchema, description="The matter in every edition, oldest first.")
    @blueprint.operation("getEntryHistory", 308, 404)
    def get(self, query: dict[str, Any], entry_id: str) -> Response:
        """The same matter through all editions of the list, and what each changed."""
        lang = language(query.get("lang"))
        current = state()
        entry = held("entry", entry_id, current.catalogue.entries)

        def make() -> Response:
            found = current.stages(entry)
            return json_response(chronicle.entry_history(entry, found, current.presenters[lang]))

        return caching.answer(lang, media_type((JSON,)), make, query=query, depends=Depends.NOTHING)


@blueprint.route(
    "/instruments/<path:instrument_id>/diff/<path:other_id>",
    parameters=[
        *id_parameter("instrument_id", "The id of the older list.", "cn/national/2021"),
        *id_parameter("other_id", "The id of the newer list.", "cn/national/2024"),
    ],
)
class InstrumentDiff(MethodView):
    """What one list changed in another."""

    @blueprint.arguments(LanguageQuery, location="query", error_status_code=400)
    @blueprint.response(200, DiffSchema, description="What was added, removed, eased, tightened and reworded.")
    @blueprint.operation("diffInstruments", 308, 404)
    def get(self, query: dict[str, Any], instrument_id: str, other_id: str) -> Response:
        """What one access list changed against another, with the measures of both."""
        lang = language(query.get("lang"))
        current = state()
        old, new = _list(instrument_id), _list(other_id)

        def make() -> Response:
            changes = current.diff(old, new)
            return json_response(chronicle.diff(old, new, changes, current.presenters[lang]))

        return caching.answer(lang, media_type((JSON,)), make, query=query, depends=Depends.NOTHING)


def _list(id_: str) -> Instrument:
    """An access list held with its entries. Raises NotHeld."""
    lists = {item.id: item for item in state().catalogue.access_lists}
    return held("instrument", id_, lists, called="access list")


@blueprint.route("/changes")
class Changes(MethodView):
    """The changes as JSON Feed."""

    @blueprint.arguments(ChangesQuery, location="query", error_status_code=400)
    @blueprint.response(200, FeedSchema, content_type=FEED, description="Changes, newest first (JSON Feed 1.1).")
    @blueprint.operation("listChanges")
    def get(self, query: dict[str, Any]) -> Response:
        """Every change in the law and every correction of the data, newest first, those to come included."""
        return _feed(query, FEED, (FEED, JSON), feeds.json_feed)


@blueprint.route("/changes.atom")
class AtomChanges(MethodView):
    """The changes as Atom."""

    @blueprint.arguments(ChangesQuery, location="query", error_status_code=400)
    @blueprint.response(
        200, {"type": "string"}, content_type=ATOM, description="Changes, newest first (RFC 4287)."
    )
    @blueprint.operation("listChangesAtom")
    def get(self, query: dict[str, Any]) -> Response:
        """The same changes as an Atom feed."""
        return _feed(query, ATOM, (ATOM, "application/xml", "text/xml"), feeds.atom)


def _feed(query: dict[str, Any], media: str, offered: tuple[str, ...], write: Callable[..., bytes]) -> Response:
    lang = language(query.get("lang"))
    media_type(offered)
    current = state()

    def make() -> Response:
        found = [event for event in current.events if event.day >= query.get("since", event.day)]
        body = write(found, current.presenters[lang], today(), current.settings.public_url)
        return Response(body, mimetype=media)

    return caching.answer(lang, media, make, query=query, depends=Depends.LAW)


@blueprint.route("/coverage")
class Coverage(MethodView):
    """What is held."""

    @blueprint.arguments(LanguageQuery, location="query", error_status_code=400)
    @blueprint.response(200, CoverageSchema, description="What the data hold, and what they do not.")
    @blueprint.operation("getCoverage")
    def get(self, query: dict[str, Any]) -> Response:
        """What is held and what is not, how it is known, and the day the data were last checked."""
        lang = language(query.get("lang"))
        current = state()
        return caching.answer(
            lang,
            media_type((JSON,)),
            lambda: json_response(records.coverage(current.catalogue, lang, today())),
            query=query,
            depends=Depends.LAW,
        )

