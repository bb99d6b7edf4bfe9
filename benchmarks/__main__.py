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

from benchmarks import batch, starting
from benchmarks.suggest import suggestions
from negative_list.catalogue import load
from negative_list.determination import Engine
from negative_list.evaluation import DEFAULT_DAY, cases
from negative_list.keeping import open_engine
from negative_list.presentation import Presenter
from negative_list.recognition import Recogniser
from negative_list.text import tokens
from negative_list.vocabulary import Vocabulary
from service.app import create_app
from service.settings import Settings

ROUNDS = 3
SAMPLE = 200
# Lengths, in characters, of the texts that recognition is measured with, and of what proposals come near to them.
LENGTHS = {200: range(170, 231), 2_000: range(1_500, 2_001)}


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


def of_about(texts: list[str], lengths: range) -> list[str]:
    """The labelled cases of about one length, each of one proposal as it was written."""
    return [text for text in texts if len(text) in lengths]


def of_length(texts: list[str], length: int, count: int = 40) -> list[str]:
    """Texts of one length, each made of several labelled cases, which hold more labels and facts than one has."""
    shuffled = random.Random(2)
    return [" ".join(shuffled.sample(texts, 100))[:length] for _ in range(count)]


def recognition(engine: Engine, vocabulary: Vocabulary, drawn: list[str], what: str) -> None:
    """Print what reading and recognising texts take, step by step, nothing being remembered."""
    baseline = median_of(engine.index.entries, drawn)
    gist = vocabulary.gist
    recogniser = Recogniser(engine.catalogue, vocabulary.ranker, gist)
    cut = {text: tokens(text) for text in drawn}
    read = {text: engine.reader.read({"activity": text}, DEFAULT_DAY) for text in drawn}
    steps = {
        "fold and cut": median_of(tokens, drawn),
        "put right": median_of(lambda text: vocabulary.speller.corrected(cut[text]), drawn),
        "spot": median_of(lambda text: vocabulary.lexicon.scan(cut[text]), drawn),
    }
    reading = median_of(lambda text: engine.reader.read({"activity": text}, DEFAULT_DAY), drawn)
    steps["read facts"] = max(0.0, reading - sum(steps.values()))
    whole = median_of(lambda text: gist.likely(engine.recogniser.signs(read[text])), drawn)
    steps["sort and rank"] = max(0.0, median_of(lambda text: recogniser.recognise(read[text]), drawn) - whole)
    steps["hear the whole"] = whole
    total = sum(steps.values())
    print(f"\nrecognition of {what}: {total:.2f} ms, {total / baseline:.2f} of a search over entries")
    for name, figure in steps.items():
        print(f"  {name:<32}{figure:>8.3f}{figure / total:>8.0%}")


def main() -> None:
    """Measure and print."""
    texts = [case.text for case in cases(Path("tests/cases"))]
    texts = random.Random(1).sample(texts, min(SAMPLE, len(texts)))
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder)
        start = time.perf_counter()
        catalogue = load()
        loaded = time.perf_counter()
        engine = open_engine(None, index)
        built = time.perf_counter()
        open_engine(None, index)
        opened = time.perf_counter()
        vocabulary = Vocabulary.of(catalogue)
        presenter = Presenter(catalogue, "en")
        client = create_app(Settings(index=Path(folder), log_level="error")).test_client()

        def determine(text: str) -> object:
            return engine.determine({"activity": text}, DEFAULT_DAY)

        rows = {
            "search over entries (baseline)": lambda text: engine.index.entries(text),
            "determination": determine,
            "determination as JSON": lambda text: presenter.determination(determine(text)),
            "POST /v1/determinations": lambda text: client.post("/v1/determinations", json={"activity": text}).data,
            "GET / (the first page)": lambda _: client.get("/").data,
            "POST /check (the page of an answer)": lambda text: client.post("/check", data={"activity": text}).data,
        }
        figures = {name: median_of(work, texts) for name, work in rows.items()}
        batched = batch.measure(client, texts)
        ready = starting.seconds(index)
    baseline = figures["search over entries (baseline)"]
    print(f"{len(texts)} texts, median of {ROUNDS} rounds")
    print(f"{'':<36}{'ms':>8}{'ratio':>8}")
    for name, figure in figures.items():
        print(f"{name:<36}{figure:>8.3f}{figure / baseline:>8.2f}")
    times = (loaded - start, built - loaded, opened - built)
    print("\nload {:.2f} s; load and build the index {:.2f} s; open {:.2f} s".format(*times))
    print(f"start to ready with the index built: {ready:.2f} s")
    print(batched)
    labelled = [case.text for case in cases(Path("tests/cases"))]
    for length, near in LENGTHS.items():
        recognition(engine, vocabulary, of_about(labelled, near), f"one proposal of about {length} characters")
        recognition(engine, vocabulary, of_length(labelled, length), f"several proposals, {length} characters together")
    suggestions(engine)


if __name__ == "__main__":
    main()
