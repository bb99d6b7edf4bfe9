"""The sentences of a long message that tell the proposal."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negative_list.determination import Engine
from negative_list.model import Status
from negative_list.passages import sentences
from negative_list.presentation import Presenter
from negative_list.text import fold, tokens

TODAY = date(2026, 7, 25)

ENGLISH = """Dear colleagues,
We were introduced by our auditors in Oslo last spring and it was good to meet two of you there.
Our group was founded in 1962. It publishes four daily newspapers, runs a radio station and owns a hospital in Bergen; \
sales rose by 40% last year.
Our largest customers are television stations and private schools, and one of them now wants us in China.
The plan is this: we would open a chain of bakeries with a small café in each of them.
The landlord of the first shop is a tobacco company, the second stands beside a law firm.
We would hold 70%, a family from Hangzhou the other 30%.
A friend who sells online games told us that nothing foreign is allowed any more, which I do not believe.
May we ask for your view by Friday?
With best regards,
Head of legal, Nordfjord Press and Broadcasting AS
"""
CHINESE = """各位老师好，上周电话里讲得比较乱，这里再整理一遍。
我们集团1978年在大阪成立，本部主要办报纸和电台，前年还收购了一家医院，去年营业额增长四成。
国内的客户以出版社、电视台和中小学为主，合作已经十多年了。
这次想做的事情很简单：在苏州设一家公司，自己烤面包、做蛋糕，开连锁面包店卖给街坊。
店面是向一家烟草公司租的，隔壁是律师事务所。
股份我们占七成，苏州的朋友占三成。
有个做网络游戏的熟人说现在外资什么都不让做，我不太相信。
麻烦周五之前给个意见，谢谢。
此致 敬礼，大阪新闻广播株式会社 法务部
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two? Three", ["One.", "Two?", "Three"]),
        ("一。二！三；四", ["一。", "二！", "三；四"]),
        ("Our plan for Suzhou:\n- a large bakery\n- two small cafés", [
            "Our plan for Suzhou:", "a large bakery", "two small cafés",
        ]),
        ("every\nword\non a\nline", ["every\nword\non a\nline"]),
        ("a line that was cut because it was far too wide for the page it\nstood on. Next", [
            "a line that was cut because it was far too wide for the page it\nstood on.", "Next",
        ]),
        ("a line that ended where it did, for what follows is another one\n\nstood on it", [
            "a line that ended where it did, for what follows is another one", "stood on it",
        ]),
        ("One... Two?!", ["One...", "Two?"]),
        ("", []),
    ],
)  # fmt: skip
def test_sentences_end_with_marks_and_lines(text: str, expected: list[str]) -> None:
    parts = tokens(text)
    assert [text[parts[span.start].start : parts[span.stop - 1].end] for span in sentences(text, parts)] == expected


@given(st.lists(st.sampled_from(["bakery", "面包", ".", "。", "\n", ",", " ", "7", "%", "🙂"])).map("".join))
def test_every_token_stands_in_one_sentence(text: str) -> None:
    parts = tokens(text)
    words = [index for index, part in enumerate(parts) if not part.is_break]
    assert [index for span in sentences(text, parts) for index in span if index in words] == words


@pytest.mark.parametrize("text", [ENGLISH, CHINESE])
def test_only_what_is_proposed_is_answered(engine: Engine, text: str) -> None:
    told = engine.determine({"activity": text}, TODAY)
    assert (told.status, told.undetermined) == (Status.OPEN, None)
    assert told.proposal.share == 70
    assert told.proposal.excerpt
    assert not any(word in sentence for sentence in told.proposal.excerpt for word in ("Bergen", "游戏"))


@pytest.mark.parametrize("text", [ENGLISH, CHINESE])
def test_tokens_stand_where_they_stand_in_the_message(engine: Engine, text: str) -> None:
    reading = engine.reader.read({"activity": text}, TODAY)
    words = [part for part in reading.parts if part.end > part.start]
    assert 0 < len(words) < len(tokens(text)) / 2
    assert [fold(text[part.start : part.end]) for part in words] == [part.form for part in words]


def test_a_short_text_is_read_whole(engine: Engine) -> None:
    text = ENGLISH[: ENGLISH.index("The landlord")].partition("last spring")[0]
    assert engine.reader.written(text).parts == engine.reader.read({"activity": text}, TODAY).parts


def test_a_message_that_proposes_nothing_is_asked_about(engine: Engine) -> None:
    text = "\n".join(line for line in ENGLISH.splitlines() if "bakeries" not in line and "70%" not in line)
    told = engine.determine({"activity": text}, TODAY)
    assert (told.status, told.proposal.excerpt) == (Status.UNDETERMINED, ())


@pytest.mark.parametrize(("lang", "words"), [("en", "chain of bakeries"), ("zh", "chain of bakeries")])
def test_an_answer_says_which_sentences_it_rests_on(engine: Engine, lang: str, words: str) -> None:
    caveats = Presenter(engine.catalogue, lang).caveats(engine.determine({"activity": ENGLISH}, TODAY))
    assert any(words in caveat for caveat in caveats)


def test_what_is_told_as_a_whole_quotes_those_sentences(engine: Engine) -> None:
    told = "We would rent out rooms to travellers by the night, breakfast and clean sheets included, in an old mill."
    text = ENGLISH.replace("The plan is this: we would open a chain of bakeries with a small café in each of them.", told)
    (text_heard, span) = engine.determine({"activity": text}, TODAY).proposal.heard
    assert told in text_heard
    assert "Bergen" not in text_heard
    assert span is None
