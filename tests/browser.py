"""A real browser for the tests: Debian's chromium, driven by Playwright, with what its console complains about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--no-first-run",
    "--no-default-browser-check",
]
# Streamlit asks for these two under the page's own address first, then at the root, where they are.
_HARMLESS = re.compile(r"/[^/]+/_stcore/(health|host-config)$")
_PATIENCE = 60_000  # milliseconds; a busy machine draws the first page slowly


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A chromium of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def new_page(browser: Browser, **context: Any) -> tuple[Page, list[str]]:
    """A page in a context without cookies, and the list that every console error and uncaught exception goes to."""
    settings: dict[str, Any] = {"locale": "vi-VN", "viewport": {"width": 1366, "height": 768}, **context}
    page = browser.new_context(**settings).new_page()
    page.set_default_timeout(_PATIENCE)
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        address = str(message.location.get("url", ""))
        if message.type == "error" and not _HARMLESS.search(address.split("?")[0]):
            complaints.append(f"{message.text} ({address})")

    page.on("console", heard)
    page.on("pageerror", lambda error: complaints.append(f"uncaught: {error}"))
    return page, complaints


def wait_for_page(page: Page) -> None:
    """Return when the page's script has run to its end: everything it draws is there."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=_PATIENCE)
    expect(page.get_by_test_id("stAppSkeleton")).to_have_count(0, timeout=_PATIENCE)


def visit(page: Page, url: str) -> None:
    """Open `url` and wait until the page is drawn."""
    page.goto(url)
    wait_for_page(page)


def shown_text(page: Page) -> str:
    """All text of the page, as a reader sees it."""
    return page.get_by_test_id("stApp").inner_text()


def exception_boxes(page: Page) -> int:
    """How many exception boxes Streamlit shows."""
    return page.get_by_test_id("stException").count()
