"""Ids that were published once and are no longer held: what became of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from marshmallow import fields, validate

from negative_list.datafiles import DataFolder, FieldPath
from negative_list.errors import Withdrawn
from negative_list.model import Text
from negative_list.schema import NON_EMPTY, Record, bilingual

if TYPE_CHECKING:
    from negative_list.catalogue import Catalogue

FILE = "renamed.yaml"
KINDS = ("activity", "entry", "instrument", "place")
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Since when an id stands for nothing, and why."""

    on: date
    reason: Text


@dataclass(frozen=True)
class Renames:
    """The ids no longer held, by kind and id."""

    renamed: Mapping[Key, str] = field(default_factory=dict)
    withdrawn: Mapping[Key, Withdrawal] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Mapping[str, Any]) -> Renames:
        """The rows of the file as one value."""
        return cls(
            {(row["kind"], row["from_"]): row["to"] for row in rows["renamed"]},
            {(row["kind"], row["id"]): Withdrawal(row["on"], row["reason"]) for row in rows["withdrawn"]},
        )

    def current(self, kind: str, id_: str) -> str:
        """The id that a record of a kind has now: the one given unless it was renamed. Raises Withdrawn.

        An entry whose instrument was renamed follows it.
        """
        for key, rest in _names(kind, id_):
            if (gone := self.withdrawn.get(key)) is not None:
                raise Withdrawn(kind, id_, gone.on, gone.reason.en)
            if (new := self.renamed.get(key)) is not None:
                return new + rest
        return id_


def _names(kind: str, id_: str) -> Iterator[tuple[Key, str]]:
    """What may be written of a record, each with what follows it in the id."""
    yield (kind, id_), ""
    if kind == "entry":
        instrument, stroke, number = id_.rpartition("/")
        yield ("instrument", instrument), stroke + number


class _RenamedSchema(Record):
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    from_ = fields.String(required=True, validate=NON_EMPTY, data_key="from")
    to = fields.String(required=True, validate=NON_EMPTY)
    on = fields.Date(required=True)


class _WithdrawnSchema(Record):
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    id = fields.String(required=True, validate=NON_EMPTY)
    on = fields.Date(required=True)
    reason = bilingual(required=True)


class RenamesFile(Record):
    """The shape of the file."""

    renamed = fields.List(fields.Nested(_RenamedSchema), required=True)
    withdrawn = fields.List(fields.Nested(_WithdrawnSchema), required=True)


def check(folder: DataFolder, catalogue: Catalogue, rows: Mapping[str, Any]) -> None:
    """Note every old id that is still held or stands twice, and every new id that is not held.

    So no line leads in a circle, and none to another.
    """
    held: Mapping[str, Mapping[str, Any]] = {
        "activity": catalogue.activities,
        "entry": catalogue.entries,
        "instrument": catalogue.instruments,
        "place": catalogue.places,
    }
    old: set[Key] = set()
    for path, kind, id_ in _old(rows):
        if id_ in held[kind]:
            folder.fault(FILE, path, f"{id_!r} is still held as an id of its own")
        if (kind, id_) in old:
            folder.fault(FILE, path, f"{id_!r} stands here twice")
        old.add((kind, id_))
    for index, row in enumerate(rows["renamed"]):
        kind, new = row["kind"], row["to"]
        if new not in held[kind]:
            is_old = (kind, new) in old
            said = f"{new!r} is an old id itself; lead to the one held" if is_old else f"nothing has the id {new!r}"
            folder.fault(FILE, ("renamed", index, "to"), said)


def _old(rows: Mapping[str, Any]) -> Iterator[tuple[FieldPath, str, str]]:
    for index, row in enumerate(rows["renamed"]):
        yield ("renamed", index, "from"), row["kind"], row["from_"]
    for index, row in enumerate(rows["withdrawn"]):
        yield ("withdrawn", index, "id"), row["kind"], row["id"]
