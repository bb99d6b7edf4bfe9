"""Letters cut into syllables, and labels by their sound."""

from __future__ import annotations

import re

import pytest

from negative_list import pinyin
from negative_list.pinyin import Syllables, heard, initials, spoken, with_characters

LABELS = [["网", "络", "游", "戏"], ["vr", "游", "戏"], ["银", "行"], ["旅", "行", "社"], ["西", "安"], ["先", "进"]]


@pytest.fixture(scope="module")
def syllables() -> Syllables:
    return Syllables(spoken(LABELS))


def test_labels_are_spoken_as_their_words_are() -> None:
    assert spoken(LABELS) == [
        "'wang'luo'you'xi'",
        "'ur'you'xi'",
        "'yin'hang'",
        "'lu'xing'she'",
        "'xi'an'",
        "'xian'jin'",
    ]


def test_a_character_without_a_sound_keeps_its_place() -> None:
    [line] = spoken([["游", "\u3405", "戏"]])
    assert line.strip("'").split("'")[::2] == ["you", "xi"]


def test_a_line_and_its_characters_go_together() -> None:
    assert with_characters("'ur'you'xi'", LABELS[1]) == "'ur'you游'xi戏'"
    assert initials("'ur'you'xi'") == "uyx"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("youxi", ("you", "xi")),
        ("you xi", ("you", "xi")),
        ("you2 xi4", ("you", "xi")),
        ("youx", ("you", "x")),
        ("xian", ("xian",)),
        ("xian", ("xi", "an")),
        ("xi'an", ("xi", "an")),
        ("yx", ("y", "x")),
        ("wlyouxi", ("w", "l", "you", "xi")),
        ("lvxing", ("lu", "xing")),
        ("luxing", ("lu", "xing")),
        ("vryouxi", ("ur", "you", "xi")),
        ("网luo", ("网", "luo")),
        ("wangl游", ("wang", "l", "游")),
    ],
)
def test_letters_are_cut_into_syllables_and_initials(syllables: Syllables, text: str, parts: tuple[str, ...]) -> None:
    assert parts in [typed.parts for typed in syllables.readings(text)]


@pytest.mark.parametrize("text", ["", "游戏", "123", "#", "iiii", "w" * 60])
def test_what_sounds_like_nothing_has_no_reading(syllables: Syllables, text: str) -> None:
    assert syllables.readings(text) == []


def test_few_readings_are_followed(syllables: Syllables) -> None:
    for text in ("xianxianxianxianxian", "anananananan", "网an" * 20):
        assert len(syllables.readings(text)) <= 2 * pinyin.MOST_READINGS


@pytest.mark.parametrize(
    ("text", "line", "span"),
    [
        ("youxi", "'wang网'luo络'you游'xi戏'", (2, 4)),
        ("wlyx", "'wang网'luo络'you游'xi戏'", (0, 4)),
        ("网l", "'wang网'luo络'you游'xi戏'", (0, 2)),
        ("luo游", "'wang网'luo络'you游'xi戏'", (1, 3)),
        ("youx", "'ur'you游'xi戏'", (1, 3)),
    ],
)
def test_what_is_typed_is_heard_in_a_line(syllables: Syllables, text: str, line: str, span: tuple[int, int]) -> None:
    patterns = [re.compile(typed.pattern) for typed in syllables.readings(text)]
    assert span in [heard(pattern, line) for pattern in patterns if pattern.search(line)]


@pytest.mark.parametrize(("text", "line"), [("yoxi", "'you游'xi戏'"), ("wxi", "'wang网'luo络'you游'xi戏'")])
def test_a_syllable_is_typed_whole_or_by_its_initial(syllables: Syllables, text: str, line: str) -> None:
    assert not any(re.search(typed.pattern, line) for typed in syllables.readings(text))
