"""Whoever writes a line to the log, it has one shape and holds no text of a request."""

from __future__ import annotations

import io
import json
import logging
import sys
from typing import Any

import pytest
import structlog

from service import logs

SECRET = "prospective-acquisition"


@pytest.fixture
def heard(capsys: pytest.CaptureFixture[str]) -> Any:
    """`heard()`: the lines written to standard error so far."""

    def read() -> list[dict[str, Any]]:
        return [json.loads(line) for line in capsys.readouterr().err.splitlines()]

    return read


def test_a_line_is_written_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the lines of several processes run into each other where output is unbuffered."""
    parts: list[str] = []

    class Sink(io.StringIO):
        def write(self, text: str) -> int:
            parts.append(text)
            return len(text)

    held = structlog.get_config()
    try:
        monkeypatch.setattr(sys, "stdout", Sink())
        logs.configure("info")
        log = structlog.get_logger()
        log.debug("unheard")
        log.info("heard", number=1)
    finally:
        structlog.configure(**held)
    [line] = parts
    assert line.endswith("}\n")
    assert json.loads(line)["number"] == 1


def test_a_line_of_the_server(heard: Any) -> None:
    log = logging.getLogger("of a server")
    log.propagate = False
    log.setLevel(logging.INFO)
    handler = logging.StreamHandler()
    handler.setFormatter(logs.formatter())
    log.addHandler(handler)
    log.addFilter(logs.NoRequestText())
    log.info("Booting worker with pid: %s", 17)
    log.warning("Invalid request from ip=%s: %s", "192.0.2.1", SECRET)
    try:
        raise ValueError(SECRET)
    except ValueError:
        log.exception("Error handling request %s", f"/v1/entries/{SECRET}")
    first, second, third = heard()
    assert (first["event"], first["level"], first["logger"]) == ("Booting worker with pid: 17", "info", "of a server")
    assert first["timestamp"].endswith("Z")
    assert (second["event"], second["level"]) == ("Invalid request", "warning")
    assert (third["event"], third["level"]) == ("Error handling a request: ValueError", "error")
    assert SECRET not in json.dumps([second, third])


def test_of_a_library_only_the_place_is_kept(heard: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    root = logging.RootLogger(logging.WARNING)
    monkeypatch.setattr(logging, "getLogger", lambda name=None: root)
    logs.take_over_libraries()
    logs.take_over_libraries()
    try:
        raise ValueError(SECRET)
    except ValueError:
        root.error("could not read %s", SECRET, exc_info=True, stack_info=True)
    [line] = heard()
    assert line["event"].startswith(f"library_log at {sys._getframe().f_code.co_filename.rpartition('/')[2]}:")
    assert (line["level"], line["logger"]) == ("error", "root")
    assert SECRET not in json.dumps(line)
