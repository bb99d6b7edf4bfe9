"""The API against its own description, with inputs that nobody thought of."""

from __future__ import annotations

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
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
    "getIndustry",
    "getInstrument",
    "getPlace",
    "listChanges",
    "listChangesAtom",
    "listEntriesOfInstrument",
    "listIndustries",
    "listInstruments",
    "listPlaces",
    "listRules",
    "searchActivities",
    "searchEntries",
    "suggest",
    "verifyReceipt",
]
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


@pytest.fixture(scope="module")
def described(app: Flask) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_wsgi("/openapi.json", app)


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("operation_id", OPERATIONS)
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


def test_every_operation_is_tried(described: schemathesis.BaseSchema) -> None:
    operations = [result.ok() for result in described.get_all_operations()]
    assert sorted(operation.definition.raw["operationId"] for operation in operations) == OPERATIONS
