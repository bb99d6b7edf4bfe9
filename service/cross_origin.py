"""Which pages of others may call the API from a browser (the Fetch standard's CORS protocol)."""

from __future__ import annotations

import re

from flask import Flask, Response, request
from flask_cors import CORS

from service.settings import Settings

# What a page elsewhere may call or bring in; the pages of the service itself are nobody else's to read.
SHARED = re.compile(r"/(?:v1|reconcile|mcp|problems)(?:/.*)?\Z|/openapi\.json\Z|/embed(?:\.js|/.*)?\Z")
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
ASKED_WITH = (
    "Accept", "Accept-Datetime", "Accept-Language", "Authorization", "Content-Language", "Content-Type",
    "If-Modified-Since", "If-None-Match", "Mcp-Protocol-Version", "Mcp-Session-Id", "X-API-Key", "X-Request-Id",
    "traceparent", "tracestate",
)  # fmt: skip
EXPOSED = (
    "Content-Disposition", "Content-Language", "Deprecation", "ETag", "Last-Modified", "Link", "Mcp-Session-Id",
    "Memento-Datetime", "RateLimit", "RateLimit-Policy", "Retry-After", "Sunset", "WWW-Authenticate",
    "X-Dataset-Version", "X-Request-Id", "traceparent",
)  # fmt: skip
# The longest that browsers keep the answer to the question before a request.
MAX_AGE = 7_200


def register(app: Flask, settings: Settings) -> None:
    """Let the origins of the settings in, never with credentials of the browser; none by default."""
    origins = settings.allowed_origins
    if not origins:
        return
    everyone = origins == ("*",)
    CORS(
        app,
        # As patterns of our own, since the brackets of an IPv6 address would be taken for one.
        origins="*" if everyone else [re.compile(re.escape(origin) + r"\Z", re.IGNORECASE) for origin in origins],
        resources=[SHARED],
        methods=METHODS,
        allow_headers=ASKED_WITH,
        expose_headers=EXPOSED,
        max_age=MAX_AGE,
        supports_credentials=False,
        send_wildcard=everyone,
        always_send=everyone,
        vary_header=False,
        intercept_exceptions=False,
    )
    if not everyone:
        app.after_request(_vary)


def _vary(response: Response) -> Response:
    # Also where no origin was named: a cache must not give that answer to one who names it.
    if SHARED.match(request.path):
        response.vary.add("Origin")
    return response
