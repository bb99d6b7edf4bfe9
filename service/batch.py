"""Many proposals in one body, as a JSON list, as NDJSON or as CSV, each checked by itself."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from marshmallow import RAISE, ValidationError, fields
from webargs.multidictproxy import MultiDictProxy
from werkzeug.datastructures import MultiDict

from service.negotiation import JSON
from service.problems import MAX_ERRORS, MAX_SHOWN, Problem, invalid, nearest
from service.schemas import ProposalSchema
from service.tables import CSV, NDJSON

MAX_ROWS = 1_000
# Of a table, the empty ones among them.
MAX_LINES = 10 * MAX_ROWS
FORMS = (JSON, NDJSON, CSV)
SCHEMA = ProposalSchema(unknown=RAISE)
_KNOWN = list(SCHEMA.fields)
_LISTS = {name for name, field in SCHEMA.fields.items() if isinstance(field, fields.List)}
_TRUTHS = {name for name, field in SCHEMA.fields.items() if isinstance(field, fields.Boolean)}
_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class Row:
    """One proposal of a batch: its number, where it stands, and what is asked or why that cannot be read.

    `number` counts from 1, in CSV without the header and in NDJSON by lines; `pointer` leads to it in the body.
    """

    number: int
    pointer: str
    ref: str | None
    lang: str | None
    asked: Mapping[str, Any] | Problem

    def at(self, errors: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Error items of this proposal, as items of the body it came in."""
        return [{**item, "pointer": self.pointer + item["pointer"]} for item in errors]


def read(form: str, data: bytes) -> list[Row]:
    """The proposals of a body in one of FORMS, each checked as a single one is.

    Raises Problem 400 where the body cannot be read at all, 413 for too many rows, 422 for no rows or unknown columns.
    """
    rows = _READERS[form](data)
    if not rows:
        raise Problem(422, "The body holds no proposal.", [_fault("no_rows", "Give at least one proposal.")])
    return rows


def _from_json(data: bytes) -> list[Row]:
    try:
        body = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        detail = f"The body is not JSON: {error}."
        raise Problem(400, detail, [_fault("malformed_json", detail)]) from None
    if not isinstance(body, list):
        detail = "The body must be a JSON list of proposals."
        raise Problem(422, detail, [_fault("invalid", detail)])
    _bound(len(body))
    return [_checked(at + 1, f"/{at}", given) for at, given in enumerate(body)]


def _from_lines(data: bytes) -> list[Row]:
    lines = [(number, line) for number, line in enumerate(data.split(b"\n"), 1) if line.strip()]
    _bound(len(lines))
    return [_from_line(number, line) for number, line in lines]


def _from_line(number: int, line: bytes) -> Row:
    try:
        return _checked(number, "", orjson.loads(line.removeprefix(codecs.BOM_UTF8)))
    except orjson.JSONDecodeError as error:
        detail = f"The line is not JSON: {error}."
        return Row(number, "", None, None, Problem(400, detail, [_fault("malformed_json", detail)]))


def _from_csv(data: bytes) -> list[Row]:
    text = _decoded(data)
    first = io.StringIO(text, newline="").readline()
    # Excel's own way to name the separator: a line before the header.
    if (said := first.strip().strip('"')).startswith("sep=") and len(said) == len("sep=") + 1:
        delimiter, text = said[-1], text[len(first) :]
    else:
        # No name of a field holds any of them.
        delimiter = max(_DELIMITERS, key=first.count)
    # Spreadsheets write empty rows down to the last one ever touched.
    text = text.rstrip(f"{_DELIMITERS} \r\n")
    table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    count = 0
    try:
        header = [name.strip() for name in next(table, [])]
        _check(header)
        for number, cells in enumerate(table, 1):
            if number > MAX_LINES:
                raise _too_many(f"The table has more than {MAX_LINES:,} rows, the empty ones among them.")
            if any(value.strip() for value in cells):
                count += 1
                if count <= MAX_ROWS:
                    rows.append(_from_cells(number, header, cells))
    except csv.Error as error:
        detail = f"Line {table.line_num} is not CSV: {error}."
        raise Problem(400, detail, [_fault("malformed_csv", detail)]) from None
    _bound(count)
    return rows


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        detail = (
            "The table is not UTF-8 (it may be GBK or UTF-16). Save it as “CSV UTF-8” and send it again. "
            "表格不是 UTF-8 编码（可能为 GBK 或 UTF-16），请另存为“CSV UTF-8（逗号分隔）”后重新提交。"
        )
        raise Problem(400, detail, [_fault("not_utf_8", detail)]) from None


