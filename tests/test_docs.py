"""The documents tell the truth: each command of a quick start runs and gives what the text beside it needs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BASH = shutil.which("bash") or ""
DOCS = Path(__file__).parents[1] / "docs"
QUICK_STARTS = sorted(DOCS.glob("quick-start-*.md"))
COMMANDS = re.compile(r"^```console\n(.*?)^```", re.S | re.M)
TABLE = re.compile(r"^```csv\n(.*?)^```", re.S | re.M)
# What a command prints or writes must hold these words, by a part of the command.
GIVES = {
    "online game publisher": "Status: prohibited",
    "activity=call centre": '"status":"open"',
    "activity=a platform": "Status: undetermined",
    "activity_ids=ecommerce/online-marketplace": '"permitted_as_proposed":"yes"',
    "life insurance company": "at most 51%",
    "Accept-Language: zh": "状态",
    "cn/national/2024/12/history": '"stages"',
    '"foreignshare"': '"nearest":"foreign_share"',
    "receipts/verify": '"valid":true',
    "since=2024-11-01": '"items"',
    "application/x-ndjson' localhost:8000/v1/determinations/batch": '"ref":"4"',
    "diff/cn/national/2024": '"counts"',
    "-sI": "ETag",
    "config": "NEGATIVE_LIST_PUBLIC_URL",
    "--report": "verified",
    "readyz": '"status":"ready"',
    "/metrics": "negative_list_info",
    "keys new": "sha256:",
}
WRITES = {"answers.csv": "is no number", "entries.csv": "cn/national/2024/", "memo.pdf": "%PDF-"}


def commands(page: Path) -> list[str]:
    text = page.read_text(encoding="utf-8")
    return [line[2:] for block in COMMANDS.findall(text) for line in block.splitlines() if line.startswith("$ ")]


@pytest.mark.parametrize("page", QUICK_STARTS, ids=lambda page: page.stem)
def test_every_command_of_a_quick_start_runs(page: Path, site: str, index_root: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for table in TABLE.findall(text):
        (tmp_path / "proposals.csv").write_text(table, encoding="utf-8")
    program = tmp_path / "negative-list"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m service.commands "$@"\n')
    program.chmod(0o755)
    environment = os.environ | {
        "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(DOCS.parent),
        "NEGATIVE_LIST_INDEX": str(index_root),
        "NO_PROXY": "127.0.0.1",
    }
    assert commands(page)
    for command in commands(page):
        sent = command.replace("http://localhost:8000", site).replace("localhost:8000", site)
        sent = sent.replace(".venv/bin/negative-list", "negative-list")
        done = subprocess.run(
            [BASH, "-o", "pipefail", "-c", sent.replace("curl ", "curl -sS ")],
            cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode in ((0,) if "check" not in command else (0, 1, 2, 3)), (command, done.stderr)
        for part, words in GIVES.items():
            if part in command:
                assert words in done.stdout, (command, done.stdout[:2_000])
        for name, words in WRITES.items():
            if f"-o {name}" in command:
                assert words in (tmp_path / name).read_bytes().decode("utf-8", "replace"), command


def test_what_is_expected_is_asked() -> None:
    asked = [command for page in QUICK_STARTS for command in commands(page)]
    assert [part for part in (*GIVES, *WRITES) if not any(part in command for command in asked)] == []


def test_what_the_commands_need_is_there() -> None:
    assert BASH, "the commands of the quick starts need bash"
    assert shutil.which("curl"), "the commands of the quick starts need curl"


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.stem)
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
