"""Shares that change hands."""

from __future__ import annotations

import pytest

from negative_list.shares import foreign_share, shares_in
from negative_list.text import fold


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("原外资持股30%，本次增资后升至49%", 49.0),
        ("外方原持有20%，增资后持有35%", 35.0),
        ("our stake was 49%, to be raised to 55%", 55.0),
        ("we hold 20% and buy 15%, together 35%", 35.0),
        ("外方持有20%，再受让15%，合计35%", 35.0),
        # What stands without a change is what is proposed.
        ("we keep 40%", 40.0),
        ("外方持有40%", 40.0),
        ("our stake was 49%", 49.0),
    ],
)
def test_what_it_comes_to(text: str, share: float) -> None:
    found = foreign_share(shares_in(fold(text)))
    assert found is not None
    assert (found.share.low, found.share.high) == (share, share)


@pytest.mark.parametrize(
    "text",
    [
        "The size of the stake has not been decided; germination is 96%",
        "shareholding to be negotiated, licence fee 5% of net sales",
        "股比待定，良品率要达到70%",
        "股权没谈，门票收入五五分账",
    ],
)
def test_what_is_not_agreed_is_not_stated(text: str) -> None:
    assert shares_in(fold(text)) == []
