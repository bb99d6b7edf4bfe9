"""Many proposals at once: each is answered as if it came alone, in order, and none spoils another."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from negative_list.determination import Engine
from service import problems
from service.batch import MAX_ROWS
from service.batch_answers import COLUMNS
from service.limits import MAX_BATCH, MAX_BODY

PATH = "/v1/determinations/batch"
ALONE = "/v1/determinations"
JSON, NDJSON, CSV = "application/json", "application/x-ndjson", "text/csv"
BOM = b"\xef\xbb\xbf"
# Each is sent alone and within a batch.
PROPOSALS: list[Any] = [
    {"activity": "a data centre in Wuhan, 60% ours", "ref": "案号 17/甲"},
    {"activity_ids": ["internet/online-games-operation", "hospitality/coffee-shops"], "lang": "zh", "ref": "18"},
    {"activity": "咖啡馆", "foreign_share": 33.3, "form": "joint_venture", "chinese_control": False},
    {"telecom_categories": ["B25"], "location": "Lingang", "investor_origin": "HK", "origin_qualified": True},
    {"industry_codes": ["I6422", "I6440"], "as_of": "2018-03-01"},
    {"activity": "platform"},
    {"activity": "qwertyuiop", "ref": "x" * 200},
    {"activity": "coffee shop", "foreign_share": 160, "ref": "20"},
    {"activity": "coffee shop", "foreignshare": 60, "ref": "21"},
    {"activity": "coffee shop", "location": "Wuhann", "ref": "22"},
    {"activity": "coffee shop", "as_of": "1990-01-01", "ref": "23"},
    {"activity": "coffee shop", "as_of": "2024-02-30"},
    {"activity": "coffee shop", "lang": "fr"},
    {"activity_ids": ["telecom/internet-data-center"], "ref": "24"},
    {"activity": "店" * 2_001},
    {},
]
# These have no counterpart in a table.
ONLY_JSON: list[Any] = [
    {"activity": "coffee shop", "foreign_share": "60"},
    {"activity": "coffee shop", "ref": 7},
    {"activity": None},
    {"activity": ["coffee shop"], "ref": "25"},
    {"activity_ids": ["a", 1]},
    {"a/~b": 1},
    [],
    None,
    "coffee shop",
]


def send(client: FlaskClient, data: bytes | str, kind: str = CSV, **headers: str) -> TestResponse:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(PATH, data=data, content_type=kind, headers=given)


def ask(client: FlaskClient, proposals: list[Any]) -> list[dict[str, Any]]:
    response = client.post(PATH, json=proposals)
    assert response.status_code == 200, response.text[:500]
    found: list[dict[str, Any]] = response.json
    assert [item["row"] for item in found] == list(range(1, len(proposals) + 1))
    return found


def lines_of(response: TestResponse) -> list[dict[str, Any]]:
    assert (response.status_code, response.mimetype) == (200, NDJSON)
    assert response.data.endswith(b"\n")
    return [json.loads(line) for line in response.data.splitlines()]


def table_of(response: TestResponse) -> list[dict[str, str]]:
    assert (response.status_code, response.mimetype) == (200, CSV), response.text[:500]
    assert response.data.startswith(BOM)
    assert response.data.count(BOM) == 1
    return list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"), newline=""), strict=True))


def as_table(proposals: list[dict[str, Any]], delimiter: str = ",", part: str = ";") -> str:
    written = io.StringIO()
    names = list(dict.fromkeys(name for proposal in proposals for name in proposal))
    table = csv.DictWriter(written, names, delimiter=delimiter)
    table.writeheader()
    for proposal in proposals:
        cells = {k: part.join(v) if isinstance(v, list) else json.dumps(v) if isinstance(v, bool) else v for k, v in proposal.items()}
        table.writerow(cells)
    return written.getvalue()


def alone(item: dict[str, Any], pointer: str = "") -> dict[str, Any]:
    """An item of a batch as it would be answered alone."""
    found = {key: value for key, value in item.items() if key not in ("row", "instance")}
    if "errors" in found:
        found.pop("ref", None)
        for error in found["errors"]:
            assert error["pointer"].startswith(pointer)
            error["pointer"] = error["pointer"].removeprefix(pointer)
    return found


@pytest.mark.parametrize("form", [JSON, NDJSON])
def test_each_row_is_answered_as_if_it_came_alone(client: FlaskClient, form: str) -> None:
    proposals = [*PROPOSALS, *ONLY_JSON]
    if form == JSON:
        items = ask(client, proposals)
    else:
        items = lines_of(send(client, "\n".join(json.dumps(item) for item in proposals), NDJSON))
    assert len(items) == len(proposals)
    for at, (proposal, item) in enumerate(zip(proposals, items, strict=True)):
        single = client.post(ALONE, data=json.dumps(proposal), content_type=JSON)
        expected = {key: value for key, value in single.json.items() if key != "instance"}
        assert alone(item, f"/{at}" if form == JSON else "") == expected
        assert (single.status_code == 200) == isinstance(item["status"], str)


def test_a_table_is_answered_as_the_same_proposals_in_json(client: FlaskClient) -> None:
    proposals = [item for item in PROPOSALS if item and "foreignshare" not in item]
    in_table = lines_of(send(client, as_table(proposals), Accept=NDJSON))
    in_json = ask(client, proposals)
    assert [alone(item) for item in in_table] == [alone(item, f"/{at}") for at, item in enumerate(in_json)]
    assert [item["row"] for item in in_table] == [item["row"] for item in in_json]


def test_the_key_of_the_caller_comes_back_in_every_row(client: FlaskClient) -> None:
    proposals = [item for item in PROPOSALS if "ref" in item]
    assert len(proposals) > 6
    assert [item["ref"] for item in ask(client, proposals)] == [item["ref"] for item in proposals]
    malformed = lines_of(send(client, '{"activity": "cafe", "ref": "a"}\n\n{"ref": \n{"ref": "b"}', NDJSON))
    assert [(item["row"], item.get("ref"), item["status"]) for item in malformed] == [(1, "a", "open"), (3, None, 400), (4, "b", 422)]
    # A key that is no key is not given back.
    assert "ref" not in ask(client, [{"activity": "cafe", "ref": "a\x00"}])[0]


def test_the_language_of_a_row_else_of_the_header(client: FlaskClient) -> None:
    response = client.post(PATH, json=[{"activity": "cafe"}, {"activity": "cafe", "lang": "en"}], headers={"Accept-Language": "zh-CN"})
    labels = [item["activities"][0]["activity"]["label"] for item in response.json]
    assert labels == ["咖啡店", "Coffee shop"]
    assert response.headers["Content-Language"] == "en, zh"
    assert client.post(PATH, json=[{"activity": "cafe"}]).headers["Content-Language"] == "en"


# -- tables ------------------------------------------------------------------------------------------------------


ROWS: list[dict[str, Any]] = [
    {"ref": "1", "activity": "数据中心，“自营”\n及其他, IDC", "activity_ids": ["telecom/call-centre", "hospitality/coffee-shops"], "foreign_share": 60, "chinese_control": True},
    {"ref": "2", "activity": "coffee shop; 49\"", "location": "上海"},
]


@pytest.mark.parametrize(
    "data",
    [
        as_table(ROWS).encode(),
        BOM + as_table(ROWS).encode(),
        as_table(ROWS, ";", "|").encode(),
        BOM + as_table(ROWS, "\t").encode(),
        BOM + b"sep=;\r\n" + as_table(ROWS, ";", "; ").encode(),
        b"sep=,\n" + as_table(ROWS, part=" | ").encode(),
        as_table(ROWS).replace("\r\n", "\n").encode(),
        as_table(ROWS).replace("\r\n", "\r").encode(),
        as_table(ROWS).replace("true", "TRUE").encode() + b",,,,,\r\n\r\n,,,,,\r\n",
        as_table(ROWS).replace("ref,", " ref , ", 1).encode(),
        as_table(ROWS).replace("\r\n", ",,\r\n").replace("location,,\r\n", "location,,\r\n").encode(),
    ],
    ids=["plain", "mark", "semicolon", "tab", "sep", "sep comma", "LF", "CR", "blank rows", "spaces", "empty columns"],
)
def test_tables_as_spreadsheets_write_them(client: FlaskClient, data: bytes) -> None:
    items = lines_of(send(client, data, Accept=NDJSON))
    assert [item["ref"] for item in items] == ["1", "2"]
    expected = ask(client, ROWS)
    for item, other in zip(items, expected, strict=True):
        assert item["receipt"] == other["receipt"]
        assert item["understood"] == other["understood"]


def test_blank_rows_count_and_are_not_answered(client: FlaskClient) -> None:
    rows = table_of(send(client, "activity,ref\r\ncafe,a\r\n,\r\n\r\ncafe,d\r\n"))
    assert [(row["row"], row["ref"]) for row in rows] == [("1", "a"), ("4", "d")]


def test_cells_beyond_the_header_are_a_fault_of_their_row(client: FlaskClient) -> None:
    rows = table_of(send(client, "ref,activity\na,data centre, 60%\nb,cafe\nc\nd,,\ne,cafe,\n"))
    assert [(row["ref"], row["error_code"]) for row in rows] == [("a", "too_many_cells"), ("b", ""), ("c", "required"), ("d", "required"), ("e", "")]


def test_a_cell_of_separators_alone_is_empty(client: FlaskClient) -> None:
    [row] = table_of(send(client, "activity,activity_ids\ncafe,;\n"))
    assert (row["status"], row["error_status"]) == ("open", "")


def test_a_table_out(client: FlaskClient) -> None:
    response = send(client, as_table([item for item in PROPOSALS[:10] if "foreignshare" not in item]))
    rows = table_of(response)
    assert response.headers["Content-Disposition"] == 'attachment; filename="determinations.csv"'
    assert tuple(rows[0]) == COLUMNS
    assert (rows[0]["ref"], rows[0]["status"], rows[0]["permitted_as_proposed"], rows[0]["max_foreign_share"]) == ("案号 17/甲", "restricted", "no", "0")
    assert rows[0]["activities"] == "telecom/internet-data-centre"
    assert "cn/national/2024/12" in rows[0]["cited"].split("; ")
    assert rows[0]["receipt"].startswith("nlr1:")
    assert "网络游戏" in rows[1]["summary"]
    assert rows[1]["activities"].split("; ") == PROPOSALS[1]["activity_ids"]
    assert rows[4]["as_of"] == "2018-03-01"
    assert rows[5]["status"] == "undetermined"
    assert rows[5]["question"]
    assert len(rows[5]["candidates"].split("; ")) > 1
    assert (rows[7]["status"], rows[7]["error_status"], rows[7]["error_code"], rows[7]["error_field"]) == ("", "422", "invalid", "foreign_share")
    assert rows[7]["error_detail"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://a")', " =1", "＝1"])
def test_no_cell_carries_a_formula(client: FlaskClient, text: str) -> None:
    response = client.post(
        PATH, json=[{"activity": f"cafe {text}", "ref": text}, {"activity": f"{text} qqqq", "ref": text}, {"ref": text}, {text: 1, "ref": text}], headers={"Accept": CSV}
    )
    rows = table_of(response)
    assert [row["ref"] for row in rows] == [f"'{text}"] * 4
    for row in rows:
        for value in row.values():
            assert value.lstrip()[:1] not in ("=", "+", "-", "@", "＝")


# -- what is refused as a whole ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "kind", "status", "code"),
    [
        (b"", JSON, 400, "malformed_json"),
        (b'[{"activity": "cafe"}', JSON, 400, "malformed_json"),
        (b'[{"activity": "\xff"}]', JSON, 400, "malformed_json"),
        (b'{"activity": "cafe"}', JSON, 422, "invalid"),
        (b"[]", JSON, 422, "no_rows"),
        (b"[" + b"0," * MAX_ROWS + b"0]", JSON, 413, "too_many_rows"),
        (b" \n\n", NDJSON, 422, "no_rows"),
        (b"{}\n" * (MAX_ROWS + 1), NDJSON, 413, "too_many_rows"),
        ("activity\n咖啡馆\n".encode("gbk"), CSV, 400, "not_utf_8"),
        ("activity\n咖啡馆\n".encode("utf-16"), CSV, 400, "not_utf_8"),
        (b"", CSV, 422, "no_header"),
        (b"\n\n", CSV, 422, "no_header"),
        (b"activity,ref\n", CSV, 422, "no_rows"),
        (b"activity,ref,activity\ncafe,1,2\n", CSV, 422, "repeated"),
        (b"Activity,ref\ncafe,1\n", CSV, 422, "unknown_field"),
        (b"activity\n" + b"cafe\n" * (MAX_ROWS + 1), CSV, 413, "too_many_rows"),
        (b'activity\n"cafe\ncafe\n', CSV, 400, "malformed_csv"),
        (b'activity\n"cafe" x\n', CSV, 400, "malformed_csv"),
        (b"activity\n" + b"c" * 200_000, CSV, 400, "malformed_csv"),
        (b"cafe", "text/plain", 415, "unsupported_media_type"),
        (b"activity=cafe", "application/x-www-form-urlencoded", 415, "unsupported_media_type"),
    ],
)
def test_refused_as_a_whole(client: FlaskClient, data: bytes, kind: str, status: int, code: str) -> None:
    response = send(client, data, kind)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert [item["code"] for item in response.json["errors"]] == [code]
    if code == "too_many_rows":
        assert "1,001" in response.json["detail"]
    if code == "not_utf_8":
        assert "UTF-8" in response.json["detail"]
        assert "另存为" in response.json["detail"]


def test_an_unknown_column_is_refused_once_with_the_nearest_name(client: FlaskClient) -> None:
    response = send(client, "activity,foreignshare,a/b\n" + "cafe,60,1\n" * 3)
    first, second = response.json["errors"]
    assert (first["pointer"], first["nearest"]) == ("/foreignshare", "foreign_share")
    assert second["pointer"] == "/a~1b"
    assert "foreign_share" in response.json["detail"]


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (b"," * MAX_BATCH, CSV, 422),
        (b"x," * (MAX_BATCH // 2), CSV, 422),
        (b"activity\n" + b"\n" * (MAX_BATCH - 9), CSV, 422),
        (b"activity\n" + b"\n" * (MAX_BATCH - 13) + b"cafe", CSV, 413),
        (b"activity\ncafe\n" + b"," * (MAX_BATCH - 14), CSV, 200),
        (b"activity\n" + b"," * (MAX_BATCH - 14) + b"\ncafe", CSV, 200),
        (b"\n" * MAX_BATCH, NDJSON, 422),
        (b"[" + b"0," * (MAX_BATCH // 2 - 2) + b"0]", JSON, 413),
        (b"[" * MAX_BATCH, JSON, 400),
    ],
    ids=["no column", "unknown columns", "no rows", "far row", "empty cells after", "empty cells", "no lines", "numbers", "bottomless"],
)
def test_the_largest_body_is_read_quickly(client: FlaskClient, data: bytes, kind: str, status: int) -> None:
    assert MAX_BATCH - 1 <= len(data) <= MAX_BATCH
    started = time.thread_time()
    response = send(client, data, kind)
    assert time.thread_time() - started < 5
    assert response.status_code == status
    assert len(response.data) < 20_000


def test_nothing_is_read_from_the_address(client: FlaskClient) -> None:
    response = client.post(f"{PATH}?lang=zh", json=[{"activity": "cafe"}])
    assert (response.status_code, response.json["errors"][0]["parameter"]) == (400, "lang")


def test_this_route_alone_reads_more(client: FlaskClient) -> None:
    padded = [{"activity": "cafe"}] + [{"activity": "a" * 2_000, "ref": str(at), "x" * 100: ""} for at in range(600)]
    data = json.dumps(padded).encode()
    assert MAX_BODY < len(data) < MAX_BATCH
    items = send(client, data, JSON).json
    assert (len(items), items[0]["status"]) == (601, "open")
    for path, size in ((PATH, MAX_BATCH + 1), (ALONE, MAX_BODY + 1)):
        for sent in ({"data": b" " * size}, {"input_stream": io.BytesIO(b" " * size), "environ_overrides": {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": ""}}):
            response = client.post(path, content_type=JSON, **sent)  # type: ignore[arg-type]
            assert response.status_code == 413


# -- representation and caching ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "accept", "expected"),
    [
        *((kind, accept, kind) for kind in (JSON, NDJSON, CSV) for accept in (None, "*/*", kind)),
        (CSV, JSON, JSON),
        (JSON, "text/*", CSV),
        (JSON, NDJSON, NDJSON),
        (CSV, "text/csv;q=0.1, application/x-ndjson", NDJSON),
    ],
)
def test_the_form_of_the_answer(client: FlaskClient, kind: str, accept: str | None, expected: str) -> None:
    data = {JSON: '[{"activity": "网络游戏"}]', NDJSON: '{"activity": "网络游戏"}', CSV: "activity\n网络游戏\n"}[kind]
    response = send(client, data, kind, **({} if accept is None else {"Accept": accept}))
    assert (response.status_code, response.mimetype) == (200, expected)
    assert b"prohibited" in response.data
    assert response.headers["Cache-Control"] == "no-store"
    assert {"accept", "accept-language"} <= {name.lower() for name in response.vary}


def test_406(client: FlaskClient) -> None:
    response = send(client, "activity\ncafe\n", Accept="text/html")
    assert (response.status_code, response.json["errors"][0]["allowed"]) == (406, [CSV, JSON, NDJSON])


# -- how it works ------------------------------------------------------------------------------------------------


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that the engine is asked about."""
    asked: list[str] = []
    determine = Engine.determine

    def count(self: Engine, fields: Any, today: Any) -> Any:
        asked.append(fields["activity"])
        return determine(self, fields, today)

    monkeypatch.setattr(Engine, "determine", count)
    return asked


