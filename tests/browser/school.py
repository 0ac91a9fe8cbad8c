"""What the responsible of school № 1 does, with the keyboard alone."""

import re

from playwright.sync_api import Page, expect

from tests.browser.keyboard import focused_cell, paste, press_enter_on, tab_to
from tests.browser.looking import look

SAVED = re.compile(r"^Сохранено в \d\d:\d\d$")


def cell(page: Page, address: str):
    return page.locator(f'[data-cell="{address}"]').first


def wait_saved(page: Page) -> None:
    expect(page.locator("#save-state")).to_have_text(SAVED)


def sign_in(page: Page, name: str, password: str) -> None:
    """Through the sign-in page; the keyboard stands in the first field."""
    page.goto("/")
    look(page, "login")
    tab_to(page, page.get_by_label("Имя для входа"))
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    tab_to(page, page.locator("input[type=password]"))
    page.keyboard.type(password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Мои задачи")).to_be_visible()


def open_task(page: Page, action: str) -> None:
    press_enter_on(page, page.get_by_role("link", name=re.compile(rf"^{action}\s*: Библиотечный фонд школ")))
    page.wait_for_url(re.compile(r"/monitoring/responses/\d+/$"))


def type_figures(page: Page) -> None:
    tab_to(page, cell(page, "1/01/4"))
    page.keyboard.type("10")
    page.keyboard.press("Enter")
    assert focused_cell(page) == "1/02/4"
    page.keyboard.type("6")
    page.keyboard.press("ArrowRight")
    assert focused_cell(page) == "1/02/5"
    page.keyboard.type("1,5")
    page.keyboard.press("ArrowUp")
    assert focused_cell(page) == "1/01/5"
    page.keyboard.press("Tab")
    wait_saved(page)
    expect(cell(page, "1/02/3")).to_have_text("7,5")


def nothing_is_lost(page: Page) -> None:
    page.reload()
    assert cell(page, "1/01/4").input_value() == "10"
    assert cell(page, "1/02/4").input_value() == "6"
    assert cell(page, "1/02/5").input_value() == "1,5"


def paste_block(page: Page) -> None:
    """Three rows of two columns; the last cell is marked X and takes nothing."""
    tab_to(page, cell(page, "1/01/4"))
    paste(page, "1 234\t200\r\n1 200\t120\r\n30\t\r\n")
    expect(cell(page, "1/01/4")).to_have_value("1234")
    expect(cell(page, "1/03/4")).to_have_value("30")
    wait_saved(page)


def answer_questions(page: Page) -> None:
    tab_to(page, page.locator('input[data-cell="wifi"]').first)
    page.keyboard.press("Space")
    expect(cell(page, "speed")).to_be_visible()
    tab_to(page, page.locator('input[data-cell="speed"]').first)
    page.keyboard.press("ArrowDown")
    tab_to(page, page.locator('textarea[data-cell="comment"]'))
    page.keyboard.type("Фонд пополнен в сентябре")
    wait_saved(page)


def press_send(page: Page, back: bool = False) -> None:
    press_enter_on(page, page.get_by_role("button", name="Отправить", exact=True), back)


def stopped_by_a_relation(page: Page) -> None:
    """1 200 + 30 is not 1 234: sending stops, and the list jumps to the cell."""
    press_send(page)
    problem = page.locator("#problem-list li.is-error")
    expect(problem).to_have_count(1)
    expect(page.locator("#check")).to_be_focused()
    look(page, "form-problems")
    press_enter_on(page, problem.get_by_role("link"))
    assert focused_cell(page) == "1/01/4"


def correct(page: Page) -> None:
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert focused_cell(page) == "1/03/4"
    page.keyboard.type("34")
    page.keyboard.press("Tab")
    expect(page.locator("#problem-list .is-error")).to_have_count(0)


def explain(page: Page, text: str) -> None:
    """A warning does not stop for good: it asks for a sentence."""
    tab_to(page, page.locator("textarea[name^='e:']"), back=True)
    page.keyboard.type(text)
    expect(page.locator("#save-state")).to_have_text("Пояснение сохранено")


def read_receipt(page: Page, sending: int) -> None:
    page.wait_for_url(re.compile("/receipt/"))
    expect(page.locator("[data-receipt]")).to_have_text(re.compile(rf"-{sending}$"))
    lines = page.locator(".receipt-list")
    expect(lines).to_contain_text(re.compile(r"\d\d\.\d\d\.\d{4},?\s\d\d:\d\d"))
    expect(lines).to_contain_text("Лесная")
    expect(lines).to_contain_text("Школа № 1")
    look(page, f"receipt-{sending}")


def answer_remark(page: Page, remark: str, answer: str) -> None:
    expect(page.locator(".returned-comment")).to_contain_text("Уточните электронные издания")
    box = page.locator("#remarks .remark", has_text=remark)
    tab_to(page, box.get_by_label("Ответ на замечание"))
    page.keyboard.type(answer)
    press_enter_on(page, box.get_by_role("button", name="Ответить"))
    expect(page.locator("#remarks .remark", has_text=answer)).to_be_visible()
    expect(page.locator("#remarks .remark .state")).to_have_text("Отвечено")


def correct_by_remark(page: Page) -> None:
    tab_to(page, cell(page, "1/02/4"))
    page.keyboard.type("1201")
    page.keyboard.press("Enter")
    page.keyboard.type("33")
    page.keyboard.press("Tab")
    wait_saved(page)
    expect(cell(page, "1/02/4")).to_have_value("1201")
    expect(page.locator("#problem-list .is-error")).to_have_count(0)
