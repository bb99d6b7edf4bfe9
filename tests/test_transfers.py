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
        ("we want to go from 50 to 51 in our joint venture", 51.0),
        ("our stake goes up from 40 to 60", 60.0),
        ("the foreign holder sold down from 40 to 20 percent", 20.0),
        ("外资持股从49提高到51，做电梯", 51.0),
        ("外方从三成增到五成", 50.0),
        ("外方原来占一半，通过增资提高到八成", 80.0),
        ("the foreign fund had 25%; now it purchases 35 more to reach sixty", 60.0),
        ("foreign funds bought 30% years ago and are now raising that to 49%", 49.0),
        ("外方想收购中方手里的股份，把持股从25%提高到51%", 51.0),
        ("thirty percent went to a Chinese fund", 70.0),
        ("we own 50% and buy a further 20%, making 70% in all", 70.0),
        ("the founder sells us 20%, so that we come to 70%", 70.0),
        ("中方回购我们20%的股份，我们剩30%", 30.0),
        ("由合资转为外商独资，原外方持股50%", 100.0),
        # All that is lacking is taken as well.
        ("we own half of it and will buy the other half", 100.0),
        ("we hold 60% and the Chinese side is selling us its whole 40", 100.0),
        ("we hold 51%; may we buy the remaining 49%?", 100.0),
        ("we have 70% and are buying out our local partner", 100.0),
        ("我们已持有51%，准备收购中方剩余的49%股权", 100.0),
        ("外方持股55%，现在要改成外方独资", 100.0),
        # Not by the foreign side, not now, or not all.
        ("the Chinese partner has 40% and we acquire the remaining shares", 60.0),
        ("we hold 60% and have an option to buy the remaining 40%", 60.0),
        ("我们持有49%，将来再收购剩余股份", 49.0),
        ("we sell 20% to a local fund and keep 80%", 80.0),
        ("our share rose from 30% to 40%", 40.0),
        # What is bought on top of what is held.
        ("we already have 20% and buy a further 35% from the founder", 55.0),
        ("we hold 30% and acquire an additional 19%", 49.0),
        ("we already have 40% and take 11% more", 51.0),
        ("外方已有20%，再从创始人手上买35%", 55.0),
        ("外方原有50%，又受让中方20%的股权", 70.0),
        # What it becomes counts, what may happen later does not.
        ("our 40% in the JV gets diluted to 30% as only others pay in", 30.0),
        ("our stake is now 30%, we want to lift it to 49%", 49.0),
        ("our share was 60%, after the new round it is 45%", 45.0),
        ("以前外方占60%，现在45%", 45.0),
        ("外方持有70%，经过谈判减持至49%", 49.0),
        ("外方由40%增资到65%，中方相应降到35%", 65.0),
        ("we hold 60%, the Chinese partner may later sell us the rest", 60.0),
        ("we have 40%, with an option to go to 60% in five years", 40.0),
        ("外方占49%，以后可能增持到70%", 49.0),
        # All that is lacking, in other words.
        ("外方原来占一半，现在把中方那一半也买下来", 100.0),
        ("原本五五开的印刷厂，而家我哋买埋佢嗰五成", 100.0),
        ("我们买了一家供应商的四成，今年把剩下六成也收了", 100.0),
        ("we have half of the yard and now buy the Chinese half as well", 100.0),
        ("外方占49%，中方将剩余股份卖给别人", 49.0),
        # Points and numbers without a sign that are bought on top or sold.
        ("we already hold 25% and are now buying another 15 from the founder", 40.0),
        ("原来就有这家厂30%，现在再买25%", 55.0),
        ("another foreign fund already owns 15% and we buy 20 from the Chinese founder", 35.0),
        ("we've got 50 in the company already, so we'd buy his 50 too", 100.0),
        ("我们有50，把中方的50也买过来，合资厂", 100.0),
        ("we have 60 in the joint venture, plan to sell 20 points to the local partner and keep the others", 40.0),
        ("plan to sell 20 points of our 60 in the joint venture", 40.0),
        ("本来我们有65，转15个点给本地合伙人", 50.0),
        ("外方现有49%，把19%转给本地伙伴", 30.0),
        ("we have 65% and let 20% go to our Chinese partner", 45.0),
        ("we own all 100% of it and sell 51% to a local group", 49.0),
        # A part of what somebody holds.
        ("the local owner has 50% and we buy 40% of his holding", 20.0),
        ("老板手里有60%，我们买他手上的一半", 30.0),
        ("创始人持股40%，我们收购其所持股份的一半", 20.0),
        ("the Chinese owner has 70%; he sells half of his stake to us", 35.0),
        ("我们占股60%，对外转让一半", 30.0),
        # What was asked for and refused.
        ("they asked for 51, we said no, now agreed 45 for the Chinese and we have all the rest", 55.0),
        ("对方要七成，谈不拢，后来对方五成一，别的归我们", 49.0),
        ("中方不同意我们占60%，所以我们占51%，合资", 51.0),
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
    ("text", "low", "high"),
    [
        ("we sell 20% of our 60% to a local fund", 40, 48),
        ("we hold 80% and sell 20% to a local fund", 60, 80),
        ("他有80%，我们买他四分之一的股份", 20, 25),
        ("local shareholders take 20% each, the remainder is for us", 0, 60),
    ],
)
def test_what_may_be_meant_in_two_ways_is_a_range(text: str, low: float, high: float) -> None:
    found = foreign_share(shares_in(fold(text)))
    assert found is not None
    assert (found.share.low, found.share.high) == (low, high)


def test_what_is_not_said_to_be_on_top_may_be_the_whole_of_it() -> None:
    found = foreign_share(shares_in(fold("we hold 20% and buy 35%")))
    assert found is not None
    assert (found.share.low, found.share.high) == (35, 55)


@pytest.mark.parametrize(
    "text",
    [
        "The size of the stake has not been decided; germination is 96%",
        "shareholding to be negotiated, licence fee 5% of net sales",
        "股比待定，良品率要达到70%",
        "股权没谈，门票收入五五分账",
        "temperatures go from 20 to 60 in our joint venture kiln",
        "we go from 50 to 60 shops in our joint venture",
    ],
)
def test_what_is_not_agreed_or_no_share_is_not_stated(text: str) -> None:
    assert shares_in(fold(text)) == []
