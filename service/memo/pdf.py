"""Memoranda as PDF, set by typst inside the process: no program is called and no file written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta, timezone
from functools import cache
from importlib.resources import files
from pathlib import Path

import orjson
import typst

from negative_list.memorandum import Memorandum

MEDIA = "application/pdf"
_TEMPLATE = Path(__file__).parents[1] / "templates" / "memo.typ"
# An archive keeps it and a screen reader reads it.
_STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]


@cache
def fonts() -> typst.Fonts:
    """Noto for Chinese and typst's own faces for the rest; fonts of the machine are not looked at."""
    return typst.Fonts(include_system_fonts=False, font_paths=[Path(str(files("pylopdf_fonts_zh_cn")))])


def write(memos: Sequence[Memorandum], moment: datetime) -> bytes:
    """The memoranda one after the other, each on a page of its own; `moment` is the time of making.

    PDF/A-2a and PDF/UA-1, save where a text holds a character that no font has: both forbid the empty box then shown.
    """
    # typst knows no names of time zones.
    made = moment.replace(microsecond=0).astimezone(timezone(moment.utcoffset() or timedelta()))
    # A compiler is not shared between threads; the fonts are, and making one costs next to nothing.
    compiler = typst.Compiler(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"memos": orjson.dumps([asdict(memo) for memo in memos]).decode()},
    )
    try:
        return _bytes(compiler.compile(format="pdf", pdf_standards=_STANDARDS, timestamp=made))
    except typst.TypstError:
        return _bytes(compiler.compile(format="pdf", timestamp=made))


def _bytes(pages: bytes | list[bytes] | None) -> bytes:
    assert isinstance(pages, bytes)
    return pages
