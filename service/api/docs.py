"""The API page, from assets of an installed package: no network, no inline script."""

from __future__ import annotations

from importlib.resources import files

from flask import Blueprint, Response, render_template, send_from_directory

blueprint = Blueprint("docs", __name__)
# Found without importing the package, which would load a blueprint nobody uses.
ASSETS = files("flask_swagger_ui").joinpath("dist")
START = 'SwaggerUIBundle({url: "/openapi.json", dom_id: "#api", deepLinking: true, validatorUrl: null});\n'
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; frame-ancestors 'none'"
)


@blueprint.get("/docs")
def page() -> Response:
    """The page."""
    response = Response(render_template("docs.html"), mimetype="text/html")
    response.headers["Content-Security-Policy"] = POLICY
    return response


@blueprint.get("/docs/start.js")
def start() -> Response:
    """The one line that starts it."""
    return Response(START, mimetype="text/javascript")


@blueprint.get("/docs/assets/<path:name>")
def asset(name: str) -> Response:
    """A style sheet or script of Swagger UI."""
    return send_from_directory(str(ASSETS), name, max_age=86_400)
