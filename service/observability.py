"""What an operator sees of each request: a count, a duration, a line in the log, and its place in a trace."""

from __future__ import annotations

from time import perf_counter

import structlog
from flask import Flask, Response, g, request

from service import access, metrics, traces

log = structlog.get_logger()

UNMATCHED = "unmatched"
# A method is text of the client too.
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT"})
# Asked every few seconds by machines: worth a line only to who looks closely.
PROBES = frozenset({"/healthz", "/readyz", "/metrics"})


def register(app: Flask) -> None:
    """Watch the requests of an application; to be called before anything else is registered.

    So what comes first is timed from its beginning, and what is done to an answer last is seen.
    """
    app.before_request(_begin)
    app.after_request(_answered)
    app.teardown_request(_leave)


def _begin() -> None:
    g.began = perf_counter()
    g.trace = traces.begin(request.headers.get("traceparent", ""), request.headers.get("tracestate", ""))
    metrics.IN_FLIGHT.inc()


def _answered(response: Response) -> Response:
    trace: traces.Trace = g.trace
    response.headers["traceparent"] = trace.parent
    if trace.state:
        response.headers["tracestate"] = trace.state
    elapsed = perf_counter() - g.began
    route = request.url_rule.rule if request.url_rule else UNMATCHED
    method = request.method if request.method in METHODS else "other"
    key = access.caller()
    metrics.REQUESTS.labels(route, method, f"{response.status_code // 100}xx").inc()
    metrics.DURATION.labels(route, method).observe(elapsed)
    (log.debug if route in PROBES else log.info)(
        "request",
        request_id=g.get("request_id"),
        route=route,
        method=method,
        status=response.status_code,
        duration_ms=round(elapsed * 1000, 2),
        bytes=response.content_length if response.is_streamed else response.calculate_content_length(),
        trace_id=trace.id,
        span_id=trace.span,
        **({} if key is None else {"key": key.id}),
    )
    return response


def _leave(_: BaseException | None) -> None:
    # An answer that is streamed leaves twice: its context is taken up again for the stream.
    if g.pop("began", None) is not None:
        metrics.IN_FLIGHT.dec()
