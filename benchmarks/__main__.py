"""Print a table of medians: `make bench`.

The baseline is one plain full-text search over the list entries for the same text, which is the least that any
answer needs. Times depend on the machine; the ratios are what to compare.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from negative_list.catalogue import load
from negative_list.determination import Engine
from negative_list.evaluation import DEFAULT_DAY, cases
from negative_list.presentation import Presenter
from service.app import create_app
from service.settings import Settings

ROUNDS = 3
SAMPLE = 200


def median_of(work: Callable[[str], object], texts: Iterable[str]) -> float:
    """The median time of one call in milliseconds, over all texts, after one round to warm up."""
    held = list(texts)
    for text in held:
        work(text)
    times = []
    for _ in range(ROUNDS):
        for text in held:
            start = time.perf_counter()
            work(text)
            times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def main() -> None:
    """Measure and print."""
    texts = [case.text for case in cases(Path("tests/cases"))]
    texts = random.Random(1).sample(texts, min(SAMPLE, len(texts)))
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        catalogue = load()
        loaded = time.perf_counter()
        engine = Engine(catalogue, Path(folder))
        built = time.perf_counter()
        Engine(catalogue, Path(folder))
        opened = time.perf_counter()
        presenter = Presenter(catalogue, "en")
        client = create_app(Settings(index=Path(folder), log_level="error")).test_client()

        def determine(text: str) -> object:
            return engine.determine({"activity": text}, DEFAULT_DAY)

        rows = {
            "search over entries (baseline)": lambda text: engine.index.entries(text),
            "determination": determine,
            "determination as JSON": lambda text: presenter.determination(determine(text)),
            "POST /v1/determinations": lambda text: client.post("/v1/determinations", json={"activity": text}).data,
        }
        figures = {name: median_of(work, texts) for name, work in rows.items()}
    baseline = figures["search over entries (baseline)"]
    print(f"{len(texts)} texts, median of {ROUNDS} rounds")
    print(f"{'':<34}{'ms':>8}{'ratio':>8}")
    for name, figure in figures.items():
        print(f"{name:<34}{figure:>8.3f}{figure / baseline:>8.2f}")
    print(f"load {loaded - start:.2f} s, engine {opened - built:.2f} s; the index was built in {built - loaded:.2f} s")


if __name__ == "__main__":
    main()
