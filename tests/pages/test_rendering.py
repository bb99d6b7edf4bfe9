"""How pages are made ready: their templates, compiled once for all starts."""

from __future__ import annotations

import dataclasses
import tempfile
from pathlib import Path
from typing import Any

import jinja2
import pytest
from flask import Flask

from service.app import create_app
from service.settings import Settings
from service.state import State


@pytest.fixture
def settings(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings with an empty index folder, over the engine that is there already."""
    held: State = app.extensions["negative_list"]
    monkeypatch.setattr(State, "load", lambda settings: dataclasses.replace(held, settings=settings))
    found = Settings(index=tmp_path, log_level="error")
    dataclasses.replace(held, settings=found).folder.mkdir()
    return found


def _refuse(*_: Any, **__: Any) -> Any:
    raise PermissionError("read-only")


def test_templates_are_compiled_once(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    create_app(settings)
    monkeypatch.setattr(jinja2.Environment, "compile", _refuse)
    assert create_app(settings).test_client().get("/").status_code == 200


def test_a_folder_that_cannot_be_written_does_no_harm(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", _refuse)
    assert create_app(settings).test_client().get("/").status_code == 200
    assert not any(settings.index.rglob("template-*"))
