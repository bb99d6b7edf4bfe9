"""What the tests of the service share: applications with other settings over the one engine of the session."""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient

from service.app import create_app
from service.settings import Settings
from service.state import State

Serve = Callable[..., FlaskClient]


@pytest.fixture
def serve(app: Flask, index_root: Path, monkeypatch: pytest.MonkeyPatch) -> Serve:
    """`serve(**settings)`: a client of an application with these settings, over the engine that is there already."""
    held: State = app.extensions["negative_list"]
    monkeypatch.setattr(State, "load", lambda settings: dataclasses.replace(held, settings=settings))

    def start(**fields: Any) -> FlaskClient:
        return create_app(Settings(index=index_root, log_level="error", **fields)).test_client()

    return start


class Written:
    """What a logger of a module wrote."""

    def __init__(self) -> None:
        self.sink = io.StringIO()
        # A logger of its own: the level of the shared one is whatever the last application made it.
        self.log = structlog.wrap_logger(
            structlog.PrintLogger(self.sink),
            processors=[structlog.processors.add_log_level, structlog.processors.JSONRenderer()],
            wrapper_class=structlog.BoundLogger,
        )

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.sink.getvalue().splitlines()]


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], Written]:
    """`logged(module)`: what the module logs from now on."""

    def listen(module: Any) -> Written:
        written = Written()
        monkeypatch.setattr(module, "log", written.log)
        return written

    return listen
