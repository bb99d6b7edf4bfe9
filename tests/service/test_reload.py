"""SIGHUP puts new data into use without a failed request, and refuses data that are wrong."""

from __future__ import annotations

import http.client
import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import structlog
from flask import Flask

from negative_list.catalogue import DATA, load
from negative_list.errors import IndexUnusable
from negative_list.index import folder_of
from service import state
from service.app import create_app
from service.settings import Settings
from service.state import State, reload_data
from tests.held import slim

ROOT = Path(__file__).parents[2]
# Data are loaded and an index is built a few times over, on a machine that may be busy.
WITHIN = 120
DETERMINE = "/v1/determinations?activity=coffee+shop"


def rewrite(data: Path, **fields: str) -> None:
    """Give fields of dataset.yaml other values."""
    file = data / "dataset.yaml"
    text = file.read_text(encoding="utf-8")
    for name, value in fields.items():
        text = re.sub(rf"^{name}: .*$", f"{name}: {value}", text, count=1, flags=re.M)
    file.write_text(text, encoding="utf-8")


def await_true(what: str, holds: Callable[[], object]) -> None:
    until = time.monotonic() + WITHIN
    while not holds():
        assert time.monotonic() < until, f"Not within {WITHIN} s: {what}"
        time.sleep(0.05)


