"""The service as it is run: gunicorn with two workers that share one index folder."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from negative_list.determination import Engine
from negative_list.index import folder_of
from service import keys

ROOT = Path(__file__).parents[2]
SECRET = "prospective-acquisition"
STARTS_WITHIN = 120


@dataclass
class Running:
    """A server, what it writes, and how to ask it."""

    process: subprocess.Popen[bytes]
    port: int
    written: Path
    index: Path
    metrics: Path

    def ask(self, path: str, data: bytes | None = None, **headers: str) -> tuple[int, str, bytes]:
        """Status, media type and body of an answer."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        request = Request(f"http://127.0.0.1:{self.port}{path}", data, given)
        try:
            with urlopen(request, timeout=20) as response:  # noqa: S310
                return response.status, response.headers["Content-Type"], response.read()
        except HTTPError as error:
            with error:
                return error.code, error.headers["Content-Type"], error.read()

    def send(self, octets: bytes) -> bytes:
        """What comes back for raw octets."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            connection.sendall(octets)
            received = b""
            while part := connection.recv(65_536):
                received += part
        return received


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def serving(folder: Path, **settings: Path | str) -> Iterator[Running]:
    """A server with two workers and these settings beside the usual ones."""
    port = free_port()
    settings = {"index": folder / "index", "metrics_folder": folder / "metrics"} | settings
    environment = os.environ | {
        "NEGATIVE_LIST_HOST": "127.0.0.1",
        "NEGATIVE_LIST_PORT": str(port),
        "NEGATIVE_LIST_WORKERS": "2",
        **{f"NEGATIVE_LIST_{name.upper()}": str(value) for name, value in settings.items()},
        "PYTHONPATH": os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", ""))),
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "python:service.gunicorn_conf"]
    written = folder / "written"
    with written.open("wb") as sink:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=sink, stderr=subprocess.STDOUT)
    running = Running(process, port, written, folder / "index", folder / "metrics")
    try:
        _await(running)
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def server(engine: Engine, index_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("gunicorn")
    held = folder_of(engine.catalogue.digest, index_root)
    # Templates come and go as other tests start applications.
    shutil.copytree(held, folder / "index" / held.name, ignore=shutil.ignore_patterns("template-*"))
    # What a server that stopped without a word may have left.
    (folder / "metrics").mkdir()
    (folder / "metrics" / "counter_1.db").write_bytes(b"no numbers")
    with serving(folder) as running:
        yield running


@pytest.fixture
def guarded(tmp_path: Path, index_root: Path) -> Iterator[Running]:
    """A server that asks for keys; its file of them is `keys.yaml` beside what it writes."""
    (tmp_path / "keys.yaml").write_text("[]", encoding="utf-8")
    with serving(tmp_path, index=index_root, api_keys=tmp_path / "keys.yaml") as running:
        yield running


def _await(running: Running) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        assert running.process.poll() is None, running.written.read_text()
        try:
            if running.ask("/readyz")[0] == 200:
                return
        except URLError:
            time.sleep(0.1)
    raise AssertionError(f"Not ready after {STARTS_WITHIN} s: {running.written.read_text()}")


def test_it_answers(server: Running) -> None:
    status, kind, body = server.ask(f"/v1/determinations?activity={quote('互联网数据中心')}&lang=zh")
    assert (status, kind, json.loads(body)["status"]) == (200, "application/json", "restricted")
    proposal = json.dumps({"activity": "coffee shop"}).encode()
    status, kind, body = server.ask("/v1/determinations", proposal, Content_Type="application/json")
    assert (status, json.loads(body)["status"]) == (200, "open")
    status, kind, body = server.ask("/v1/determinations?activity=cafe", Accept="text/plain")
    assert (status, kind) == (200, "text/plain; charset=utf-8")


def test_both_workers_share_one_index(server: Running) -> None:
    [folder] = server.index.iterdir()
    assert not folder.name.startswith(".")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: server.ask("/v1/entries?q=internet+news&limit=3"), range(64)))
    assert {status for status, _, _ in answers} == {200}
    assert len({body for _, _, body in answers}) == 1


def test_any_worker_answers_any_message_of_the_protocol_of_models(server: Running) -> None:
    """The first message comes to each worker after the fork; none needs another to have gone before."""

    def ask(number: int) -> tuple[int, Any]:
        call = {"name": "assess", "arguments": {"activity": f"{SECRET}: a data centre", "foreign_share": 60}}
        message = {"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": call}
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        status, _, body = server.ask("/mcp", json.dumps(message).encode(), **headers)
        answer = json.loads(body)
        return status, (answer["id"], answer["result"]["structuredContent"]["status"])

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(32))) == [(200, (number, "restricted")) for number in range(32)]
    assert SECRET not in server.written.read_text()


def test_a_batch_comes_back_in_order(server: Running) -> None:
    rows = [f"r{at},{('coffee shop', '数据中心', 'bank')[at % 3]},{'' if at % 7 else 'x'}" for at in range(1_000)]
    table = "\r\n".join(["\ufeffref,activity,foreign_share", *rows]).encode()
    status, kind, body = server.ask("/v1/determinations/batch", table, Content_Type="text/csv", Accept="*/*")
    assert (status, kind.partition(";")[0]) == (200, "text/csv")
    answers = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    assert [row["ref"] for row in answers] == [f"r{at}" for at in range(1_000)]
    assert [at for at, row in enumerate(answers) if row["error_field"] == "foreign_share"] == list(range(0, 1_000, 7))


@pytest.mark.parametrize(
    "target",
    [b"/v1/entries/%ff", b"/v1/entries/\xff", b"/v1/entries?q=%ed%a0%80", b"/v1/entries?q=\xff", b"/%c3%28"],
)
def test_an_address_that_is_not_utf_8(server: Running, target: bytes) -> None:
    answer = server.send(b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"Traceback" not in answer


def test_a_chunked_body(server: Running) -> None:
    head = (
        b"POST /v1/determinations HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    body = b'{"activity": "coffee shop"}'
    answer = server.send(head + b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body))
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b'"status":"open"' in answer


def test_a_request_line_too_long(server: Running) -> None:
    status, _, body = server.ask(f"/v1/determinations?activity={SECRET}" + "a" * 9_000)
    assert status == 414
    assert SECRET.encode() not in body


@pytest.mark.parametrize(
    "octets",
    [
        f"GET /v1/determinations?activity={SECRET} HTTP/9.9\r\n\r\n".encode(),
        f"{SECRET}\r\n\r\n".encode(),
        f"GET /v1/rules HTTP/1.1\r\nHost: localhost\r\n{SECRET} x: y\r\n\r\n".encode(),
        f"GET /v1/rules HTTP/1.1\r\nHost: localhost\r\nContent-Length: {SECRET}\r\n\r\n".encode(),
        f"GET /v1/rules HTTP/1.1\r\nHost: localhost\r\nX-Long: {SECRET}{'x' * 9_000}\r\n\r\n".encode(),
    ],
    ids=["version", "no request", "header name", "length", "long header"],
)
def test_what_is_no_http_is_refused(server: Running, octets: bytes) -> None:
    answer = server.send(octets)
    assert answer.split(b" ")[1][:1] in (b"4", b"5")
    assert b"Traceback" not in answer


def test_the_log_holds_no_request_text(server: Running) -> None:
    secrets = {"activity": SECRET, "ref": SECRET, "location": SECRET}
    body = json.dumps(secrets).encode()
    for data in (body, body[:-1], json.dumps([secrets]).encode(), json.dumps(secrets | {SECRET: 1}).encode()):
        assert 400 <= server.ask("/v1/determinations", data, Content_Type="application/json")[0] < 500
    for kind, data in (("text/csv", f"activity,{SECRET}\n{SECRET},1"), ("text/csv", f"activity\n{SECRET}"), ("application/x-ndjson", body)):
        data = data.encode() if isinstance(data, str) else data
        assert server.ask("/v1/determinations/batch", data, Content_Type=kind)[0] < 500
    for path in (f"/v1/determinations?activity={SECRET}", f"/v1/entries/{SECRET}", f"/{SECRET}?{SECRET}={SECRET}"):
        assert server.ask(path, Referer=SECRET)[0] < 500
    server.ask(f"/v1/determinations?activity={SECRET}" + "a" * 9_000)
    server.send(f"GET /v1/determinations?activity={SECRET} HTTP/9.9\r\n\r\n".encode())
    server.send(f"GET /v1/rules HTTP/1.1\r\nHost: localhost\r\n{SECRET} x: y\r\n\r\n".encode())
    log = server.written.read_text()
    assert SECRET not in log
    assert "activity=" not in log
    lines = [json.loads(line) for line in log.splitlines()]
    assert sum(line["event"].startswith("Booting worker") for line in lines) >= 2
    assert {line["logger"] for line in lines if "route" not in line} == {"gunicorn.error"}
    routes = {line["route"] for line in lines if line["event"] == "request"}
    assert {"/v1/determinations", "/v1/entries/<path:entry_id>", "unmatched"} <= routes
    assert {line["event"] for line in lines} >= {"request", "Invalid request"}
    assert SECRET not in server.ask("/metrics")[2].decode()


def counted(server: Running, name: str) -> float:
    """The sum of a number over its labels."""
    lines = server.ask("/metrics")[2].decode().splitlines()
    return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(f"negative_list_{name}"))


def test_the_numbers_of_all_workers_are_added_up(server: Running) -> None:
    name = 'requests_total{method="GET",route="/v1/coverage"'
    before = counted(server, name)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: server.ask("/v1/coverage"), range(48)))
        assert set(pool.map(lambda _: counted(server, name), range(12))) == {before + 48}
    processes = {path.stem.rpartition("_")[2] for path in server.metrics.glob("counter_*.db")}
    assert len(processes - {str(server.process.pid)}) >= 2
    assert "1" not in processes


def test_keys_are_asked_for_bounded_and_taken_away(guarded: Running) -> None:
    def status(token: str) -> int:
        return guarded.ask("/v1/rules", X_API_Key=token)[0]

    def log() -> str:
        return guarded.written.read_text()

    def hang_up(*items: dict[str, str]) -> None:
        """Put these keys into use, and wait until only workers that know them are left."""
        file = guarded.written.with_name("keys.yaml")
        file.write_text(json.dumps(items), encoding="utf-8")
        gone = log().count("Worker exiting")
        guarded.process.send_signal(signal.SIGHUP)
        until = time.monotonic() + STARTS_WITHIN
        while log().count("Worker exiting") < gone + 2:
            assert time.monotonic() < until, log()
            time.sleep(0.05)

    (free, first), (bound, second) = keys.make("free"), keys.make("bound", "3 per minute")
    assert status(free) == 401
    hang_up(first, second)
    assert {status(free) for _ in range(8)} == {200}
    # Each of the two workers counts by itself.
    assert 3 <= [status(bound) for _ in range(12)].count(200) <= 6
    assert counted(guarded, "rate_limited_total") >= 6
    hang_up(second)
    assert {status(free) for _ in range(8)} == {401}
    assert counted(guarded, "requests_in_flight") == 1
    assert guarded.ask("/healthz")[0] == 200
    for token in (free, bound):
        assert token not in log()


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("PORT", "eighty", "NEGATIVE_LIST_PORT is 'eighty'; expected is a whole number from 1 to 65535."),
        ("API_KEYS", "none.yaml", "none.yaml: cannot be read: "),
    ],
)
def test_what_an_operator_must_mend_stops_the_start_with_its_reason(
    tmp_path: Path, index_root: Path, name: str, value: str, reason: str
) -> None:
    command = [sys.executable, "-m", "gunicorn", "-c", "python:service.gunicorn_conf"]
    settings = {"INDEX": str(index_root), "PORT": str(free_port()), "METRICS_FOLDER": str(tmp_path), name: value}
    environment = os.environ | {f"NEGATIVE_LIST_{key}": set_to for key, set_to in settings.items()}
    environment["PYTHONPATH"] = str(ROOT)
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=STARTS_WITHIN)
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert reason in done.stderr
    assert "Traceback" not in done.stderr


def test_garbage_is_collected_in_workers_and_not_before() -> None:
    script = (
        "import gc\n"
        "from service import gunicorn_conf as conf\n"
        "before = gc.isenabled()\n"
        "conf.when_ready(None)\n"
        "frozen = gc.get_freeze_count() > 0\n"
        "conf.post_fork(None, None)\n"
        "print(before, frozen, gc.isenabled())\n"
    )
    told = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True)
    assert told.stdout.split() == ["False", "True", "True"]
