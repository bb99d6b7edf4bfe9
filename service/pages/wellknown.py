"""Files that programs look for at fixed addresses: crawlers, language models, finders of holes, browsers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, current_app, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as Redirect

from service.assets import file
from service.caching import answer
from service.problems import Problem
from service.state import now, state

blueprint = Blueprint("wellknown", __name__)
DAY = 86_400
# RFC 9116 recommends less than a year.
GOOD_FOR = timedelta(days=180)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What crawlers may read: the pages, not what is answered to a proposal."""
    return _text("robots.txt", base=_base())


@blueprint.get("/llms.txt")
def llms() -> Response:
    """What the service is and how to ask it, for language models."""
    return _text("llms.txt", base=_base(), dataset=state().catalogue)


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """The addresses of all pages (sitemaps.org)."""

    def make() -> Response:
        checked = state().catalogue.checked_on.isoformat()
        text = render_template("sitemap.xml", base=_base(), paths=_paths(), checked=checked)
        return Response(text, mimetype="application/xml")

    return answer("en", "application/xml", make)


@blueprint.get("/.well-known/security.txt")
def security() -> Response:
    """Whom to tell of a hole (RFC 9116); raises Problem 404 where the operator names nobody."""
    settings = state().settings
    contact = settings.security_contact
    if not contact:
        raise Problem(404, "No contact is named here.")
    if ":" not in contact:
        contact = f"mailto:{contact}"
    expires = datetime.combine((now() + GOOD_FOR).date(), datetime.min.time(), UTC)
    return _text("security.txt", contact=contact, expires=expires.isoformat(), base=settings.public_url)


@blueprint.get("/security.txt")
def security_at_the_top() -> Redirect:
    """Where older finders look."""
    return redirect("/.well-known/security.txt", 308)


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """The picture, for those that do not read the page."""
    response = file("favicon.ico")
    response.headers["Cache-Control"] = f"public, max-age={DAY}"
    return response


def _text(template: str, **values: object) -> Response:
    response = Response(render_template(template, **values), mimetype="text/plain")
    response.headers["Cache-Control"] = f"public, max-age={DAY}"
    return response


def _base() -> str:
    """The address of the service, without a slash at the end."""
    return state().settings.public_url or request.host_url.rstrip("/")


def _paths() -> Iterator[str]:
    """The pages that are served, of those whose address follows from the data."""
    catalogue = state().catalogue
    routes = current_app.url_map.bind("")
    for prefix, ids in (
        ("/", [""]),
        ("/docs", [""]),
        ("/compare", [""]),
        ("/lists", ["", *(f"/{id_}" for id_ in catalogue.instruments)]),
        ("/entries", [f"/{id_}" for id_ in catalogue.entries]),
        ("/places", ["", *(f"/{id_}" for id_ in catalogue.places)]),
        ("/activities", [f"/{id_}" for id_ in catalogue.activities]),
    ):
        for rest in ids:
            try:
                routes.match(prefix + rest, "GET")
            except HTTPException:
                break
            yield prefix + rest
