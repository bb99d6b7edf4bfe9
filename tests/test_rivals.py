"""How a label fares beside the other businesses of its text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negative_list.determination import Engine
from negative_list.lexicon import Spotted
from negative_list.rivals import MEASURES, measured, settled

# The sum of the signs as it is.
PLAIN = dict.fromkeys(MEASURES, 0.0) | {"itself": 1.0}


def label(first: int, meaning: str = "") -> Spotted:
    return Spotted(("activity", meaning or f"trade/{first}"), first, first + 1, "label")


def test_a_label_by_itself_has_no_rival() -> None:
    ((_, values),) = measured({label(0): 1.5})
    assert dict(zip(MEASURES, values, strict=True)) == PLAIN | {
        "bias": 1.0, "itself": 1.5, "alone": 1.0, "itself alone": 1.5,
    }  # fmt: skip


def test_labels_of_one_meaning_are_no_rivals() -> None:
    held = {label(0, "media/news"): 2.0, label(5, "media/news"): -1.0}
    assert [values[MEASURES.index("alone")] for _, values in measured(held)] == [1.0, 1.0]


def test_each_is_measured_against_the_strongest_other_meaning() -> None:
    held = {label(0): 3.0, label(1): 1.0, label(2): -2.0, label(3, "trade/0"): -3.0}
    found = [dict(zip(MEASURES, values, strict=True)) for _, values in measured(held)]
    assert [each["rival"] for each in found] == [1.0, 3.0, 3.0, 1.0]
    assert [each["ahead"] for each in found] == [2.0, 0.0, 0.0, 0.0]
    assert [each["behind"] for each in found] == [0.0, 2.0, 4.0, 4.0]


def test_without_rivalry_a_sum_is_a_logit() -> None:
    assert settled({label(0): 0.0, label(1): 100.0}, PLAIN) == {label(0): 0.5, label(1): pytest.approx(1.0)}


@given(st.lists(st.floats(-30, 30), max_size=8))
def test_every_label_is_settled_between_nought_and_one(logits: list[float]) -> None:
    held = {label(place): logit for place, logit in enumerate(logits)}
    found = settled(held, dict.fromkeys(MEASURES, 0.5))
    assert list(found) == list(held)
    assert all(0 <= chance <= 1 for chance in found.values())


def test_by_the_weights_of_the_data_a_strong_rival_takes_away(engine: Engine) -> None:
    rivalry = engine.catalogue.rivalry
    weak = settled({label(0): 0.0, label(1): -3.0}, rivalry)[label(0)]
    strong = settled({label(0): 0.0, label(1): 3.0}, rivalry)[label(0)]
    assert strong < weak
