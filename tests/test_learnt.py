"""The tables of what was learnt: faults with file and line, and what they were learnt from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from negative_list.datafiles import DataFolder
from negative_list.determination import Engine
from negative_list.evaluation import cases
from negative_list.learnt import BY_ACTIVITY, BY_TOPIC, SETTINGS, WORDS, Learnt, read
from negative_list.model import Status
from tools.training import NONE, labelled

SETTING = "day: 2026-01-01\ntopics: [{kind: open, domain: retail, bias: 0.5}, {kind: prohibited, domain: media, bias: -1}]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "gist").mkdir()
    (tmp_path / SETTINGS).write_text(SETTING)
    (tmp_path / BY_TOPIC).write_text("w news\t0=-12\t1=30\n")
    (tmp_path / BY_ACTIVITY).write_text("retail/shop\tw shop=500\nmedia/press\tw =2=7\tw news=900\n")
    (tmp_path / WORDS).write_text("clause\nsince\n")
    return tmp_path


def pairs_of(learnt: Learnt, sign: str) -> list[list[int]]:
    (number,) = learnt.by_activity.find([sign])
    found: list[list[int]] = learnt.pairs[learnt.starts[number] : learnt.starts[number + 1]].tolist()
    return found


def test_tables_are_read(folder: Path) -> None:
    held = DataFolder(folder)
    learnt = read(held)
    assert held.faults == []
    assert learnt is not None
    assert (learnt.day, learnt.topics[1].kind) == (date(2026, 1, 1), Status.PROHIBITED)
    assert learnt.activities == ("retail/shop", "media/press")
    assert learnt.words == {"clause", "since"}
    assert learnt.weights[learnt.by_topic.find(["w news"])].tolist() == [[-12, 30]]
    assert {sign: pairs_of(learnt, sign) for sign in ("w shop", "w =2", "w news")} == {
        "w shop": [[0, 500]], "w =2": [[1, 7]], "w news": [[1, 900]],
    }  # fmt: skip
    assert (len(learnt.by_topic), len(learnt.by_activity)) == (1, 3)


@pytest.mark.parametrize(
    ("name", "text", "line", "message"),
    [
        (BY_TOPIC, "w news\t0=-12\nw shop\t9=1\n", 2, "topics from 0 to 1"),
        (BY_TOPIC, "w news\tzero\n", 1, "topic=weight"),
        (BY_TOPIC, "w news\t0=99999\n", 1, "topic=weight"),
        (BY_ACTIVITY, "a\tw b=1\na\tw b=1.5\n", 2, "sign=weight"),
        (SETTINGS, SETTING.replace("open", "ajar"), 2, "open, undetermined, restricted, prohibited"),
    ],
)
def test_faults_name_file_and_line(folder: Path, name: str, text: str, line: int, message: str) -> None:
    (folder / name).write_text(text)
    held = DataFolder(folder)
    read(held)
    assert [(fault.file, fault.line) for fault in held.faults] == [(name, line)]
    assert message in held.faults[0].message


def test_a_missing_table_is_a_fault(folder: Path) -> None:
    (folder / BY_TOPIC).unlink()
    held = DataFolder(folder)
    read(held)
    assert [fault.file for fault in held.faults] == [BY_TOPIC]


def test_the_texts_learnt_from_name_known_activities_once(engine: Engine) -> None:
    held = list(labelled())
    assert {id_ for each in held for id_ in each.activities} <= engine.catalogue.activities.keys()
    assert {each.none for each in held} == {"", *NONE.values()}
    assert len(held) > 40_000


def test_no_case_held_aside_is_learnt_from() -> None:
    learnt_from = {each.text.casefold() for each in labelled()}
    aside = [case for case in cases(Path(__file__).parent / "cases") if case.part == "held-aside"]
    assert [case.id for case in aside if case.text.casefold() in learnt_from] == []
