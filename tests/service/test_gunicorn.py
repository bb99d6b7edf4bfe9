"""The service as it is run: gunicorn with two workers that share one index folder."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

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


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("gunicorn")
    port = free_port()
    environment = os.environ | {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "WEB_CONCURRENCY": "2",
        "NEGATIVE_LIST_INDEX": str(folder / "index"),
        "PYTHONPATH": os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", ""))),
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "python:service.gunicorn_conf"]
    written = folder / "written"
    with written.open("wb") as sink:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=sink, stderr=subprocess.STDOUT)
    running = Running(process, port, written, folder / "index")
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
    assert "Booting worker" in log
    assert SECRET not in log
    assert "activity" not in log
    assert "/v1/" not in log
