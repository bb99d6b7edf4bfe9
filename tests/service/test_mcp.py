"""The Model Context Protocol over HTTP: with the SDK's own client, and message by message."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import mcp_types as types
import orjson
import pytest
import structlog
from anyio.from_thread import start_blocking_portal
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from mcp import Client, MCPError
from werkzeug.test import TestResponse

from negative_list.catalogue import Catalogue
from service.app import create_app
from service.mcp import server
from service.mcp.tools import TOOLS, Tool
from service.settings import Settings

ROOT = Path(__file__).parents[2]
SECRET = "prospective-acquisition"
JSON = "application/json"
MODERN = "2026-07-28"
PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}


class Session:
    """The SDK's client, asked from a test that knows no event loop."""

    def __init__(self, portal: Any, client: Client) -> None:
        self._portal, self._client = portal, client

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._client, name)
        return lambda *arguments: self._portal.call(method, *arguments)

    @property
    def protocol_version(self) -> str | None:
        version: str | None = self._client.protocol_version
        return version

    @property
    def instructions(self) -> str | None:
        return self._client.instructions


@pytest.fixture(scope="module")
def address(site: str) -> str:
    return f"{site}/mcp"


@pytest.fixture(scope="module", params=["legacy", "auto"], ids=["handshake", "without handshake"])
def session(request: pytest.FixtureRequest, address: str) -> Iterator[Session]:
    """A client of either generation of the protocol."""
    with ExitStack() as stack:
        portal = stack.enter_context(start_blocking_portal())
        client = Client(address, mode=request.param)
        stack.enter_context(portal.wrap_async_context_manager(client))
        yield Session(portal, client)


def post(client: FlaskClient, message: Any, **headers: str) -> TestResponse:
    given = {"Accept": f"{JSON}, text/event-stream", "Content-Type": JSON}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    body = message if isinstance(message, bytes) else orjson.dumps(message)
    return client.post("/mcp", data=body, headers=given)


def call(client: FlaskClient, name: str, arguments: Any) -> dict[str, Any]:
    """The result of a tool, by one message."""
    params = {"name": name, "arguments": arguments}
    response = post(client, PING | {"method": "tools/call", "params": params})
    assert response.status_code == 200
    result: dict[str, Any] = response.json["result"]
    return result


# -- with the SDK's client -----------------------------------------------------------------------------------------


def test_both_generations_of_the_protocol_are_spoken(session: Session) -> None:
    assert session.protocol_version in (MODERN, "2025-11-25")
    assert "not legal advice" in (session.instructions or "")
    assert "Do not guess" in (session.instructions or "")


