"""The API against its own description, with inputs that nobody thought of."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode, checks

# Left out: that every value of the right type is accepted, for most are no place, no id and no date.
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
    checks.negative_data_rejection,
    checks.unsupported_method,
    checks.allow_header_conformance,
]
OPERATIONS = [
    "determine",
    "determineBatch",
    "determineConfidentially",
    "diffInstruments",
    "getActivity",
    "getCoverage",
    "getEntry",
    "getEntryHistory",
    "getHealth",
    "getIndustry",
    "getInstrument",
    "getMetrics",
    "getPlace",
    "getReadiness",
    "listChanges",
    "listChangesAtom",
    "listEntriesOfInstrument",
    "listIndustries",
    "listInstruments",
    "listPlaces",
    "listRules",
    "previewEntity",
    "proposeProperties",
    "reconcile",
    "reconcileConfidentially",
    "searchActivities",
    "searchEntries",
    "suggest",
    "suggestEntities",
    "suggestEntitiesInLanguage",
    "suggestProperties",
    "suggestTypes",
    "verifyReceipt",
    "viewEntity",
]
# Of its messages the description says nothing: a protocol of its own does.
NOT_TRIED = {"exchangeMessage"}
# With a language in the path the same views answer; one stands for all.
IN_LANGUAGE, TRIED_IN_LANGUAGE = "InLanguage", {"suggestEntitiesInLanguage"}
# They read nothing of a request, so nothing in it can be wrong.
WITHOUT_INPUT = {"getHealth", "getMetrics", "getReadiness"}
# A row that cannot be accepted is a problem in its place, and the answer as a whole a success.
ROW_BY_ROW = {"determineBatch"}
# Called without a network, nothing unpacks what comes.
UNPACKED = {"Accept-Encoding": "identity"}
BOUNDED = settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    # The same inputs each time: what they find is found by whoever broke it.
    derandomize=True,
    database=None,
)

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
NAMES = st.sampled_from(["online games", "咖啡馆", "Wuhan", "internet/online-games-operation", "CN-31", "I6440"])


def mostly(likely: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """What is meant to come, and now and then anything else."""
    return st.integers(0, 15).flatmap(lambda drawn: ANYTHING if drawn == 0 else likely)


def some(*needed: str, **likely: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """An object of which parts may be missing, unless needed, or strange."""
    parts = {name: mostly(values) for name, values in likely.items()}
    always = {name: parts.pop(name) for name in needed}
    return st.fixed_dictionaries(always, optional=parts)


TYPE = st.sampled_from(["activity", "entry", "place", "industry"])
# What stands in the form of a reconciliation is JSON within a text, which the description's own inputs seldom hit.
SENT = {
    "queries": st.dictionaries(
        st.text(max_size=5),
        some(
            "query",
            query=NAMES | st.text(max_size=20),
            type=TYPE | st.lists(TYPE, max_size=2),
            limit=st.integers(1, 30),
            properties=st.lists(some("pid", "v", pid=st.sampled_from(["status", "level", "kind"]), v=NAMES), max_size=2),
            type_strict=st.sampled_from(["should", "all", "any"]),
        ),
        max_size=3,
    ),
    "extend": some(
        "ids",
        "properties",
        ids=st.lists(NAMES | st.text(max_size=9), max_size=4),
        properties=st.lists(
            some(
                "id",
                id=st.sampled_from(["status", "items", "effective_from", "max_foreign_share", "label_zh"]),
                settings=some(as_of=st.dates().map(str) | st.just(""), place=NAMES | st.just("")),
            ),
            min_size=1,
            max_size=3,
        ),
    ),
}


@pytest.fixture(scope="module")
def described(app: Flask) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_wsgi("/openapi.json", app)


@pytest.mark.parametrize(
    ("operation_id", "mode"),
    [
        (operation_id, mode)
        for operation_id in OPERATIONS
        for mode in GenerationMode
        if mode is GenerationMode.POSITIVE or operation_id not in WITHOUT_INPUT
    ],
)
def test_the_api_keeps_to_its_description(
    described: schemathesis.BaseSchema, operation_id: str, mode: GenerationMode
) -> None:
    operation = described.find_operation_by_id(operation_id)

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode))
    def try_one(case: schemathesis.Case) -> None:
        left_out = {checks.negative_data_rejection} if operation_id in ROW_BY_ROW else set()
        case.call_and_validate(checks=[check for check in CHECKS if check not in left_out], headers=UNPACKED)

    try_one()


@pytest.mark.parametrize("name", SENT)
def test_reconciliation_keeps_to_its_description(described: schemathesis.BaseSchema, name: str) -> None:
    operation = described.find_operation_by_id("reconcileConfidentially")
    statuses = set()

    @BOUNDED
    @given(sent=mostly(SENT[name]))
    def try_one(sent: Any) -> None:
        case = operation.Case(body={name: json.dumps(sent)}, media_type="application/x-www-form-urlencoded")
        left_out = {checks.negative_data_rejection, checks.unsupported_method, checks.allow_header_conformance}
        response = case.call_and_validate(checks=[check for check in CHECKS if check not in left_out], headers=UNPACKED)
        statuses.add(response.status_code)

    try_one()
    assert statuses >= {200, 422}


def test_every_operation_is_tried(described: schemathesis.BaseSchema) -> None:
    operations = [result.ok() for result in described.get_all_operations()]
    ids = {operation.definition.raw["operationId"] for operation in operations}
    assert ids >= NOT_TRIED
    left_out = NOT_TRIED | {id_ for id_ in ids if id_.endswith(IN_LANGUAGE)} - TRIED_IN_LANGUAGE
    assert sorted(ids - left_out) == OPERATIONS
