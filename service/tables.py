"""Lists as tables: CSV that spreadsheets open (RFC 4180) and JSON a line (NDJSON)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson
from flask import Response

CSV, NDJSON = "text/csv", "application/x-ndjson"
# Without it Excel reads Chinese as whatever the computer's own encoding is.
_MARK = "\ufeff"
# What makes a spreadsheet calculate; it takes the full-width forms alike where Chinese is set.
_FORMULA = frozenset("=+-@＝＋－＠")


def csv_response(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> Response:
    """Rows as CSV in UTF-8 with a byte order mark and a header; no cell can carry a formula.

    A column names a key; `a.b` is the key `b` within `a`, or within each item of the list `a`.
    """
    written = io.StringIO(_MARK)
    written.seek(0, io.SEEK_END)
    table = csv.writer(written)
    table.writerow(columns)
    paths = [column.split(".") for column in columns]
    table.writerows([cell(_at(row, path)) for path in paths] for row in rows)
    return Response(written.getvalue(), content_type=f"{CSV}; charset=utf-8; header=present")


def ndjson_response(rows: Iterable[Mapping[str, Any]]) -> Response:
    """Rows as JSON objects, each on a line of its own."""
    return Response(b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows), mimetype=NDJSON)


def cell(value: Any) -> str:
    """A value as the text of a cell: lists joined by semicolons, mappings as JSON, nothing for None.

    Text that a spreadsheet would take for a formula is defused by an apostrophe before it.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Mapping):
        value = orjson.dumps(value).decode()
    elif isinstance(value, list | tuple):
        value = "; ".join(_plain(item) for item in value)
    return defused(str(value))


def defused(text: str) -> str:
    """Text that no spreadsheet calculates."""
    # White space before the sign is dropped by some spreadsheets, and at the start of a cell it hides the rest.
    calculates = text[:1] in ("\t", "\r", "\n") or text.lstrip()[:1] in _FORMULA
    return f"'{text}" if text and calculates else text


def _plain(value: Any) -> str:
    if isinstance(value, Mapping | list | tuple):
        return orjson.dumps(value).decode()
    return "" if value is None else str(value)


def _at(value: Any, path: Sequence[str]) -> Any:
    for at, key in enumerate(path):
        if isinstance(value, list | tuple):
            return list(_each(value, path[at:]))
        value = None if value is None else value.get(key)
    return value


def _each(items: Iterable[Any], path: Sequence[str]) -> Iterator[Any]:
    for item in items:
        if (found := _at(item, path)) is not None:
            yield found
