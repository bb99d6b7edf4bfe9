"""The Reconciliation Service API 0.2, for OpenRefine and its like, below /reconcile, or /reconcile/zh in Chinese.

JSONP is not offered: it would have a client run what we send as its own program; CORS serves the same end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import orjson
from flask import Blueprint, Response, redirect, render_template, request
from marshmallow import Schema, ValidationError

from negative_list.errors import NotHeld, ProposalError
from negative_list.places import Location
from negative_list.standing import Situation
from service import caching
from service.negotiation import FORM, HTML, JSON, json_response, language, media_type
from service.parsing import StrictParser
from service.problems import Problem, nearest, validation_errors
from service.reconcile_manifest import BATCH, manifest
from service.reconcile_schemas import (
    MOST_IDS,
    ExtensionSchema,
    IdSchema,
    PrefixSchema,
    ProposeSchema,
    QuerySchema,
    SendSchema,
)
from service.reconciliation import MOST_CANDIDATES, TYPES, Entity
from service.reconciliation_properties import PROPERTIES, Asked, Property
from service.state import state, today

blueprint = Blueprint("reconcile", __name__)
# A preview stands in a frame of whatever page reconciles.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *"
_PARSER = StrictParser()


def _route(path: str, *methods: str) -> Callable[[Any], Any]:
    """A route below /reconcile, where Accept-Language decides, and below the same with a language."""

    def decorate(view: Any) -> Any:
        for prefix in ("/reconcile", "/reconcile/<any(en, zh):lang>"):
            blueprint.add_url_rule(prefix + path, view.__name__, view, methods=methods or ("GET",))
        return view

    return decorate


def _query(schema: Schema) -> Any:
    if "callback" in request.args:
        detail = "JSONP is not offered, since it runs what is sent as a program; use CORS."
        raise Problem(400, detail, [{"parameter": "callback", "code": "unknown_field", "detail": detail}])
    return _PARSER.parse(schema, request, location="query", error_status_code=400)


@_route("", "GET", "POST")
def reconcile(lang: str | None = None) -> Response:
    """The manifest; or the candidates for a batch of queries, or the values of properties, by GET or POST."""
    spoken = language(lang)
    if request.method in ("GET", "HEAD"):
        sent = _query(SendSchema())
        if not sent:
            root, own = _root(), f"/reconcile/{lang}" if lang else "/reconcile"
            # The manifest names the address it was asked at.
            media = f"{media_type((JSON,))} {root}"
            return caching.answer(spoken, media, lambda: json_response(manifest(root, own, spoken)))
    else:
        sent = _form()
    media_type((JSON,))
    if len(sent) != 1:
        detail = "Give either queries or extend."
        raise Problem(_wrong(), detail, [_place("") | {"code": "invalid", "detail": detail}])
    name, text = next(iter(sent.items()))
    body = _json(name, text)
    answered = _candidates(body, spoken) if name == "queries" else _extension(body, spoken)
    return caching.uncached(spoken, json_response(answered))


@_route("/suggest/entity")
def suggest_entity(lang: str | None = None) -> Response:
    """Entities whose name a prefix may become."""
    query, spoken = _query(PrefixSchema()), language(lang)

    def make() -> Response:
        current = state()
        types = [query["type"]] if query.get("type") in TYPES else list(TYPES)
        after = query["cursor"] + query["limit"]
        found = current.reconciler.suggestions(query["prefix"], types, after)[query["cursor"] :]
        return json_response({"result": [_named(entity, spoken) for entity in found]})

    return caching.answer(spoken, media_type((JSON,)), make, confidential=True)


@_route("/suggest/property")
def suggest_property(lang: str | None = None) -> Response:
    """Properties whose name a prefix may become."""
    query, spoken = _query(PrefixSchema()), language(lang)
    known = [(item.id, item.name[spoken]) for item in _properties(query.get("type"))]
    return caching.answer(spoken, media_type((JSON,)), lambda: json_response(_begun(known, query)))


@_route("/suggest/type")
def suggest_type(lang: str | None = None) -> Response:
    """Types whose name a prefix may become."""
    query, spoken = _query(PrefixSchema()), language(lang)
    known = [(id_, name[spoken]) for id_, name in TYPES.items()]
    return caching.answer(spoken, media_type((JSON,)), lambda: json_response(_begun(known, query)))


@_route("/properties")
def propose_properties(lang: str | None = None) -> Response:
    """The properties that entities of a type have."""
    query, spoken = _query(ProposeSchema()), language(lang)
    found = [{"id": item.id, "name": item.name[spoken]} for item in _properties(query.get("type"))]
    body = {"properties": found[: query["limit"]], "limit": query["limit"]}
    if "type" in query:
        body["type"] = query["type"]
    return caching.answer(spoken, media_type((JSON,)), lambda: json_response(body))


@_route("/preview")
def preview(lang: str | None = None) -> Response:
    """A small page on an entity, for a frame."""
    entity, spoken = _entity(), language(lang)

    def make() -> Response:
        current = state()
        asked = Asked(current.engine, current.presenters[spoken], Situation(today()))
        values = [
            (item.name[spoken], [value.get("name") or value.get("str") or value.get("float") for value in found])
            for item in _properties(entity.type)
            if item.id not in ("status", "label_en", "label_zh", "effective_from", "permitted")
            and (found := list(item.values(asked, entity.record)))
        ]
        page = render_template(
            "reconcile_preview.html",
            lang=spoken,
            entity=entity,
            type=TYPES[entity.type][spoken],
            values=values,
            address=current.settings.public_url + entity.address,
            notice=current.catalogue.notice[spoken],
        )
        response = Response(page, mimetype=HTML)
        response.headers["Content-Security-Policy"] = POLICY
        return response

    return caching.answer(spoken, media_type((HTML,)), make)


@_route("/view")
def view(lang: str | None = None) -> Any:
    """The record of an entity, whatever its type."""
    entity = _entity()
    return redirect(f"{state().settings.public_url}{entity.address}?lang={language(lang)}", 303)


def _root() -> str:
    """The address under which the service is reached; clients need it whole."""
    return state().settings.public_url or request.url_root.rstrip("/")


def _form() -> dict[str, str]:
    for name in request.args:
        fault = {"parameter": name, "code": "unknown_field", "detail": "is not read from the address here."}
        raise Problem(400, f"{name!r} is not read from the address here; put it in the form.", [fault])
    if request.mimetype != FORM:
        detail = f"The body must be {FORM}, named so in Content-Type."
        unread = {"parameter": "Content-Type", "code": "unsupported_media_type", "detail": detail, "allowed": [FORM]}
        raise Problem(415, detail, [unread])
    for name, values in request.form.lists():
        if len(values) > 1:
            detail = f"{name[:100]} is given {len(values)} times; give it once."
            raise Problem(422, detail, [{"pointer": f"/{name[:100]}", "code": "repeated", "detail": detail}])
    return dict(_loaded(SendSchema(), dict(request.form), ""))


def _wrong() -> int:
    """400 where a fault stood in the address, 422 where it stood in a body."""
    return 422 if request.method == "POST" else 400


def _place(pointer: str) -> dict[str, str]:
    return {"pointer": pointer}


def _json(name: str, text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        detail = f"{name} is not JSON: {error}."
        raise Problem(400, detail, [_place(f"/{name}") | {"code": "malformed_json", "detail": detail}]) from None


def _loaded(schema: Schema, value: Any, pointer: str) -> Any:
    """What a schema reads; Problem, which says where in what was sent, if it cannot."""
    try:
        return schema.load(value)
    except ValidationError as error:
        faults = [
            item | _place(pointer + item["pointer"])
            for _, item in zip(range(20), validation_errors({"json": error.messages}, schema), strict=False)
        ]
        raise Problem(_wrong(), " ".join(item["detail"] for item in faults[:3]), faults) from None


def _refuse(status: int, pointer: str, code: str, detail: str) -> Problem:
    return Problem(status, detail, [_place(pointer) | {"code": code, "detail": detail}])


def _candidates(body: Any, lang: str) -> dict[str, Any]:
    if not isinstance(body, dict):
        raise _refuse(_wrong(), "/queries", "invalid", "queries must be an object of queries by key.")
    if len(body) > BATCH:
        raise _refuse(413, "/queries", "too_many", f"{len(body)} queries are sent; at most {BATCH} are answered.")
    reconciler = state().reconciler
    schema = QuerySchema()
    read = {key: _loaded(schema, value, f"/queries/{key[:100]}") for key, value in body.items()}
    answered = {}
    for key, query in read.items():
        types = query.get("type") or list(TYPES)
        wanted = [(item["pid"], item["v"]) for item in query.get("properties", ())]
        limit = min(query["limit"], MOST_CANDIDATES)
        found = reconciler.candidates(query.get("query", ""), types, wanted, limit, today())
        answered[key] = {
            "result": [
                {
                    "id": item.entity.id,
                    "name": item.entity.label[lang],
                    "description": _description(item.entity, lang),
                    "type": [_type(item.entity, lang)],
                    "score": item.score,
                    "match": item.match,
                    "features": [{"id": name, "value": value} for name, value in item.features.items()],
                }
                for item in found
            ]
        }
    return answered


def _extension(body: Any, lang: str) -> dict[str, Any]:
    query = _loaded(ExtensionSchema(), body, "/extend")
    if len(query["ids"]) > MOST_IDS:
        raise _refuse(413, "/extend/ids", "too_many", f"{len(query['ids'])} ids are sent; at most {MOST_IDS} are read.")
    current = state()
    columns = [
        (
            PROPERTIES[item["id"]],
            Asked(
                current.engine,
                current.presenters[lang],
                _situation(item["settings"], f"/extend/properties/{number}/settings"),
            ),
        )
        for number, item in enumerate(query["properties"])
    ]
    held = current.reconciler.entities
    return {
        "meta": [_meta(item, lang) for item, _ in columns],
        "rows": {
            id_: {
                item.id: list(item.values(asked, held[id_].record))
                if id_ in held and held[id_].type in item.types
                else []
                for item, asked in columns
            }
            for id_ in query["ids"]
        },
    }


def _situation(settings: Mapping[str, Any], pointer: str) -> Situation:
    engine = state().engine
    try:
        location: Location | None = None
        if settings.get("place"):
            location = engine.reader.gazetteer.resolve(settings["place"])
        day = settings.get("as_of") or today()
        engine.catalogue.access_list(day)
    except ProposalError as error:
        name = "place" if error.field == "location" else error.field
        fault = _place(f"{pointer}/{name}") | {"code": error.code, "detail": error.detail}
        raise Problem(
            _wrong(), error.detail, [fault | ({"nearest": error.nearest} if error.nearest else {})]
        ) from None
    return Situation(day, location)


def _meta(item: Property, lang: str) -> dict[str, Any]:
    body: dict[str, Any] = {"id": item.id, "name": item.name[lang]}
    return body if item.refers is None else body | {"type": {"id": item.refers, "name": TYPES[item.refers][lang]}}


def _type(entity: Entity, lang: str) -> dict[str, str]:
    return {"id": entity.type, "name": TYPES[entity.type][lang]}


def _description(entity: Entity, lang: str) -> str:
    current = state()
    return current.reconciler.description(entity, current.presenters[lang], today())


def _named(entity: Entity, lang: str) -> dict[str, Any]:
    return {
        "id": entity.id,
        "name": entity.label[lang],
        "description": _description(entity, lang),
        "notable": [_type(entity, lang)],
    }


def _entity() -> Entity:
    id_ = _query(IdSchema())["id"]
    held = state().reconciler.entities
    if id_ not in held:
        raise NotHeld("entity", id_, nearest(id_, held))
    return held[id_]


def _properties(type_: str | None) -> list[Property]:
    """The properties of a type, or all of them for a type that is none of ours."""
    return [item for item in PROPERTIES.values() if type_ not in TYPES or type_ in item.types]


def _begun(known: Iterable[tuple[str, str]], query: Mapping[str, Any]) -> dict[str, Any]:
    prefix = query["prefix"].strip().casefold()
    found = [
        {"id": id_, "name": name}
        for id_, name in known
        if any(word.startswith(prefix) for word in (id_, name.casefold(), *name.casefold().split()))
    ]
    return {"result": found[query["cursor"] :][: query["limit"]]}
