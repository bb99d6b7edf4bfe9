"""Full-text search over entries and activities. The only module that knows Whoosh.

The index is derived from the data: it lies in a folder named after the data digest, is built beside it and
moved into place in one step, and is opened only when this program (or root) wrote it. User text never reaches a
query parser; it is cut into terms, and the terms are joined by OR.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import threading
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index
from whoosh.analysis import Token as WhooshToken
from whoosh.analysis import Tokenizer
from whoosh.fields import ID, TEXT, Schema
from whoosh.query import Or, Term
from whoosh.scoring import BM25F

from negative_list import __version__
from negative_list.catalogue import Catalogue
from negative_list.errors import IndexUnusable
from negative_list.model import LANGUAGES, Instrument
from negative_list.schema import NEIGHBOURING_KINDS
from negative_list.text import terms

# More terms than this add time and no precision.
MAX_TERMS = 64
# A change of tokenising or of the fields makes old indexes useless: raise this then.
FORMAT = "1"
_MARKER = "negative-list-index"
_LABEL_BOOST = 3.0


class TermTokenizer(Tokenizer):
    """Hands Whoosh the terms that the rest of the engine uses: English stems and pairs of Chinese characters."""

    def __call__(self, value: str, positions: bool = False, start_pos: int = 0, **_: Any) -> Iterator[WhooshToken]:
        token = WhooshToken(positions, removestops=False)
        for position, term in enumerate(terms(value), start_pos):
            token.text = term
            token.boost = 1.0
            token.stopped = False
            if positions:
                token.pos = position
            yield token


def _schema() -> Schema:
    analyzer = TermTokenizer()
    return Schema(
        id=ID(stored=True, unique=True),
        labels=TEXT(analyzer=analyzer, phrase=False),
        body=TEXT(analyzer=analyzer, phrase=False),
    )


def _documents(catalogue: Catalogue, name: str) -> Iterator[dict[str, str]]:
    if name == "entries":
        for entry in catalogue.entries.values():
            texts = [entry.text, *(m.text for m in entry.measures), *(e.text for e in entry.exceptions)]
            covered = [catalogue.activities[c].label for m in entry.measures for c in sorted(m.covers)]
            yield {
                "id": entry.id,
                "labels": f"{entry.title.en}\n{entry.title.zh}",
                "body": "\n".join(part[lang] for part in (*texts, *covered) for lang in LANGUAGES),
            }
        return
    for activity in catalogue.activities.values():
        definition = () if activity.definition is None else (activity.definition.en, activity.definition.zh)
        yield {
            "id": activity.id,
            "labels": "\n".join(label for lang in LANGUAGES for label in activity.labels(lang)),
            "body": "\n".join(definition),
        }


NAMES = ("entries", "activities")


def default_folder() -> Path:
    """Where indexes lie unless told otherwise: the user's cache folder."""
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "negative-list" / "index"


def folder_of(digest: str, root: Path) -> Path:
    """Where the index of the data with this digest lies below the index folder."""
    return root / f"{FORMAT}-{__version__}-{digest.removeprefix('blake2b:')}"


def ensure(catalogue: Catalogue, root: Path) -> Path:
    """Build the index of this data unless it is there; safe when several processes do so at once.

    Gives the folder. Raises IndexUnusable when the folder cannot be written or is not to be trusted.
    """
    folder = folder_of(catalogue.digest, root)
    if (folder / _MARKER).is_file():
        return folder
    try:
        root.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(prefix=".building-", dir=root))
    except OSError as error:
        raise IndexUnusable(f"The index folder {root} cannot be written: {error}. Set NEGATIVE_LIST_INDEX.") from error
    try:
        for name in NAMES:
            ix = whoosh_index.create_in(building, _schema(), indexname=name)
            writer = ix.writer()
            for document in _documents(catalogue, name):
                writer.add_document(**document)
            writer.commit()
            ix.close()
        (building / _MARKER).write_text(catalogue.digest)
        building.chmod(0o755)
        try:
            building.rename(folder)
        except OSError:
            # Another process was quicker with the same content.
            if not (folder / _MARKER).is_file():
                raise
    except OSError as error:
        raise IndexUnusable(f"The index could not be built in {root}: {error}") from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    _prune(root, keep=folder)
    return folder


def _prune(root: Path, keep: Path) -> None:
    """Keep the newest other index, so that a process still starting on older data is not cut off."""
    others = [path for path in root.iterdir() if path != keep and (path / _MARKER).is_file()]
    for old in sorted(others, key=lambda path: path.stat().st_mtime)[:-1]:
        shutil.rmtree(old, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found, by id, with its BM25F score."""

    id: str
    score: float


class SearchIndex:
    """One open searcher per process for entries and activities, behind one lock.

    A Whoosh searcher shared by threads without a lock gives wrong results.
    """

    def __init__(self, catalogue: Catalogue, root: Path) -> None:
        folder = ensure(catalogue, root)
        check_owner(folder)
        if (folder / _MARKER).read_text() != catalogue.digest:
            raise IndexUnusable(f"The index in {folder} was built from other data.")
        self.digest = catalogue.digest
        self._weights = {id_: _weight(catalogue.instruments[e.instrument]) for id_, e in catalogue.entries.items()}
        self._folder = folder
        self._open()
        # A server may fork after loading: processes that share open files would move each other's read position.
        again = weakref.WeakMethod(self._open)
        os.register_at_fork(after_in_child=lambda: (reopen := again()) and reopen())

    def _open(self) -> None:
        self._lock = threading.Lock()
        self._searchers = {
            name: whoosh_index.open_dir(self._folder, indexname=name, readonly=True).searcher(weighting=BM25F())
            for name in NAMES
        }

    def is_sound(self) -> bool:
        """Whether the folder still holds the index of these data; false when it was removed or replaced."""
        try:
            return (self._folder / _MARKER).read_text() == self.digest
        except OSError:
            return False

    def entries(self, query: str, limit: int | None = 20) -> list[Hit]:
        """Entries that share a term with the query, best first; what is superseded counts for less."""
        found = self._search("entries", terms(query), None)
        weighed = [Hit(hit.id, hit.score * self._weights[hit.id]) for hit in found]
        return sorted(weighed, key=lambda hit: -hit.score)[:limit]

    def activities(self, words: list[str], limit: int = 12) -> list[Hit]:
        """Activities that share one of the terms, best first."""
        return self._search("activities", words, limit)

    def _search(self, name: str, words: list[str], limit: int | None) -> list[Hit]:
        wanted = list(dict.fromkeys(words))[:MAX_TERMS]
        if not wanted:
            return []
        query = Or(
            [Term("labels", word, boost=_LABEL_BOOST) for word in wanted] + [Term("body", word) for word in wanted]
        )
        with self._lock:
            results = self._searchers[name].search(query, limit=limit, optimize=False)
            return [Hit(result["id"], float(result.score)) for result in results]


def _weight(instrument: Instrument) -> float:
    """Editions and layers repeat each other: of the same words, those of the present national list come first."""
    if instrument.kind in NEIGHBOURING_KINDS:
        return 0.4
    if instrument.effective_to is not None:
        return 0.6
    return 1.0 if instrument.regime == "national" else 0.75


def check_owner(folder: Path) -> None:
    """Refuse files that others than we and root may have written: they hold pickles. Raises IndexUnusable."""
    for path in (folder, *folder.iterdir()):
        facts = path.stat()
        if facts.st_uid not in (0, os.getuid()) or facts.st_mode & stat.S_IWOTH:
            raise IndexUnusable(f"{path} can be written by others; remove it and let the index be built again.")
