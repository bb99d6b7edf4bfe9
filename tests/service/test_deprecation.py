"""What will go says so in its answers and in the description."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from flask.views import MethodView
from flask_smorest import Api
from marshmallow import fields

from service import deprecation
from service.deprecation import Notice
from service.negotiation import json_response
from service.parsing import StrictBlueprint
from service.schemas import LanguageQuery

OLD_ROUTE = Notice(date(2027, 1, 1), "/docs/old", date(2028, 1, 1), "/v1/new")
OLD_PARAMETER = Notice(date(2026, 6, 1), "/docs/old-parameter")
PROBLEMLESS: dict[str, Any] = {"location": "query", "error_status_code": 400}


class Query(LanguageQuery):
    """A query with a parameter that goes, and one under another name."""

    old = fields.String(metadata={"description": "Old.", "example": "a", **OLD_PARAMETER.metadata})
    renamed = fields.String(data_key="as", metadata=OLD_PARAMETER.metadata)
    new = fields.String()


class Body(LanguageQuery):
    """A body with a key that goes."""

    old = fields.String(metadata=OLD_PARAMETER.metadata)


@pytest.fixture(scope="module")
def marked() -> FlaskClient:
    """An application of one route that goes and one with parameters that go."""
    app = Flask(__name__)
    app.config.update(API_TITLE="t", API_VERSION="1", OPENAPI_VERSION="3.1.0", OPENAPI_URL_PREFIX="/", OPENAPI_JSON_PATH="o")
    deprecation.register(app)
    blueprint = StrictBlueprint("marked", __name__)

    @blueprint.route("/old")
    class Old(MethodView):
        @blueprint.deprecated(OLD_ROUTE)
        @blueprint.arguments(Query, **PROBLEMLESS)
        def get(self, query: dict[str, Any]) -> Response:
            return json_response({})

    @blueprint.route("/kept")
    class Kept(MethodView):
        @blueprint.arguments(Query, **PROBLEMLESS)
        def get(self, query: dict[str, Any]) -> Response:
            return json_response({})

        @blueprint.arguments(Body)
        def post(self, query: dict[str, Any]) -> Response:
            return json_response({})

    Api(app).register_blueprint(blueprint)
    return app.test_client()


def told(response: Any) -> dict[str, str | None]:
    assert response.status_code == 200, response.text
    return {name: response.headers.get(name) for name in ("Deprecation", "Sunset", "Link")}


def test_a_route_says_that_it_goes(marked: FlaskClient) -> None:
    # Midnight in Shanghai, eight hours before that of Greenwich.
    assert told(marked.get("/old")) == {
        "Deprecation": "@1798732800",
        "Sunset": "Fri, 31 Dec 2027 16:00:00 GMT",
        "Link": '</docs/old>; rel="deprecation"; type="text/html", </docs/old>; rel="sunset"; type="text/html", '
        '</v1/new>; rel="successor-version"',
    }


@pytest.mark.parametrize("query", ["old=1", "as=1"])
def test_a_parameter_says_so_only_where_it_is_used(marked: FlaskClient, query: str) -> None:
    nothing = {"Deprecation": None, "Sunset": None, "Link": None}
    assert told(marked.get("/kept?new=1")) == nothing
    assert told(marked.get(f"/kept?{query}")) == {
        "Deprecation": "@1780243200",
        "Sunset": None,
        "Link": '</docs/old-parameter>; rel="deprecation"; type="text/html"',
    }
    assert told(marked.post("/kept", json={})) == nothing
    assert told(marked.post("/kept", json={"old": "1"}))["Deprecation"] == "@1780243200"


def test_of_several_the_first_counts(marked: FlaskClient) -> None:
    both = told(marked.get("/old?old=1"))
    assert (both["Deprecation"], both["Sunset"]) == ("@1780243200", "Fri, 31 Dec 2027 16:00:00 GMT")
    assert str(both["Link"]).count('rel="deprecation"') == 2


def test_the_description_says_so_too(marked: FlaskClient) -> None:
    paths = marked.get("/o").json["paths"]
    assert paths["/old"]["get"]["deprecated"] is True
    assert "deprecated" not in paths["/kept"]["get"]
    parameters = {item["name"]: item.get("deprecated", False) for item in paths["/kept"]["get"]["parameters"]}
    assert parameters == {"old": True, "as": True, "new": False, "lang": False, "dataset": False}


def test_nothing_published_goes_unannounced(client: FlaskClient) -> None:
    response = client.get("/v1/rules")
    assert "Deprecation" not in response.headers
