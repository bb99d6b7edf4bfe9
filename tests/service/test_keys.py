"""Keys are made, kept as digests, recognised, and refused with the place of the fault."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from service import keys
from service.keys import Keys, KeysError

TODAY = date(2026, 11, 23)
ID, HASH = "0123456789ab", "sha256:" + "0" * 64
ITEM = {"id": ID, "name": "form", "hash": HASH}
Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def to_file(text: str) -> Path:
        path = tmp_path / "keys.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return to_file


def items(*rows: dict[str, Any]) -> str:
    return "".join(f"- {json.dumps(row)}\n" for row in rows)


def test_a_key_is_found_again_and_only_its_digest_is_kept(write: Write) -> None:
    (one, kept), (two, other) = keys.make("intake form", "600 per minute"), keys.make("反馈表", None, TODAY)
    path = write(items(kept, other))
    assert one not in path.read_text()
    held = Keys.load(path)
    found, second = held.find(one, TODAY), held.find(two, TODAY)
    assert found is not None
    assert second is not None
    assert (found.name, [str(limit) for limit in found.limits], found.expires) == ("intake form", ["600 per 1 minute"], None)
    assert (second.name, second.limits, second.expires) == ("反馈表", (), TODAY)


def test_no_two_keys_are_alike() -> None:
    assert len({keys.make("form")[0] for _ in range(50)}) == 50


def test_a_key_counts_to_the_end_of_its_last_day(write: Write) -> None:
    token, kept = keys.make("form", None, date(2026, 11, 22))
    held = Keys.load(write(items(kept)))
    assert held.find(token, date(2026, 11, 22)) is not None
    assert held.find(token, TODAY) is None


def test_what_is_no_key_is_not_found(write: Write) -> None:
    token, kept = keys.make("form")
    other, _ = keys.make("form")
    held = Keys.load(write(items(kept)))
    changed = token[:-1] + ("A" if token[-1] != "A" else "B")
    swapped = "_".join([*token.split("_", 2)[:2], other.split("_", 2)[2]])
    for wrong in ("", "nlk", other, changed, swapped, token + "A", f" {token}", token.upper(), kept["hash"], "nlk_" + "é" * 56):
        assert held.find(wrong, TODAY) is None, wrong


def test_ids_of_digits_and_dates_without_quotes_are_read(write: Write) -> None:
    text = f"- id: 012345678901\n  name: 7\n  hash: {HASH}\n  expires: 2027-06-30\n  limit: 5/minute\n"
    key = Keys.load(write(text)).by_id["012345678901"]
    assert (key.name, key.expires) == ("7", date(2027, 6, 30))


def test_an_empty_list_lets_nobody_in(write: Write) -> None:
    assert Keys.load(write("[]")).by_id == {}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "holds no list"),
        ("id: x", "holds no list"),
        ("- [", "is no YAML, see line 2"),
        (items(ITEM, ITEM), f"holds the id {ID} more than once"),
        (items(ITEM, ITEM | {"id": "0123"}), "item 2, id: is no id of a key"),
        (items({"id": ID, "hash": HASH}), "item 1, name: "),
        (items(ITEM | {"name": ""}), "item 1, name: "),
        (items(ITEM | {"hash": "sesame"}), "item 1, hash: is no hash of a key"),
        (items(ITEM | {"limit": "often"}), "item 1, limit: is not a limit such as"),
        (items(ITEM | {"expires": "soon"}), "item 1, expires: is no day"),
        (items(ITEM | {"expires": "2027-02-30"}), "item 1, expires: is no day"),
        (items(ITEM | {"secret": "sesame"}), "item 1, secret: "),
        ("- form\n", "item 1: "),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_place(write: Write, text: str, fault: str) -> None:
    path = write(text)
    with pytest.raises(KeysError) as caught:
        Keys.load(path)
    assert any(told.startswith(fault) for told in caught.value.faults), caught.value.faults
    assert str(path) in str(caught.value)
    assert "sesame" not in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KeysError, match="cannot be read"):
        Keys.load(tmp_path / "none.yaml")
    (tmp_path / "latin.yaml").write_bytes(b"- \xff\n")
    with pytest.raises(KeysError, match="cannot be read"):
        Keys.load(tmp_path / "latin.yaml")


@pytest.mark.parametrize(("name", "limit"), [("", None), ("x" * 101, None), ("form", "often")])
def test_a_key_that_could_not_be_read_again_is_not_made(name: str, limit: str | None) -> None:
    with pytest.raises(ValueError, match=r"a (name|limit)"):
        keys.make(name, limit)
