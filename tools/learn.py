"""Learn what texts tell as a whole: `make learn`.

Reads the labelled texts of training/texts-*.tsv, the texts of training/marked-*.txt whose own business has a label, and
the cases to tune by, prints how well the kind of business of texts left out of the fit is told, and writes the tables
of negative_list/data/gist/.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from joblib import Parallel, delayed
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from negative_list.context import Hit
from negative_list.determination import Engine
from negative_list.evaluation import DEFAULT_DAY, Case, cases, fields_of
from negative_list.keeping import open_engine
from negative_list.learnt import BY_ACTIVITY, BY_TOPIC, SETTINGS, TENTH, THOUSANDTH, WORDS
from negative_list.model import Proposal, Status
from negative_list.text import english_words
from tools import training
from tools.training import NONE
from tools.weigh import own_left_out

ROOT = Path(__file__).parent.parent
DATA = ROOT / "negative_list" / "data"
# A sign that fewer texts have is no sign.
SEEN = 2
# How loosely weights are held near nothing: the inverse of scikit-learn's regularisation, chosen by texts left out.
STRENGTH = 60.0
# A case counts for so many texts: it is what the service is asked, where many texts were written to teach one thing.
CASE = 3.0
# So many does a marked text: few of the others name any business that is not the own one.
MARKED = 2.0
# What scales weights so that this strength suits them.
SCALE = 4.5
TOLERANCE = 0.01
# Weights below this, for every kind, say nothing.
LEAST = 0.3
# So many signs stand for an activity, and its mean is drawn to nothing as if so many more texts had none of them.
SIGNS, PRIOR = 150, 5
# The signs that tell activities apart: words and labels, not how they stand to one another.
_TELLING = ("w ", "p ", "e ", "is ", "own ")
# Origins that agreements favour; cases with these tags turn on the place, the day or the origin.
_CEPA = frozenset({"HK", "MO", "TW"})
_SPECIAL = frozenset({"cepa", "date", "hainan", "law", "pilot", "transition", "zone"})
# A topic of fewer texts is none.
FEWEST = 20
FOLDS = 4
_HEADER = """\
# The day whose national list told the kinds of business apart, and the topics that are told: business of a kind in a
# domain; undetermined where no business can be told. Learnt with the tables beside this file by `make learn`: change
# training/, not this.
"""


@dataclass(frozen=True)
class Example:
    """The signs of a text, its topic as `kind domain`, its activities, and for how many it counts."""

    signs: frozenset[str]
    topic: str
    activities: tuple[str, ...] = ()
    counts: float = 1.0


def examples(engine: Engine) -> Iterator[Example]:
    """The labelled texts, and the cases to tune by with what they are expected to be."""
    # Told as texts are that nobody has seen: by weights fitted to others.
    own = own_left_out(engine)
    for name, none, activities, text in training.labelled():
        topic = f"{Status.UNDETERMINED.value} {none}" if none else topic_of(engine, activities)
        yield Example(signs(engine, {"activity": text}, own.get(name)), topic, activities)
    for name, text, activities in marked(engine):
        yield Example(
            signs(engine, {"activity": text}, own.get(name)), topic_of(engine, activities), activities, counts=MARKED
        )
    for case in cases(ROOT / "tests" / "cases"):
        topic = _expected(engine, case) if case.part == "tuning" else None
        if topic is not None:
            yield Example(signs(engine, fields_of(case), own.get(case.id)), topic, counts=CASE)


def marked(engine: Engine) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every marked text with its name and the activities of its own business, where labels tell all of that."""
    for name, text, spans in training.marked():
        own = [_labelled(engine, text, start, end) for start, end, is_own in spans if is_own]
        if own and all(own):
            yield name, text, tuple(dict.fromkeys(chain.from_iterable(own)))


def _labelled(engine: Engine, text: str, start: int, end: int) -> list[str]:
    """The activities that labels name which stand in some words of a text and fill half of them."""
    reading = engine.reader.read({"activity": text}, DEFAULT_DAY)
    found = []
    for hit in reading.scan.of("labels"):
        first, after = reading.parts[hit.first].start, reading.parts[hit.after - 1].end
        if hit.value[0] == "activity" and 2 * (min(end, after) - max(start, first)) >= end - start:
            found.append(hit.value[1])
    return found


