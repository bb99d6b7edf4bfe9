"""What /metrics tells: numbers by route and status, the state of the data, and no text of a request."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_metrics
from prometheus_client.parser import text_string_to_metric_families

from negative_list import __version__
from negative_list.catalogue import Catalogue

SECRET = "prospective-acquisition"
Numbers = dict[tuple[str, frozenset[tuple[str, str]]], float]


def scrape(client: FlaskClient) -> Numbers:
    response = client.get("/metrics")
    assert response.status_code == 200
    assert response.content_type.startswith("text/plain; version=")
    assert response.headers["Cache-Control"] == "no-store"
    families = text_string_to_metric_families(response.text)
    return {(one.name, frozenset(one.labels.items())): one.value for family in families for one in family.samples}


def number(numbers: Numbers, name: str, **labels: str) -> float:
    return numbers.get((f"negative_list_{name}", frozenset(labels.items())), 0.0)


@pytest.mark.parametrize(
    ("method", "path", "route", "counted", "status"),
    [
        ("GET", "/v1/entries/cn/national/2024/12", "/v1/entries/<path:entry_id>", "GET", "2xx"),
        ("GET", "/v1/entries/cn/national/2024/none", "/v1/entries/<path:entry_id>", "GET", "4xx"),
        ("HEAD", "/v1/rules", "/v1/rules", "HEAD", "2xx"),
        ("GET", f"/{SECRET}", "unmatched", "GET", "4xx"),
        (SECRET.upper(), "/v1/rules", "unmatched", "other", "4xx"),
        ("GET", "/healthz", "/healthz", "GET", "2xx"),
    ],
)
def test_requests_are_counted_by_template(
    client: FlaskClient, method: str, path: str, route: str, counted: str, status: str
) -> None:
    before = scrape(client)
    client.open(path, method=method)
    after = scrape(client)
    labels = {"route": route, "method": counted}
    assert number(after, "requests_total", **labels, status=status) == number(before, "requests_total", **labels, status=status) + 1
    name = "request_duration_seconds_count"
    assert number(after, name, **labels) == number(before, name, **labels) + 1


@pytest.mark.parametrize(
    ("activity", "status"),
    [("coffee shop", "open"), ("互联网数据中心", "restricted"), ("online game operation", "prohibited"), ("platform", "undetermined")],
)
def test_determinations_are_counted_by_status(client: FlaskClient, activity: str, status: str) -> None:
    before = number(scrape(client), "determinations_total", status=status)
    client.get("/v1/determinations", query_string={"activity": activity})
    client.post("/v1/determinations", json={"activity": activity})
    assert number(scrape(client), "determinations_total", status=status) == before + 2


def test_every_status_is_there_from_the_start(client: FlaskClient) -> None:
    held = {dict(labels).get("status") for name, labels in scrape(client) if name == "negative_list_determinations_total"}
    assert held == {"open", "restricted", "prohibited", "undetermined"}


def test_what_data_are_in_use(client: FlaskClient, catalogue: Catalogue) -> None:
    numbers = scrape(client)
    versions = {"version": __version__, "dataset_version": catalogue.version, "dataset_digest": catalogue.digest}
    assert number(numbers, "info", **versions) == 1
    moment = number(numbers, "data_checked_timestamp_seconds")
    assert datetime.fromtimestamp(moment, ZoneInfo("Asia/Shanghai")) == datetime.fromisoformat(
        f"{catalogue.checked_on}T00:00+08:00"
    )


def test_only_the_scrape_itself_is_in_flight(client: FlaskClient) -> None:
    before = number(scrape(client), "requests_in_flight")
    client.get("/v1/rules")
    client.get("/nowhere")
    assert client.post("/v1/determinations/batch", json=[{"activity": "coffee shop"}]).get_json()
    assert number(scrape(client), "requests_in_flight") == before


def test_no_text_of_a_request(client: FlaskClient) -> None:
    secrets = {"activity": SECRET, "ref": SECRET}
    client.get(f"/v1/entries/{SECRET}", query_string=secrets, headers={"X-Request-Id": SECRET, "Referer": SECRET})
    client.get(f"/{SECRET}", query_string={SECRET: SECRET})
    client.post("/v1/determinations", json=secrets | {SECRET: SECRET})
    client.open("/v1/rules", method=SECRET)
    assert SECRET not in client.get("/metrics").text.lower()


def test_as_open_metrics_where_it_is_asked_for(client: FlaskClient) -> None:
    response = client.get("/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"})
    assert response.content_type.startswith("application/openmetrics-text")
    assert {family.name for family in open_metrics(response.text)} >= {"negative_list_requests", "negative_list_info"}
