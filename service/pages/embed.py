"""The check inside pages of others: the script of the custom element, and a page for a frame that needs no script."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from flask.blueprints import BlueprintSetupState
from marshmallow import fields, validate
from werkzeug.datastructures import MultiDict

from negative_list.errors import ProposalError
from negative_list.receipts import normalised
from service import caching
from service.assets import YEAR
from service.embedding import script
from service.negotiation import json_response
from service.pages import proposals
from service.pages.proposals import Draft
from service.pages.rendering import html, page, page_language, render
from service.parsing import StrictParser
from service.problems import Problem
from service.schemas import LanguageQuery, Percentage, line
from service.state import state

blueprint = Blueprint("embed", __name__)
TEMPLATE = "embed.html"
HOUR = 3_600
THEMES = ("auto", "light", "dark")
FACTS = ("foreign_share", "location", "investor_origin")


class FrameQuery(LanguageQuery):
    """How the frame looks, and the facts that the page around it knows; never the text, which is confidential."""

    theme = fields.String(validate=validate.OneOf(THEMES), load_default=THEMES[0])
    foreign_share = Percentage()
    location = line()
    investor_origin = line()


_parser = StrictParser()


@blueprint.record_once
def prepare(_: BlueprintSetupState) -> None:
    """Put the script together before the first request."""
    script()


@blueprint.get("/embed.js")
def element() -> Response:
    """The custom element, always the newest."""
    response = _script(f"public, max-age={HOUR}")
    response.set_etag(script().version)
    response.make_conditional(request)
    return response


@blueprint.get("/embed/<version>.js")
def versioned(version: str) -> Response:
    """The custom element at an address whose content never changes. Raises Problem 404 for a version not held."""
    held = script().version
    if version != held:
        detail = f"This version of the script is not held; the one held is /embed/{held}.js, described by /embed.json."
        raise Problem(404, detail, [{"parameter": "version", "code": "not_held", "detail": detail, "nearest": held}])
    return _script(f"public, max-age={YEAR}, immutable")


@blueprint.get("/embed.json")
def description() -> Response:
    """Where the versioned script is and its integrity, for whoever pins it."""
    held, public = script(), state().settings.public_url
    response = json_response(
        {
            "version": held.version,
            "src": f"{public}/embed/{held.version}.js",
            "integrity": held.integrity,
            "bytes": len(held.content),
        }
    )
    return _shared(response, f"public, max-age={HOUR}")


@blueprint.get("/embed")
def frame() -> Response:
    """The empty form, for an iframe; where the page around it is not named, a browser shows it nowhere but here."""
    query = _parser.parse(FrameQuery(), request, location="query", error_status_code=400)
    draft = proposals.read(MultiDict((name, request.args[name]) for name in FACTS if name in request.args))
    return _framed(page(TEMPLATE, lambda _: _shown(draft, query["theme"])))


@blueprint.post("/embed")
def framed_check() -> Response:
    """The answer in the frame; nothing of the proposal is logged or stored."""
    query = _parser.parse(FrameQuery(), request, location="query", error_status_code=400)
    draft, lang = proposals.read(request.form), page_language()
    answer: dict[str, Any] = {}
    if not draft.faults:
        try:
            result = state().determine(draft.fields)
        except ProposalError as error:
            draft = draft.refused(error)
        else:
            answer = {
                "answer": state().presenters[lang].determination(result),
                "query": normalised(result.proposal),
            }
    shown = _shown(draft, query["theme"]) | answer
    return _framed(caching.uncached(lang, html(render(TEMPLATE, lang, **shown), 422 if draft.faults else 200)))


def _shown(draft: Draft, theme: str) -> dict[str, Any]:
    return {"draft": draft, "theme": theme, "names": FACTS, "answer": None}


def _framed(response: Response) -> Response:
    """Let the pages of the settings, and our own, put it into a frame; nothing in it runs."""
    around = " ".join(("'self'", *state().settings.allowed_origins))
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
        f"frame-ancestors {around}"
    )
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _script(lifetime: str) -> Response:
    return _shared(Response(script().content, mimetype="text/javascript"), lifetime)


def _shared(response: Response, lifetime: str) -> Response:
    """Let pages of any origin load it: it holds no proposal, and integrity asks for CORS."""
    response.headers["Cache-Control"] = lifetime
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
