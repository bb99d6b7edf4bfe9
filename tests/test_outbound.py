"""Whether an investment is made abroad, or somebody only lived there."""

from __future__ import annotations

import pytest

from negative_list.determination import Engine
from negative_list.evaluation import DEFAULT_DAY
from negative_list.outbound import Abroad, abroad


def where(engine: Engine, text: str) -> Abroad:
    return abroad(engine.reader.read({"activity": text}, DEFAULT_DAY))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A Hangzhou maker of toys will buy a warehouse company in Poland", Abroad.SAID),
        ("中国公司收购德国机床厂", Abroad.SAID),
        ("We are a Shenzhen firm and would set up a plant in Vietnam", Abroad.SAID),
        ("a restaurant in Germany", Abroad.PERHAPS),
        ("早年在巴黎开过面包店，想开一家书店", Abroad.PERHAPS),
        ("a restaurant in Chengdu", Abroad.NOT),
        ("We run cafés in Germany and would open one in Chengdu", Abroad.NOT),
        ("a restaurant in German hands", Abroad.NOT),
    ],
)
def test_where_an_investment_is_made(engine: Engine, text: str, expected: Abroad) -> None:
    assert where(engine, text) is expected


@pytest.mark.parametrize(
    ("text", "outbound"),
    [
        ("我们想在德国开一家工厂，要办什么备案", True),
        ("Our Hangzhou company buys a hotel in Lisbon", True),
        ("我在日内瓦给人修了十年手表，现在想自己开个手表维修店", False),
        ("My uncle sold flowers in Amsterdam for years; now he wants to grow tulips and sell them to florists", False),
    ],
)
def test_a_memory_of_a_place_abroad_is_no_investment_there(engine: Engine, text: str, outbound: bool) -> None:
    reading = engine.reader.read({"activity": text}, DEFAULT_DAY)
    assert engine.recogniser.recognise(reading).outbound is outbound
