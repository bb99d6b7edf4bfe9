"""What was learnt from texts of which the business is known (`make learn`), as the data hold it."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from datetime import date
from itertools import chain

import numpy as np
from marshmallow import fields, post_load, validate

from negative_list.datafiles import DataFolder
from negative_list.model import Status
from negative_list.numbering import Numbering
from negative_list.schema import Record

FOLDER = "gist"
SETTINGS, BY_TOPIC, BY_ACTIVITY = f"{FOLDER}/gist.yaml", f"{FOLDER}/topics.tsv", f"{FOLDER}/activities.tsv"
WORDS = f"{FOLDER}/words.tsv"
# The tables hold whole numbers: tenths of a weight for a topic, thousandths of one for an activity.
TENTH, THOUSANDTH = 0.1, 0.001
_RANGE = np.iinfo(np.int16)


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

    `day` is the day whose national list told the kinds apart. `by_topic` numbers the signs that speak for topics: the
    rows of `weights`, int16 of shape (signs, topics), tenths of a weight. `by_activity` numbers those that speak for
    activities: of `pairs`, int16 of shape (pairs, 2), those from the sign's place in `starts` to the next one hold the
    place of an activity among `activities` and thousandths of a weight. `words` are the English words that several
    texts have, folded: no slips, then, of other words.
    """

    day: date
    topics: tuple[Topic, ...]
    activities: tuple[str, ...]
    by_topic: Numbering
    weights: np.ndarray
    by_activity: Numbering
    starts: np.ndarray
    pairs: np.ndarray
    words: frozenset[str] = frozenset()


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
    by_topic: dict[str, int] = {}
    cells_of: list[tuple[int, int, int]] = []
    for line, (sign, *cells) in folder.rows(BY_TOPIC):
        row = by_topic.setdefault(sign, len(by_topic))
        try:
            cells_of += [(row, topics[name], _short(number)) for name, _, number in map(_parted, cells)]
        except (KeyError, ValueError):
            folder.fault_at(BY_TOPIC, line, f"expected a sign and topic=weight, topics from 0 to {len(topics) - 1}")
    weights = np.zeros((len(by_topic), len(topics)), np.int16)
    if cells_of:
        rows, columns, held = zip(*cells_of, strict=True)
        weights[rows, columns] = held
    activities: list[str] = []
    speaks: dict[str, array[int]] = {}
    for line, (activity, *cells) in folder.rows(BY_ACTIVITY):
        try:
            for sign, _, number in map(_parted, cells):
                speaks.setdefault(sign, array("h")).extend((len(activities), _short(number)))
        except ValueError:
            folder.fault_at(BY_ACTIVITY, line, "expected an activity and sign=weight, parted by tabs")
        activities.append(activity)
    words = frozenset(word for _, (word, *_) in folder.rows(WORDS))
    return Learnt(
        day=settings["day"],
        topics=tuple(settings["topics"]),
        activities=tuple(activities),
        by_topic=Numbering(by_topic),
        weights=weights,
        by_activity=Numbering(speaks),
        starts=np.cumsum([0, *(len(pairs) // 2 for pairs in speaks.values())]),
        pairs=np.array([*chain.from_iterable(speaks.values())], np.int16).reshape(-1, 2),
        words=words,
    )


def _short(text: str) -> int:
    """A whole number of 16 bits. Raises ValueError."""
    number = int(text)
    if not _RANGE.min <= number <= _RANGE.max:
        raise ValueError(number)
    return number


def _parted(cell: str) -> tuple[str, str, str]:
    return cell.rpartition("=")
