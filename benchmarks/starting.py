"""How long the service takes from the start of its first process to its first answer, with the index built."""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

STARTS = 5
PATIENCE = 60.0


def seconds(index: Path) -> float:
    """The median seconds until one worker says that it is ready; raises TimeoutError where none does."""
    # The first start keeps what the next ones need not work out.
    return statistics.median([_once(index) for _ in range(1 + STARTS)][1:])


def _once(index: Path) -> float:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    names = {"HOST": "127.0.0.1", "PORT": port, "WORKERS": 1, "INDEX": index, "LOG_LEVEL": "error"}
    environment = os.environ | {f"NEGATIVE_LIST_{name}": str(value) for name, value in names.items()}
    command = [sys.executable, "-m", "gunicorn", "-c", "python:service.gunicorn_conf"]
    start = time.perf_counter()
    with subprocess.Popen(command, env=environment) as process:
        try:
            while not _is_ready(port):
                if time.perf_counter() > start + PATIENCE:
                    raise TimeoutError(f"the service was not ready in {PATIENCE:.0f} seconds")
                time.sleep(0.005)
            return time.perf_counter() - start
        finally:
            process.terminate()


def _is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=PATIENCE):
            return True
    except urllib.error.URLError:
        return False
