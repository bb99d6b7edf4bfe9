"""The Model Context Protocol over HTTP: one route, without sessions, that answers a message with JSON."""

from __future__ import annotations

import os
import re
import threading
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, current_app, request

from service.limits import MAX_BODY
from service.negotiation import JSON
from service.problems import KINDS, Problem
from service.state import State, state

if TYPE_CHECKING:
    from service.mcp.bridge import Bridge

blueprint = Blueprint("mcp", __name__)
_KEY = "negative_list_mcp"
_LOOPBACK = re.compile(r"(https?://)?(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?")
_starting = threading.Lock()


@blueprint.post("/mcp")
def exchange() -> Response:
    """Hand a message to the SDK and its answer back."""
    _check_caller()
    if request.mimetype != JSON:
        fault = {"parameter": "Content-Type", "code": "unsupported_media_type", "allowed": [JSON]}
        raise Problem(415, KINDS[415][2], [fault | {"detail": KINDS[415][2]}])
    body = request.get_data()
    if len(body) > MAX_BODY:
        raise Problem(413, KINDS[413][2])
    response = _bridge().exchange(request.environ, body)
    response.headers["Cache-Control"] = "no-store"
    return response


def _check_caller() -> None:
    """Refuse the pages of strangers, which a browser may be led to send here (DNS rebinding).

    403 as the specification asks for an Origin that is not allowed; 421 (RFC 9110, section 15.5.20) for a host that
    is not ours, where the public address is known.
    """
    settings = state().settings
    allowed = (*settings.allowed_origins, *([_origin(settings.public_url)] if settings.public_url else []))
    origin = request.headers.get("Origin")
    if origin is not None and origin not in allowed and not _LOOPBACK.fullmatch(origin):
        fault = {"parameter": "Origin", "code": "not_allowed"}
        fault["detail"] = "Pages of this origin may not call; NEGATIVE_LIST_ALLOWED_ORIGINS names those that may."
        raise Problem(403, fault["detail"], [fault])
    host = request.headers.get("Host", "")
    hosts = {urlsplit(item).netloc for item in allowed}
    if settings.public_url and host not in hosts and not _LOOPBACK.fullmatch(host):
        fault = {"parameter": "Host", "code": "not_allowed"}
        fault["detail"] = "The service does not go by this name; NEGATIVE_LIST_PUBLIC_URL names it."
        raise Problem(421, fault["detail"], [fault])


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _bridge() -> Bridge:
    """The bridge of this process, made for the first message: a thread does not outlive a fork.

    Importing the SDK takes longer than everything else at a start, and most services are never asked for it.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    with _starting:
        bridge: Bridge | None = app.extensions.get(_KEY)
        if bridge is None or bridge.pid != os.getpid():
            from service.mcp.bridge import Bridge

            bridge = app.extensions[_KEY] = Bridge(lambda: _state_of(app))
    return bridge


def _state_of(app: Flask) -> State:
    """The state in use, for a thread that answers no request of the application."""
    with app.app_context():
        return state()
