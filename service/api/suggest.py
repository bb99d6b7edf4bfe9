"""Type-ahead."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from negative_list.speech import outcome_word
from negative_list.standing import Situation
from negative_list.suggesting import KINDS, Suggestion
from service import caching
from service.negotiation import JSON, json_response, language, media_type
from service.parsing import StrictBlueprint
from service.state import state, today
from service.suggest_schemas import SuggestionsSchema, SuggestQuery

blueprint = StrictBlueprint("suggest", __name__, url_prefix="/v1", description="Suggestions for a text being typed.")


@blueprint.route("/suggest")
class Suggestions(MethodView):
    """Type-ahead for activities and places."""

    @blueprint.arguments(SuggestQuery, location="query", error_status_code=400)
    @blueprint.response(200, SuggestionsSchema, description="Suggestions, best first.")
    @blueprint.operation("suggest")
    def get(self, query: dict[str, Any]) -> Response:
        """Suggest activities and places for a text being typed, in English, Chinese or pinyin, one slip forgiven."""
        lang = language(query.get("lang"))

        def make() -> Response:
            kinds = KINDS if query.get("kind") is None else (query["kind"],)
            found = state().engine.suggester.suggest(query["q"], query["limit"], kinds)
            return json_response({"items": [_shown(item, lang) for item in found], "as_of": today().isoformat()})

        # What somebody types may be part of a proposal.
        return caching.answer(lang, media_type((JSON,)), make, query=query, confidential=True)


def _shown(suggestion: Suggestion, lang: str) -> dict[str, Any]:
    engine = state().engine
    body: dict[str, Any] = {
        "kind": suggestion.kind,
        "id": suggestion.id,
        "matched": suggestion.matched,
        "matched_by": suggestion.way,
        "highlights": [list(suggestion.span)],
    }
    if suggestion.kind == "place":
        label = engine.catalogue.places[suggestion.id].label[lang]
        unknown = {"status": None, "status_text": None, "permitted_as_proposed": None}
        return body | {"label": label, "href": f"/v1/places/{suggestion.id}"} | unknown
    activity = engine.catalogue.activities[suggestion.id]
    verdict = engine.at_a_glance(activity, Situation(today()))
    status = verdict.standing.status.value
    return body | {
        "label": activity.label[lang],
        "href": f"/v1/activities/{activity.id}",
        "status": status,
        "status_text": state().presenters[lang].say(f"status.{status}"),
        "permitted_as_proposed": outcome_word(verdict.outcome),
    }
