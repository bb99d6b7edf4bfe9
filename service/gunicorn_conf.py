"""How gunicorn serves the application: gunicorn -c python:service.gunicorn_conf

Read by gunicorn alone, once, in its first process; nothing else imports it. Settings are in service.settings.
"""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from gunicorn.glogging import Logger

from service import logs
from service.settings import Settings, SettingsError, unknown

_memory = Path("/dev/shm")  # noqa: S108  # opened with mkstemp and mkdtemp only
_in_memory = str(_memory) if os.access(_memory, os.W_OK) else None


def _read_settings() -> Settings:
    try:
        return Settings.from_environment()
    except SettingsError as error:
        sys.exit(f"error: the settings cannot be read.\n{error}")


def _metrics_folder(asked: Path | None) -> str:
    """An empty folder for the numbers of the processes: the one asked for, or one that goes when this process does."""
    try:
        if asked is None:
            folder = tempfile.mkdtemp(prefix="negative-list-metrics-", dir=_in_memory)
            atexit.register(partial(_remove, folder, os.getpid()))
            return folder
        asked.mkdir(parents=True, exist_ok=True)
        for left in asked.glob("*.db"):
            left.unlink()
        return str(asked)
    except OSError as error:
        sys.exit(f"error: metrics cannot be kept ({error}). Set NEGATIVE_LIST_METRICS_FOLDER to a writable folder.")


def _remove(folder: str, owner: int) -> None:
    # A worker that ends as Python does, rather than as gunicorn has it end, must not take the others' numbers along.
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)


class PrivateLogger(Logger):  # type: ignore[misc, unused-ignore]
    """gunicorn's logger, as JSON and without the text of requests."""

    def setup(self, cfg: Any) -> None:
        """Set up as gunicorn does, then put our filter and shape in; on a reload again."""
        super().setup(cfg)
        self.error_log.addFilter(_no_request_text)
        for handler in self.error_log.handlers:
            handler.setFormatter(logs.formatter())
        logs.take_over_libraries()


# What is read before the workers fork is never garbage: it is not looked through, neither now nor later, and so its
# memory stays shared.
gc.disable()

_settings = _read_settings()
_no_request_text = logs.NoRequestText()
# Before anything imports prometheus_client, which looks at it once.
os.environ["PROMETHEUS_MULTIPROC_DIR"] = _metrics_folder(_settings.metrics_folder)

wsgi_app = f"{__name__}:application()"
bind = f"[{_settings.host}]:{_settings.port}" if ":" in _settings.host else f"{_settings.host}:{_settings.port}"

# Two workers use two cores; four threads each keep a slow client from holding up the others.
workers = _settings.workers
worker_class = "gthread"
threads = _settings.threads
# One socket, held by the master: with a socket for each worker (reuse_port), what waits on that of a worker that
# goes is reset. The kernel wakes whichever worker is idle, so both are kept busy.
reuse_port = False
# Data and index are read once, before the workers fork, and shared by them.
preload_app = True

# A determination takes milliseconds, the largest batch a few seconds.
timeout = 30
graceful_timeout = 20
# Longer than the usual 60 seconds of a proxy, so that it is the proxy that closes an idle connection.
keepalive = 65
# gunicorn's largest; beyond it the answer is 414 before any of our code runs.
limit_request_line = 8190
limit_request_fields = 64

# The heartbeat file lives in memory: no stall on a slow disk, and a read-only root will do.
worker_tmp_dir = _in_memory
# No socket for gunicornc: it would be written below the home folder, and nothing here uses it.
control_socket_disable = True

# No access log, for it would hold the URLs of proposals; the application writes a line for each request instead.
accesslog = None
errorlog = "-"
loglevel = _settings.log_level
logger_class = PrivateLogger


def application() -> Any:
    """The application; what an operator must mend stops the start with its reason, and no trace of the program."""
    from negative_list.errors import NegativeListError
    from service.app import create_app
    from service.keys import KeysError

    logs.configure(_settings.log_level)
    for name, nearest in unknown():
        structlog.get_logger().warning("unknown_setting", variable=name, nearest=nearest)
    try:
        return create_app(_settings)
    except (NegativeListError, KeysError) as error:
        sys.exit(f"error: the service cannot start.\n{error}")


def when_ready(server: Any) -> None:
    """Put what is held out of reach of the garbage collection."""
    gc.freeze()


def post_fork(server: Any, worker: Any) -> None:
    """Let a worker collect the garbage of its own requests."""
    gc.enable()


def child_exit(server: Any, worker: Any) -> None:
    """Let a worker that has gone count no longer as busy; what it answered stays counted."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)


def on_reload(server: Any) -> None:
    """On SIGHUP, read keys and data anew in the master; the old workers answer until those forked next take over."""
    from service.access import reload_keys
    from service.state import reload_data

    app = server.app.wsgi()
    reload_keys(app)
    reload_data(app)
    # The data let go hold themselves in cycles; freed here, they are not handed on to every worker.
    gc.unfreeze()
    gc.collect()
    gc.freeze()
