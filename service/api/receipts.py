"""Receipts: whether an answer that was filed is the one its proposal gets."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from negative_list.errors import ProposalError
from negative_list.receipts import Receipt
from negative_list.verification import Claim, report, verify
from service import caching
from service.answer_schemas import VerificationSchema
from service.negotiation import JSON, json_response, language, media_type
from service.parsing import StrictBlueprint
from service.problems import Problem, refused
from service.schemas import ClaimSchema
from service.state import state, today

blueprint = StrictBlueprint("receipts", __name__, url_prefix="/v1", description="Receipts of answers.")


@blueprint.route("/receipts/verify")
class Verify(MethodView):
    """One receipt."""

    @blueprint.arguments(ClaimSchema)
    @blueprint.response(200, VerificationSchema, description="What came out.")
    @blueprint.operation("verifyReceipt", 413, 415, 422, unchanged=False)
    def post(self, given: dict[str, Any]) -> Response:
        """Verify a determination as it was returned, or a receipt with its proposal; nothing is logged or stored.

        ---
        The proposal is worked out anew. Anyone who holds a receipt can check a guess of the whole proposal in this
        way, so a receipt is as confidential as its proposal.
        """
        lang = language(given.get("lang"))
        media_type((JSON,))
        engine = state().engine
        # Where the fields of the proposal stand in the body.
        place = ""
        try:
            if "determination" in given:
                place = "/determination"
                claim = Claim.of_determination(given["determination"])
            else:
                claim = Claim(Receipt.parse(given["receipt"]), given["proposal"])
                place = "/proposal"
            found = verify(engine, claim, today())
        except ProposalError as error:
            status, item = refused(error, in_body=True)
            raise Problem(status, error.detail, [item | {"pointer": place + item["pointer"]}]) from None
        return caching.uncached(lang, json_response(report(engine, found, lang)))
