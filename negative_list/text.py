"""Folding and cutting text, English and Chinese, without losing where each piece came from."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import opencc
import snowballstemmer

# Spelling differences between British and American English, applied to whole words before stemming.
_SPELLING = (
    (re.compile(r"^(.*)(cent|theat|met|lit|fib|calib)re(s|d)?$"), r"\1\2er\3"),
    (re.compile(r"^(.{3,})(is|iz)(e|es|ed|ing|er|ers|ation|ations)$"), r"\1iz\3"),
    (re.compile(r"^(.{2,})our(s|ed|ing|ite|able)?$"), r"\1or\2"),
    (re.compile(r"^programme(s|d|r)?$"), r"program\1"),
    (re.compile(r"^(licen|defen)ce(s|d)?$"), r"\1se\2"),
    (re.compile(r"^(.{3,})ll(ing|ed|er|ers)$"), r"\1l\2"),
    (re.compile(r"^(.*)logue(s?)$"), r"\1log\2"),
    (re.compile(r"^aesthet"), r"esthet"),
)
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?|[\u3400-\u4dbf\u4e00-\u9fff]|[^\w\s]", re.UNICODE)
_SPACES = re.compile(r"\s\s|[^\S ]")
_LETTERS = re.compile(r"[a-z]+")
# Of what _WORD lets through, only Chinese characters stand from here on.
_FIRST_HAN = "\u3400"
# Marks that end a sentence.
ENDS = frozenset(".。;；!！?？")
# Marks that join words rather than part clauses.
_JOINERS = frozenset("-_/'’&+.·‐‑")
_STEMMER = snowballstemmer.stemmer("english")
# A stemmer keeps the word it works on: two threads at once would get each other's, and keep them.
_STEMMING = threading.Lock()
_CONTRACTED = re.compile(r"'(?:s|d|ll|ve|re|m)$")
_IRREGULAR = {"media": "media", "news": "news", "data": "data", "logistics": "logistics", "sms": "sms", "saas": "saas"}


def _simplified() -> dict[int, str]:
    """One character each: a mapping by length would lose where a word stood in the text."""
    han = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    plain = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    once = {ord(old): new for old, new in zip(han, plain, strict=True) if old != new}
    return {old: new.translate(once) for old, new in once.items()}


_SIMPLIFIED = _simplified()


class Token(NamedTuple):
    """A word, a Chinese character or a clause mark, with its place in the text as it was given.

    `form` is the folded word, `key` its stem (`|` for a clause mark).
    """

    form: str
    key: str
    start: int
    end: int
    is_han: bool = False
    is_break: bool = False


def fold(text: str) -> str:
    """Compatibility-normalise, drop accents and invisible marks, lower the case and simplify Chinese.

    Digits of every script become those from 0 to 9. Lengths may change.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) not in ("Mn", "Cf"))
    if not plain.isascii():
        plain = "".join([str(unicodedata.decimal(c, c)) for c in plain])
    return unicodedata.normalize("NFC", plain).casefold().translate(_SIMPLIFIED).replace("’", "'")


_fold_character = lru_cache(maxsize=8192)(fold)


def folded_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its characters, and its end, the position in the text as it was given."""
    pieces = [_fold_character(character) for character in text]
    folded = "".join(pieces)
    if _SPACES.search(folded):
        # Of several spaces one is as good as all, wherever a pattern looks for one.
        pieces = [
            piece if not piece.isspace() else "" if index and pieces[index - 1].isspace() else " "
            for index, piece in enumerate(pieces)
        ]
        folded = "".join(pieces)
    if len(folded) == len(text) and all(pieces):
        return folded, range(len(text) + 1)
    offsets = [position for position, piece in enumerate(pieces) for _ in piece]
    return folded, [*offsets, len(text)]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of one folded English word, the same for British and American spelling.

    >>> stem("centres") == stem("centers"), stem("operating") == stem("operation")
    (True, True)
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    word = spelt(_CONTRACTED.sub("", word).replace("'", ""))
    with _STEMMING:
        return str(_STEMMER.stemWord(word))


def spelt(word: str) -> str:
    """A folded English word in one spelling, whether it was written in the British or the American way."""
    for pattern, replacement in _SPELLING:
        word = pattern.sub(replacement, word)
    return word


def english_words(text: str) -> list[str]:
    """The English words of a text, folded."""
    return _LETTERS.findall(fold(text))


def tokens(text: str) -> list[Token]:
    """Cut a text into words (stemmed), Chinese characters and clause breaks (`|`).

    Hyphens, slashes and the like join words; other punctuation parts clauses.
    """
    return cut(*folded_with_offsets(text))


def cut(folded: str, offsets: Sequence[int]) -> list[Token]:
    """Cut a text that is folded already."""
    found: list[Token] = []
    for match in _WORD.finditer(folded):
        form = match.group()
        first, after = match.span()
        start, end = offsets[first], offsets[after - 1] + 1
        if form[0].isalnum():
            if form[0] >= _FIRST_HAN:
                found.append(Token(form, form, start, end, True))
            else:
                found.append(Token(form, stem(form), start, end))
        elif form not in _JOINERS or (form == "." and not folded[after : after + 1].strip()):
            found.append(Token(form, "|", start, end, False, True))
    return found


def terms(text: str) -> list[str]:
    """Search terms of a text: English stems, and pairs of neighbouring Chinese characters.

    A Chinese character that stands alone is a term by itself.
    """
    return [term for term, _, _ in terms_with_spans(tokens(text))]


def terms_with_spans(parts: list[Token]) -> Iterator[tuple[str, int, int]]:
    """Search terms of tokens with the index of their first token and of the one after their last."""
    for index, part in enumerate(parts):
        if part.is_break:
            continue
        if not part.is_han:
            yield part.key, index, index + 1
            continue
        before = index > 0 and parts[index - 1].is_han
        after = index + 1 < len(parts) and parts[index + 1].is_han
        if after:
            yield part.form + parts[index + 1].form, index, index + 2
        elif not before:
            yield part.form, index, index + 1


def clauses(parts: list[Token]) -> list[range]:
    """For each token the tokens of its clause; a clause mark stands for itself."""
    found: list[range] = []
    start = 0
    for index, part in enumerate(parts):
        if part.is_break:
            found += [range(start, index)] * (index - start) + [range(index, index)]
            start = index + 1
    return found + [range(start, len(parts))] * (len(parts) - start)
