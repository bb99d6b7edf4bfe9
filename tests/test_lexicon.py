"""Spotting labels in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negative_list.lexicon import Lexicon, Spotted, with_regional_variants
from negative_list.text import tokens

LABELS = ["game", "game development", "data centre", "游戏", "游戏开发", "互联网数据中心", "数据", "IDC"]
LEXICON = Lexicon({"labels": [(label, label) for label in LABELS]})


def spot(text: str, *words: tuple[str, object], stemmed: bool = True) -> tuple[Spotted, ...]:
    lexicon = Lexicon({"words": words}) if stemmed else Lexicon({}, verbatim={"words": words})
    return lexicon.scan(tokens(text)).of("words")


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("a game", ["game"]),
        ("gamers endgame", []),
        ("Games!", ["game"]),
        ("game development studio", ["game development"]),
        ("develop a game", ["game"]),
        ("data centers", ["data centre"]),
        ("data-centre", ["data centre"]),
        ("data, centre", []),
        ("手机游戏开发", ["游戏开发"]),
        ("游戏和开发", ["游戏"]),
        ("互聯網數據中心", ["互联网数据中心"]),
        ("大数据idc机房", ["数据", "IDC"]),
        ("idcs", ["IDC"]),
        ("", []),
    ],
)
def test_whole_words_and_the_longest(text: str, labels: list[str]) -> None:
    assert [match.value for match in LEXICON.scan(tokens(text)).of("labels")] == labels


def test_matches_tell_which_tokens_they_cover() -> None:
    parts = tokens("our data centre in 上海 and 游戏")
    assert [(match.first, match.after) for match in LEXICON.scan(parts).of("labels")] == [(1, 3), (7, 9)]


def test_all_matches_overlap() -> None:
    assert {match.value for match in LEXICON.scan(tokens("游戏开发")).all_of("labels")} == {"游戏", "游戏开发"}


def test_the_first_label_of_one_form_wins() -> None:
    assert [match.value for match in spot("online games", ("Online Games", 1), ("online game", 2))] == [1]


def test_words_are_told_apart_however_many_there_are() -> None:
    lexicon = Lexicon({"labels": [(f"word{number}", number) for number in range(60_000)]})
    found = lexicon.scan(tokens("word0 word55294 word55295 word55296 word57343 word59999 word60000")).of("labels")
    assert [match.value for match in found] == [0, 55294, 55295, 55296, 57343, 59999]


def test_labels_without_a_word_are_left_out() -> None:
    assert spot("a - b", ("  ", 1), ("-", 2)) == ()


def test_verbatim_sets_are_not_stemmed() -> None:
    names = (("Paris", 1), ("Xi'an", 2))
    assert [match.value for match in spot("pari", *names)] == [1]
    assert spot("pari", *names, stemmed=False) == ()
    assert [match.value for match in spot("XI’AN", *names, stemmed=False)] == [2]


def test_each_set_chooses_its_longest_words_by_itself() -> None:
    lexicon = Lexicon({"one": [("data", 1), ("data centre", 2)], "other": [("data", 3), ("centre of", 4)]})
    scan = lexicon.scan(tokens("a data centre of data"))
    assert [match.value for match in scan.of("one")] == [2, 1]
    assert [match.value for match in scan.of("other")] == [3, 4, 3]
    assert scan.of("third") == ()
    assert scan.covered("one") == {1, 2, 4}
    assert [match.value for match in scan.within("other", 1, 4)] == [3, 4]


@pytest.mark.parametrize(
    ("label", "variants"),
    [
        ("网络视频", {"网络视频", "网路视频", "网络影片", "网络影音", "网路影片", "网路影音"}),
        ("视频和视频", {"视频和视频", "影片和影片", "影音和影音"}),
        ("机房", {"机房"}),
    ],
)
def test_regional_variants(label: str, variants: set[str]) -> None:
    words = {"网络": ("网路",), "视频": ("影片", "影音")}
    found = with_regional_variants([label], words)
    assert found[0] == label
    assert set(found) == variants
    assert len(found) == len(variants)


@given(st.lists(st.sampled_from([*LABELS, "and", "，", "开发", "x"]), max_size=12).map(" ".join))
def test_spotted_labels_never_overlap_and_stand_in_order(text: str) -> None:
    parts = tokens(text)
    matches = LEXICON.scan(parts).of("labels")
    ends = 0
    for match in matches:
        assert ends <= match.first < match.after <= len(parts)
        ends = match.after


@given(st.lists(st.sampled_from([*LABELS, "and", "，", "开发", "x"]), max_size=12).map(" ".join))
def test_every_run_of_words_that_is_a_label_is_found(text: str) -> None:
    parts = tokens(text)
    keys = [part.key for part in parts]
    patterns = {tuple(part.key for part in tokens(label)) for label in LABELS}
    runs = {(i, j) for i in range(len(keys)) for j in range(i + 1, len(keys) + 1) if tuple(keys[i:j]) in patterns}
    assert {(match.first, match.after) for match in LEXICON.scan(parts).all_of("labels")} == runs
