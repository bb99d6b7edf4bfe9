"""The measures, one pure function each. The table is what the engine applies and what the API publishes.

A rule sees the value written in the list and the facts of the proposal, and says whether the proposal meets it:
True, False, or None where something that was not stated decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from negative_list.model import Outcome, ShareRange, Status


@dataclass(frozen=True, slots=True)
class Facts:
    """What a rule may look at; None means not stated.

    `share` is the foreign share in percent, `share_range` what is known of it where it is no one figure.
    `committed` tells whether the service stands in China's WTO schedule and `committed_share` up to which foreign
    share. `share_rule` tells whether the list sets a share requirement for the activity, `one_investor` whether one
    foreign investor holds the whole foreign share.
    """

    share: float | None = None
    form: str | None = None
    chinese_control: bool | None = None
    committed: bool | None = None
    committed_share: float | None = None
    share_rule: bool = False
    share_range: ShareRange | None = None
    one_investor: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: whether it is met, what it asks, what was proposed, and the largest share that passes."""

    met: bool | None
    requirement: Mapping[str, Any] = field(default_factory=dict)
    proposed: Mapping[str, Any] = field(default_factory=dict)
    max_foreign_share: float | None = None
    applies: bool = True

    @property
    def outcome(self) -> Outcome:
        """The finding as an outcome of the proposal."""
        return Outcome.CONDITIONAL if self.met is None else Outcome.YES if self.met else Outcome.NO


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of measure: its effect on the status, what value it carries, and its function."""

    kind: str
    effect: Status
    value: str | None
    is_share_rule: bool
    function: Callable[[Any, Facts], Finding]

    def apply(self, value: Any, facts: Facts) -> Finding:
        """What the rule finds; of a range of shares, what it finds at both ends, or None where they differ."""
        if facts.share_range is None:
            return self.function(value, facts)
        low, high = (self.function(value, replace(facts, share=end)) for end in facts.share_range.ends)
        proposed = dict(high.proposed)
        if "foreign_share" in proposed:
            proposed["foreign_share"] = facts.share_range
        return replace(high, met=high.met if low.met == high.met else None, proposed=proposed)

    def fault_in(self, value: Any) -> str | None:
        """What is wrong with a value written for this kind of measure, or None."""
        if self.value is None:
            return None if value is None else f"{self.kind} takes no value"
        pattern, expected = _VALUES[self.value]
        return None if pattern(value) else f"{self.kind} needs {expected}; {value!r} stands here"

    @property
    def explanation(self) -> str:
        """The docstring of the rule, as it is served to users."""
        return (self.function.__doc__ or "").strip()


_VALUES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "percent": (
        lambda value: isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < 100,
        "a percentage above 0 and below 100",
    ),
    "fraction": (lambda value: bool(re.fullmatch(r"[1-9]/[1-9]", str(value))), 'a fraction such as "1/2"'),
    "count": (lambda value: isinstance(value, int) and not isinstance(value, bool) and value > 0, "a whole number"),
    "forms": (lambda value: bool(value) and isinstance(value, tuple), "a list of legal forms"),
}

RULES: dict[str, Rule] = {}


def rule(
    kind: str, effect: Status = Status.RESTRICTED, *, value: str | None = None, share_rule: bool = False
) -> Callable[[Callable[[Any, Facts], Finding]], Callable[[Any, Facts], Finding]]:
    """Enter a function into the table under a kind of measure."""

    def enter(function: Callable[[Any, Facts], Finding]) -> Callable[[Any, Facts], Finding]:
        RULES[kind] = Rule(kind, effect, value, share_rule, function)
        return function

    return enter


def _within(share: float | None, highest: float) -> bool | None:
    return None if share is None else share <= highest


def _share_of(facts: Facts) -> dict[str, Any]:
    return {} if facts.share is None else {"foreign_share": facts.share}


@rule("prohibited", Status.PROHIBITED)
def prohibited(_: Any, facts: Facts) -> Finding:
    """Foreign investment is barred whatever the share, the form or the partner."""
    return Finding(False, {"foreign_investment": False}, _share_of(facts), max_foreign_share=0)


@rule("foreign_share_max", value="percent", share_rule=True)
def foreign_share_max(value: float, facts: Facts) -> Finding:
    """All foreign investors together may hold at most the stated percentage."""
    return Finding(_within(facts.share, value), {"max_foreign_share": value}, _share_of(facts), value)


@rule("chinese_share_min", value="percent", share_rule=True)
def chinese_share_min(value: float, facts: Facts) -> Finding:
    """The Chinese side must hold at least the stated percentage, so the foreign side at most the rest."""
    highest = 100 - value
    requirement = {"min_chinese_share": value, "max_foreign_share": highest}
    return Finding(_within(facts.share, highest), requirement, _share_of(facts), highest)


@rule("chinese_control", share_rule=True)
def chinese_control(_: Any, facts: Facts) -> Finding:
    """The Chinese side must control: a foreign share below 50 meets it unless control is said to lie abroad.

    At exactly 50 percent it depends on who controls. Above 50 percent a bare statement that the Chinese side
    controls is not enough to call it met; it stays conditional. 49 is given as the largest whole percentage.
    """
    proposed = _share_of(facts)
    if facts.chinese_control is not None:
        proposed["chinese_control"] = facts.chinese_control
    met: bool | None
    if facts.chinese_control is False:
        met = False
    elif facts.share is None:
        met = True if facts.chinese_control else None
    elif facts.share < 50:
        met = True
    elif facts.share == 50:
        met = facts.chinese_control
    else:
        met = None if facts.chinese_control and facts.share < 100 else False
    return Finding(met, {"chinese_control": True}, proposed, 49)


@rule("chinese_relative_control", share_rule=True)
def chinese_relative_control(_: Any, facts: Facts) -> Finding:
    """The Chinese side together must hold more than any single foreign investor.

    Below a foreign share of 50 it is met for certain; above, it depends on how the foreign share is divided, and one
    investor that holds all of it fails.
    """
    met: bool | None
    if facts.chinese_control is False or facts.share == 100:
        met = False
    elif facts.share is not None and facts.share < 50:
        met = True
    elif facts.one_investor and facts.share is not None:
        met = False
    else:
        met = True if facts.share is None and facts.chinese_control else None
    return Finding(met, {"chinese_relative_control": True}, _share_of(facts), None)


@rule("single_foreign_investor_max", value="percent", share_rule=True)
def single_foreign_investor_max(value: float, facts: Facts) -> Finding:
    """One foreign investor with its affiliates may hold at most the stated percentage.

    A total foreign share up to the figure meets it for certain; above, it depends on how many investors share it, and
    one that holds all of it by itself fails.
    """
    met = True if facts.share is not None and facts.share <= value else False if facts.share == 100 else None
    if facts.one_investor and facts.share is not None:
        met = facts.share <= value
    return Finding(met, {"max_single_foreign_investor_share": value}, _share_of(facts), None)


def _with_chinese_partner(facts: Facts) -> bool | None:
    if facts.share == 100 or facts.form == "wholly_foreign_owned":
        return False
    if facts.share is not None or facts.form == "joint_venture":
        return True
    return None


@rule("joint_venture_only", share_rule=True)
def joint_venture_only(_: Any, facts: Facts) -> Finding:
    """Only with a Chinese partner as an equity joint venture: a wholly foreign-owned company fails."""
    return Finding(_with_chinese_partner(facts), {"joint_venture": True}, _form_of(facts), None)


@rule("joint_venture_or_cooperation_only", share_rule=True)
def joint_venture_or_cooperation_only(_: Any, facts: Facts) -> Finding:
    """Only in an equity or a cooperative joint venture with a Chinese partner: a wholly foreign-owned company fails."""
    return Finding(_with_chinese_partner(facts), {"joint_venture_or_cooperation": True}, _form_of(facts), None)


@rule("cooperation_only")
def cooperation_only(_: Any, facts: Facts) -> Finding:
    """Only in cooperation with a Chinese party: a wholly foreign-owned body fails."""
    return Finding(_with_chinese_partner(facts), {"cooperation": True}, _form_of(facts), None)


def _form_of(facts: Facts) -> dict[str, Any]:
    return _share_of(facts) | ({} if facts.form is None else {"form": facts.form})


@rule("legal_representative_chinese")
def legal_representative_chinese(_: Any, facts: Facts) -> Finding:
    """The legal representative must be a Chinese national; a promise to make, not knowable from the share."""
    return Finding(None, {"legal_representative": "Chinese national"}, {}, None)


@rule("principal_chinese")
def principal_chinese(_: Any, facts: Facts) -> Finding:
    """The head or chief administrator must be a Chinese national; a promise to make."""
    return Finding(None, {"principal": "Chinese national"}, {}, None)


@rule("principal_resident")
def principal_resident(_: Any, facts: Facts) -> Finding:
    """The head or chief administrator must be settled in China; a promise to make."""
    return Finding(None, {"principal_resident_in_china": True}, {}, None)


@rule("dedicated_company")
def dedicated_company(_: Any, facts: Facts) -> Finding:
    """Only a company set up for this business alone may carry it on; a promise to make."""
    return Finding(None, {"dedicated_company": True}, {}, None)


@rule("joint_venture_count_max", value="count")
def joint_venture_count_max(value: int, facts: Facts) -> Finding:
    """One foreign company may set up at most the stated number of joint ventures for the same class of product."""
    return Finding(None, {"max_joint_ventures": value}, {}, None)


@rule("approval_required")
def approval_required(_: Any, facts: Facts) -> Finding:
    """Foreign entry is possible only with the approval of the authority in charge, given case by case."""
    return Finding(None, {"approval": True}, {}, None)


@rule("listed_restricted")
def listed_restricted(_: Any, facts: Facts) -> Finding:
    """The list names the activity as restricted without saying how; whether a case passes is for the authority."""
    return Finding(None, {"approval": True}, {}, None)


@rule("board_chinese_min", value="fraction")
def board_chinese_min(value: str, facts: Facts) -> Finding:
    """At least the stated fraction of the governing board must be Chinese; a promise to make."""
    return Finding(None, {"min_chinese_board": value}, {}, None)


@rule("chinese_leading_role")
def chinese_leading_role(_: Any, facts: Facts) -> Finding:
    """The Chinese side must lead; a promise to make, impossible without a Chinese side."""
    met = False if facts.share == 100 or facts.form == "wholly_foreign_owned" else None
    return Finding(met, {"chinese_leading_role": True}, _form_of(facts), None)


@rule("wto_commitments_only")
def wto_commitments_only(_: Any, facts: Facts) -> Finding:
    """Only services that China opened in its WTO schedule are available, up to the share committed there.

    A service outside the schedule is in effect closed: the largest foreign share is 0 until a pilot, a zone
    list or a treaty opens it.
    """
    if facts.committed is False:
        return Finding(False, {"within_wto_commitments": True, "max_foreign_share": 0}, _share_of(facts), 0)
    if facts.committed is None:
        return Finding(None, {"within_wto_commitments": True}, _share_of(facts), None)
    highest = 100.0 if facts.committed_share is None else facts.committed_share
    requirement = {"within_wto_commitments": True, "max_foreign_share": highest}
    return Finding(_within(facts.share, highest), requirement, _share_of(facts), highest)


@rule("barred_to_all", Status.UNDETERMINED)
def barred_to_all(_: Any, facts: Facts) -> Finding:
    """Nobody may carry on this activity, Chinese or foreign; it is no question of foreign access."""
    return Finding(False, {"lawful_for_anyone": False}, {}, 0)


@rule("form_barred", Status.OPEN, value="forms")
def form_barred(value: tuple[str, ...], facts: Facts) -> Finding:
    """A foreign investor may not use the stated legal forms in any sector."""
    barred = facts.form in value
    return Finding(not barred, {"form_not": list(value)}, _form_of(facts), None, applies=barred)


@rule("partnership_barred", Status.OPEN)
def partnership_barred(_: Any, facts: Facts) -> Finding:
    """No foreign-invested partnership where the list sets a share requirement for the activity."""
    barred = facts.form == "partnership" and facts.share_rule
    return Finding(not barred, {"form_not": ["partnership"]}, _form_of(facts), None, applies=barred)
