"""How the reconciliation service stands in the OpenAPI description: each route as it is, and with a language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from flask import Flask
from flask_smorest import Api
from marshmallow import Schema

from negative_list.model import LANGUAGES
from service.description import Operation, answer, example_body, json_of, operation, problem
from service.negotiation import FORM, HTML, JSON
from service.reconcile_answer_schemas import (
    CandidatesSchema,
    ExtensionAnswerSchema,
    ManifestSchema,
    ProposedPropertiesSchema,
    SuggestedEntitiesSchema,
    SuggestedNamesSchema,
)
from service.reconcile_manifest import BATCH
from service.reconcile_schemas import ExtensionSchema, IdSchema, PrefixSchema, ProposeSchema, QuerySchema
from service.response_headers import EVERYWHERE, POSTED, described

TAG = "reconcile"
_HELD = (*POSTED, "ETag", "Last-Modified")
_PAGE = ("Content-Security-Policy", "Cross-Origin-Opener-Policy", "Permissions-Policy")
_ASKED = (400, 401, 414, 429, 500)
_QUERIES = orjson.dumps({"q0": {"query": "online games", "type": "activity", "limit": 3}}).decode()
_EXTEND = orjson.dumps({"ids": ["internet/online-games-operation"], "properties": [{"id": "status"}]}).decode()


def register(api: Api, app: Flask) -> None:
    """Describe the routes of service.api.reconcile, once they are mounted."""
    api.spec.tag({"name": TAG, "description": "The Reconciliation Service API 0.2, for OpenRefine and its like."})
    api.spec.components.schema("ReconciliationQuery", schema=QuerySchema)
    api.spec.components.schema("ReconciliationExtension", schema=ExtensionSchema)
    api.spec.components.schema("Candidates", schema=CandidatesSchema)
    by_key = {
        "type": "object",
        "description": "The candidates for each query, by its key.",
        "additionalProperties": {"$ref": "#/components/schemas/Candidates"},
    }
    api.spec.components.schema("CandidatesByKey", by_key)
    for view, made in _VIEWS.items():
        for rule in app.url_map.iter_rules(f"{TAG}.{view}"):
            if "lang" in rule.arguments:
                api.spec.path(rule=rule, operations=_in_language(made()), parameters=[_language()])
            else:
                api.spec.path(rule=rule, operations=made())


def _in_language(operations: dict[str, Operation]) -> dict[str, Operation]:
    """The operations of a route in whose path the language stands, as operations of their own."""
    for one in operations.values():
        one["operationId"] += "InLanguage"
        one["responses"][404] = problem(404)
    return operations


def _language() -> dict[str, Any]:
    schema = {"type": "string", "enum": list(LANGUAGES), "example": "zh"}
    meaning = "The language of the answer."
    return {"in": "path", "name": "lang", "required": True, "description": meaning, "schema": schema}


def _sent() -> dict[str, dict[str, Any]]:
    """What may be asked of the endpoint, each as JSON in a text."""
    of_query = {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/ReconciliationQuery"}}
    of_extension = {"$ref": "#/components/schemas/ReconciliationExtension"}
    return {
        name: {
            "type": "string",
            "contentMediaType": JSON,
            "contentSchema": schema,
            "description": meaning,
            "example": example,
        }
        for name, schema, meaning, example in (
            ("queries", of_query, f"Queries by a key of your own, at most {BATCH}, in JSON.", _QUERIES),
            ("extend", of_extension, "Ids of entities and the properties wanted of them, in JSON.", _EXTEND),
        )
    }


def _reconcile() -> dict[str, Operation]:
    by_key = {"$ref": "#/components/schemas/CandidatesByKey"}
    answered = "By the keys of the queries their candidates, or the values of the properties."
    asked = [
        {"in": "query", "name": name, "required": False, "description": schema["description"], "schema": schema}
        for name, schema in _sent().items()
    ]
    form = {
        "type": "object",
        "properties": _sent(),
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }
    either = {"anyOf": [ManifestSchema, ExtensionAnswerSchema, by_key]}
    got = {200: answer(f"The manifest. {answered}", _HELD, json_of(either)), 304: _unchanged()}
    posted = {200: answer(answered, POSTED, json_of({"anyOf": [ExtensionAnswerSchema, by_key]}))}
    return {
        "get": operation(
            "reconcile",
            TAG,
            "The manifest; or with `queries` or `extend`, of which one may be given, what POST answers.",
            got,
            (*_ASKED, 406, 413),
            parameters=asked,
        ),
        "post": operation(
            "reconcileConfidentially",
            TAG,
            "The entities that names may mean, or the values of properties; what is asked stands in no address.",
            posted,
            (*_ASKED, 406, 413, 415, 422),
            requestBody=example_body(FORM, form, {"queries": {"queries": _QUERIES}, "extend": {"extend": _EXTEND}}),
        ),
    }


def _asked(
    id_: str, summary: str, query: type[Schema], schema: type[Schema], what: str
) -> Callable[[], dict[str, Operation]]:
    """The description of a route that answers a query with JSON."""

    def made() -> dict[str, Operation]:
        answers = {200: answer(what, _HELD, json_of(schema)), 304: _unchanged()}
        return {"get": operation(id_, TAG, summary, answers, (*_ASKED, 406), parameters=_query(query))}

    return made


def _preview() -> dict[str, Operation]:
    answers = {200: answer("The page.", (*_HELD, *_PAGE), {HTML: {"type": "string"}}), 304: _unchanged()}
    summary = "A small page on an entity, for a frame."
    return {"get": operation("previewEntity", TAG, summary, answers, (*_ASKED, 404, 406), parameters=_query(IdSchema))}


def _view() -> dict[str, Operation]:
    answers = {303: answer("The record is there.", (*EVERYWHERE, "Location", *_PAGE), {HTML: {"type": "string"}})}
    summary = "The address of the record of an entity, whatever its type."
    return {"get": operation("viewEntity", TAG, summary, answers, (*_ASKED, 404), parameters=_query(IdSchema))}


def _query(schema: type[Schema]) -> list[dict[str, Any]]:
    return [{"in": "query", "schema": schema}]


def _unchanged() -> dict[str, Any]:
    return {"description": "The client holds this answer already.", "headers": described(*_HELD)}


_VIEWS: dict[str, Callable[[], dict[str, Operation]]] = {
    "reconcile": _reconcile,
    "suggest_entity": _asked(
        "suggestEntities",
        "Entities whose name a text being typed may become.",
        PrefixSchema,
        SuggestedEntitiesSchema,
        "Entities, best first.",
    ),
    "suggest_property": _asked(
        "suggestProperties",
        "Properties whose name a text being typed may become.",
        PrefixSchema,
        SuggestedNamesSchema,
        "Properties.",
    ),
    "suggest_type": _asked(
        "suggestTypes",
        "Types whose name a text being typed may become.",
        PrefixSchema,
        SuggestedNamesSchema,
        "Types.",
    ),
    "propose_properties": _asked(
        "proposeProperties",
        "The properties that entities of a type have.",
        ProposeSchema,
        ProposedPropertiesSchema,
        "Properties.",
    ),
    "preview": _preview,
    "view": _view,
}
