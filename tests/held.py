"""The engine that all tests share, also those that need it while they are collected."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from negative_list.determination import Engine
from negative_list.keeping import open_engine

# The workers of all runs share one index; its folders are named after data and program.
INDEX = Path(__file__).parents[1] / ".cache" / "test-index"


@cache
def engine() -> Engine:
    """The engine over the data shipped, opened once for each process."""
    return open_engine(None, INDEX)
