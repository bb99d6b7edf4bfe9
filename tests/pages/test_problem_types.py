"""The catalogue that the types of problems lead to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page

from service.pages.problem_types import CODES
from service.pages.texts import load
from service.problems import KINDS

PAGE = (Path(__file__).parents[2] / "docs" / "errors.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("status", KINDS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_type_is_explained_to_people_and_to_programs(client: FlaskClient, status: int, lang: str) -> None:
    slug = KINDS[status][0]
    said = [load()[f"problem_type.{slug}.{part}"][lang] for part in ("title", "meaning", "mend")]
    plain = client.get(f"/problems/{slug}", query_string={"lang": lang})
    assert (plain.status_code, plain.mimetype) == (200, "text/plain")
    assert plain.text == f"{said[0]} ({status})\n\n{said[1]}\n{said[2]}\n"
    page = client.get(f"/problems/{slug}", query_string={"lang": lang}, headers={"Accept": "text/html"})
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert f"<h1>{said[0]}</h1>" in page.text


@pytest.mark.parametrize("status", KINDS)
def test_the_problem_itself_and_its_page_say_the_same(status: int) -> None:
    slug, title, meaning = KINDS[status]
    assert load()[f"problem_type.{slug}.title"]["en"] == title
    assert load()[f"problem_type.{slug}.meaning"]["en"] == meaning


def test_the_catalogue_lists_all_of_them(client: FlaskClient) -> None:
    page = client.get("/problems", headers={"Accept": "text/html"})
    for slug, _, _ in KINDS.values():
        assert f'href="/problems/{slug}"' in page.text
    for code in CODES:
        assert f"<code>{code}</code>" in page.text


def test_the_type_of_a_problem_leads_to_its_page(client: FlaskClient) -> None:
    for method, path in (("GET", "/nowhere"), ("POST", "/v1/rules"), ("GET", "/v1/determinations")):
        problem = client.open(path, method=method).get_json()
        assert client.get(problem["type"]).text.startswith(f"{problem['title']} ({problem['status']})")


@pytest.mark.parametrize("path", ["/problems", "/problems/gone?lang=zh"])
def test_the_catalogue_keeps_nobody_out(
    visit: Callable[..., Page], axe: Callable[[Page], list[str]], path: str
) -> None:
    page = visit(path)
    assert page.locator("h1").count() == 1
    assert axe(page) == []


def test_an_unknown_type_is_a_problem(client: FlaskClient) -> None:
    assert client.get("/problems/none").status_code == 404


def test_the_written_catalogue_names_every_type_and_code() -> None:
    assert [slug for slug, _, _ in KINDS.values() if f"`{slug}`" not in PAGE] == []
    assert [code for code in CODES if f"`{code}`" not in PAGE] == []