def topic_of(engine: Engine, activities: Sequence[str]) -> str:
    """The topic of the strictest of some activities."""
    strictest = max(activities, key=engine.kinds.__getitem__)
    return f"{engine.kinds[strictest].value} {strictest.partition('/')[0]}"


def signs(engine: Engine, fields: Mapping[str, Any], own: Mapping[Hit, float] | None = None) -> frozenset[str]:
    """The signs of a proposal as recognition sees them, or with its labels as likely the own business as is given."""
    return frozenset(engine.recogniser.signs(engine.reader.read(fields, DEFAULT_DAY), own))


def _expected(engine: Engine, case: Case) -> str | None:
    """The topic of a case, which names no activity: the right answer's, or that of what is nearest of its kind.

    None where a wrong answer may be one about the place, the day or the origin: the business may be the right one.
    """
    wanted = [Status(status) for status in _wanted(case)]
    if Status.UNDETERMINED in wanted:
        return f"{Status.UNDETERMINED.value} {NONE['?vague']}"
    reading = engine.reader.read(fields_of(case), DEFAULT_DAY)
    # Labels first: an answer that was learnt would teach itself.
    for answer in (engine.by_labels, engine.determine):
        told = answer(fields_of(case), DEFAULT_DAY)
        if told.status in wanted and told.undetermined is None:
            return topic_of(engine, [verdict.activity.id for verdict in told.verdicts])
        if _is_special(case, engine, reading.proposal):
            return None
    near = engine.recogniser.recognise(reading).whole.near()
    of_kind = [id_ for id_ in near if engine.kinds[id_] in wanted]
    return topic_of(engine, [max(of_kind, key=near.__getitem__)]) if of_kind else f"{wanted[0].value} ?"


def _wanted(case: Case) -> list[str]:
    expected = case.expected["status"]
    return [expected] if isinstance(expected, str) else expected


def _is_special(case: Case, engine: Engine, proposal: Proposal) -> bool:
    """Whether a case names a place, a day or an origin for which the law may be another than the nation's of today."""
    regime = engine.reader.gazetteer.regime(proposal.location and proposal.location.value, proposal.as_of.value)
    origin = proposal.investor_origin
    if proposal.as_of.value != DEFAULT_DAY or regime != "national" or (origin and origin.value.code in _CEPA):
        return True
    on_terms = (proposal.location or origin) and "open" in _wanted(case) and case.expected.get("permitted") != "yes"
    return bool(on_terms) or not _SPECIAL.isdisjoint(case.tags)


class Table:
    """Examples as rows, signs as columns; a sign counts the more the rarer it is, a text the same however long."""

    def __init__(self, rows: Sequence[frozenset[str]]) -> None:
        seen = Counter(sign for row in rows for sign in sorted(row))
        self.columns = {sign: i for i, sign in enumerate(s for s, count in seen.items() if count >= SEEN)}
        rarity = [1 + np.log((1 + len(rows)) / (1 + seen[sign])) for sign in self.columns]
        self.scale = np.array(rarity) / SCALE
        starts, at, cells = [0], list[int](), list[float]()
        for row in rows:
            here = sorted(self.columns[sign] for sign in row if sign in self.columns)
            at += here
            cells += list(self.scale[here] / np.sqrt(max(1, len(here))))
            starts.append(len(at))
        shape = (len(rows), len(self.columns))
        self.cells = sparse.csr_matrix((cells, np.array(at, np.int32), np.array(starts, np.int32)), shape)


def fit(cells: sparse.csr_matrix, topics: Sequence[str], counts: np.ndarray) -> dict[str, tuple[np.ndarray, float]]:
    """For each topic that texts enough have a weight for each column, and where the sum begins."""
    given = np.array(topics)

    def one(topic: str) -> tuple[np.ndarray, float]:
        model = LogisticRegression(C=STRENGTH, solver="liblinear", tol=TOLERANCE)
        model.fit(cells, given == topic, sample_weight=counts)
        return model.coef_[0], float(model.intercept_[0])

    known = sorted(topic for topic, count in Counter(topics).items() if count >= FEWEST)
    # Read-only memory maps are what liblinear refuses.
    fitted = Parallel(n_jobs=-1, max_nbytes=None)(delayed(one)(topic) for topic in known)
    return dict(zip(known, fitted, strict=True))


