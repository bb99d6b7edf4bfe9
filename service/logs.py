"""Logs: one JSON object a line, of the application, the server and the libraries alike.

None holds text of a request: a proposal is confidential.
"""

from __future__ import annotations

import logging
from typing import Any, TextIO

import structlog

_SHAPE: list[Any] = [
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configure(level: str) -> None:
    """Let the application log from a level on."""
    structlog.configure(
        processors=[*_SHAPE, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        # Writes a line with its end at once, so that those of several processes do not run into each other.
        logger_factory=structlog.WriteLoggerFactory(),
        cache_logger_on_first_use=True,
    )


def formatter() -> logging.Formatter:
    """What gives records of Python's own logging the shape of the application's lines."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*_SHAPE, structlog.stdlib.add_logger_name],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
    )


def take_over_libraries() -> None:
    """Let what libraries warn of be written in the same shape, reduced to its place."""
    root = logging.getLogger()
    if not any(isinstance(handler, _OfLibraries) for handler in root.handlers):
        root.addHandler(_OfLibraries())


class _OfLibraries(logging.StreamHandler[TextIO]):
    """Writes to standard error."""

    def __init__(self) -> None:
        super().__init__()
        self.addFilter(_OnlyPlace())
        self.setFormatter(formatter())


class NoRequestText(logging.Filter):
    """Keep what clients ask out of gunicorn's log, which would write addresses and lines it cannot read."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true; the record is stripped of what a client sent."""
        message = str(record.msg)
        if message.startswith("Invalid request from ip="):
            record.msg, record.args = "Invalid request", None
        elif message.startswith("Error handling request"):
            kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "unknown"
            record.msg, record.args, record.exc_info = "Error handling a request: %s", (kind,), None
        return True


class _OnlyPlace(logging.Filter):
    """Reduce what a library logs to where it did so, since its message may quote a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true; the record keeps its level, its logger and its place."""
        record.msg, record.args, record.exc_info = f"library_log at {record.filename}:{record.lineno}", None, None
        record.stack_info = None
        return True
