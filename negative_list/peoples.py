"""The names of countries, peoples and cities abroad that investors are known by, for the lexicon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from negative_list.catalogue import Catalogue
from negative_list.lexicon import Words
from negative_list.model import LANGUAGES
from negative_list.origins import origins

# How the names of peoples end, and of who lives in a city, that may stand in the plural: Americans, Berliners.
_PEOPLE = (
    "an", "ani", "ini", "ari", "ati", "aiti", "aqi", "eni", "shi", "udi", "eli", "ali", "eri", "er", "ek", "ech", "ak",
    "ik", "iot", "ino", "ina", "ite", "ene", "ine", "ard", "rit", "iton", "erb", "oat", "ssie", "or", "oup", "irm",
    "und",
)  # fmt: skip


def names_of(catalogue: Catalogue) -> dict[str, Words]:
    """The names of countries, peoples and cities; all are matched unstemmed, "Germans" and "Germany's" as well.

    What stands for nothing are ordinary words that a name would be cut out of.
    """
    named = [(name, code) for code, names in names_of_origins(catalogue).items() for name in names]
    cities = [(name, code) for code, labels in catalogue.cities_abroad.items() for name in both(labels)]
    shared = [(name, code) for code, labels in catalogue.shared_cities.items() for name in both(labels)]
    return {
        name: [*words, *_inflected(words), *((word, None) for word in _decoys(catalogue, words))]
        for name, words in (("origins", named), ("cities_abroad", cities), ("shared_cities", shared))
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
    """English names as an owner's, and those of peoples in the plural."""
    full = {origin.label.en for origin in origins().values()}
    for name, code in named:
        if name.isascii() or name[-1].isascii():
            yield f"{name}'s", code
            if name not in full and name.endswith(_PEOPLE):
                yield f"{name}s", code


def _decoys(catalogue: Catalogue, named: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Ordinary words that a Chinese name for a party or its money would be cut out of, as far as they cover it."""
    full = {origin.label.zh for origin in origins().values()}
    for name, _ in named:
        if name not in full and (runs_on := catalogue.runs_on.get(name[-1])) is not None:
            yield from (name + further for further in runs_on)
            for word in catalogue.ordinary:
                if name in word:
                    yield word
                elif word[-1] == name[0]:
                    yield word + name[1:]
    yield from filter(str.isascii, catalogue.ordinary)
