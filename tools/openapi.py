"""Write docs/openapi.json, the description as it is served, and docs/examples/, real answers to example requests.

An operation's requests are taken from its description: the examples of its body, of its path, and of the parameters
it needs; each media type that it offers is asked for once. REQUESTS holds what a description cannot say,
NOT_SHOWN what is left out.
tests/test_examples.py fails when the description is no longer what is served.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import orjson
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service import state
from service.app import create_app
from service.settings import Settings

DOCS = Path(__file__).parent.parent / "docs"
DESCRIPTION, EXAMPLES = DOCS / "openapi.json", DOCS / "examples"
PROBLEMS = "problems"
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
# What this one answers differs from call to call.
NOT_SHOWN = frozenset({"getMetrics"})
Request = dict[str, Any]

PROPOSAL = {"activity": "a data centre in Wuhan, 60% ours", "as_of": "2024-11-01"}
# What is asked of an operation whose description alone would not get an answer worth showing.
REQUESTS: dict[str, list[Request]] = {
    "determine": [{"query": PROPOSAL}],
    "searchEntries": [{"query": {"q": "data centre", "limit": "2"}}],
    "searchActivities": [{"query": {"q": "cloud", "limit": "2"}}],
    "listChanges": [{"query": {"since": "2026-01-01"}}],
    "listChangesAtom": [{"query": {"since": "2026-01-01"}}],
    **{
        name + variant: asked
        for variant in ("", "InLanguage")
        for name, asked in (
            ("reconcile", [{}, {"query": {"queries": '{"q0":{"query":"online games","type":"activity","limit":2}}'}}]),
            ("suggestEntities", [{"query": {"prefix": "cloud", "limit": "2"}}]),
            ("suggestProperties", [{"query": {"prefix": "l", "type": "place"}}]),
            ("proposeProperties", [{"query": {"type": "place"}}]),
        )
    },
}
# One wrong request for each problem; all operations answer it in the same shape.
WRONG: dict[str, Request] = {
    "400": {"method": "GET", "path": "/v1/entries", "query": {"limits": "5"}},
    "403": {
        "method": "POST",
        "path": "/mcp",
        "headers": {"Origin": "https://elsewhere.example"},
        "body": {"jsonrpc": "2.0", "id": 1, "method": "ping"},
    },
    "404": {"method": "GET", "path": "/v1/entries/cn/national/2024/99"},
    "405": {"method": "PUT", "path": "/v1/rules"},
    "406": {"method": "GET", "path": "/v1/rules", "headers": {"Accept": "image/png"}},
    "410": {"method": "GET", "path": "/v1/entries", "query": {"dataset": "2000.1.0"}},
    "413": {"method": "POST", "path": "/v1/determinations/batch", "body": [0] * 1_001},
    "414": {"method": "GET", "path": "/v1/entries", "query": {"q": "a" * 8_192}},
    "415": {
        "method": "POST",
        "path": "/v1/determinations",
        "headers": {"Content-Type": "text/plain"},
        "body": "coffee shop",
    },
    "422": {
        "method": "POST",
        "path": "/v1/determinations",
        "body": {"activity": "coffee shop", "foreignshare": 160, "location": "Wuhann"},
    },
}


def client() -> FlaskClient:
    """A client of the service over the data shipped, on the day they were last checked."""
    app = create_app(Settings(index=Settings.from_environment().index, log_level="error"))
    with app.app_context():
        day = state.state().catalogue.checked_on
    state.now = lambda: datetime.combine(day, time(12), state.SHANGHAI)
    return app.test_client()


def of_receipt(client: FlaskClient) -> list[Request]:
    """A receipt as it is given on the same day, to be verified with its proposal and with the whole answer."""
    answer = client.post("/v1/determinations", json=PROPOSAL).json
    assert answer is not None
    return [{"body": {"receipt": answer["receipt"], "proposal": PROPOSAL}}, {"body": {"determination": answer}}]


def operations(description: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path and operation, the parameters of the path among its own."""
    for path, item in description["paths"].items():
        for method, operation in item.items():
            if method != "parameters":
                parameters = [*item.get("parameters", ()), *operation.get("parameters", ())]
                yield method.upper(), path, operation | {"parameters": parameters}