def test_the_tools_are_described(session: Session) -> None:
    tools = {tool.name: tool for tool in session.list_tools().tools}
    assert set(tools) == {"assess", "search_entries", "get_entry", "diff_instruments", "coverage"}
    for tool in tools.values():
        assert tool.title
        assert tool.description
        hints = tool.annotations
        assert (hints.read_only_hint, hints.destructive_hint, hints.idempotent_hint, hints.open_world_hint) == (
            True, False, True, False
        )
        for schema in (tool.input_schema, tool.output_schema):
            Draft202012Validator.check_schema(schema)
            # Some providers of models take no other root.
            assert schema["type"] == "object"
            assert not {"anyOf", "oneOf", "allOf", "$ref"} & set(schema)
        assert tool.input_schema["additionalProperties"] is False
        assert all("description" in field for field in tool.input_schema["properties"].values())


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "proposal",
    [
        {"activity": "data centre in Wuhan, 60% foreign"},
        {"activity": "网络游戏运营"},
        {"activity": "coffee shop", "foreign_share": 33.5, "ref": "matter 17"},
        {"activity_ids": ["internet/online-games-operation"], "location": "CN-31", "as_of": "2024-11-01"},
        {"activity": "platform"},
        {"activity": "天气怎么样"},
    ],
)
def test_assess_is_the_determination_of_the_api(
    session: Session, client: FlaskClient, proposal: dict[str, Any], lang: str
) -> None:
    asked = proposal | {"lang": lang}
    result = session.call_tool("assess", asked)
    assert result.is_error is False
    assert result.structured_content == client.post("/v1/determinations", json=asked).json
    text = result.content[0].text
    body = result.structured_content
    for verdict in body["activities"]:
        for reason in verdict["reasons"]:
            assert f"[{reason['citation']['entry']}]" in text
            assert (reason["citation"]["source_url"] or "") in text
            assert reason["explanation"] in text
    for part in (body["summary"], body["notice"], body["dataset"]["version"]):
        assert part in text
    if body["undetermined"]:
        assert body["undetermined"]["question"] in text
        assert all(candidate["id"] in text for candidate in body["undetermined"]["candidates"])


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("name", "arguments", "path", "query"),
    [
        ("search_entries", {"q": "internet news"}, "/v1/entries", {"q": "internet news", "limit": 10}),
        ("search_entries", {"q": "电影", "limit": 2}, "/v1/entries", {"q": "电影", "limit": 2}),
        (
            "search_entries",
            {"instrument": "cn/national/2024", "sector": "I", "measure": "prohibited", "in_force_on": "2024-11-01"},
            "/v1/entries",
            {"instrument": "cn/national/2024", "sector": "I", "measure": "prohibited", "in_force_on": "2024-11-01"},
        ),
        ("search_entries", {"q": "cofee shpo"}, "/v1/entries", {"q": "cofee shpo"}),
        ("get_entry", {"id": "cn/national/2024/12"}, "/v1/entries/cn/national/2024/12", {}),
        ("get_entry", {"id": "cn/pilot/vats-2024/data-centres"}, "/v1/entries/cn/pilot/vats-2024/data-centres", {}),
        (
            "diff_instruments",
            {"old": "cn/national/2021", "new": "cn/national/2024"},
            "/v1/instruments/cn/national/2021/diff/cn/national/2024",
            {},
        ),
        ("coverage", {}, "/v1/coverage", {}),
    ],
)
def test_the_other_tools_give_what_the_api_gives_and_vouch_for_it(
    session: Session, client: FlaskClient, catalogue: Catalogue,
    name: str, arguments: dict[str, Any], path: str, query: dict[str, Any], lang: str,
) -> None:
    result = session.call_tool(name, arguments | {"lang": lang})
    assert result.is_error is False
    body, text = result.structured_content, result.content[0].text
    expected = client.get(path, query_string=query | {"lang": lang}).json
    if name == "search_entries":
        for item in expected["items"]:
            item.pop("highlights", None)
        expected = {key: expected[key] for key in ("items", "total", "did_you_mean")}
    expected.pop("dataset", None)
    assert {key: body[key] for key in expected} == expected
    assert body["dataset"] == {
        "version": catalogue.version, "digest": catalogue.digest, "checked_on": catalogue.checked_on.isoformat()
    }
    assert body["notice"] == catalogue.notice[lang]
    assert text.endswith(body["notice"])
    assert catalogue.version in text
    for item in body.get("items", []):
        assert f"[{item['id']}]" in text
        assert item["text"] in text
    for change in body.get("changes", []):
        assert change["text"] in text
        cited = {citation["entry"] for citation in body["citations"]}
        assert {entry["id"] for entry in change["old"] + change["new"]} <= cited


def test_a_question_settled_by_a_candidate(session: Session) -> None:
    asked = session.call_tool("assess", {"activity": "platform"}).structured_content
    for candidate in asked["undetermined"]["candidates"]:
        settled = session.call_tool("assess", {"activity_ids": [candidate["id"]]}).structured_content
        assert settled["status"] == candidate["status"]


