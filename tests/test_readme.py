"""The README tells the truth: its first command gives the output shown, and what it names exists."""

from __future__ import annotations

import re
from pathlib import Path

from flask.testing import FlaskClient

from negative_list.rules import RULES
from negative_list.schema import INSTRUMENT_KINDS
from tools.readme import FIRST, parameters

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_first_command_gives_the_output_shown(client: FlaskClient) -> None:
    found = FIRST.search(README)
    assert found is not None
    answer = client.get(
        "/v1/determinations", query_string=parameters(found["command"]), headers={"Accept": "text/plain"}
    )
    assert answer.get_data(as_text=True) == found["output"]


def test_the_first_screen_holds_one_sentence_and_the_command() -> None:
    lines = README.splitlines()
    assert lines[0].startswith("# ")
    assert lines[2].count(". ") == 0
    assert lines[4] == "```console"


def test_every_make_target_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    assert set(re.findall(r"`make ([a-z-]+)`", README)) <= targets


def test_the_table_of_examples_is_true(client: FlaskClient) -> None:
    for text, share, status in (
        ("online game operation", None, "prohibited"),
        ("互联网数据中心", None, "restricted"),
        ("e-commerce marketplace", 100, "open"),
        ("value-added telecom information service", 60, "restricted"),
        ("online music streaming", None, "open"),
        ("coffee shop", None, "open"),
        ("platform", None, "undetermined"),
        ("天气怎么样", None, "undetermined"),
    ):
        query = {"activity": text} | ({} if share is None else {"foreign_share": share})
        assert client.get("/v1/determinations", query_string=query).get_json()["status"] == status, text


def test_the_page_on_editions_names_every_kind_of_measure() -> None:
    page = (ROOT / "docs" / "adding-an-edition.md").read_text(encoding="utf-8")
    assert [kind for kind in RULES if f"`{kind}`" not in page] == []
    assert [kind for kind in INSTRUMENT_KINDS if f"`{kind}`" not in page] == []
