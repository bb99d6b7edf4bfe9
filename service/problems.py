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

from negative_list.errors import NotHeld, ProposalError, Withdrawn
from service.state import state

log = structlog.get_logger()

PROBLEM = "application/problem+json"
# However much is wrong, the answer stays short.
MAX_ERRORS = 20
MAX_SHOWN = 100
UNKNOWN = "Unknown field."

# type → title and what it means; /problems/{type} says so too, in both languages, and how to mend it.
KINDS: dict[int, tuple[str, str, str]] = {
    400: ("bad-request", "Bad request", "A query parameter, a date or the JSON cannot be read as it stands."),
    401: ("unauthorized", "Unauthorized", "An API key is asked for here, and none that is valid came; see the detail."),
    403: ("forbidden", "Forbidden", "Pages of this origin may not call here."),
    404: ("not-found", "Not found", "No route or record has this address."),
    405: ("method-not-allowed", "Method not allowed", "The route exists but not with this method; see Allow."),
    406: ("not-acceptable", "Not acceptable", "None of the media types asked for is offered here."),
    410: ("gone", "Gone", "The id was withdrawn, or the data version or the list of the cursor is no longer held."),
    413: ("content-too-large", "Content too large", "The body is larger than is read here: 1 MiB, 8 MiB for a batch."),
    414: ("uri-too-long", "URI too long", "The address is longer than 8 KiB; use POST."),
    415: ("unsupported-media-type", "Unsupported media type", "The body has a media type that is not read here."),
    421: ("misdirected-request", "Misdirected request", "The service does not go by the name in Host."),
    422: ("invalid-proposal", "Invalid proposal", "The request is well-formed, but a field of it cannot be accepted."),
    429: ("too-many-requests", "Too many requests", "The limit of this client is used up; Retry-After says when not."),
    500: ("internal-error", "Internal error", "The service failed; the fault is logged under the request id."),
    503: ("unavailable", "Not ready", "The service is starting or its index does not match its data."),
}


class Problem(HTTPException):
    """An error with its details and headers of its own, to be raised anywhere in a request."""

    def __init__(
        self,
        status: int,
        detail: str,
        errors: Iterable[dict[str, Any]] = (),
        headers: Iterable[tuple[str, str]] = (),
    ) -> None:
        super().__init__(detail)
        self.code = status
        self.errors = list(errors)
        self.headers = list(headers)


def document(status: int, detail: str, errors: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """The problem details of a status, as JSON."""
    slug, title, _ = KINDS.get(status, ("", HTTPStatus(status).phrase, ""))
    return {
        "type": f"{state().settings.public_url}/problems/{slug}" if slug else "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": f"urn:request:{g.get('request_id', 'unknown')}",
        "errors": errors or [],
    }


def problem(
    status: int, detail: str, errors: list[dict[str, Any]] | None = None, headers: Any = ()
) -> Response:
    """A problem response of a status with its details."""
    response = Response(orjson.dumps(document(status, detail, errors)), status, mimetype=PROBLEM)
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
    app.register_error_handler(Withdrawn, _withdrawn)
    app.register_error_handler(Exception, _unexpected)


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    data = getattr(error, "data", None)
    headers = list(error.get_headers()) if status in (405, 429, 503) else []
    if isinstance(error, Problem):
        return problem(status, str(error.description), error.errors, error.headers)
    if isinstance(data, dict) and "messages" in data:
        return problem(status, *invalid(data["messages"], data.get("schema")), headers)
    return problem(status, KINDS[status][2] if status in KINDS else str(error.description), headers=headers)


def invalid(messages: Any, schema: Any) -> tuple[str, list[dict[str, Any]]]:
    """What marshmallow found wrong, as the detail and the error items of a problem."""
    errors = list(islice(validation_errors(messages, schema), MAX_ERRORS))
    return " ".join(item["detail"] for item in errors[:3]) or "The request cannot be read.", errors


def validation_errors(messages: Any, schema: Any) -> Iterator[dict[str, Any]]:
    """marshmallow's messages as error items, pointers for bodies and parameter names for queries."""
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
                known = _names(schema, path[:-1])
                suggestion = nearest(path[-1], known)
                item |= {"code": "unknown_field", "allowed": known}
                item["detail"] = f"{path[-1]!r} is not known here."
                if suggestion:
                    item["detail"] += f" Did you mean {suggestion!r}?"
                    item["nearest"] = suggestion
            elif name and not item["detail"].startswith(name):
                item["detail"] = f"{'.'.join(path)}: {item['detail']}"
            yield item


def _names(schema: Any, path: Iterable[str]) -> list[str]:
    """The names that a schema knows, or the one nested in it at a path."""
    for step in path:
        schema = getattr(schema.fields.get(step), "schema", None) if schema is not None else None
    return [] if schema is None else [field.data_key or name for name, field in schema.fields.items()]


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
    status, item = refused(error, in_body=request.method == "POST")
    return problem(status, error.detail, [item])


def refused(error: ProposalError, *, in_body: bool) -> tuple[int, dict[str, Any]]:
    """The status and the error item of a proposal refused: 400 where the value stood in the query, 422 in a body."""
    item: dict[str, Any] = {"pointer": f"/{error.field}"} if in_body else {"parameter": error.field}
    item |= {"code": error.code, "detail": error.detail}
    if error.allowed:
        item["allowed"] = error.allowed
    if error.nearest:
        item["nearest"] = error.nearest
    # A date or a place that cannot be used is named by the contract whichever way it came.
    return {"too_early": 400, "unknown_place": 422}.get(error.code, 422 if in_body else 400), item


def _not_held(error: NotHeld) -> Response:
    item = {"parameter": "id", "code": "not_held", "detail": str(error)}
    if error.nearest:
        item["nearest"] = error.nearest
    return problem(404, str(error), [item])


def _withdrawn(error: Withdrawn) -> Response:
    return problem(410, str(error), [{"parameter": "id", "code": "withdrawn", "detail": str(error)}])


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
