"""What type-ahead takes for labels typed letter by letter, beside a comparison with every label in turn."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Sequence

from rapidfuzz import fuzz, process

from negative_list.determination import Engine
from negative_list.suggesting import Suggester, labels_of
from negative_list.text import fold

LABELS = 60
# The comparison is slow, so fewer beginnings show what it takes.
COMPARED = 40
SHOWN = 10


def times(work: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """What a call takes for each text, in milliseconds of this thread."""
    found = []
    for text in texts:
        start = time.thread_time()
        work(text)
        found.append(1000 * (time.thread_time() - start))
    return found


def typed(engine: Engine) -> dict[str, list[str]]:
    """Beginnings of every length: of labels, of their pinyin, and of labels with two letters exchanged."""
    from pypinyin import lazy_pinyin

    drawn = random.Random(4)
    items = drawn.sample([*engine.catalogue.named_activities, *engine.catalogue.places.values()], LABELS)
    labels = [label for item in items for label in drawn.sample(labels_of(item), min(3, len(labels_of(item))))]
    english = [label for label in labels if label.isascii() and len(label) > 6]
    spelt = {
        "labels": labels,
        "pinyin": ["".join(lazy_pinyin(label)) for label in labels if not label.isascii()],
        "slips": [label[:2] + label[3] + label[2] + label[4:] for label in english],
    }
    return {name: [text[:size] for text in texts for size in range(1, min(64, len(text)) + 1)]
            for name, texts in spelt.items()}


def suggestions(engine: Engine) -> None:
    """Print median and 99th percentile, and the ratio to comparing each label with rapidfuzz."""
    start = time.thread_time()
    Suggester.of(engine.catalogue)
    made = time.thread_time() - start
    labels = [fold(label) for item in engine.catalogue.named_activities for label in labels_of(item)]
    beginnings = typed(engine)
    sample = random.Random(5).sample(beginnings["labels"], COMPARED)
    baseline = statistics.median(
        times(lambda text: process.extract(fold(text), labels, scorer=fuzz.partial_ratio, limit=SHOWN), sample)
    )
    print(f"\nsuggestions: prepared once in {made:.1f} s; comparing {len(labels)} labels in turn: {baseline:.1f} ms")
    print(f"  {'':<10}{'texts':>8}{'median':>10}{'p99':>10}{'ratio':>10}")
    for name, texts in beginnings.items():
        figures = times(lambda text: engine.suggester.suggest(text, SHOWN), texts)
        median, last = statistics.median(figures), statistics.quantiles(figures, n=100)[-1]
        print(f"  {name:<10}{len(texts):>8}{median:>7.2f} ms{last:>7.2f} ms{median / baseline:>10.4f}")
