"""The industry classification laid over the thesaurus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from negative_list.catalogue import Catalogue
from negative_list.determination import Determination
from negative_list.errors import ProposalError
from negative_list.industries import LEVELS, above, activity_id, code_of, with_classes
from negative_list.model import Activity, Industry, Provenance, Status, Text

RECALLED = Provenance("recalled")
BAKERY = Activity(
    "test/bakery", Text("Bakery", "面包店"), {"en": ("bread shop",)}, {"en": ("Breadly",)}, RECALLED, gbt4754=("C0009",)
)
CAFE = Activity("test/cafe", Text("Café", "咖啡馆"), {}, {}, RECALLED)


def industry(code: str, level: str = "class", **fields: Any) -> Industry:
    return Industry(
        code, level, fields.pop("label", Text(f"Class {code}", f"{code}类")), fields.pop("alt", {}), **fields
    )


SECTION, DIVISION, GROUP = industry("C", "section"), industry("C14", "division"), industry("C141", "group")
CLASS = industry("C1411")
HELD = {item.code: item for item in (SECTION, DIVISION, GROUP, CLASS)}


def laid(*industries: Industry) -> dict[str, Activity]:
    return with_classes({item.id: item for item in (BAKERY, CAFE)}, industries)


def test_what_stands_above() -> None:
    assert [above(item) for item in (SECTION, DIVISION, GROUP, CLASS)] == [None, "C", "C14", "C141"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("C1411", "C1411"),
        ("1411", "C1411"),
        ("c1411", "C1411"),
        (" C1411\n", "C1411"),
        ("C141", "C141"),
        ("141", "C141"),
        ("14", "C14"),
        ("c", "C"),
        # Nothing of this name is held, or it is no code.
        ("D1411", None),
        ("C1412", None),
        ("1412", None),
        ("B", None),
        ("C14111", None),
        ("C1", None),
        ("1", None),
        ("", None),
        ("bakery", None),
        ("C14*", None),
    ],
)
def test_a_code_with_or_without_its_letter(text: str, code: str | None) -> None:
    assert code_of(text, HELD) == code


def test_a_class_of_its_own_becomes_an_activity() -> None:
    alt = {"en": ("baking",), "zh": ("烘焙",)}
    found = laid(industry("C1411", label=Text("Baking of bread", "面包制造"), alt=alt))
    own = found[activity_id("C1411")]
    assert own.id == "industry/c1411"
    assert (own.label, own.alt, own.gbt4754) == (Text("Baking of bread", "面包制造"), alt, ("C1411",))
    assert own.provenance.basis == "verified"
    assert (found[BAKERY.id], found[CAFE.id]) == (BAKERY, CAFE)


@pytest.mark.parametrize("item", [SECTION, DIVISION, GROUP])
def test_what_is_no_class_is_no_activity(item: Industry) -> None:
    assert laid(item) == laid()


def test_a_class_that_is_an_activity_lends_it_its_code_and_further_names() -> None:
    alt = {"en": ("bread shop", "Breadly", "boulangerie"), "zh": ("烘焙店", "面包店")}
    found = laid(industry("C1411", label=Text("Bread and cakes", "糕点"), alt=alt, activity=BAKERY.id))
    bakery = found[BAKERY.id]
    assert set(found) == {BAKERY.id, CAFE.id}
    assert bakery.gbt4754 == ("C0009", "C1411")
    # Neither the name of the class, which may be narrower, nor a name twice.
    assert bakery.labels("en") == ("Bakery", "bread shop", "boulangerie", "Breadly")
    assert bakery.labels("zh") == ("面包店", "烘焙店")
    assert (bakery.hidden, bakery.label) == (BAKERY.hidden, BAKERY.label)


def test_several_classes_may_be_one_activity() -> None:
    first, second = (
        industry(code, alt={"en": (name,)}, activity=CAFE.id) for code, name in (("C1411", "a"), ("C1412", "b"))
    )
    cafe = laid(first, second)[CAFE.id]
    assert (cafe.gbt4754, cafe.alt["en"]) == (("C1411", "C1412"), ("a", "b"))
    assert laid(first, first)[CAFE.id].gbt4754 == ("C1411",)


def test_what_is_not_held_is_left_out() -> None:
    assert laid(industry("C1411", activity="test/missing")) == laid()


def test_the_activities_given_are_left_alone() -> None:
    given = {BAKERY.id: BAKERY}
    with_classes(given, [CLASS, industry("C1412", alt={"en": ("x",)}, activity=BAKERY.id)])
    assert given == {BAKERY.id: BAKERY}


def test_the_classification_held_hangs_together(catalogue: Catalogue) -> None:
    levels = {code: item.level for code, item in catalogue.industries.items()}
    assert set(levels.values()) == set(LEVELS)
    for item in catalogue.industries.values():
        higher = above(item)
        if higher is not None:
            assert LEVELS.index(levels[higher]) == LEVELS.index(item.level) - 1
        if item.level == "class":
            assert catalogue.classified(item.code)


def test_every_number_names_one_code(catalogue: Catalogue) -> None:
    for code in catalogue.industries:
        assert code_of(code, catalogue.industries) == code
        if len(code) > 1:
            assert code_of(code[1:], catalogue.industries) == code


@pytest.mark.parametrize("code", ["I6422", "6422", "i6422", " 6422 "])
def test_a_class_is_answered_with_and_without_its_letter(determine: Callable[..., Determination], code: str) -> None:
    found = determine(industry_codes=(code,))
    (verdict,) = found.verdicts
    assert found.proposal.industry_codes == ("I6422",)
    assert (verdict.activity.id, verdict.match.by) == ("internet/online-games-operation", "industry_code")
    assert found.status is Status.PROHIBITED


@pytest.mark.parametrize(
    ("code", "activity", "status"),
    [
        ("C2110", "manufacturing/furniture", Status.OPEN),
        ("H6110", "hospitality/hotels", Status.OPEN),
        # A class that the thesaurus lacks is an activity that no measure reaches.
        ("C3140", "industry/c3140", Status.OPEN),
        # A group of one class.
        ("R871", "media/radio-station", Status.PROHIBITED),
    ],
)
def test_a_class_that_is_one_business(
    determine: Callable[..., Determination], code: str, activity: str, status: Status
) -> None:
    found = determine(industry_codes=(code,))
    assert [verdict.activity.id for verdict in found.verdicts] == [activity]
    assert found.status is status
    assert found.undetermined is None


@pytest.mark.parametrize("code", ["F5146", "I6450", "6450", "A0211", "I64"])
def test_a_class_of_listed_and_unlisted_business_is_asked_about(
    determine: Callable[..., Determination], code: str
) -> None:
    found = determine(industry_codes=(code,))
    assert (found.status, found.outcome) == (Status.UNDETERMINED, None)
    assert found.undetermined is not None
    assert (found.undetermined.reason, found.undetermined.question) == ("ambiguous", "industry")
    statuses = {candidate.standing.status for candidate in found.undetermined.candidates}
    assert Status.OPEN in statuses
    assert statuses & {Status.RESTRICTED, Status.PROHIBITED}


def test_the_parts_of_a_class_are_its_candidates(catalogue: Catalogue, determine: Callable[..., Determination]) -> None:
    mixed = [item for item in catalogue.industries.values() if item.contains]
    assert mixed
    for item in mixed:
        found = determine(industry_codes=(item.code,)).undetermined
        if found is not None:
            candidates = [candidate.activity.id for candidate in found.candidates]
            assert candidates[0] == (item.activity or activity_id(item.code))
            assert set(item.contains) <= set(candidates)


def test_a_class_named_in_words_is_asked_about_as_well(determine: Callable[..., Determination]) -> None:
    found = determine("sound recording").undetermined
    assert found is not None
    assert found.question == "industry"
    assert "media/audio-visual-production" in {candidate.activity.id for candidate in found.candidates}


def test_a_business_named_beside_its_class_settles_it(determine: Callable[..., Determination]) -> None:
    found = determine("cloud services", industry_codes=("I6450",))
    assert [verdict.activity.id for verdict in found.verdicts] == ["telecom/cloud-services"]
    assert found.undetermined is None
    assert found.status is Status.RESTRICTED


def test_a_business_beside_a_class_of_another_does_not(determine: Callable[..., Determination]) -> None:
    found = determine("coffee shop", industry_codes=("I6450",))
    assert found.undetermined is not None
    assert found.undetermined.question == "industry"
    assert "hospitality/coffee-shops" in {verdict.activity.id for verdict in found.verdicts}


def test_several_codes_are_all_answered(determine: Callable[..., Determination]) -> None:
    found = determine(industry_codes=("H6110", "2110"))
    assert [verdict.activity.id for verdict in found.verdicts] == ["hospitality/hotels", "manufacturing/furniture"]
    assert found.proposal.industry_codes == ("H6110", "C2110")
    assert determine(industry_codes=("H6110", "I6422")).status is Status.PROHIBITED


@pytest.mark.parametrize("code", ["I6499", "9999", "U10", "hotels", "I642200"])
def test_a_code_that_is_not_held_is_refused(determine: Callable[..., Determination], code: str) -> None:
    with pytest.raises(ProposalError) as caught:
        determine(industry_codes=("H6110", code))
    assert (caught.value.field, caught.value.code) == ("industry_codes", "unknown_id")
    assert code in caught.value.detail