WRONG = [
    ("assess", {}, "/activity", None),
    ("assess", {"activity": "  "}, "/activity", None),
    ("assess", {"activty": "coffee shop"}, "/activty", "activity"),
    ("assess", {"activity": "coffee shop", "as_of": "2026-02-30"}, "/as_of", None),
    ("assess", {"activity": "coffee shop", "as_of": "2001-01-01"}, "/as_of", None),
    ("assess", {"activity": "coffee shop", "location": "Shangai"}, "/location", "Shanghai"),
    ("assess", {"activity": "coffee shop", "foreign_share": 101}, "/foreign_share", None),
    ("assess", {"activity": "coffee shop", "foreign_share": "49"}, "/foreign_share", None),
    ("assess", {"activity_ids": ["internet/online-game-operation"]}, "/activity_ids", "internet/online-games-operation"),
    ("assess", {"activity": "coffee shop", "lang": "fr"}, "/lang", None),
    ("search_entries", {"limit": 51}, "/limit", None),
    ("search_entries", {"cursor": "bzIw"}, "/cursor", None),
    ("search_entries", {"instrument": "cn/nationl/2024"}, "/instrument", "cn/national/2024"),
    ("get_entry", {}, "/id", None),
    ("get_entry", {"id": "cn/nationl/2024/13"}, "/id", "cn/national/2024/13"),
    ("diff_instruments", {"old": "cn/national/2021", "new": "cn/nationl/2024"}, "/new", "cn/national/2024"),
    ("diff_instruments", {"old": "cn/pilot/vats-2024", "new": "cn/national/2024"}, "/old", None),
    ("coverage", {"language": "zh"}, "/language", "lang"),
]


@pytest.mark.parametrize(("name", "arguments", "pointer", "nearest"), WRONG)
def test_what_cannot_be_accepted_is_an_error_that_a_model_can_mend(
    session: Session, name: str, arguments: dict[str, Any], pointer: str, nearest: str | None
) -> None:
    result = session.call_tool(name, arguments)
    assert result.is_error is True
    assert result.structured_content is None
    [detail, items] = [part.text for part in result.content]
    [fault] = orjson.loads(items)["errors"]
    assert fault["pointer"].startswith(pointer)
    assert fault["detail"] == detail
    if nearest is not None:
        assert fault["nearest"] == nearest


def test_the_errors_of_a_proposal_are_those_of_the_api(client: FlaskClient) -> None:
    for name, arguments, _, _ in WRONG:
        if name == "assess":
            problem = client.post("/v1/determinations", json=arguments).json
            [detail, items] = [part["text"] for part in call(client, name, arguments)["content"]]
            assert (detail, orjson.loads(items)["errors"]) == (problem["detail"], problem["errors"])


def test_an_unknown_tool_is_an_error_of_the_protocol(session: Session) -> None:
    with pytest.raises(MCPError, match="assess") as raised:
        session.call_tool("advise", {})
    assert raised.value.code == types.INVALID_PARAMS


def test_records_are_resources(session: Session, client: FlaskClient, catalogue: Catalogue) -> None:
    listed = session.list_resources().resources
    assert [item.name for item in listed] == list(catalogue.instruments)
    templates = [item.uri_template for item in session.list_resource_templates().resource_templates]
    assert templates == ["negative-list://entries/{+id}", "negative-list://instruments/{+id}"]
    for uri, path in (
        ("negative-list://entries/cn/national/2024/12", "/v1/entries/cn/national/2024/12"),
        (listed[0].uri, f"/v1/instruments/{listed[0].name}"),
    ):
        [contents] = session.read_resource(uri).contents
        body = orjson.loads(contents.text)
        assert contents.mime_type == JSON
        assert body["notice"] == catalogue.notice["en"]
        assert client.get(path).json.items() <= body.items()


@pytest.mark.parametrize(
    ("uri", "says"),
    [
        ("negative-list://entries/cn/nationl/2024/12", "cn/national/2024/12"),
        ("negative-list://instruments/cn/nationl/2024", "cn/national/2024"),
        ("negative-list://places/CN-31", "negative-list://entries/"),
        ("file:///etc/passwd", "negative-list://entries/"),
    ],
)
def test_an_unknown_resource(session: Session, uri: str, says: str) -> None:
    with pytest.raises(MCPError, match=re.escape(says)) as raised:
        session.read_resource(uri)
    assert raised.value.code == types.INVALID_PARAMS


# -- message by message --------------------------------------------------------------------------------------------


def test_a_message_is_answered_with_json_and_no_session(client: FlaskClient) -> None:
    response = post(client, PING, Accept=JSON, X_Request_Id="matter-17")
    assert (response.status_code, response.mimetype) == (200, JSON)
    assert response.json == {"jsonrpc": "2.0", "id": 1, "result": {}}
    assert response.headers["X-Request-Id"] == "matter-17"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Dataset-Version"]
    assert "Mcp-Session-Id" not in response.headers


