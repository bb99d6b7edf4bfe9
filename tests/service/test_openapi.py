"""The description of the API is valid, complete, and true of the answers."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from marshmallow import EXCLUDE, Schema
from openapi_spec_validator import OpenAPIV31SpecValidator

from service.answer_schemas import DeterminationSchema
from service.record_schemas import (
    ActivityPage,
    ActivitySchema,
    EntryPage,
    EntrySchema,
    InstrumentEntriesPage,
    InstrumentPage,
    InstrumentSchema,
    RulePage,
)
from service.schemas import ProblemSchema
from service.suggest_schemas import SuggestionsSchema

PROBLEM = "application/problem+json"
# Where the views stand that browsers call rather than programs: pages, what they load, and the description itself.
UNDESCRIBED = ("service.pages.", "service.assets", "service.api.docs", "flask_smorest.")


@pytest.fixture(scope="module")
def description(client: FlaskClient) -> dict[str, Any]:
    response = client.get("/openapi.json")
    assert response.status_code == 200
    body: dict[str, Any] = response.json
    return body


@pytest.fixture(scope="module")
def operations(description: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """All operations by method and path."""
    return {
        f"{method.upper()} {path}": operation
        for path, item in description["paths"].items()
        for method, operation in item.items()
        if method != "parameters"
    }


def test_it_is_valid_openapi_3_1(description: dict[str, Any]) -> None:
    assert description["openapi"].startswith("3.1.")
    assert list(OpenAPIV31SpecValidator(description).iter_errors()) == []


def test_every_route_and_method_is_described(app: Flask, operations: dict[str, dict[str, Any]]) -> None:
    mounted = {
        f"{method} " + re.sub(r"<(?:[^:<>]+:)?([a-z_]+)>", r"{\1}", rule.rule)
        for rule in app.url_map.iter_rules()
        if not app.view_functions[rule.endpoint].__module__.startswith(UNDESCRIBED)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert set(operations) == mounted


def test_every_operation_has_an_id_a_tag_and_a_summary(
    description: dict[str, Any], operations: dict[str, dict[str, Any]]
) -> None:
    ids = [operation["operationId"] for operation in operations.values()]
    assert len(ids) == len(set(ids))
    tags = {tag["name"]: tag["description"] for tag in description["tags"]}
    for operation in operations.values():
        assert operation["summary"].endswith(".")
        assert all(tags[tag] for tag in operation["tags"])
        assert operation["tags"]


def test_every_parameter_has_a_description_and_an_example(
    description: dict[str, Any], operations: dict[str, dict[str, Any]]
) -> None:
    parameters = [p for operation in operations.values() for p in operation.get("parameters", [])]
    parameters += [p for item in description["paths"].values() for p in item.get("parameters", [])]
    assert parameters
    for parameter in parameters:
        assert parameter["description"], parameter
        assert "example" in parameter["schema"], parameter
    for name, field in description["components"]["schemas"]["Proposal"]["properties"].items():
        assert "example" in field, name
        assert "description" in field, name


def test_every_operation_states_its_problems(operations: dict[str, dict[str, Any]]) -> None:
    for name, operation in operations.items():
        responses = operation["responses"]
        expected = {"400", "414", "500"} | ({"404"} if "{" in name else set())
        if operation["tags"] != ["system"]:
            expected |= {"401", "429"} | ({"406"} if "/view" not in name else set())
        if name.startswith("GET /v1/"):
            expected |= {"304", "410"}
        elif name.startswith("POST"):
            expected |= {"413", "415"} | ({"422"} if name != "POST /mcp" else set())
        assert expected <= set(responses), name
        for status, response in responses.items():
            assert response["description"]
            if status >= "400" and (name, status) not in (("POST /mcp", "404"), ("POST /mcp", "406")):
                assert response["content"][PROBLEM]["schema"] == {"$ref": "#/components/schemas/Problem"}


def test_what_needs_no_key_says_so(operations: dict[str, dict[str, Any]]) -> None:
    assert {name for name, operation in operations.items() if operation.get("security") == []} == {
        "GET /healthz",
        "GET /readyz",
        "GET /metrics",
    }


def test_the_headers_of_answers_are_described(
    client: FlaskClient, description: dict[str, Any], operations: dict[str, dict[str, Any]]
) -> None:
    held = description["components"]["headers"]
    assert all(header["description"] and header["example"] for header in held.values())
    ours = {"content-type", "content-length", "date", "x-content-type-options", "content-encoding"}
    entity = "id=internet/online-games-operation"
    for name, path in (
        ("GET /v1/determinations", "/v1/determinations?activity=coffee+shop"),
        ("GET /v1/places", "/v1/places"),
        ("GET /v1/places/{place_id}", "/v1/places/CN-31"),
        ("GET /v1/entries/{entry_id}", "/v1/entries/cn/national/2024/12"),
        ("GET /healthz", "/healthz"),
        ("GET /readyz", "/readyz"),
        ("GET /metrics", "/metrics"),
        ("GET /reconcile", "/reconcile"),
        ("GET /reconcile", "/reconcile?queries={}"),
        ("GET /reconcile/{lang}/suggest/entity", "/reconcile/zh/suggest/entity?prefix=s"),
        ("GET /reconcile/properties", "/reconcile/properties"),
        ("GET /reconcile/preview", f"/reconcile/preview?{entity}"),
        ("GET /reconcile/view", f"/reconcile/view?{entity}"),
    ):
        by_day = path.startswith("/v1") and "entries" not in path
        for asked in ({}, {"Accept-Datetime": "Fri, 01 Nov 2024 00:00:00 GMT"} if by_day else {}):
            response = client.get(path, headers=asked)
            told = operations[name]["responses"][str(response.status_code)]["headers"]
            assert {header.lower() for header, _ in response.headers} - ours <= {header.lower() for header in told}, path
            for header, reference in told.items():
                assert reference == {"$ref": f"#/components/headers/{header}"}
                assert header in held


@pytest.mark.parametrize("operation_id", ["searchEntries", "listInstruments", "searchActivities", "listPlaces", "listRules"])
def test_lists_are_described_as_tables_too(operations: dict[str, dict[str, Any]], operation_id: str) -> None:
    [operation] = [one for one in operations.values() if one["operationId"] == operation_id]
    assert set(operation["responses"]["200"]["content"]) == {"application/json", "application/x-ndjson", "text/csv"}


def test_the_days_of_the_law_may_be_asked_by_header(operations: dict[str, dict[str, Any]]) -> None:
    asked = {
        operation["operationId"]
        for operation in operations.values()
        if any(parameter["name"] == "Accept-Datetime" for parameter in operation.get("parameters", ()))
    }
    assert asked == {"determine", "listPlaces", "getPlace"}


def test_a_name_is_reconciled_in_the_forms_described(
    client: FlaskClient, operations: dict[str, dict[str, Any]]
) -> None:
    form = operations["POST /reconcile/{lang}"]["requestBody"]["content"]["application/x-www-form-urlencoded"]
    for name, example in form["examples"].items():
        assert set(example["value"]) == {name}
        asked = form["schema"]["properties"][name]["example"]
        got = client.get("/reconcile/zh", query_string={name: asked})
        posted = client.post("/reconcile/zh", data=example["value"])
        assert (got.status_code, got.json) == (200, posted.json)


@pytest.mark.parametrize(
    ("message", "headers", "status", "media"),
    [
        ({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}, {}, 200, "application/json"),
        ({"jsonrpc": "2.0", "method": "notifications/initialized"}, {}, 202, None),
        ({"jsonrpc": "2.0", "id": 1}, {}, 400, "application/json"),
        ({}, {"Accept": "image/png"}, 406, "application/json"),
        ({}, {"Content-Type": "text/plain"}, 415, PROBLEM),
        ({}, {"Origin": "https://elsewhere.example"}, 403, PROBLEM),
    ],
)
def test_a_message_is_answered_as_described(
    client: FlaskClient,
    operations: dict[str, dict[str, Any]],
    message: dict[str, Any],
    headers: dict[str, str],
    status: int,
    media: str | None,
) -> None:
    sent = {"Accept": "application/json", "Content-Type": "application/json"} | headers
    response = client.post("/mcp", data=json.dumps(message), headers=sent)
    assert response.status_code == status
    told = operations["POST /mcp"]["responses"][str(status)].get("content", {})
    assert (media in told and response.mimetype == media) if media else (not told and not response.data)


def test_the_examples_are_answered(client: FlaskClient, operations: dict[str, dict[str, Any]]) -> None:
    examples = operations["POST /v1/determinations"]["requestBody"]["content"]["application/json"]["examples"]
    assert examples
    for example in examples.values():
        response = client.post("/v1/determinations", json=example["value"])
        assert response.status_code == 200
        assert response.json["activities"]


def undescribed(body: Any, described: Any, path: str = "") -> list[str]:
    """The keys of an answer that its schema does not know."""
    if isinstance(body, dict) and isinstance(described, dict):
        missing = [f"{path}/{key}" for key in body if key not in described]
        return missing + [
            key for name in described for key in undescribed(body.get(name), described[name], f"{path}/{name}")
        ]
    if isinstance(body, list) and isinstance(described, list):
        return [key for one, two in zip(body, described, strict=True) for key in undescribed(one, two, path)]
    return []


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("path", "schema", "query"),
    [
        ("determinations", DeterminationSchema, {"activity": "online games and a data centre, 49%, in Shanghai FTZ"}),
        ("determinations", DeterminationSchema, {"activity": "cloud computing", "ref": "17"}),
        ("determinations", DeterminationSchema, {"activity": "platform"}),
        ("determinations", DeterminationSchema, {"activity": "qwertyuiop"}),
        ("determinations", DeterminationSchema, {"activity": "a hospital", "foreign_share": "70"}),
        ("determinations", DeterminationSchema, {"activity": "咖啡馆 and generative AI chatbot for consumers"}),
        ("entries", EntryPage, {"limit": "100"}),
        ("entries", EntryPage, {"q": "电信 telecom"}),
        ("entries", EntryPage, {"q": "telecomunicattions"}),
        ("entries/cn/national/2024/12", EntrySchema, {}),
        ("entries/cn/national/2024/note-1", EntrySchema, {}),
        ("instruments", InstrumentPage, {}),
        ("instruments/cn/national/2024", InstrumentSchema, {}),
        ("instruments/cn/national/2024/entries", InstrumentEntriesPage, {}),
        ("activities", ActivityPage, {"limit": "100"}),
        ("activities/internet/online-games-operation", ActivitySchema, {}),
        ("rules", RulePage, {}),
        ("suggest", SuggestionsSchema, {"q": "sh"}),
        ("entries/none", ProblemSchema, {}),
        ("entries", ProblemSchema, {"limit": "0", "langs": "en"}),
    ],
)
def test_answers_are_as_described(
    client: FlaskClient, path: str, schema: type[Schema], query: dict[str, str], lang: str
) -> None:
    body = client.get(f"/v1/{path}", query_string=query | {"lang": lang}).json
    loaded = schema().load(body, unknown=EXCLUDE)
    assert undescribed(body, loaded) == []


# -- the page ----------------------------------------------------------------------------------------------------


class Addresses(HTMLParser):
    """Collects what a page loads and runs."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inline = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found += [value for name in ("href", "src") if (value := given.get(name))]
        self.inline |= (tag == "script" and "src" not in given) or any(name.startswith("on") for name in given)


def test_the_page_loads_from_here_alone(client: FlaskClient) -> None:
    response = client.get("/docs")
    assert (response.status_code, response.mimetype) == (200, "text/html")
    assert "://" not in response.text
    page = Addresses()
    page.feed(response.text)
    assert not page.inline
    assert "/docs/assets/swagger-ui-bundle.js" in page.found
    for address in page.found:
        assert address.startswith("/")
        assert client.get(address, buffered=True).status_code == 200, address
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "http" not in policy


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/docs/start.js", "text/javascript"),
        ("/docs/assets/swagger-ui.css", "text/css"),
        ("/docs/assets/swagger-ui-bundle.js", "text/javascript"),
    ],
)
def test_assets(client: FlaskClient, path: str, kind: str) -> None:
    response = client.get(path, buffered=True)
    assert (response.status_code, response.mimetype) == (200, kind)
    # Addresses in comments and namespaces load nothing; these would.
    assert not re.search(rb"@import|url\(\s*[\"']?(?:https?:)?//", response.data)
    if path.endswith("start.js"):
        assert b"//" not in response.data
