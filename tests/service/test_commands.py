"""The commands of an operator: what the settings are, and new keys."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.commands import main
from service.keys import FORM, Keys
from service.settings import PREFIX, VARIABLES


def run(*arguments: str, **environ: str) -> Result:
    clean: dict[str, str | None] = dict.fromkeys((*VARIABLES, "HOST", "PORT", "WEB_CONCURRENCY"))
    return CliRunner().invoke(main, list(arguments), env=clean | environ)


def test_every_setting_is_shown_with_where_it_came_from() -> None:
    result = run("config", NEGATIVE_LIST_PORT="8123", WEB_CONCURRENCY="3", NEGATIVE_LIST_RATE_LIMIT_STORE="redis://:sesame@127.0.0.1")
    assert result.exit_code == 0
    rows = {line.split()[0]: line.split(maxsplit=1)[1].strip() for line in result.stdout.splitlines()}
    assert tuple(rows) == VARIABLES
    assert rows[PREFIX + "PORT"] == "8123  (set)"
    assert rows[PREFIX + "WORKERS"] == "3  (from WEB_CONCURRENCY)"
    assert rows[PREFIX + "HOST"] == "127.0.0.1  (default)"
    assert rows[PREFIX + "API_KEYS"] == "-  (default)"
    assert "sesame" not in result.output


def test_settings_for_programs() -> None:
    result = run("config", "--json", NEGATIVE_LIST_ALLOWED_ORIGINS="https://a.example,https://b.example")
    rows = {row["variable"]: row for row in json.loads(result.stdout)}
    assert tuple(rows) == VARIABLES
    row = rows[PREFIX + "ALLOWED_ORIGINS"]
    assert (row["value"], row["source"]) == ("https://a.example,https://b.example", PREFIX + "ALLOWED_ORIGINS")
    assert all(row["meaning"] for row in rows.values())


def test_what_is_no_setting_is_told() -> None:
    result = run("config", NEGATIVE_LIST_ALOWED_ORIGINS="x")
    assert result.exit_code == 0
    assert result.stderr == "Warning: NEGATIVE_LIST_ALOWED_ORIGINS is no setting. Did you mean NEGATIVE_LIST_ALLOWED_ORIGINS?\n"


def test_settings_that_cannot_be_read() -> None:
    result = run("config", NEGATIVE_LIST_PORT="eighty", NEGATIVE_LIST_WORKERS="none")
    assert result.exit_code == 70
    assert "NEGATIVE_LIST_PORT is 'eighty'; expected is a whole number from 1 to 65535." in result.stderr
    assert "NEGATIVE_LIST_WORKERS" in result.stderr


def test_a_new_key_is_shown_once_with_its_line_for_the_file(tmp_path: Path) -> None:
    result = run("keys", "new", 'intake "form"', "--limit", "600 per minute", "--expires", "2027-06-30")
    assert result.exit_code == 0
    token = next(word for word in result.stdout.split() if FORM.fullmatch(word))
    line = result.stdout.splitlines()[-1]
    assert token not in line
    path = tmp_path / "keys.yaml"
    path.write_text(f"{line}\n", encoding="utf-8")
    key = Keys.load(path).find(token, date(2027, 6, 30))
    assert key is not None
    assert (key.name, str(key.limits[0]), key.expires) == ('intake "form"', "600 per 1 minute", date(2027, 6, 30))


@pytest.mark.parametrize(
    "arguments",
    [("keys", "new"), ("keys", "new", "form", "--limit", "often"), ("keys", "new", "form", "--expires", "soon"), ("keys", "new", ""), ("keys", "old")],
)
def test_wrong_use(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 64
    assert FORM.search(result.output) is None


def test_the_commands_of_the_engine_are_there() -> None:
    assert {"check", "search", "index", "diff", "history", "validate", "config", "keys"} <= set(main.commands)
