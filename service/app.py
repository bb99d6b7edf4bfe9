"""The application factory."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Flask
from flask.json.provider import JSONProvider
from flask_smorest import Api
from werkzeug.middleware.proxy_fix import ProxyFix

from negative_list import __version__
from service import (
    access,
    compression,
    cross_origin,
    deprecation,
    limits,
    logs,
    observability,
    pages,
    problems,
    rate_limits,
    reconcile_description,
    response_headers,
    security_headers,
    system_description,
)
from service.api import (
    batch,
    determinations,
    docs,
    entries,
    history,
    industries,
    mcp,
    places,
    receipts,
    reconcile,
    reference,
    suggest,
    system,
)
from service.description import nullable_choice
from service.schemas import ProblemSchema
from service.settings import Settings
from service.state import install

DESCRIPTION = (
    "Whether a proposed foreign investment in China is open, restricted or prohibited, under which item of which "
    "list, on which date, and what would change the answer. Information, not legal advice."
)


class Service(Flask):
    """Flask that logs no text of a failed request."""

    def log_exception(self, exc_info: Any) -> None:
        """Log the kind and the place of a failure, not its message, which may quote the request."""
        problems.log_failure(exc_info[1])


class Description(Api):
    """The OpenAPI description, in which every error is a problem."""

    ERROR_SCHEMA = ProblemSchema
    DEFAULT_ERROR_RESPONSE_NAME = None


class OrjsonProvider(JSONProvider):
    """JSON in UTF-8 without escapes, keys in the order they were given."""

    def dumps(self, obj: Any, **_: Any) -> str:
        """Serialise to text."""
        return orjson.dumps(obj).decode()

    def loads(self, s: str | bytes, **_: Any) -> Any:
        """Parse; refuses what is not JSON."""
        return orjson.loads(s)


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application: load and check the data, open the index, and mount the routes.

    Raises SettingsError and KeysError when those cannot be read, DataError when the data are wrong, and
    IndexUnusable when the index cannot be built.
    """
    settings = settings or Settings.from_environment()
    logs.configure(settings.log_level)
    app = Service(__name__, static_folder=None)
    # An id with an empty part is an unknown id, not a misspelt address.
    app.url_map.merge_slashes = False
    app.json = OrjsonProvider(app)
    app.config.update(
        API_TITLE="Negative list",
        API_VERSION=__version__,
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={
            "info": {
                "description": DESCRIPTION,
                "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            }
        },
    )
    held = install(app, settings)
    # What is registered first sees the answer last: as it leaves, packed.
    observability.register(app)
    compression.register(app)
    limits.register(app)
    for part in (access, rate_limits, cross_origin, security_headers):
        part.register(app, settings)
    deprecation.register(app)
    if settings.trusted_proxies:
        # The host is not taken from a proxy: the addresses we give are relative, or begin with public_url.
        near = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=near, x_proto=near, x_host=0)  # type: ignore[method-assign]
    api = Description(app)
    access.describe(api, settings)
    api.ma_plugin.converter.add_attribute_function(nullable_choice)
    response_headers.register(api)
    # After flask-smorest, which answers errors in a shape of its own.
    problems.register(app)
    for module in (determinations, batch, receipts, suggest, entries, history, industries, places, reference):
        api.register_blueprint(module.blueprint)
    for plain in (system.blueprint, docs.blueprint, mcp.blueprint, reconcile.blueprint):
        app.register_blueprint(plain)
    reconcile_description.register(api, app)
    system_description.register(api, app)
    pages.register(app, held.folder)
    return app