@dataclass
class Running:
    """A server over a data folder that a test may change."""

    process: subprocess.Popen[bytes]
    port: int
    data: Path
    written: Path
    answers: list[tuple[str, int | str, str | None]] = field(default_factory=list)

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def ready(self) -> dict[str, Any]:
        """What /readyz says on a connection of its own; nothing while the server does not listen yet."""
        connection = self.connect()
        try:
            connection.request("GET", "/readyz")
            said: dict[str, Any] = json.loads(connection.getresponse().read())
            return said
        except ConnectionRefusedError:
            assert self.process.poll() is None, self.written.read_text()
            return {}
        finally:
            connection.close()

    def version(self) -> str | None:
        version: str | None = self.ready().get("dataset", {}).get("version")
        return version

    def hang_up(self) -> None:
        self.process.send_signal(signal.SIGHUP)

    def log(self, event: str) -> list[dict[str, Any]]:
        """What the service logged under an event so far."""
        # The last line may be half written.
        finished = self.written.read_text().rpartition("\n")[0]
        lines = [json.loads(line) for line in finished.splitlines() if line.startswith("{")]
        return [line for line in lines if line["event"] == event]

    def workers(self) -> int:
        """How many workers were started so far."""
        return self.written.read_text().count("Booting worker")

    @contextmanager
    def asked_all_the_while(self) -> Iterator[None]:
        """Keep asking, over new connections and over kept ones, and note every answer."""
        over = threading.Event()
        threads = [
            threading.Thread(target=self._keep_asking, args=(over, kind, path))
            for kind in ("new", "kept")
            for path in ("/readyz", DETERMINE)
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            over.set()
            for thread in threads:
                thread.join(timeout=60)
        assert not any(thread.is_alive() for thread in threads)

    def _keep_asking(self, over: threading.Event, kind: str, path: str) -> None:
        connection = self.connect()
        while not over.wait(0.005):
            try:
                connection.request("GET", path)
                response = connection.getresponse()
                response.read()
                self.answers.append((kind, response.status, response.headers["X-Dataset-Version"]))
            except (OSError, http.client.HTTPException) as error:
                self.answers.append((kind, repr(error), None))
                connection.close()
            if kind == "new":
                connection.close()
        connection.close()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A slim copy of the data shipped, as version 3001.1.0."""
    copy = slim(tmp_path / "data")
    rewrite(copy, version="3001.1.0")
    return copy


@pytest.fixture
def server(tmp_path: Path, data: Path) -> Iterator[Running]:
    port = free_port()
    environment = os.environ | {
        "NEGATIVE_LIST_HOST": "127.0.0.1",
        "NEGATIVE_LIST_PORT": str(port),
        "NEGATIVE_LIST_WORKERS": "2",
        "NEGATIVE_LIST_DATA": str(data),
        "NEGATIVE_LIST_INDEX": str(tmp_path / "index"),
        "NEGATIVE_LIST_LOG_LEVEL": "info",
        "PYTHONPATH": os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", ""))),
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "python:service.gunicorn_conf"]
    written = tmp_path / "written"
    with written.open("wb") as sink:
        process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=sink, stderr=subprocess.STDOUT)
    running = Running(process, port, data, written)
    try:
        await_true("the start", running.ready)
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def test_new_data_without_a_failed_request(server: Running) -> None:
    with server.asked_all_the_while():
        assert server.version() == "3001.1.0"
        rewrite(server.data, version="3001.2.0")
        server.hang_up()
        await_true("the first reload", lambda: server.version() == "3001.2.0")
        await_true("the end of the old workers", lambda: server.written.read_text().count("Worker exiting") == 2)

        rewrite(server.data, version="3001.3.0", checked_on="someday")
        server.hang_up()
        await_true("the refusal", lambda: server.log("data_refused"))
        await_true("new workers", lambda: server.workers() == 6)
        await_true("the end of the old workers", lambda: server.written.read_text().count("Worker exiting") == 4)
        digest = server.ready()["dataset"]["digest"]
        assert [line["digest"] for line in server.log("data_loaded")] == [digest]

        rewrite(server.data, version="3001.4.0", checked_on="2026-11-23")
        server.hang_up()
        await_true("the last reload", lambda: server.version() == "3001.4.0")
        await_true("the end of the old workers", lambda: server.written.read_text().count("Worker exiting") == 6)

    assert {answer for answer in server.answers if answer[1] != 200} == set()
    served = {(kind, version) for kind, _, version in server.answers}
    assert served == {(kind, f"3001.{n}.0") for kind in ("new", "kept") for n in (1, 2, 4)}

    lines = (DATA / "dataset.yaml").read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, 1) if text.startswith("checked_on:"))
    [fault] = server.log("data_fault")
    assert (fault["file"], fault["line"], fault["field"]) == ("dataset.yaml", line, "checked_on")
    assert fault["fault"]
    [refusal] = server.log("data_refused")
    assert (refusal["level"], refusal["faults"], refusal["kept"]) == ("error", 1, "3001.2.0")
    assert [line["version"] for line in server.log("data_loaded")] == ["3001.2.0", "3001.4.0"]

    log = server.written.read_text()
    assert "Traceback" not in log
    assert "coffee" not in log
    assert DETERMINE not in log


def test_the_index_in_use_is_kept(data: Path, tmp_path: Path) -> None:
    root = tmp_path / "index"
    app = create_app(Settings(data=data, index=root, log_level="critical"))
    used, foreign = folder_of(load(data).digest, root), root / "foreign"
    shutil.copytree(used, foreign, ignore=shutil.ignore_patterns("template-*"))
    os.utime(used, (1, 1))
    rewrite(data, version="3001.2.0")
    reload_data(app)
    response = app.test_client().get("/readyz")
    assert (response.status_code, response.headers["X-Dataset-Version"]) == (200, "3001.2.0")
    assert set(root.iterdir()) == {used, folder_of(load(data).digest, root)}


@pytest.mark.parametrize("error", [IndexUnusable("The folder is full."), RuntimeError("No one thought of this.")])
def test_whatever_is_wrong_the_data_in_use_go_on(
    app: Flask, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    written = io.StringIO()
    # A logger of its own: the level of the shared one is whatever the last application made it.
    log = structlog.wrap_logger(
        structlog.PrintLogger(written),
        processors=[structlog.processors.JSONRenderer()],
        wrapper_class=structlog.BoundLogger,
    )
    monkeypatch.setattr(state, "log", log)

    def fail(settings: Settings) -> State:
        raise error

    monkeypatch.setattr(State, "load", fail)
    before = app.test_client().get("/readyz").get_json()
    reload_data(app)
    assert app.test_client().get("/readyz").get_json() == before
    entry = json.loads(written.getvalue())
    assert (entry["event"], entry["error"], entry["reason"]) == ("data_refused", type(error).__name__, str(error))
    assert entry["kept"] == before["dataset"]["version"]