def test_a_notification_is_accepted_without_an_answer(client: FlaskClient) -> None:
    response = post(client, {"jsonrpc": "2.0", "method": "notifications/initialized"})
    assert (response.status_code, response.data) == (202, b"")


def test_a_body_in_chunks(client: FlaskClient) -> None:
    body = orjson.dumps(PING)
    response = client.post(
        "/mcp",
        input_stream=BytesIO(body),
        headers={"Accept": JSON, "Content-Type": JSON, "Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert response.json == {"jsonrpc": "2.0", "id": 1, "result": {}}


@pytest.mark.parametrize(
    ("message", "headers", "status", "code"),
    [
        (b"{", {}, 400, types.PARSE_ERROR),
        (b"{", {"Mcp_Protocol_Version": MODERN}, 400, types.PARSE_ERROR),
        (b"", {}, 400, types.PARSE_ERROR),
        ([PING], {}, 400, types.INVALID_PARAMS),
        ([PING], {"Mcp_Protocol_Version": MODERN}, 400, types.INVALID_REQUEST),
        (PING, {"Mcp_Protocol_Version": "1999-01-01"}, 400, types.INVALID_PARAMS),
        (PING, {"Accept": "text/html"}, 406, types.INVALID_REQUEST),
        (PING | {"method": "tools/explode"}, {}, 200, types.METHOD_NOT_FOUND),
        (PING | {"method": "subscriptions/listen"}, {}, 200, types.METHOD_NOT_FOUND),
        (PING | {"method": "tools/call", "params": {"arguments": {}}}, {}, 200, types.INVALID_PARAMS),
    ],
)
def test_what_the_protocol_does_not_allow(
    client: FlaskClient, message: Any, headers: dict[str, str], status: int, code: int
) -> None:
    response = post(client, message, **headers)
    assert (response.status_code, response.json["error"]["code"]) == (status, code)


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
def test_only_post(client: FlaskClient, method: str) -> None:
    """There is no stream to open and no session to end (specification, streamable HTTP)."""
    response = client.open("/mcp", method=method.upper(), headers={"Accept": "text/event-stream"})
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]


def test_another_media_type(client: FlaskClient) -> None:
    response = post(client, PING, Content_Type="text/plain")
    assert (response.status_code, response.mimetype) == (415, "application/problem+json")


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_too_long(client: FlaskClient, chunked: bool) -> None:
    body = b" " * (1024 * 1024 + 1)
    if chunked:
        response = client.post(
            "/mcp",
            input_stream=BytesIO(body),
            headers={"Accept": JSON, "Content-Type": JSON, "Transfer-Encoding": "chunked"},
            environ_overrides={"wsgi.input_terminated": True},
        )
    else:
        response = post(client, body)
    assert (response.status_code, response.mimetype) == (413, "application/problem+json")


def test_a_text_that_json_cannot_hold(client: FlaskClient) -> None:
    params = {
        "name": "assess",
        "arguments": {"activity": "x"},
        "_meta": {
            "io.modelcontextprotocol/protocolVersion": MODERN, "io.modelcontextprotocol/clientCapabilities": {}
        },
    }
    message = orjson.dumps(PING | {"method": "tools/call", "params": params}).replace(b'"x"', b'"\\ud800"')
    headers = {"Mcp_Protocol_Version": MODERN, "Mcp_Method": "tools/call", "Mcp_Name": "assess"}
    response = post(client, message, **headers)
    assert response.json["result"]["isError"] is True
    assert "UTF-8" in response.json["result"]["content"][0]["text"]


# -- the page that explains it -------------------------------------------------------------------------------------

PAGE = (ROOT / "docs" / "mcp.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("tool", TOOLS.values(), ids=list(TOOLS))
def test_the_page_names_every_tool_and_argument(tool: Tool) -> None:
    [row] = [line for line in PAGE.splitlines() if line.startswith(f"| `{tool.name}` |")]
    assert set(re.findall(r"`([a-z_]+)`", row.split("|")[2])) == set(tool.input_schema["properties"])


def test_the_examples_of_the_page_hold(client: FlaskClient) -> None:
    [started, reached, message] = [orjson.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]
    assert started["mcpServers"]["negative-list"]["args"] == ["mcp"]
    assert reached["mcpServers"]["negative-list"]["url"].endswith("/mcp")
    answer = post(client, message, Accept=JSON).json
    assert answer["result"]["structuredContent"]["status"] == "restricted"


# -- who may call --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def known(index_root: Path) -> FlaskClient:
    """A service that knows its address and one page that may call."""
    settings = Settings(
        index=index_root,
        log_level="error",
        public_url="https://law.example/lists",
        allowed_origins=("https://intake.example",),
    )
    return create_app(settings).test_client()


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (None, 200),
        ("http://localhost:6274", 200),
        ("http://127.0.0.1", 200),
        ("http://[::1]:3000", 200),
        ("https://law.example", 200),
        ("https://intake.example", 200),
        ("http://law.example", 403),
        ("https://law.example.evil.example", 403),
        ("http://localhost.evil.example", 403),
        ("https://intake.example:444", 403),
        ("null", 403),
        ("", 403),
    ],
)
def test_pages_of_strangers_may_not_call(known: FlaskClient, origin: str | None, status: int) -> None:
    assert post(known, PING, **({} if origin is None else {"Origin": origin})).status_code == status


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("law.example", 200),
        ("intake.example", 200),
        ("localhost:8000", 200),
        ("127.0.0.1:8000", 200),
        ("evil.example", 421),
        ("law.example.evil.example", 421),
        ("localhost.evil.example", 421),
    ],
)
def test_the_service_goes_by_its_name(known: FlaskClient, client: FlaskClient, host: str, status: int) -> None:
    assert post(known, PING, Host=host).status_code == status
    assert post(client, PING, Host=host).status_code == 200


