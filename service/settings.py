"""Every setting of the service, read once at start. Each is an environment variable of the same name."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from negative_list.index import default_folder


@dataclass(frozen=True)
class Settings:
    """What an operator can set.

    data: NEGATIVE_LIST_DATA, a data folder instead of the one shipped.
    index: NEGATIVE_LIST_INDEX, where the search index is built and opened; must be writable unless it is there.
    log_level: NEGATIVE_LIST_LOG_LEVEL, debug, info, warning or error.
    public_url: NEGATIVE_LIST_PUBLIC_URL, the address under which problem types are published; empty means
        addresses relative to the service.
    """

    data: Path | None = None
    index: Path = Path("index")
    log_level: str = "info"
    public_url: str = ""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read the settings; an empty variable counts as absent."""
        environ = os.environ if environ is None else environ
        data = environ.get("NEGATIVE_LIST_DATA")
        index = environ.get("NEGATIVE_LIST_INDEX")
        return cls(
            data=Path(data) if data else None,
            index=Path(index) if index else default_folder(),
            log_level=environ.get("NEGATIVE_LIST_LOG_LEVEL") or "info",
            public_url=(environ.get("NEGATIVE_LIST_PUBLIC_URL") or "").rstrip("/"),
        )


VARIABLES = ("NEGATIVE_LIST_DATA", "NEGATIVE_LIST_INDEX", "NEGATIVE_LIST_LOG_LEVEL", "NEGATIVE_LIST_PUBLIC_URL")
