"""Activities ranked by what their labels and some words have in common."""

from __future__ import annotations

import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negative_list import ranking
from negative_list.catalogue import Catalogue
from negative_list.model import LANGUAGES, Activity, Provenance, Text
from negative_list.ranking import Ranker
from negative_list.text import terms

LABELS = {
    "a/bread": ["wheat bread", "bread"],
    "a/bread-shop": ["bread shop"],
    "a/toy-shop": ["shop for toys", "wooden toys"],
    "a/museum": ["toy museum", "museum of wooden toys"],
    "a/printing": ["printing of books", "book printing"],
}
# As many more as it takes for a word of one activity to tell it apart.
FILLER = {f"b/{number}": [f"filler{number}"] for number in range(60)}


def ranker_of(catalogue: Catalogue, labels: dict[str, list[str]]) -> Ranker:
    activities = {
        id_: Activity(id_, Text(first, first), {"en": tuple(more)}, {}, Provenance("recalled"))
        for id_, (first, *more) in labels.items()
    }
    return Ranker(dataclasses.replace(catalogue, activities=activities))


@pytest.fixture(scope="module")
def ranker(catalogue: Catalogue) -> Ranker:
    return ranker_of(catalogue, LABELS | FILLER)


@pytest.fixture(scope="module")
def whole_ranker(catalogue: Catalogue) -> Ranker:
    return Ranker(catalogue)


def wanted(text: str) -> set[str]:
    return set(terms(text))


def test_a_label_itself_has_all_in_common(ranker: Ranker) -> None:
    best = ranker.rank(wanted("wheat bread"))[0]
    assert (best.activity, best.score, best.evidence) == ("a/bread", 1.0, 2)


@pytest.mark.parametrize(
    ("text", "activities"),
    [
        ("bread", ["a/bread", "a/bread-shop"]),
        ("bread shop", ["a/bread-shop", "a/bread", "a/toy-shop"]),
        ("museum", ["a/museum"]),
        ("toy museum", ["a/museum", "a/toy-shop"]),
        ("breads in shops", ["a/bread-shop", "a/bread", "a/toy-shop"]),
        ("filler7", ["b/7"]),
        ("nothing known", []),
        ("", []),
    ],
)
def test_the_best_come_first(ranker: Ranker, text: str, activities: list[str]) -> None:
    found = ranker.rank(wanted(text))
    assert [ranked.activity for ranked in found] == activities
    assert [ranked.score for ranked in found] == sorted((ranked.score for ranked in found), reverse=True)


def test_unknown_words_make_a_match_weaker(ranker: Ranker) -> None:
    scores = [ranker.rank(wanted(text))[0].score for text in ("museum", "museum xyzzy", "museum xyzzy plugh")]
    assert scores == sorted(set(scores), reverse=True)


def test_a_rare_word_counts_for_more_than_a_common_one(ranker: Ranker) -> None:
    # "Wheat" stands in one activity, "shop" in two.
    assert ranker.rank(wanted("wheat shop"))[0].activity == "a/bread"


def test_an_activity_ranks_by_its_best_label(ranker: Ranker) -> None:
    found = ranker.rank(wanted("wooden toys"))
    assert [ranked.activity for ranked in found].count("a/toy-shop") == 1
    assert found[0].activity == "a/toy-shop"
    assert found[0].score == 1.0


def test_no_more_than_asked_for(ranker: Ranker) -> None:
    assert len(ranker.rank(wanted("bread shop"), limit=2)) == 2
    assert ranker.rank(wanted("bread shop"), limit=2) == ranker.rank(wanted("bread shop"))[:2]


