"""The main job: a proposal in, a determination out."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from negative_list import plain
from service import caching, memento
from service.answer_schemas import DeterminationSchema
from service.negotiation import JSON, PLAIN, json_response, language, media_type, plain_response
from service.parsing import StrictBlueprint
from service.schemas import ProposalQuery, ProposalSchema
from service.state import state

blueprint = StrictBlueprint(
    "determinations", __name__, url_prefix="/v1", description="Whether a proposed investment is open, and why."
)
TEXT = {"type": "string"}
EXAMPLES = {
    "text": {
        "summary": "In words; share and place are read from the text",
        "value": {"activity": "a data centre in Wuhan, 60% ours"},
    },
    "fields": {
        "summary": "By exact id, with every fact in its own field",
        "value": {
            "activity_ids": ["internet/online-games-operation"],
            "foreign_share": 49,
            "form": "joint_venture",
            "chinese_control": True,
            "location": "CN-31",
            "investor_origin": "DE",
            "as_of": "2024-11-01",
            "lang": "zh",
            "ref": "matter 17",
        },
    },
}


def _respond(proposal: dict[str, Any], lang: str, media: str) -> Response:
    current = state()
    presenter = current.presenters[lang]
    result = current.determine(proposal)
    if media == PLAIN:
        return plain_response(plain.render(presenter, result))
    return json_response(presenter.determination(result, proposal.get("ref")))


@blueprint.route("/determinations")
class Determinations(MethodView):
    """One proposal, one determination; GET and POST answer alike."""

    @blueprint.arguments(ProposalQuery, location="query", error_status_code=400)
    @blueprint.response(200, DeterminationSchema, description="The determination.")
    @blueprint.alt_response(200, schema=TEXT, content_type=PLAIN, description="The determination.", success=True)
    @blueprint.operation("determine", 422, by_day=True, confidential=True)
    def get(self, proposal: dict[str, Any]) -> Response:
        """Determine a proposal given as query parameters.

        ---
        A proposal is confidential: prefer POST where the address may be logged on the way.
        """
        lang = language(proposal.get("lang"))
        media = media_type((JSON, PLAIN))
        day = memento.asked(proposal)
        return caching.answer(
            lang,
            media,
            lambda: _respond(day.within(proposal), lang, media),
            query=proposal,
            depends=caching.Depends.DAY,
            day=day,
            confidential=True,
        )

    @blueprint.arguments(ProposalSchema, examples=EXAMPLES)
    @blueprint.response(200, DeterminationSchema, description="The determination.")
    @blueprint.alt_response(200, schema=TEXT, content_type=PLAIN, description="The determination.", success=True)
    @blueprint.operation("determineConfidentially", 413, 415, 422, unchanged=False)
    def post(self, proposal: dict[str, Any]) -> Response:
        """Determine a proposal given as a JSON body; nothing of it is logged or stored."""
        lang = language(proposal.get("lang"))
        return caching.uncached(lang, _respond(proposal, lang, media_type((JSON, PLAIN))))
