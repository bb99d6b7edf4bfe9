"""The web pages: made on the server, whole without JavaScript, in English and Chinese."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from service import assets, security
from service.pages import (
    activities,
    compare,
    embed,
    entries,
    lists,
    memo,
    pictures,
    places,
    problem_pages,
    problem_types,
    rendering,
    site,
    wellknown,
)


def register(app: Flask, beside: Path) -> None:
    """Mount the pages with what they are made of; their compiled templates are kept in a folder.

    Raises ValueError when a text is missing or said twice.
    """
    assets.register(app)
    rendering.register(app, beside)
    security.register(app)
    problem_pages.register(app)
    for module in (
        embed,
        memo,
        site,
        lists,
        entries,
        compare,
        places,
        activities,
        pictures,
        problem_types,
        wellknown,
    ):
        app.register_blueprint(module.blueprint)
