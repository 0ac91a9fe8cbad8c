"""Looking at a page: with axe, at its width, and as a picture when PORTAL_SCREENSHOTS names a folder."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page


def assert_accessible(page: Page) -> None:
    """No axe violation; the script comes through the debugger's protocol, past the policy of the page."""
    found = Axe().run(page).response["violations"]
    faults = [(one["id"], [node["html"][:300] for node in one["nodes"][:3]]) for one in found]
    assert faults == [], f"{page.url}: {faults}"


def assert_no_sideways_scroll(page: Page) -> None:
    sizes = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert sizes[0] <= sizes[1], f"{page.url}: {sizes[0]} px wide in a window of {sizes[1]}"


def keep(name: str, content: bytes) -> None:
    """Writes a file beside the pictures, when pictures are asked for."""
    if folder := os.environ.get("PORTAL_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        (Path(folder) / name).write_bytes(content)


def look(page: Page, name: str) -> None:
    """What every visited page must stand; `name` is that of the picture."""
    try:
        _look(page, name)
    except Error:  # the press before was still leading here: the page went away under the look
        _look(page, name)


def _look(page: Page, name: str) -> None:
    page.wait_for_load_state()
    if os.environ.get("PORTAL_SCREENSHOTS"):
        keep(f"{name}.png", page.screenshot(full_page=True))
    assert_no_sideways_scroll(page)
    assert_accessible(page)
