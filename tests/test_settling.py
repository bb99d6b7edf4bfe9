"""Which reading stands where labels and the text as a whole part."""

from __future__ import annotations

from dataclasses import replace

import pytest

from negative_list.gist import Whole
from negative_list.matches import Match
from negative_list.model import Status
from negative_list.recognition import Recognition
from negative_list.settling import Settler

KINDS = {
    "retail/shop": Status.OPEN,
    "software/tools": Status.OPEN,
    "telecom/isp": Status.RESTRICTED,
    "media/press": Status.PROHIBITED,
    "barred/gambling": Status.UNDETERMINED,
}
O, R, P, U = Status.OPEN, Status.RESTRICTED, Status.PROHIBITED, Status.UNDETERMINED  # noqa: E741
HEARD = ("the text", (0, 8))
NEAR = {"retail/shop": 0.3, "software/tools": 0.2, "telecom/isp": 0.2, "media/press": 0.1}


def likely(opened: float, restricted: float, prohibited: float, none: float) -> dict[Status, float]:
    return {O: opened, R: restricted, P: prohibited, U: none}


def settle(named: list[str], whole: Whole, *offered: str) -> Recognition | None:
    matches = tuple(Match(id_, "term", 0.98) for id_ in named)
    seen = Recognition(matches, not_understood=("something",), whole=whole)
    first = max((KINDS[id_] for id_ in named), default=U)
    return Settler(KINDS).settle(HEARD, seen, first, offered)


def ids(seen: Recognition | None) -> set[str] | None:
    return None if seen is None else {match.activity for match in seen.matches}


@pytest.mark.parametrize(
    ("named", "whole", "expected"),
    [
        pytest.param(["retail/shop"], likely(0.9, 0.05, 0.05, 0), None, id="both open"),
        pytest.param(["media/press"], likely(0.1, 0.1, 0.8, 0), None, id="both prohibited"),
        pytest.param([], likely(0.1, 0.1, 0.1, 0.7), None, id="both tell nothing"),
        pytest.param([], likely(0.9, 0.05, 0.05, 0), {"retail/shop"}, id="described and open"),
        pytest.param([], likely(0.1, 0.1, 0.8, 0), {"media/press"}, id="described and prohibited"),
        pytest.param([], likely(0.5, 0.3, 0.2, 0), None, id="not surely open"),
        pytest.param([], likely(0.6, 0.1, 0.3, 0), None, id="perhaps prohibited, so not opened"),
        pytest.param(["media/press"], likely(0.9, 0, 0.1, 0), {"retail/shop"}, id="surely open after all"),
        pytest.param(["media/press"], likely(0.5, 0.2, 0.3, 0), None, id="perhaps open, so barred"),
        pytest.param(["media/press"], likely(0.87, 0, 0.13, 0), None, id="perhaps prohibited, so barred"),
        pytest.param(["telecom/isp"], likely(0.65, 0.35, 0, 0), {"retail/shop"}, id="open, not restricted"),
        pytest.param(["telecom/isp"], likely(0.58, 0.42, 0, 0), None, id="perhaps restricted, so restricted"),
        pytest.param(["retail/shop"], likely(0.3, 0.1, 0.6, 0), {"retail/shop", "media/press"}, id="barred after all"),
        pytest.param(["media/press"], likely(0.1, 0.8, 0.1, 0), {"telecom/isp"}, id="restricted, not prohibited"),
        pytest.param(["media/press"], likely(0.1, 0.6, 0.3, 0), None, id="perhaps only restricted"),
        pytest.param([], likely(0.1, 0.6, 0.3, 0), None, id="described, and perhaps only restricted"),
        pytest.param(["retail/shop", "media/press"], likely(0.9, 0, 0.1, 0), {"retail/shop"}, id="the open label stays"),
    ],
)
def test_who_stands(named: list[str], whole: dict[Status, float], expected: set[str] | None) -> None:
    assert ids(settle(named, Whole(whole, lambda: NEAR))) == expected


@pytest.mark.parametrize(
    ("named", "whole"),
    [
        pytest.param(["retail/shop"], likely(0.1, 0.1, 0.1, 0.7), id="no business at all"),
        pytest.param(["media/press"], likely(0.1, 0.1, 0.1, 0.7), id="barred or no business"),
        pytest.param(["retail/shop"], likely(0.5, 0.3, 0.2, 0), id="open on both hands, but hardly"),
        pytest.param(["retail/shop"], likely(0.3, 0.35, 0.34, 0.01), id="open or barred"),
    ],
)
def test_it_is_asked(named: list[str], whole: dict[Status, float]) -> None:
    settled = settle(named, Whole(whole, lambda: NEAR), "software/tools")
    assert settled is not None
    assert settled.contradicted is not None
    assert set(settled.contradicted) >= {*named, "software/tools"}


@pytest.mark.parametrize("apart", [likely(0.4, 0.3, 0.3, 0), likely(0.1, 0.1, 0.1, 0.7)])
def test_what_is_plainly_open_beside_it_opens_nothing(apart: dict[Status, float]) -> None:
    whole = Whole(likely(0.9, 0, 0.1, 0), lambda: NEAR)
    assert ids(settle(["retail/shop", "media/press"], whole)) == {"retail/shop"}
    assert settle(["retail/shop", "media/press"], replace(whole, apart=lambda: apart)) is None


