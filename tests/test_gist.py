"""What a text tells as a whole: its signs, and what they are weighed to."""

from __future__ import annotations

import math
from datetime import date
from itertools import permutations

import numpy as np
import pytest

from negative_list.determination import Engine
from negative_list.evaluation import DEFAULT_DAY
from negative_list.gist import Gist, likeliest
from negative_list.learnt import Learnt, Topic
from negative_list.model import Status
from negative_list.numbering import Numbering

LEARNT = Learnt(
    day=date(2026, 1, 1),
    topics=(Topic(Status.OPEN, "retail", 0.0), Topic(Status.PROHIBITED, "media", 0.0), Topic(Status.OPEN, "media", -2.0)),
    activities=("retail/shop", "media/press"),
    by_topic=Numbering(["w news", "w shop", "w run"]),
    weights=np.array([[-30, 40, 0], [50, 0, 0], [0, 0, 0]], np.int16),
    by_activity=Numbering(["w news", "w shop"]),
    starts=np.array([0, 1, 3]),
    pairs=np.array([[1, 900], [0, 500], [1, 100]], np.int16),
)
KINDS = {"retail/shop": Status.OPEN, "media/press": Status.PROHIBITED}


@pytest.fixture
def gist() -> Gist:
    return Gist(LEARNT, KINDS)


def signs(engine: Engine, text: str) -> set[str]:
    return engine.recogniser.signs(engine.reader.read({"activity": text}, DEFAULT_DAY))


def test_signs_add_up_to_kinds(gist: Gist) -> None:
    likely = gist.likely({"w news", "w run"})
    assert sum(likely.values()) == pytest.approx(1)
    assert likeliest(likely) is Status.PROHIBITED
    assert likeliest(gist.likely({"w shop"})) is Status.OPEN


def test_a_kind_is_as_likely_as_its_topics_together(gist: Gist) -> None:
    odds = [1 / (1 + math.exp(-sum_)) for sum_ in (-3.0, 4.0, -2.0)]
    assert gist.likely({"w news"})[Status.OPEN] == pytest.approx((odds[0] + odds[2]) / sum(odds))


def test_many_signs_do_not_outweigh_by_number(gist: Gist) -> None:
    one = gist.likely({"w news"})[Status.PROHIBITED]
    assert gist.likely({"w news", "w run"})[Status.PROHIBITED] < one


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("呱呱三角云豆腐，七七八八咚咚锵", True),
        ("鱼灯豆帆石梦糖井", True),
        ("我们想在成都开一家豆腐店", False),
        ("豆腐店", False),
        ("a tofu shop in Chengdu", False),
    ],
)
def test_characters_strewn_at_random_are_strange(engine: Engine, text: str, strange: bool) -> None:
    reading = engine.reader.read({"activity": text}, DEFAULT_DAY)
    seen = engine.recogniser.recognise(reading)
    assert (seen.matches == ()) is strange
    assert (seen.not_understood == (text,)) is strange


def test_strange_words_tell_nothing(gist: Gist) -> None:
    assert gist.likely({"w news", "w qwer", "w asdf"}) == {}
    assert gist.likely(set()) == {}
    assert gist.likely({"w news", "w qwer asdf", "p qwer"})


def test_words_that_say_nothing_make_strange_words_no_better_known() -> None:
    gist = Gist(LEARNT, KINDS, ["run", "run of shops"])
    assert gist.likely({"w news", "w run"})
    assert gist.likely({"w shop", "w run", "w qwer"}) == {}


def test_the_nearest_activity_shares_the_weightiest_signs(gist: Gist) -> None:
    near = gist.nearest({"w news", "w shop"})
    assert near["media/press"] == pytest.approx(1.0 / 2**0.5)
    assert near["retail/shop"] == pytest.approx(0.5 / 2**0.5)


def test_an_activity_that_the_data_no_longer_hold_is_not_near() -> None:
    assert set(Gist(LEARNT, {"retail/shop": Status.OPEN}).nearest({"w news", "w shop"})) == {"retail/shop"}


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("people post holiday pictures", "w post holiday"),
        ("people post holiday pictures", "p pict"),
        ("people post holiday pictures", "e ures"),
        ("替人保管老照片", "w 老 照 片"),
        ("book publishing", "is media/book-publishing"),
        ("book publishing", "kind P"),
        ("software for book publishing", "r #supplying_to P"),
        ("no book publishing", "r #negations P"),
        ("a coffee shop and book publishing", "all O P"),
        ("a coffee shop for book publishing", "o O #supplying_to P"),
    ],
)
def test_signs_of_words_and_of_how_labels_stand(engine: Engine, text: str, sign: str) -> None:
    assert sign in signs(engine, text)


def test_shares_and_courtesies_are_no_words(engine: Engine) -> None:
    plain = signs(engine, "an arcade in a mall")
    assert signs(engine, "Please: an arcade in a mall") == plain
    assert {sign for sign in signs(engine, "an arcade in a mall, 49% foreign") if "49" in sign} == set()


def test_the_order_of_clauses_changes_no_sign(engine: Engine) -> None:
    clauses = ("we show old films", "people pay by the month", "the hall is in Xiamen")
    told = {frozenset(signs(engine, ", ".join(order))) for order in permutations(clauses)}
    # How likely a label names the investor's own business may hang on what stands before it.
    assert len({frozenset(sign for sign in each if not sign.startswith(("kind ", "own "))) for each in told}) == 1


@pytest.mark.parametrize("text", ["babysitters found through our phone program", "给小区大妈做工资条的小软件"])
def test_a_business_that_no_label_names_is_told(engine: Engine, text: str) -> None:
    result = engine.determine({"activity": text}, DEFAULT_DAY)
    assert result.status is Status.OPEN
    assert result.verdicts
