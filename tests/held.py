"""The engine that all tests share, also those that need it while they are collected."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import yaml

from negative_list.catalogue import DATA
from negative_list.determination import Engine
from negative_list.keeping import open_engine

# The workers of all runs share one index; its folders are named after data and program.
INDEX = Path(__file__).parents[1] / ".cache" / "test-index"


@cache
def engine() -> Engine:
    """The engine over the data shipped, opened once for each process."""
    return open_engine(None, INDEX)


def slim(folder: Path) -> Path:
    """A copy of the data shipped with the preferred labels alone, which is loaded and indexed in a moment."""
    shutil.copytree(DATA, folder)
    for name, text in _slim_activities().items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@cache
def _slim_activities() -> dict[str, str]:
    found = {}
    for path in DATA.glob("activities/*.yaml"):
        rows = yaml.load(path.read_bytes(), Loader=yaml.CBaseLoader)  # noqa: S506 - a base loader makes text alone
        for row in rows["activities"]:
            row["alt"] = {"en": [], "zh": []}
            row.pop("hidden", None)
        found[path.relative_to(DATA).as_posix()] = yaml.dump(rows, Dumper=yaml.CDumper, allow_unicode=True)
    return found
