"""What no schema of one file can see: references that resolve, numbers that run unbroken, no concept above itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from negative_list.datafiles import DataFolder
from negative_list.industries import above
from negative_list.model import Activity, Easing, Exemption, Industry, Instrument, Measure
from negative_list.origins import origins
from negative_list.rules import RULES

if TYPE_CHECKING:
    from negative_list.catalogue import Catalogue

# For each field, the ids it holds and the register in which they must stand.
Known = Mapping[str, tuple[Iterable[str], Mapping[str, Any]]]


def check(
    folder: DataFolder,
    catalogue: Catalogue,
    instruments: Mapping[str, Instrument],
    activities: Mapping[str, list[Activity]],
    industries: Mapping[str, list[Industry]],
) -> None:
    """Note every reference that does not resolve and every number that does not run unbroken."""
    for name, instrument in instruments.items():
        _check_instrument(folder, catalogue, name, instrument)
    _check_editions(folder, instruments)
    _check_statements(folder, catalogue)
    seen: dict[str, str] = {}
    for name, items in activities.items():
        for index, activity in enumerate(items):
            path = ("activities", index)
            if activity.id in seen:
                folder.fault(name, (*path, "id"), f"{activity.id} stands in {seen[activity.id]} too")
            seen[activity.id] = name
            known: dict[str, tuple[Iterable[str], Mapping[str, Any]]] = {
                "broader": (activity.broader, catalogue.activities),
                "related": (activity.related, catalogue.activities),
                "telecom_categories": (activity.telecom_categories, catalogue.telecom_categories),
                "gbt4754": (activity.gbt4754, catalogue.industries),
                "licences": (activity.licences, catalogue.licences),
                "advisories": (activity.advisories, catalogue.advisories),
                "sources": (activity.provenance.sources, catalogue.sources),
            }
            if activity.contested is not None:
                known["contested"] = (activity.contested.other_broader, catalogue.activities)
            _check_known(folder, name, path, known)
    _check_industries(folder, catalogue, industries)
    for file, key, records, references in _reference_files(catalogue):
        for index, record in enumerate(records):
            known = {field: (ids(record), register) for field, ids, register in references}
            _check_known(folder, file, (key, index), known)
    stands_for = {
        key: ((catalogue.phrases[key],), catalogue.activities)
        for key in ("internal_use_becomes", "overseas_only_becomes")
    }
    reached = {
        key: (catalogue.phrases[key], catalogue.activities) for key in ("overseas_only_reaches", "investing_trades")
    }
    for key in ("operated", "domestic"):
        reached[key] = ([id_ for pair in catalogue.phrases[key].items() for id_ in pair], catalogue.activities)
    _check_known(folder, "phrases.yaml", (), {**stands_for, **reached})
    for index, role in enumerate(catalogue.phrases["roles"]):
        ids = (role["becomes"],) if role["becomes"] else ()
        _check_known(folder, "phrases.yaml", ("roles", index), {"becomes": (ids, catalogue.activities)})
    if not folder.faults:
        _check_cycles(folder, catalogue, activities)


References = tuple[tuple[str, Callable[[Any], Iterable[str]], Mapping[str, Any]], ...]


def _reference_files(catalogue: Catalogue) -> Iterator[tuple[str, str, Iterable[Any], References]]:
    """The files of one list each: file, key of the list, its records, and which fields refer to what."""
    sources: tuple[str, Callable[[Any], Iterable[str]], Mapping[str, Any]] = (
        "sources",
        lambda record: record.provenance.sources,
        catalogue.sources,
    )
    yield "ambiguous.yaml", "ambiguous", catalogue.ambiguous, (
        ("candidates", lambda term: term.candidates, catalogue.activities),
    )
    yield "trades.yaml", "trades", catalogue.trades, (
        ("activity", lambda trade: [trade.activity], catalogue.activities),
        ("contains", lambda trade: trade.contains, catalogue.activities),
    )
    yield "telecom_categories.yaml", "categories", catalogue.telecom_categories.values(), (
        ("activity", lambda item: [item.activity] if item.activity else [], catalogue.activities),
        ("licence", lambda item: [item.licence] if item.licence else [], catalogue.licences),
        ("parent", lambda item: [item.parent] if item.parent else [], catalogue.telecom_categories),
        sources,
    )
    yield "licences.yaml", "licences", catalogue.licences.values(), (
        ("authority", lambda item: item.authority, catalogue.authorities),
        sources,
    )
    yield "advisories.yaml", "advisories", catalogue.advisories.values(), (sources,)
    yield "places.yaml", "places", catalogue.places.values(), (
        ("within", lambda item: item.within, catalogue.places),
        sources,
    )
    yield "survey.yaml", "viewpoints", catalogue.survey.viewpoints, (
        ("place", lambda item: [item.place] if item.place else [], catalogue.places),
        ("origin", lambda item: [item.origin] if item.origin else [], origins()),
    )
    yield "survey.yaml", "groups", catalogue.survey.groups, (
        ("activities", lambda item: item.activities, catalogue.activities),
    )


def _check_industries(folder: DataFolder, catalogue: Catalogue, industries: Mapping[str, list[Industry]]) -> None:
    """Each code once, below the code that it extends, and only classes stand for activities."""
    seen: dict[str, str] = {}
    for name, items in industries.items():
        for index, item in enumerate(items):
            path = ("industries", index)
            if item.code in seen:
                folder.fault(name, (*path, "code"), f"{item.code} stands in {seen[item.code]} too")
            seen[item.code] = name
            higher = above(item)
            if higher is not None and higher not in catalogue.industries:
                folder.fault(name, (*path, "code"), f"{higher}, which stands above {item.code}, is not held")
            if item.level != "class" and (item.activity or item.contains or item.alt):
                folder.fault(name, (*path, "level"), "only a class stands for activities")
            wanted: Known = {
                "activity": ((item.activity,) if item.activity else (), catalogue.activities),
                "contains": (item.contains, catalogue.activities),
            }
            _check_known(folder, name, path, wanted)


def _check_instrument(folder: DataFolder, catalogue: Catalogue, name: str, instrument: Instrument) -> None:
    if instrument.held == "full" and not instrument.entries:
        folder.fault(name, ("instrument",), "no entries are here; what is known only by name says `held: metadata`")
    _check_numbers(folder, name, instrument)
    if instrument.kind == "access_list" and instrument.regime is None:
        folder.fault(name, ("instrument", "kind"), "an access list needs a regime")
    head = {
        "issuers": (instrument.issuers, catalogue.authorities),
        "sources": (instrument.provenance.sources, catalogue.sources),
    }
    _check_known(folder, name, ("instrument",), head)
    sections = {str(section.number) for section in instrument.sections}
    for index, entry in enumerate(instrument.entries):
        path: tuple[str | int, ...] = ("entries", index)
        if entry.is_item and str(entry.section) not in sections:
            folder.fault(name, (*path, "section"), f"no section has the number {entry.section}")
        _check_known(
            folder,
            name,
            path,
            {
                "authorities": (entry.authorities, catalogue.authorities),
                "sources": (entry.provenance.sources, catalogue.sources),
                "concerns": (entry.concerns, catalogue.activities),
                "origins": (entry.origins, origins()),
            },
        )
        measure_ids = {measure.id: measure for measure in entry.measures}
        for at, measure in enumerate(entry.measures):
            where = (*path, "measures", at)
            _check_known(folder, name, where, {"covers": (measure.covers, catalogue.activities)})
            _check_rule(folder, name, where, measure)
        for at, exemption in enumerate(entry.exceptions):
            where = (*path, "exceptions", at)
            _check_carve_out(
                folder, catalogue, name, where, exemption, {"lifts": (exemption.lifts, measure_ids)}
            )
        for at, easing in enumerate(entry.eases):
            known: Known = {
                "lifts": (easing.lifts or (), catalogue.activities),
                "except": (easing.excluded, catalogue.activities),
                "places": (easing.places, catalogue.places),
                "origins": (easing.origins, origins()),
            }
            _check_carve_out(folder, catalogue, name, (*path, "eases", at), easing, known)


def _check_statements(folder: DataFolder, catalogue: Catalogue) -> None:
    """What is said about the data refers to what is held."""
    held: Mapping[str, Any] = {**catalogue.instruments, **catalogue.entries}
    for key, statements in catalogue.coverage.items():
        for index, row in enumerate(statements):
            known: Known = {
                "sources": (row["sources"], catalogue.sources),
                "concerns": (row.get("concerns", ()), held),
            }
            _check_known(folder, "coverage.yaml", (key, index), known)
    for index, row in enumerate(catalogue.corrections):
        _check_known(folder, "corrections.yaml", ("corrections", index), {"entries": (row["entries"], held)})


def _check_numbers(folder: DataFolder, name: str, instrument: Instrument) -> None:
    """Items run unbroken from 1 within each part, and are as many as officially stated."""
    series: dict[str, list[int]] = defaultdict(list)
    for entry in instrument.entries:
        if entry.is_item:
            part, _, number = entry.number.rpartition("-")
            series[part].append(int(number))
    for numbers in series.values():
        if numbers != list(range(1, len(numbers) + 1)):
            folder.fault(name, ("entries",), f"item numbers do not run unbroken from 1: {numbers}")
    items, stated = sum(len(numbers) for numbers in series.values()), instrument.item_count
    counted = instrument.kind == "access_list" and instrument.held == "full" and instrument.enumeration == "official"
    if counted and stated is not None and items != stated:
        folder.fault(name, ("instrument", "item_count"), f"{stated} is stated, {items} items are here")


def _check_editions(folder: DataFolder, instruments: Mapping[str, Instrument]) -> None:
    """One list of a regime at a time, and of the national ones no day without."""
    series: dict[str, list[tuple[str, Instrument]]] = defaultdict(list)
    for name, item in instruments.items():
        if item.kind == "access_list" and item.entries and item.regime is not None:
            series[item.regime].append((name, item))
    if not series["national"]:
        folder.fault(next(iter(instruments)), ("instrument",), "no national access list is held")
    for regime, editions in series.items():
        editions.sort(key=lambda pair: pair[1].effective_from)
        for (name, item), (_, later) in pairwise(editions):
            end, start = item.effective_to, later.effective_from
            if end is None or end > start:
                folder.fault(name, ("instrument", "effective_to"), f"{later.id} is in force from {start}; end it then")
            elif end < start and regime == "national":
                folder.fault(
                    name, ("instrument", "effective_to"), f"{later.id} begins on {start}: no list from {end} until then"
                )


def _check_carve_out(
    folder: DataFolder,
    catalogue: Catalogue,
    name: str,
    path: tuple[str | int, ...],
    carve_out: Exemption | Easing,
    known: Known,
) -> None:
    """What an exception of a list and an ease of an overlay have in common."""
    common: Known = {
        "covers": (carve_out.covers, catalogue.activities),
        "conditions": (carve_out.conditions, catalogue.conditions),
    }
    _check_known(folder, name, path, {**common, **known})
    for at, measure in enumerate(carve_out.imposes):
        _check_rule(folder, name, (*path, "imposes", at), measure)


def _check_rule(folder: DataFolder, name: str, path: tuple[str | int, ...], measure: Measure) -> None:
    rule = RULES.get(measure.kind)
    if rule is None:
        folder.fault(name, (*path, "kind"), f"{measure.kind!r} is no measure; one of {sorted(RULES)}")
    elif (fault := rule.fault_in(measure.value)) is not None:
        folder.fault(name, (*path, "value"), fault)


def _check_known(
    folder: DataFolder,
    name: str,
    path: tuple[str | int, ...],
    known: Known,
) -> None:
    for key, (ids, register) in known.items():
        for id_ in ids:
            if id_ not in register:
                folder.fault(name, (*path, key), f"nothing has the id {id_!r}")


def _check_cycles(folder: DataFolder, catalogue: Catalogue, activities: Mapping[str, list[Activity]]) -> None:
    for name, items in activities.items():
        for index, activity in enumerate(items):
            if activity.id in catalogue.above(activity.broader):
                folder.fault(name, ("activities", index, "broader"), f"{activity.id} stands above itself")
