"""What was answered is verified years later, too, by the data and the engine that answered it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from negative_list.catalogue import Catalogue
from negative_list.determination import Engine
from negative_list.errors import ProposalError
from negative_list.presentation import Presenter
from negative_list.receipts import Receipt
from negative_list.verification import Claim, fields_of, report, verify

LATER = date(2040, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "coffee shop",
        "data centre before 2019",
        # A day to come when the answer was made, and past when it is verified.
        "data centre, law of 2030-05-01",
        "data centre under the rules before 2029",
        "我们2030年5月1日开设数据中心",
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_answer_is_verified_on_any_later_day(
    engine: Engine, catalogue: Catalogue, today: date, text: str, lang: str
) -> None:
    presenter = Presenter(catalogue, lang)
    body = presenter.determination(engine.determine({"activity": text}, today))
    asked = body["understood"]["as_of"]["value"]
    with_receipt = Claim(Receipt.parse(body["receipt"]), fields_of({"activity": text, "as_of": asked}))
    for day in (today, LATER):
        assert verify(engine, Claim.of_determination(body), day).valid is True
        assert verify(engine, with_receipt, day).valid is True


def test_a_day_read_from_the_text_gives_way_to_one_given(engine: Engine, catalogue: Catalogue, today: date) -> None:
    text = "data centre before 2019"
    body = Presenter(catalogue, "en").determination(engine.determine({"activity": text}, today))
    receipt = Receipt.parse(body["receipt"])
    for as_of, valid in (("2018-12-31", True), ("2020-01-01", False)):
        assert verify(engine, Claim(receipt, fields_of({"activity": text, "as_of": as_of})), LATER).valid is valid


def test_without_a_day_todays_law_is_asked(engine: Engine, catalogue: Catalogue, today: date) -> None:
    body = Presenter(catalogue, "en").determination(engine.determine({"activity": "coffee shop"}, today))
    claim = Claim(Receipt.parse(body["receipt"]), {"activity": "coffee shop"})
    assert verify(engine, claim, today).valid is True
    found = verify(engine, claim, LATER)
    assert (found.valid, found.differing) == (False, ("receipt",))
    assert report(engine, found, "en")["as_of"] == LATER.isoformat()
    assert report(engine, found, "zh")["explanation"] != report(engine, found, "en")["explanation"]


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"foreign_share": "33.5", "chinese_control": "true"}, {"foreign_share": 33.5, "chinese_control": True}),
        ({"foreign_share": 49, "origin_qualified": False}, {"foreign_share": 49.0, "origin_qualified": False}),
        ({"as_of": "2024-11-01", "activity_ids": ["a", "b"]}, {"as_of": date(2024, 11, 1), "activity_ids": ("a", "b")}),
    ],
)
def test_fields_are_read_from_json_and_from_words(given: dict[str, Any], fields: dict[str, Any]) -> None:
    assert fields_of(given) == fields


@pytest.mark.parametrize(
    "given",
    [
        *({"foreign_share": value} for value in (0, 101, "NaN", "1e400", True, None, "a", 10**400)),
        *({"chinese_control": value} for value in (1, "yes", None, [])),
        *({"as_of": value} for value in ("20240101", "2024-02-30", 20240101, None, "２０２４-11-01")),
        *({"activity_ids": value} for value in ("a", [""], [1], None)),
        *({"form": value} for value in ("gmbh", [], None)),
        *({"activity": value} for value in ("", " ", 1, None)),
        {"lang": "fr"},
        {"share": 60},
    ],
    ids=str,
)
def test_what_no_field_can_hold_is_refused_by_name(given: dict[str, Any]) -> None:
    with pytest.raises(ProposalError) as caught:
        fields_of(given)
    assert [caught.value.field] == list(given)