def _check(header: list[str]) -> None:
    """Refuse, once for the whole, a header that names what is no field, or one field twice."""
    errors: list[dict[str, Any]] = []
    seen: set[str] = set()
    for name in filter(None, header):
        if name not in _KNOWN:
            errors.append(_unknown(name[:MAX_SHOWN]))
        elif name in seen:
            errors.append(_fault("repeated", f"The column {name!r} stands twice.", f"/{name}"))
        seen.add(name)
        if len(errors) == MAX_ERRORS:
            break
    if not seen:
        errors = [_fault("no_header", "The first row must name the fields of a proposal, such as activity,ref.")]
    if errors:
        raise Problem(422, " ".join(item["detail"] for item in errors[:3]), errors)


def _unknown(name: str) -> dict[str, Any]:
    pointer = "/" + name.replace("~", "~0").replace("/", "~1")
    item = _fault("unknown_field", f"The column {name!r} is not known here.", pointer) | {"allowed": _KNOWN}
    if suggestion := nearest(name, _KNOWN):
        item |= {"detail": f"{item['detail']} Did you mean {suggestion!r}?", "nearest": suggestion}
    return item


def _from_cells(number: int, header: list[str], cells: list[str]) -> Row:
    """A row of a table; an empty cell is absent, and lists are parted by `;` or `|`."""
    given: MultiDict[str, str] = MultiDict()
    nameless = [value for value in cells[len(header) :] if value.strip()]
    for name, value in zip(header, cells, strict=False):
        if not value.strip():
            continue
        if not name:
            nameless.append(value)
        elif name in _LISTS:
            given.setlist(name, [part for item in value.replace("|", ";").split(";") if (part := item.strip())])
        else:
            # Excel writes TRUE and FALSE.
            given[name] = value.strip().lower() if name in _TRUTHS else value
    if nameless:
        detail = f"{len(nameless)} filled cells stand in columns without a name; a text with commas needs quotes."
        fault = Problem(422, detail, [_fault("too_many_cells", detail)])
        return Row(number, "", _ref(given.get("ref")), given.get("lang"), fault)
    return _checked(number, "", MultiDictProxy(given, SCHEMA), given)


def _checked(number: int, pointer: str, given: Any, raw: Any = None) -> Row:
    raw = given if raw is None else raw
    ref, lang = (raw.get("ref"), raw.get("lang")) if isinstance(raw, Mapping) else (None, None)
    asked: Mapping[str, Any] | Problem
    try:
        asked = SCHEMA.load(given)
    except ValidationError as error:
        detail, errors = invalid({"json": error.messages}, SCHEMA)
        asked = Problem(422, detail, errors)
    return Row(number, pointer, _ref(ref), lang if isinstance(lang, str) else None, asked)


def _ref(value: Any) -> str | None:
    """The caller's key where it can be given back."""
    try:
        return None if value is None else str(SCHEMA.fields["ref"].deserialize(value))
    except ValidationError:
        return None


def _bound(count: int) -> None:
    if count > MAX_ROWS:
        raise _too_many(f"The body holds {count:,} proposals.")


def _too_many(says: str) -> Problem:
    detail = f"{says} At most {MAX_ROWS:,} proposals are answered at once; send them in parts."
    return Problem(413, detail, [_fault("too_many_rows", detail)])


def _fault(code: str, detail: str, pointer: str = "") -> dict[str, Any]:
    return {"pointer": pointer, "code": code, "detail": detail}


_READERS: dict[str, Callable[[bytes], list[Row]]] = {JSON: _from_json, NDJSON: _from_lines, CSV: _from_csv}
