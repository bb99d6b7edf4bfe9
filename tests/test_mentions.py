"""Whose business the words of a text name, and the labelled texts that this is fitted to."""

from __future__ import annotations

from datetime import date

import pytest

from negative_list.determination import Engine
from negative_list.recognition import OWN
from tools.training import unmarked
from tools.weigh import texts

TODAY = date(2026, 11, 23)


def named(engine: Engine, text: str) -> dict[str, bool]:
    """For each activity and vague word that a text names, whether it is told to be the investor's own."""
    reading = engine.reader.read({"activity": text}, TODAY)
    own = engine.recogniser.mentions.own(reading, reading.scan.of("labels"))
    return {hit.value[1]: chance >= OWN for hit, chance in own.items()}


@pytest.mark.parametrize(
    ("text", "activity", "own"),
    [
        ("online games", "internet/online-games-operation", True),
        ("a hospital in Xi'an", "health/hospital", True),
        ("民营医院，外资占六成", "health/hospital", True),
        ("billing software sold to hospitals, installed on their own servers", "health/hospital", False),
        ("我们给医院做保洁和安保", "health/hospital", False),
        ("装修公司，客户主要是银行网点", "finance/commercial-bank", False),
        ("We operate a data centre and rent out racks to banks", "telecom/internet-data-centre", True),
        ("We operate a data centre and rent out racks to banks", "finance/commercial-bank", False),
        ("a travel agency, no news, no video", "internet/internet-news-information", False),
        ("以前做过网络小说网站，前年就关掉了。现在打算独资开连锁咖啡店。", "internet/online-literature", False),
        ("Our rivals run short video apps. We only sell phone tripods.", "internet/short-video", False),
        ("We used to sell phone tripods. Now we would run a short video app.", "internet/short-video", True),
    ],
)
def test_the_investors_own_business_is_told_from_what_is_only_mentioned(
    engine: Engine, text: str, activity: str, own: bool
) -> None:
    assert named(engine, text)[activity] is own


def test_every_sign_is_named_once_and_without_weights_all_is_even(engine: Engine) -> None:
    reading = engine.reader.read({"activity": "software for hospitals and schools, no games"}, TODAY)
    described = list(engine.recogniser.mentions.described(reading, reading.scan.of("labels")))
    assert len(described) >= 3
    for _, signs in described:
        assert len(signs) == len(set(signs))
        assert "bias" in signs


def test_the_weights_know_the_signs_that_texts_show(engine: Engine) -> None:
    reading = engine.reader.read({"activity": "software for hospitals"}, TODAY)
    signs = {sign for _, signs in engine.recogniser.mentions.described(reading, reading.scan.of("labels")) for sign in signs}
    assert len(signs & engine.catalogue.weights.keys()) > len(signs) / 4


def test_marks_are_taken_out_of_a_text() -> None:
    assert unmarked("we build {games|o} for {publishers|c}.") == (
        "we build games for publishers.",
        [(9, 14, True), (19, 29, False)],
    )
    assert unmarked("no marks") == ("no marks", [])


def test_every_labelled_text_is_well_formed() -> None:
    """The words labelled stand in the text of their case, in order, and no mark is left over."""
    held = list(texts())
    assert len({name for name, _, _ in held}) == len(held) > 1_500
    for name, fields, found in held:
        text = fields["activity"]
        assert found, name
        assert {"|", "{"}.isdisjoint(text), name
        assert all(0 <= start < end <= len(text) for start, end, _ in found), name
        assert found == sorted(found), name
