"""Two wordings side by side, with the words that differ marked. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# Chinese is compared character by character, other writing word by word.
_TOKEN = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|\s+|[^\w\s]")
# Below this likeness the one wording is not the other one changed, and marks would only be noise.
_ALIKE = 0.35


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a wording, and whether the other wording lacks it."""

    text: str
    changed: bool


def redline(old: str, new: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """The old and the new wording in pieces; joined, the pieces of each give it back."""
    one, other = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return _whole(old), _whole(new)
    ends = (len(one), len(other))
    blocks = [
        block
        for block in matcher.get_matching_blocks()
        if (block.a, block.b) == (0, 0)
        or (block.a + block.size, block.b + block.size) == ends
        or not _is_gap(one[block.a : block.a + block.size])
    ]
    return (
        _parts(one, [(block.a, block.a + block.size) for block in blocks]),
        _parts(other, [(block.b, block.b + block.size) for block in blocks]),
    )


def merged(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """Both wordings in one: pieces with `old` for words that went, `new` for words that came, `both` for the rest."""
    before, after = (list(reversed(parts)) for parts in redline(old, new))
    found: list[tuple[str, str]] = []
    while before or after:
        if before and before[-1].changed:
            found.append(("old", before.pop().text))
        elif after and after[-1].changed:
            found.append(("new", after.pop().text))
        else:
            # What stays stands on both sides in the same pieces.
            after.pop()
            found.append(("both", before.pop().text))
    return tuple(found)


def _whole(text: str) -> tuple[Part, ...]:
    return (Part(text, True),) if text else ()


def _is_gap(tokens: Sequence[str]) -> bool:
    """Whether what stayed is too little to interrupt a change for: white space, a mark or one character."""
    return sum(len(token) for token in tokens if token[0].isalnum()) < 2


def _parts(tokens: Sequence[str], kept: Sequence[tuple[int, int]]) -> tuple[Part, ...]:
    found: list[Part] = []
    at = 0
    for start, end in (*kept, (len(tokens), len(tokens))):
        for text, changed in (("".join(tokens[at:start]), True), ("".join(tokens[start:end]), False)):
            if text:
                found.append(Part(text, changed))
        at = end
    return tuple(found)
