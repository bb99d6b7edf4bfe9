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
    fields = dict(case.fields)
    if isinstance(day := fields.get("as_of"), str):
        fields["as_of"] = date.fromisoformat(day)
    return engine.determine({"activity": case.text, **fields}, DEFAULT_DAY)


def items(result: Determination) -> set[str]:
    """The numbers of the list items cited for the activities understood."""
    return {
        reason.entry.number
        for verdict in result.verdicts
        for reason in verdict.standing.reasons
        if reason.entry.is_item
    }


def cites(result: Determination, expected: Mapping[str, Any]) -> bool:
    """Whether the answer rests on the item, and on the entry or the list, that the case names."""
    item, deciders = expected.get("item"), expected.get("decided_by") or []
    wanted = [deciders] if isinstance(deciders, str) else deciders
    bases = {
        base
        for verdict in result.verdicts
        for base in (verdict.standing.access_list.id, *(reason.entry.id for reason in verdict.standing.reasons))
    }
    return (item is None or item in items(result)) and (
        not wanted or any(base == id_ or base.startswith(f"{id_}/") for base in bases for id_ in wanted)
    )


def add(score: Score, case: Case, result: Determination) -> None:
    """Count one answered case."""
    status = result.status.value
    outcome = None if result.outcome is None else result.outcome.value
    wanted, allowed = case.expected["status"], case.expected.get("permitted")
    score.total += 1
    score.status += one_of(status, wanted)
    score.outcome += one_of(outcome, allowed)
    score.cited += cites(result, case.expected)
    strict = [wanted] if isinstance(wanted, str) else wanted
    if (status == "open" and "open" not in strict) or (outcome == "yes" and not one_of("yes", allowed)):
        score.dangerous.append(case.id)
    if "undetermined" in strict:
        score.vague += 1
        score.vague_refused += status == "undetermined"
    else:
        score.answerable += 1
        if status == "undetermined":
            score.refused.append(case.id)


def report(engine: Engine, all_cases: Iterable[Case], *, verbose: bool = False) -> tuple[str, dict[str, Score]]:
    """The table of a set of cases, and the scores by part."""
    scores: dict[str, Score] = {}
    misses: list[str] = []
    for case in all_cases:
        result = judge(engine, case)
        for name in (case.part, f"{case.part} {case.lang}", *(f"{case.part} {tag}" for tag in case.tags)):
            add(scores.setdefault(name, Score()), case, result)
        outcome = None if result.outcome is None else result.outcome.value
        right = (
            one_of(result.status.value, case.expected["status"])
            and one_of(outcome, case.expected.get("permitted"))
            and cites(result, case.expected)
        )
        if verbose and not right and case.part == "tuning":
            understood = ", ".join(verdict.activity.id for verdict in result.verdicts) or "-"
            misses.append(
                f"{case.id}: {case.text!r}\n    expected {case.expected['status']}/{case.expected.get('permitted')}, "
                f"got {result.status.value}/{outcome}; understood {understood}; left {list(result.not_understood)}"
                f"; to cite {case.expected.get('item')} {case.expected.get('decided_by')}"
                + (f"; {result.undetermined.reason}/{result.undetermined.question}" if result.undetermined else "")
            )
    lines = [HEADER]
    for part in PARTS:
        names = sorted((name for name in scores if name.startswith(part)), key=lambda name: (name != part, name))
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
    return 1 if any(score.dangerous for score in scores.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
