"""Every setting of the service, read once at start.

Each is an environment variable: `NEGATIVE_LIST_` and the name of the field in capitals. An empty one counts as absent.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from limits import parse_many
from rapidfuzz import fuzz, process

from negative_list.index import default_folder

PREFIX = "NEGATIVE_LIST_"
LEVELS = ("debug", "info", "warning", "error", "critical")
STORES = ("memory://", "redis://", "rediss://", "redis+unix://")
HIDDEN = "(hidden)"


class SettingsError(ValueError):
    """Settings that cannot be read; `faults` holds a sentence for each."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


def _setting(
    default: Any, meaning: str, read: Callable[[str], Any] = str, *, secret: bool = False, fallback: str = ""
) -> Any:
    """A field with what it means to an operator, how it is read, whether it may be shown, and its plain name if any.

    `read` raises ValueError with what is expected.
    """
    return field(default=default, metadata={"meaning": meaning, "read": read, "secret": secret, "fallback": fallback})


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not (value.isascii() and value.isdigit() and low <= int(value[:9]) <= high):
            raise ValueError(f"a whole number from {low} to {high}")
        return int(value)

    return read


def _level(value: str) -> str:
    if value.lower() not in LEVELS:
        raise ValueError(f"one of {', '.join(LEVELS)}")
    return value.lower()


def _is_origin(value: str) -> bool:
    """Whether a value is an origin (RFC 6454) that a browser would send: scheme, host and port, no path."""
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 - raises when it is no port
    except ValueError:
        return False
    bare = not (parts.path or parts.query or parts.fragment or "@" in parts.netloc)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and bare and value.isascii()


def _address(value: str) -> str:
    """An address of the web without the slash at its end; a path in it is kept."""
    address = value.rstrip("/")
    parts = urlsplit(address)
    if not _is_origin(f"{parts.scheme}://{parts.netloc}") or parts.query or parts.fragment:
        raise ValueError("an address such as https://law.example")
    return address


def _origins(value: str) -> tuple[str, ...]:
    """The origins of a list separated by commas, or `*` alone."""
    origins = tuple(word.rstrip("/").lower() for part in value.split(",") if (word := part.strip()))
    if origins != ("*",) and not all(_is_origin(origin) for origin in origins):
        raise ValueError("origins such as https://firm.example, separated by commas and without a path, or * alone")
    return origins


def rate(value: str) -> str:
    """A limit such as `120 per minute`, several separated by semicolons. Raises ValueError."""
    expected = "a limit such as 120 per minute, several separated by semicolons"
    try:
        limits = parse_many(value)
    except ValueError:
        raise ValueError(expected) from None
    if len(limits) != len(value.split(";")) or any(item.amount < 1 for item in limits):
        raise ValueError(expected)
    return value


def _store(value: str) -> str:
    if not value.startswith(STORES):
        raise ValueError(f"an address that begins with {', '.join(STORES)}")
    return value


@dataclass(frozen=True)
class Settings:
    """What an operator can set; what each means stands beside it."""

    host: str = _setting("127.0.0.1", "the address to serve on", fallback="HOST")
    port: int = _setting(8000, "the port to serve on", _whole(1, 65_535), fallback="PORT")
    workers: int = _setting(2, "worker processes", _whole(1, 256), fallback="WEB_CONCURRENCY")
    threads: int = _setting(4, "threads of each worker", _whole(1, 256))
    data: Path | None = _setting(None, "a data folder of your own; without it the one shipped", Path)
    index: Path = _setting(
        Path("index"), "where the search index lies; writable, or built beforehand by `negative-list index`", Path
    )
    log_level: str = _setting("info", "`debug`, `info`, `warning`, `error` or `critical`", _level)
    public_url: str = _setting(
        "",
        "the address under which the service is reached, such as `https://law.example`; empty means relative links",
        _address,
    )
    allowed_origins: tuple[str, ...] = _setting(
        (),
        "origins, separated by commas, whose pages may call the API and show the embedded check; `*` means all",
        _origins,
    )
    rate_limit: str = _setting(
        "", "how much one client may ask, such as `120 per minute`; empty means without limit", rate
    )
    rate_limit_store: str = _setting(
        "memory://",
        "where counts are kept: `memory://`, in each worker by itself, or `redis://…`, shared by workers and replicas",
        _store,
        secret=True,
    )
    api_keys: Path | None = _setting(None, "a file of hashed API keys; without it no key is asked for", Path)
    trusted_proxies: int = _setting(
        0, "how many proxies before the service may be believed about the client's address", _whole(0, 16)
    )
    metrics_folder: Path | None = _setting(
        None, "where the workers of one service add up their metrics; without it a temporary folder", Path
    )
    security_contact: str = _setting("", "the address or mail that `security.txt` names; without it there is none")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read the settings. Raises SettingsError, which names each variable that cannot be read."""
        return cls(**{reading.name: reading.value for reading in readings(environ)})


@dataclass(frozen=True)
class Reading:
    """A setting as it was read: its value and the variable it came from, `default` where none was given."""

    name: str
    variable: str
    value: Any
    source: str
    meaning: str
    secret: bool

    @property
    def shown(self) -> str:
        """The value as an operator would write it, hidden where it may hold a password."""
        if self.secret and self.source != "default":
            return HIDDEN
        return ",".join(self.value) if isinstance(self.value, tuple) else "" if self.value is None else str(self.value)


def readings(environ: Mapping[str, str] | None = None) -> tuple[Reading, ...]:
    """Every setting with its value and where it came from. Raises SettingsError."""
    environ = os.environ if environ is None else environ
    found: list[Reading] = []
    faults: list[str] = []
    for item in fields(Settings):
        facts, name = item.metadata, variable(item)
        source = next((key for key in (name, facts["fallback"]) if key and environ.get(key)), "default")
        value = default_folder() if item.name == "index" else item.default
        if source != "default":
            given = environ[source]
            try:
                value = facts["read"](given)
            except ValueError as error:
                shown = "set to something else" if facts["secret"] else repr(given)
                faults.append(f"{source} is {shown}; expected is {error}.")
        found.append(Reading(item.name, name, value, source, facts["meaning"], facts["secret"]))
    if faults:
        raise SettingsError(faults)
    return tuple(found)


def variable(item: Field[Any]) -> str:
    """The environment variable of a setting."""
    return PREFIX + item.name.upper()


VARIABLES = tuple(variable(item) for item in fields(Settings))


def unknown(environ: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
    """Variables that begin like ours and are none of them, each with the setting most like it."""
    environ = os.environ if environ is None else environ
    bare = [name.removeprefix(PREFIX) for name in VARIABLES]
    strange = sorted(name for name in environ if name.startswith(PREFIX) and name not in VARIABLES)
    return [
        (name, PREFIX + str(process.extractOne(name.removeprefix(PREFIX), bare, scorer=fuzz.ratio)[0]))
        for name in strange
    ]
