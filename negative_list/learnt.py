"""What was learnt from texts of which the business is known (`make learn`), as the data hold it."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from marshmallow import fields, post_load, validate

from negative_list.datafiles import DataFolder
from negative_list.model import Status
from negative_list.schema import Record

FOLDER = "gist"
SETTINGS, BY_TOPIC, BY_ACTIVITY = f"{FOLDER}/gist.yaml", f"{FOLDER}/topics.tsv", f"{FOLDER}/activities.tsv"
# The tables hold whole numbers: tenths of a weight for a topic, thousandths of one for an activity.
TENTH, THOUSANDTH = 0.1, 0.001
_CELL = re.compile(r"([^=\t]+.*)=(-?\d+)")


@dataclass(frozen=True, slots=True)
class Topic:
    """What texts may be about: business of a kind in a domain; UNDETERMINED is no business that could be told.

    `bias` is where the sum of the weights begins.
    """

    kind: Status
    domain: str
    bias: float


@dataclass(frozen=True, slots=True)
class Learnt:
    """How much each sign of a text speaks for topics and for activities.

    `day` is the day whose national list told the kinds apart. `by_topic` holds for each sign pairs of numbers in one
    array: the place of a topic among `topics`, and tenths of a weight. `by_activity` does for `activities`, in
    thousandths. Arrays, since a million pairs of Python's own numbers would fill the memory of every process.
    """

    day: date
    topics: tuple[Topic, ...]
    activities: tuple[str, ...]
    by_topic: Mapping[str, array[int]]
    by_activity: Mapping[str, array[int]]


class TopicSchema(Record):
    """One topic."""

    kind = fields.Enum(Status, by_value=True, required=True)
    domain = fields.String(required=True)
    bias = fields.Float(required=True)

    @post_load
    def _make(self, values: dict[str, object], **_: object) -> Topic:
        return Topic(**values)  # type: ignore[arg-type]


class GistFileSchema(Record):
    """The day whose law told the kinds apart, and the topics in the order of the table beside it."""

    day = fields.Date(required=True)
    topics = fields.List(fields.Nested(TopicSchema), required=True, validate=validate.Length(min=1))


def read(folder: DataFolder) -> Learnt | None:
    """Read what was learnt from a data folder; None when the folder noted a fault in it."""
    settings = folder.load(SETTINGS, GistFileSchema())
    if settings is None:
        return None
    topics = {str(place): place for place in range(len(settings["topics"]))}
    by_topic: defaultdict[str, array[int]] = defaultdict(lambda: array("h"))
    for line, (sign, *cells) in folder.rows(BY_TOPIC):
        for name, number in _numbers(folder, BY_TOPIC, line, cells):
            if name in topics:
                by_topic[sign].extend((topics[name], number))
            else:
                folder.fault_at(BY_TOPIC, line, f"expected the place of a topic, 0 to {len(topics) - 1}; got {name!r}")
    activities: list[str] = []
    by_activity: defaultdict[str, array[int]] = defaultdict(lambda: array("h"))
    for line, (activity, *cells) in folder.rows(BY_ACTIVITY):
        for sign, number in _numbers(folder, BY_ACTIVITY, line, cells):
            by_activity[sign].extend((len(activities), number))
        activities.append(activity)
    return Learnt(settings["day"], tuple(settings["topics"]), tuple(activities), dict(by_topic), dict(by_activity))


def _numbers(folder: DataFolder, name: str, line: int, cells: list[str]) -> list[tuple[str, int]]:
    """The cells of a row, each a name and a whole number."""
    found = []
    for cell in cells:
        match = _CELL.fullmatch(cell)
        if match is None:
            folder.fault_at(name, line, f"expected cells name=number, parted by tabs; got {cell!r}")
        else:
            found.append((match[1], int(match[2])))
    return found
