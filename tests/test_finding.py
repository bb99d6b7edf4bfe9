"""Which entries a search finds; the rest is seen through the routes."""

from __future__ import annotations

from typing import Any

import pytest

from negative_list import finding
from negative_list.determination import Engine


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ({"q": "电信公司"}, "cn/national/2024/12"),
        ({"q": "film", "instrument": "cn/ftz/2021"}, "cn/ftz/2021/25"),
        ({"q": "film", "sector": "I"}, None),
        ({"q": "film", "in_force_on": None}, "cn/national/2024/27"),
        ({"q": "zzzzqqq"}, None),
    ],
)
def test_find(engine: Engine, query: dict[str, Any], first: str | None) -> None:
    found = finding.find(engine, query)
    assert (found[0][0].id if found else None) == first


def test_without_words_every_entry_is_found(engine: Engine) -> None:
    assert [entry.id for entry, _ in finding.find(engine, {})] == list(engine.catalogue.entries)
