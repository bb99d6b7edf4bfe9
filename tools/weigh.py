"""Fit the weights by which labels are told to name the investor's own business: `make weigh`.

Reads the labelled mentions of training/mentions.yaml in the texts of the tuning cases, prints how well mentions of texts
left out of the fit are told, and writes negative_list/data/weights.yaml.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from negative_list.catalogue import load
from negative_list.determination import Engine
from negative_list.evaluation import Case, cases, reading_of

ROOT = Path(__file__).parent.parent
MENTIONS = ROOT / "training" / "mentions.yaml"
WEIGHTS = ROOT / "negative_list" / "data" / "weights.yaml"
# How strongly weights are held near nothing: the inverse of scikit-learn's regularisation, chosen by texts left out.
STRENGTH = 0.3
# Signs that weigh less say nothing.
LEAST = 0.02
FOLDS = 10
HEADER = """\
# How much each sign beside a label speaks for ("+") or against ("-") its naming the investor's own business; signs not
# held weigh nothing. Fitted by `make weigh` to training/mentions.yaml: change that file, not this one.
"""


def spans(text: str, mentions: list[list[str]]) -> Iterator[tuple[int, int, str]]:
    """Where the labelled words stand in a text, from left to right, with what they are."""
    end = 0
    for words, role in mentions:
        start = text.index(words, end)
        end = start + len(words)
        yield start, end, role


def examples(engine: Engine, labelled: list[Case], mentions: dict[str, Any]) -> Iterator[tuple[str, list[str], bool]]:
    """The signs of each label that overlaps labelled words by half, with the case, and whether it is the own business."""
    for case in labelled:
        if case.id not in mentions:
            continue
        reading = reading_of(engine, case)
        known = list(spans(case.text, mentions[case.id]))
        for hit, signs in engine.recogniser.mentions.described(reading, reading.scan.of("labels")):
            start, end = reading.parts[hit.first].start, reading.parts[hit.after - 1].end
            shared, role = max(((min(end, b) - max(start, a), role) for a, b, role in known), default=(0, ""))
            if hit.value[0] != "off_topic" and 2 * shared >= end - start:
                yield case.id, signs, role == "own"


def main() -> None:
    """Fit, tell how well, and write."""
    with tempfile.TemporaryDirectory() as index:
        engine = Engine(load(), Path(index))
        labelled = [case for case in cases(ROOT / "tests" / "cases") if case.part == "tuning"]
        mentions = yaml.safe_load(MENTIONS.read_text(encoding="utf-8"))
        groups, signs, own = zip(*examples(engine, labelled, mentions), strict=True)
    vectorizer = DictVectorizer()
    table, target = vectorizer.fit_transform([dict.fromkeys(row, 1.0) for row in signs]), np.array(own)
    # The sign "bias" stands for the intercept.
    model = LogisticRegression(C=STRENGTH, fit_intercept=False, max_iter=1000)
    guessed = np.zeros(len(target))
    for fit, left_out in GroupKFold(FOLDS).split(table, target, groups):
        guessed[left_out] = model.fit(table[fit], target[fit]).predict_proba(table[left_out])[:, 1]
    print(f"{len(target)} mentions; told right when left out: {np.mean((guessed >= 0.5) == target):.3f}")  # noqa: T201
    weights = model.fit(table, target).coef_[0]
    held = {name: round(float(w), 3) for name, w in zip(vectorizer.get_feature_names_out(), weights) if abs(w) >= LEAST}
    text = yaml.safe_dump({"weights": held}, allow_unicode=True, width=10_000)
    WEIGHTS.write_text(HEADER + text, encoding="utf-8")


if __name__ == "__main__":
    main()
