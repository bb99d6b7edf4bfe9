"""An answer that was filed is verified by working it out anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from negative_list import __version__
from negative_list.catalogue import Catalogue

PATH = "/v1/receipts/verify"
DETERMINE = "/v1/determinations"
PROPOSALS: list[dict[str, Any]] = [
    {"activity": "a data centre in Wuhan, 60% ours"},
    {"activity": "互联网数据中心 & 100% “机房” + #?", "foreign_share": 33.5, "ref": "17"},
    {"activity": "value-added telecom", "form": "partnership", "chinese_control": True, "origin_qualified": False},
    {"activity": "film production", "location": "Lingang", "investor_origin": "German", "as_of": "2025-03-01"},
    {"activity": "a hospital before 2019", "location": "Lingang, outside the FTZ", "origin_qualified": True},
    {"activity_ids": ["hospitality/coffee-shops", "telecom/call-centre"], "telecom_categories": ["B11"]},
    {"industry_codes": ["6422"], "lang": "zh"},
    {"activity": "platform"},
    {"activity": "qwertyuiop"},
    {"activity": "a café\twith\n\nlines; =1+1  "},
]


def determine(client: FlaskClient, proposal: dict[str, Any]) -> dict[str, Any]:
    response = client.post(DETERMINE, json=proposal)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json
    return found


def verify(client: FlaskClient, **claim: Any) -> dict[str, Any]:
    response = client.post(PATH, json=claim)
    assert response.status_code == 200, response.text
    assert response.headers["Cache-Control"] == "no-store"
    found: dict[str, Any] = response.json
    return found


def outcome(found: dict[str, Any]) -> tuple[bool | None, str, list[str]]:
    return found["valid"], found["reason"], found["differing"]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("proposal", PROPOSALS, ids=lambda proposal: str(proposal)[:40])
def test_what_was_returned_is_valid(
    client: FlaskClient, catalogue: Catalogue, proposal: dict[str, Any], lang: str
) -> None:
    proposal = {"lang": lang} | proposal
    body = determine(client, proposal)
    [in_batch] = client.post(f"{DETERMINE}/batch", json=[proposal]).json
    by_link = client.get(body["links"]["self"]).json
    for presented in (body, in_batch, by_link):
        assert presented["receipt"] == body["receipt"]
        found = verify(client, determination=presented)
        assert outcome(found) == (True, "valid", [])
        assert found["receipt"] == body["receipt"]
    day = body["understood"]["as_of"]["value"]
    assert outcome(verify(client, receipt=body["receipt"], proposal=proposal)) == (True, "valid", [])
    assert outcome(verify(client, receipt=body["receipt"], proposal=proposal | {"as_of": day})) == (True, "valid", [])
    assert found["made_with"] == {"data": catalogue.digest.removeprefix("blake2b:")[:8], "engine": __version__}
    assert (found["dataset"]["digest"], found["engine"]) == (catalogue.digest, __version__)


def test_the_explanation_is_in_the_language_asked_for(client: FlaskClient) -> None:
    body = determine(client, PROPOSALS[0])
    texts = {verify(client, determination=body, lang=lang)["explanation"] for lang in ("en", "zh")}
    assert len(texts) == 2
    assert any("回执" in text for text in texts)


@pytest.mark.parametrize(
    "other",
    [
        {"activity": "a data centre in Wuhan, 50% ours"},
        {"activity": "a data centre in Wuhan, 60% ours."},
        {"foreign_share": 49},
        {"as_of": "2024-11-01"},
        {"investor_origin": "HK"},
        {"location": "Shanghai"},
    ],
    ids=str,
)
def test_another_proposal_is_not_what_the_receipt_was_made_for(client: FlaskClient, other: dict[str, Any]) -> None:
    receipt = determine(client, PROPOSALS[0])["receipt"]
    found = verify(client, receipt=receipt, proposal=PROPOSALS[0] | other)
    assert outcome(found) == (False, "differs", ["receipt"])
    assert found["receipt"] != receipt


def _set(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(body: dict[str, Any]) -> None:
        *steps, last = path.split(".")
        at: Any = body
        for step in steps:
            at = at[int(step)] if step.isdecimal() else at[step]
        at[int(last) if last.isdecimal() else last] = value

    return change


@pytest.mark.parametrize(
    ("change", "differing"),
    [
        (_set("status", "open"), ["status"]),
        (_set("permitted_as_proposed", "yes"), ["permitted_as_proposed"]),
        (_set("summary", "It is open."), ["summary"]),
        (_set("activities.0.max_foreign_share", 100), ["activities"]),
        (_set("activities.0.reasons.0.citation.item", "13"), ["activities"]),
        (_set("understood.location.label", "Shanghai"), ["understood"]),
        (_set("understood.as_of.value", "2024-11-01"), ["understood"]),
        (_set("dataset.version", "2027.1.0"), ["dataset"]),
        (_set("approved", True), ["approved"]),
        (lambda body: body.pop("advisories"), ["advisories"]),
        (lambda body: body.clear() or body.update(receipt="", links={}) or body, None),
    ],
)
def test_an_answer_altered_is_not_valid(
    client: FlaskClient, change: Callable[[dict[str, Any]], Any], differing: list[str] | None
) -> None:
    body = determine(client, PROPOSALS[0])
    change(body)
    if differing is None:
        assert client.post(PATH, json={"determination": body}).status_code == 422
    else:
        assert outcome(verify(client, determination=body)) == (False, "differs", differing)


def test_the_proposal_of_an_answer_altered_is_not_valid(client: FlaskClient) -> None:
    body = determine(client, PROPOSALS[0])
    body["links"]["self"] = determine(client, {"activity": "coffee shop"})["links"]["self"]
    valid, _, differing = outcome(verify(client, determination=body))
    assert valid is False
    assert {"status", "receipt"} <= set(differing)


@pytest.mark.parametrize("made_with", [("00000000", __version__), (None, "9.9.9")])
def test_what_another_version_made_cannot_be_told(client: FlaskClient, made_with: tuple[str | None, str]) -> None:
    body = determine(client, PROPOSALS[0])
    _, data, _, digest = body["receipt"].split(":")
    data, engine = made_with[0] or data, made_with[1]
    body["receipt"] = f"nlr1:{data}:{engine}:{digest}"
    body["dataset"]["version"] = "2020.1.0"
    found = verify(client, determination=body)
    # The answer itself is the same still, and that is said.
    assert outcome(found) == (None, "other_version", [])
    assert found["made_with"] == {"data": data, "engine": engine}
    body["status"] = "open"
    assert outcome(verify(client, determination=body)) == (None, "other_version", ["status"])
    unheld = verify(client, receipt=body["receipt"], proposal={"activity_ids": ["none/such"]})
    assert outcome(unheld) == (None, "other_version", [])
    assert unheld["receipt"] is None


RECEIPT = f"nlr1:00000000:{__version__}:{'0' * 32}"
CAFE = {"activity": "coffee shop"}


@pytest.mark.parametrize(
    ("claim", "status", "pointer", "nearest"),
    [
        ({}, 422, "", None),
        ({"receipt": RECEIPT}, 422, "", None),
        ({"proposal": CAFE}, 422, "", None),
        ({"receipt": RECEIPT, "proposal": CAFE, "determination": {}}, 422, "", None),
        ({"receipt": RECEIPT, "determination": {}}, 422, "", None),
        ({"receipt": "nlr1:1", "proposal": CAFE}, 422, "/receipt", None),
        ({"receipt": 1, "proposal": CAFE}, 422, "/receipt", None),
        ({"receipt": RECEIPT, "proposal": {"activity": "cafe", "foreign_share": 0}}, 422, "/proposal/foreign_share", None),
        ({"receipt": RECEIPT, "proposal": {"activity": "cafe", "foreignshare": 6}}, 422, "/proposal/foreignshare", "foreign_share"),
        ({"receipt": RECEIPT, "proposals": CAFE}, 422, "/proposals", "proposal"),
        ({"determination": {}}, 422, "/determination/receipt", None),
        ({"determination": {"receipt": RECEIPT}}, 422, "/determination/links/self", None),
        ({"determination": {"receipt": RECEIPT, "links": {"self": "/v1/determinations"}}}, 422, "/determination/links/self", None),
        ({"determination": {"receipt": RECEIPT, "links": {"self": "?activity=a&x=1"}}}, 422, "/determination/links/self", None),
        ({"determination": {"receipt": RECEIPT, "links": {"self": "?activity=a&foreign_share=a"}}}, 422, "/determination/links/self", None),
        ({"determination": {"receipt": RECEIPT, "links": {"self": "http://[?activity=a"}}}, 422, "/determination/links/self", None),
        ({"determination": {"receipt": "x", "links": {"self": "?activity=a"}}}, 422, "/determination/receipt", None),
    ],
    ids=str,
)
def test_what_is_no_claim(
    client: FlaskClient, claim: dict[str, Any], status: int, pointer: str, nearest: str | None
) -> None:
    response = client.post(PATH, json=claim)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json"), response.text
    faults = {item["pointer"]: item for item in response.json["errors"]}
    assert pointer in faults, faults
    assert faults[pointer].get("nearest") == nearest


def test_a_proposal_that_this_very_version_refuses(client: FlaskClient) -> None:
    receipt = determine(client, CAFE)["receipt"]
    for proposal, status, field in (
        ({"activity": "cafe", "location": "Wuhann"}, 422, "location"),
        ({"activity": "cafe", "as_of": "1990-01-01"}, 400, "as_of"),
    ):
        response = client.post(PATH, json={"receipt": receipt, "proposal": proposal})
        assert (response.status_code, response.json["errors"][0]["pointer"]) == (status, f"/proposal/{field}")


def test_a_receipt_holds_nothing_of_the_proposal(client: FlaskClient) -> None:
    """Equal parts of different proposals leave no equal trace: only data and engine are the same."""
    receipts = [determine(client, {"activity": "cafe", "foreign_share": share})["receipt"] for share in (49, 50)]
    first, second = (receipt.split(":") for receipt in receipts)
    assert first[:3] == second[:3]
    assert first[3] != second[3]
    assert len(json.dumps(receipts[0])) < 70
