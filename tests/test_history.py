"""What each edition changed against the one before, and one matter through all of them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from negative_list.catalogue import Catalogue
from negative_list.determination import Engine
from negative_list.history import ADDED, EASED, REMOVED, RENUMBERED, REWORDED, UNCHANGED, Change, diff, related, stages

Compare = Callable[[str, str], tuple[Change, ...]]

# Older and newer list; numbers of the old items that left; of each change of substance the old numbers, the new
# ones, the kind, and the activities moved.
STEPS = [
    (
        "cn/national/2018",
        "cn/national/2019",
        {"5", "14", "19", "36", "44", "47"},
        [
            ("6 7 8", "5", EASED, {"mining/molybdenum-tin-antimony-fluorite"}),
            ("16", "12", EASED, {"energy/heat-supply", "energy/natural-gas-distribution"}),
            (
                "25",
                "20",
                EASED,
                {"telecom/call-centre", "telecom/multi-party-communication", "telecom/store-and-forward"},
            ),
        ],
    ),
    (
        "cn/national/2019",
        "cn/national/2020",
        {"7", "12", "22", "23", "24"},
        [
            ("1", "1", EASED, {"agriculture/wheat-seed"}),
            ("9", "8", EASED, {"manufacturing/commercial-vehicles"}),
        ],
    ),
    ("cn/national/2020", "cn/national/2021", {"8", "9"}, []),
    ("cn/national/2021", "cn/national/2024", {"6", "7"}, []),
    (
        "cn/ftz/2018",
        "cn/ftz/2019",
        {"4", "8", "12", "17", "34", "42"},
        [
            ("5 6 7", "4", EASED, {"mining/molybdenum-tin-antimony-fluorite"}),
            ("14", "9", EASED, {"energy/heat-supply", "energy/natural-gas-distribution"}),
            (
                "23",
                "17",
                EASED,
                {"telecom/call-centre", "telecom/multi-party-communication", "telecom/store-and-forward"},
            ),
        ],
    ),
    (
        "cn/ftz/2019",
        "cn/ftz/2020",
        {"5", "9", "19", "20", "21"},
        [
            ("6", "5", EASED, {"manufacturing/commercial-vehicles"}),
            ("28", "21", EASED, {"education/higher-vocational-college"}),
        ],
    ),
    (
        "cn/ftz/2020",
        "cn/ftz/2021",
        {"5", "6"},
        [("16 17", "14", EASED, {"research/market-survey", "research/social-survey"})],
    ),
]
# The items on telecom, internet content, mapping, media and culture in each national edition since 2019.
DIGITAL = [
    ("cn/national/2019", ["20", "21", "30", "34", "35", "36", "37", "38", "39", "40"]),
    ("cn/national/2020", ["16", "17", "23", "27", "28", "29", "30", "31", "32", "33"]),
    ("cn/national/2021", ["14", "15", "21", "25", "26", "27", "28", "29", "30", "31"]),
    ("cn/national/2024", ["12", "13", "19", "23", "24", "25", "26", "27", "28", "29"]),
]


@pytest.fixture(scope="module")
def compare(engine: Engine) -> Compare:
    held = engine.catalogue.instruments
    return lambda old, new: diff(engine.bench, held[old], held[new])


@pytest.mark.parametrize(("old", "new", "removed", "moved"), STEPS)
def test_a_step_changes_what_the_record_says_and_nothing_else(
    compare: Compare, old: str, new: str, removed: set[str], moved: list[tuple[str, str, str, set[str]]]
) -> None:
    changes = [change for change in compare(old, new) if any(e.is_item for e in (*change.old, *change.new))]
    assert {entry.number for change in changes if change.kind == REMOVED for entry in change.old} == removed
    assert [change for change in changes if change.kind == ADDED] == []
    told = [
        (
            " ".join(entry.number for entry in change.old),
            " ".join(entry.number for entry in change.new),
            change.kind,
            {effect.activity.id for effect in change.effects},
        )
        for change in changes
        if change.kind not in (REMOVED, REWORDED, RENUMBERED, UNCHANGED)
    ]
    assert sorted(told, key=str) == sorted(moved, key=str)


@pytest.mark.parametrize(("earlier", "later"), list(pairwise(DIGITAL)))
def test_the_digital_items_only_moved_since_2019(
    compare: Compare, earlier: tuple[str, list[str]], later: tuple[str, list[str]]
) -> None:
    (old, before), (new, after) = earlier, later
    places = {
        change.old[0].number: (change.kind, change.new[0].number)
        for change in compare(old, new)
        if len(change.old) == len(change.new) == 1
    }
    assert [places[number] for number in before] == [(RENUMBERED, number) for number in after]


def test_every_entry_of_both_lists_is_in_one_change(compare: Compare, catalogue: Catalogue) -> None:
    for old, new, *_ in STEPS:
        changes = compare(old, new)
        seen = [entry.id for change in changes for entry in (*change.old, *change.new)]
        assert sorted(seen) == sorted(e.id for id_ in (old, new) for e in catalogue.instruments[id_].entries)


def test_a_list_against_itself_changes_nothing(compare: Compare) -> None:
    assert {change.kind for change in compare("cn/national/2024", "cn/national/2024")} == {UNCHANGED}


def test_backwards_what_was_removed_is_added(compare: Compare) -> None:
    back = compare("cn/national/2024", "cn/national/2021")
    assert {e.number for change in back if change.kind == ADDED for e in change.new} == {"6", "7"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("cn/national/2018/6", "cn/national/2019/5", True),
        ("cn/national/2018/8", "cn/national/2019/5", True),
        ("cn/national/2018/25", "cn/national/2024/12", True),
        ("cn/national/2018/25", "cn/national/2024/13", False),
        ("cn/national/2018/44", "cn/national/2024/27", False),
        ("cn/national/2024/note-4", "cn/national/2018/note-4", True),
        ("cn/national/2024/note-4", "cn/national/2024/note-5", False),
        ("cn/national/2024/note-4", "cn/national/2024/4", False),
    ],
)
def test_entries_of_the_same_matter(catalogue: Catalogue, one: str, other: str, same: bool) -> None:
    assert related(catalogue, catalogue.entries[one], catalogue.entries[other]) is same
    assert related(catalogue, catalogue.entries[other], catalogue.entries[one]) is same


@pytest.mark.parametrize(
    ("entry", "numbers"),
    [
        ("cn/national/2024/12", ["restricted-21", "25", "20", "16", "14", "12"]),
        ("cn/national/2018/44", ["restricted-34", "44", "", "", "", ""]),
        ("cn/national/2019/5", ["prohibited-4 prohibited-5 prohibited-6", "6 7 8", "5", "5", "5", "5"]),
        ("cn/ftz/2021/27", ["entry-22", "45", "37", "30", "27"]),
    ],
)
def test_a_matter_is_followed_through_the_editions(engine: Engine, entry: str, numbers: list[str]) -> None:
    found = stages(engine.bench, engine.catalogue.entries[entry])
    assert [" ".join(item.number for item in stage.entries) for stage in found] == numbers
    assert found[0].change is None


def test_what_has_no_editions_is_its_own_history(engine: Engine) -> None:
    entry = engine.catalogue.entries["cn/pilot/vats-2024/data-centres"]
    [only] = stages(engine.bench, entry)
    assert only.entries == (entry,)
