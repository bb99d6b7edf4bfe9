"""A server on loopback and a Chromium for the tests of the pages; each test has a context of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# What axe-core is asked: WCAG 2.2 A and AA, and what it counts as good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


# Playwright keeps an event loop running in this thread, which tests of other modules may not share.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; tools/browser.sh installs it."""
    program = shutil.which("chromium")
    assert program, "Chromium is missing: make dev installs it, or says what to install"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, chromium_sandbox=False, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """`visit(path, **options)`: a page in a fresh context, Playwright's options given on.

    When the test ends, no page has asked anything of another host, broken the content policy or thrown.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(path: str, **options: Any) -> Page:
        context = browser.new_context(base_url=site, **options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.on("request", lambda request: request.url.startswith(site) or faults.append(f"asked {request.url}"))
        context.on("weberror", lambda error: faults.append(f"threw {error.error}"))
        # What a page says of answers that are meant to fail is no fault of it.
        context.on(
            "console",
            lambda message: faults.append(f"said {message.text}")
            if message.type in ("error", "warning") and "Failed to load resource" not in message.text
            else None,
        )
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """`axe(page)`: what keeps people out of a page, one line for each element; nothing where all is well."""
    runner = Axe()

    def violations(page: Page) -> list[str]:
        found = runner.run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
        return [
            f"{rule['id']}: {node['html'][:200]} ({node['failureSummary']})"
            for rule in found.response["violations"]
            for node in rule["nodes"]
        ]

    return violations
