"""Since when a rule stands, what stood before it, and what is known to follow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from negative_list.model import Activity
from negative_list.standing import Bench, Situation, Standing

# How far back a change is worth telling.
RECENT = timedelta(days=2 * 366)


@dataclass(frozen=True, slots=True)
class Timeline:
    """How long the present rule has stood.

    `since` is its first day, which is the first day held where `from_the_first_day` is true. `before` is the rule
    it replaced, where that happened within the last two years. `until` is the first day of the next known rule.
    """

    since: date
    from_the_first_day: bool
    before: Standing | None = None
    until: date | None = None
    after: Standing | None = None


def timeline(bench: Bench, activity: Activity, situation: Situation) -> Timeline:
    """The rule of a day between the one before and the next one that is already known.

    Rules are compared by what they ask, so an item that only got another number is the same rule.
    """
    days = bench.turning_days(activity, situation)

    def on(day: date) -> Standing:
        return bench.bare(activity.id, replace(situation, day=day))

    now = on(situation.day).substance
    since, before = situation.day, None
    for day in reversed([day for day in days if day <= situation.day]):
        since = day
        earlier = day - timedelta(days=1)
        if earlier < bench.catalogue.first_day:
            break
        if (standing := on(earlier)).substance != now:
            before = standing
            break
    follows = next((day for day in days if day > situation.day and on(day).substance != now), None)
    return Timeline(
        since=since,
        from_the_first_day=before is None,
        before=before if before is not None and situation.day - since <= RECENT else None,
        until=follows,
        after=None if follows is None else on(follows),
    )
