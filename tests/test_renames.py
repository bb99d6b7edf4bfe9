"""Old ids lead to the new ones, and a faulty file of old ids stops the start."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from negative_list.catalogue import DATA, Catalogue, load
from negative_list.datafiles import DataFolder
from negative_list.determination import Engine
from negative_list.errors import DataError, DataFault, ProposalError, Withdrawn
from negative_list.model import Text
from negative_list.renames import Renames, RenamesFile, Withdrawal, check

ON = date(2026, 11, 1)
HELD, OTHER = "telecom/internet-data-centre", "internet/online-games-operation"
GONE = Withdrawal(ON, Text("It was never a place; ask for Shanghai.", "从无此地；请查上海。"))


def moved(kind: str, old: str, new: str) -> dict[str, Any]:
    return {"kind": kind, "from": old, "to": new, "on": "2026-11-01"}


def gone(kind: str, id_: str) -> dict[str, Any]:
    return {"kind": kind, "id": id_, "on": "2026-11-01", "reason": {"en": "Twice.", "zh": "重复。"}}


def faults(root: Path, catalogue: Catalogue, **rows: list[Any]) -> list[DataFault]:
    (root / "renamed.yaml").write_text(yaml.safe_dump(rows), encoding="utf-8")
    folder = DataFolder(root)
    loaded = folder.load("renamed.yaml", RenamesFile())
    if loaded is not None:
        check(folder, catalogue, loaded)
    return folder.faults


@pytest.mark.parametrize(
    ("renamed", "withdrawn", "field", "said"),
    [
        ([moved("activity", "old", "none")], [], "renamed.0.to", "nothing has the id 'none'"),
        ([moved("activity", HELD, OTHER)], [], "renamed.0.from", "still held"),
        ([moved("activity", "a", "b"), moved("activity", "b", HELD)], [], "renamed.0.to", "lead to the one held"),
        ([moved("activity", "a", "b"), moved("activity", "b", "a")], [], "renamed.1.to", "lead to the one held"),
        ([moved("activity", "a", "a")], [], "renamed.0.to", "lead to the one held"),
        ([moved("activity", "a", HELD), moved("activity", "a", OTHER)], [], "renamed.1.from", "twice"),
        ([moved("activity", "a", HELD)], [gone("activity", "a")], "withdrawn.0.id", "twice"),
        ([moved("place", "a", HELD)], [], "renamed.0.to", "nothing has the id"),
        ([moved("licence", "a", HELD)], [], "renamed.0.kind", "Must be one of"),
        ([], [gone("activity", HELD)], "withdrawn.0.id", "still held"),
        ([], [gone("place", "a") | {"reason": {"en": "Twice."}}], "withdrawn.0.reason.zh", "Missing"),
        ([moved("activity", "a", HELD) | {"since": 1}], [], "renamed.0.since", "Unknown"),
    ],
)
def test_a_faulty_file_names_line_and_field(
    tmp_path: Path, catalogue: Catalogue, renamed: list[Any], withdrawn: list[Any], field: str, said: str
) -> None:
    told = faults(tmp_path, catalogue, renamed=renamed, withdrawn=withdrawn)
    [*found] = [fault for fault in told if fault.field == field]
    assert found, told
    assert found[0].file == "renamed.yaml"
    assert found[0].line
    assert said in found[0].message


def test_a_sound_file_has_no_fault(tmp_path: Path, catalogue: Catalogue) -> None:
    assert faults(tmp_path, catalogue, renamed=[moved("activity", "a", HELD)], withdrawn=[gone("place", "a")]) == []


def test_a_faulty_file_stops_the_start(tmp_path: Path) -> None:
    root = tmp_path / "data"
    shutil.copytree(DATA, root)
    rows = {"renamed": [moved("activity", HELD, OTHER)], "withdrawn": []}
    (root / "renamed.yaml").write_text(yaml.safe_dump(rows), encoding="utf-8")
    with pytest.raises(DataError, match=r"renamed\.yaml:2: renamed\.0\.from"):
        load(root)


RENAMES = Renames(
    {("activity", "old"): HELD, ("instrument", "cn/old"): "cn/national/2024", ("entry", "cn/old/7a"): "cn/national/2024/8"},
    {("place", "zone/none"): GONE, ("instrument", "cn/none"): GONE},
)


@pytest.mark.parametrize(
    ("kind", "id_", "now"),
    [
        ("activity", "old", HELD),
        ("place", "old", "old"),
        ("entry", "cn/old/12", "cn/national/2024/12"),
        ("entry", "cn/old/7a", "cn/national/2024/8"),
        ("entry", "cn/older/12", "cn/older/12"),
    ],
)
def test_an_old_id_leads_to_the_new_one(kind: str, id_: str, now: str) -> None:
    assert RENAMES.current(kind, id_) == now


@pytest.mark.parametrize(("kind", "id_"), [("place", "zone/none"), ("instrument", "cn/none"), ("entry", "cn/none/1")])
def test_a_withdrawn_id_says_why(kind: str, id_: str) -> None:
    with pytest.raises(Withdrawn, match="withdrawn on 2026-11-01: It was never a place"):
        RENAMES.current(kind, id_)


def test_every_old_id_shipped_leads_to_a_record(catalogue: Catalogue) -> None:
    assert catalogue.renames.renamed
    assert catalogue.renames.current("activity", "business/human-resources") == "finance/hr-services"


def test_a_proposal_by_an_old_id_is_answered_by_the_new_one(engine: Engine, today: date) -> None:
    asked = {"activity_ids": ["business/human-resources"]}
    result = engine.determine(asked, today)
    assert result.proposal.activity_ids == ("finance/hr-services",)
    assert [verdict.activity.id for verdict in result.verdicts] == ["finance/hr-services"]


@pytest.mark.parametrize(
    ("kind", "field", "value"), [("activity", "activity_ids", ["some/old"]), ("place", "location", "some/old")]
)
def test_a_proposal_by_a_withdrawn_id_is_told_why(
    engine: Engine, today: date, monkeypatch: pytest.MonkeyPatch, kind: str, field: str, value: Any
) -> None:
    monkeypatch.setitem(engine.catalogue.renames.withdrawn, (kind, "some/old"), GONE)  # type: ignore[arg-type]
    with pytest.raises(ProposalError, match="ask for Shanghai") as caught:
        engine.determine({"activity": "coffee shop", field: value}, today)
    assert (caught.value.field, caught.value.code) == (field, "withdrawn")
