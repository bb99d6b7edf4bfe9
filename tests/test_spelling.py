"""Slips in long English words put right."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negative_list.catalogue import Catalogue
from negative_list.spelling import MOST, SHORTEST, Speller
from negative_list.text import stem, tokens
from negative_list.vocabulary import Vocabulary

WORDS = [
    "hospital",
    "cinema",
    "games",
    "kindergarten",
    "manufacturing",
    "telecommunications",
    "coffee",
    "news",
    "map",
    "bread",
    "break",
]
SPELLER = Speller(WORDS)
SLOWEST = 1.0


@pytest.fixture(scope="module")
def vocabulary(catalogue: Catalogue) -> Vocabulary:
    return Vocabulary.of(catalogue)


def keys(text: str, speller: Speller = SPELLER) -> list[str]:
    return [part.key for part in speller.corrected(tokens(text))]


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("blorf quanting the zibble stack for wemps", True),
        ("flurbish the quonk via snarple", True),
        ("docmentary flim producton company", False),
        ("a hospital by Messrs Przybylski, Wroblewska and Szczepanik near the railway station in Wuhan", False),
        ("qwplk zzrt", False),
        ("咖啡店", False),
    ],
)
def test_a_text_of_words_that_nobody_knows_is_strange(vocabulary: Vocabulary, text: str, strange: bool) -> None:
    written = tokens(text)
    assert vocabulary.speller.is_strange(written, vocabulary.speller.corrected(written)) is strange


def stems(*words: str) -> list[str]:
    return [stem(word) for word in words]


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        # A letter left out, doubled, wrong, or two exchanged.
        ("hospitl", "hospital"),
        ("hospittal", "hospital"),
        ("hospotal", "hospital"),
        ("hospitla", "hospital"),
        ("cofee", "coffee"),
        ("cinmea", "cinema"),
        ("Cinmea", "cinema"),
        # A long word bears two.
        ("kindergraten", "kindergarten"),
        ("manufactring", "manufacturing"),
        ("telecomunicatons", "telecommunications"),
        # Of four letters only two that are exchanged.
        ("nwes", "news"),
    ],
)
def test_a_slip_is_put_right(slip: str, meant: str) -> None:
    assert keys(slip) == stems(meant)


@pytest.mark.parametrize(
    "word",
    [
        # Known, or of the stem of a known word.
        "hospital",
        "hospitals",
        "manufactured",
        "gaming",
        # Two slips in a word that bears one, three in a long one.
        "hosptla",
        "kindregartn",
        "kndrgrten",
        # Of a short word, other slips may be another word.
        "nets",
        "newt",
        "mpa",
        "ma",
        # Another first letter.
        "ospital",
        "bospital",
        # Two words are as near.
        "breat",
        # No words, or not English.
        "h0spital",
        "12345",
        "医院",
        "entirely",
        "zzzzzzzz",
    ],
)
def test_what_is_no_plain_slip_is_left_alone(word: str) -> None:
    assert SPELLER.corrected(tokens(word)) == tokens(word)


def test_of_two_words_as_near_with_one_stem_either_is_meant() -> None:
    assert keys("gamezs", Speller(["gamed", "games"])) == stems("games")


def test_a_form_of_a_known_word_is_no_slip_of_another() -> None:
    assert keys("mines", Speller(["mining", "minks"])) == stems("mining")


def test_only_the_form_and_the_key_are_others() -> None:
    before = tokens("a big hospitl, with 咖啡 and cofee!")
    after = SPELLER.corrected(before)
    assert [part._replace(form="", key="") for part in after] == [part._replace(form="", key="") for part in before]
    assert [(one.form, other.form, other.key) for one, other in zip(before, after, strict=True) if one != other] == [
        ("hospitl", "hospital", "hospit"),
        ("cofee", "coffee", "coffe"),
    ]


def test_a_common_word_is_no_slip_of_another() -> None:
    assert keys("clause", Speller(["claude"])) == stems("claude")
    assert keys("clauses", Speller(["claude"], ["clause"])) == stems("clause")


def test_a_short_slip_among_words_that_are_none_is_chance() -> None:
    speller = Speller(["mvno", "sale"])
    assert keys("mnvo sale", speller) == ["mvno", "sale"]
    assert keys("qwplk zzrt mnvo eeeh", speller) == ["qwplk", "zzrt", "mnvo", "eeeh"]


def test_the_tokens_given_are_left_alone() -> None:
    before = tokens("hospitl")
    SPELLER.corrected(before)
    assert before == tokens("hospitl")


def test_of_a_long_text_only_the_first_unknown_words_are_looked_at() -> None:
    noise = [f"x{'abcdefghij'[number // 10]}{'abcdefghij'[number % 10]}qqqqq" for number in range(MOST - 1)]
    assert keys(" ".join([*noise, "hospitl"]))[-1] == "hospit"
    assert keys(" ".join([*noise, "xyzzyqq", "hospitl"]))[-1] != "hospit"
    # Words that are known do not count.
    assert keys(" ".join(["hospital"] * MOST + ["hospitl"]))[-1] == "hospit"


def test_noise_is_quick(vocabulary: Vocabulary) -> None:
    parts = tokens(" ".join(f"{'abcdefghijklmnopqrstuvwxyz'[number % 26]}qxzvwkjqx" for number in range(200)))
    start = time.perf_counter()
    vocabulary.speller.corrected(parts)
    assert time.perf_counter() - start < SLOWEST


@pytest.mark.parametrize(
    ("slip", "meant"), [("restarant", "restaurant"), ("insurence", "insurance"), ("broadcsating", "broadcasting")]
)
def test_slips_against_the_words_held(vocabulary: Vocabulary, slip: str, meant: str) -> None:
    assert keys(slip, vocabulary.speller) == stems(meant)


def test_no_word_that_is_held_is_a_slip(vocabulary: Vocabulary) -> None:
    parts = tokens(" ".join(sorted(vocabulary.lexicon.english_words)))
    assert vocabulary.speller.corrected(parts) == parts


@given(st.sampled_from([word for word in WORDS if len(word) > SHORTEST]), st.data())
def test_two_letters_exchanged_are_put_right(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 2))
    slip = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    assert keys(slip) == stems(word)


@given(st.text("abcdehilmnoprst 医院,.-'", max_size=60))
def test_putting_right_twice_changes_nothing_more(text: str) -> None:
    once = SPELLER.corrected(tokens(text))
    assert [part.form for part in once] == [part.form for part in tokens(text)]
    assert SPELLER.corrected(once) == once
