"""The command line: check, search, index, validate.

Exit codes of `check`: 0 open, 1 restricted, 2 prohibited, 3 undetermined, 64 usage, 70 when the data or the index
cannot be used. The other commands exit with 0, with 1 when they found what they looked for wanting, 64 or 70.
"""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
import orjson

from negative_list import __version__, plain, records
from negative_list.catalogue import Catalogue, load
from negative_list.determination import Engine
from negative_list.errors import DataError, IndexUnusable, ProposalError
from negative_list.index import SearchIndex, default_folder, ensure
from negative_list.model import LANGUAGES, Status
from negative_list.presentation import Presenter
from negative_list.schema import FORMS

USAGE = 64
UNUSABLE = 70
EXIT_CODES = {Status.OPEN: 0, Status.RESTRICTED: 1, Status.PROHIBITED: 2, Status.UNDETERMINED: 3}


class Unusable(click.ClickException):
    """The data or the index cannot be used; never to be taken for an answer."""

    exit_code = UNUSABLE


class _Usage(click.Group):
    """A group whose usage errors exit with 64, so that they are never taken for an answer."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run; see the module for the exit codes."""
        kwargs["standalone_mode"] = False
        try:
            code = super().main(*args, **kwargs)
        except click.ClickException as error:
            error.show()
            sys.exit(USAGE if isinstance(error, click.UsageError) else error.exit_code)
        except click.Abort:
            sys.exit(130)
        sys.exit(code or 0)


@click.group(cls=_Usage, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@click.option("--data", type=click.Path(path_type=Path), envvar="NEGATIVE_LIST_DATA", help="A data folder of your own.")
@click.option(
    "--index-folder",
    type=click.Path(path_type=Path),
    envvar="NEGATIVE_LIST_INDEX",
    help="Where the search index lies.",
)
@click.pass_context
def main(context: click.Context, data: Path | None, index_folder: Path | None) -> None:
    """Ask China's foreign-investment negative list. Information, not legal advice."""
    context.obj = (data, index_folder or default_folder())


def _catalogue(context: click.Context) -> Catalogue:
    try:
        return load(context.obj[0])
    except DataError as error:
        raise Unusable(f"The data are wrong:\n{error}") from None


def _date(_: click.Context, __: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        if len(value) != len("YYYY-MM-DD"):
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is no day of the calendar; give YYYY-MM-DD.") from None


def _share(_: click.Context, __: click.Parameter, value: float | None) -> float | None:
    if value is not None and not 0 < value <= 100:
        raise click.BadParameter("a foreign share lies above 0 and up to 100 percent.")
    return value


@main.command()
@click.argument("activity")
@click.option("--share", type=float, callback=_share, help="Foreign share in percent.")
@click.option("--form", type=click.Choice(FORMS), help="Legal form.")
@click.option("--location", help="Province, city or zone.")
@click.option("--origin", help="Where the investor comes from.")
@click.option("--as-of", callback=_date, help="The day whose law is asked, YYYY-MM-DD; default today in Shanghai.")
@click.option("--chinese-control/--no-chinese-control", default=None, help="Whether the Chinese side controls.")
@click.option("--qualified/--not-qualified", default=None, help="Whether the CEPA certificate is held.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The determination as the API gives it.")
@click.pass_context
def check(context: click.Context, /, activity: str, lang: str, as_json: bool, **options: Any) -> int:
    """Determine a proposed investment described in ACTIVITY."""
    fields = {
        "activity": activity,
        "foreign_share": options["share"],
        "form": options["form"],
        "location": options["location"],
        "investor_origin": options["origin"],
        "as_of": options["as_of"],
        "chinese_control": options["chinese_control"],
        "origin_qualified": options["qualified"],
    }
    catalogue = _catalogue(context)
    try:
        engine = Engine(catalogue, context.obj[1])
        result = engine.determine(fields, datetime.now(ZoneInfo("Asia/Shanghai")).date())
    except ProposalError as error:
        raise click.UsageError(str(error)) from None
    except IndexUnusable as error:
        raise Unusable(str(error)) from None
    presenter = Presenter(catalogue, lang)
    if as_json:
        click.echo(orjson.dumps(presenter.determination(result), option=orjson.OPT_INDENT_2))
    else:
        click.echo(plain.render(presenter, result), nl=False)
    return EXIT_CODES[result.status]


@main.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True)
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def search(context: click.Context, words: tuple[str, ...], limit: int, lang: str, as_json: bool) -> int:
    """Search the entries of all instruments for WORDS; exits with 1 when nothing is found."""
    catalogue = _catalogue(context)
    presenter = Presenter(catalogue, lang)
    try:
        hits = SearchIndex(catalogue, context.obj[1]).entries(" ".join(words), limit)
    except IndexUnusable as error:
        raise Unusable(str(error)) from None
    found = [records.entry_summary(catalogue, catalogue.entries[hit.id], presenter) for hit in hits]
    if as_json:
        click.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2))
    else:
        for item in found:
            click.echo(f"{item['id']}  {item['title']}\n    {item['text']}")
    return 0 if found else 1


@main.command()
@click.pass_context
def index(context: click.Context) -> int:
    """Build the search index from the data unless it is there."""
    try:
        folder = ensure(_catalogue(context), context.obj[1])
    except IndexUnusable as error:
        raise Unusable(str(error)) from None
    click.echo(f"The index is ready in {folder}.")
    return 0


@main.command()
@click.pass_context
def validate(context: click.Context) -> int:
    """Check the data files; exits with 1 and names file, line and field of every fault."""
    try:
        catalogue = _catalogue(context)
    except Unusable as error:
        raise click.ClickException(error.message) from None
    click.echo(
        f"The data are sound: {len(catalogue.instruments)} instruments, {len(catalogue.entries)} entries, "
        f"{len(catalogue.activities)} activities, version {catalogue.version}, {catalogue.digest}."
    )
    return 0


if __name__ == "__main__":
    main()
