"""What the tests share: the data set, one engine over it, and the service."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from marshmallow import Schema
from werkzeug.serving import WSGIRequestHandler, make_server

from negative_list import catalogue as catalogue_module
from negative_list.catalogue import Catalogue
from negative_list.datafiles import DataFolder
from negative_list.determination import Determination, Engine
from negative_list.learnt import BY_ACTIVITY, BY_TOPIC, SETTINGS, WORDS
from negative_list.learnt import read as read_learnt
from service.app import create_app
from service.settings import Settings
from tests import held


class Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_request(self, *_: Any) -> None:
        """Nothing."""


# The first example of a property pays for what the engine prepares lazily.
settings.register_profile("tests", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tests")


@pytest.fixture(scope="session", autouse=True)
def _unchanged_files_are_read_once() -> Iterator[None]:
    """A data file that stands in many copies of the data folder is parsed and checked once for all of them."""
    kept: dict[tuple[bytes, type], Any] = {}
    read = DataFolder.load

    def load(folder: DataFolder, name: str, schema: Schema) -> Any:
        key = (folder._contents.get(name, b""), type(schema))
        if key not in kept:
            before = len(folder.faults)
            found = read(folder, name, schema)
            if not key[0] or len(folder.faults) > before:
                return found
            kept[key] = found
        return kept[key]

    learnt: dict[tuple[bytes, ...], Any] = {}

    def tables(folder: DataFolder) -> Any:
        key = tuple(folder._contents.get(name, b"") for name in (SETTINGS, BY_TOPIC, BY_ACTIVITY, WORDS))
        if key not in learnt:
            before = len(folder.faults)
            found = read_learnt(folder)
            if len(folder.faults) > before:
                return found
            learnt[key] = found
        return learnt[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DataFolder, "load", load)
        patch.setattr(catalogue_module, "read_learnt", tables)
        yield


@pytest.fixture(scope="session")
def today() -> date:
    """The day whose law the tests ask."""
    return date(2026, 11, 23)


@pytest.fixture(scope="session")
def index_root() -> Path:
    return held.INDEX


@pytest.fixture(scope="session")
def engine() -> Engine:
    return held.engine()


@pytest.fixture(scope="session")
def catalogue(engine: Engine) -> Catalogue:
    return engine.catalogue


@pytest.fixture(scope="session")
def determine(engine: Engine, today: date) -> Callable[..., Determination]:
    """`determine(text, **fields)`: the answer on the day of the tests."""

    def answer(text: str = "", **fields: Any) -> Determination:
        return engine.determine({"activity": text, **fields}, today)

    return answer


@pytest.fixture(scope="session")
def app(index_root: Path) -> Flask:
    app = create_app(Settings(index=index_root, log_level="error"))
    app.testing = True
    return app


@pytest.fixture(scope="session")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def site(app: Flask) -> Iterator[str]:
    """The address of the service on a free port of loopback."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
