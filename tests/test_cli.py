"""The command line: what it prints and the codes it exits with."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner, Result

from negative_list import __version__, cli, keeping
from negative_list.catalogue import DATA, Catalogue, load
from negative_list.cli import main
from negative_list.determination import Engine
from negative_list.keeping import open_engine
from negative_list.schema import FORMS

ANSWERS = {0, 1, 2, 3}
USAGE = 64
UNUSABLE = 70

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def run(index_root: Path, engine: Engine) -> Iterator[Run]:
    """`run(*arguments)`: what a command prints and exits with; the data shipped are at hand, so that none waits."""

    def call(*arguments: str) -> Result:
        environment = {"NEGATIVE_LIST_DATA": None, "NEGATIVE_LIST_INDEX": str(index_root)}
        return CliRunner().invoke(main, list(arguments), env=environment)

    def loading(folder: Path | None = None) -> Catalogue:
        return engine.catalogue if folder is None else load(folder)

    def opening(data: Path | None, root: Path) -> Engine:
        return engine if (data, root) == (None, index_root) else open_engine(data, root)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cli, "load", loading)
        patch.setattr(keeping, "load", loading)
        patch.setattr(cli, "open_engine", opening)
        yield call


@pytest.fixture
def broken_data(tmp_path: Path) -> Path:
    """A data folder with an unknown key on the last line of a file."""
    root = tmp_path / "data"
    shutil.copytree(DATA, root)
    path = root / "dataset.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["coffee shop"], 0),
        (["e-commerce marketplace", "--share", "100"], 0),
        (["互联网数据中心"], 1),
        (["value-added telecom information service", "--share", "50"], 1),
        (["online game operation"], 2),
        (["天气怎么样"], 3),
        (["platform"], 3),
    ],
)
def test_the_exit_code_is_the_status(run: Run, arguments: list[str], code: int) -> None:
    result = run("check", *arguments)
    assert result.exit_code == code
    assert result.output.startswith("Status: ")
    assert result.output.endswith("\n")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["no-such-command"],
        ["check"],
        ["check", ""],
        ["check", "coffee shop", "tea shop"],
        ["check", "coffee shop", "--colour", "red"],
        ["check", "coffee shop", "--share", "0"],
        ["check", "coffee shop", "--share", "100.1"],
        ["check", "coffee shop", "--share", "nan"],
        ["check", "coffee shop", "--share", "half"],
        ["check", "coffee shop", "--form", "gmbh"],
        ["check", "coffee shop", "--lang", "fr"],
        ["check", "coffee shop", "--location", "Shangai"],
        ["check", "coffee shop", "--origin", "Germny"],
        ["check", "coffee shop", "--as-of", "2017-07-27"],
        ["check", "coffee shop", "--as-of", "2026-02-30"],
        ["check", "coffee shop", "--as-of", "20261123"],
        ["search"],
        ["search", "film", "--limit", "0"],
    ],
)
def test_wrong_usage_is_never_taken_for_an_answer(run: Run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == USAGE
    assert "Usage" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_check_gives_the_json_of_the_contract(run: Run, lang: str) -> None:
    result = run(
        *("check", "information service in Wuhan", "--share", "49", "--form", "joint_venture", "--lang", lang),
        *("--origin", "HK", "--qualified", "--chinese-control", "--as-of", "2025-03-01", "--json"),
    )
    body = orjson.loads(result.stdout)
    understood = {key: fact["value"] for key, fact in body["understood"].items() if fact and "value" in fact}
    assert understood == {
        "foreign_share": 49,
        "form": "joint_venture",
        "chinese_control": True,
        "investor_origin": "HK",
        "origin_qualified": True,
        "as_of": "2025-03-01",
    }
    assert body["understood"]["location"]["label"] == {"en": "Wuhan", "zh": "武汉"}[lang]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_taken(run: Run, form: str) -> None:
    assert run("check", "coffee shop", "--form", form).exit_code == 0


def test_search(run: Run) -> None:
    found = run("search", "telecommunications", "companies", "--limit", "2")
    assert found.exit_code == 0
    assert found.output.startswith("cn/national/2024/12  ")
    as_json = orjson.loads(run("search", "电信公司", "--json", "--lang", "zh").stdout)
    assert as_json[0]["id"] == "cn/national/2024/12"
    nothing = run("search", "zzzzqqq")
    assert (nothing.exit_code, nothing.output) == (1, "")


def test_index(run: Run, catalogue: Catalogue, index_root: Path) -> None:
    result = run("index")
    assert result.exit_code == 0
    assert str(index_root) in result.output


def test_validate(run: Run, catalogue: Catalogue) -> None:
    result = run("validate")
    assert result.exit_code == 0
    assert catalogue.digest in result.output


def test_validate_names_the_fault(run: Run, broken_data: Path) -> None:
    line = len((broken_data / "dataset.yaml").read_text(encoding="utf-8").splitlines())
    result = run("--data", str(broken_data), "validate")
    assert result.exit_code == 1
    assert f"dataset.yaml:{line}: colour: " in result.stderr


def test_broken_data_are_never_taken_for_an_answer(run: Run, broken_data: Path) -> None:
    result = run("--data", str(broken_data), "check", "coffee shop")
    assert result.exit_code not in ANSWERS
    assert "dataset.yaml" in result.stderr


def test_an_unusable_index_is_never_taken_for_an_answer(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = run("--index-folder", str(tmp_path / "file" / "index"), "check", "coffee shop")
    assert result.exit_code not in ANSWERS
    assert "NEGATIVE_LIST_INDEX" in result.stderr


@pytest.mark.parametrize("arguments", [["index"], ["search", "film"]])
def test_an_unusable_index_fails_the_other_commands(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "file").touch()
    result = run("--index-folder", str(tmp_path / "file" / "index"), *arguments)
    assert result.exit_code == UNUSABLE
    assert "NEGATIVE_LIST_INDEX" in result.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["check", "--help"], ["validate", "--help"]])
def test_help(run: Run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 0
    assert "Usage:" in result.output


def test_version(run: Run) -> None:
    assert __version__ in run("--version").output


def test_diff_by_the_names_of_the_files(run: Run) -> None:
    result = run("diff", "cn-national-2021", "cn-national-2024")
    assert result.exit_code == 0
    assert "Removed: Printing of publications (item 6 → –)" in result.stdout
    as_json = run("diff", "cn/national/2021", "cn/national/2024", "--json", "--lang", "zh")
    assert orjson.loads(as_json.stdout)["counts"]["removed"] == 2
    assert run("diff", "cn-national-2021", "cn-market-access-2025").exit_code == USAGE


def test_history_of_an_entry(run: Run) -> None:
    result = run("history", "cn/national/2024/12", "--lang", "zh")
    assert result.exit_code == 0
    assert "2019-07-30" in result.stdout
    assert "放宽" in result.stdout
    assert len(orjson.loads(run("history", "cn-national-2024-12", "--json").stdout)["stages"]) == 6
    unknown = run("history", "cn/national/2024/99")
    assert unknown.exit_code == USAGE
    assert "cn/national/2024/9" in unknown.stderr


def test_the_report_says_how_facts_are_known(run: Run) -> None:
    result = run("validate", "--report")
    assert result.exit_code == 0
    assert "Checked on 2026-" in result.stdout
    rows = {line[:20].strip(): line[20:].split() for line in result.stdout.splitlines()[3:]}
    assert int(rows["items"][0]) + int(rows["items"][1]) == int(rows["items"][2])
    assert set(rows) >= {"instruments", "items", "openings", "activities", "places"}


@pytest.fixture(scope="module")
def filed(run: Run) -> dict[str, object]:
    """A determination as `check` gives it."""
    found: dict[str, object] = orjson.loads(run("check", "call centre", "--share", "100", "--location", "Wuhan", "--json").stdout)
    return found


def test_verify(
    run: Run, filed: dict[str, object], tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One engine for all of them: starting it is what takes long.
    monkeypatch.setattr(cli, "open_engine", lambda *_: engine)
    proposal = {"activity": "call centre", "foreign_share": 100, "location": "Wuhan"}
    other = re.sub("(?<=nlr1:)[0-9a-f]+", "0" * 8, str(filed["receipt"]))
    for name, content, code, reason in (
        ("determination", filed, 0, "valid"),
        ("as posted", {"determination": filed}, 0, "valid"),
        ("receipt", {"receipt": filed["receipt"], "proposal": proposal}, 0, "valid"),
        ("altered", filed | {"status": "prohibited"}, 1, "differs"),
        ("other proposal", {"receipt": filed["receipt"], "proposal": proposal | {"foreign_share": 50}}, 1, "differs"),
        ("other version", filed | {"receipt": other}, 3, "other_version"),
    ):
        path = tmp_path / name
        path.write_bytes(b"\xef\xbb\xbf" + orjson.dumps(content))
        result = run("verify", str(path), "--json")
        assert (result.exit_code, orjson.loads(result.stdout)["reason"]) == (code, reason), name
        assert run("verify", str(path), "--lang", "zh").stdout.count("回执") >= 1


def test_verify_reads_standard_input(index_root: Path, filed: dict[str, object]) -> None:
    environment = {"NEGATIVE_LIST_DATA": None, "NEGATIVE_LIST_INDEX": str(index_root)}
    result = CliRunner().invoke(main, ["verify", "-"], input=orjson.dumps(filed), env=environment)
    assert (result.exit_code, result.stdout.count("\n")) == (0, 1)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nlr1",
        b"[]",
        b"{}",
        b'{"determination": 1}',
        b'{"receipt": "nlr1:x", "proposal": {"activity": "cafe"}}',
        b'{"receipt": 1, "proposal": {"activity": "cafe"}}',
        b'{"receipt": "nlr1:00000000:0:00000000000000000000000000000000", "proposal": []}',
        b'{"receipt": "nlr1:00000000:0:00000000000000000000000000000000", "proposal": {"activity": 1}}',
        b'{"receipt": "nlr1:00000000:0:00000000000000000000000000000000", "proposal": {"activity": "cafe", "shares": 1}}',
        b'{"receipt": "nlr1:00000000:0:00000000000000000000000000000000", "proposal": {"activity": "cafe", "foreign_share": true}}',
        b'{"receipt": "nlr1:00000000:0:00000000000000000000000000000000", "proposal": {"activity": "cafe", "form": []}}',
        b'{"receipt": "nlr1:00000000:0:00000000000000000000000000000000", "proposal": {"activity": "cafe", "chinese_control": 1}}',
        b'{"receipt": "nlr1:00000000:0:00000000000000000000000000000000", "proposal": {"activity": "cafe", "as_of": "20240101"}}',
        b'{"receipt": "nlr1:00000000:0:00000000000000000000000000000000", "proposal": {"activity_ids": "a"}}',
    ],
)
def test_verify_refuses_what_is_no_claim(run: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    result = run("verify", str(path))
    assert result.exit_code == USAGE
    assert result.stdout == ""
    assert result.stderr


def test_verify_needs_a_file_and_sound_data(run: Run, tmp_path: Path, broken_data: Path, filed: dict[str, object]) -> None:
    assert run("verify", str(tmp_path / "none")).exit_code == USAGE
    path = tmp_path / "file"
    path.write_bytes(orjson.dumps(filed))
    assert run("--data", str(broken_data), "verify", str(path)).exit_code == UNUSABLE
