"""The page where a proposal is checked: a form, and below it the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Redirect

from negative_list.determination import Determination
from negative_list.errors import ProposalError
from negative_list.receipts import normalised
from negative_list.schema import FORMS
from service import caching
from service.limits import MAX_URL
from service.pages import proposals
from service.pages.proposals import Draft
from service.pages.rendering import html, page, page_language, pages, render
from service.state import state, today

blueprint = Blueprint("site", __name__)
TEMPLATE = "check.html"
# The button that asks for a link, and the fields that hold no part of a proposal.
LINK = "link"


@blueprint.get("/")
def home() -> Response:
    """The empty form."""
    return page(TEMPLATE, lambda lang: _shown(Draft(), lang))


@blueprint.post("/")
def home_again() -> Response:
    """The form as it was filled in, in another language."""
    return _posted(answered=False)


@blueprint.get("/check")
def check_link() -> Response | Redirect:
    """The answer to the proposal that stands in a link."""
    draft = proposals.read(request.args)
    if draft.blank and not draft.faults:
        return redirect(f"/?{urlencode({'lang': request.args['lang']})}" if "lang" in request.args else "/")
    lang = page_language()
    shown = _answered(draft, lang)
    if shown["draft"].faults:
        return caching.uncached(lang, html(render(TEMPLATE, lang, **shown), 400))
    return page(TEMPLATE, lambda _: shown, confidential=True)


@blueprint.post("/check")
def check() -> Response:
    """The answer to the proposal that was filled in; nothing of it is logged or stored."""
    return _posted(answered=True)


def _posted(*, answered: bool) -> Response:
    values = request.form.copy()
    link = bool(values.poplist(LINK))
    draft = proposals.read(values)
    lang = page_language()
    shown = _answered(draft, lang, link=link) if answered else _shown(draft, lang)
    status = 422 if answered and shown["draft"].faults else 200
    return caching.uncached(lang, html(render(TEMPLATE, lang, **shown), status))


def _shown(draft: Draft, lang: str) -> dict[str, Any]:
    """What the template shows of a form without an answer."""
    catalogue = state().catalogue
    held = [catalogue.activities[id_] for id_ in draft.lists.get("activity_ids", ()) if id_ in catalogue.activities]
    return {
        "draft": draft,
        "facts": proposals.FACTS,
        "kinds": [(form, pages().say(lang, f"form.{form}")) for form in FORMS],
        "read": {},
        "chosen": [(activity.id, activity.label[lang]) for activity in held],
        "first_day": catalogue.first_day.isoformat(),
        "answer": None,
    }


def _answered(draft: Draft, lang: str, *, link: bool = False) -> dict[str, Any]:
    """The form with the answer, or with what is wrong."""
    if not draft.faults:
        try:
            result = state().engine.determine(draft.fields, today())
        except ProposalError as error:
            draft = draft.refused(error)
        else:
            return _shown(draft, lang) | _answer(result, lang, link=link)
    return _shown(draft, lang)


def _answer(result: Determination, lang: str, *, link: bool) -> dict[str, Any]:
    presenter, catalogue = state().presenters[lang], state().catalogue
    body = presenter.determination(result)
    query: Mapping[str, Any] = normalised(result.proposal)
    return {
        "answer": body,
        "read": proposals.facts_read(body["understood"]),
        "cite": lambda citation: presenter.cite(catalogue.entries[citation["entry"]]),
        "access_list": result.access_list,
        "query": query,
        "permalink": _permalink(query, lang) if link else None,
    }


def _permalink(query: Mapping[str, Any], lang: str) -> str:
    """The address that gives the answer again; empty where it would be too long."""
    path = "/check?" + urlencode({**query, "lang": lang}, doseq=True)
    return "" if len(path) > MAX_URL - 1 else (state().settings.public_url or request.host_url.rstrip("/")) + path
