"""The search index: built once for each state of the data, opened only when it is ours."""

from __future__ import annotations

import dataclasses
import multiprocessing
import stat
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from whoosh import index as whoosh_index

from negative_list.catalogue import Catalogue
from negative_list.determination import Engine
from negative_list.errors import IndexUnusable
from negative_list.index import SearchIndex, ensure, folder_of
from tests import held

MARKER = "negative-list-index"
SLOWEST = 2.0
ODD_QUERIES = {
    "all": "*:*",
    "prefix": "a*",
    "quote": '"',
    "fields": "labels:game OR id:cn",
    "range": "[a TO z]",
    "regex": "/.*/",
    "fuzzy": "game~99",
    "brackets": "(" * 10_000,
    "nested": "(" * 5_000 + "game" + ")" * 5_000,
    "letters": "a" * 10_000,
    "characters": "游" * 10_000,
    "words": "game " * 2_000,
    "different words": " ".join(f"word{number}" for number in range(1_500)),
    "nul": "\x00\x01\x02",
    "lone surrogate": "\ud800",
    "blank": "",
}


def few(catalogue: Catalogue) -> Catalogue:
    """A few lists of a catalogue, and its activities by their preferred labels alone: indexed in a moment."""
    return dataclasses.replace(
        catalogue,
        instruments=dict(islice(catalogue.instruments.items(), 5)),
        activities={id_: dataclasses.replace(item, alt={}, hidden={}) for id_, item in catalogue.activities.items()},
    )


@pytest.fixture(scope="module")
def catalogue(engine: Engine) -> Catalogue:
    return few(engine.catalogue)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def other_data(catalogue: Catalogue) -> Iterator[Catalogue]:
    """The same records under the digest of other data."""
    return dataclasses.replace(catalogue, digest="blake2b:" + "0" * 40)


def names(root: Path) -> set[str]:
    return {path.name for path in root.iterdir()}


def test_it_is_built_once(catalogue: Catalogue, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = ensure(catalogue, root)
    assert names(root) == {folder.name}
    monkeypatch.setattr(whoosh_index, "create_in", None)
    assert ensure(catalogue, root) == folder


def test_it_is_built_anew_for_other_data(catalogue: Catalogue, other_data: Catalogue, root: Path) -> None:
    first, second = ensure(catalogue, root), ensure(other_data, root)
    assert first != second
    assert (second / MARKER).read_text() == other_data.digest
    assert names(root) == {first.name, second.name}


def test_only_the_newest_other_index_is_kept(catalogue: Catalogue, root: Path) -> None:
    folders = [
        ensure(dataclasses.replace(catalogue, digest=f"blake2b:{number}"), root) for number in ("first", "second")
    ]
    last = ensure(catalogue, root)
    assert names(root) == {folders[1].name, last.name}


def build(root: Path, ready: Barrier) -> None:
    catalogue = few(held.engine().catalogue)
    ready.wait(60)
    SearchIndex(catalogue, root)


def test_two_processes_may_build_at_once(catalogue: Catalogue, root: Path) -> None:
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(2)
    builders = [context.Process(target=build, args=(root, ready)) for _ in range(2)]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join(120)
    assert [builder.exitcode for builder in builders] == [0, 0]
    assert names(root) == {folder_of(catalogue.digest, root).name}


def test_an_index_of_other_data_is_refused(catalogue: Catalogue, root: Path) -> None:
    (ensure(catalogue, root) / MARKER).write_text("blake2b:of-something-else")
    with pytest.raises(IndexUnusable, match="other data"):
        SearchIndex(catalogue, root)


@pytest.mark.parametrize("which", ["folder", "file"])
def test_what_others_can_write_is_refused(catalogue: Catalogue, root: Path, which: str) -> None:
    folder = ensure(catalogue, root)
    path = folder if which == "folder" else next(path for path in folder.iterdir() if path.name != MARKER)
    path.chmod(path.stat().st_mode | stat.S_IWOTH)
    with pytest.raises(IndexUnusable, match="written by others"):
        SearchIndex(catalogue, root)


def test_a_folder_that_cannot_be_written_is_told(catalogue: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(IndexUnusable, match="NEGATIVE_LIST_INDEX"):
        ensure(catalogue, tmp_path / "file" / "index")


def test_an_unfinished_build_leaves_nothing_behind(
    catalogue: Catalogue, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(whoosh_index, "create_in", fail)
    with pytest.raises(IndexUnusable, match="No space left"):
        ensure(catalogue, root)
    assert names(root) == set()


@pytest.mark.parametrize(
    ("query", "entry"),
    [
        ("telecommunications companies", "cn/national/2024/12"),
        ("电信公司", "cn/national/2024/12"),
        ("電信公司", "cn/national/2024/12"),
        ("tobacco leaves", "cn/national/2024/7"),
        ("partnership enterprise", "cn/national/2024/note-4"),
    ],
)
def test_entries_are_found_in_both_languages(engine: Engine, query: str, entry: str) -> None:
    hits = engine.index.entries(query)
    assert entry in [hit.id for hit in hits[:5]]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_the_limit_holds(engine: Engine) -> None:
    assert len(engine.index.entries("foreign investment", limit=3)) == 3
    assert len(engine.index.entries("foreign investment", limit=None)) > 3


@pytest.mark.parametrize("query", ODD_QUERIES.values(), ids=ODD_QUERIES)
def test_odd_queries_are_harmless_and_quick(engine: Engine, query: str) -> None:
    start = time.perf_counter()
    hits = engine.index.entries(query)
    assert time.perf_counter() - start < SLOWEST
    assert {hit.id for hit in hits} <= set(engine.catalogue.entries)


@pytest.mark.parametrize("query", ["*:*", '"', "(" * 10_000, "\x00", "", "\ud800"])
def test_marks_alone_find_nothing(engine: Engine, query: str) -> None:
    assert engine.index.entries(query) == []


def test_threads_give_the_same_results_as_one(engine: Engine) -> None:
    queries = ["game", "电信", "film", "education", "airport", "数据", "foreign share", "合伙"] * 10
    alone = [engine.index.entries(query) for query in queries]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(engine.index.entries, queries)) == alone
