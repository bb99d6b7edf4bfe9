"""Tables open in a spreadsheet, with Chinese intact and without formulas."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.tables import cell, csv_response, ndjson_response

ROWS: list[dict[str, Any]] = [
    {
        "id": "cn/national/2024/12",
        "title": "电信公司，“限于”\n入世承诺",
        "texts": {"en": 'Telecom, "within" limits', "zh": None},
        "issuers": [{"label": "国家发展改革委"}, {"label": "商务部"}],
        "kinds": ["a", "b"],
        "share": 33.3,
        "held": True,
        "note": None,
    },
    {"id": "=1+1", "texts": None, "issuers": [], "kinds": [{"x": 1}]},
]


def read(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv() -> None:
    columns = ["id", "title", "texts.en", "texts.zh", "issuers.label", "kinds", "share", "held", "note"]
    response = csv_response(ROWS, columns)
    assert response.content_type == "text/csv; charset=utf-8; header=present"
    assert read(response.data) == [
        columns,
        [
            *("cn/national/2024/12", ROWS[0]["title"], 'Telecom, "within" limits', "", "国家发展改革委; 商务部"),
            *("a; b", "33.3", "true", ""),
        ],
        ["'=1+1", "", "", "", "", '{"x":1}', "", "", ""],
    ]
    assert response.data.count(b"\r\n") == 3


@pytest.mark.parametrize(
    "text",
    [
        *("=1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u3000=1", "\xa0-1"),
        *("＝1", "＋1", "－1", "＠1", "\ttext", '=HYPERLINK("http://a")', "=cmd|' /C calc'!A0"),
    ],
)
def test_no_cell_carries_a_formula(text: str) -> None:
    assert cell(text) == f"'{text}"
    assert cell([text, "x"]) == f"'{text}; x"


@pytest.mark.parametrize(("value", "shown"), [(-1.5, "-1.5"), (0, "0"), (False, "false"), ("", ""), ("a=b", "a=b")])
def test_numbers_and_harmless_text_stay_as_they_are(value: Any, shown: str) -> None:
    assert cell(value) == shown


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1))
def test_what_is_written_can_be_read(texts: list[str]) -> None:
    [_, *rows] = read(csv_response([{"a": text, "b": 1} for text in texts], ["a", "b"]).data)
    assert [row[0].removeprefix("'") for row in rows] == [text.removeprefix("'") for text in texts]


def test_ndjson() -> None:
    response = ndjson_response(ROWS)
    assert response.mimetype == "application/x-ndjson"
    lines = response.data.decode().split("\n")
    assert [json.loads(line) for line in lines[:-1]] == ROWS
    assert lines[-1] == ""
    assert "电信公司" in lines[0]
    assert ndjson_response([]).data == b""
