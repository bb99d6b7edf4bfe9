"""Fit the weights by which labels are told to name the investor's own business: `make weigh`.

Reads the labelled words of the tuning cases (training/mentions.yaml) and of the texts marked for this
(training/marked-*.txt, and training/pairs.txt, labels drawn two by two, neither of which makes the other somebody
else's), prints how well the words of texts left out of the fit are told, and writes
negative_list/data/weights.yaml.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

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

ROOT = Path(__file__).parent.parent
TRAINING = ROOT / "training"
WEIGHTS = ROOT / "negative_list" / "data" / "weights.yaml"
# How strongly weights are held near nothing: the inverse of scikit-learn's regularisation, chosen by texts left out.
STRENGTH = 0.3
# Signs that weigh less say nothing.
LEAST = 0.02
FOLDS = 10
HEADER = """\
# How much each sign beside a label speaks for ("+") or against ("-") its naming the investor's own business; signs not
# held weigh nothing. Fitted by `make weigh` to the labelled texts of training/: change those, not this file.
"""
# {words|role}: o own, p part, x excluded, c somebody else's, f what a thing is for or about, m misread.
MARK = re.compile(r"\{([^{}|]+)\|([opxcfm])\}")

# Words of a text that are labelled: where they start and end, and whether they name the investor's own business.
Spans = list[tuple[int, int, bool]]


def spans(text: str, mentions: list[list[str]]) -> Spans:
    """Where labelled words stand in a text; they come in the order of the text."""
    found: Spans = []
    end = 0
    for words, role in mentions:
        start = text.index(words, end)
        end = start + len(words)
        found.append((start, end, role == "own"))
    return found


def unmarked(line: str) -> tuple[str, Spans]:
    """A marked text without its marks, and where the marked words stand."""
    text, found = "", Spans()
    for index, piece in enumerate(MARK.split(line)):
        if index % 3 == 1:
            start, words = len(text), piece
        if index % 3 == 2:
            found.append((start, start + len(words), piece == "o"))
        else:
            text += piece
    return text, found


def texts() -> Iterator[tuple[str, Mapping[str, Any], Spans]]:
    """Every labelled text with a name, the fields of its proposal, and its labelled words."""
    mentions = yaml.safe_load((TRAINING / "mentions.yaml").read_text(encoding="utf-8"))
    for case in cases(ROOT / "tests" / "cases"):
        if case.part == "tuning" and case.id in mentions:
            yield case.id, fields_of(case), spans(case.text, mentions[case.id])
    for path in (*sorted(TRAINING.glob("marked-*.txt")), TRAINING / "pairs.txt"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            text, found = unmarked(line)
            yield f"{path.name}:{number}", {"activity": text}, found


def described(engine: Engine, reading: Reading) -> Iterator[tuple[Hit, list[str]]]:
    """The signs of each label, and of each trade word among the labels, as recognition asks for them."""
    recogniser, spotted = engine.recogniser, reading.scan.of("labels")
    yield from recogniser.mentions.described(reading, spotted)
    if trades := recogniser.trades_in(reading):
        both = recogniser.mentions.described(reading, in_order(spotted, trades))
        yield from ((hit, signs) for hit, signs in both if hit in trades)


def examples(engine: Engine) -> Iterator[tuple[str, list[str], bool]]:
    """The signs of each label that overlaps labelled words by half, with the text's name, and whether it is own."""
    for name, fields, known in texts():
        reading = engine.reader.read(fields, DEFAULT_DAY)
        for hit, signs in described(engine, reading):
            start, end = reading.parts[hit.first].start, reading.parts[hit.after - 1].end
            shared, own = max(((min(end, b) - max(start, a), own) for a, b, own in known), default=(0, False))
            if hit.value[0] != "off_topic" and 2 * shared >= end - start:
                yield name, signs, own


def main() -> None:
    """Fit, tell how well, and write."""
    with tempfile.TemporaryDirectory() as index:
        engine = Engine(load(), Path(index))
        groups, signs, own = zip(*examples(engine), strict=True)
    vectorizer = DictVectorizer()
    table, target = vectorizer.fit_transform([dict.fromkeys(row, 1.0) for row in signs]), np.array(own)
    # The sign "bias" stands for the intercept.
    model = LogisticRegression(C=STRENGTH, fit_intercept=False, max_iter=1000)
    guessed = np.zeros(len(target))
    for fit, left_out in GroupKFold(FOLDS).split(table, target, groups):
        guessed[left_out] = model.fit(table[fit], target[fit]).predict_proba(table[left_out])[:, 1]
    print(f"{len(target)} mentions; told right when left out: {np.mean((guessed >= 0.5) == target):.3f}")  # noqa: T201
    weights = model.fit(table, target).coef_[0]
    named = zip(vectorizer.get_feature_names_out(), weights, strict=True)
    held = {name: round(float(weight), 3) for name, weight in named if abs(weight) >= LEAST}
    text = yaml.safe_dump({"weights": held}, allow_unicode=True, width=10_000)
    WEIGHTS.write_text(HEADER + text, encoding="utf-8")


if __name__ == "__main__":
    main()
