"""Fit the weights by which labels are told to name the investor's own business: `make weigh`.

Reads the labelled words of the tuning cases (training/mentions.yaml) and of the texts marked for this
(training/marked-*.txt, and training/pairs.txt, labels drawn two by two, neither of which makes the other somebody
else's), and the texts of which the whole is labelled (training/texts-*.tsv) as far as that tells whose the words in
them are, prints how well the words of texts left out of the fit are told, and writes negative_list/data/weights.yaml.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from negative_list.catalogue import load
from negative_list.context import Hit
from negative_list.determination import Engine
from negative_list.evaluation import DEFAULT_DAY, cases, fields_of
from negative_list.proposal import Reading
from negative_list.recognition import in_order
from negative_list.rivals import MEASURES, measured
from tools.training import TRAINING, Labelled, Spans, labelled, marked

ROOT = Path(__file__).parent.parent
WEIGHTS = ROOT / "negative_list" / "data" / "weights.yaml"
# How strongly weights are held near nothing: the inverse of scikit-learn's regularisation, chosen by texts left out.
STRENGTH, SECOND_STRENGTH = 1.0, 10.0
# What a label of a text counts where only the text as a whole is labelled, beside one of marked words.
BY_WHOLE = 0.5
# Signs that weigh less, or that fewer labels have, say nothing.
LEAST = 0.05
SEEN = 2
FOLDS = 5
HEADER = """\
# How much each sign beside a label speaks for ("+") or against ("-") its naming the investor's own business, signs not
# held weighing nothing; and what comes of that sum beside those of the other labels of a text (`rivalry`). Fitted by
# `make weigh` to the labelled texts of training/: change those, not this file.
"""
def spans(text: str, mentions: list[list[str]]) -> Spans:
    """Where labelled words stand in a text; they come in the order of the text."""
    found: Spans = []
    end = 0
    for words, role in mentions:
        start = text.index(words, end)
        end = start + len(words)
        found.append((start, end, role == "own"))
    return found


def texts() -> Iterator[tuple[str, Mapping[str, Any], Spans]]:
    """Every labelled text with a name, the fields of its proposal, and its labelled words."""
    mentions = yaml.safe_load((TRAINING / "mentions.yaml").read_text(encoding="utf-8"))
    for case in cases(ROOT / "tests" / "cases"):
        if case.part == "tuning" and case.id in mentions:
            yield case.id, fields_of(case), spans(case.text, mentions[case.id])
    for name, text, found in chain(marked(), marked("pairs.txt")):
        yield name, {"activity": text}, found


class Named(NamedTuple):
    """The labels of one text with their signs, of those that are told apart whether they are the own business, and for
    how many such a label counts.
    """

    text: str
    signs: dict[Hit, list[str]]
    own: dict[Hit, bool]
    counts: float = 1.0


def examples(engine: Engine) -> Iterator[Named]:
    """Every text as recognition looks at it, and once more where trade words stand among its labels."""
    recogniser = engine.recogniser
    for name, fields, known in texts():
        reading = engine.reader.read(fields, DEFAULT_DAY)
        spotted, trades = reading.scan.of("labels"), recogniser.trades_in(reading)
        passes = [(spotted, spotted), (in_order(spotted, trades), trades)]
        for hits, asked in passes if trades else passes[:1]:
            own = {hit: own for hit in asked if (own := _own(reading, hit, known)) is not None}
            yield Named(name, dict(recogniser.mentions.described(reading, hits)), own)
    for told in labelled():
        reading = engine.reader.read({"activity": told.text}, DEFAULT_DAY)
        spotted = reading.scan.of("labels")
        if own := _own_by_whole(engine, told, spotted):
            yield Named(told.name, dict(recogniser.mentions.described(reading, spotted)), own, BY_WHOLE)


def _own_by_whole(engine: Engine, told: Labelled, spotted: Iterable[Hit]) -> dict[Hit, bool]:
    """Of labels in a text of which the whole is labelled, whether they name the own business, where that is certain.

    A label of an activity that the text is about names it; one of a stricter activity, or in a text about no business,
    does not. A vague word with none of the text's activities among its readings means something else.
    """
    strictest = max(map(engine.kinds.__getitem__, told.activities), default=None)
    terms = {term.id: term for term in engine.catalogue.ambiguous}
    found: dict[Hit, bool] = {}
    for hit in spotted:
        kind, id_ = hit.value
        if kind == "activity" and (id_ in told.activities or told.none == "off"):
            found[hit] = id_ in told.activities
        elif kind == "activity" and strictest is not None and engine.kinds[id_] > strictest:
            found[hit] = False
        elif kind == "ambiguous" and told.activities:
            found[hit] = not set(told.activities).isdisjoint(terms[id_].candidates)
    return found


def _own(reading: Reading, hit: Hit, known: Spans) -> bool | None:
    """Whether a label names the own business; None where it does not lie by half in labelled words."""
    start, end = reading.parts[hit.first].start, reading.parts[hit.after - 1].end
    shared, own = max(((min(end, b) - max(start, a), own) for a, b, own in known), default=(0, False))
    return own if hit.value[0] != "off_topic" and 2 * shared >= end - start else None


class Fit(NamedTuple):
    """The weights of signs and of measures, and the logits of every label by each when its text is left out."""

    weights: dict[str, float]
    rivalry: dict[str, float]
    by_signs: np.ndarray
    settled: np.ndarray


def fitted(named: list[Named], known: np.ndarray) -> Fit:
    """Fit signs and measures to texts; `known` tells of each of their labels whether it is own, -1 where none knows."""
    every = [(each, hit) for each in named for hit in each.signs]
    texts_of = np.array([each.text for each, _ in every])
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([dict.fromkeys(each.signs[hit], 1.0) for each, hit in every]).tocsr()
    seen = np.flatnonzero(table.getnnz(axis=0) >= SEEN)
    table = table[:, seen]
    counts = np.array([each.counts for each, _ in every])
    weights, by_signs = _fit(table, known, texts_of, counts, STRENGTH)
    told = iter(by_signs)
    measures = [values for each in named for _, values in measured({hit: next(told) for hit in each.signs})]
    rivalry, settled = _fit(np.array(measures), known, texts_of, counts, SECOND_STRENGTH)
    names = vectorizer.get_feature_names_out()[seen]
    return Fit(dict(zip(names, weights, strict=True)), dict(zip(MEASURES, rivalry, strict=True)), by_signs, settled)


def known_of(named: list[Named]) -> np.ndarray:
    """Of each label whether it is own, -1 where none knows."""
    return np.array([each.own.get(hit, -1) for each in named for hit in each.signs])


def own_left_out(engine: Engine) -> dict[str, dict[Hit, float]]:
    """For each text how likely its labels are the own business by weights to which it did not contribute."""
    named = list(examples(engine))
    told = iter(1 / (1 + np.exp(-fitted(named, known_of(named)).settled)))
    found: dict[str, dict[Hit, float]] = {}
    for each in named:
        # A text comes a second time where trade words stand among its labels.
        own = {hit: float(next(told)) for hit in each.signs}
        found.setdefault(each.text, own)
    return found


def main() -> None:
    """Fit, tell how well, and write."""
    with tempfile.TemporaryDirectory() as index:
        named = list(examples(Engine(load(), Path(index))))
    known = known_of(named)
    fit, asked = fitted(named, known), known >= 0
    by_signs, settled = [np.mean((logits[asked] > 0) == known[asked]) for logits in (fit.by_signs, fit.settled)]
    print(f"{asked.sum()} labels; told right when left out: {by_signs:.3f} by signs, {settled:.3f} in the end")  # noqa: T201
    text = yaml.safe_dump(
        {
            "rivalry": {name: round(weight, 3) for name, weight in fit.rivalry.items()},
            "weights": {name: round(weight, 3) for name, weight in fit.weights.items() if abs(weight) >= LEAST},
        },
        allow_unicode=True,
        width=10_000,
    )
    WEIGHTS.write_text(HEADER + text, encoding="utf-8")


def _fit(
    table: Any, known: np.ndarray, groups: np.ndarray, counts: np.ndarray, strength: float
) -> tuple[list[float], np.ndarray]:
    """The weights of the columns, and the logit of each row by weights to which its text did not contribute."""
    # The signs "bias" stand for the intercept.
    model = LogisticRegression(C=strength, fit_intercept=False, max_iter=2000)
    logits = np.zeros(len(known))
    for fit, left_out in GroupKFold(FOLDS).split(table, known, groups):
        fit = fit[known[fit] >= 0]
        logits[left_out] = model.fit(table[fit], known[fit], counts[fit]).decision_function(table[left_out])
    asked = known >= 0
    return model.fit(table[asked], known[asked], counts[asked]).coef_[0].tolist(), logits


if __name__ == "__main__":
    main()
