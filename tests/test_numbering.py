"""Strings by number: what was held is found, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negative_list.numbering import Numbering

STRINGS = st.lists(st.text(st.characters(codec="utf-8"), max_size=8), unique=True, max_size=40)


@given(STRINGS, STRINGS)
def test_held_strings_have_the_number_of_their_place_and_others_none(held: list[str], asked: list[str]) -> None:
    numbering = Numbering(held)
    assert len(numbering) == len(held)
    assert numbering.find(held).tolist() == list(range(len(held)))
    assert numbering.find(asked).tolist() == [held.index(one) if one in held else -1 for one in asked]
    assert sorted(numbering.held(asked)) == sorted(map(held.index, {*held} & {*asked}))


def test_a_string_has_one_number() -> None:
    with pytest.raises(ValueError, match="one fingerprint"):
        Numbering(["news", "shop", "news"])
