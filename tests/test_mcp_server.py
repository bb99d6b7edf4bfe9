"""`negative-list mcp`: the Model Context Protocol over standard input and output, with the SDK's own client."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from subprocess import PIPE
from typing import Any

import orjson
import pytest
from anyio.from_thread import start_blocking_portal
from click.testing import CliRunner
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from negative_list import __version__
from negative_list.cli import SHANGHAI, main
from negative_list.determination import Engine
from negative_list.presentation import Presenter

ROOT = Path(__file__).parents[1]
SECRET = "prospective-acquisition"
COMMAND = ["-m", "negative_list.cli", "mcp"]
Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def environment(index_root: Path, engine: Engine) -> dict[str, str]:
    """What the command is started with; the engine of the tests has built the index before."""
    return os.environ | {"NEGATIVE_LIST_INDEX": str(index_root), "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="module")
def ask(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """`ask(method, *arguments)` of a client that has started the command."""
    start = StdioServerParameters(command=sys.executable, args=COMMAND, env=environment, cwd=ROOT)
    said = tmp_path_factory.mktemp("stdio") / "stderr"
    with ExitStack() as stack:
        sink = stack.enter_context(said.open("w"))
        portal = stack.enter_context(start_blocking_portal())
        client = Client(stdio_client(start, errlog=sink))
        stack.enter_context(portal.wrap_async_context_manager(client))
        yield lambda method, *arguments: portal.call(getattr(client, method), *arguments)
    assert said.read_text() == ""


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("activity", ["data centre in Wuhan, 60% foreign", "网络游戏运营", "platform"])
def test_assess_is_the_determination_of_the_engine(ask: Ask, engine: Engine, activity: str, lang: str) -> None:
    result = ask("call_tool", "assess", {"activity": activity, "lang": lang})
    expected = engine.determine({"activity": activity}, datetime.now(SHANGHAI).date())
    assert result.is_error is False
    assert result.structured_content == orjson.loads(
        orjson.dumps(Presenter(engine.catalogue, lang).determination(expected))
    )
    assert engine.catalogue.notice[lang] in result.content[0].text


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("search_entries", {"q": "电信公司", "instrument": "cn/national/2024"}),
        ("get_entry", {"id": "cn/national/2024/12"}),
        ("diff_instruments", {"old": "cn/national/2021", "new": "cn/national/2024"}),
        ("coverage", {}),
    ],
)
def test_every_other_tool_answers(ask: Ask, engine: Engine, name: str, arguments: dict[str, Any]) -> None:
    assert name in [tool.name for tool in ask("list_tools").tools]
    result = ask("call_tool", name, arguments)
    assert result.is_error is False
    assert result.structured_content["dataset"]["digest"] == engine.catalogue.digest
    assert "cn/national/2024" in orjson.dumps(result.structured_content).decode()


def test_a_fault_is_told_and_the_next_question_answered(ask: Ask) -> None:
    wrong = ask("call_tool", "assess", {"activity": SECRET, "location": "Shangai"})
    assert wrong.is_error is True
    assert "Shanghai" in wrong.content[0].text
    assert ask("call_tool", "assess", {"activity": "coffee shop"}).structured_content["status"] == "open"


def test_standard_output_is_the_protocol_alone_and_the_end_of_input_the_end(
    environment: dict[str, str], tmp_path: Path
) -> None:
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    messages = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": SECRET, "arguments": {}}},
        {"jsonrpc": "2.0", "id": 3, "method": SECRET},
        SECRET,
        {"jsonrpc": "2.0", "id": 4, "method": "ping"},
    ]
    with (tmp_path / "stderr").open("w+b") as said:
        process = subprocess.Popen(
            [sys.executable, *COMMAND], cwd=ROOT, env=environment, stdin=PIPE, stdout=PIPE, stderr=said
        )
        with process:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(b"".join(orjson.dumps(message) + b"\n" for message in messages))
            process.stdin.flush()
            answers: dict[Any, dict[str, Any]] = {}
            while 4 not in answers and (line := process.stdout.readline()):
                answer = orjson.loads(line)
                answers[answer.get("id")] = answer
            process.stdin.close()
            assert process.stdout.read() == b""
            assert process.wait(timeout=60) == 0
        said.seek(0)
        assert SECRET.encode() not in said.read()
    assert answers[1]["result"]["serverInfo"]["version"] == __version__
    assert "error" in answers[2]
    assert "error" in answers[3]
    assert answers[4]["result"] == {}


def test_data_that_cannot_be_used_end_it_at_once(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["--data", str(tmp_path), "mcp"])
    assert result.exit_code == 70
    assert result.stdout == ""
