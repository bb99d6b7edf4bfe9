"""Advice: what raises it, and from when."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from negative_list.advising import advise
from negative_list.catalogue import Catalogue
from negative_list.determination import Determination, Engine
from negative_list.model import Advisory, Provenance, Status, Text

NARROW, WIDE, OTHER = "telecom/internet-data-centre", "telecom/value-added-telecom", "hospitality/coffee-shops"


def advisory(id_: str = "own", severity: str = "low", **facts: Any) -> Advisory:
    facts = {"triggers": (), "instruments": (), **facts}
    text = Text("Advice", "提示")
    return Advisory(id=id_, label=text, message=text, severity=severity, provenance=Provenance("recalled"), **facts)


@pytest.fixture(scope="module")
def raised(engine: Engine, today: date) -> Callable[..., list[tuple[str, tuple[str, ...]]]]:
    """`raised(advisories, activity, status, day, **fields)`: what is raised, with the reason."""

    def answer(
        advisories: list[Advisory],
        activity: str = NARROW,
        status: Status = Status.RESTRICTED,
        day: date = today,
        **fields: Any,
    ) -> list[tuple[str, tuple[str, ...]]]:
        catalogue = dataclasses.replace(engine.catalogue, advisories={item.id: item for item in advisories})
        proposal = engine.reader.read({"activity": "a business", **fields}, today).proposal
        found = advise(catalogue, proposal, [(catalogue.activities[activity], status)], day)
        return [(advice.advisory.id, advice.because) for advice in found]

    return answer


@pytest.mark.parametrize(
    ("trigger", "fields", "fires"),
    [
        ({"status": ["restricted", "prohibited"]}, {}, True),
        ({"status": ["open"]}, {}, False),
        ({"form": ["contractual_control"]}, {"form": "contractual_control"}, True),
        ({"form": ["contractual_control"]}, {"form": "joint_venture"}, False),
        ({"form": ["contractual_control"]}, {}, False),
        ({"origin": ["HK", "MO"]}, {"investor_origin": "HK"}, True),
        ({"origin": ["HK", "MO"]}, {"investor_origin": "DE"}, False),
        ({"origin": ["HK", "MO"]}, {}, False),
        ({"covers": [NARROW]}, {}, True),
        ({"covers": [WIDE]}, {}, True),
        ({"covers": [OTHER]}, {}, False),
        ({"telecom": True}, {}, True),
        ({"telecom": False}, {}, False),
        ({"foreign_control": True}, {"foreign_share": 50}, True),
        ({"foreign_control": True}, {"foreign_share": 49.9}, False),
        ({"foreign_control": True}, {}, False),
        ({"covers": [WIDE], "foreign_control": True}, {"foreign_share": 60}, True),
        ({"covers": [OTHER], "foreign_control": True}, {"foreign_share": 60}, False),
        ({}, {}, False),
    ],
)
def test_a_trigger_fires_when_all_its_keys_hold(
    raised: Callable[..., Any], trigger: dict[str, Any], fields: dict[str, Any], fires: bool
) -> None:
    assert raised([advisory(triggers=(trigger,))], **fields) == ([("own", tuple(trigger))] if fires else [])


def test_triggers_are_alternatives_and_raise_it_once(raised: Callable[..., Any]) -> None:
    triggers = ({"status": ["open"]}, {"telecom": True}, {"covers": [NARROW]})
    assert raised([advisory(triggers=triggers)]) == [("own", ("telecom",))]


def test_an_activity_may_name_it(raised: Callable[..., Any], catalogue: Catalogue) -> None:
    naming = next(activity for activity in catalogue.activities.values() if activity.advisories)
    assert raised([advisory(naming.advisories[0])], naming.id) == [(naming.advisories[0], ("activity",))]


def test_the_gravest_comes_first(raised: Callable[..., Any]) -> None:
    trigger = ({"telecom": True},)
    advisories = [advisory(severity, severity, triggers=trigger) for severity in ("low", "high", "medium")]
    assert [id_ for id_, _ in raised(advisories)] == ["high", "medium", "low"]


def test_it_is_raised_from_its_first_day(raised: Callable[..., Any], today: date) -> None:
    own = [advisory(triggers=({"telecom": True},), effective_from=today)]
    assert raised(own)
    assert raised(own, day=today - timedelta(days=1)) == []


def test_advice_never_changes_the_answer(determine: Callable[..., Determination]) -> None:
    plain, structured = (determine("online game operation", **f) for f in ({}, {"form": "contractual_control"}))
    assert "vie" in {advice.advisory.id for advice in structured.advice}
    assert (plain.status, plain.outcome) == (structured.status, structured.outcome)


def test_nothing_is_advised_where_nothing_was_recognised(determine: Callable[..., Determination]) -> None:
    assert determine("asdkjh qwelkj").advice == ()