# -- confidence ----------------------------------------------------------------------------------------------------


def test_the_log_holds_no_request_text(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    for name, arguments in (
        ("assess", {"activity": SECRET, "location": SECRET}),
        ("assess", {SECRET: SECRET}),
        ("get_entry", {"id": SECRET}),
        (SECRET, {}),
    ):
        post(client, PING | {"method": "tools/call", "params": {"name": name, "arguments": arguments}})
    post(client, PING | {"method": "resources/read", "params": {"uri": SECRET}})
    post(client, PING | {"method": SECRET})
    post(client, SECRET.encode())
    post(client, PING, Origin=SECRET, Mcp_Protocol_Version=SECRET)
    post(client, PING, Mcp_Protocol_Version=SECRET)
    assert SECRET not in caplog.text + "".join(capfd.readouterr())


def test_a_failure_is_told_without_what_was_asked(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> Any:
        raise ValueError(SECRET)

    written = StringIO()
    log = structlog.wrap_logger(structlog.PrintLogger(written), processors=[structlog.processors.JSONRenderer()])
    monkeypatch.setattr(server, "log", log)
    monkeypatch.setitem(TOOLS, "coverage", replace(TOOLS["coverage"], run=fail))
    result = call(client, "coverage", {})
    assert result["isError"] is True
    logged = written.getvalue()
    assert SECRET not in str(result) + logged
    entry = orjson.loads(logged)
    assert (entry["event"], entry["tool"], entry["error"]) == ("tool_failed", "coverage", "ValueError")
    assert "test_mcp.py:" in entry["where"]


def test_a_failure_of_the_sdk_is_told_without_what_was_asked(capfd: pytest.CaptureFixture[str]) -> None:
    script = (
        "import logging; import service.mcp.server\n"
        f"logging.getLogger('mcp.server.runner').error('{SECRET}')\n"
        f"logging.getLogger('mcp.shared.dispatcher').warning('{SECRET}')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0
    assert "mcp_failed" in done.stdout + done.stderr
    assert SECRET not in done.stdout + done.stderr


def test_a_start_does_not_pay_for_the_protocol() -> None:
    script = "import sys, service.app, negative_list.cli; print('mcp' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "False"
