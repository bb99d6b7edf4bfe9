"""The command line: check, verify, search, index, diff, history, validate, mcp.

Exit codes of `check`: 0 open, 1 restricted, 2 prohibited, 3 undetermined, 64 usage, 70 when the data or the index
cannot be used. Of `verify`: 0 valid, 1 not valid, 3 made with another version, 64 and 70 as above. The
other commands exit with 0, with 1 when they found what they looked for wanting, 64 or 70.
"""

from __future__ import annotations

import codecs
import difflib
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

import click
import orjson

from negative_list import __version__, chronicle, history, plain, records, verification
from negative_list.catalogue import Catalogue, load
from negative_list.determination import Engine
from negative_list.errors import DataError, IndexUnusable, ProposalError
from negative_list.index import default_folder, folder_of
from negative_list.keeping import open_engine
from negative_list.model import LANGUAGES, Status
from negative_list.places import Gazetteer
from negative_list.presentation import Presenter
from negative_list.provenance import tally
from negative_list.receipts import Receipt
from negative_list.schema import FORMS
from negative_list.standing import Bench

SHANGHAI = ZoneInfo("Asia/Shanghai")
USAGE = 64
UNUSABLE = 70
VERIFIED = {True: 0, False: 1, None: 3}
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


def _engine(context: click.Context) -> Engine:
    try:
        return open_engine(*context.obj)
    except DataError as error:
        raise Unusable(f"The data are wrong:\n{error}") from None
    except IndexUnusable as error:
        raise Unusable(str(error)) from None


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
    engine = _engine(context)
    try:
        result = engine.determine(fields, datetime.now(SHANGHAI).date())
    except ProposalError as error:
        raise click.UsageError(str(error)) from None
    presenter = Presenter(engine.catalogue, lang)
    if as_json:
        click.echo(orjson.dumps(presenter.determination(result), option=orjson.OPT_INDENT_2))
    else:
        click.echo(plain.render(presenter, result), nl=False)
    return EXIT_CODES[result.status]


@main.command()
@click.argument("file", type=click.File("rb"))
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def verify(context: click.Context, file: BinaryIO, lang: str, as_json: bool) -> int:
    """Verify the receipt of the answer in FILE (- for standard input) by working it out anew.

    FILE is a determination as the API or `check --json` gave it, or an object with `receipt` and `proposal`.
    """
    try:
        claim = _claim(file.read())
        engine = _engine(context)
        found = verification.verify(engine, claim, datetime.now(SHANGHAI).date())
    except ProposalError as error:
        raise click.UsageError(str(error)) from None
    body = verification.report(engine, found, lang)
    if as_json:
        click.echo(orjson.dumps(body, option=orjson.OPT_INDENT_2))
    else:
        click.echo(body["explanation"])
    return VERIFIED[found.valid]


def _claim(data: bytes) -> verification.Claim:
    try:
        body = orjson.loads(data.removeprefix(codecs.BOM_UTF8))
    except orjson.JSONDecodeError as error:
        raise click.UsageError(f"The file is not JSON: {error}.") from None
    if isinstance(body, dict):
        body = body.get("determination", body)
    if not isinstance(body, dict):
        raise click.UsageError("The file holds no JSON object.")
    if "proposal" not in body:
        return verification.Claim.of_determination(body)
    receipt, proposal = body.get("receipt"), body["proposal"]
    if not isinstance(receipt, str) or not isinstance(proposal, dict):
        raise click.UsageError("Give the receipt as text beside the proposal as an object.")
    return verification.Claim(Receipt.parse(receipt), verification.fields_of(proposal))


@main.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True)
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def search(context: click.Context, words: tuple[str, ...], limit: int, lang: str, as_json: bool) -> int:
    """Search the entries of all instruments for WORDS; exits with 1 when nothing is found."""
    engine = _engine(context)
    catalogue, presenter = engine.catalogue, Presenter(engine.catalogue, lang)
    hits = engine.index.entries(" ".join(words), limit)
    today = datetime.now(SHANGHAI).date()
    found = [records.entry_summary(catalogue, catalogue.entries[hit.id], presenter, today) for hit in hits]
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
    digest = _engine(context).catalogue.digest
    click.echo(f"The index is ready in {folder_of(digest, context.obj[1])}.")
    return 0


@main.command()
@click.argument("old")
@click.argument("new")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def diff(context: click.Context, old: str, new: str, lang: str, as_json: bool) -> int:
    """Compare two access lists, such as cn-national-2021 and cn-national-2024."""
    catalogue = _catalogue(context)
    lists = {_dashed(item.id): item for item in catalogue.access_lists}
    for name in (old, new):
        if _dashed(name) not in lists:
            raise click.UsageError(f"No access list has the id {name!r}. Held: {', '.join(lists)}.")
    before, after = lists[_dashed(old)], lists[_dashed(new)]
    changes = history.diff(Bench(catalogue, Gazetteer(catalogue)), before, after)
    presenter = Presenter(catalogue, lang)
    if as_json:
        body = chronicle.diff(before, after, changes, presenter)
        click.echo(orjson.dumps(body, option=orjson.OPT_INDENT_2))
    else:
        click.echo("\n".join(chronicle.diff_lines(before, after, changes, presenter)))
    return 0


@main.command(name="history")
@click.argument("entry")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def entry_history(context: click.Context, entry: str, lang: str, as_json: bool) -> int:
    """Follow the matter of an ENTRY, such as cn/national/2024/12, through the editions of its list."""
    catalogue = _catalogue(context)
    entries = {_dashed(id_): item for id_, item in catalogue.entries.items()}
    item = entries.get(_dashed(entry))
    if item is None:
        near = difflib.get_close_matches(_dashed(entry), entries, 1)
        hint = f" Nearest: {entries[near[0]].id}." if near else ""
        raise click.UsageError(f"No entry has the id {entry!r}.{hint}")
    found = history.stages(Bench(catalogue, Gazetteer(catalogue)), item)
    presenter = Presenter(catalogue, lang)
    if as_json:
        click.echo(orjson.dumps(chronicle.entry_history(item, found, presenter), option=orjson.OPT_INDENT_2))
    else:
        click.echo("\n".join(chronicle.history_lines(item, found, presenter)))
    return 0


def _dashed(id_: str) -> str:
    """An id as it may be typed or as its file is called: with dashes for slashes."""
    return id_.replace("/", "-")


@main.command()
@click.option("--report", is_flag=True, help="Say how many facts of each kind were verified and when.")
@click.pass_context
def validate(context: click.Context, report: bool) -> int:
    """Check the data files; exits with 1 and names file, line and field of every fault."""
    try:
        catalogue = _catalogue(context)
    except Unusable as error:
        raise click.ClickException(error.message) from None
    click.echo(
        f"The data are sound: {len(catalogue.instruments)} instruments, {len(catalogue.entries)} entries, "
        f"{len(catalogue.activities)} activities, version {catalogue.version}, {catalogue.digest}."
    )
    if report:
        click.echo(f"Checked on {catalogue.checked_on}.")
        click.echo(f"{'':<20}{'verified':>10}{'recalled':>10}{'total':>8}")
        for row in tally(catalogue):
            click.echo(f"{row.kind.replace('_', ' '):<20}{row.verified:>10}{row.recalled:>10}{row.total:>8}")
    return 0


@main.command()
@click.pass_context
def mcp(context: click.Context) -> int:
    """Serve the tools of the Model Context Protocol over standard input and output."""
    # The only command that needs the service; the others, and the engine, do without it.
    from service.mcp.stdio import serve

    serve(_engine(context))
    return 0


if __name__ == "__main__":
    main()
