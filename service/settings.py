"""Every setting of the service, read once at start.

Each is an environment variable: `NEGATIVE_LIST_` and the name of the field in capitals. An empty one counts as absent.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from negative_list.index import default_folder

PREFIX = "NEGATIVE_LIST_"


def _setting(default: Any, meaning: str, read: Callable[[str], Any] = str, *, secret: bool = False) -> Any:
    """A field with what it means to an operator, how it is read, and whether it may be shown."""
    return field(default=default, metadata={"meaning": meaning, "read": read, "secret": secret})


def _words(value: str) -> tuple[str, ...]:
    """The parts of a list separated by commas."""
    return tuple(word for part in value.split(",") if (word := part.strip()))


@dataclass(frozen=True)
class Settings:
    """What an operator can set; what each means stands beside it."""

    data: Path | None = _setting(None, "a data folder of your own; without it the one shipped", Path)
    index: Path = _setting(
        Path("index"), "where the search index lies; writable, or built beforehand by `negative-list index`", Path
    )
    log_level: str = _setting("info", "`debug`, `info`, `warning` or `error`")
    public_url: str = _setting(
        "",
        "the address under which the service is reached, such as `https://law.example`; empty means relative links",
        lambda value: value.rstrip("/"),
    )
    allowed_origins: tuple[str, ...] = _setting(
        (), "origins, separated by commas, whose pages may call the API and show the embedded check", _words
    )
    rate_limit: str = _setting("", "how much one client may ask, such as `120 per minute`; empty means without limit")
    rate_limit_store: str = _setting(
        "memory://", "where counts are kept: `memory://`, or `redis://…` where several replicas share them", secret=True
    )
    api_keys: Path | None = _setting(None, "a file of hashed API keys; without it no key is asked for", Path)
    trusted_proxies: int = _setting(
        0, "how many proxies before the service may be believed about the client's address", int
    )
    metrics_folder: Path | None = _setting(
        None, "where the workers of one service add up their metrics; without it a temporary folder", Path
    )
    security_contact: str = _setting("", "the address or mail that `security.txt` names; without it there is none")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read the settings."""
        environ = os.environ if environ is None else environ
        given = {
            item.name: item.metadata["read"](value)
            for item in fields(cls)
            if (value := environ.get(variable(item), ""))
        }
        return cls(**{"index": default_folder(), **given})


def variable(item: Field[Any]) -> str:
    """The environment variable of a setting."""
    return PREFIX + item.name.upper()


VARIABLES = tuple(variable(item) for item in fields(Settings))
