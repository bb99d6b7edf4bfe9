"""Every setting is read from its variable, refused with a reason, shown with care, and documented."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from service.settings import HIDDEN, PREFIX, VARIABLES, Settings, SettingsError, readings, unknown

PAGE = (Path(__file__).parents[2] / "docs" / "operating.md").read_text(encoding="utf-8")
# What cannot be written as a value, in words.
WORDS = {"index": "the user's cache folder"}


def read(**environ: str) -> Settings:
    return Settings.from_environment({PREFIX + name: value for name, value in environ.items()})


@pytest.mark.parametrize(
    ("name", "given", "value"),
    [
        ("HOST", "::", "::"),
        ("PORT", "65535", 65_535),
        ("WORKERS", "1", 1),
        ("THREADS", "8", 8),
        ("DATA", "/srv/law", Path("/srv/law")),
        ("LOG_LEVEL", "WARNING", "warning"),
        ("PUBLIC_URL", "https://law.example/cn/", "https://law.example/cn"),
        ("ALLOWED_ORIGINS", "https://Firm.example, http://[::1]:8080/,", ("https://firm.example", "http://[::1]:8080")),
        ("ALLOWED_ORIGINS", "*", ("*",)),
        ("RATE_LIMIT", "10/second; 100 per 5 minutes", "10/second; 100 per 5 minutes"),
        ("RATE_LIMIT_STORE", "redis://:word@127.0.0.1:6379/1", "redis://:word@127.0.0.1:6379/1"),
        ("API_KEYS", "keys.yaml", Path("keys.yaml")),
        ("TRUSTED_PROXIES", "2", 2),
        ("METRICS_FOLDER", "/run/metrics", Path("/run/metrics")),
        ("SECURITY_CONTACT", "mailto:safe@law.example", "mailto:safe@law.example"),
    ],
)
def test_a_value_is_read(name: str, given: str, value: Any) -> None:
    assert getattr(read(**{name: given}), name.lower()) == value


@pytest.mark.parametrize(
    ("name", "given"),
    [
        *[("PORT", value) for value in ("eighty", "0", "65536", "-1", "8e3", "８０００", "9" * 5_000, " 8000")],
        ("WORKERS", "0"),
        ("THREADS", "many"),
        ("TRUSTED_PROXIES", "-1"),
        ("LOG_LEVEL", "loud"),
        *[("PUBLIC_URL", value) for value in ("law.example", "ftp://law.example", "https://", "https://law.example?a=b")],
        *[
            ("ALLOWED_ORIGINS", value)
            for value in ("firm.example", "null", "https://firm.example/form", "*, https://firm.example", "https://*.firm.example:x", "https://u@firm.example")
        ],
        *[("RATE_LIMIT", value) for value in ("120", "120 per fortnight", "0 per minute", "many", "1/minute extra", "1/minute;")],
    ],
)
def test_a_value_that_cannot_be_read_is_named(name: str, given: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read(**{name: given})
    [fault] = caught.value.faults
    assert fault.startswith(f"{PREFIX}{name} is {given!r}; expected is ")


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        read(PORT="x", LOG_LEVEL="y", WORKERS="1")
    assert len(caught.value.faults) == 2


def test_a_secret_is_shown_neither_in_a_fault_nor_otherwise() -> None:
    with pytest.raises(SettingsError) as caught:
        read(RATE_LIMIT_STORE="http://:sesame@127.0.0.1")
    assert "sesame" not in str(caught.value)
    shown = {item.name: item.shown for item in readings({PREFIX + "RATE_LIMIT_STORE": "redis://:sesame@127.0.0.1"})}
    assert shown["rate_limit_store"] == HIDDEN
    assert {item.name: item.shown for item in readings({})}["rate_limit_store"] == "memory://"


def test_plain_names_stand_in_where_ours_are_absent_or_empty() -> None:
    plain = {"HOST": "::1", "PORT": "9001", "WEB_CONCURRENCY": "3"}
    settings = Settings.from_environment(plain | {PREFIX + "HOST": ""})
    assert (settings.host, settings.port, settings.workers) == ("::1", 9001, 3)
    assert Settings.from_environment(plain | {PREFIX + "PORT": "9002"}).port == 9002
    assert {item.name: item.source for item in readings(plain)}["port"] == "PORT"
    with pytest.raises(SettingsError, match=r"^PORT is 'tcp://10\.0\.0\.1'"):
        Settings.from_environment({"PORT": "tcp://10.0.0.1"})


def test_a_name_that_is_no_setting_is_told_with_the_nearest() -> None:
    environ = {PREFIX + "RATE_LIMT": "1/day", PREFIX + "PORT": "1", "RATE_LIMT": "1/day"}
    assert unknown(environ) == [(PREFIX + "RATE_LIMT", PREFIX + "RATE_LIMIT")]


def test_the_page_for_operators_lists_every_setting() -> None:
    expected = []
    for item in dataclasses.fields(Settings):
        default = Settings().__getattribute__(item.name)
        shown = WORDS.get(item.name) or ("none" if default in (None, "", ()) else f"`{default}`")
        expected.append(f"| `{PREFIX}{item.name.upper()}` | {item.metadata['meaning']} | {shown} |")
    assert [line for line in PAGE.splitlines() if line.startswith(f"| `{PREFIX}")] == expected
    assert len(expected) == len(VARIABLES)
