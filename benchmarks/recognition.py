"""Print what reading and recognising a text takes, step by step, and how long a start takes.

The baseline is one plain Whoosh search over the list entries for the same text. Nothing is remembered between two
texts: what folds characters and stems words forgets them before each call, for the baseline as well. All is measured
on one core. Times depend on the machine; the ratios are what to compare.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any, cast

from negative_list import text as cutting
from negative_list.catalogue import load
from negative_list.determination import Engine
from negative_list.evaluation import DEFAULT_DAY, cases
from negative_list.ranking import Ranked, Ranker
from negative_list.recognition import Recogniser
from negative_list.text import tokens
from negative_list.vocabulary import Vocabulary

ROUNDS = 3
SAMPLE = 30
LENGTHS = (200, 2_000)
KINDS = ("English", "Chinese", "mixed")
STARTS = 5
BASELINE = "search over entries (baseline)"
STEPS = ("fold and cut", "spelling", "spotting", "facts", "sorting by context", "ranking")
START = """
import sys
from pathlib import Path
from service.app import create_app
from service.settings import Settings
create_app(Settings(index=Path(sys.argv[1]), log_level="error"))
print("ready", flush=True)
"""


class TimedRanker:
    """A ranker that adds up the time it takes."""

    def __init__(self, ranker: Ranker) -> None:
        self._ranker = ranker
        self.taken = 0.0

    def rank(self, wanted: Collection[str]) -> list[Ranked]:
        """As the ranker does."""
        return self._timed(self._ranker.rank, wanted)

    def whole(self, wanted: Collection[str]) -> list[tuple[str, frozenset[str]]]:
        """As the ranker does."""
        return self._timed(self._ranker.whole, wanted)

    def prefer(self, candidates: Iterable[str], wanted: Collection[str]) -> tuple[str, int] | None:
        """As the ranker does."""
        return self._timed(self._ranker.prefer, candidates, wanted)

    def _timed(self, work: Callable[..., Any], *arguments: Any) -> Any:
        start = time.perf_counter()
        found = work(*arguments)
        self.taken += time.perf_counter() - start
        return found


class Steps:
    """Times the steps of one text one after the other."""

    def __init__(self, engine: Engine, vocabulary: Vocabulary) -> None:
        self._engine = engine
        self._vocabulary = vocabulary
        self._ranker = TimedRanker(vocabulary.ranker)
        self._recogniser = Recogniser(engine.catalogue, cast(Ranker, self._ranker))

    def of(self, text: str) -> dict[str, float]:
        """The time of the baseline, of the whole, and of each step, in milliseconds.

        Facts are what reading takes beyond the three steps before it, sorting what recognising takes beyond ranking.
        """
        found: dict[str, float] = {}

        def timed(name: str, work: Callable[..., Any], *arguments: Any) -> Any:
            start = time.perf_counter()
            result = work(*arguments)
            found[name] = 1000 * (time.perf_counter() - start)
            return result

        forget()
        timed(BASELINE, self._engine.index.entries, text)
        forget()
        parts = timed("fold and cut", tokens, text)
        timed("spelling", self._vocabulary.speller.corrected, parts)
        parts = self._vocabulary.speller.corrected(parts)
        timed("spotting", self._vocabulary.lexicon.scan, parts)
        forget()
        reading = timed("read", self._engine.reader.read, {"activity": text}, DEFAULT_DAY)
        self._ranker.taken = 0.0
        timed("recognise", self._recogniser.recognise, reading)
        found["ranking"] = 1000 * self._ranker.taken
        found["sorting by context"] = found["recognise"] - found["ranking"]
        found["facts"] = max(0.0, found["read"] - sum(found[step] for step in STEPS[:3]))
        found["whole"] = found.pop("read") + found.pop("recognise")
        return found


def forget() -> None:
    """Empty what remembers characters and words from one text to the next."""
    for name in ("stem", "_fold_character"):
        getattr(cutting, name).cache_clear()


def drawn(texts: list[str], length: int) -> list[str]:
    """Texts of about one length: labelled texts joined, and cut after a whole word or character."""
    found = []
    order = random.Random(length)
    for _ in range(SAMPLE):
        joined = ""
        while len(joined) < length:
            joined += f"{order.choice(texts)} "
        cut = joined[:length]
        found.append(cut if not cut[-1].isascii() else cut.rpartition(" ")[0] or cut)
    return found


def measure(steps: Steps, texts: Iterable[str]) -> dict[str, float]:
    """The medians over some texts, after one round to warm up."""
    times: dict[str, list[float]] = defaultdict(list)
    held = list(texts)
    for text in held:
        steps.of(text)
    for _ in range(ROUNDS):
        for text in held:
            for name, taken in steps.of(text).items():
                times[name].append(taken)
    return {name: statistics.median(taken) for name, taken in times.items()}


def seconds_to_start(folder: Path) -> float:
    """The median time from the start of a process until the service in it is ready, its index being built."""
    times = []
    # The first start builds the index and is not counted.
    for _ in range(STARTS + 1):
        start = time.perf_counter()
        with subprocess.Popen([sys.executable, "-c", START, str(folder)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            ready = process.stdout.readline()
            times.append(time.perf_counter() - start)
        if ready != b"ready\n":
            raise RuntimeError("The service did not start.")
    return statistics.median(times[1:])


def main() -> None:
    """Measure and print."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    tuning = [case for case in cases(Path("tests/cases")) if case.part == "tuning"]
    english, chinese = ([case.text for case in tuning if case.lang == lang] for lang in ("en", "zh"))
    texts = dict(zip(KINDS, (english, chinese, [*english, *chinese]), strict=True))
    with tempfile.TemporaryDirectory() as folder:
        catalogue = load()
        vocabulary = Vocabulary.of(catalogue)
        steps = Steps(Engine(catalogue, Path(folder), vocabulary), vocabulary)
        print(f"reading and recognising, {SAMPLE} texts of each kind, median of {ROUNDS} rounds, shares of the whole")
        for length in LENGTHS:
            figures = {kind: measure(steps, drawn(own, length)) for kind, own in texts.items()}
            print(f"{f'{length:,} characters':<34}" + "".join(f"{kind:>10}" for kind in KINDS))
            for name in (BASELINE, "whole"):
                print(f"{name + ', ms':<34}" + "".join(f"{figures[kind][name]:>10.3f}" for kind in KINDS))
            ratios = [figures[kind]["whole"] / figures[kind][BASELINE] for kind in KINDS]
            print(f"{'whole, ratio to the baseline':<34}" + "".join(f"{ratio:>10.2f}" for ratio in ratios))
            for name in STEPS:
                total = {kind: sum(figures[kind][step] for step in STEPS) for kind in KINDS}
                print(f"  {name:<32}" + "".join(f"{figures[kind][name] / total[kind]:>10.1%}" for kind in KINDS))
        print(f"start to ready, median of {STARTS}: {seconds_to_start(Path(folder)):.2f} s")


if __name__ == "__main__":
    main()
