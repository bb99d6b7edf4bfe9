"""Who may call the API: whoever holds a key, where an operator asks for keys (RFC 6750).

The pages, the description, health and metrics stay open, and so does a browser's question before a request from
elsewhere, which carries no key.
"""

from __future__ import annotations

from typing import cast

import structlog
from flask import Flask, Response, current_app, g, request
from flask_smorest import Api

from service.keys import FORM, Key, Keys, KeysError
from service.problems import Problem
from service.settings import Settings
from service.state import today

log = structlog.get_logger()

GUARDED = ("/v1", "/reconcile", "/mcp")
IN_ADDRESS = frozenset({"api_key", "apikey", "api-key", "x-api-key", "access_token"})
CHALLENGE = 'Bearer realm="negative-list"'
_KEY = "api_keys"
_PATH = "api_keys_path"


def register(app: Flask, settings: Settings) -> None:
    """Ask for keys if the settings name a file of them. Raises KeysError when it cannot be used."""
    if settings.api_keys is None:
        return
    app.extensions[_PATH] = settings.api_keys
    app.extensions[_KEY] = Keys.load(settings.api_keys)
    app.before_request(_admit)
    app.after_request(_keep_private)


def describe(api: Api, settings: Settings) -> None:
    """Say in the description of the API that a key is asked for, and how it is sent."""
    if settings.api_keys is not None:
        api.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer"})
        api.spec.components.security_scheme("header", {"type": "apiKey", "in": "header", "name": "X-API-Key"})
        api.spec.options["security"] = [{"bearer": []}, {"header": []}]


def reload_keys(app: Flask) -> None:
    """Put the file of keys into use as it is now, or log why it cannot be used and keep the keys in use."""
    path = app.extensions.get(_PATH)
    if path is None:
        return
    try:
        app.extensions[_KEY] = Keys.load(path)
    except KeysError as error:
        log.error("keys_refused", faults=error.faults)
    else:
        log.info("keys_loaded", keys=len(app.extensions[_KEY].by_id))


def caller() -> Key | None:
    """The key that this request was made with."""
    return cast("Key | None", g.get("caller"))


def is_guarded(path: str) -> bool:
    """Whether a path belongs to the API rather than to the pages and the operator."""
    return any(path == root or path.startswith(root + "/") for root in GUARDED)


def _admit() -> None:
    if request.method == "OPTIONS" or not is_guarded(request.path):
        return
    if any(name.lower() in IN_ADDRESS or FORM.search(value) for name, value in request.args.items(multi=True)):
        _refuse(
            400,
            "query",
            "key_in_address",
            "A key must not stand in an address, where it is logged on the way; send it as Authorization: Bearer. "
            "If it was a real one, have it replaced.",
        )
    g.caller = cast(Keys, current_app.extensions[_KEY]).find(_token(), today())
    if g.caller is None:
        _refuse(401, "Authorization", "unknown_key", "The key is unknown or has expired.", ', error="invalid_token"')


def _token() -> str:
    """The key sent. Raises Problem 401 when there is none, and 400 when there are two."""
    given = request.headers.get("Authorization", "")
    scheme, _, bearer = given.partition(" ")
    plain = request.headers.get("X-API-Key", "").strip()
    if given and scheme.lower() != "bearer":
        _refuse(401, "Authorization", "unknown_scheme", "The scheme of Authorization must be Bearer.")
    if bearer and plain:
        _refuse(400, "Authorization", "two_keys", "Send the key as Authorization: Bearer or as X-API-Key, not as both.")
    if not (bearer or plain):
        _refuse(401, "Authorization", "key_missing", "A key is asked for here; send it as Authorization: Bearer.")
    return bearer.strip() or plain


def _refuse(status: int, parameter: str, code: str, detail: str, more: str = "") -> None:
    headers = [("WWW-Authenticate", CHALLENGE + more)] if status == 401 else []
    raise Problem(status, detail, [{"parameter": parameter, "code": code, "detail": detail}], headers)


def _keep_private(response: Response) -> Response:
    # What is for holders of keys must not lie in a cache that others are answered from (RFC 9111, section 3.5).
    if is_guarded(request.path) and response.cache_control.public:
        response.cache_control.public = False
        response.cache_control.private = True
    return response
