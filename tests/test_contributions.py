"""Shares that follow from what is paid in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negative_list.contributions import contributed
from negative_list.sides import Sides
from negative_list.text import fold


def _share(text: str) -> float | None:
    folded = fold(text)
    found = contributed(folded, Sides(folded))
    return None if found is None else found.share


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("注册资本1000万，外方认缴600万", 60.0),
        ("注册资本1000万，外方认缴600万，剩余由中方认缴", 60.0),
        ("注册资本5000万，中方认缴2600万", 48.0),
        ("外方认缴350万，中方认缴150万，按认缴额算股份", 70.0),
        ("registered capital RMB 10m, of which we pay RMB 6m", 60.0),
        ("we put in RMB 6m, the Chinese partner puts in RMB 4m; equity follows capital", 60.0),
        ("Of the RMB 80m registered capital, RMB 20m will be subscribed by us and RMB 60m by the Chinese partner", 25.0),
        # So much out of a total, and Chinese numerals.
        ("capital of CHF 5 million, we put in 3 of the 5 million", 60.0),
        ("we pay in 2 million out of 5 million registered capital", 40.0),
        ("the Chinese partner pays 2 million out of 5 million registered capital", 60.0),
        ("外方出六百万，中方出四百万，股份跟出资", 60.0),
        ("注册资本一千万，外方认缴三百万", 30.0),
        ("外方出五百万，中方出一千五百万，股权随出资", 25.0),
        ("we put in 6 million they put in 4, shares follow the money", 60.0),
        ("we bring 3m cash, partner brings land valued at 7m, equity per contribution", 30.0),
        ("我们出三千万对方出两千万，按出钱多少算股份", 60.0),
        ("外方投四百万，中方投六百万，谁出多少占多少", 40.0),
        # What the company is worth, before or after.
        ("投前估值8000万，我们投2000万进去", 20.0),
        ("投后估值1亿，我们投1000万", 10.0),
        ("pre-money valuation of 40m, we invest 10m", 20.0),
        ("投前估值8000万，中方投2000万", None),
        ("投后估值1000万，我们投2000万", None),
        ("we put in 6 million they put in 4 lorries, shares follow the money", None),
        ("we pay 3 of the 5 million rent", None),
        ("of the 5 million visitors we pay 3 million a visit", None),
        ("外方出六百万，中方出四百万", None),
        # Money that is not said to be paid in for shares, or by nobody in particular.
        ("registered capital RMB 10m", None),
        ("we pay 6m rent, the Chinese partner pays 4m", None),
        ("外方去年营收600万，中方400万", None),
        ("注册资本1000万，认缴期限30年", None),
        ("注册资本0万，外方认缴0万", None),
        ("注册资本100万，中方认缴100万", None),
        ("注册资本100万，外方认缴200万", None),
        ("", None),
    ],
)
def test_payments(text: str, share: float | None) -> None:
    assert _share(text) == share


@given(st.lists(st.tuples(st.sampled_from(["外方认缴", "中方认缴", "注册资本", "we pay "]), st.integers(0, 10**9)), max_size=20))
def test_whatever_is_paid_makes_a_share_or_none(payments: list[tuple[str, int]]) -> None:
    share = _share("，".join(f"{who}{value}万" for who, value in payments))
    assert share is None or 0 < share <= 100


@given(st.integers(1, 99))
def test_the_two_sides_make_up_the_whole(part: int) -> None:
    ours = _share(f"注册资本100万，外方认缴{part}万")
    theirs = _share(f"注册资本100万，中方认缴{part}万")
    assert ours == part
    assert theirs == 100 - part
