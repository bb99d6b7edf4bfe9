"""The memorandum as data: everything a lawyer files, in either language, in no format."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

import orjson
import pytest

from negative_list import __version__
from negative_list.catalogue import Catalogue
from negative_list.determination import Determination
from negative_list.memorandum import Memorandum, Row, Section, memorandum
from negative_list.presentation import Presenter

Write = Callable[..., Memorandum]
PROPOSALS: dict[str, dict[str, Any]] = {
    "restricted": {"text": "a data centre in Wuhan, 60% ours"},
    "several": {"text": "online music streaming, e-commerce marketplace and a game studio; no news"},
    "asked": {"text": "平台"},
    "lost": {"text": "coffee shop and blorptangle zentrification"},
    "stated": {
        "text": "value-added telecom information service",
        "foreign_share": 60.0,
        "form": "joint_venture",
        "chinese_control": False,
        "location": "outside the Shanghai FTZ",
        "investor_origin": "HK",
        "origin_qualified": True,
        "as_of": date(2025, 6, 1),
    },
    "codes": {"activity_ids": ["internet/online-games-operation"], "industry_codes": ["I6422"],
              "telecom_categories": ["B25"]},
    "range": {"text": "call centre, at least 51%, joint venture"},
}  # fmt: skip


@pytest.fixture(scope="module")
def write(catalogue: Catalogue, determine: Callable[..., Determination], today: date) -> Write:
    def made(lang: str = "en", text: str = "", ref: str | None = None, **facts: Any) -> Memorandum:
        presenter = Presenter(catalogue, lang)
        return memorandum(presenter, determine(text, **facts), today, ref, "https://law.example")

    return made


def section(memo: Memorandum, id_: str) -> Section:
    return next(item for item in memo.sections if item.id == id_)


def rows(items: tuple[Row, ...]) -> dict[str, tuple[str, str]]:
    return {row.label: (row.value, row.note) for row in items}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", PROPOSALS)
def test_every_kind_of_answer_is_told_in_both_languages(write: Write, name: str, lang: str) -> None:
    memo = write(lang, **PROPOSALS[name])
    assert memo.lang == lang
    assert memo.question.quote == PROPOSALS[name].get("text", "")
    assert memo.summary
    assert memo.notice
    assert memo.receipt.startswith("nlr1:")
    told = orjson.dumps(asdict(memo)).decode()
    # No blank was left open and no absent value told.
    assert not re.search(r"\{\w+\}|\bNone\b", told)


def test_facts_say_where_they_were_taken_from(write: Write) -> None:
    facts = rows(section(write(**PROPOSALS["restricted"]), "facts").rows)
    assert facts["Foreign share"] == ("60%", "read from the text: “60%”")
    assert facts["Place"] == ("Wuhan", "read from the text: “Wuhan”")
    assert facts["Day of the law"] == ("2026-11-23", "the day of asking, as none was given")
    assert facts["Not stated"][0] == "Form, Chinese control, Investor's origin, CEPA certificate"


def test_facts_given_are_told_as_given(write: Write) -> None:
    facts = rows(section(write(**PROPOSALS["stated"]), "facts").rows)
    assert set(facts.values()) >= {("60%", "as given"), ("joint venture", "as given"), ("no", "as given")}
    assert "Not stated" not in facts


def test_a_share_known_as_a_range_is_told_as_one(write: Write) -> None:
    assert rows(section(write(**PROPOSALS["range"]), "facts").rows)["Foreign share"][0] == "at least 51%"


def test_what_is_said_not_to_be_done_is_told(write: Write) -> None:
    assert "news" in rows(section(write(**PROPOSALS["several"]), "facts").rows)["Said not to be done"][0]


def test_each_reason_rests_on_an_authority_in_full(write: Write, catalogue: Catalogue) -> None:
    memo = write(**PROPOSALS["restricted"])
    points = [point for item in memo.sections for group in item.groups for point in group.points]
    cited = {number for point in points for number in point.cites}
    assert cited == {rule.number for rule in memo.authorities} == set(range(1, len(memo.authorities) + 1))
    first = memo.authorities[0]
    held = catalogue.instruments["cn/national/2024"]
    assert first.cited == "Item 12 of the Negative List 2024, “Telecommunications companies”"
    assert held.document_number is not None
    assert held.document_number.en in first.instrument
    assert held.title.en in first.instrument
    assert "2024-11-01" in first.instrument
    assert first.address == held.source_url
    assert {rule.basis for rule in memo.authorities} <= {
        catalogue.wording["memo.basis_verified"].en, catalogue.wording["memo.basis_recalled"].en
    }  # fmt: skip


def test_what_would_change_the_answer_is_told_and_what_applies_already_is_not(write: Write) -> None:
    (group,) = section(write(**PROPOSALS["restricted"]), "changes").groups
    assert "Value-added telecom pilot 2024: open under it." in [point.lead for point in group.points]
    there = write(text="a data centre in Lingang, wholly foreign-owned")
    leads = [point.lead for item in there.sections if item.id == "changes" for g in item.groups for point in g.points]
    assert "Value-added telecom pilot 2024: open under it." not in leads


def test_a_share_over_the_cap_names_the_cap(write: Write) -> None:
    memo = write(text="value-added telecom information service", foreign_share=60.0)
    assert "at most 50%" in section(memo, "changes").groups[0].points[0].text


def test_conditions_are_told_where_it_depends_on_them(write: Write) -> None:
    assert section(write(text="value-added telecom information service"), "conditions").groups[0].points


def test_what_was_not_considered_is_named(write: Write) -> None:
    memo = write(**PROPOSALS["lost"])
    assert "blorptangle zentrification" in rows(section(memo, "not_considered").rows)["Words not understood"][0]
    beside = rows(section(write(**PROPOSALS["restricted"]), "not_considered").rows)
    assert "National security review of foreign investment" in beside["Other duties to look at"][0]
    assert "Market Access List 2025" in beside["Other lists that speak of it"][0]


def test_the_question_to_settle_comes_first(write: Write) -> None:
    memo = write(**PROPOSALS["asked"])
    assert memo.sections[0].id == "asked"
    assert len(memo.sections[0].groups[0].points) > 1
    assert memo.status == "undetermined"


def test_codes_are_named_in_the_question(write: Write) -> None:
    named = " ".join(row.value for row in write(**PROPOSALS["codes"]).question.rows)
    for code in ("internet/online-games-operation", "I6422", "B25"):
        assert code in named


def test_the_record_tells_how_to_verify(write: Write, catalogue: Catalogue) -> None:
    memo = write(**PROPOSALS["restricted"], ref="matter 17")
    record = rows(memo.record.rows)
    assert record["Receipt"][0] == memo.receipt
    assert record["Data"] == (f"version {catalogue.version}, checked on {catalogue.checked_on}", catalogue.digest)
    assert __version__ in record["Engine"][0]
    assert "https://law.example/v1/receipts/verify" in record["To verify"][0]
    assert ("Reference", "matter 17") in [(row.label, row.value) for row in memo.head]


def test_both_languages_carry_one_receipt_and_cite_the_same_rules(write: Write) -> None:
    for proposal in PROPOSALS.values():
        english, chinese = write("en", **proposal), write("zh", **proposal)
        assert english.receipt == chinese.receipt
        assert [rule.address for rule in english.authorities] == [rule.address for rule in chinese.authorities]
        assert [item.id for item in english.sections] == [item.id for item in chinese.sections]
