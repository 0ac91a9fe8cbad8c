"""Moving with the keyboard alone."""

from playwright.sync_api import Locator, Page

HERE = "(element) => element === document.activeElement"


def tab_to(page: Page, target: Locator, back: bool = False, presses: int = 150) -> None:
    """Presses Tab until the target has the keyboard; a target the keyboard can't reach is a fault."""
    for _ in range(presses):
        if target.evaluate(HERE):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"Tab does not reach {target}")


def press_enter_on(page: Page, target: Locator, back: bool = False) -> None:
    tab_to(page, target, back)
    page.keyboard.press("Enter")


def focused_cell(page: Page) -> str:
    """The address of the cell that has the keyboard."""
    return page.evaluate("document.activeElement.dataset.cell || ''")


def paste(page: Page, block: str) -> None:
    """Ctrl+V of a block as a spreadsheet leaves it in the clipboard."""
    page.evaluate("(text) => navigator.clipboard.writeText(text)", block)
    page.keyboard.press("Control+V")
