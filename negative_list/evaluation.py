"""How well the engine answers labelled cases: `python -m negative_list.evaluation tests/cases`.

A dangerous error is `open` where the case is prohibited, restricted or undetermined, or `yes` where it is `no`.
A false refusal is `undetermined` where the case has an answer.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from negative_list.catalogue import load
from negative_list.determination import Determination, Engine
from negative_list.model import Status
from negative_list.proposal import Reading
from negative_list.rules import RULES
from negative_list.standing import Situation, Standing

# Cases are labelled for the law of this day unless they name another.
DEFAULT_DAY = date(2026, 11, 23)
PARTS = ("tuning", "held-aside")


@dataclass(frozen=True)
class Case:
    """A text with the fields given beside it and the answer expected. Lists in `expected` are alternatives."""

    id: str
    part: str
    text: str
    lang: str
    tags: tuple[str, ...]
    fields: Mapping[str, Any]
    expected: Mapping[str, Any]


@dataclass
class Score:
    """Counts over the cases of one part or tag."""

    total: int = 0
    status: int = 0
    outcome: int = 0
    cited: int = 0
    dangerous: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    answerable: int = 0
    vague: int = 0
    vague_refused: int = 0

    def row(self, name: str) -> str:
        """One line of the table, shares of the total."""
        if not self.total:
            return f"{name:<22} {0:>5}"
        refusals = f"{len(self.refused) / self.answerable:.3f}" if self.answerable else "-"
        caught = f"{self.vague_refused / self.vague:.3f}" if self.vague else "-"
        return (
            f"{name:<22} {self.total:>5} {self.status / self.total:>8.3f} {self.outcome / self.total:>8.3f} "
            f"{self.cited / self.total:>8.3f} {len(self.dangerous):>9} {refusals:>8} {caught:>8}"
        )


HEADER = (
    f"{'cases':<22} {'n':>5} {'status':>8} {'outcome':>8} {'cited':>8} {'dangerous':>9} {'refused':>8} {'vague':>8}"
)


def cases(folder: Path) -> list[Case]:
    """Every labelled case of a folder; the part is the beginning of the file's name."""
    found = []
    for path in sorted(folder.glob("*.yaml")):
        part = next((part for part in PARTS if path.name.startswith(part)), None)
        if part is None:
            continue
        found += [
            Case(
                raw["id"], part, raw["text"], raw["lang"], tuple(raw["tags"]), raw.get("fields") or {}, raw["expect"]
            )
            for raw in yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]
        ]
    return found


def one_of(given: Any, expected: Any) -> bool:
    """Whether a value is the one expected or one of several."""
    return given in expected if isinstance(expected, list) else given == expected


def judge(engine: Engine, case: Case) -> Determination:
    """The engine's answer to a case."""
    return engine.determine(fields_of(case), DEFAULT_DAY)


def reading_of(engine: Engine, case: Case) -> Reading:
    """The text and the fields of a case as they are read."""
    return engine.reader.read(fields_of(case), DEFAULT_DAY)


def fields_of(case: Case) -> dict[str, Any]:
    """The fields of the proposal that a case asks about."""
    fields = dict(case.fields)
    if isinstance(day := fields.get("as_of"), str):
        fields["as_of"] = date.fromisoformat(day)
    return {"activity": case.text, **fields}


@dataclass(frozen=True)
class Answer:
    """What is compared with a label: the words of the answer, the items it cites, and all that it rests on."""

    status: str
    outcome: str | None
    items: frozenset[str] = frozenset()
    bases: frozenset[str] = frozenset()

    @classmethod
    def of(cls, result: Determination) -> Answer:
        """The answer of a determination."""
        outcome = None if result.outcome is None else result.outcome.value
        standings = [verdict.standing for verdict in result.verdicts]
        return cls(result.status.value, outcome, _items(standings), _bases(standings))


def _items(standings: Iterable[Standing]) -> frozenset[str]:
    """The numbers of the list items cited."""
    return frozenset(r.entry.number for standing in standings for r in standing.reasons if r.entry.is_item)


def _bases(standings: Iterable[Standing]) -> frozenset[str]:
    return frozenset(
        base
        for standing in standings
        for base in (standing.access_list.id, *(reason.entry.id for reason in standing.reasons))
    )


def by_search(engine: Engine, case: Case) -> Answer:
    """The first baseline: the verdict of the entry of the list in force that a plain full-text search finds first."""
    proposal = reading_of(engine, case).proposal
    access_list = engine.bench.lists(Situation.of(proposal))[0]
    hits = engine.index.entries(case.text, None)
    entry = next((e for hit in hits if (e := engine.catalogue.entries[hit.id]).instrument == access_list.id), None)
    if entry is None or not entry.measures:
        return Answer("undetermined", None)
    status = max(RULES[measure.kind].effect for measure in entry.measures)
    outcome = {Status.PROHIBITED: "no", Status.RESTRICTED: "conditional"}.get(status)
    return Answer(status.value, outcome, frozenset({entry.number}), frozenset({access_list.id, entry.id}))


