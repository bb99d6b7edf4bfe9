"""Fit the weights by which the sentences of a long message are told to tell the proposal: `make passages`.

Reads the messages of training/messages-*.txt, of which every line is marked, prints how well the sentences of messages
left out of the fit are told, and writes negative_list/data/passages.yaml.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import GroupKFold

from negative_list.determination import Engine
from negative_list.keeping import open_engine
from negative_list.passages import described, sentences
from tools.training import Message, labelled, messages

ROOT = Path(__file__).parent.parent
WEIGHTS = ROOT / "negative_list" / "data" / "passages.yaml"
# How strongly weights are held near nothing, chosen by messages left out.
STRENGTH = 0.3
# Signs that weigh less, or that fewer sentences have, say nothing.
LEAST = 0.05
SEEN = 3
FOLDS = 5
# So many short proposals make one of so many messages in each script, whose sentences count for so much.
EACH, TOGETHER, COUNTED = 7, 200, 0.1
HEADER = """\
# How much each sign of a sentence in a long message speaks for ("+") or against ("-") its telling the business that is
# proposed, and its doing so or stating facts of the proposal; signs not held weigh nothing. Fitted by `make passages`
# to the marked messages of training/: change those, not this file.
"""


class Sentence(NamedTuple):
    """A sentence of a message with its signs, whether it tells the business, and whether it does or states facts.

    It counts for so many.
    """

    message: str
    signs: list[str]
    tells: bool
    states: bool
    counts: float = 1.0


def examples(engine: Engine) -> Iterator[Sentence]:
    """The sentences of every message, once with its lines apart and once with all of them in one paragraph.

    Short proposals put together are messages too, of which every sentence tells a business.
    """
    for message in messages():
        for joint in ("\n", message.joint):
            yield from _sentences(engine, message, joint)
    drawn = random.Random(0)  # noqa: S311 - the same ones each time
    texts = [told.text for told in labelled() if told.activities]
    for written in ([text for text in texts if text.isascii()], [text for text in texts if not text.isascii()]):
        for _ in range(TOGETHER):
            together = drawn.sample(written, EACH)
            for _, signs in _signs(engine, " ".join(f"{text.rstrip('.。')}." for text in together)):
                yield Sentence(together[0], signs, True, True, COUNTED)


def _sentences(engine: Engine, message: Message, joint: str) -> Iterator[Sentence]:
    marks = "".join(mark * len(line + joint) for mark, line in message.lines)
    for starts, signs in _signs(engine, joint.join(line for _, line in message.lines)):
        mark, _ = Counter(marks[start] for start in starts).most_common(1)[0]
        yield Sentence(message.name, signs, mark == "+", mark in "+f")


def _signs(engine: Engine, text: str) -> Iterator[tuple[list[int], list[str]]]:
    """Of each sentence of a text where its tokens begin, and its signs."""
    written = engine.reader.written(text)
    spans = sentences(text, written.parts, written.scan.covered("polite"))
    for span, signs in zip(spans, described(written.parts, written.scan, spans, engine.kinds), strict=True):
        yield [written.parts[index].start for index in span], signs


def main() -> None:
    """Fit, tell how well, and write."""
    engine = open_engine(None, ROOT / ".cache" / "index")
    found = list(examples(engine))
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([dict.fromkeys(each.signs, 1.0) for each in found]).tocsr()
    seen = np.flatnonzero(table.getnnz(axis=0) >= SEEN)
    table, messages_of = table[:, seen], [each.message for each in found]
    counts = np.array([each.counts for each in found])
    weights = []
    for what in ("tells", "states"):
        known = np.array([getattr(each, what) for each in found])
        model = LogisticRegression(C=STRENGTH, fit_intercept=False, max_iter=2000)
        logits = np.zeros(len(found))
        for fit, left_out in GroupKFold(FOLDS).split(table, known, messages_of):
            logits[left_out] = model.fit(table[fit], known[fit], counts[fit]).decision_function(table[left_out])
        whole = counts == 1
        precise = average_precision_score(known[whole], logits[whole])
        right = np.mean((logits > 0)[whole] == known[whole])
        print(f"{what}: {len(found)} sentences; left out: right {right:.3f}, average precision {precise:.3f}")  # noqa: T201
        weights.append(model.fit(table, known, counts).coef_[0])
    held = {
        str(name): [round(float(weight), 3) for weight in both]
        for name, *both in zip(vectorizer.get_feature_names_out()[seen], *weights, strict=True)
        if max(map(abs, both)) >= LEAST
    }
    text = yaml.safe_dump({"weights": held}, allow_unicode=True, width=10_000, default_flow_style=None)
    WEIGHTS.write_text(HEADER + text, encoding="utf-8")


if __name__ == "__main__":
    main()
