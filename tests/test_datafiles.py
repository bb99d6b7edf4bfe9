"""Reading files: YAML, lines of faults, digest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from marshmallow import RAISE, Schema, fields

from negative_list.datafiles import DataFolder
from negative_list.errors import DataError, DataFault


class Thing(Schema):
    class Meta:
        unknown = RAISE

    id = fields.String(required=True)
    when = fields.Date()
    open = fields.Boolean()
    size = fields.Integer(strict=True)


class Things(Schema):
    class Meta:
        unknown = RAISE

    things = fields.List(fields.Nested(Thing), required=True)
    named = fields.Dict(keys=fields.String(), values=fields.Nested(Thing))
    words = fields.Dict(keys=fields.String(), values=fields.List(fields.String()))


def read(tmp_path: Path, text: str | bytes, name: str = "things.yaml") -> tuple[Any, list[DataFault]]:
    content = text if isinstance(text, bytes) else text.encode()
    (tmp_path / name).write_bytes(content)
    folder = DataFolder(tmp_path)
    return folder.load(name, Things()), folder.faults


def test_dates_and_truth_values_are_read_by_the_schema(tmp_path: Path) -> None:
    loaded, faults = read(
        tmp_path, "things:\n  - {id: NO, when: 2024-11-01, open: true}\nwords: {en: [no, on, yes, off, 2024-11-01]}\n"
    )
    assert faults == []
    assert loaded["things"][0]["id"] == "NO"
    assert loaded["things"][0]["when"].isoformat() == "2024-11-01"
    assert loaded["things"][0]["open"] is True
    assert loaded["words"]["en"] == ["no", "on", "yes", "off", "2024-11-01"]


@pytest.mark.parametrize(
    ("text", "line", "field", "message"),
    [
        ("things:\n  - id: a\n    colour: red\n", 3, "things.0.colour", "Unknown field"),
        ("things:\n  - id: a\n  - when: 2024-01-01\n", 3, "things.1.id", "Missing"),
        ("things:\n  - id: a\n    when: 2024-02-30\n", 3, "things.0.when", "date"),
        ("things:\n  - id: a\n    when: yesterday\n", 3, "things.0.when", "date"),
        ("things:\n  - id: a\n    size: 1.5\n", 3, "things.0.size", "integer"),
        ("things:\n  - id: a\n    open: perhaps\n", 3, "things.0.open", "boolean"),
        ("things:\n  - id: 7\n", 2, "things.0.id", "string"),
        ("things: []\nnamed:\n  one:\n    id: a\n    size: big\n", 5, "named.one.size", "integer"),
        ("# a comment\n\nthing: []\n", 3, "things", "Missing"),
        ("things: a word\n", 1, "things", "list"),
        ("things: []\nthings: []\n", 2, "(yaml)", "twice"),
        ("things:\n  - id: a\n    when: 2024-01-01\n    id: b\n", 4, "(yaml)", "twice"),
        ("things:\n  - id: a\n - id: b\n", 3, "(yaml)", ""),
        ("things:\n  - id: [a\n", 3, "(yaml)", ""),
        ("things:\n\t- id: a\n", 2, "(yaml)", ""),
        ("things:\n  - !!python/name:os.system {}\n", 2, "(yaml)", "tag"),
        ("things: []\n? [a]\n: b\n", 2, "(yaml)", "key"),
        ("things:\n  - id: a\x07\n", None, "(yaml)", ""),
        ("", None, "(file)", ""),
        ("- id: a\n", 1, "(file)", ""),
        (b"things:\n  - id: \xff\n", None, "(file)", "utf-8"),
    ],
)
def test_a_fault_names_its_place(
    tmp_path: Path, text: str | bytes, line: int | None, field: str, message: str
) -> None:
    loaded, faults = read(tmp_path, text)
    assert loaded is None
    fault = next(fault for fault in faults if fault.field == field)
    assert (fault.file, fault.line) == ("things.yaml", line)
    assert message.lower() in fault.message.lower()


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    assert folder.load("gone.yaml", Things()) is None
    assert [(fault.file, fault.line, fault.field) for fault in folder.faults] == [("gone.yaml", None, "(file)")]


def test_every_fault_is_raised_in_the_order_of_the_files(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text("things:\n  - {}\n  - id: 1\n    size: x\n")
    (tmp_path / "a.yaml").write_text("things: [\n")
    folder = DataFolder(tmp_path)
    for name in ("b.yaml", "a.yaml"):
        folder.load(name, Things())
    with pytest.raises(DataError) as caught:
        folder.raise_faults()
    assert [(fault.file, fault.line) for fault in caught.value.faults] == [
        ("a.yaml", 2),
        ("b.yaml", 2),
        ("b.yaml", 3),
        ("b.yaml", 4),
    ]
    assert str(caught.value).splitlines()[1].startswith("b.yaml:2: things.0.id: ")


def test_without_faults_nothing_is_raised(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    folder.raise_faults()


def test_paths_are_sorted_and_relative(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("sub/b.yaml", "sub/a.yaml", "sub/c.txt"):
        (tmp_path / name).touch()
    assert DataFolder(tmp_path).paths("sub/*.yaml") == ["sub/a.yaml", "sub/b.yaml"]


def test_the_digest_depends_on_names_and_contents(tmp_path: Path) -> None:
    def digest(**files: str) -> str:
        folder = DataFolder(tmp_path)
        for name, text in files.items():
            (tmp_path / name).write_text(text)
            folder.load(name, Things())
        return folder.digest()

    plain = digest(one="things: []\n", two="things: []\n")
    assert plain == digest(two="things: []\n", one="things: []\n")
    others = {
        digest(one="things: []\n"),
        digest(one="things: []\n", three="things: []\n"),
        digest(one="things: []\n", two="things: [] \n"),
        digest(one="things: []\nwords: {}\n", two="things: []\n"),
    }
    assert plain not in others
    assert len(others) == 4
    assert plain.startswith("blake2b:")
