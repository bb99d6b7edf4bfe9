"""A client written by a generator from the served description works against a live server."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from flask.testing import FlaskClient

PACKAGE = "generated_client"
# What the generator cannot put into types: the forms of a batch that are no JSON. No hook formats what it writes.
CONFIGURATION = """
post_hooks: []
content_type_overrides:
  application/atom+xml: text/xml
"""
LEFT_OUT = {"Unsupported content type application/x-ndjson", "Unsupported content type text/csv"}


@pytest.fixture(scope="module")
def generated(client: FlaskClient, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder in which the client is a package, on the path while the tests of this module run."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "openapi.json").write_bytes(client.get("/openapi.json").data)
    (folder / "configuration.yaml").write_text(CONFIGURATION)
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--path", "openapi.json", "--meta", "none"]
    command += ["--config", "configuration.yaml", "--output-path", PACKAGE]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    said = {line for line in done.stdout.splitlines() if line.startswith(("Unsupported", "Cannot", "ERROR"))}
    assert said <= LEFT_OUT, done.stdout
    sys.path.insert(0, str(folder))
    yield folder / PACKAGE
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


@pytest.fixture(scope="module")
def connected(generated: Path, site: str) -> Iterator[Any]:
    """The client, connected to a server on a free port of this machine."""
    assert generated
    with importlib.import_module(PACKAGE).Client(base_url=site, raise_on_unexpected_status=True) as client:
        yield client


def api(name: str) -> ModuleType:
    return importlib.import_module(f"{PACKAGE}.api.{name}")


def model(name: str) -> Any:
    return getattr(importlib.import_module(f"{PACKAGE}.models"), name)


def test_every_operation_can_be_called(client: FlaskClient, generated: Path) -> None:
    description = client.get("/openapi.json").json
    assert description is not None
    operations = sum(len(set(item) - {"parameters"}) for item in description["paths"].values())
    modules = [path.relative_to(generated).with_suffix("") for path in generated.glob("api/*/*.py") if path.stem != "__init__"]
    assert len(modules) == operations
    for path in modules:
        assert callable(importlib.import_module(".".join((PACKAGE, *path.parts))).sync)


def test_a_choice_is_one_type(generated: Path) -> None:
    names = {path.stem for path in generated.glob("models/*permitted_as_proposed*.py")}
    assert names
    assert {name.partition("_permitted")[0] for name in names} == {"batch_determination", "candidate", "determination", "other_reading", "suggestion", "verdict"}
    assert len(names) == 6


def test_a_determination(connected: Any) -> None:
    answer = api("determinations.determine").sync(client=connected, activity="互联网数据中心", foreign_share=60, lang=model("DetermineLang")("zh"))
    assert (answer.status.value, answer.permitted_as_proposed.value) == ("restricted", "no")
    [verdict] = answer.activities
    assert verdict.activity.id == "telecom/internet-data-centre"
    assert {reason.citation.item for reason in verdict.reasons} >= {"12"}
    proposal = model("Proposal")(activity="互联网数据中心", foreign_share=60, lang=model("ProposalLang")("zh"))
    posted = api("determinations.determine_confidentially").sync(client=connected, body=proposal)
    assert posted.to_dict() == answer.to_dict()


def test_a_batch(connected: Any) -> None:
    proposal = model("Proposal")
    bodies = [proposal(activity="coffee shop", ref="a"), proposal(activity="cafe", location="Wuhann", ref="b")]
    good, bad = api("batch.determine_batch").sync(client=connected, body=bodies)
    assert (type(good).__name__, good.ref, good.status.value) == ("BatchDetermination", "a", "open")
    assert (type(bad).__name__, bad.ref, bad.status, bad.row) == ("BatchProblem", "b", 422, 2)
    assert bad.errors[0].nearest == "Wuhan"


def test_a_receipt(connected: Any) -> None:
    answer = api("determinations.determine").sync(client=connected, activity="coffee shop")
    claim = model("Claim").from_dict({"determination": answer.to_dict()})
    assert api("receipts.verify_receipt").sync(client=connected, body=claim).valid is True


def test_a_reconciliation(connected: Any) -> None:
    sent = model("ReconcileConfidentiallyInLanguageBody")(queries=json.dumps({"q0": {"query": "网络游戏", "limit": 1}}))
    lang = model("ReconcileConfidentiallyInLanguageLang")("zh")
    asked = api("reconcile.reconcile_confidentially_in_language").sync
    [found] = asked(client=connected, lang=lang, body=sent)["q0"].result
    assert (found.id, found.match, found.type_[0].id) == ("internet/online-games-operation", True, "activity")
    wanted = json.dumps({"ids": [found.id], "properties": [{"id": "status"}]})
    answer = asked(client=connected, lang=lang, body=model("ReconcileConfidentiallyInLanguageBody")(extend=wanted))
    assert [cell.str_ for cell in answer.rows[found.id]["status"]] == ["prohibited"]
    manifest = api("reconcile.reconcile").sync(client=connected)
    assert manifest.view.url.endswith("/reconcile/view?id={{id}}")
    led = api("reconcile.view_entity").sync_detailed(client=connected, id=found.id)
    assert (led.status_code, led.headers["Location"].partition("?")[0]) == (303, f"/v1/activities/{found.id}")


def test_health(connected: Any) -> None:
    assert api("system.get_health").sync(client=connected).status.value == "ok"
    assert api("system.get_readiness").sync(client=connected).dataset.version
    assert "negative_list_info" in api("system.get_metrics").sync(client=connected)


def test_a_search_page_by_page(connected: Any) -> None:
    search = api("entries.search_entries").sync
    first = search(client=connected, q="telecom", limit=1)
    second = search(client=connected, q="telecom", limit=1, cursor=first.next_cursor)
    assert len(first.items) == len(second.items) == 1
    assert first.items[0].id != second.items[0].id
    entry = api("entries.get_entry").sync(entry_id=first.items[0].id, client=connected)
    assert entry.titles.zh


@pytest.mark.parametrize(
    ("operation", "asked", "status", "code"),
    [
        ("determinations.determine", {"activity": "cafe", "location": "Wuhann"}, 422, "unknown_place"),
        ("determinations.determine", {}, 400, "required"),
        ("entries.search_entries", {"limit": 1_000}, 400, "invalid"),
        ("entries.get_entry", {"entry_id": "cn/national/2024/99"}, 404, "not_held"),
    ],
)
def test_an_error(connected: Any, operation: str, asked: dict[str, Any], status: int, code: str) -> None:
    response = api(operation).sync_detailed(client=connected, **asked)
    assert response.status_code == status
    assert (type(response.parsed).__name__, response.parsed.status) == ("Problem", status)
    assert [item.code for item in response.parsed.errors] == [code]