def test_what_only_resembles_a_barred_label_yields_to_a_sure_whole() -> None:
    whole = Whole(likely(0.95, 0, 0.05, 0), lambda: NEAR, apart=lambda: likely(0.1, 0.8, 0.1, 0))
    for by, expected in (("index", {"retail/shop"}), ("term", None)):
        seen = Recognition((Match("telecom/isp", by, 0.9),), not_understood=("something",), whole=whole)
        assert ids(Settler(KINDS).settle(HEARD, seen, R, ())) == expected


def test_it_is_asked_where_the_rest_beside_something_open_is_likely_barred() -> None:
    whole = Whole(likely(0.58, 0.42, 0, 0), lambda: NEAR, apart=lambda: likely(0.2, 0.8, 0, 0))
    settled = settle(["retail/shop"], whole)
    assert settled is not None
    assert settled.contradicted is not None
    assert settle(["retail/shop"], replace(whole, apart=lambda: likely(0.9, 0.1, 0, 0))) is None


def test_where_something_prohibited_is_asked_about_it_is_not_lightly_only_restricted() -> None:
    whole = Whole(likely(0.2, 0.6, 0.2, 0), lambda: NEAR)
    assert ids(settle([], whole, "retail/shop")) == {"telecom/isp"}
    assert settle([], whole, "retail/shop", "media/press") is None


def test_where_something_prohibited_is_asked_about_only_a_sure_whole_opens() -> None:
    for opened, expected in ((0.89, None), (0.95, {"retail/shop"})):
        whole = Whole(likely(opened, 0, 0.02, 0.98 - opened), lambda: NEAR)
        assert ids(settle([], whole, "retail/shop", "media/press")) == expected


def test_what_is_barred_to_all_and_what_is_stated_by_id_stay() -> None:
    assert settle(["barred/gambling"], Whole(likely(1, 0, 0, 0), lambda: NEAR)) is None
    assert settle(["media/press"], Whole()) is None


def test_labels_that_explain_every_word_stand_unless_they_are_only_resembled() -> None:
    whole = Whole(likely(1, 0, 0, 0), lambda: NEAR)
    for by, expected in (("term", None), ("index", {"retail/shop"})):
        seen = Recognition((Match("media/press", by, 0.98),), whole=whole)
        assert ids(Settler(KINDS).settle(HEARD, seen, P, ())) == expected


@pytest.mark.parametrize(
    ("whole", "asked"),
    [
        (likely(0.4, 0, 0.6, 0), True),
        (likely(0.1, 0.6, 0.3, 0), True),
        (likely(0.51, 0, 0.49, 0), False),
        (likely(0.05, 0, 0, 0.95), True),
        (likely(0.2, 0, 0, 0.8), False),
    ],
)
def test_labels_that_explain_every_word_and_find_it_open_are_doubted_by_a_sure_whole(
    whole: dict[Status, float], asked: bool
) -> None:
    seen = Recognition((Match("retail/shop", "term", 0.98),), whole=Whole(whole, lambda: NEAR))
    settled = Settler(KINDS).settle(HEARD, seen, O, ())
    assert (settled is not None and settled.contradicted is not None) is asked


def test_beyond_doubt_what_stands_beside_something_open_is_heard_no_more() -> None:
    apart = likely(0.1, 0.1, 0.8, 0)
    for opened, expected in ((0.96, None), (0.98, {"retail/shop"})):
        whole = Whole(likely(opened, 0, 1 - opened, 0), lambda: NEAR, apart=lambda: apart)
        assert ids(settle(["retail/shop", "media/press"], whole)) == expected


def test_what_is_surely_no_business_is_not_barred_by_its_labels() -> None:
    settled = settle(["media/press"], Whole(likely(0.02, 0, 0.02, 0.96), lambda: NEAR))
    assert settled is not None
    assert settled.matches == ()
    assert settled.contradicted == ("media/press",)


def test_nothing_contested_is_named_by_likeness_alone() -> None:
    seen = Recognition(whole=Whole(likely(0.9, 0, 0.1, 0), lambda: NEAR))
    settler = Settler(KINDS, contested=["retail/shop"])
    assert ids(settler.settle(HEARD, seen, U, ())) == {"software/tools"}
    assert ids(settler.settle(HEARD, seen, U, ("retail/shop",))) == {"retail/shop"}


def test_what_the_text_offers_comes_before_what_it_resembles() -> None:
    whole = Whole(likely(0.9, 0, 0.1, 0), lambda: NEAR)
    assert ids(settle([], whole, "software/tools")) == {"software/tools"}


def test_a_match_by_the_gist_has_the_whole_text_for_its_words() -> None:
    settled = settle([], Whole(likely(0.9, 0, 0.1, 0), lambda: NEAR))
    assert settled is not None
    assert settled.matches == (Match("retail/shop", "gist", 0.9, "the text", (0, 8)),)
