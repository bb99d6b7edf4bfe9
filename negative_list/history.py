"""How the law changed: the same matter through the editions of a list, and what one edition changed in another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from negative_list.catalogue import Catalogue
from negative_list.model import Activity, Entry, Instrument, Outcome, Proposal, Understood
from negative_list.standing import Bench, Standing

ADDED, REMOVED, EASED, TIGHTENED, MIXED = "added", "removed", "eased", "tightened", "mixed"
REWORDED, RENUMBERED, UNCHANGED = "reworded", "renumbered", "unchanged"
KINDS = (ADDED, REMOVED, EASED, TIGHTENED, MIXED, REWORDED, RENUMBERED, UNCHANGED)

# Foreign shares on either side of every limit that the lists know; None is a share not stated.
_SHARES = (None, 10, 20, 25, 33, 34, 49, 50, 51, 55, 66, 67, 99, 100)


@dataclass(frozen=True, slots=True)
class Effect:
    """An activity that stands otherwise under the new list than under the old one."""

    activity: Activity
    before: Standing
    after: Standing
    kind: str


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one matter between two lists: its entries in each, and the activities it moves."""

    kind: str
    old: tuple[Entry, ...]
    new: tuple[Entry, ...]
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """A matter in one edition: its entries there, none where the edition does not list it."""

    instrument: Instrument
    entries: tuple[Entry, ...]
    change: str | None = None


def related(catalogue: Catalogue, one: Entry, other: Entry) -> bool:
    """Whether two entries of different lists deal with the same matter.

    Items do where one covers a concept of the other or something above or below it; notes where their topic is
    the same.
    """
    if one.topic or other.topic:
        return one.topic == other.topic
    mine, theirs = _covers(one), _covers(other)
    return any(not catalogue.ancestry[concept].isdisjoint(theirs) for concept in mine) or any(
        not catalogue.ancestry[concept].isdisjoint(mine) for concept in theirs
    )


def diff(bench: Bench, old: Instrument, new: Instrument) -> tuple[Change, ...]:
    """What one list changed against another, matter by matter, in the order of the new list, removals at the end.

    The old list is read as it stood on its last day, the new one as on its first, each by itself.
    """
    changes = [_change(bench, old, new, *matter) for matter in _matters(bench.catalogue, old, new)]
    order = {entry.id: index for index, entry in enumerate((*new.entries, *old.entries))}
    return tuple(sorted(changes, key=lambda change: order[(change.new or change.old)[0].id]))


def stages(bench: Bench, entry: Entry) -> tuple[Stage, ...]:
    """The same matter through every edition of its regime, oldest first, each with what changed.

    An entry of an instrument that has no editions is its own whole history.
    """
    catalogue = bench.catalogue
    here = catalogue.instruments[entry.instrument]
    editions = [item for item in catalogue.access_lists if item.regime == here.regime and item.kind == here.kind]
    if here not in editions:
        return (Stage(here, (entry,)),)
    found: list[Stage] = []
    for edition in editions:
        entries = tuple(item for item in edition.entries if item is entry or related(catalogue, entry, item))
        change = None
        if found:
            before = found[-1]
            if entries or before.entries:
                change = _change(bench, before.instrument, edition, before.entries, entries).kind
        found.append(Stage(edition, entries, change))
    return tuple(found)


def _covers(entry: Entry) -> frozenset[str]:
    return frozenset(concept for measure in entry.measures for concept in measure.covers)


def _matters(
    catalogue: Catalogue, old: Instrument, new: Instrument
) -> Iterator[tuple[tuple[Entry, ...], tuple[Entry, ...]]]:
    """The entries of both lists in groups of one matter: one may split into several, or several merge."""
    pairs = [(a, b) for a, b in product(old.entries, new.entries) if related(catalogue, a, b)]
    links: dict[str, set[str]] = defaultdict(set)
    for a, b in pairs:
        links[a.id].add(b.id)
        links[b.id].add(a.id)
    seen: set[str] = set()
    for entry in (*new.entries, *old.entries):
        if entry.id in seen:
            continue
        group, queue = set(), [entry.id]
        while queue:
            id_ = queue.pop()
            if id_ not in group:
                group.add(id_)
                queue.extend(links[id_])
        seen |= group
        yield (
            tuple(item for item in old.entries if item.id in group),
            tuple(item for item in new.entries if item.id in group),
        )


def _change(
    bench: Bench, old: Instrument, new: Instrument, before: tuple[Entry, ...], after: tuple[Entry, ...]
) -> Change:
    effects = tuple(_effects(bench, old, new, (*before, *after)))
    if not before or not after:
        return Change(ADDED if after else REMOVED, before, after, effects)
    kinds = {effect.kind for effect in effects}
    if kinds:
        return Change(kinds.pop() if len(kinds) == 1 else MIXED, before, after, effects)
    if _wording(before) != _wording(after):
        return Change(REWORDED, before, after)
    same = [entry.number for entry in before] == [entry.number for entry in after]
    return Change(UNCHANGED if same else RENUMBERED, before, after)


def _wording(entries: Iterable[Entry]) -> list[object]:
    return [(entry.title, entry.text, [measure.text for measure in entry.measures]) for entry in entries]


def _effects(bench: Bench, old: Instrument, new: Instrument, entries: Iterable[Entry]) -> Iterator[Effect]:
    """The concepts named by some entries that stand otherwise under the new list."""
    concepts = {concept for entry in entries for concept in _covers(entry)}
    concepts |= {concept for entry in entries for exemption in entry.exceptions for concept in exemption.covers}
    last, first = _reading_day(old, new), _reading_day(new, old)
    for id_ in sorted(concepts):
        activity = bench.catalogue.activities[id_]

        def under(item: Instrument, day: date, proposal: Proposal, activity: Activity = activity) -> Standing:
            return bench.under(activity, bench.catalogue.ancestry[activity.id], proposal, item, day, alone=True)

        before, after = under(old, last, Proposal()), under(new, first, Proposal())
        if before.substance == after.substance:
            continue
        sides = {
            _kinder(under(old, last, proposal), under(new, first, proposal)) for proposal in _proposals()
        } - {0}
        if sides:
            kind = MIXED if len(sides) > 1 else EASED if sides == {1} else TIGHTENED
            yield Effect(activity, before, after, kind)


def _kinder(before: Standing, after: Standing) -> int:
    """1 where the same proposal fares better under the new list, -1 where it fares worse, else 0."""
    one, two = (before.status, before.outcome or Outcome.NO), (after.status, after.outcome or Outcome.NO)
    return (one > two) - (one < two)


def _proposals() -> Iterator[Proposal]:
    for share in _SHARES:
        # Beyond a share of 50 a claim that the Chinese side controls leaves everything open.
        for control in (None, True) if share is not None and share <= 50 else (None,):
            yield Proposal(
                foreign_share=None if share is None else Understood(share, "field"),
                chinese_control=None if control is None else Understood(control, "field"),
            )


def _reading_day(item: Instrument, other: Instrument) -> date:
    """The day on which a list is compared: its last day before a later one, its first day after an earlier one."""
    if item.effective_from < other.effective_from and item.effective_to is not None:
        return item.effective_to - timedelta(days=1)
    return max(item.effective_from, other.effective_from if item.effective_to is None else item.effective_from)

