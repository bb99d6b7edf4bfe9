"""What is counted, for Prometheus: by route template and status, never by text of a request.

Where PROMETHEUS_MULTIPROC_DIR is set before prometheus_client is first imported, as service.gunicorn_conf does, each
process writes into that folder and any of them can tell the sum; else one process counts by itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, time
from zoneinfo import ZoneInfo

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from negative_list import __version__
from negative_list.catalogue import Catalogue
from negative_list.model import Status

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
# A type-ahead answers within milliseconds, the largest batch within seconds.
BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

_counted = CollectorRegistry()
REQUESTS = Counter(
    "negative_list_requests",
    "Requests answered, by route template, method and class of status.",
    ["route", "method", "status"],
    registry=_counted,
)
DURATION = Histogram(
    "negative_list_request_duration_seconds",
    "Time until an answer was made, by route template and method.",
    ["route", "method"],
    buckets=BUCKETS,
    registry=_counted,
)
IN_FLIGHT = Gauge(
    "negative_list_requests_in_flight",
    "Requests being answered.",
    registry=_counted,
    multiprocess_mode="livesum",
)
DETERMINATIONS = Counter(
    "negative_list_determinations", "Determinations made, by their status.", ["status"], registry=_counted
)
# Each stands there from the start, so that its first rise is seen.
for _status in Status:
    DETERMINATIONS.labels(_status.value)
RATE_LIMITED = Counter("negative_list_rate_limited", "Requests refused because of a rate limit.", registry=_counted)
STORE_FAILURES = Counter(
    "negative_list_rate_limit_store_failures",
    "Times the store of rate limits could not be asked; the requests were let through.",
    registry=_counted,
)


class _Held(Collector):
    """What the data in use are, told anew at each scrape, since a reload changes it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def collect(self) -> Iterator[Metric]:
        """The facts as metrics."""
        catalogue = self._catalogue
        info = GaugeMetricFamily(
            "negative_list_info",
            "Versions of the program and of the data in use; the value is always 1.",
            labels=["version", "dataset_version", "dataset_digest"],
        )
        info.add_metric([__version__, catalogue.version, catalogue.digest], 1)
        yield info
        midnight = datetime.combine(catalogue.checked_on, time(), ZoneInfo("Asia/Shanghai"))
        yield GaugeMetricFamily(
            "negative_list_data_checked_timestamp_seconds",
            "The beginning, in Shanghai, of the day on which the data were last checked against the official texts.",
            value=midnight.timestamp(),
        )


def exposition(catalogue: Catalogue, accept: str) -> tuple[bytes, str]:
    """Everything counted so far, by all processes, what data are in use, and the media type of it.

    As OpenMetrics where `accept`, an Accept header, asks for it.
    """
    registry = CollectorRegistry()
    if os.environ.get(FOLDER):
        MultiProcessCollector(registry)
    else:
        registry.register(_counted)
    registry.register(_Held(catalogue))
    encode, kind = choose_encoder(accept)
    return encode(registry), kind
