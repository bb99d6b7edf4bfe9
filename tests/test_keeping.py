"""The checked data and their vocabulary kept beside the index."""

from __future__ import annotations

import dataclasses
import shutil
import stat
from datetime import date
from pathlib import Path

import pytest

from negative_list import keeping
from negative_list.catalogue import Catalogue, load
from negative_list.determination import Engine
from negative_list.errors import DataError, IndexUnusable
from negative_list.index import folder_of
from negative_list.keeping import open_engine
from negative_list.suggesting import Suggester
from negative_list.vocabulary import Vocabulary
from tests.held import slim

FIELDS = {"activity": "online video in Lingang, 外资占六成, no news"}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package's data at rest, which stand for its own here."""
    return slim(tmp_path_factory.mktemp("data") / "data")


@pytest.fixture(scope="module")
def index_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("index")


@pytest.fixture(scope="module")
def engine(data: Path, index_root: Path) -> Engine:
    return Engine(load(data), index_root)


@pytest.fixture(scope="module")
def vocabulary(engine: Engine) -> Vocabulary:
    return Vocabulary.of(engine.catalogue)


@pytest.fixture(scope="module")
def suggester(engine: Engine) -> Suggester:
    return Suggester.of(engine.catalogue)


@pytest.fixture
def root(engine: Engine, index_root: Path, tmp_path: Path) -> Path:
    """An index folder that holds the index of the data, and nothing kept beside it."""
    folder = folder_of(engine.catalogue.digest, index_root)
    shutil.copytree(folder, tmp_path / "index" / folder.name, ignore=shutil.ignore_patterns("kept-*", ".keeping-*", "template-*"))
    return tmp_path / "index"


@pytest.fixture(autouse=True)
def loads(
    data: Path, engine: Engine, vocabulary: Vocabulary, suggester: Suggester, monkeypatch: pytest.MonkeyPatch
) -> list[Path | None]:
    """The data folders loaded, in order; the package's own data are at hand, so that no test waits for them."""
    asked: list[Path | None] = []

    def loading(folder: Path | None) -> Catalogue:
        asked.append(folder)
        return engine.catalogue if folder in (None, data) else load(folder)

    monkeypatch.setattr(keeping, "DATA", data)
    monkeypatch.setattr(keeping, "load", loading)
    monkeypatch.setattr(Vocabulary, "of", lambda _: vocabulary)
    monkeypatch.setattr(Suggester, "of", lambda _: suggester)
    return asked


def kept(root: Path) -> list[Path]:
    return sorted(root.glob("*/kept-*"))


def test_it_is_worked_out_once(
    root: Path, engine: Engine, today: date, loads: list[Path | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = open_engine(None, root)
    (path,) = kept(root)
    assert path.parent == folder_of(engine.catalogue.digest, root)
    with monkeypatch.context() as patch:
        patch.setattr(Vocabulary, "of", None)
        patch.setattr(Suggester, "of", None)
        second = open_engine(None, root)
    assert loads == [None]
    assert kept(root) == [path]
    answers = [opened.determine(FIELDS, today) for opened in (first, second, engine)]
    assert answers[0] == answers[1] == answers[2]
    suggested = [opened.suggester.suggest("youxi", 5) for opened in (first, second)]
    assert suggested[0] == suggested[1] != []
    assert second.catalogue.digest == engine.catalogue.digest


def test_the_data_of_the_package_are_the_default(root: Path, data: Path, loads: list[Path | None]) -> None:
    open_engine(None, root)
    open_engine(data, root)
    assert loads == [None]


def test_nothing_unfinished_is_left(root: Path) -> None:
    open_engine(None, root)
    assert list(root.glob("*/.keeping-*")) == []
    (path,) = kept(root)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_it_is_worked_out_anew_for_other_data(root: Path, data: Path, tmp_path: Path, loads: list[Path | None]) -> None:
    other = Path(shutil.copytree(data, tmp_path / "data"))
    with (other / "dataset.yaml").open("a", encoding="utf-8") as file:
        file.write("# another state of the data\n")
    opened = [open_engine(folder, root) for folder in (data, other)]
    assert loads == [data, other]
    assert opened[0].catalogue.digest != opened[1].catalogue.digest
    assert {path.parent for path in kept(root)} == {folder_of(each.catalogue.digest, root) for each in opened}
    # Both states are held, so neither is loaded again.
    for folder in (other, data):
        open_engine(folder, root)
    assert loads == [data, other]


def test_what_was_kept_of_other_data_is_not_taken_for_these(
    root: Path, engine: Engine, vocabulary: Vocabulary, loads: list[Path | None]
) -> None:
    other = dataclasses.replace(engine.catalogue, digest="blake2b:of-other-data")
    keeping._write(folder_of(engine.catalogue.digest, root), (other, vocabulary))
    assert open_engine(None, root).catalogue.digest == engine.catalogue.digest
    assert loads == [None]


def test_it_is_worked_out_anew_for_another_program(
    root: Path, loads: list[Path | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    open_engine(None, root)
    (old,) = kept(root)
    monkeypatch.setattr(keeping, "_name", lambda: "kept-another.pickle")
    open_engine(None, root)
    assert loads == [None, None]
    # What the older program kept is of no use any more.
    assert kept(root) == [old.with_name("kept-another.pickle")]


@pytest.mark.parametrize("which", ["folder", "file"])
def test_what_others_can_write_is_refused(root: Path, which: str, monkeypatch: pytest.MonkeyPatch) -> None:
    open_engine(None, root)
    (path,) = kept(root)
    target = path if which == "file" else path.parent
    target.chmod(target.stat().st_mode | stat.S_IWOTH)
    # It is refused before anything of it is read.
    monkeypatch.setattr(keeping.pickle, "load", None)
    with pytest.raises(IndexUnusable, match="written by others"):
        open_engine(None, root)


def test_a_folder_that_cannot_be_written_does_no_harm(
    root: Path, today: date, engine: Engine, loads: list[Path | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr(keeping.tempfile, "mkstemp", refuse)
        opened = open_engine(None, root)
        assert opened.determine(FIELDS, today) == engine.determine(FIELDS, today)
        assert kept(root) == []
    # The next start tries again.
    open_engine(None, root)
    assert loads == [None, None]
    assert len(kept(root)) == 1


def test_wrong_data_are_told_and_nothing_is_kept(root: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError):
        open_engine(tmp_path / "empty", root)
    assert kept(root) == []
