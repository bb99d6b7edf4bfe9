"""The pages that the types of problems lead to: what each means and how to mend it."""

from __future__ import annotations

from flask import Blueprint, Response

from service import caching
from service.negotiation import HTML, PLAIN, media_type, plain_response
from service.pages.rendering import page, page_language, say
from service.pages.texts import load
from service.problems import KINDS, Problem

blueprint = Blueprint("problem_types", __name__)
# The codes of single faults that have a text, in the order of their names.
CODES = sorted(key.removeprefix("problem_code.") for key in load() if key.startswith("problem_code."))


@blueprint.get("/problems")
def every_type() -> Response:
    """All types of problems and the codes of single faults."""
    return page("problem_types.html", lambda lang: {"kinds": KINDS, "codes": CODES})


@blueprint.get("/problems/<slug>")
def one_type(slug: str) -> Response:
    """One type of problem, as a page or as plain text. Raises Problem 404."""
    status = next((status for status, kind in KINDS.items() if kind[0] == slug), None)
    if status is None:
        raise Problem(404, f"No problem type is called {slug!r}.")
    if media_type((PLAIN, HTML)) == HTML:
        return page("problem_type.html", lambda lang: {"slug": slug, "status": status})
    lang = page_language()
    title, meaning, mend = (say(lang, f"problem_type.{slug}.{part}") for part in ("title", "meaning", "mend"))
    text = f"{title} ({status})\n\n{meaning}\n{mend}\n"
    return caching.answer(lang, PLAIN, lambda: plain_response(text))
