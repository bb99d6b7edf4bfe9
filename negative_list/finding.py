"""Which entries a search finds, what they share, and where the words asked for stand in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from rapidfuzz import fuzz, process

from negative_list.catalogue import Catalogue
from negative_list.determination import Engine
from negative_list.model import LANGUAGES, Entry
from negative_list.text import fold, terms, tokens


def find(engine: Engine, query: Mapping[str, Any]) -> list[tuple[Entry, float]]:
    """The entries for `q` with their scores, best first; without it all, in the order of the lists, with score 0.

    `instrument`, `sector`, `measure` and `in_force_on` narrow both; a key that is absent narrows nothing.
    """
    catalogue = engine.catalogue
    words = query.get("q")
    if words is None:
        found = [(entry, 0.0) for entry in catalogue.entries.values()]
    else:
        hits = engine.index.entries(words, limit=None)
        found = [(catalogue.entries[hit.id], round(hit.score, 3)) for hit in hits]
    return [(entry, score) for entry, score in found if _is_wanted(catalogue, entry, query)]


def _is_wanted(catalogue: Catalogue, entry: Entry, query: Mapping[str, Any]) -> bool:
    instrument = catalogue.instruments[entry.instrument]
    day = query.get("in_force_on")
    return (
        query.get("instrument") in (None, instrument.id)
        and query.get("sector") in (None, sector(catalogue, entry))
        and (query.get("measure") is None or any(m.kind == query["measure"] for m in entry.measures))
        and (day is None or instrument.in_force_on(day))
    )


def sector(catalogue: Catalogue, entry: Entry) -> str | None:
    """The section letter of GB/T 4754 under which an entry stands, if its list has such sections."""
    sections = catalogue.instruments[entry.instrument].sections
    return next((section.gbt4754 for section in sections if section.number == entry.section), None)


def facets(catalogue: Catalogue, entries: Iterable[Entry]) -> dict[str, dict[str, int]]:
    """How many of some entries share an instrument, a sector or a kind of measure, most first."""
    counts: dict[str, Counter[str]] = {"instrument": Counter(), "sector": Counter(), "measure": Counter()}
    for entry in entries:
        counts["instrument"][entry.instrument] += 1
        if (letter := sector(catalogue, entry)) is not None:
            counts["sector"][letter] += 1
        counts["measure"].update(list(dict.fromkeys(measure.kind for measure in entry.measures)))
    return {name: dict(counter.most_common()) for name, counter in counts.items()}


def highlights(text: str, words: str) -> list[list[int]]:
    """Spans of a text, half-open, in characters, whose words are among those asked for."""
    wanted = {token.key for token in tokens(words) if not token.is_break}
    spans: list[list[int]] = []
    for token in tokens(text):
        if token.key in wanted:
            if spans and spans[-1][1] == token.start:
                spans[-1][1] = token.end
            else:
                spans.append([token.start, token.end])
    return spans


def did_you_mean(catalogue: Catalogue, words: str) -> str | None:
    """The label of an activity most like words that found nothing, if any is like them."""
    if not terms(words):
        return None
    labels = [activity.label[lang] for activity in catalogue.activities.values() for lang in LANGUAGES]
    found = process.extractOne(fold(words), labels, scorer=fuzz.WRatio, processor=fold, score_cutoff=70)
    return None if found is None else found[0]
