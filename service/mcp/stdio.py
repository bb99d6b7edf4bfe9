"""The protocol over standard input and output, for a client that starts the server itself."""

from __future__ import annotations

import asyncio
import sys

import structlog
from mcp.server.stdio import stdio_server

from negative_list.determination import Engine
from service.mcp.server import make_server
from service.settings import Settings
from service.state import State


def serve(engine: Engine) -> None:
    """Serve one client until it closes standard input."""
    # Standard output belongs to the protocol.
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    asyncio.run(_serve(State.over(engine, Settings())))


async def _serve(state: State) -> None:
    server = make_server(lambda: state)
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())
