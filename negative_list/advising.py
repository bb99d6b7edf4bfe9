"""What else a practitioner would raise. Advice stands beside an answer and never changes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from negative_list.catalogue import Catalogue
from negative_list.model import Activity, Advisory, Proposal, Status

_SEVERITY = {"high": 0, "medium": 1, "low": 2}


@dataclass(frozen=True, slots=True)
class Advice:
    """An advisory with what raised it: `activity`, or the keys of the trigger that fired."""

    advisory: Advisory
    because: tuple[str, ...]


def advise(
    catalogue: Catalogue, proposal: Proposal, standings: Sequence[tuple[Activity, Status]], day: date
) -> tuple[Advice, ...]:
    """The advisories that a proposal raises on a day, the gravest first."""
    found = []
    named = {id_ for activity, _ in standings for id_ in activity.advisories}
    for advisory in catalogue.advisories.values():
        if advisory.effective_from is not None and day < advisory.effective_from:
            continue
        if advisory.id in named:
            found.append(Advice(advisory, ("activity",)))
            continue
        for trigger in advisory.triggers:
            if any(_fires(catalogue, trigger, proposal, activity, status) for activity, status in standings):
                found.append(Advice(advisory, tuple(trigger)))
                break
    return tuple(sorted(found, key=lambda advice: _SEVERITY[advice.advisory.severity]))


def _fires(
    catalogue: Catalogue, trigger: Mapping[str, Any], proposal: Proposal, activity: Activity, status: Status
) -> bool:
    """Whether every key of one trigger holds for one activity of the proposal."""
    origin = None if proposal.investor_origin is None else proposal.investor_origin.value.code
    tests = {
        "status": lambda wanted: status.value in wanted,
        "form": lambda wanted: proposal.form_name in wanted,
        "origin": lambda wanted: origin in wanted,
        "covers": lambda wanted: not catalogue.ancestry[activity.id].isdisjoint(wanted),
        "telecom": lambda wanted: bool(activity.telecom_categories) is wanted,
        "foreign_control": lambda wanted: _may_reach_half(proposal) is wanted,
    }
    return bool(trigger) and all(tests[key](wanted) for key, wanted in trigger.items())


def _may_reach_half(proposal: Proposal) -> bool:
    highest = proposal.share if proposal.share_range is None else proposal.share_range.high
    return highest is not None and highest >= 50
