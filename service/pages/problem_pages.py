"""Errors as pages, for people who came with a browser; programs get the problem as JSON."""

from __future__ import annotations

import orjson
from flask import Flask, Response, current_app, request

from service.negotiation import HTML, JSON
from service.pages.rendering import page_language, render
from service.problems import PROBLEM

# Whoever calls these is a program, whatever it says it accepts.
PROGRAMS = ("/v1/", "/healthz", "/readyz", "/metrics", "/openapi.json", "/reconcile", "/mcp")
# The statuses that have a text of their own; the others share one by their class.
TOLD = (404, 405, 413, 414, 429, 503)


def register(app: Flask) -> None:
    """Turn problems into pages where a page is asked for."""
    app.after_request(_as_page)


def _as_page(response: Response) -> Response:
    if response.mimetype != PROBLEM or request.path.startswith(PROGRAMS):
        return response
    response.vary.add("Accept")
    on_page = request.blueprint is not None and current_app.blueprints[request.blueprint].import_name.startswith(
        "service.pages"
    )
    offered = (HTML, PROBLEM, JSON) if on_page else (PROBLEM, JSON, HTML)
    if request.accept_mimetypes.best_match(offered, PROBLEM) != HTML:
        return response
    problem = orjson.loads(response.get_data())
    lang = page_language()
    status = response.status_code
    kind = str(status) if status in TOLD else ("broken" if status >= 500 else "unreadable")
    response.set_data(render("problem.html", lang, kind=kind, problem=problem))
    response.mimetype = HTML
    response.headers["Content-Language"] = lang
    response.vary.add("Accept-Language")
    return response
