"""The server of the protocol: the tools and the records of the law, spoken for by the SDK."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from typing import Any

import mcp_types as types
import orjson
import structlog
from mcp.server.caching import CacheHint
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError

from negative_list import __version__, records
from negative_list.errors import NotHeld
from negative_list.model import LANGUAGES
from service.mcp.tools import TOOLS, Answer, Refused, entry_record, vouched
from service.problems import nearest
from service.state import State, today

log = structlog.get_logger()

INSTRUCTIONS = """\
Whether foreign investors may enter a business in China: the negative lists, pilots and treaties as data, by day, \
place and origin of the investor.

- This is information, not legal advice. Never present an answer as legal advice, and pass the notice on.
- Quote the citation of whatever you state: the entry (list and item), its official address, and the version of the \
data set. The official Chinese text prevails.
- Take the status from `assess`, not from memory and not from the wording of an entry. Do not soften it.
- When the status is `undetermined`, put the question to the user and wait for the answer. Do not guess, and do not \
choose among the candidates yourself.
- Pass on only what the user has said. Do not make up a share, a place, an origin or a day; leave the field out.
- When the outcome is `conditional`, name every condition. Name what stands under `not_understood`.
- No list later than those of `coverage` is known here. If the user speaks of one, say so.
- What the user proposes is confidential: send no names of companies or persons that the question does not need.
"""
SCHEME = "negative-list://"
ENTRIES, INSTRUMENTS = f"{SCHEME}entries/", f"{SCHEME}instruments/"
JSON = "application/json"
HOUR = 3_600_000
# Nothing is changed, the same question gets the same answer, and no other system is asked.
HARMLESS = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


class _WithoutRequestText(logging.Handler):
    """Logs where the SDK failed, and nothing of its message, which may quote a request."""

    def emit(self, record: logging.LogRecord) -> None:
        kind = record.exc_info[0] if record.exc_info else None
        log.error("mcp_failed", where=f"{record.name}:{record.lineno}", error=kind and kind.__name__)


for _name in ("mcp.server", "mcp.shared"):
    _logger = logging.getLogger(_name)
    _logger.addHandler(_WithoutRequestText(logging.ERROR))
    _logger.propagate = False


def make_server(current: Callable[[], State]) -> Server[Any]:
    """The server over whatever state is in use when a request comes."""
    tools = [
        types.Tool(
            name=tool.name,
            title=tool.title,
            description=tool.description,
            input_schema=tool.input_schema,
            output_schema=tool.output_schema,
            annotations=HARMLESS,
        )
        for tool in TOOLS.values()
    ]

    async def list_tools(_: Any, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=tools)

    async def call_tool(_: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        # In the event loop itself: an answer is milliseconds of computing and waits for nothing.
        return _call(current(), params.name, params.arguments or {})

    async def list_resources(_: Any, __: types.PaginatedRequestParams | None) -> types.ListResourcesResult:
        return types.ListResourcesResult(resources=_instruments(current()))

    async def list_templates(_: Any, __: types.PaginatedRequestParams | None) -> types.ListResourceTemplatesResult:
        return types.ListResourceTemplatesResult(resource_templates=TEMPLATES)

    async def read_resource(_: Any, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        text = orjson.dumps(_record(current(), params.uri)).decode()
        contents = types.TextResourceContents(uri=params.uri, mime_type=JSON, text=text)
        return types.ReadResourceResult(contents=[contents])

    server: Server[Any] = Server(
        "negative-list",
        version=__version__,
        title="China's negative list for foreign investment",
        instructions=INSTRUCTIONS,
        cache_hints={
            "tools/list": CacheHint(HOUR, "public"),
            "resources/templates/list": CacheHint(HOUR, "public"),
        },
        get_tool_input_schema=lambda name: TOOLS[name].input_schema if name in TOOLS else None,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read_resource,
    )
    # The SDK's spans would hold messages of errors, and with them text of requests.
    server.middleware.clear()
    return server


def _call(current: State, name: str, arguments: dict[str, Any]) -> types.CallToolResult:
    """An answer, or an error that a model can mend. Raises MCPError where there is no such tool."""
    tool = TOOLS.get(name)
    if tool is None:
        raise MCPError(types.INVALID_PARAMS, f"No tool is called {name[:100]!r}. There are: {', '.join(TOOLS)}.")
    try:
        answer: Answer = tool.call(current, arguments)
    except Refused as refused:
        return _error(refused.detail, refused.errors)
    except Exception as error:  # noqa: BLE001
        # Whatever it was: the SDK would hand its message on, and that may tell of the inside.
        last = traceback.extract_tb(error.__traceback__)[-1]
        log.error("tool_failed", tool=name, error=type(error).__name__, where=f"{last.filename}:{last.lineno}")
        return _error("The service failed; the fault is logged.", [])
    return types.CallToolResult(content=[types.TextContent(text=answer.text)], structured_content=answer.body)


def _error(detail: str, errors: list[dict[str, Any]]) -> types.CallToolResult:
    """An error in words, then as the items that the HTTP contract gives for it."""
    shown = [detail, orjson.dumps({"errors": errors}).decode()] if errors else [detail]
    return types.CallToolResult(content=[types.TextContent(text=text) for text in shown], is_error=True)


TEMPLATES = [
    types.ResourceTemplate(
        name="entry",
        title="Entry",
        uri_template=f"{ENTRIES}{{+id}}",
        description="One item, note or article in both languages, as `get_entry` gives it.",
        mime_type=JSON,
    ),
    types.ResourceTemplate(
        name="instrument",
        title="Instrument",
        uri_template=f"{INSTRUMENTS}{{+id}}",
        description="A list, pilot, treaty or regulation with its dates, official address and entries.",
        mime_type=JSON,
    ),
]


def _instruments(current: State) -> list[types.Resource]:
    return [
        types.Resource(
            name=item.id,
            title=item.title["en"],
            uri=INSTRUMENTS + item.id,
            description=item.title["zh"],
            mime_type=JSON,
        )
        for item in current.catalogue.instruments.values()
    ]


def _record(current: State, uri: str) -> dict[str, Any]:
    """The record at an address. Raises MCPError."""
    lang = LANGUAGES[0]
    try:
        if uri.startswith(ENTRIES):
            return vouched(current, entry_record(current, uri.removeprefix(ENTRIES), lang), lang)
        if uri.startswith(INSTRUMENTS):
            return vouched(current, _instrument_record(current, uri.removeprefix(INSTRUMENTS), lang), lang)
    except NotHeld as error:
        raise MCPError(types.INVALID_PARAMS, str(error)) from None
    raise MCPError(types.INVALID_PARAMS, f"Addresses here begin with {ENTRIES} or {INSTRUMENTS}.")


def _instrument_record(current: State, id_: str, lang: str) -> dict[str, Any]:
    catalogue = current.catalogue
    item = catalogue.instruments.get(id_)
    if item is None:
        raise NotHeld("instrument", id_, nearest(id_, catalogue.instruments))
    entries = [records.entry_summary(catalogue, entry, current.presenters[lang], today()) for entry in item.entries]
    return {**records.instrument(catalogue, item, lang, today()), "entries": entries}
