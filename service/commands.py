"""The whole command line: the commands of the engine, and those of an operator of the service.

The engine's own (negative_list.cli) know nothing of the service; what needs its settings or keys stands here.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click
import orjson

from negative_list.cli import UNUSABLE, main
from service import keys, settings


class SettingsUnusable(click.ClickException):
    """Settings that cannot be read; exits like data that cannot be used."""

    exit_code = UNUSABLE


@main.command()
@click.option("--json", "as_json", is_flag=True, help="As a list of objects.")
def config(as_json: bool) -> int:
    """Show every setting, its value and where that came from; what may hold a password is hidden."""
    try:
        found = settings.readings()
    except settings.SettingsError as error:
        raise SettingsUnusable(str(error)) from None
    for name, nearest in settings.unknown():
        click.echo(f"Warning: {name} is no setting. Did you mean {nearest}?", err=True)
    if as_json:
        rows: list[dict[str, Any]] = [
            {"variable": item.variable, "value": item.shown, "source": item.source, "meaning": item.meaning}
            for item in found
        ]
        click.echo(orjson.dumps(rows, option=orjson.OPT_INDENT_2))
        return 0
    wide = max(len(item.variable) for item in found)
    for item in found:
        source = item.source if item.source in ("default", item.variable) else f"from {item.source}"
        click.echo(f"{item.variable:<{wide}}  {item.shown or '-'}  ({'set' if source == item.variable else source})")
    return 0


@main.group(name="keys")
def keys_() -> None:
    """Make keys for NEGATIVE_LIST_API_KEYS."""


@keys_.command()
@click.argument("name")
@click.option("--limit", help="A limit of its own, such as '600 per minute'.")
@click.option("--expires", type=click.DateTime(["%Y-%m-%d"]), help="The last day, YYYY-MM-DD.")
def new(name: str, limit: str | None, expires: datetime | None) -> int:
    """Make a key for NAME: print it, once, and the line that the file of keys needs."""
    try:
        token, item = keys.make(name, limit, None if expires is None else expires.date())
    except ValueError as error:
        raise click.UsageError(f"Expected is {error}.") from None
    click.echo(f"The key, which is shown only now: {token}")
    click.echo("The line for the file of keys:")
    # JSON is YAML too, and quotes what must be quoted.
    click.echo(f"- {orjson.dumps(item).decode()}")
    return 0


if __name__ == "__main__":
    main()
