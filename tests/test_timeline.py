"""Since when a rule stands, what stood before, and what follows."""

from __future__ import annotations

from datetime import date

import pytest

from negative_list.determination import Engine
from negative_list.presentation import Presenter
from negative_list.standing import Situation
from negative_list.timeline import Timeline, timeline


def at(engine: Engine, activity: str, day: str, place: str | None = None, origin: str | None = None) -> Timeline:
    location = None if place is None else engine.reader.gazetteer.resolve(place)
    situation = Situation(date.fromisoformat(day), location, origin, True if origin else None)
    return timeline(engine.bench, engine.catalogue.activities[activity], situation)


@pytest.mark.parametrize(
    ("activity", "day", "place", "origin", "since", "until"),
    [
        ("telecom/call-centre", "2019-07-29", None, None, "2017-07-28", "2019-07-30"),
        ("telecom/call-centre", "2019-07-30", None, None, "2019-07-30", None),
        ("telecom/call-centre", "2026-11-23", None, None, "2019-07-30", None),
        ("media/publication-printing", "2020-01-01", None, None, "2017-07-28", "2024-11-01"),
        ("media/news-organisations", "2026-11-23", None, None, "2017-07-28", None),
        ("telecom/internet-data-centre", "2026-11-23", "Shenzhen", None, "2024-10-23", None),
        ("telecom/internet-data-centre", "2021-02-01", "Hainan", None, "2021-02-01", None),
        ("media/film-production", "2025-03-01", None, "HK", "2025-03-01", None),
        ("culture/performing-troupes", "2026-11-23", "Shandong FTZ", None, "2019-08-30", None),
    ],
)
def test_since_and_until(
    engine: Engine, activity: str, day: str, place: str | None, origin: str | None, since: str, until: str | None
) -> None:
    times = at(engine, activity, day, place, origin)
    assert times.since == date.fromisoformat(since)
    assert times.from_the_first_day is (times.since == engine.catalogue.first_day)
    if until is not None:
        assert times.until == date.fromisoformat(until)
        assert times.after is not None


@pytest.mark.parametrize(("day", "told"), [("2024-11-01", True), ("2026-11-01", True), ("2026-11-23", False)])
def test_the_rule_before_is_told_for_two_years(engine: Engine, day: str, told: bool) -> None:
    times = at(engine, "media/publication-printing", day)
    assert times.since == date(2024, 11, 1)
    assert (times.before is not None) is told


@pytest.mark.parametrize(
    ("activity", "numbers"),
    [
        ("education/preschool", ["24", "22", "20"]),
        ("education/compulsory-education", ["25", "23", "21"]),
        ("health/human-stem-cell-technology", ["21", "19", "17"]),
    ],
)
def test_another_number_is_the_same_rule(engine: Engine, activity: str, numbers: list[str]) -> None:
    days = [date(2020, 7, 23), date(2022, 1, 1), date(2024, 11, 1)]
    standings = [engine.bench.bare(activity, Situation(day)) for day in days]
    assert [{r.entry.number for r in standing.reasons if r.entry.is_item} for standing in standings] == [
        {number} for number in numbers
    ]
    times = at(engine, activity, "2024-11-01")
    assert times.since == engine.catalogue.first_day
    assert times.from_the_first_day
    assert times.before is None


def test_it_is_said_in_words(engine: Engine) -> None:
    times = at(engine, "media/publication-printing", "2024-11-01")
    english, chinese = (Presenter(engine.catalogue, lang).times(times) for lang in ("en", "zh"))
    assert "since 2024-11-01" in english
    assert "at most 49%" in english
    assert "item 6 of the Negative List 2021" in english
    assert "2021年版" in chinese
    assert "外资比例最高49%" in chinese
