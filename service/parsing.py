"""How requests are parsed: strict JSON, strict keys, every fault a problem."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import orjson
from flask import Request
from flask_smorest import Blueprint
from marshmallow import RAISE, Schema, fields
from webargs.flaskparser import FlaskParser, abort

from service import deprecation
from service.limits import MAX_BODY
from service.negotiation import JSON
from service.problems import KINDS, PROBLEM, Problem
from service.response_headers import ACCEPT_DATETIME, CACHED, EVERYWHERE, POSTED, described
from service.schemas import ProblemSchema
from service.state import state
from service.tables import CSV, NDJSON


class StrictParser(FlaskParser):
    """Refuses unknown keys everywhere, and JSON that is not JSON (NaN, lone surrogates, bottomless nesting)."""

    DEFAULT_UNKNOWN_BY_LOCATION = FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION | {"json": RAISE, "query": RAISE}

    def parse(self, argmap: Any, *args: Any, **options: Any) -> Any:
        """What a request gives by a schema; 410 where it is sound but asks for data that are not held."""
        parsed = super().parse(argmap, *args, **options)
        if isinstance(parsed, dict) and (version := parsed.get("dataset")) is not None:
            _check_version(version)
        return parsed

    def load_json(self, req: Request, schema: Schema) -> Any:
        """The body as JSON; 415 for another media type, 413 for too much, 400 for what is not well-formed."""
        if req.mimetype != JSON:
            detail = f"The body must be {JSON}, named so in Content-Type."
            fault = {"parameter": "Content-Type", "code": "unsupported_media_type", "detail": detail, "allowed": [JSON]}
            raise Problem(415, detail, [fault])
        for name in req.args:
            fault = {"code": "unknown_field", "detail": "is not read from the address here; put it in the body."}
            abort(400, messages={"query": {name: fault}})
        data = req.get_data(cache=True)
        if len(data) > MAX_BODY:
            abort(413)
        try:
            body = orjson.loads(data)
        except orjson.JSONDecodeError as error:
            fault = {"code": "malformed_json", "detail": f"The body is not JSON: {error}."}
            return abort(400, messages={"json": fault})
        if isinstance(body, dict):
            deprecation.note_fields(schema, body)
        return body

    def load_querystring(self, req: Request, schema: Schema) -> Any:
        """The query. A parameter given twice is refused where only one value makes sense."""
        for name, values in req.args.lists():
            if len(values) > 1 and not isinstance(schema.fields.get(name), fields.List):
                fault = {"code": "repeated", "detail": f"is given {len(values)} times; give it once."}
                abort(400, messages={"query": {name: fault}})
        deprecation.note_fields(schema, req.args)
        return super().load_querystring(req, schema)


def _check_version(asked: str) -> None:
    """Refuse data that are not held, whichever version they are."""
    version = state().catalogue.version
    if asked != version:
        detail = f"The data version {asked[:64]!r} is not held here; {version!r} is. Leave out dataset to ask that."
        fault = {"parameter": "dataset", "code": "other_data", "detail": detail, "allowed": [version]}
        raise Problem(410, detail, [fault])


class StrictBlueprint(Blueprint):
    """A blueprint whose arguments are parsed strictly and whose problems are described."""

    ARGUMENTS_PARSER = StrictParser()

    def operation(
        self,
        id_: str,
        *statuses: int,
        unchanged: bool = True,
        listed: bool = False,
        by_day: bool = False,
        confidential: bool = False,
    ) -> Callable[[Any], Any]:
        """Describe an operation: its id, the problems of every route and those of the statuses given.

        `unchanged` says that its answers have validators, `listed` that they are offered as tables too, `by_day` that
        Accept-Datetime is honoured, `confidential` that no header repeats the query. 308 among the statuses says that
        an id renamed leads on.
        """
        headers = [*(CACHED if unchanged else POSTED)]
        statuses += (410,) if unchanged else ()
        headers += ["Content-Location"] if unchanged and not confidential else []
        headers += ["Memento-Datetime"] if by_day else []

        def decorate(view: Any) -> Any:
            view = self.doc(operationId=id_, responses={200: {"headers": described(*headers)}})(view)
            for status in sorted({400, 401, 406, 414, 429, 500, *statuses} - {308}):
                told = {"schema": ProblemSchema, "content_type": PROBLEM, "description": KINDS[status][2]}
                _tell(view, status, **told, headers=described(*EVERYWHERE, "Cache-Control"))
            if unchanged:
                held = "The client holds this answer already."
                _tell(view, 304, description=held, headers=described(*headers))
            if 308 in statuses:
                led = described(*EVERYWHERE, "Cache-Control", "Location")
                _tell(view, 308, description="The id has another name now.", headers=led)
            for media in (NDJSON, CSV) if listed else ():
                _tell(view, 200, schema={"type": "string"}, content_type=media, description="The items alone.")
            if by_day:
                view._apidoc.setdefault("arguments", {}).setdefault("parameters", []).append(ACCEPT_DATETIME)
            return view

        return decorate

    def deprecated(self, notice: deprecation.Notice) -> Callable[[Any], Any]:
        """Mark an operation that should no longer be used, in its answers and in the description."""

        def decorate(view: Any) -> Any:
            @wraps(view)
            def marked(*args: Any, **options: Any) -> Any:
                deprecation.note(notice)
                return view(*args, **options)

            return self.doc(deprecated=True)(marked)

        return decorate


def _tell(view: Any, status: int, **told: Any) -> None:
    """Describe one more answer of a view, where flask-smorest looks for it.

    Its own `alt_response` wraps the view and copies all that is described so far, each time: a tenth of the start.
    """
    answers = view._apidoc.setdefault("response", {}).setdefault("responses", {})
    answers.setdefault(status, []).append({"content_type": None, **told})


def id_parameter(name: str, what: str, example: str) -> list[dict[str, Any]]:
    """The description of an id in a path; its slashes may stand as they are or be percent-encoded."""
    schema = {"type": "string", "minLength": 1, "example": example}
    return [{"in": "path", "name": name, "required": True, "description": what, "schema": schema}]
