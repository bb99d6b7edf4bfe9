"""The names of countries, peoples and cities abroad that investors are known by, for the lexicon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from negative_list.catalogue import Catalogue
from negative_list.lexicon import Words
from negative_list.model import LANGUAGES
from negative_list.origins import origins

# How the names of peoples end, and of who lives in a city, that may stand in the plural: Americans, Berliners.
_PEOPLE = (
    "an", "i", "er", "ek", "ech", "ak", "ik", "iot", "ino", "ina", "ite", "ene", "ine", "ard", "rit", "iton", "erb",
    "oat", "ssie", "or", "oup", "irm", "und",
)  # fmt: skip
# Chinese names up to this length occur across other words.
_SHORT = 2


def names_of(catalogue: Catalogue) -> dict[str, Words]:
    """The names of countries, peoples and cities; all are matched unstemmed, "Germans" and "Germany's" as well.

    What stands for nothing are ordinary words that a short Chinese name runs into.
    """
    named = [(name, code) for code, names in names_of_origins(catalogue).items() for name in names]
    cities = [(name, code) for code, labels in catalogue.cities_abroad.items() for name in both(labels)]
    shared = [(name, code) for code, labels in catalogue.shared_cities.items() for name in both(labels)]
    decoys = [*catalogue.ordinary, *_run_on((name for name, _ in named), catalogue.runs_on)]
    return {
        "origins": [*named, *_inflected(named), *((word, None) for word in decoys)],
        "cities_abroad": [*cities, *_inflected(cities), *((word, None) for word in catalogue.ordinary)],
        "shared_cities": [*shared, *_inflected(shared)],
    }


def names_of_origins(catalogue: Catalogue) -> dict[str, list[str]]:
    """Every name of a country or people, by its code."""
    found = {code: [origin.label.en, origin.label.zh] for code, origin in origins().items()}
    for code, labels in catalogue.origins.items():
        found[code] = [*both(labels), *found.get(code, [])]
    return found


def both(labels: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The labels in both languages."""
    return [label for language in LANGUAGES for label in labels.get(language, ())]


def _inflected(named: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """English names in the plural and as an owner's."""
    for name, code in named:
        if name.isascii() or name[-1].isascii():
            yield f"{name}'s", code
            if name.endswith(_PEOPLE):
                yield f"{name}s", code


def _run_on(names: Iterator[str], runs_on: Mapping[str, list[str]]) -> Iterator[str]:
    """Short Chinese names with what makes them the beginning of another word."""
    for name in names:
        if len(name) <= _SHORT:
            yield from (name + further for further in runs_on.get(name[-1], ()))
