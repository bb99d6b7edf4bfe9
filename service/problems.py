"""Errors as RFC 9457 problem details: one shape for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from http import HTTPStatus
from itertools import islice
from typing import Any

import orjson
import structlog
from flask import Flask, Response, g, request
from rapidfuzz import fuzz, process
from werkzeug.exceptions import HTTPException

from negative_list.errors import NotHeld, ProposalError
from service.state import state

log = structlog.get_logger()

PROBLEM = "application/problem+json"
# However much is wrong, the answer stays short.
MAX_ERRORS = 20
MAX_SHOWN = 100
UNKNOWN = "Unknown field."

# type → title, what it means and how to mend it; /problems/{type} shows the text.
KINDS: dict[int, tuple[str, str, str]] = {
    400: ("bad-request", "Bad request", "A query parameter, a date or the JSON cannot be read as it stands."),
    404: ("not-found", "Not found", "No route or record has this address."),
    405: ("method-not-allowed", "Method not allowed", "The route exists but not with this method; see Allow."),
    406: ("not-acceptable", "Not acceptable", "None of the media types asked for is offered here."),
    413: ("content-too-large", "Content too large", "The body is larger than 1 MiB."),
    414: ("uri-too-long", "URI too long", "The address is longer than 8 KiB; use POST."),
    415: ("unsupported-media-type", "Unsupported media type", "The body must be application/json."),
    422: ("invalid-proposal", "Invalid proposal", "The request is well-formed, but a field of it cannot be accepted."),
    500: ("internal-error", "Internal error", "The service failed; the fault is logged under the request id."),
    503: ("unavailable", "Not ready", "The service is starting or its index does not match its data."),
}


class Problem(HTTPException):
    """An error with its details, to be raised anywhere in a request."""

    def __init__(self, status: int, detail: str, errors: Iterable[dict[str, Any]] = ()) -> None:
        super().__init__(detail)
        self.code = status
        self.errors = list(errors)


def problem(
    status: int, detail: str, errors: list[dict[str, Any]] | None = None, headers: Any = ()
) -> Response:
    """A problem response of a status with its details."""
    slug, title, _ = KINDS.get(status, ("", HTTPStatus(status).phrase, ""))
    body: dict[str, Any] = {
        "type": f"{state().settings.public_url}/problems/{slug}" if slug else "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": f"urn:request:{g.get('request_id', 'unknown')}",
        "errors": errors or [],
    }
    response = Response(orjson.dumps(body), status, mimetype=PROBLEM)
    for name, value in headers:
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = "en"
    return response


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like a given one, if any is like it."""
    found = process.extractOne(name[:MAX_SHOWN], list(known), scorer=fuzz.WRatio, score_cutoff=55)
    return None if found is None else str(found[0])


def register(app: Flask) -> None:
    """Let every error of an application leave as a problem."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(ProposalError, _proposal)
    app.register_error_handler(NotHeld, _not_held)
    app.register_error_handler(Exception, _unexpected)


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    data = getattr(error, "data", None)
    headers = list(error.get_headers()) if status in (405, 429, 503) else []
    if isinstance(error, Problem):
        return problem(status, str(error.description), error.errors, headers)
    if isinstance(data, dict) and "messages" in data:
        errors = list(islice(validation_errors(data["messages"], data.get("schema")), MAX_ERRORS))
        detail = " ".join(item["detail"] for item in errors[:3]) or "The request cannot be read."
        return problem(status, detail, errors, headers)
    return problem(status, KINDS[status][2] if status in KINDS else str(error.description), headers=headers)


def validation_errors(messages: Any, schema: Any) -> Iterator[dict[str, Any]]:
    """marshmallow's messages as error items, pointers for bodies and parameter names for queries."""
    known = [] if schema is None else [field.data_key or name for name, field in schema.fields.items()]
    for location, fields in messages.items() if isinstance(messages, dict) else [("json", messages)]:
        for path, message in _flatten(fields):
            item: dict[str, Any] = {}
            if location == "query":
                item["parameter"] = ".".join(path)
            else:
                item["pointer"] = "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in path)
            if isinstance(message, dict):
                item |= message
            else:
                item |= {"code": "invalid", "detail": str(message)}
            name = path[0] if path else ""
            if item["detail"] == UNKNOWN:
                suggestion = nearest(name, known)
                item |= {"code": "unknown_field", "allowed": known}
                item["detail"] = f"{name!r} is not known here."
                if suggestion:
                    item["detail"] += f" Did you mean {suggestion!r}?"
                    item["nearest"] = suggestion
            elif name and not item["detail"].startswith(name):
                item["detail"] = f"{'.'.join(path)}: {item['detail']}"
            yield item


def _flatten(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(node, dict) and isinstance(node.get("code"), str):
        yield path, node
    elif isinstance(node, dict):
        for key, value in node.items():
            of_whole = key == "_schema" and value != [UNKNOWN]
            yield from _flatten(value, path if of_whole else (*path, str(key)[:MAX_SHOWN]))
    elif isinstance(node, list):
        for value in node:
            yield from _flatten(value, path)
    else:
        yield path, node


def _proposal(error: ProposalError) -> Response:
    """400 where the value stood in the query, 422 where it stood in a body."""
    in_body = request.method == "POST"
    item: dict[str, Any] = {"pointer": f"/{error.field}"} if in_body else {"parameter": error.field}
    item |= {"code": error.code, "detail": error.detail}
    if error.allowed:
        item["allowed"] = error.allowed
    if error.nearest:
        item["nearest"] = error.nearest
    # A date or a place that cannot be used is named by the contract whichever way it came.
    status = {"too_early": 400, "unknown_place": 422}.get(error.code, 422 if in_body else 400)
    return problem(status, error.detail, [item])


def _not_held(error: NotHeld) -> Response:
    item = {"parameter": "id", "code": "not_held", "detail": str(error)}
    if error.nearest:
        item["nearest"] = error.nearest
    return problem(404, str(error), [item])


def _unexpected(error: Exception) -> Response:
    log_failure(error)
    return problem(500, KINDS[500][2])


def log_failure(error: BaseException | None) -> None:
    """Log that a request failed and where, and nothing of what it said."""
    # The message of an exception may quote the request, which is confidential: only its type and place go to the log.
    frame = None if error is None else error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    where = None if frame is None else f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}"
    log.error("request_failed", error=type(error).__name__, where=where, request_id=g.get("request_id"))
