"""How health, readiness, metrics and the Model Context Protocol stand in the OpenAPI description."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_smorest import Api
from marshmallow import fields, validate

from service.answer_schemas import AnswerSchema
from service.description import Operation, answer, example_body, json_of, operation
from service.history_schemas import DatasetRefSchema
from service.negotiation import JSON, PLAIN
from service.problems import KINDS, PROBLEM
from service.schemas import ProblemSchema

OPENMETRICS = "application/openmetrics-text"
# Probes and scrapers ask without a key and without limit.
_OPEN: dict[str, Any] = {"security": []}
_ALWAYS = (400, 414, 500)
_MESSAGE = {"type": "object"}
_VERSION = {
    "in": "header",
    "name": "MCP-Protocol-Version",
    "required": False,
    "description": "The version of the protocol spoken.",
    "schema": {"type": "string", "example": "2025-11-25"},
}
_CALL = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "tools/call",
    "params": {"name": "get_entry", "arguments": {"id": "cn/national/2024/12"}},
}


class HealthSchema(AnswerSchema):
    """That the process is alive."""

    status = fields.String(validate=validate.Equal("ok"))


class ReadinessSchema(AnswerSchema):
    """That questions are answered, and from which data."""

    status = fields.String(validate=validate.Equal("ready"))
    dataset = fields.Nested(DatasetRefSchema)


def register(api: Api, app: Flask) -> None:
    """Describe the routes of service.api.system and service.api.mcp, once they are mounted."""
    api.spec.tag({"name": "system", "description": "Health, readiness and metrics, for who runs the service."})
    api.spec.tag({"name": "mcp", "description": "The Model Context Protocol, for models that use tools."})
    described = {
        "system.healthz": {"get": _health()},
        "system.readyz": {"get": _readiness()},
        "system.exposition": {"get": _metrics()},
        "mcp.exchange": {"post": _exchange()},
    }
    for endpoint, operations in described.items():
        for rule in app.url_map.iter_rules(endpoint):
            api.spec.path(rule=rule, operations=operations)


def _health() -> Operation:
    alive = answer("The process is alive.", media=json_of(HealthSchema))
    return operation("getHealth", "system", "Whether the process is alive.", {200: alive}, _ALWAYS, **_OPEN)


def _readiness() -> Operation:
    ready = answer("Questions are answered.", media=json_of(ReadinessSchema))
    summary = "Whether the index answers and matches the data."
    return operation("getReadiness", "system", summary, {200: ready}, (*_ALWAYS, 503), **_OPEN)


def _metrics() -> Operation:
    counted = answer("The metrics.", media={PLAIN: {"type": "string"}, OPENMETRICS: {"type": "string"}})
    summary = "What was counted, for Prometheus, summed over the processes of this service."
    return operation("getMetrics", "system", summary, {200: counted}, _ALWAYS, **_OPEN)


def _exchange() -> Operation:
    answers = {
        200: answer("The answer to the message.", media=json_of(_MESSAGE)),
        202: answer("A notification was taken; nothing answers it."),
        # What the protocol itself refuses is told in its own words.
        400: answer(KINDS[400][2], media={PROBLEM: ProblemSchema, JSON: _MESSAGE}),
        404: answer("The protocol knows no such method.", media=json_of(_MESSAGE)),
        406: answer("Accept must name JSON.", media=json_of(_MESSAGE)),
    }
    return operation(
        "exchangeMessage",
        "mcp",
        "One JSON-RPC message of the Model Context Protocol, without a session.",
        answers,
        (401, 403, 413, 414, 415, 421, 429, 500),
        parameters=[_VERSION],
        requestBody=example_body(JSON, _MESSAGE, {"call": _CALL}),
    )
