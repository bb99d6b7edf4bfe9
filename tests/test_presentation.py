"""A determination as the HTTP contract states it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import orjson
import pytest

from negative_list.catalogue import Catalogue
from negative_list.determination import Determination, Engine
from negative_list.model import LANGUAGES
from negative_list.presentation import Presenter

HAN = re.compile(r"[\u4e00-\u9fff]")
PERCENTAGE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|per cent)")

DETERMINATION = {
    "status",
    "permitted_as_proposed",
    "summary",
    "undetermined",
    "activities",
    "conditions",
    "advisories",
    "understood",
    "not_understood",
    "caveats",
    "dataset",
    "receipt",
    "links",
    "notice",
}
ACTIVITY = {
    "activity",
    "match",
    "status",
    "permitted_as_proposed",
    "max_foreign_share",
    "reasons",
    "relaxations",
    "history",
    "neighbouring",
    "licences",
}
REASON = {"measure", "effect", "requirement", "proposed", "met", "explanation", "citation"}
CITATION = {"entry", "instrument", "item", "title", "title_zh", "cited_as", "effective_from", "href", "source_url"}
UNDERSTOOD = {
    "foreign_share",
    "form",
    "chinese_control",
    "location",
    "investor_origin",
    "origin_qualified",
    "as_of",
    "excluded",
}
# Proposals that between them reach every part of an answer.
PROPOSALS: list[dict[str, Any]] = [
    {"activity": "online game operation"},
    {"activity": "互联网数据中心，外资占六成", "form": "joint_venture"},
    {"activity": "value-added telecom information service"},
    {"activity": "value-added telecom information service", "foreign_share": 33.5, "form": "partnership"},
    {"activity": "coffee shop in Wuhan, a Hong Kong company, no online game operation"},
    {"activity": "coffee shop and data centre", "location": "Lingang", "investor_origin": "DE"},
    {"activity": "coffee shop", "form": "sole_proprietorship"},
    {"activity": "online music streaming"},
    {"activity": "online gambling"},
    {"activity": "platform"},
    {"activity": "天气怎么样"},
    {"activity": "asdkjh qwelkj"},
    {"activity_ids": ("education/preschool", "health/medical-institutions"), "form": "contractual_control"},
]

Present = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def presenters(catalogue: Catalogue) -> dict[str, Presenter]:
    return {lang: Presenter(catalogue, lang) for lang in LANGUAGES}


@pytest.fixture(scope="module")
def present(determine: Callable[..., Determination], presenters: dict[str, Presenter]) -> Present:
    def body(proposal: dict[str, Any], lang: str = "en", **options: Any) -> dict[str, Any]:
        facts = dict(proposal)
        return presenters[lang].determination(determine(facts.pop("activity", ""), **facts), **options)

    return body


def strings(value: Any) -> list[str]:
    """Every string below a JSON value, keys left out."""
    if isinstance(value, dict):
        return [text for item in value.values() for text in strings(item)]
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    return [value] if isinstance(value, str) else []


def reasons(body: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        reason
        for item in body["activities"]
        for reason in (*item["reasons"], *item.get("contested", {}).get("reasons", ()))
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("proposal", PROPOSALS)
def test_the_keys_are_those_of_the_contract(present: Present, proposal: dict[str, Any], lang: str) -> None:
    body = present(proposal, lang)
    assert set(body) == DETERMINATION
    assert set(body["understood"]) == UNDERSTOOD
    assert set(body["dataset"]) == {"version", "digest", "checked_on"}
    assert body["undetermined"] is None or set(body["undetermined"]) == {"reason", "question", "candidates"}
    for item in body["activities"]:
        assert set(item) - {"contested"} == ACTIVITY
        assert set(item["activity"]) == {"id", "label", "href"}
        assert set(item["match"]) == {"by", "score", "text", "span"}
        assert all(set(licence) == {"id", "label", "authority"} for licence in item["licences"])
    for reason in reasons(body):
        assert set(reason) == REASON
        assert set(reason["citation"]) == CITATION
    for condition in body["conditions"]:
        assert set(condition) == {"id", "text", "activity", "requirement", "citation"}
        assert condition["text"]
    for advisory in body["advisories"]:
        assert {"id", "label", "because", "citation"} <= set(advisory)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("proposal", PROPOSALS)
def test_it_is_json(present: Present, proposal: dict[str, Any], lang: str) -> None:
    body = present(proposal, lang)
    assert orjson.loads(orjson.dumps(body)) == body
    assert [text for text in strings(body) if re.search(r"\{\w*\}|None|True|False", text)] == []


@pytest.mark.parametrize("proposal", PROPOSALS)
def test_both_languages_say_the_same(present: Present, proposal: dict[str, Any]) -> None:
    en, zh = present(proposal), present(proposal, "zh")
    assert HAN.search(zh["summary"])
    assert HAN.search(zh["notice"])
    assert not HAN.search(en["summary"])
    for key in ("status", "permitted_as_proposed", "dataset", "not_understood"):
        assert en[key] == zh[key]
    ids = [[item["activity"]["id"] for item in body["activities"]] for body in (en, zh)]
    assert ids[0] == ids[1]
    for one, other in zip(reasons(en), reasons(zh), strict=True):
        differing = {key for key in REASON if one[key] != other[key]}
        assert differing <= {"explanation", "citation"}
        assert {key for key in CITATION if one["citation"][key] != other["citation"][key]} <= {"cited_as"}
        assert HAN.search(other["explanation"])
        assert not HAN.search(one["explanation"])


def test_a_reference_is_echoed_only_when_given(present: Present) -> None:
    assert present(PROPOSALS[0], ref="案号 7")["ref"] == "案号 7"


def test_facts_are_echoed_with_where_they_come_from(present: Present) -> None:
    body = present({"activity": "call centre in Wuhan, 49% foreign, German investor", "form": "joint_venture"})
    understood = body["understood"]
    assert understood["foreign_share"] == {"value": 49, "from": "text", "words": "49%"}
    assert understood["form"] == {"value": "joint_venture", "from": "field"}
    assert understood["location"] == {
        "id": "CN-42-01",
        "label": "Wuhan",
        "regimes": ["cn/pilot/services-2025"],
        "from": "text",
        "words": "Wuhan",
    }
    assert understood["investor_origin"]["value"] == "DE"
    assert understood["as_of"]["from"] == "default"
    assert understood["excluded"] == []


def test_the_span_marks_the_words_understood(present: Present) -> None:
    text = "We plan an Ｏnline game operation company"
    (item,) = present({"activity": text})["activities"]
    start, end = item["match"]["span"]
    assert text[start:end] == item["match"]["text"]


def test_ambiguous_words_come_with_a_question_and_candidates(present: Present) -> None:
    undetermined = present({"activity": "platform"})["undetermined"]
    assert undetermined["question"].endswith("?")
    for candidate in undetermined["candidates"]:
        assert set(candidate) == {"id", "label", "href", "status", "permitted_as_proposed"}


def test_shares_are_whole_numbers_where_they_can_be(present: Present) -> None:
    whole = reasons(present({"activity": "互联网数据中心", "foreign_share": 60.0}))
    assert {repr(reason["proposed"]["foreign_share"]) for reason in whole if reason["proposed"]} == {"60"}
    broken = reasons(present({"activity": "互联网数据中心", "foreign_share": 33.5}))
    assert {reason["proposed"]["foreign_share"] for reason in broken if reason["proposed"]} == {33.5}


@pytest.mark.parametrize("share", [None, 49, 100])
def test_percentages_in_an_explanation_stand_as_data_too(engine: Engine, present: Present, share: int | None) -> None:
    missing = set()
    for activity in engine.catalogue.activities:
        for reason in reasons(present({"activity_ids": (activity,), "foreign_share": share})):
            requirement = reason["requirement"] | reason["requirement"].get("lifted", {})
            data = {str(value) for value in (*requirement.values(), *reason["proposed"].values())}
            if not set(PERCENTAGE.findall(reason["explanation"])) <= data:
                missing.add((reason["citation"]["entry"], reason["explanation"]))
    assert missing == set()


def test_every_activity_is_explained_without_a_gap(
    engine: Engine, presenters: dict[str, Presenter], today: Any
) -> None:
    for activity in engine.catalogue.activities:
        result = engine.determine({"activity_ids": (activity,)}, today)
        for presenter in presenters.values():
            body = presenter.determination(result)
            assert body["summary"]
            assert all(reason["explanation"] for reason in reasons(body))


# What the text says, the bounds, and how an explanation puts them in English and Chinese.
RANGES = [
    ("40% to 60% foreign", (40, 60, False, False), "between 40% and 60%", "40%至60%"),
    ("33.5-50% foreign", (33.5, 50, False, False), "between 33.5% and 50%", "33.5%至50%"),
    ("49/51 JV", (49, 51, False, False), "between 49% and 51%", "49%至51%"),
    ("up to 49% foreign", (0, 49, True, False), "up to 49%", "不超过49%"),
    ("less than 50% foreign", (0, 50, True, True), "less than 50%", "低于50%"),
    ("at least 51% foreign", (51, 100, False, False), "at least 51%", "不低于51%"),
    ("more than 50% foreign", (50, 100, True, False), "more than 50%", "超过50%"),
    ("Chinese partner holds 51% or more", (0, 49, False, False), "up to 49%", "不超过49%"),
]


def bounds(low: float, high: float, low_excluded: bool, high_excluded: bool) -> dict[str, Any]:
    return {
        "minimum": low,
        "maximum": high,
        "exclusive_minimum": low_excluded,
        "exclusive_maximum": high_excluded,
    }


@pytest.mark.parametrize(("words", "ends", "en", "zh"), RANGES)
def test_a_range_of_shares_is_shown_as_one(
    present: Present, words: str, ends: tuple[float, float, bool, bool], en: str, zh: str
) -> None:
    text = f"value-added telecom information service, {words}"
    for lang, said in (("en", en), ("zh", zh)):
        body = present({"activity": text}, lang)
        share = body["understood"]["foreign_share"]
        assert set(share) == {"value", "range", "from", "words"}
        assert (share["value"], share["from"]) == (None, "text")
        assert share["range"] == bounds(*ends)
        assert share["words"] in text
        proposed = [reason for reason in reasons(body) if "foreign_share" in reason["proposed"]]
        assert proposed
        for reason in proposed:
            assert reason["proposed"]["foreign_share"] == bounds(*ends)
            assert said in reason["explanation"]


@pytest.mark.parametrize(
    ("words", "permitted"),
    [("30% to 50% foreign", "yes"), ("40% to 60% foreign", "conditional"), ("51% to 60% foreign", "no")],
)
def test_a_range_is_answered_for_all_of_it(present: Present, words: str, permitted: str) -> None:
    body = present({"activity": f"value-added telecom information service, {words}"})
    assert body["permitted_as_proposed"] == permitted
    assert ("foreign_share_max" in {condition["id"] for condition in body["conditions"]}) is (
        permitted == "conditional"
    )


def test_one_figure_has_no_range(present: Present) -> None:
    for share in (None, 50):
        text = "value-added telecom information service, 50% foreign"
        understood = present({"activity": text, "foreign_share": share})["understood"]["foreign_share"]
        assert understood["value"] == 50
        assert "range" not in understood


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_law_older_than_any_held_is_told(engine: Engine, today: date, lang: str) -> None:
    text = "Was a wholly foreign-owned data centre allowed in Shanghai in 2014?"
    caveats = Presenter(engine.catalogue, lang).determination(engine.determine({"activity": text}, today))["caveats"]
    assert [caveat for caveat in caveats if "2014-12-31" in caveat and engine.catalogue.first_day.isoformat() in caveat]
    given = engine.determine({"activity": text, "as_of": today}, today)
    assert not any("2014" in caveat for caveat in Presenter(engine.catalogue, lang).determination(given)["caveats"])
