"""The answers to many proposals, written row by row as a JSON list, as NDJSON or as CSV."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import orjson

from service.negotiation import JSON
from service.tables import CSV, NDJSON, cell

_MARK = codecs.BOM_UTF8.decode()
# What an analyst sorts and filters by comes first, what is filed comes last.
COLUMNS = (
    *("row", "ref", "status", "permitted_as_proposed", "max_foreign_share", "summary", "activities", "cited"),
    *("conditions", "question", "candidates", "not_understood", "as_of", "receipt", "dataset_version"),
    *("error_status", "error_code", "error_field", "error_detail"),
)


def write(form: str, answers: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """Answers in one of FORMS, each as soon as it is there."""
    return _WRITERS[form](answers)


def _as_json(answers: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    before = b"["
    for answer in answers:
        yield before + orjson.dumps(answer)
        before = b",\n"
    yield b"]\n"


def _as_lines(answers: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    for answer in answers:
        yield orjson.dumps(answer, option=orjson.OPT_APPEND_NEWLINE)


def _as_csv(answers: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    # Without the mark Excel reads Chinese as whatever the computer's own encoding is.
    yield (_MARK + _line(COLUMNS)).encode()
    for answer in answers:
        shown = _failure(answer) if isinstance(answer["status"], int) else _summary(answer)
        yield _line(cell(shown.get(name, answer.get(name))) for name in COLUMNS).encode()


def _line(cells: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()


def _summary(answer: Mapping[str, Any]) -> dict[str, Any]:
    verdicts, undetermined = answer["activities"], answer["undetermined"] or {}
    shares = [item["max_foreign_share"] for item in verdicts if item["max_foreign_share"] is not None]
    cited = dict.fromkeys(reason["citation"]["entry"] for item in verdicts for reason in item["reasons"])
    return {
        "max_foreign_share": min(shares, default=None),
        "activities": [item["activity"]["id"] for item in verdicts],
        "cited": list(cited),
        "conditions": [item["text"] for item in answer["conditions"]],
        "question": undetermined.get("question"),
        "candidates": [item["id"] for item in undetermined.get("candidates", ())],
        "as_of": answer["understood"]["as_of"]["value"],
        "dataset_version": answer["dataset"]["version"],
    }


def _failure(answer: Mapping[str, Any]) -> dict[str, Any]:
    errors = answer["errors"]
    return {
        "status": None,
        "error_status": answer["status"],
        "error_code": [item["code"] for item in errors],
        "error_field": [field for item in errors if (field := item["pointer"].strip("/"))],
        "error_detail": answer["detail"],
    }


_WRITERS: dict[str, Callable[[Iterable[dict[str, Any]]], Iterator[bytes]]] = {
    JSON: _as_json,
    NDJSON: _as_lines,
    CSV: _as_csv,
}