def by_labels(engine: Engine, case: Case) -> Answer:
    """The second baseline: the strictest verdict on the activities whose labels stand in the text, as they stand."""
    reading = reading_of(engine, case)
    found = {id_ for kind, id_ in (hit.value for hit in reading.scan.of("labels")) if kind == "activity"}
    situation = Situation.of(reading.proposal)
    standings = [
        engine.bench.stand(engine.catalogue.activities[id_], situation, reading.proposal) for id_ in sorted(found)
    ]
    if not standings:
        return Answer("undetermined", None)
    strictest = max(standings, key=lambda standing: standing.rank)
    outcome = None if strictest.outcome is None else strictest.outcome.value
    return Answer(strictest.status.value, outcome, _items(standings), _bases(standings))


# What the engine is measured against, on the same cases.
BASELINES = {"search": by_search, "labels": by_labels}


def cites(answer: Answer, expected: Mapping[str, Any]) -> bool:
    """Whether the answer rests on the item, and on the entry or the list, that the case names."""
    item, deciders = expected.get("item"), expected.get("decided_by") or []
    wanted = [deciders] if isinstance(deciders, str) else deciders
    return (item is None or item in answer.items) and (
        not wanted or any(base == id_ or base.startswith(f"{id_}/") for base in answer.bases for id_ in wanted)
    )


def add(score: Score, case: Case, answer: Answer) -> None:
    """Count one answered case."""
    wanted, allowed = case.expected["status"], case.expected.get("permitted")
    score.total += 1
    score.status += one_of(answer.status, wanted)
    score.outcome += one_of(answer.outcome, allowed)
    score.cited += cites(answer, case.expected)
    strict = [wanted] if isinstance(wanted, str) else wanted
    if (answer.status == "open" and "open" not in strict) or (
        answer.outcome == "yes" and not one_of("yes", allowed)
    ):
        score.dangerous.append(case.id)
    if "undetermined" in strict:
        score.vague += 1
        score.vague_refused += answer.status == "undetermined"
    else:
        score.answerable += 1
        if answer.status == "undetermined":
            score.refused.append(case.id)


def report(engine: Engine, all_cases: Iterable[Case], *, verbose: bool = False) -> tuple[str, dict[str, Score]]:
    """The table of a set of cases, and the scores by part."""
    scores: dict[str, Score] = {}
    misses: list[str] = []
    for case in all_cases:
        result = judge(engine, case)
        answer = Answer.of(result)
        for name in (case.part, f"{case.part} {case.lang}", *(f"{case.part} {tag}" for tag in case.tags)):
            add(scores.setdefault(name, Score()), case, answer)
        for name, baseline in BASELINES.items():
            add(scores.setdefault(f"{case.part} by {name}", Score()), case, baseline(engine, case))
        right = (
            one_of(answer.status, case.expected["status"])
            and one_of(answer.outcome, case.expected.get("permitted"))
            and cites(answer, case.expected)
        )
        if verbose and not right and case.part == "tuning":
            understood = ", ".join(verdict.activity.id for verdict in result.verdicts) or "-"
            misses.append(
                f"{case.id}: {case.text!r}\n    expected {case.expected['status']}/{case.expected.get('permitted')}, "
                f"got {answer.status}/{answer.outcome}; understood {understood}; left {list(result.not_understood)}"
                f"; to cite {case.expected.get('item')} {case.expected.get('decided_by')}"
                + (f"; {result.undetermined.reason}/{result.undetermined.question}" if result.undetermined else "")
            )
    lines = [HEADER]
    for part in PARTS:
        own = sorted((name for name in scores if name.startswith(part)), key=lambda name: (name != part, name))
        names = sorted(own, key=lambda name: name != part and " by " not in name)
        lines += [scores[name].row(name) for name in names]
        lines += [f"  dangerous: {case_id}" for case_id in scores.get(part, Score()).dangerous]
    return "\n".join([*lines, *misses]), scores


def main(arguments: list[str]) -> int:
    """Print the table; `-v` names every miss of the tuning part, never one of the part held aside."""
    verbose = "-v" in arguments
    folder = Path(next((a for a in arguments if a != "-v"), "tests/cases"))
    with tempfile.TemporaryDirectory() as index:
        engine = Engine(load(), Path(index))
        table, scores = report(engine, cases(folder), verbose=verbose)
    print(table)  # noqa: T201 - this is its purpose
    return 1 if any(scores[part].dangerous for part in PARTS if part in scores) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
