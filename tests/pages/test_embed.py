"""The check inside pages of others: in a real browser, on a page of another origin with a strict content policy."""

from __future__ import annotations

import base64
import dataclasses
import gzip
import hashlib
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import orjson
import pytest
import yaml
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from service.embedding import FOLDER, words
from service.state import State
from tests.conftest import Quiet

EXAMPLES = Path(__file__).parents[2] / "examples"
PLACEHOLDER = "https://law.example"
BUDGET = 15_000


# -- what the service sends --------------------------------------------------------------------------------------------


def test_the_script_is_small_and_may_be_loaded_by_every_page(client: FlaskClient) -> None:
    response = client.get("/embed.js")
    assert response.mimetype == "text/javascript"
    assert len(gzip.compress(response.data)) < BUDGET
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    again = client.get("/embed.js", headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_version_pinned_never_changes_and_its_integrity_is_told(client: FlaskClient) -> None:
    described = client.get("/embed.json").json
    pinned = client.get(described["src"])
    digest = base64.b64encode(hashlib.sha384(pinned.data).digest()).decode()
    assert described["integrity"] == f"sha384-{digest}"
    assert described["bytes"] == len(pinned.data)
    assert pinned.data == client.get("/embed.js").data
    assert "immutable" in pinned.headers["Cache-Control"]
    assert "immutable" not in client.get("/embed.js").headers["Cache-Control"]


def test_a_version_not_held_names_the_one_that_is(client: FlaskClient) -> None:
    response = client.get("/embed/0123456789abcdef.js")
    assert response.status_code == 404
    assert client.get("/embed.json").json["src"] in response.json["detail"]


def test_every_word_said_is_held_and_every_word_held_is_said() -> None:
    source = "".join(FOLDER.joinpath(name).read_text(encoding="utf-8") for name in ("answer.js", "element.js"))
    said = set(re.findall(r'\bsay\("([\w.]+)"', source)) | {"unreachable", "crowded"}
    said |= {"activity", "foreign_share", "location", "investor_origin"}
    # Said by the value of a key: how something stands, the outcome, and what is wrong with a field.
    said |= {"open", "restricted", "prohibited", "undetermined", "yes", "no", "conditional"}
    said |= {f"fault.{name}" for name in ("activity", "foreign_share", "location", "investor_origin")}
    held = words()
    assert set(held["en"]) == set(held["zh"]) == said
    for key, text in held["en"].items():
        assert re.findall(r"\{\w+\}", text) == re.findall(r"\{\w+\}", held["zh"][key])


@pytest.mark.parametrize("origins", [(), ("https://firm.example", "https://www.firm.example:8443")])
def test_only_the_pages_named_may_frame_the_check(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, origins: tuple[str, ...]
) -> None:
    current: State = app.extensions["negative_list"]
    settings = dataclasses.replace(current.settings, allowed_origins=origins)
    monkeypatch.setitem(app.extensions, "negative_list", dataclasses.replace(current, settings=settings))
    for response in (client.get("/embed"), client.post("/embed", data={"activity": "call centre"})):
        assert response.status_code == 200
        policy = response.headers["Content-Security-Policy"]
        assert policy.endswith("frame-ancestors " + " ".join(("'self'", *origins)))
        assert "script-src" not in policy
        assert "<script" not in response.text


def test_the_frame_answers_and_its_answer_is_kept_nowhere(client: FlaskClient) -> None:
    response = client.post("/embed?lang=zh&theme=dark", data={"activity": "武汉的数据中心，外资60%", "location": ""})
    assert response.headers["Cache-Control"] == "no-store"
    for told in ("限制", "不可以", "nlr1:", 'data-theme="dark"', 'lang="zh-Hans"', "2024年版全国负面清单第12项"):
        assert told in response.text
    assert "public" in client.get("/embed").headers["Cache-Control"]


def test_the_frame_says_beside_the_field_what_is_wrong(client: FlaskClient) -> None:
    response = client.post("/embed?lang=en", data={"activity": "<b>", "location": "Atlantis"})
    assert response.status_code == 422
    assert "This place in China is not known." in response.text
    assert "<b>" not in response.text


@pytest.mark.parametrize("query", ["activity=secret", "theme=pink", "lang=fr", "foreign_share=0"])
def test_the_address_of_a_frame_holds_facts_and_no_proposal(client: FlaskClient, query: str) -> None:
    assert client.get(f"/embed?{query}").status_code == 400


# -- inside a page of somebody else ------------------------------------------------------------------------------------


@dataclass
class Stranger:
    """A site of another origin: its pages by path, and the forms that came in."""

    address: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    policy: str = ""
    forms: list[dict[str, list[str]]] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "POST":
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            self.forms.append(parse_qs(body.decode(), keep_blank_values=True))
        page = self.pages.get(environ["PATH_INFO"], "<!DOCTYPE html><title>Received</title>")
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", self.policy)]
        start("200 OK", headers)
        return [page.encode()]


def open_to(app: Flask, origin: str) -> Callable[..., Iterable[bytes]]:
    """The service as its settings would open it to an origin: preflights answered, answers readable there."""
    allowed = [("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Headers", "content-type")]

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "OPTIONS":
            start("204 No Content", allowed)
            return [b""]
        shared = allowed if environ["PATH_INFO"].startswith("/v1/") else []
        return app(environ, lambda status, headers, *more: start(status, [*headers, *shared], *more))

    return answer


@pytest.fixture(scope="module")
def stranger(app: Flask) -> Iterator[Stranger]:
    """The stranger's site with the example of an intake form, and beside it the service that it may call."""
    site = Stranger()
    host = make_server("127.0.0.1", 0, site, threaded=True, request_handler=Quiet)
    site.address = f"http://127.0.0.1:{host.server_port}"
    service = make_server("127.0.0.1", 0, open_to(app, site.address), threaded=True, request_handler=Quiet)
    address = f"http://127.0.0.1:{service.server_port}"
    for example in EXAMPLES.glob("*.html"):
        site.pages[f"/{example.stem}"] = example.read_text(encoding="utf-8").replace(PLACEHOLDER, address)
    site.policy = (
        f"default-src 'none'; script-src {address}; connect-src {address}; form-action 'self'; base-uri 'none'; "
        "require-trusted-types-for 'script'"
    )
    threads = [threading.Thread(target=server.serve_forever, daemon=True) for server in (host, service)]
    for thread in threads:
        thread.start()
    yield site
    for server, thread in zip((host, service), threads, strict=True):
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def intake(browser: Browser, stranger: Stranger) -> Iterator[Callable[..., Page]]:
    """`intake(path, **options)`: a page of the stranger, which breaks no policy and puts no text into an address."""
    contexts, faults = [], []

    def visit(path: str = "/intake-form", **options: Any) -> Page:
        context = browser.new_context(base_url=stranger.address, **options)
        contexts.append(context)
        context.set_default_timeout(15_000)
        context.on("weberror", lambda error: faults.append(f"threw {error.error}"))
        context.on("request", lambda request: faults.append(request.url) if "centre" in request.url else None)
        context.on(
            "console",
            lambda message: faults.append(message.text)
            if message.type in ("error", "warning") and "Failed to load resource" not in message.text
            else None,
        )
        page = context.new_page()
        page.goto(path)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not faults


def hidden(page: Page) -> dict[str, str]:
    values = page.evaluate("[...document.querySelectorAll('input[type=hidden]')].map((i) => [i.name, i.value])")
    return dict(values)


def test_a_strangers_form_gets_the_determination_by_keyboard_and_posts_it(
    intake: Callable[..., Page], stranger: Stranger, client: FlaskClient
) -> None:
    page = intake()
    page.evaluate("document.addEventListener('negative-list:determination', (e) => { window.told = e.detail; })")
    page.locator("#client").fill("Muster AG")
    # Not checked yet: the form does not go.
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('#intake').checkValidity()") is False
    assert stranger.forms == []
    page.locator("#client").focus()
    page.keyboard.press("Tab")
    page.keyboard.type("a data centre in Wuhan, 60% ours")
    page.keyboard.press("Control+Enter")
    check = page.locator("negative-list-check")
    expect(check.locator(".verdict")).to_contain_text("Restricted")
    expect(check.locator("[role=status]")).to_contain_text("Permitted as proposed: no")
    expect(check.get_by_text("Item 12 of the Negative List 2024").first).to_be_visible()
    told = client.post("/v1/determinations", json={"activity": "a data centre in Wuhan, 60% ours"}).json
    assert page.evaluate("window.told.receipt") == told["receipt"]
    page.get_by_role("button", name="Open the matter").press("Enter")
    page.wait_for_url("**/matters")
    (form,) = stranger.forms
    stranger.forms.clear()
    assert form["client"] == ["Muster AG"]
    assert form["access_status"] == ["restricted"]
    assert form["access_permitted"] == ["no"]
    assert form["access_share"] == ["0"]
    assert form["access_activities"] == ["telecom/internet-data-centre"]
    assert form["access_receipt"] == [told["receipt"]]
    assert orjson.loads(form["check"][0])["receipt"] == told["receipt"]
    # What was written stays in the check; the form gets the answer alone.
    assert "Wuhan" not in str(form)


def test_a_question_is_answered_by_a_choice_and_reset_forgets_all(intake: Callable[..., Page]) -> None:
    page = intake()
    check = page.locator("negative-list-check")
    check.get_by_label("The proposed business").fill("platform")
    check.get_by_role("button", name="Check", exact=True).click()
    choice = check.get_by_role("button", name=re.compile("marketplace"))
    choice.focus()
    page.keyboard.press("Enter")
    expect(check.locator(".verdict")).to_contain_text("Open")
    assert page.evaluate("document.activeElement.shadowRoot.activeElement.className") == "answer"
    assert hidden(page)["access_activities"] == "ecommerce/online-marketplace"
    # Other words than those asked about: the answer is no longer sent.
    check.get_by_label("The proposed business").fill("platform for news")
    assert hidden(page)["access_receipt"] == ""
    assert page.evaluate("document.querySelector('#intake').checkValidity()") is False
    expect(check.get_by_text("Check again")).to_be_visible()
    page.get_by_role("button", name="Start again").click()
    expect(check.locator(".verdict")).to_have_count(0)
    expect(check.get_by_label("The proposed business")).to_have_value("")


def test_what_is_wrong_is_said_beside_the_field(intake: Callable[..., Page]) -> None:
    page = intake()
    page.evaluate("document.addEventListener('negative-list:error', (e) => { window.fault = e.detail.status; })")
    check = page.locator("negative-list-check")
    check.get_by_label("The proposed business").fill("call centre")
    check.get_by_text("Share, place, investor").click()
    check.get_by_label("Place in China").fill("Shangai")
    check.get_by_role("button", name="Check", exact=True).click()
    expect(check.get_by_text("This place in China is not known. Did you mean")).to_be_visible()
    expect(check.get_by_label("Place in China")).to_be_focused()
    assert page.evaluate("window.fault") == 422
    page.route("**/v1/determinations", lambda route: route.abort())
    check.get_by_label("Place in China").fill("Shanghai")
    check.get_by_role("button", name="Check", exact=True).click()
    expect(check.get_by_text("The service could not be reached.")).to_be_visible()
    assert page.evaluate("window.fault") == 0


def test_the_language_changes_in_place(intake: Callable[..., Page]) -> None:
    page = intake()
    check = page.locator("negative-list-check")
    check.get_by_label("The proposed business").fill("online game operation")
    check.get_by_role("button", name="Check", exact=True).click()
    expect(check.locator(".verdict")).to_contain_text("Prohibited")
    receipt = hidden(page)["access_receipt"]
    page.evaluate("document.documentElement.lang = 'zh-CN'; document.querySelector('negative-list-check').lang = 'zh'")
    expect(check.locator(".verdict")).to_contain_text("禁止")
    expect(check.get_by_label("拟从事的业务")).to_have_value("online game operation")
    assert hidden(page)["access_receipt"] == receipt


@pytest.mark.parametrize(
    ("text", "scheme"), [("平台", "light"), ("a data centre and online music streaming, blorptangle", "dark")]
)
def test_the_element_keeps_nobody_out(
    intake: Callable[..., Page], axe: Callable[[Page], list[str]], text: str, scheme: str
) -> None:
    page = intake(color_scheme=scheme, viewport={"width": 360, "height": 800})
    check = page.locator("negative-list-check")
    assert axe(page) == []
    check.get_by_label("The proposed business").fill(text)
    check.get_by_role("button", name="Check", exact=True).click()
    check.locator(".verdict").wait_for()
    for closed in check.locator("summary").all():
        closed.click()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_frame_keeps_nobody_out(visit: Callable[..., Page], axe: Callable[[Page], list[str]]) -> None:
    for query, scheme in (("lang=zh&theme=dark", "light"), ("lang=en", "dark")):
        page = visit(f"/embed?{query}", viewport={"width": 360, "height": 700}, color_scheme=scheme)
        page.locator("textarea").focus()
        page.keyboard.type("a data centre in Wuhan")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.locator(".verdict").wait_for()
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


# -- what the documentation promises -----------------------------------------------------------------------------------


def test_the_documentation_names_what_a_page_can_set_and_read() -> None:
    told = (EXAMPLES.parent / "docs" / "embedding.md").read_text(encoding="utf-8")
    element, answer, style = (
        FOLDER.joinpath(name).read_text(encoding="utf-8") for name in ("element.js", "answer.js", "style.css")
    )
    targets = re.search(r"const TARGETS = \{\n(.*?)\n\};", element, re.DOTALL)
    assert targets is not None
    names = re.findall(r'^  "?([\w-]+)"?:', targets[1], re.MULTILINE)
    assert len(names) > 5
    names += [name.removeprefix("-") for name in re.findall(r"--negative-list(-[\w-]+)", style)]
    names += re.findall(r'\bpart: "(\w+)"', element + answer)
    assert [name for name in names if not re.search(rf"[`-]{name}`", told)] == []


def test_examples_name_only_what_the_element_knows() -> None:
    element = FOLDER.joinpath("element.js").read_text(encoding="utf-8")
    for example in EXAMPLES.glob("*.html"):
        for key in re.findall(r"\btarget-([\w-]+)=", example.read_text(encoding="utf-8")):
            assert re.search(rf'^  "?{key}"?:', element, re.MULTILINE), key


def test_the_interview_asks_as_the_service_is_asked(client: FlaskClient) -> None:
    blocks = list(yaml.safe_load_all((EXAMPLES / "docassemble.yml").read_text(encoding="utf-8")))
    code = "\n".join(block["code"] for block in blocks if "code" in block)
    proposal: dict[str, Any] = {"proposal_activity": "platform", "proposal_share": 40, "proposal_location": "Wuhan"}
    written = next(block["code"] for block in blocks if block.get("code", "").startswith("proposal = "))
    exec(written, proposal)  # noqa: S102
    answer = client.post("/v1/determinations", json=proposal["proposal"]).json
    assert answer["undetermined"]["candidates"]
    assert PLACEHOLDER + "/v1/determinations" in code
    shown = next(block["subquestion"] for block in blocks if block.get("event") == "final_screen")
    for key in re.findall(r"determination\['(\w+)'\]", shown):
        assert key in answer