def kinds_told(cells: sparse.csr_matrix, fitted: Mapping[str, tuple[np.ndarray, float]]) -> list[str]:
    """The likeliest kind of each row."""
    weights, bias = np.array([each[0] for each in fitted.values()]), np.array([each[1] for each in fitted.values()])
    odds = 1 / (1 + np.exp(-(cells @ weights.T + bias)))
    names = sorted({topic.partition(" ")[0] for topic in fitted})
    sums = [odds[:, [topic.startswith(f"{name} ") for topic in fitted]].sum(axis=1) for name in names]
    return [names[best] for best in np.array(sums).argmax(axis=0)]


def checked(table: Table, topics: Sequence[str], counts: np.ndarray) -> float:
    """The share of the rows whose kind is told right when they are left out of the fit."""
    right = 0
    for kept, left_out in KFold(FOLDS, shuffle=True, random_state=0).split(table.cells):
        fitted = fit(table.cells[kept], [topics[i] for i in kept], counts[kept])
        told = kinds_told(table.cells[left_out], fitted)
        right += sum(topics[i].startswith(f"{kind} ") for i, kind in zip(left_out, told, strict=True))
    return right / len(topics)


def by_activity(examples: Sequence[Example]) -> dict[str, dict[str, float]]:
    """For each activity the signs that its texts have most of, weighed by rarity, as a vector of length 1."""
    table = Table([frozenset(s for s in example.signs if s.startswith(_TELLING)) for example in examples])
    names = list(table.columns)
    rows: dict[str, list[int]] = defaultdict(list)
    for row, example in enumerate(examples):
        for activity in example.activities:
            rows[activity].append(row)
    found = {}
    for activity, here in sorted(rows.items()):
        mean = np.asarray(table.cells[here].sum(axis=0)).ravel() / (len(here) + PRIOR)
        best = [i for i in np.argsort(-mean, kind="stable")[:SIGNS] if mean[i] > 0]
        length = float(np.sqrt((mean[best] ** 2).sum())) or 1.0
        found[activity] = {names[i]: float(mean[i] / length * table.scale[i] * SCALE / 10) for i in best}
    return found


def common_words() -> list[str]:
    """The English words that as many labelled texts have as make a sign."""
    seen = Counter(chain.from_iterable(set(english_words(each.text)) for each in training.labelled()))
    return sorted(word for word, count in seen.items() if count >= SEEN)


def write(name: str, lines: Iterable[str]) -> None:
    """Write the lines of one data file."""
    (DATA / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def main() -> None:
    """Learn, tell how well, and write."""
    # First, for they decide what is put right in the texts that are learnt from.
    write(WORDS, common_words())
    engine = open_engine(None, ROOT / ".cache" / "index")
    known = list(examples(engine))
    topics = [example.topic for example in known]
    counts = np.array([example.counts for example in known])
    table = Table([example.signs for example in known])
    if "--check" in sys.argv:
        print(f"{len(known)} texts; kind told right when left out: {checked(table, topics, counts):.3f}")  # noqa: T201
    fitted = fit(table.cells, topics, counts)
    weights = np.array([each[0] for each in fitted.values()])
    tenths = np.where(np.abs(weights) >= LEAST, np.rint(weights * table.scale / TENTH), 0).astype(int)
    rows = {s: [f"{j}={tenths[j, i]}" for j in np.flatnonzero(tenths[:, i])] for s, i in table.columns.items()}
    write(BY_TOPIC, ("\t".join([sign, *cells]) for sign, cells in sorted(rows.items()) if cells))
    near = by_activity(known)
    thousandths = {id_: [f"{s}={round(w / THOUSANDTH)}" for s, w in found.items()] for id_, found in near.items()}
    write(BY_ACTIVITY, ("\t".join([id_, *cells]) for id_, cells in thousandths.items()))
    listed = [
        {"kind": topic.partition(" ")[0], "domain": topic.partition(" ")[2], "bias": round(bias, 3)}
        for topic, (_, bias) in fitted.items()
    ]
    settings = yaml.safe_dump({"day": DEFAULT_DAY.isoformat(), "topics": listed}, sort_keys=False)
    write(SETTINGS, [_HEADER + settings.strip()])
    print(f"{len(known)} texts, {len(fitted)} topics, {len(near)} activities")  # noqa: T201


if __name__ == "__main__":
    main()
