"""The page where a proposal is checked."""

from __future__ import annotations

from flask import Blueprint, Response

from service.pages.rendering import page

blueprint = Blueprint("site", __name__)


@blueprint.get("/")
def home() -> Response:
    """The empty form."""
    return page("home.html")
