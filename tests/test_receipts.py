"""The receipt of an answer, and the address that gives the answer again."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from negative_list.catalogue import Catalogue
from negative_list.determination import Determination
from negative_list.presentation import Presenter

TEXT = "value-added telecom information service"
Receive = Callable[..., str]


@pytest.fixture(scope="module")
def receive(catalogue: Catalogue, determine: Callable[..., Determination]) -> Receive:
    def receipt(text: str = TEXT, lang: str = "en", data: Catalogue = catalogue, **facts: Any) -> str:
        return str(Presenter(data, lang).determination(determine(text, **facts))["receipt"])

    return receipt


def test_a_receipt_is_the_same_in_both_languages(receive: Receive) -> None:
    assert receive() == receive(lang="zh")
    assert re.fullmatch(r"nlr1:[0-9a-f]{8}:[0-9.]+:[0-9a-f]{32}", receive())


def test_a_day_given_and_the_same_day_by_default_are_one(receive: Receive, today: date) -> None:
    assert receive() == receive(as_of=today)


def test_a_receipt_changes_with_everything_that_counts(receive: Receive, catalogue: Catalogue) -> None:
    receipts = [
        receive(),
        receive("coffee shop"),
        receive(foreign_share=49),
        receive(foreign_share=49.5),
        receive(form="joint_venture"),
        receive(chinese_control=True),
        receive(location="Wuhan"),
        receive(investor_origin="HK"),
        receive(origin_qualified=True),
        receive(as_of=date(2025, 3, 1)),
        receive(telecom_categories=("B25",)),
        receive(data=dataclasses.replace(catalogue, digest="blake2b:0")),
    ]
    assert len(set(receipts)) == len(receipts)


@pytest.mark.parametrize(
    "proposal",
    [
        {"activity": "coffee shop"},
        {"activity": "互联网数据中心 & 100% “机房” + #?", "foreign_share": "33.5"},
        {"activity": TEXT, "form": "partnership", "chinese_control": "true", "origin_qualified": "false"},
        {"activity": TEXT, "location": "Lingang", "investor_origin": "German", "as_of": "2025-03-01"},
        {"activity": TEXT, "location": "上海自贸区外"},
        {"activity": TEXT, "location": "Lingang, outside the FTZ"},
        {"activity_ids": ["hospitality/coffee-shops", "telecom/call-centre"], "telecom_categories": ["B11"]},
        {"activity": "platform"},
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_link_gives_the_same_answer_again(client: FlaskClient, proposal: dict[str, Any], lang: str) -> None:
    first = client.get("/v1/determinations", query_string=proposal | {"lang": lang}).json
    assert first is not None
    again = client.get(first["links"]["self"]).json
    assert again is not None
    for key in ("status", "permitted_as_proposed", "summary", "receipt", "activities", "caveats"):
        assert again[key] == first[key]
    regimes = [body["understood"]["location"] and body["understood"]["location"]["regimes"] for body in (first, again)]
    assert regimes[0] == regimes[1]
