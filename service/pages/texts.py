"""The words of the pages themselves, in both languages; those of the answers are in the data set."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from negative_list.model import LANGUAGES

FOLDER = files("service.pages").joinpath("texts")


@cache
def load() -> Mapping[str, Mapping[str, str]]:
    """Every text by its key, from all files of the folder.

    Raises ValueError when a text lacks a language, holds another or stands twice.
    """
    found: dict[str, Mapping[str, str]] = {}
    for file in sorted(FOLDER.iterdir(), key=lambda file: file.name):
        # The C loader: a start shall not wait for words.
        for key, text in yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader).items():
            if key in found:
                raise ValueError(f"{file.name}: {key} stands in two files")
            if set(text) != set(LANGUAGES) or not all(isinstance(words, str) and words for words in text.values()):
                raise ValueError(f"{file.name}: {key} needs one text each for {', '.join(LANGUAGES)}")
            found[key] = text
    return found
