"""All that recognition knows of words."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path

import pytest

from negative_list.catalogue import Catalogue
from negative_list.determination import Engine
from negative_list.model import LANGUAGES
from negative_list.text import terms, tokens
from negative_list.vocabulary import Vocabulary

TEXT = "a German WFOE in Lingang, 没有新闻，software for hospitals on Douyin, no restarant, Chinese partner holds 51%"
SETS = ("labels", "negations", "origins", "places", "forms", "part", "stopwords", "role_before", "role_after")


@pytest.fixture(scope="module")
def vocabulary(catalogue: Catalogue) -> Vocabulary:
    return Vocabulary.of(catalogue)


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("a Hong Kong company", "origins", "HK"),
        ("德国公司", "origins", "DE"),
        ("in Lingang", "places", "zone/lingang"),
        ("a WFOE", "forms", "wholly_foreign_owned"),
        ("合伙企业", "forms", "partnership"),
        ("without games", "negations", True),
        ("不涉及游戏", "negations", True),
        ("无人机", "negations", False),
        ("online games", "labels", ("activity", "internet/online-games-operation")),
        ("网路游戏", "labels", ("activity", "internet/online-games-operation")),
        ("a platform", "labels", ("ambiguous", "ambiguous/platform")),
        ("by the way", "stopwords", True),
    ],
)
def test_words_of_every_kind_are_known(vocabulary: Vocabulary, text: str, name: str, value: object) -> None:
    assert value in {match.value for match in vocabulary.lexicon.scan(tokens(text)).of(name)}


def test_every_preferred_label_is_spotted_whole(catalogue: Catalogue, vocabulary: Vocabulary) -> None:
    missed = set()
    for activity in catalogue.named_activities:
        for lang in LANGUAGES:
            parts = tokens(activity.label[lang])
            spans = {(match.first, match.after) for match in vocabulary.lexicon.scan(parts).all_of("labels")}
            whole = {(0, len(parts)), (0, len(parts) - 1)} if parts[-1].is_break else {(0, len(parts))}
            if spans.isdisjoint(whole):
                missed.add(activity.label[lang])
    assert missed == set()


def test_every_brand_is_spotted_as_it_is_written(catalogue: Catalogue, vocabulary: Vocabulary) -> None:
    for activity in catalogue.named_activities:
        for brand in (brand for lang in LANGUAGES for brand in activity.hidden.get(lang, ())):
            parts = tokens(brand)
            found = vocabulary.lexicon.scan(parts).all_of("labels")
            assert (0, len(parts)) in {(match.first, match.after) for match in found}, brand


def test_public_bodies_are_not_named_by_a_text(catalogue: Catalogue, vocabulary: Vocabulary) -> None:
    unnamed = set(catalogue.activities) - {activity.id for activity in catalogue.named_activities}
    assert unnamed
    for id_ in unnamed:
        spotted = vocabulary.lexicon.scan(tokens(catalogue.activities[id_].label.en)).all_of("labels")
        assert ("activity", id_) not in {match.value for match in spotted}


def test_it_survives_being_kept(catalogue: Catalogue, vocabulary: Vocabulary) -> None:
    again: Vocabulary = pickle.loads(pickle.dumps(vocabulary))  # noqa: S301 - written on the same line
    parts = tokens(TEXT)
    assert again.speller.corrected(parts) == vocabulary.speller.corrected(parts)
    scans = [held.lexicon.scan(parts) for held in (vocabulary, again)]
    for name in SETS:
        assert scans[0].of(name) == scans[1].of(name)
    assert any(scans[0].of(name) for name in SETS)
    wanted = terms("robots for online games")
    assert again.ranker.rank(wanted) == vocabulary.ranker.rank(wanted) != []


def test_an_engine_takes_the_vocabulary_it_is_given(
    catalogue: Catalogue,
    engine: Engine,
    vocabulary: Vocabulary,
    index_root: Path,
    today: date,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Vocabulary, "of", None)
    given = Engine(catalogue, index_root, vocabulary)
    assert given.determine({"activity": TEXT}, today) == engine.determine({"activity": TEXT}, today)
