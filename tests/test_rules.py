"""Every kind of measure at its boundaries."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negative_list.model import Outcome, ShareRange, Status
from negative_list.rules import RULES, Facts
from negative_list.schema import FORMS

SHARES = st.floats(0.01, 100, allow_nan=False)

# Kind, value, and per case: the facts, and whether the proposal meets the measure.
CASES: list[tuple[str, Any, list[tuple[dict[str, Any], bool | None]]]] = [
    *(
        (kind, value, [({}, None), ({"share": 10}, None), ({"share": 100, "form": "wholly_foreign_owned"}, None)])
        for kind, value in (
            ("approval_required", None),
            ("listed_restricted", None),
            ("dedicated_company", None),
            ("principal_resident", None),
            ("joint_venture_count_max", 2),
        )
    ),
    (
        "joint_venture_or_cooperation_only",
        None,
        [
            ({}, None),
            ({"share": 99}, True),
            ({"share": 100}, False),
            ({"form": "joint_venture"}, True),
            ({"form": "wholly_foreign_owned"}, False),
        ],
    ),
    (
        "prohibited",
        None,
        [({}, False), ({"share": 0.1}, False), ({"share": 100}, False), ({"form": "joint_venture"}, False)],
    ),
    (
        "foreign_share_max",
        50,
        [({}, None), ({"share": 49.9}, True), ({"share": 50}, True), ({"share": 50.1}, False), ({"share": 100}, False)],
    ),
    (
        "chinese_share_min",
        51,
        [({}, None), ({"share": 49}, True), ({"share": 49.1}, False), ({"share": 50}, False), ({"share": 100}, False)],
    ),
    (
        "chinese_control",
        None,
        [
            ({}, None),
            ({"share": 49.9}, True),
            ({"share": 50}, None),
            ({"share": 50.1}, False),
            ({"share": 100}, False),
            ({"chinese_control": True}, True),
            ({"chinese_control": False}, False),
            ({"share": 49.9, "chinese_control": False}, False),
            ({"share": 50, "chinese_control": True}, True),
            ({"share": 50, "chinese_control": False}, False),
            ({"share": 50.1, "chinese_control": True}, None),
            ({"share": 100, "chinese_control": True}, False),
        ],
    ),
    (
        "chinese_relative_control",
        None,
        [
            ({}, None),
            ({"share": 49.9}, True),
            ({"share": 50}, None),
            ({"share": 50.1}, None),
            ({"share": 99.9}, None),
            ({"share": 100}, False),
            ({"chinese_control": True}, True),
            ({"chinese_control": False}, False),
            ({"share": 100, "chinese_control": True}, False),
        ],
    ),
    (
        "single_foreign_investor_max",
        25,
        [({}, None), ({"share": 25}, True), ({"share": 25.1}, None), ({"share": 99.9}, None), ({"share": 100}, False)],
    ),
    *(
        (
            kind,
            None,
            [
                ({}, None),
                ({"share": 49.9}, True),
                ({"share": 99.9}, True),
                ({"share": 100}, False),
                ({"form": "joint_venture"}, True),
                ({"form": "wholly_foreign_owned"}, False),
                ({"form": "partnership"}, None),
                ({"share": 100, "form": "joint_venture"}, False),
            ],
        )
        for kind in ("joint_venture_only", "cooperation_only")
    ),
    ("legal_representative_chinese", None, [({}, None), ({"share": 30}, None), ({"share": 100}, None)]),
    ("principal_chinese", None, [({}, None), ({"share": 30}, None), ({"share": 100}, None)]),
    ("board_chinese_min", "1/2", [({}, None), ({"share": 30}, None), ({"share": 100}, None)]),
    (
        "chinese_leading_role",
        None,
        [({}, None), ({"share": 99.9}, None), ({"share": 100}, False), ({"form": "wholly_foreign_owned"}, False)],
    ),
    (
        "wto_commitments_only",
        None,
        [
            ({}, None),
            ({"share": 10}, None),
            ({"committed": False}, False),
            ({"committed": False, "share": 1}, False),
            ({"committed": True}, None),
            ({"committed": True, "share": 100}, True),
            ({"committed": True, "committed_share": 50}, None),
            ({"committed": True, "committed_share": 50, "share": 49.9}, True),
            ({"committed": True, "committed_share": 50, "share": 50}, True),
            ({"committed": True, "committed_share": 50, "share": 50.1}, False),
        ],
    ),
    ("barred_to_all", None, [({}, False), ({"share": 1}, False)]),
    (
        "form_barred",
        ("sole_proprietorship",),
        [({}, True), ({"form": "joint_venture"}, True), ({"form": "sole_proprietorship"}, False)],
    ),
    (
        "partnership_barred",
        None,
        [
            ({}, True),
            ({"share_rule": True}, True),
            ({"form": "partnership"}, True),
            ({"form": "partnership", "share_rule": True}, False),
            ({"form": "joint_venture", "share_rule": True}, True),
        ],
    ),
]
FLAT = [(kind, value, facts, met) for kind, value, cases in CASES for facts, met in cases]


@pytest.mark.parametrize(("kind", "value", "facts", "met"), FLAT)
def test_rule(kind: str, value: Any, facts: dict[str, Any], met: bool | None) -> None:
    finding = RULES[kind].apply(value, Facts(**facts))
    assert finding.met is met
    assert finding.outcome is {True: Outcome.YES, None: Outcome.CONDITIONAL, False: Outcome.NO}[met]
    assert finding.requirement
    if "foreign_share" in finding.proposed:
        assert finding.proposed["foreign_share"] == facts["share"]


def test_every_kind_is_tested() -> None:
    assert {kind for kind, _, _ in CASES} == set(RULES)


@pytest.mark.parametrize("kind", RULES)
def test_every_rule_explains_itself(kind: str) -> None:
    explanation = RULES[kind].explanation
    assert len(explanation) > 30
    assert explanation.splitlines()[0].endswith((".", ":"))


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, value, _ in CASES])
def test_a_kind_says_whether_it_carries_a_value(kind: str, value: Any) -> None:
    assert (RULES[kind].value is not None) is (value is not None)


@pytest.mark.parametrize(
    ("kind", "effect"),
    [
        ("prohibited", Status.PROHIBITED),
        ("barred_to_all", Status.UNDETERMINED),
        ("foreign_share_max", Status.RESTRICTED),
        ("form_barred", Status.OPEN),
        ("partnership_barred", Status.OPEN),
    ],
)
def test_effect(kind: str, effect: Status) -> None:
    assert RULES[kind].effect is effect


@pytest.mark.parametrize(
    ("kind", "value", "facts", "highest"),
    [
        ("prohibited", None, {}, 0),
        ("foreign_share_max", 34, {}, 34),
        ("chinese_share_min", 51, {}, 49),
        ("chinese_control", None, {}, 49),
        ("wto_commitments_only", None, {"committed": False}, 0),
        ("wto_commitments_only", None, {"committed": True}, 100),
        ("wto_commitments_only", None, {"committed": True, "committed_share": 49}, 49),
        ("wto_commitments_only", None, {}, None),
        ("chinese_relative_control", None, {}, None),
    ],
)
def test_largest_share_that_passes(kind: str, value: Any, facts: dict[str, Any], highest: float | None) -> None:
    assert RULES[kind].apply(value, Facts(**facts)).max_foreign_share == highest


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, value, _ in CASES])
@given(
    shares=st.tuples(SHARES, SHARES).map(sorted),
    control=st.sampled_from([None, True, False]),
    form=st.sampled_from([None, *FORMS]),
    committed=st.sampled_from([None, True, False]),
    share_rule=st.booleans(),
)
def test_a_larger_share_is_never_treated_more_kindly(
    kind: str,
    value: Any,
    shares: list[float],
    control: bool | None,
    form: str | None,
    committed: bool | None,
    share_rule: bool,
) -> None:
    smaller, larger = (
        RULES[kind].apply(value, Facts(share, form, control, committed, 50 if committed else None, share_rule))
        for share in shares
    )
    assert smaller.outcome <= larger.outcome


@given(highest=SHARES, share=SHARES)
def test_the_share_named_as_largest_is_the_border(highest: float, share: float) -> None:
    for kind, value in (("foreign_share_max", highest), ("chinese_share_min", 100 - highest)):
        finding = RULES[kind].apply(value, Facts(share=share))
        assert finding.max_foreign_share is not None
        assert finding.met is (share <= finding.max_foreign_share)


# Kind, value, other facts, the range, and whether the proposal meets the measure.
RANGES: list[tuple[str, Any, dict[str, Any], ShareRange, bool | None]] = [
    ("foreign_share_max", 50, {}, ShareRange(30, 40), True),
    ("foreign_share_max", 50, {}, ShareRange(30, 50), True),
    ("foreign_share_max", 50, {}, ShareRange(30, 50.1), None),
    ("foreign_share_max", 50, {}, ShareRange(50, 60), None),
    ("foreign_share_max", 50, {}, ShareRange(50, 60, low_excluded=True), False),
    ("foreign_share_max", 50, {}, ShareRange(51, 100), False),
    ("foreign_share_max", 50, {}, ShareRange(0, 50, low_excluded=True), True),
    ("foreign_share_max", 50, {}, ShareRange(0, 51, low_excluded=True, high_excluded=True), None),
    ("chinese_share_min", 51, {}, ShareRange(0, 49, low_excluded=True), True),
    ("chinese_share_min", 51, {}, ShareRange(49, 51), None),
    ("chinese_share_min", 51, {}, ShareRange(49, 51, low_excluded=True), False),
    # An end that is excluded may be the one that decides.
    ("chinese_control", None, {}, ShareRange(0, 50, low_excluded=True, high_excluded=True), True),
    ("chinese_control", None, {}, ShareRange(0, 50, low_excluded=True), None),
    ("chinese_control", None, {}, ShareRange(50, 100), None),
    ("chinese_control", None, {}, ShareRange(50, 100, low_excluded=True), False),
    ("chinese_control", None, {"chinese_control": True}, ShareRange(30, 50), True),
    ("chinese_control", None, {"chinese_control": False}, ShareRange(30, 40), False),
    ("chinese_relative_control", None, {}, ShareRange(30, 40), True),
    ("chinese_relative_control", None, {}, ShareRange(40, 60), None),
    ("single_foreign_investor_max", 25, {}, ShareRange(20, 25), True),
    ("single_foreign_investor_max", 25, {}, ShareRange(20, 26), None),
    ("joint_venture_only", None, {}, ShareRange(51, 100), None),
    ("joint_venture_only", None, {}, ShareRange(51, 100, high_excluded=True), True),
    ("joint_venture_only", None, {"form": "wholly_foreign_owned"}, ShareRange(51, 100), False),
    ("wto_commitments_only", None, {"committed": True, "committed_share": 50}, ShareRange(30, 50), True),
    ("wto_commitments_only", None, {"committed": True, "committed_share": 50}, ShareRange(40, 60), None),
    ("wto_commitments_only", None, {"committed": True, "committed_share": 50}, ShareRange(51, 60), False),
    ("wto_commitments_only", None, {"committed": False}, ShareRange(1, 100), False),
    ("prohibited", None, {}, ShareRange(1, 100), False),
    ("approval_required", None, {}, ShareRange(1, 100), None),
]


@pytest.mark.parametrize(("kind", "value", "facts", "share", "met"), RANGES)
def test_a_range_of_shares(kind: str, value: Any, facts: dict[str, Any], share: ShareRange, met: bool | None) -> None:
    finding = RULES[kind].apply(value, Facts(**facts, share_range=share))
    assert finding.met is met
    assert finding.outcome is {True: Outcome.YES, None: Outcome.CONDITIONAL, False: Outcome.NO}[met]


@pytest.mark.parametrize(("kind", "value", "facts", "share", "met"), RANGES)
def test_a_range_changes_neither_what_is_asked_nor_the_largest_share(
    kind: str, value: Any, facts: dict[str, Any], share: ShareRange, met: bool | None
) -> None:
    finding, bare = (RULES[kind].apply(value, Facts(**facts, **more)) for more in ({"share_range": share}, {}))
    assert (finding.requirement, finding.max_foreign_share) == (bare.requirement, bare.max_foreign_share)
    assert finding.proposed.get("foreign_share") in (share, None)
    assert ("foreign_share" in finding.proposed) is (
        "foreign_share" in RULES[kind].apply(value, Facts(**facts, share=50)).proposed
    )


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, value, _ in CASES])
@given(
    ends=st.tuples(SHARES, SHARES).map(sorted),
    inside=st.floats(0, 1),
    control=st.sampled_from([None, True, False]),
    form=st.sampled_from([None, *FORMS]),
    committed=st.sampled_from([None, True, False]),
)
def test_what_a_range_meets_every_share_in_it_meets(
    kind: str,
    value: Any,
    ends: list[float],
    inside: float,
    control: bool | None,
    form: str | None,
    committed: bool | None,
) -> None:
    low, high = ends
    facts = Facts(None, form, control, committed, 50 if committed else None)
    found = RULES[kind].apply(value, replace(facts, share_range=ShareRange(low, high)))
    one = RULES[kind].apply(value, replace(facts, share=min(high, low + inside * (high - low))))
    if found.met is not None:
        assert one.met is found.met


@given(share=SHARES, highest=SHARES)
def test_a_range_of_one_figure_is_that_figure(share: float, highest: float) -> None:
    exact, ranged = (
        RULES["foreign_share_max"].apply(highest, facts)
        for facts in (Facts(share=share), Facts(share_range=ShareRange(share, share)))
    )
    assert exact.met is ranged.met
