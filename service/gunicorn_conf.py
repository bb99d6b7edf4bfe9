"""How gunicorn serves the application: gunicorn -c python:service.gunicorn_conf

Read by gunicorn alone; nothing imports it. Settings of the application itself are in service.settings.
"""

from __future__ import annotations

import gc
import logging
import os
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

from service.state import reload_data

_host = os.environ.get("HOST") or "127.0.0.1"
_port = os.environ.get("PORT") or "8000"
_memory = Path("/dev/shm")  # noqa: S108  # the heartbeat file only, opened by gunicorn with mkstemp


class _NoRequestText(logging.Filter):
    """Keep what clients ask out of the log: a proposal is confidential, and gunicorn would write its URL."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = str(record.msg)
        if message.startswith("Invalid request from ip="):
            record.msg, record.args = "Invalid request", None
        elif message.startswith("Error handling request"):
            kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "unknown"
            record.msg, record.args, record.exc_info = "Error handling a request: %s", (kind,), None
        return True


_no_request_text = _NoRequestText()


class PrivateLogger(Logger):  # type: ignore[misc, unused-ignore]
    """gunicorn's logger without the text of requests."""

    def setup(self, cfg: Any) -> None:
        """Set up as gunicorn does, then put the filter before every handler; on a reload again."""
        super().setup(cfg)
        self.error_log.addFilter(_no_request_text)


wsgi_app = "service.app:create_app()"
bind = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"

# Two workers use two cores; four threads each keep a slow client from holding up the others.
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
worker_class = "gthread"
threads = 4
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
worker_tmp_dir = str(_memory) if os.access(_memory, os.W_OK) else None
# No socket for gunicornc: it would be written below the home folder, and nothing here uses it.
control_socket_disable = True

# No access log, for it would hold the URLs of proposals; see PrivateLogger for the error log.
accesslog = None
errorlog = "-"
loglevel = (os.environ.get("NEGATIVE_LIST_LOG_LEVEL") or "info").lower()
logger_class = PrivateLogger


def on_reload(server: Any) -> None:
    """On SIGHUP, read new data in the master; the old workers answer until those forked next take over."""
    reload_data(server.app.wsgi())
    # The data let go hold themselves in cycles; freed here, they are not handed on to every worker.
    gc.collect()
