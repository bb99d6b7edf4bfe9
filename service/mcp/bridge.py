"""From the threads of a WSGI server to the SDK's HTTP transport, which runs in an event loop."""

from __future__ import annotations

import asyncio
import atexit
import os
import threading
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any, cast

from a2wsgi import ASGIMiddleware
from flask import Response
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

from service.limits import MAX_BODY
from service.mcp.server import make_server
from service.state import State

# Starting takes milliseconds, stopping too: the transport keeps no session.
PATIENCE = 10


class Bridge:
    """One event loop in one thread of this process, with the transport in it.

    Every request stands for itself and is answered by one JSON body, so any process may answer any request.
    """

    def __init__(self, current: Callable[[], State]) -> None:
        self.pid = os.getpid()
        # Who may call, and from where, is checked before a request comes here.
        self._manager = StreamableHTTPSessionManager(
            make_server(current), json_response=True, stateless=True, max_request_body_size=MAX_BODY
        )
        self._ready = threading.Event()
        # A daemon, so that a process that ends does not wait for it; it is stopped at the end all the same.
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), name="mcp", daemon=True)
        self._thread.start()
        if not self._ready.wait(PATIENCE):
            raise RuntimeError("The event loop of the protocol did not start.")
        self._wsgi: Any = ASGIMiddleware(cast(Any, self._manager.handle_request), loop=self._loop)
        atexit.register(self.close)

    async def _run(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        async with self._manager.run():
            self._ready.set()
            await self._stop.wait()

    def exchange(self, environ: Mapping[str, Any], body: bytes) -> Response:
        """The answer of the SDK to a request of which the body has been read."""
        # Read beforehand, for a2wsgi knows only a body whose length is told, and a client may send it in chunks.
        whole = {**environ, "wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        return cast(Response, Response.from_app(self._wsgi, whole, buffered=True))

    def close(self) -> None:
        """Stop the loop and wait for its thread; a second time does nothing."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join(PATIENCE)