def test_a_common_word_finds_nothing_beside_a_rarer_one(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    ranker = ranker_of(catalogue, LABELS)
    before = {ranked.activity: ranked.score for ranked in ranker.rank(wanted("museum bread"))}
    monkeypatch.setattr(ranking, "COMMON", 2)
    after = {ranked.activity: ranked.score for ranked in ranker.rank(wanted("museum bread"))}
    assert set(before) == {"a/museum", "a/bread", "a/bread-shop"}
    assert after == {"a/museum": before["a/museum"]}


def test_a_common_word_still_weighs_for_what_a_rarer_one_found(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    ranker = ranker_of(catalogue, LABELS)
    before = ranker.rank(wanted("wheat bread"))[0]
    monkeypatch.setattr(ranking, "COMMON", 2)
    assert ranker.rank(wanted("wheat bread")) == [before]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("books and their printing", [("a/printing", {"book", "print"})]),
        ("we sell toys from a shop", [("a/toy-shop", {"shop", "for", "toy"})]),
        ("bread", []),
        ("wheat", []),
        ("wooden bread", []),
        ("", []),
    ],
)
def test_labels_that_stand_whole(ranker: Ranker, text: str, labels: list[tuple[str, set[str]]]) -> None:
    found = ranker.whole({*wanted(text), "for"} if "toys" in text else wanted(text))
    assert [(id_, set(bag)) for id_, bag in found] == labels


def test_of_labels_that_stand_whole_the_rarest_come_first(ranker: Ranker) -> None:
    found = ranker.whole(wanted("printing of books, wheat bread and a bread shop"))
    assert [id_ for id_, _ in found] == ["a/printing", "a/bread", "a/bread-shop"]


def test_a_label_within_another_is_left_out(ranker: Ranker) -> None:
    # "Wooden toys" of the toy shop stands in "museum of wooden toys".
    assert {id_ for id_, _ in ranker.whole(wanted("a museum of wooden toys"))} == {"a/museum"}


@pytest.mark.parametrize(
    ("candidates", "text", "preferred"),
    [
        (["a/bread", "a/toy-shop"], "wheat", ("a/bread", 1)),
        (["a/bread", "a/toy-shop"], "wheat and bread", ("a/bread", 2)),
        (["a/toy-shop", "a/bread"], "wheat and bread", ("a/bread", 2)),
        (["a/bread", "a/museum", "a/printing"], "books", ("a/printing", 1)),
        # What all of them know is left out of account.
        (["a/toy-shop", "a/museum"], "wooden toys museum", ("a/museum", 1)),
        # None is known, all are known, or more than one is.
        (["a/bread", "a/toy-shop"], "xyzzy", None),
        (["a/bread", "a/toy-shop"], "", None),
        (["a/toy-shop", "a/museum"], "wooden toys", None),
        (["a/bread", "a/museum"], "wheat museum", None),
    ],
)
def test_the_reading_that_other_words_tell(
    ranker: Ranker, candidates: list[str], text: str, preferred: tuple[str, int] | None
) -> None:
    assert ranker.prefer(candidates, wanted(text)) == preferred


def test_a_word_that_too_many_know_tells_nothing(catalogue: Catalogue) -> None:
    few = ranker_of(catalogue, LABELS)
    assert math.log(1 + len(LABELS)) < ranking.TELLING
    assert few.prefer(["a/bread", "a/toy-shop"], wanted("wheat")) is None


def test_every_label_finds_its_own_activity(catalogue: Catalogue, whole_ranker: Ranker) -> None:
    missed = set()
    for activity in catalogue.named_activities:
        for lang in LANGUAGES:
            if bag := wanted(activity.label[lang]):
                equal = {found.activity for found in whole_ranker.rank(bag, limit=50) if found.score == 1}
                if activity.id not in equal:
                    missed.add(activity.label[lang])
    assert missed == set()


@given(
    st.lists(
        st.sampled_from(["online", "game", "bread", "xyzzy", "互联", "联网", "新闻", "hospit", "shop", "oper"]),
        max_size=8,
    )
)
def test_scores_are_shares_and_each_activity_stands_once(whole_ranker: Ranker, words: list[str]) -> None:
    found = whole_ranker.rank(set(words), limit=1000)
    ids = [ranked.activity for ranked in found]
    assert len(ids) == len(set(ids))
    assert all(0 < ranked.score <= 1 for ranked in found)
    assert all(1 <= ranked.evidence <= len(set(words)) for ranked in found)
    for id_, bag in whole_ranker.whole(set(words)):
        assert len(bag) > 1
        assert bag <= set(words)
        assert id_ in ids


def test_equal_scores_come_by_name(catalogue: Catalogue) -> None:
    twins = {f"twin/{name}": ["wooden boat", f"boat {name}"] for name in ("north", "east", "south", "west")}
    found = ranker_of(catalogue, twins | FILLER).rank(set(terms("wooden")))
    assert [ranked.activity for ranked in found] == sorted(twins)
