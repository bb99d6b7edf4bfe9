"""Health, readiness, metrics and the pages that problem types lead to."""

from __future__ import annotations

from flask import Blueprint, Response, request

from service import metrics
from service.negotiation import json_response
from service.problems import problem
from service.state import state

blueprint = Blueprint("system", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Whether the process is alive."""
    response = json_response({"status": "ok"})
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/readyz")
def readyz() -> Response:
    """Whether the index answers and matches the data."""
    current = state()
    if not current.engine.index.is_sound():
        return problem(503, "The index and the data differ.", headers=[("Retry-After", "5")])
    body = {"status": "ready", "dataset": {"version": current.catalogue.version, "digest": current.catalogue.digest}}
    response = json_response(body)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/metrics")
def exposition() -> Response:
    """What was counted, for Prometheus, summed over the processes of this service."""
    body, kind = metrics.exposition(state().catalogue, request.headers.get("Accept", ""))
    response = Response(body, content_type=kind)
    response.headers["Cache-Control"] = "no-store"
    return response