def requests(
    method: str, path: str, operation: dict[str, Any], chosen: dict[str, list[Request]]
) -> Iterator[Request]:
    """The example requests of an operation, one for each form of its body and of its answer."""
    media = list(success(operation)[1].get("content", {JSON: {}}))
    for base in chosen.get(operation["operationId"]) or _described(operation):
        query = base.get("query", {})
        named = base | {"method": method, "path": _filled(path, operation)}
        kind = base.get("headers", {}).get("Content-Type")
        for accept in [kind] if kind in media and kind != JSON else media:
            yield named | {"query": query, "headers": {**base.get("headers", {}), "Accept": accept}}


def _described(operation: dict[str, Any]) -> Iterator[Request]:
    needed = {
        item["name"]: str(item["schema"]["example"])
        for item in operation["parameters"]
        if item["in"] == "query" and item.get("required")
    }
    if any(item["name"] == "limit" for item in operation["parameters"]):
        needed["limit"] = "2"
    bodies = operation.get("requestBody", {}).get("content", {})
    if not bodies:
        yield {"query": needed}
    for kind, content in bodies.items():
        examples = [item["value"] for item in content.get("examples", {}).values()]
        if not examples and "example" not in content:
            raise SystemExit(f"{operation['operationId']} shows no body; give an example with it or in REQUESTS.")
        for body in examples or [content["example"]]:
            yield {"query": needed, "headers": {"Content-Type": kind}, "body": body}


def success(operation: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """The status and the answer of a request that is granted: 200, or 303 where the answer is elsewhere."""
    status = "200" if "200" in operation["responses"] else "303"
    return int(status), operation["responses"][status]


def _filled(path: str, operation: dict[str, Any]) -> str:
    values = {item["name"]: item["schema"]["example"] for item in operation["parameters"] if item["in"] == "path"}
    return re.sub(r"{(\w+)}", lambda found: quote(str(values[found[1]])), path)


def send(client: FlaskClient, request: Request) -> TestResponse:
    """Send an example request."""
    headers = {"X-Request-Id": "example", **request.get("headers", {})}
    body = request.get("body")
    sent: dict[str, Any] = {}
    if body is not None:
        kind = headers.pop("Content-Type", JSON)
        sent = {"data": _encoded(body, kind), "content_type": kind}
    address = request["path"] + (f"?{urlencode(request['query'])}" if request.get("query") else "")
    return client.open(address, method=request["method"], headers=headers, **sent)


def _encoded(body: Any, kind: str) -> bytes:
    if isinstance(body, str):
        return body.encode()
    return urlencode(body).encode() if kind == FORM else orjson.dumps(body)


def answered(client: FlaskClient, wanted: Iterable[Request]) -> list[dict[str, Any]]:
    """Example requests, each with its answer."""
    found = []
    for request in wanted:
        response = send(client, request)
        body = response.json if "json" in response.mimetype and "ndjson" not in response.mimetype else response.text
        shown = {"status": response.status_code, "content_type": response.mimetype, "body": body}
        found.append({"request": {key: value for key, value in request.items() if value}, "response": shown})
    return found


def main() -> None:
    """Write both."""
    asked = client()
    chosen = REQUESTS | {"verifyReceipt": of_receipt(asked)}
    description = asked.get("/openapi.json").json
    _write(DESCRIPTION, description, orjson.OPT_SORT_KEYS)
    EXAMPLES.mkdir(exist_ok=True)
    for old in EXAMPLES.glob("*.json"):
        old.unlink()
    for method, path, operation in operations(description):
        if operation["operationId"] in NOT_SHOWN:
            continue
        examples = answered(asked, requests(method, path, operation, chosen))
        _write(EXAMPLES / f"{operation['operationId']}.json", examples)
    _write(EXAMPLES / f"{PROBLEMS}.json", answered(asked, WRONG.values()))


def _write(path: Path, body: Any, option: int = 0) -> None:
    path.write_bytes(orjson.dumps(body, option=option | orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


if __name__ == "__main__":
    main()