def test_the_same_proposal_is_worked_out_once(client: FlaskClient, worked_out: list[str]) -> None:
    proposals = [{"activity": "cafe", "ref": "1"}, {"activity": "bakery"}, {"activity": "cafe", "lang": "zh"}, {"activity": "cafe"}, {"activity": "cafe", "foreign_share": 49}]
    items = ask(client, proposals)
    assert worked_out == ["cafe", "bakery", "cafe"]
    assert len({items[at]["receipt"] for at in (0, 2, 3)}) == 1
    assert items[0]["receipt"] != items[4]["receipt"]
    assert items[2]["summary"] != items[3]["summary"]


@pytest.mark.parametrize("accept", [JSON, NDJSON, CSV])
def test_answers_leave_one_by_one(client: FlaskClient, worked_out: list[str], accept: str) -> None:
    response = client.post(PATH, json=[{"activity": f"cafe {at}"} for at in range(50)], headers={"Accept": accept}, buffered=False)
    parts: Iterator[bytes] = response.iter_encoded()
    for _ in range(3):
        next(parts)
    assert 0 < len(worked_out) <= 4
    assert len([*parts]) >= 47
    assert len(worked_out) == 50
    response.close()


@pytest.mark.parametrize("accept", [JSON, CSV])
def test_a_failure_is_one_row_and_the_rest_goes_on(client: FlaskClient, monkeypatch: pytest.MonkeyPatch, accept: str) -> None:
    secret = "prospective-acquisition"
    determine = Engine.determine

    def fail(self: Engine, fields: Any, today: Any) -> Any:
        if fields["activity"] == secret:
            raise RuntimeError(f"could not read {secret}")
        return determine(self, fields, today)

    written = io.StringIO()
    log = structlog.wrap_logger(structlog.PrintLogger(written), processors=[structlog.processors.JSONRenderer()], wrapper_class=structlog.BoundLogger)
    monkeypatch.setattr(problems, "log", log)
    monkeypatch.setattr(Engine, "determine", fail)
    proposals = [{"activity": "cafe", "ref": "1"}, {"activity": secret, "ref": "2"}, {"activity": "bakery", "ref": "3"}]
    response = client.post(PATH, json=proposals, headers={"Accept": accept})
    assert response.status_code == 200
    if accept == JSON:
        assert [(item["ref"], item["status"]) for item in response.json] == [("1", "open"), ("2", 500), ("3", "open")]
    else:
        rows = table_of(response)
        assert [(row["ref"], row["status"], row["error_status"]) for row in rows] == [("1", "open", ""), ("2", "", "500"), ("3", "open", "")]
    [line] = written.getvalue().splitlines()
    assert json.loads(line)["event"] == "request_failed"
    assert secret not in line
    assert secret not in response.text


def test_a_thousand_proposals(app: Flask) -> None:
    activities = ["coffee shop", "数据中心", "online game operation", "hospital", "platform", "电信公司", "call centre", "bank"]
    places = ["", "Wuhan", "上海", "Lingang", "Hainan"]
    rows = [
        {"ref": f"r{at}", "activity": activities[at % 8], "foreign_share": str(at % 25 + 40), "location": places[at % 5]}
        for at in range(MAX_ROWS)
    ]
    for at in range(0, MAX_ROWS, 10):
        rows[at] |= {"foreign_share": "0"}
    started = time.thread_time()
    answered = table_of(send(app.test_client(), as_table(rows)))
    assert time.thread_time() - started < 10
    assert [row["ref"] for row in answered] == [row["ref"] for row in rows]
    assert [int(row["row"]) for row in answered] == list(range(1, MAX_ROWS + 1))
    failed = [at for at, row in enumerate(answered) if row["error_status"]]
    assert failed == list(range(0, MAX_ROWS, 10))
    assert {row["error_field"] for row in answered if row["error_status"]} == {"foreign_share"}
    assert {row["status"] for row in answered} == {"", "open", "restricted", "prohibited", "undetermined"}
