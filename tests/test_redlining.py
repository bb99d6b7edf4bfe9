"""Two wordings side by side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negative_list.redlining import Part, merged, redline

CASES = [
    ("at most 50% may be held", "at most 49% may be held", ["50"], ["49"]),
    ("出版物印刷须由中方控股。", "出版物印刷的外资股比不限。", ["须由中方控股"], ["的外资股比不限"]),
    ("Basic telecom: only within the commitments", "Basic telecom: only within the commitments", [], []),
    ("within the mainland", "within the mainland, save in zones", [], [", save in zones"]),
    ("股比不低于50%", "股比不低于49%", ["50"], ["49"]),
    ("coal", "互联网新闻", ["coal"], ["互联网新闻"]),
    ("", "new words", [], ["new words"]),
]


@pytest.mark.parametrize(("old", "new", "gone", "come"), CASES)
def test_what_differs_is_marked(old: str, new: str, gone: list[str], come: list[str]) -> None:
    before, after = redline(old, new)
    assert [part.text for part in before if part.changed] == gone
    assert [part.text for part in after if part.changed] == come


def test_a_lone_space_does_not_break_a_change() -> None:
    _, after = redline("The Chinese side must control the company", "The foreign side may own the company")
    assert Part("may own", True) in after


@given(st.text("中外资股比 abc49%，.\n", max_size=40), st.text("中外资股比 abc49%，.\n", max_size=40))
def test_nothing_is_lost_and_what_stays_is_the_same_on_both_sides(old: str, new: str) -> None:
    before, after = redline(old, new)
    assert "".join(part.text for part in before) == old
    assert "".join(part.text for part in after) == new
    both = merged(old, new)
    assert "".join(text for side, text in both if side != "new") == old
    assert "".join(text for side, text in both if side != "old") == new
    assert "".join(p.text for p in before if not p.changed) == "".join(p.text for p in after if not p.changed)
