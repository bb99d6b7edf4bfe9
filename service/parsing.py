"""How requests are parsed: strict JSON, strict keys, every fault a problem."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from flask import Request
from flask_smorest import Blueprint
from marshmallow import RAISE, Schema, fields
from webargs.flaskparser import FlaskParser, abort

from service.limits import MAX_BODY
from service.negotiation import JSON
from service.problems import KINDS, PROBLEM, Problem
from service.schemas import ProblemSchema


class StrictParser(FlaskParser):
    """Refuses unknown keys everywhere, and JSON that is not JSON (NaN, lone surrogates, bottomless nesting)."""

    DEFAULT_UNKNOWN_BY_LOCATION = FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION | {"json": RAISE, "query": RAISE}

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
            return orjson.loads(data)
        except orjson.JSONDecodeError as error:
            fault = {"code": "malformed_json", "detail": f"The body is not JSON: {error}."}
            return abort(400, messages={"json": fault})

    def load_querystring(self, req: Request, schema: Schema) -> Any:
        """The query. A parameter given twice is refused where only one value makes sense."""
        for name, values in req.args.lists():
            if len(values) > 1 and not isinstance(schema.fields.get(name), fields.List):
                fault = {"code": "repeated", "detail": f"is given {len(values)} times; give it once."}
                abort(400, messages={"query": {name: fault}})
        return super().load_querystring(req, schema)


class StrictBlueprint(Blueprint):
    """A blueprint whose arguments are parsed strictly and whose problems are described."""

    ARGUMENTS_PARSER = StrictParser()

    def operation(self, id_: str, *statuses: int, unchanged: bool = True) -> Callable[[Any], Any]:
        """Describe an operation: its id, the problems of every route and those of the statuses given."""

        def decorate(view: Any) -> Any:
            for status in sorted({400, 401, 406, 414, 429, 500, *statuses}):
                described = {"schema": ProblemSchema, "content_type": PROBLEM, "description": KINDS[status][2]}
                view = self.alt_response(status, **described)(view)
            if unchanged:
                view = self.alt_response(304, description="The client holds this answer already.")(view)
            return self.doc(operationId=id_)(view)

        return decorate


def id_parameter(name: str, what: str, example: str) -> list[dict[str, Any]]:
    """The description of an id in a path; its slashes may stand as they are or be percent-encoded."""
    schema = {"type": "string", "minLength": 1, "example": example}
    return [{"in": "path", "name": name, "required": True, "description": what, "schema": schema}]
