"""How much one client may ask: fixed windows, counted in memory or in Redis, told in the fields of the IETF draft
`ratelimit-headers`.

The client is the key a request was made with, else the address it came from. While the store is away, everybody is let
through: a service that answers too much is better than one that does not answer.
"""

from __future__ import annotations

import ipaddress
import math
import time
from dataclasses import dataclass
from typing import Any, cast

import structlog
from flask import Flask, Response, current_app, g, request
from limits import RateLimitItem, parse_many
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage, storage_from_string

from service import access, metrics
from service.problems import Problem
from service.settings import Settings

log = structlog.get_logger()

EXEMPT = frozenset({"/healthz", "/readyz", "/metrics"})
EXEMPT_BELOW = ("/static/", "/docs/")
# A store that is away costs one request a second this long, and a line in the log a minute.
PATIENCE = 0.25
ASK_AGAIN_AFTER = 1.0
SAY_AGAIN_AFTER = 60.0
_KEY = "rate_limits"
_NAMESPACE = "negative-list"


@dataclass(frozen=True)
class Window:
    """What a client has left of one limit, and the seconds until it has all of it again."""

    limit: RateLimitItem
    taken: int
    reset: int

    @property
    def left(self) -> int:
        """Requests left, never below 0."""
        return max(0, self.limit.amount - self.taken)

    @property
    def is_exceeded(self) -> bool:
        """Whether more was taken than the limit gives."""
        return self.taken > self.limit.amount


class Limiter:
    """The limit of those without one of their own, and the store of the counts."""

    def __init__(self, settings: Settings) -> None:
        self.limits = tuple(parse_many(settings.rate_limit)) if settings.rate_limit else ()
        options: dict[str, Any] = {}
        if not settings.rate_limit_store.startswith("memory:"):
            # Only where a store is asked for: its client takes a tenth of a second to import.
            from redis.backoff import NoBackoff
            from redis.retry import Retry

            patience = {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE}
            options = {"retry": Retry(NoBackoff(), 0), **patience}
        store = storage_from_string(settings.rate_limit_store, wrap_exceptions=True, **options)
        self._store = cast("MemoryStorage | RedisStorage", store)
        self._ask_after = self._say_after = -math.inf

    def take(self, limits: tuple[RateLimitItem, ...], client: str, count: int) -> list[Window]:
        """Count requests of a client against limits; nothing is known, and nothing refused, while the store is away."""
        if time.monotonic() < self._ask_after:
            return []
        try:
            return [self._take(limit, limit.key_for(_NAMESPACE, client), count) for limit in limits]
        except StorageError as error:
            self._is_away(error)
            return []

    def _take(self, limit: RateLimitItem, key: str, count: int) -> Window:
        taken = self._store.incr(key, limit.get_expiry(), amount=count)
        return Window(limit, taken, max(1, math.ceil(self._store.get_expiry(key) - time.time())))

    def _is_away(self, error: StorageError) -> None:
        metrics.STORE_FAILURES.inc()
        moment = time.monotonic()
        self._ask_after = moment + ASK_AGAIN_AFTER
        if moment >= self._say_after:
            self._say_after = moment + SAY_AGAIN_AFTER
            # The message may hold the address of the store, and that its password.
            log.warning("rate_limit_store_away", error=type(error.storage_error).__name__)


def register(app: Flask, settings: Settings) -> None:
    """Limit the requests of an application if the settings or the keys say how; after service.access."""
    if settings.rate_limit or settings.api_keys:
        app.extensions[_KEY] = Limiter(settings)
        app.before_request(_admit)
        app.after_request(_tell)


def charge(count: int) -> None:
    """Count what a request turned out to hold beside itself, such as the further rows of a batch.

    The request itself is still answered; what it took is missing to those that follow.
    """
    if count > 0 and (windows := g.get("windows")):
        limiter, limits = _limiter(), tuple(window.limit for window in windows)
        g.windows = limiter.take(limits, client(), count) or windows


def client() -> str:
    """Whom a request is counted for: the holder of a key, or the address; of IPv6 the network of one customer."""
    if (key := access.caller()) is not None:
        return f"key:{key.id}"
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "address:unknown"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        return f"address:{ipaddress.ip_network((address, 64), strict=False).network_address}"
    return f"address:{getattr(address, 'ipv4_mapped', None) or address}"


def _limiter() -> Limiter:
    return cast(Limiter, current_app.extensions[_KEY])


def _admit() -> None:
    path = request.path
    if request.method == "OPTIONS" or path in EXEMPT or path.startswith(EXEMPT_BELOW):
        return
    limiter, key = _limiter(), access.caller()
    limits = key.limits if key is not None and key.limits else limiter.limits
    g.windows = limiter.take(limits, client(), 1)
    exceeded = [window for window in g.windows if window.is_exceeded]
    if exceeded:
        metrics.RATE_LIMITED.inc()
        longest = max(exceeded, key=lambda window: window.reset)
        detail = f"More than {longest.limit} was asked; ask again in {longest.reset} s."
        raise Problem(429, detail, headers=[("Retry-After", str(longest.reset))])


def _tell(response: Response) -> Response:
    windows: list[Window] = g.get("windows") or []
    if windows:
        response.headers["RateLimit-Policy"] = ", ".join(
            f'"{one.limit}";q={one.limit.amount};w={one.limit.get_expiry()}' for one in windows
        )
        response.headers["RateLimit"] = ", ".join(f'"{one.limit}";r={one.left};t={one.reset}' for one in windows)
    return response
