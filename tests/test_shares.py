"""Foreign shares read out of words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negative_list.model import ShareRange
from negative_list.shares import Stated, foreign_share, han_number, shares_in
from negative_list.text import fold

PERCENT = st.integers(1, 99)
HAN_DIGITS = "零一二三四五六七八九"


def stated(text: str) -> list[Stated]:
    return shares_in(fold(text))


def only(text: str) -> ShareRange:
    (found,) = stated(text)
    return found.share


def exactly(share: float) -> ShareRange:
    return ShareRange(share, share)


def han(number: int) -> str:
    tens, units = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{HAN_DIGITS[tens]}十"
    return head + (HAN_DIGITS[units] if units or not tens else "")


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("零", 0),
        ("七", 7),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("六十五", 65),
        ("九十九", 99),
        ("百", 100),
        ("一百", 100),
        ("49", 49),
        ("33.5", 33.5),
    ],
)
def test_a_chinese_numeral(word: str, number: float) -> None:
    assert han_number(word) == number


@given(st.integers(0, 99))
def test_every_chinese_numeral_below_a_hundred(number: int) -> None:
    assert han_number(han(number)) == number


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("60% foreign", 60),
        ("60 % foreign", 60),
        ("60 pct foreign", 60),
        ("60 percent foreign", 60),
        ("60 per cent foreign", 60),
        ("外资占６０％", 60),
        ("33.5%", 33.5),
        ("sixty-five percent foreign", 65),
        ("sixty five per cent foreign", 65),
        ("ninety percent", 90),
        ("one hundred percent foreign", 100),
        ("外方百分之四十九", 49),
        ("外方百分之33.5", 33.5),
        ("外方百分之百", 100),
        ("外方百分之一百", 100),
        ("外资占六成", 60),
        ("六成五", 65),
        ("六成半", 65),
        ("十成", 100),
        ("外方持五分之三", 60),
        ("三分之二外资", 66.67),
        ("a third foreign", 33.33),
        ("two thirds foreign", 66.67),
        ("three-quarters foreign", 75),
        ("a quarter foreign", 25),
        ("nine tenths foreign", 90),
        ("we hold half", 50),
        ("half of the shares", 50),
        ("外方持一半", 50),
        ("五五开", 50),
        ("对半持股", 50),
        # Without a sign only where a share is spoken of.
        ("we hold 49", 49),
        ("外方持股49", 49),
        ("外资占60，", 60),
    ],
)
def test_one_figure(text: str, share: float) -> None:
    assert only(text) == exactly(share)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a business",
        "third-party logistics",
        "half a year",
        "a quarter-hour",
        "第三方物流",
        "百万分之三",
        "千分之三",
        "we employ 60 people",
        "version 1.2.30%",
        # A percentage of something else.
        "60% of revenue",
        "60% of the board",
        "30% of seats",
        "20% off",
        "15% discount",
        "a commission of 5%",
        "growth of 20%",
        "100% cotton shirts",
        "10% annual growth",
        "年增长率20%",
        "税率5%",
        "提成10%",
        "30%的用户",
        "60%收入",
        "100%纯棉",
        # No share at all, or more than there is.
        "0% foreign",
        "foreign 101%",
        "at most 150% foreign",
        "百分之零",
    ],
)
def test_no_share(text: str) -> None:
    assert stated(text) == []


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("up to 30% foreign", ShareRange(0, 30, low_excluded=True)),
        ("no more than 49% foreign", ShareRange(0, 49, low_excluded=True)),
        ("not exceeding 49% foreign", ShareRange(0, 49, low_excluded=True)),
        ("外方不超过49%", ShareRange(0, 49, low_excluded=True)),
        ("外方至多三成", ShareRange(0, 30, low_excluded=True)),
        ("外资49%以下", ShareRange(0, 49, low_excluded=True)),
        ("30% or less foreign", ShareRange(0, 30, low_excluded=True)),
        ("less than 50% foreign", ShareRange(0, 50, low_excluded=True, high_excluded=True)),
        ("under 50% foreign", ShareRange(0, 50, low_excluded=True, high_excluded=True)),
        ("外资低于百分之五十", ShareRange(0, 50, low_excluded=True, high_excluded=True)),
        ("外资不到一半，约占30%", ShareRange(30, 30)),
        ("at least 51% foreign", ShareRange(51, 100)),
        ("minimum of 51% foreign", ShareRange(51, 100)),
        ("外资至少51%", ShareRange(51, 100)),
        ("30% or more foreign", ShareRange(30, 100)),
        ("外资25%以上", ShareRange(25, 100)),
        ("more than 50% foreign", ShareRange(50, 100, low_excluded=True)),
        ("a foreign share exceeding 50%", ShareRange(50, 100, low_excluded=True)),
        ("外资超过百分之五十", ShareRange(50, 100, low_excluded=True)),
        ("外资高于50%", ShareRange(50, 100, low_excluded=True)),
        ("more than half foreign", ShareRange(50, 100, low_excluded=True)),
        ("外资过半", ShareRange(50, 100, low_excluded=True)),
        ("外资持股超过一半", ShareRange(50, 100, low_excluded=True)),
    ],
)
def test_a_bound(text: str, share: ShareRange) -> None:
    assert only(text) == share


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("30% to 40% foreign", 30, 40),
        ("30-40% foreign", 30, 40),
        ("30 – 40 % foreign", 30, 40),
        ("between 30% and 40% foreign", 30, 40),
        ("between 30 and 40 percent foreign", 30, 40),
        ("30% or 40% foreign", 30, 40),
        ("40% or 30% foreign", 30, 40),
        ("a third to a half foreign", 33.33, 50),
        ("外资30%至40%", 30, 40),
        ("外资30到40%", 30, 40),
        ("外方占三成到四成", 30, 40),
        ("外方百分之三十或百分之四十", 30, 40),
        ("49.5% to 50.5% foreign", 49.5, 50.5),
        # The Chinese side's range is turned round end for end.
        ("中方占三成到四成", 60, 70),
        ("Chinese partner 51% to 60%", 40, 49),
        # Nobody says whose part is whose.
        ("49/51 JV", 49, 51),
        ("合资比例51:49", 49, 51),
        ("70/30 joint venture", 30, 70),
    ],
)
def test_a_range(text: str, low: float, high: float) -> None:
    assert only(text) == ShareRange(low, high)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("foreign 49/51 JV", 49),
        ("we plan a 60:40 joint venture", 60),
        ("外方与国企按60:40合资", 60),
        ("our Chinese partner 70/30 JV", 30),
        # Whoever speaks of the partner names its own part first.
        ("与中方按49:51合资", 49),
        ("with a local partner at 40/60 equity split", 40),
        ("50/50 joint venture", 50),
        ("合资比例50:50", 50),
    ],
)
def test_a_split(text: str, share: float) -> None:
    assert only(text) == exactly(share)


@pytest.mark.parametrize("text", ["24/7 joint support", "a 16:9 joint screen", "比例1:3", "49/50 JV"])
def test_a_split_adds_up(text: str) -> None:
    assert stated(text) == []


@pytest.mark.parametrize(
    ("text", "share", "side"),
    [
        ("60%", exactly(60), None),
        ("data centre 60%", exactly(60), None),
        ("60% foreign", exactly(60), "foreign"),
        ("we hold 60%", exactly(60), "foreign"),
        ("港资占60%", exactly(60), "foreign"),
        ("the overseas investor takes 60%", exactly(60), "foreign"),
        ("中方占60%", exactly(40), "chinese"),
        ("国有股东占60%", exactly(40), "chinese"),
        ("our Chinese partner holds 60%", exactly(40), "chinese"),
        ("60% held by a local partner", exactly(40), "chinese"),
        ("60% Chinese-owned", exactly(40), "chinese"),
        ("two-thirds owned by the Chinese side", exactly(33.33), "chinese"),
        ("六成由中方持有", exactly(40), "chinese"),
        # The nearest word before the figure, within its clause.
        ("a foreign firm whose Chinese partner holds 60%", exactly(40), "chinese"),
        ("with a Chinese partner we hold 60%", exactly(60), "foreign"),
        ("with a Chinese partner, 60% foreign", exactly(60), "foreign"),
        # A bound turns round with its side.
        ("Chinese partner at least 51%", ShareRange(0, 49), "chinese"),
        ("中方持股51%以上", ShareRange(0, 49), "chinese"),
        ("中方不超过30%", ShareRange(70, 100, high_excluded=True), "chinese"),
        ("Chinese side less than 50%", ShareRange(50, 100, low_excluded=True, high_excluded=True), "chinese"),
        ("中方持股过半", ShareRange(0, 50, high_excluded=True), "chinese"),
    ],
)
def test_whose_share_it_is(text: str, share: ShareRange, side: str | None) -> None:
    (found,) = stated(text)
    assert found.share.low == pytest.approx(share.low)
    assert found.share.high == pytest.approx(share.high)
    assert (found.share.low_excluded, found.share.high_excluded) == (share.low_excluded, share.high_excluded)
    assert found.side == side


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("外方持股49%，中方持股51%", 49),
        ("中方持股51%，外方持股49%", 49),
        # What is said of the foreign side comes before what follows from the Chinese.
        ("中方持股60%，外方持股30%", 30),
        ("中方持股60%，比例55%", 40),
        ("we hold 49%, and once more: we hold 49%", 49),
    ],
)
def test_the_share_that_a_text_states(text: str, share: float) -> None:
    chosen = foreign_share(stated(text))
    assert chosen is not None
    assert chosen.share == exactly(share)


@pytest.mark.parametrize("text", ["a business", "we hold 30%, later we hold 40%", "中方30%，中方40%", "30%, 40%"])
def test_figures_that_contradict_each_other_state_none(text: str) -> None:
    assert foreign_share(stated(text)) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A café, up to 30% foreign", "up to 30%"),
        ("a café, 30-40% foreign", "30-40%"),
        ("外资25%以上的公司", "25%以上"),
        ("between 30% and 40% foreign", "30% and 40%"),
        ("外方 49/51 合资", "49/51"),
    ],
)
def test_the_words_that_state_it(text: str, words: str) -> None:
    folded = fold(text)
    (found,) = shares_in(folded)
    assert folded[found.start : found.end] == words


@given(PERCENT)
def test_both_languages_and_both_sides_agree(share: int) -> None:
    ours = {only(text) for text in (f"{share}% foreign", f"外资占{share}%", f"外方百分之{han(share)}")}
    theirs = {only(text) for text in (f"Chinese partner holds {100 - share}%", f"中方占百分之{han(100 - share)}")}
    assert ours == theirs == {exactly(share)}


@given(PERCENT, PERCENT)
def test_a_range_reads_the_same_from_either_end(one: int, other: int) -> None:
    assert only(f"{one}% to {other}% foreign") == only(f"{other}%至{one}%外资")


@given(st.text("0123456789.%/:-中外方占持股不超过至到百分之成一二三half to or and foreign chinese,，", max_size=40))
def test_what_is_found_is_a_share_and_lies_in_the_text(text: str) -> None:
    folded = fold(text)
    ends = 0
    for found in shares_in(folded):
        assert 0 <= found.share.low <= found.share.high <= 100
        assert ends <= found.start < found.end <= len(folded)
        ends = found.end
