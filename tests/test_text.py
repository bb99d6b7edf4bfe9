"""Folding, stems and spans."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negative_list.text import fold, stem, terms, tokens

ANY_TEXT = st.text(max_size=200)
# Text in which every kind of token is frequent.
MIXED_TEXT = st.text(st.sampled_from("aBcé Ａ１9-_/'’.,;，。、網网络數据資料Ⅷﬁß½\n\u200b"), max_size=60)


@pytest.mark.parametrize(
    ("given_text", "folded"),
    [
        ("Data Centre", "data centre"),
        ("ＩＤＣ", "idc"),
        ("６０％", "60%"),
        ("٤٩٪ و ५१%", "49٪ و 51%"),
        ("網路遊戲", "网路游戏"),
        ("數據中心", "数据中心"),
        ("WOFE’s", "wofe's"),
        ("ﬁlm", "film"),
        ("", ""),
    ],
)
def test_fold(given_text: str, folded: str) -> None:
    assert fold(given_text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("centre", "centers"),
        ("theatre", "theaters"),
        ("organisation", "organizing"),
        ("labour", "labor"),
        ("programme", "programs"),
        ("licence", "licenses"),
        ("travelling", "traveling"),
        ("catalogue", "catalog"),
        ("aesthetic", "esthetic"),
        ("operator", "operation"),
        ("company's", "company"),
    ],
)
def test_words_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("media", "medium"), ("news", "new"), ("data", "date"), ("logistics", "logistic"), ("four", "for")],
)
def test_words_that_mean_different_things_keep_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("e-commerce", ["e", stem("commerce")]),
        ("news/media", ["news", "media"]),
        ("games, not news", [stem("games"), "|", "not", "news"]),
        ("IDC机房", ["idc", "机", "房"]),
        ("新闻，网络", ["新", "闻", "|", "网", "络"]),
        (" \n", []),
    ],
)
def test_tokens(text: str, keys: list[str]) -> None:
    assert [token.key for token in tokens(text)] == keys


def test_spans_point_into_the_text_as_it_was_given() -> None:
    text = "ＩＤＣ 與 ﬁlm"
    assert [text[token.start : token.end] for token in tokens(text)] == ["ＩＤＣ", "與", "ﬁlm"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("互联网", ["互联", "联网"]),
        ("网", ["网"]),
        ("IDC机房", ["idc", "机房"]),
        ("新闻，网", ["新闻", "网"]),
        ("data centres", [stem("data"), stem("centre")]),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@given(ANY_TEXT | MIXED_TEXT)
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT | MIXED_TEXT)
def test_spans_lie_in_the_text_ordered_and_not_empty(text: str) -> None:
    found = tokens(text)
    for token in found:
        assert 0 <= token.start < token.end <= len(text)
        assert token.form
        assert token.key
    starts = [token.start for token in found]
    assert starts == sorted(starts)


@given(ANY_TEXT | MIXED_TEXT)
def test_every_term_is_a_key_or_two_characters(text: str) -> None:
    keys = {token.key for token in tokens(text)}
    for term in terms(text):
        assert term in keys or set(term) <= keys


def test_threads_get_the_stems_of_their_own_words() -> None:
    words = [f"{start}{end}" for start in ("operat", "publish", "stream", "broadcast") for end in ("ing", "ed", "ers", "ions", "ingly")] * 50
    alone = [stem.__wrapped__(word) for word in words]
    switching = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(stem.__wrapped__, words)) == alone
    finally:
        sys.setswitchinterval(switching)
