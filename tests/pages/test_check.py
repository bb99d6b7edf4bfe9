"""The page where a proposal is checked, in a browser: with and without JavaScript, by keyboard, for everybody."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
PROPOSAL = "data centre in Wuhan, 60% foreign"
# How much the first page may weigh, uncompressed, and how far anything on it may jump.
WEIGHT = 60_000
SHIFT = 0.02
WATCH = "new PerformanceObserver(l => l.getEntries().forEach(e => shifts.push(e.value)))"


def typed(page: Page, text: str) -> None:
    """Fill in the field and send it with Enter."""
    page.locator("#activity").fill(text)
    page.locator("#activity").press("Enter")
    expect(page.locator("#verdict")).to_be_visible()


def test_the_keyboard_alone_does_everything(visit: Visit) -> None:
    page = visit("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_class("skip")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#activity")).to_be_focused()
    page.keyboard.type("platform")
    page.keyboard.press("Enter")
    expect(page.locator("#verdict")).to_be_focused()
    expect(page.locator("#verdict")).to_have_text("undetermined")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text(re.compile("Online marketplace"))
    page.keyboard.press("Enter")
    expect(page.locator(".verdict.is-open")).to_be_visible()
    expect(page.locator("#verdict")).to_be_focused()
    # The facts are unfolded, one is stated, and Enter in it checks again.
    for _ in range(4):
        page.keyboard.press("Shift+Tab")
        if page.locator(".facts > summary:focus").count():
            break
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#foreign_share")).to_be_focused()
    page.keyboard.type("half")
    page.keyboard.press("Enter")
    expect(page.locator("#foreign_share")).to_be_focused()
    expect(page.locator("#foreign_share-fault")).to_contain_text("Give a percentage")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("100")
    page.keyboard.press("Enter")
    expect(page.locator(".side")).to_contain_text("100% as stated")


def test_it_works_without_javascript(visit: Visit) -> None:
    page = visit("/?lang=zh", java_script_enabled=False)
    page.locator("#activity").fill("平台")
    page.locator("#go").click()
    assert page.url.endswith("/check?lang=zh#answer")
    page.locator(".candidates button").first.click()
    expect(page.locator("#verdict")).to_have_text("开放")
    expect(page.locator(".chosen")).to_contain_text("认定为")
    # Enter in a field checks; it does not change the language, whose button comes first.
    page.locator(".facts > summary").click()
    page.locator("#location").fill("兰州")
    page.locator("#location").press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.locator(".side")).to_contain_text("兰州")
    page.locator(".chosen input").uncheck()
    page.locator(".facts > summary").click()
    page.locator("#activity").fill(PROPOSAL)
    page.locator("#location").fill("")
    page.locator("#go").click()
    expect(page.locator(".verdict")).to_have_class("verdict is-restricted")
    page.locator(".switch").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#activity")).to_have_value(PROPOSAL)
    expect(page.locator(".proposed")).to_have_text("As proposed: no")
    assert "Wuhan" not in page.url
    page.locator("button[name=link]").click()
    link = page.locator("#link").input_value()
    receipt = page.locator(".side code").inner_text()
    page.goto(link)
    expect(page.locator(".side code")).to_have_text(receipt)


def test_the_language_changes_in_place(visit: Visit) -> None:
    page = visit("/", locale="en-GB")
    page.locator("#activity").fill("half a thought")
    page.locator(".facts > summary").click()
    page.locator("#location").fill("Wuhan")
    page.locator(".switch").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.locator("#activity")).to_have_value("half a thought")
    expect(page.locator("#location")).to_have_value("Wuhan")
    expect(page.locator(".switch")).to_be_focused()
    expect(page).to_have_title(re.compile("负面清单"))
    assert page.url.endswith("/?lang=zh")
    assert visit("/", locale="zh-CN").locator("html").get_attribute("lang") == "zh-Hans"


def test_going_back_brings_back_what_was_shown(visit: Visit) -> None:
    page = visit("/")
    typed(page, "coffee shop")
    expect(page.locator(".verdict.is-open")).to_be_visible()
    typed(page, "online game operation")
    expect(page.locator(".verdict.is-prohibited")).to_be_visible()
    assert page.url.endswith("/")
    page.go_back()
    expect(page.locator(".verdict.is-open")).to_be_visible()
    page.go_back()
    expect(page.locator("#verdict")).to_have_count(0)
    page.go_forward()
    expect(page.locator(".verdict.is-open")).to_be_visible()
    page.get_by_role("link", name="Correct Law of the day").click()
    expect(page.locator("#as_of")).to_be_focused()


def test_names_are_suggested(visit: Visit) -> None:
    page = visit("/")
    items = [
        {"id": "a", "kind": "activity", "label": "Online games", "matched": "Online games", "status": "prohibited"},
        {"id": "b", "kind": "activity", "label": "Online music", "matched": "on-line music", "status": "open"},
    ]
    page.route("**/v1/suggest?*", lambda route: route.fulfill(json={"items": items}))
    page.locator("#activity").press_sequentially("onl")
    rows = page.locator(".suggestions button")
    expect(rows).to_have_count(2)
    expect(rows.nth(1)).to_have_text("Online musicon-line musicopen")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#activity")).to_be_focused()
    expect(page.locator("#activity")).to_have_value("Online music")
    expect(page.locator(".suggestions")).to_be_hidden()
    page.keyboard.press("s")
    expect(rows).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator(".suggestions")).to_be_hidden()


def test_a_longer_text_is_not_sent_before_it_is_sent(visit: Visit) -> None:
    page = visit("/")
    asked: list[str] = []
    page.route("**/v1/suggest?*", lambda route: (asked.append(route.request.url), route.fulfill(json={"items": []})))
    page.locator("#activity").fill("A German company would like to hold 60% of a data centre in Wuhan")
    typed(page, "A German company would like to hold 60% of a data centre in Wuhan")
    assert not asked


def test_a_service_out_of_reach_loses_nothing(visit: Visit) -> None:
    page = visit("/")
    page.route("**/check*", lambda route: route.abort())
    page.locator("#activity").fill(PROPOSAL)
    page.locator("#go").click()
    expect(page.locator(".unreached")).to_contain_text("try again")
    expect(page.locator("#activity")).to_have_value(PROPOSAL)


@pytest.mark.parametrize(("scheme", "lang"), [("light", "en"), ("dark", "zh")])
def test_nobody_is_kept_out(visit: Visit, axe: Callable[[Page], list[str]], scheme: str, lang: str) -> None:
    page = visit(f"/?lang={lang}", color_scheme=scheme)
    assert not axe(page)
    typed(page, "platform")
    assert not axe(page)
    typed(page, "online music streaming in Wuhan, 60%, and blorptang and online game operation")
    for summary in page.locator("summary").all():
        summary.click()
    assert not axe(page)
    page.locator("#foreign_share").fill("half")
    page.locator("#go").click()
    expect(page.locator("#foreign_share-fault")).to_be_visible()
    assert not axe(page)


def test_nothing_sticks_out_of_a_narrow_window(visit: Visit) -> None:
    page = visit("/")
    for lang in ("en", "zh"):
        for path in (f"/?lang={lang}", f"/check?lang={lang}&activity=data+centre+60%25+and+online+games+in+Wuhan"):
            page.goto(path)
            for width in (320, 360, 768, 1440):
                page.set_viewport_size({"width": width, "height": 800})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


def test_the_first_page_is_light_and_stands_still(visit: Visit, app: Flask) -> None:
    received: dict[str, int] = {}

    def note(response: Any) -> None:
        received[response.url] = len(response.body())

    page = visit("/docs")
    page.add_init_script(f"globalThis.shifts = []; {WATCH}.observe({{type: 'layout-shift', buffered: true}})")
    for path in ("/", "/check?activity=data+centre"):
        received.clear()
        page.on("response", note)
        page.goto(path, wait_until="networkidle")
        page.remove_listener("response", note)
        assert sum(page.evaluate("shifts")) < SHIFT
        if path == "/":
            assert len(received) >= 4
            assert sum(received.values()) < WEIGHT
