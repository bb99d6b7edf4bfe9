"""The labelled cases: how many there are, and how well the engine answers them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from negative_list.determination import Engine
from negative_list.evaluation import BASELINES, PARTS, Answer, Case, Score, add, cases, judge, main, one_of, report
from negative_list.model import LANGUAGES
from negative_list.schema import FORMS

CASES = Path(__file__).parent / "cases"
# Least share of right statuses: among the cases to tune by, and among those held aside.
LEAST = {"tuning": 0.93, "held-aside": 0.82}


@pytest.fixture(scope="module")
def labelled() -> list[Case]:
    return cases(CASES)


@pytest.fixture(scope="module")
def answered(engine: Engine, labelled: list[Case]) -> tuple[str, dict[str, Score]]:
    return report(engine, labelled)


def test_there_are_enough_cases_of_every_kind(labelled: list[Case]) -> None:
    total = len(labelled)
    assert total >= 600
    assert len({case.id for case in labelled}) == total
    assert {case.lang for case in labelled} == set(LANGUAGES)
    assert min(Counter(case.lang for case in labelled).values()) >= total / 4
    assert sum("digital" in case.tags for case in labelled) >= total * 0.6
    assert sum(case.part == "held-aside" for case in labelled) >= total * 0.1


def test_no_text_is_in_both_parts(labelled: list[Case]) -> None:
    parts = {part: {case.text.casefold() for case in labelled if case.part == part} for part in PARTS}
    assert parts["tuning"] & parts["held-aside"] == set()


def test_labels_are_well_formed(labelled: list[Case]) -> None:
    for case in labelled:
        expected = case.expected
        assert set(expected) <= {"status", "permitted", "item", "reason", "decided_by"}
        for key, allowed in (
            ("status", ("open", "restricted", "prohibited", "undetermined")),
            ("permitted", ("yes", "no", "conditional", None)),
            ("reason", ("ambiguous", "unrecognised", "not_an_investment_question", None)),
        ):
            values = expected.get(key)
            assert all(value in allowed for value in (values if isinstance(values, list) else [values])), case.id
        assert case.fields.get("form") in (None, *FORMS)


def test_cases_of_other_dates_places_and_origins_name_what_decides(labelled: list[Case]) -> None:
    dated = [case for case in labelled if "law" in case.tags]
    assert len(dated) >= 120
    assert [case.id for case in dated if not (case.expected.get("item") or case.expected.get("decided_by"))] == []


@pytest.mark.parametrize("part", PARTS)
def test_status_is_right_often_enough(answered: tuple[str, dict[str, Score]], part: str) -> None:
    score = answered[1][part]
    assert score.status / score.total >= LEAST[part]


def test_nothing_prohibited_is_answered_open(engine: Engine, labelled: list[Case]) -> None:
    prohibited = [case for case in labelled if case.expected["status"] == "prohibited"]
    assert prohibited
    wrong = [
        case.id
        for case in prohibited
        if (result := judge(engine, case)).status.value == "open" or (result.outcome and result.outcome.value == "yes")
    ]
    assert wrong == []


def test_the_table_names_every_part(answered: tuple[str, dict[str, Score]]) -> None:
    table, scores = answered
    for part in PARTS:
        assert any(line.startswith(f"{part} ") for line in table.splitlines())
        assert scores[part].total == scores[f"{part} en"].total + scores[f"{part} zh"].total


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("baseline", sorted(BASELINES))
def test_the_engine_is_ahead_of_the_baselines(
    answered: tuple[str, dict[str, Score]], part: str, baseline: str
) -> None:
    own, other = answered[1][part], answered[1][f"{part} by {baseline}"]
    assert other.total == own.total
    assert own.status > other.status
    assert own.outcome > other.outcome
    assert len(own.dangerous) < len(other.dangerous)


@pytest.mark.parametrize(
    ("expected", "text", "dangerous", "refused"),
    [
        ({"status": "prohibited", "permitted": "no"}, "coffee shop", True, False),
        ({"status": "undetermined"}, "coffee shop", True, False),
        ({"status": "restricted", "permitted": "conditional"}, "platform", False, True),
        ({"status": ["open", "restricted"], "permitted": ["yes", "no"]}, "coffee shop", False, False),
        ({"status": "undetermined"}, "platform", False, False),
    ],
)
def test_what_counts_as_dangerous_and_as_refused(
    engine: Engine, expected: dict[str, object], text: str, dangerous: bool, refused: bool
) -> None:
    case = Case("own", "tuning", text, "en", (), {}, expected)
    score = Score()
    add(score, case, Answer.of(judge(engine, case)))
    assert bool(score.dangerous) is dangerous
    assert bool(score.refused) is refused


def test_one_of() -> None:
    assert one_of("open", "open")
    assert one_of("open", ["open", "restricted"])
    assert one_of(None, None)
    assert not one_of("open", ["restricted"])
    assert not one_of(None, "no")


def test_the_command_prints_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "tuning-own.yaml").write_text(
        "cases:\n"
        "  - {id: one, text: coffee shop, lang: en, tags: [trade], expect: {status: open, permitted: 'yes'}}\n"
        "  - {id: two, text: coffee shop, lang: en, tags: [trade], expect: {status: prohibited, permitted: 'no'}}\n"
    )
    assert main([str(tmp_path), "-v"]) == 1
    printed = capsys.readouterr().out
    assert "dangerous: two" in printed
    assert "two: 'coffee shop'" in printed
    assert "one: " not in printed
