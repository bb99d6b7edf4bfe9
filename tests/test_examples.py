"""docs/openapi.json is what is served, and the examples beside it are true of the service; `make openapi` writes both."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from tools.openapi import DESCRIPTION, EXAMPLES, JSON, NOT_SHOWN, PROBLEMS, operations, send, success

HELD: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
OPERATIONS = {operation["operationId"]: operation for _, _, operation in operations(HELD)}
SHOWN = {id_: operation for id_, operation in OPERATIONS.items() if id_ not in NOT_SHOWN}
STORED = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in EXAMPLES.glob("*.json")}
WRONG = STORED.get(PROBLEMS, [])
# No request brings these about.
WITHOUT_EXAMPLE = {"500", "503"} | {"401", "421", "429"}  # the last three need settings that are off by default


def check(body: Any, schema: dict[str, Any]) -> None:
    """Assert that a body is as described."""
    faults = list(Draft202012Validator(schema | {"components": HELD["components"]}).iter_errors(body))
    assert faults == []


def test_the_description_is_what_is_served(client: FlaskClient) -> None:
    assert client.get("/openapi.json").json == HELD, "The description has changed: run `make openapi`."


def test_the_description_is_sorted() -> None:
    text = DESCRIPTION.read_text(encoding="utf-8")
    assert text == json.dumps(HELD, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def test_every_operation_has_an_example_of_each_form() -> None:
    assert set(STORED) == {*SHOWN, PROBLEMS}
    for id_, operation in SHOWN.items():
        shown = {example["response"]["content_type"] for example in STORED[id_]}
        assert shown == set(success(operation)[1]["content"]), id_
        sent = {example["request"].get("headers", {}).get("Content-Type", "application/json") for example in STORED[id_]}
        assert sent >= set(operation.get("requestBody", {}).get("content", ())), id_


def test_every_problem_declared_has_an_example() -> None:
    declared = {status for operation in OPERATIONS.values() for status in operation["responses"] if status >= "400"}
    assert declared - WITHOUT_EXAMPLE <= {str(example["response"]["status"]) for example in WRONG}


def test_what_is_not_shown_is_described() -> None:
    assert set(OPERATIONS) >= NOT_SHOWN


@pytest.mark.parametrize("id_", SHOWN)
def test_the_examples_are_answered_as_described(client: FlaskClient, id_: str) -> None:
    status, described = success(OPERATIONS[id_])
    for example in STORED[id_]:
        request, held = example["request"], example["response"]
        response = send(client, request)
        assert (response.status_code, response.mimetype) == (status, held["content_type"])
        assert held["status"] == status
        schema = described["content"][held["content_type"]]["schema"]
        check(held["body"], schema)
        check(response.json if not isinstance(held["body"], str) else response.text, schema)
        if isinstance(request.get("body"), dict | list):
            kind = request.get("headers", {}).get("Content-Type", JSON)
            sent = OPERATIONS[id_]["requestBody"]["content"][kind]["schema"]
            # A batch shows a row that is refused, too.
            check(request["body"], sent | ({"items": {}} if sent.get("type") == "array" else {}))


@pytest.mark.parametrize("example", WRONG, ids=[example["response"]["status"] for example in WRONG])
def test_the_problems_are_answered_as_shown(client: FlaskClient, example: dict[str, Any]) -> None:
    response = send(client, example["request"])
    held = example["response"]
    assert (response.status_code, response.mimetype) == (held["status"], held["content_type"])
    assert response.json == held["body"], "The answer has changed: run `make openapi`."
    check(held["body"], {"$ref": "#/components/schemas/Problem"})
