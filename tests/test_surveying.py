"""The law seen from above."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from negative_list.catalogue import Catalogue
from negative_list.determination import Engine
from negative_list.errors import TooEarly
from negative_list.places import Location
from negative_list.standing import Situation
from negative_list.surveying import BARS, CONDITIONS, DEMANDS, LIMITS, Surveyor, demand_of, editions

# What the lists themselves state.
TOTALS = {
    "cn/ftz/2013": 190, "cn/ftz/2014": 139, "cn/ftz/2015": 122, "cn/ftz/2017": 95, "cn/ftz/2018": 45,
    "cn/ftz/2019": 37, "cn/ftz/2020": 30, "cn/ftz/2021": 27, "cn/hainan/2020": 27, "cn/national/2017": 63,
    "cn/national/2018": 48, "cn/national/2019": 40, "cn/national/2020": 33, "cn/national/2021": 31,
    "cn/national/2024": 29,
}  # fmt: skip


@pytest.fixture(scope="module")
def surveyor(engine: Engine) -> Surveyor:
    return Surveyor(engine.bench)


def test_each_edition_is_counted_as_it_states(catalogue: Catalogue) -> None:
    assert {edition.instrument.id: edition.total for edition in editions(catalogue)} == TOTALS


def test_items_held_by_number_add_up_by_sector_and_by_demand(catalogue: Catalogue) -> None:
    for edition in editions(catalogue):
        held = edition.instrument.held == "full" and edition.instrument.enumeration == "official"
        wanted = edition.total if held else 0
        assert sum(edition.sectors.values()) == wanted, edition.instrument.id
        assert sum(edition.demands.values()) == wanted, edition.instrument.id
        assert set(edition.demands) <= set(DEMANDS)


def test_manufacturing_left_the_national_list_in_2024(catalogue: Catalogue) -> None:
    found = {edition.instrument.id: edition.sectors for edition in editions(catalogue)}
    assert found["cn/national/2021"]["C"] == 2
    assert "C" not in found["cn/national/2024"]
    assert found["cn/national/2024"]["R"] == 7


@pytest.mark.parametrize(
    ("entry", "demand"),
    [("cn/national/2024/13", BARS), ("cn/national/2024/12", LIMITS), ("cn/national/2018/1", LIMITS)],
)
def test_the_strictest_measure_says_what_an_item_asks(catalogue: Catalogue, entry: str, demand: str) -> None:
    assert demand_of(catalogue.entries[entry]) == demand


def test_some_items_ask_for_neither_a_ban_nor_a_share(catalogue: Catalogue) -> None:
    assert any(edition.demands[CONDITIONS] for edition in editions(catalogue) if edition.demands)


def test_a_cell_of_the_grid_is_what_the_engine_says_there(engine: Engine, surveyor: Surveyor, today: date) -> None:
    grid = surveyor.grid(today)
    views = [item.id for item in grid.viewpoints]
    rows = {row.activity.id: row.standings for _, group in grid.groups for row in group}
    situations = {
        "elsewhere": Situation(today),
        "lingang": Situation(today, Location(engine.catalogue.places["zone/lingang"])),
        "cepa": Situation(today, None, "HK", True),
    }
    for view, situation in situations.items():
        for id_, standings in rows.items():
            alone = engine.standing_on(engine.catalogue.activities[id_], situation)
            assert standings[views.index(view)].substance == alone.substance, (view, id_)
    assert len({standing.status for standings in rows.values() for standing in standings}) >= 3


def test_the_grid_is_the_same_on_every_day_of_a_span_and_only_there(surveyor: Surveyor) -> None:
    before, after = surveyor.grid(date(2024, 10, 22)), surveyor.grid(date(2024, 10, 23))
    assert before is not after
    assert before.until == after.since == date(2024, 10, 23)
    assert surveyor.grid(date(2024, 10, 31)) is after
    cells = [
        {row.activity.id: row.standings for _, group in grid.groups for row in group}["telecom/internet-data-centre"]
        for grid in (before, after)
    ]
    assert [standing.max_foreign_share for standing in cells[0]] != [s.max_foreign_share for s in cells[1]]


def test_the_law_stands_still_between_two_turning_days(engine: Engine, surveyor: Surveyor) -> None:
    """Whatever the grid shows on the last day of a span, it showed on the first."""
    catalogue = engine.catalogue
    for id_ in ("telecom/internet-data-centre", "telecom/ip-vpn", "internet/online-games-operation"):
        for item in catalogue.survey.viewpoints:
            place = None if item.place is None else Location(catalogue.places[item.place])
            for since, until in zip(surveyor.days, surveyor.days[1:], strict=False):
                first, last = (
                    engine.bench.bare(id_, Situation(day, place, item.origin, item.certified))
                    for day in (since, until - timedelta(days=1))
                )
                assert first.substance == last.substance, (id_, item.id, since, until)


def test_no_turning_day_lies_before_the_first_one_held(catalogue: Catalogue, surveyor: Surveyor) -> None:
    assert surveyor.days[0] == catalogue.first_day
    with pytest.raises(TooEarly):
        surveyor.grid(catalogue.first_day - timedelta(days=1))


def test_a_place_shows_what_stands_otherwise_there(catalogue: Catalogue, surveyor: Surveyor, today: date) -> None:
    found = {row.activity.id: row for row in surveyor.differences(catalogue.places["zone/lingang"], today)}
    row = found["telecom/internet-data-centre"]
    assert (row.elsewhere.max_foreign_share, row.here.max_foreign_share) == (0, 100)
    assert "internet/online-games-operation" not in found


@pytest.mark.parametrize(("place", "day"), [("CN-62", date(2026, 11, 23)), ("zone/lingang", date(2017, 8, 1))])
def test_a_place_without_rules_of_its_own_shows_nothing(
    catalogue: Catalogue, surveyor: Surveyor, place: str, day: date
) -> None:
    assert surveyor.differences(catalogue.places[place], day) == ()
