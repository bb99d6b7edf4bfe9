"""The checked data, their vocabulary and suggestions kept beside the index, so that a start need not work them out.

They are worked out anew whenever a data file or a file of this program is another one.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import tempfile
from functools import cache
from pathlib import Path

from negative_list.catalogue import DATA, Catalogue, load
from negative_list.datafiles import DataFolder
from negative_list.determination import Engine
from negative_list.garbage import uncollected
from negative_list.index import check_owner, ensure, folder_of
from negative_list.suggesting import Suggester
from negative_list.vocabulary import Vocabulary

Kept = tuple[Catalogue, Vocabulary, Suggester]


@uncollected()
def open_engine(data: Path | None, root: Path) -> Engine:
    """The engine over a data folder, the package's own by default, with its index below `root`.

    Raises DataError when the data are wrong, and IndexUnusable when the index cannot be built or is not to be
    trusted.
    """
    digest = DataFolder(data or DATA).digest()
    kept = _read(folder_of(digest, root))
    if kept is None or kept[0].digest != digest:
        catalogue = load(data)
        # First, for a folder that cannot be used is told at once.
        folder = ensure(catalogue, root)
        kept = catalogue, Vocabulary.of(catalogue), Suggester.of(catalogue)
        _write(folder, kept)
    return Engine(kept[0], root, *kept[1:])


def _read(folder: Path) -> Kept | None:
    path = folder / _name()
    if not path.is_file():
        return None
    check_owner(folder)
    with path.open("rb") as file:
        kept: Kept = pickle.load(file)  # noqa: S301 - the owner has been checked
    return kept


def _write(folder: Path, kept: Kept) -> None:
    """Keep the data; where the folder cannot be written, the next start works them out again."""
    with contextlib.suppress(OSError):
        for old in folder.glob("kept-*"):
            old.unlink()
        handle, name = tempfile.mkstemp(prefix=".keeping-", dir=folder)
        with os.fdopen(handle, "wb") as file:
            pickle.dump(kept, file, protocol=pickle.HIGHEST_PROTOCOL)
        path = Path(name)
        path.chmod(0o644)
        path.rename(folder / _name())


@cache
def _name() -> str:
    """The name of the file for this very program: what another version kept may have another shape."""
    state = hashlib.blake2b(digest_size=10)
    for path in sorted(Path(__file__).parent.glob("*.py")):
        state.update(path.read_bytes())
    return f"kept-{state.hexdigest()}.pickle"
