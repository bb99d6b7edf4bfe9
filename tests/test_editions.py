"""The lists as a series: official totals, windows to the day, unbroken numbers, and what replaced what."""

from __future__ import annotations

from datetime import date

import pytest

from negative_list.catalogue import Catalogue

# Id, official total, first day, first day no longer in force, what it replaced.
EDITIONS = [
    ("cn/national/2017", 63, date(2017, 7, 28), date(2018, 7, 28), None),
    ("cn/national/2018", 48, date(2018, 7, 28), date(2019, 7, 30), "cn/national/2017"),
    ("cn/national/2019", 40, date(2019, 7, 30), date(2020, 7, 23), "cn/national/2018"),
    ("cn/national/2020", 33, date(2020, 7, 23), date(2022, 1, 1), "cn/national/2019"),
    ("cn/national/2021", 31, date(2022, 1, 1), date(2024, 11, 1), "cn/national/2020"),
    ("cn/national/2024", 29, date(2024, 11, 1), None, "cn/national/2021"),
    ("cn/ftz/2018", 45, date(2018, 7, 30), date(2019, 7, 30), "cn/ftz/2017"),
    ("cn/ftz/2019", 37, date(2019, 7, 30), date(2020, 7, 23), "cn/ftz/2018"),
    ("cn/ftz/2020", 30, date(2020, 7, 23), date(2022, 1, 1), "cn/ftz/2019"),
    ("cn/ftz/2021", 27, date(2022, 1, 1), None, "cn/ftz/2020"),
    ("cn/hainan/2020", 27, date(2021, 2, 1), None, None),
]
# Known by name only, or by headings: totals and windows are official, items are not numbered.
OUTLINED = [
    ("cn/ftz/2013", 190, date(2014, 7, 1), "metadata"),
    ("cn/ftz/2014", 139, date(2015, 5, 8), "metadata"),
    ("cn/ftz/2015", 122, date(2017, 7, 10), "metadata"),
    ("cn/ftz/2017", 95, date(2018, 7, 30), "full"),
]


@pytest.mark.parametrize(("id_", "total", "start", "end", "replaced"), EDITIONS)
def test_an_edition_is_whole(
    catalogue: Catalogue, id_: str, total: int, start: date, end: date | None, replaced: str | None
) -> None:
    edition = catalogue.instruments[id_]
    items = [entry.number for entry in edition.entries if entry.is_item]
    assert len(items) == edition.item_count == total
    assert (edition.effective_from, edition.effective_to) == (start, end)
    if replaced is not None:
        assert edition.replaces == replaced
    if id_ == "cn/national/2017":
        assert items == [f"restricted-{n}" for n in range(1, 36)] + [f"prohibited-{n}" for n in range(1, 29)]
    else:
        assert items == [str(n) for n in range(1, total + 1)]
    assert all(entry.measures for entry in edition.entries if entry.is_item)
    assert catalogue.note(edition, "national_treatment") is not None


@pytest.mark.parametrize(("id_", "total", "end", "held"), OUTLINED)
def test_an_outlined_edition_says_so(catalogue: Catalogue, id_: str, total: int, end: date, held: str) -> None:
    edition = catalogue.instruments[id_]
    assert (edition.item_count, edition.effective_to, edition.held) == (total, end, held)
    assert edition.enumeration == "own" or not edition.entries
    assert (edition in catalogue.access_lists) is (held == "full")


def test_every_list_has_a_national_one_beside_it_and_none_is_forgotten(catalogue: Catalogue) -> None:
    named = {id_ for id_, *_ in EDITIONS} | {id_ for id_, *_ in OUTLINED}
    assert {item.id for item in catalogue.instruments.values() if item.kind == "access_list"} == named


def test_the_present_lists_follow_no_invented_edition(catalogue: Catalogue) -> None:
    present = {item.id for item in catalogue.access_lists if item.effective_to is None}
    assert present == {"cn/national/2024", "cn/ftz/2021", "cn/hainan/2020"}
