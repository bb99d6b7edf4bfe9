"""What would better a position, in the words of the answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from negative_list.determination import Engine
from negative_list.model import LANGUAGES
from negative_list.presentation import Presenter

IDC = "telecom/internet-data-centre"
Ask = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def ask(engine: Engine, today: Any) -> Ask:
    def ask(activity: str, lang: str = "en", **fields: Any) -> list[dict[str, Any]]:
        result = engine.determine({"activity_ids": (activity,), "as_of": today, **fields}, today)
        [item] = Presenter(engine.catalogue, lang).determination(result)["activities"]
        found: list[dict[str, Any]] = item["relaxations"]
        return found

    return ask


def by_regime(found: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {item["regime"]: item for item in found}


@pytest.mark.parametrize(
    ("fields", "regime", "words"),
    [
        ({"location": "Shenzhen"}, "cn/pilot/vats-2024", ["applies in this place"]),
        ({"location": "Wuhan"}, "cn/pilot/vats-2024", ["Wuhan is outside its area", "Shenzhen"]),
        ({"location": "Shanghai"}, "cn/pilot/vats-2024", ["only in part of Shanghai", "Pudong", "Lingang"]),
        ({}, "cn/pilot/vats-2024", ["place is not stated"]),
        ({"location": "Wuhan"}, "cn/hainan/2020", ["Wuhan is not in Hainan"]),
        ({}, "cn/hainan/2020", ["place is not stated"]),
        ({"location": "Wuhan"}, "cn/treaty/cepa-2016", ["Hong Kong, Macao", "not stated"]),
        ({"investor_origin": "DE"}, "cn/treaty/cepa-2016", ["Hong Kong, Macao", "comes from Germany"]),
        ({"investor_origin": "HK", "origin_qualified": False}, "cn/treaty/cepa-2016", ["no certificate"]),
        ({"location": "Wuhan", "investor_origin": "DE"}, "cn/treaty/cepa-2025", ["comes from Germany", "outside its area"]),
        ({"investor_origin": "TW"}, "cn/treaty/ecfa-2010", ["CEPA does not serve investors of Taiwan"]),
        ({"investor_origin": "JP"}, "cn/treaty/rcep-2022", ["WTO"]),
    ],
)
def test_why_it_applies_or_not(ask: Ask, fields: dict[str, Any], regime: str, words: list[str]) -> None:
    item = by_regime(ask(IDC, **fields))[regime]
    assert [word for word in words if word not in item["because"]] == []
    assert item["applies"] is ("applies in this place" in item["because"])


@pytest.mark.parametrize(
    ("fields", "regime", "english", "chinese"),
    [
        ({"location": "Shenzhen"}, "cn/pilot/vats-2024", "It applies in this place", "在该地、该投资者、该日均适用。"),
        ({"location": "Wuhan"}, "cn/pilot/vats-2024", "Wuhan is outside its area", "武汉不在其范围内"),
        ({"location": "Shanghai"}, "cn/pilot/vats-2024", "only in part of Shanghai", "仅适用于上海的部分区域"),
        ({}, "cn/pilot/vats-2024", "The place is not stated; it works only in", "未说明地点；仅适用于"),
        ({"location": "Wuhan"}, "cn/hainan/2020", "Wuhan is not in Hainan.", "武汉不在海南。"),
        ({}, "cn/hainan/2020", "holds only in Hainan.", "该清单仅适用于海南。"),
        ({}, "cn/treaty/cepa-2016", "comes from is not stated.", "未说明投资者来源地。"),
        ({"investor_origin": "DE"}, "cn/treaty/cepa-2016", "comes from Germany.", "而该投资者来自德国。"),
        (
            {"investor_origin": "HK", "origin_qualified": False},
            "cn/treaty/cepa-2016",
            "said to hold no certificate",
            "未持有香港或者澳门服务提供者证明书。",
        ),
        (
            {"location": "Shenzhen", "as_of": date(2024, 10, 22)},
            "cn/pilot/vats-2024",
            "not in operation before 2024-10-23.",
            "自2024-10-23起方可适用。",
        ),
    ],
)
def test_every_reason_is_said_in_both_languages(
    ask: Ask, fields: dict[str, Any], regime: str, english: str, chinese: str
) -> None:
    for lang, words in (("en", english), ("zh", chinese)):
        assert words in by_regime(ask(IDC, lang, **fields))[regime]["because"]


@pytest.mark.parametrize(
    ("fields", "english", "chinese"),
    [
        ({"location": "Shanghai FTZ"}, "It applies in this place", "均适用。"),
        ({"location": "Shanghai"}, "Shanghai as such is outside", "上海本身不属于自由贸易试验区"),
        ({}, "holds only inside a pilot free trade zone.", "该清单仅适用于自由贸易试验区内。"),
    ],
)
def test_the_list_of_the_zones_in_both_languages(ask: Ask, fields: dict[str, Any], english: str, chinese: str) -> None:
    for lang, words in (("en", english), ("zh", chinese)):
        found = by_regime(ask("culture/performing-troupes", lang, **fields))
        assert words in found["cn/ftz/2021"]["because"]


def test_the_parts_of_a_city_are_those_inside_it(ask: Ask) -> None:
    because = by_regime(ask(IDC, location="Shanghai"))["cn/pilot/vats-2024"]["because"]
    assert "Shenzhen" not in because
    assert "Beijing" not in because


def test_a_city_with_a_zone_is_told_what_changes_inside(ask: Ask) -> None:
    item = by_regime(ask("culture/performing-troupes", location="Shanghai"))["cn/ftz/2021"]
    assert item["applies"] is False
    assert "Shanghai as such is outside" in item["because"]
    assert item["effect"] == {"status": "restricted", "max_foreign_share": 49}
    assert item["citation"]["entry"] == "cn/ftz/2021/27"
    inside = by_regime(ask("culture/performing-troupes", location="Shanghai FTZ"))["cn/ftz/2021"]
    assert inside["applies"] is True


@pytest.mark.parametrize(("day", "held"), [("2024-04-07", False), ("2024-04-08", True), ("2024-10-22", True)])
def test_a_pilot_announced_and_not_yet_working(ask: Ask, day: str, held: bool) -> None:
    found = by_regime(ask(IDC, location="Shenzhen", as_of=date.fromisoformat(day)))
    assert ("cn/pilot/vats-2024" in found) is held
    if held:
        assert found["cn/pilot/vats-2024"]["because"] == "Announced, but not in operation before 2024-10-23."


@pytest.mark.parametrize("activity", ["telecom/call-centre", "hospitality/coffee-shops", "media/cinema"])
def test_nothing_is_offered_where_it_is_open_anyway(ask: Ask, activity: str) -> None:
    assert ask(activity, investor_origin="TW") == []


@pytest.mark.parametrize("activity", ["internet/online-video", "mapping/listed-surveying", "media/news-organisations"])
def test_no_pilot_and_no_treaty_opens_what_stays_closed(ask: Ask, activity: str) -> None:
    for place in (None, "Lingang", "Shenzhen", "Hainan", "Beijing"):
        found = ask(activity, location=place, investor_origin="HK", origin_qualified=True)
        assert [item for item in found if item["effect"]] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_applies_comes_first_and_all_is_cited(ask: Ask, lang: str) -> None:
    found = ask("telecom/app-store", lang, location="Lingang", investor_origin="HK", origin_qualified=True)
    applies = [item["applies"] for item in found]
    assert applies == sorted(applies, reverse=True)
    assert applies.count(True) >= 3
    assert all(item["citation"] and item["because"] and item["title"] for item in found)
