"""Reading data files: YAML in, checked records out, every fault with file, line and field; large tables as TSV."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Any

import yaml
from marshmallow import Schema, ValidationError

from negative_list.errors import DataError, DataFault

FieldPath = tuple[str | int, ...]


class _Loader(yaml.CSafeLoader):
    """Safe YAML that refuses a key written twice and leaves dates to the schemas."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            problem = None
            if not isinstance(key, Hashable):
                problem = "a key must be a plain word"
            elif key in seen:
                problem = f"the key {key!r} stands here twice"
            if problem is not None:
                raise yaml.constructor.ConstructorError(None, None, problem, key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


# Dates stay text for the schemas to read, and only true and false are truth values: "no" is a word, NO is Norway.
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] not in ("timestamp", "bool")]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def _flatten(messages: Any, path: FieldPath = ()) -> Iterator[tuple[FieldPath, str]]:
    if isinstance(messages, dict):
        for key, value in messages.items():
            # marshmallow wraps the faults of a mapping's members in "key" and "value".
            yield from _flatten(value, path if key in ("key", "value", "_schema") else (*path, key))
    elif isinstance(messages, list):
        for message in messages:
            yield from _flatten(message, path)
    else:
        yield path, str(messages)


class DataFolder:
    """The YAML and TSV files of a folder as they were when it was opened, with the faults found in them so far."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.faults: list[DataFault] = []
        self._contents: dict[str, bytes] = {}
        for name in (*self.paths("**/*.yaml"), *self.paths("**/*.tsv")):
            # What cannot be read is told when it is asked for.
            with contextlib.suppress(OSError):
                self._contents[name] = (root / name).read_bytes()

    def paths(self, pattern: str) -> list[str]:
        """Names of the files that match a glob, relative to the folder and sorted."""
        return sorted(path.relative_to(self.root).as_posix() for path in self.root.glob(pattern))

    def load(self, name: str, schema: Schema) -> Any:
        """Read one file through a schema; on a fault note it and return None."""
        text = self._text(name)
        if text is None:
            return None
        try:
            raw = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, see _Loader
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
            line = None if mark is None else mark.line + 1
            message = getattr(error, "problem", None) or getattr(error, "reason", None) or "not well-formed"
            self.faults.append(DataFault(name, line, "(yaml)", message))
            return None
        try:
            return schema.load(raw)
        except ValidationError as error:
            for path, message in _flatten(error.messages):
                self.fault(name, path, message)
            return None

    def rows(self, name: str) -> Iterator[tuple[int, list[str]]]:
        """The lines of a TSV file with their numbers, cut into cells; none where it cannot be read, which is noted."""
        for number, line in enumerate((self._text(name) or "").splitlines(), 1):
            yield number, line.split("\t")

    def _text(self, name: str) -> str | None:
        try:
            if name not in self._contents:
                self._contents[name] = (self.root / name).read_bytes()
            return self._contents[name].decode()
        except (OSError, UnicodeDecodeError) as error:
            self.faults.append(DataFault(name, None, "(file)", f"cannot be read: {error}"))
            return None

    def fault_at(self, name: str, line: int, message: str) -> None:
        """Note a fault in a line of a TSV file."""
        self.faults.append(DataFault(name, line, "(row)", message))

    def fault(self, name: str, path: FieldPath, message: str) -> None:
        """Note a fault at a field path of a file that was read before."""
        label = ".".join(str(step) for step in path) or "(file)"
        self.faults.append(DataFault(name, self._line(name, path), label, message))

    def _line(self, name: str, path: FieldPath) -> int | None:
        node = yaml.compose(self._contents[name], Loader=yaml.CSafeLoader)
        if node is None:
            return None
        line: int = node.start_mark.line + 1
        for step in path:
            if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line + 1
            elif isinstance(node, yaml.MappingNode):
                found = next(((k, v) for k, v in node.value if k.value == str(step)), None)
                if found is None:
                    break
                line, node = found[0].start_mark.line + 1, found[1]
            else:
                break
        return line

    def digest(self) -> str:
        """`blake2b:` and 40 hex digits over the names and contents of all files, so a renamed file changes it too."""
        state = hashlib.blake2b(digest_size=20)
        for name in sorted(self._contents):
            for piece in (name.encode(), b"\0", self._contents[name], b"\0"):
                state.update(piece)
        return f"blake2b:{state.hexdigest()}"

    def raise_faults(self) -> None:
        """Raise DataError with every fault noted, in the order of the files."""
        if self.faults:
            raise DataError(sorted(self.faults, key=lambda fault: (fault.file, fault.line or 0)))
