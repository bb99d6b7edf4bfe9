"""The main job: a proposal in, a determination out."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from negative_list.determination import Determination
from service import caching
from service.negotiation import JSON, PLAIN, json_response, language, media_type, plain_response
from service.parsing import StrictBlueprint
from service.schemas import DeterminationSchema, ProblemSchema, ProposalSchema
from service.state import state, today

blueprint = StrictBlueprint(
    "determinations", __name__, url_prefix="/v1", description="Whether a proposed investment is open, and why."
)


def _respond(proposal: dict[str, Any], lang: str, media: str) -> Response:
    current = state()
    presenter = current.presenters[lang]
    result: Determination = current.engine.determine(proposal, today())
    if media == PLAIN:
        return plain_response(presenter.plain(result))
    return json_response(presenter.determination(result, proposal.get("ref")))


@blueprint.route("/determinations")
class Determinations(MethodView):
    """One proposal, one determination; GET and POST answer alike."""

    @blueprint.arguments(ProposalSchema, location="query", error_status_code=400)
    @blueprint.response(200, DeterminationSchema, description="The determination.")
    @blueprint.alt_response(400, schema=ProblemSchema, content_type="application/problem+json")
    def get(self, proposal: dict[str, Any]) -> Response:
        """Determine a proposal given as query parameters.

        ---
        A proposal is confidential: prefer POST where the address may be logged on the way.
        """
        lang = language(proposal.get("lang"))
        media = media_type((JSON, PLAIN))
        return caching.answer(lang, media, lambda: _respond(proposal, lang, media), confidential=True)

    @blueprint.arguments(ProposalSchema)
    @blueprint.response(200, DeterminationSchema, description="The determination.")
    @blueprint.alt_response(400, schema=ProblemSchema, content_type="application/problem+json")
    @blueprint.alt_response(415, schema=ProblemSchema, content_type="application/problem+json")
    @blueprint.alt_response(422, schema=ProblemSchema, content_type="application/problem+json")
    def post(self, proposal: dict[str, Any]) -> Response:
        """Determine a proposal given as a JSON body; nothing of it is logged or stored."""
        lang = language(proposal.get("lang"))
        return caching.uncached(lang, _respond(proposal, lang, media_type((JSON, PLAIN))))
