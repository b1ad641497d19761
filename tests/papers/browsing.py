"""Opening a page in a browser that must stay silent: no message in the console, no request to anywhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
LONG = 30_000  # milliseconds; a busy machine


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium: the system's, else the one that Playwright brought."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield running
        running.close()


@contextmanager
def opened(browser: Browser, file: Path, view: str = "", **context: Any) -> Iterator[Page]:
    """A page, open and started; at the end it must have said nothing and asked for nothing.

    Args:
        browser: The browser.
        file: The page.
        view: What comes after the path in the address.
        context: Settings of the visit: viewport, color_scheme, java_script_enabled, ...
    """
    visit = browser.new_context(**{"viewport": WIDE, "reduced_motion": "reduce", **context})
    page = visit.new_page()
    noise: list[str] = []
    page.on("console", lambda message: noise.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: noise.append(f"error: {error}"))
    address = file.as_uri()
    page.on("request", lambda request: noise.append(request.url) if _asks(request.url, address) else None)
    page.goto(address + view)
    if context.get("java_script_enabled", True):
        wait_for_start(page)
    try:
        yield page
    finally:
        visit.close()
    assert noise == []


def wait_for_start(page: Page) -> None:
    """Until the page's scripts have started. The page's policy forbids `wait_for_function`, which evaluates text."""
    page.locator("html[data-ready]").wait_for(state="attached")


def _asks(url: str, page: str) -> bool:
    """Whether a request leaves the page: what it carries inside itself (data:) or made (blob:) does not."""
    return not url.startswith(("data:", "blob:")) and url.split("#")[0] != page


def violations(page: Page, within: str = "body") -> list[str]:
    """What axe-core finds wrong with a part of the page as it is now, by WCAG 2.2 at level AA.

    Args:
        page: The page.
        within: The part, as a selector.
    """
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = Axe().run(page, context=within, options=options).response["violations"]
    return [f"{one['id']}: {node['html'][:150]}" for one in found for node in one["nodes"]]
