"""What the methodist and the head do."""

import re

import pypdfium2
from playwright.sync_api import Page, expect

from tests.browser.looking import keep, look


def open_progress(page: Page) -> None:
    page.goto("/")
    look(page, "home-methodist")
    page.get_by_role("link", name=re.compile(r"^Проверить\s*: Проверить отчёты")).click()
    page.wait_for_url(re.compile(r"/monitoring/campaigns/\d+/"))
    look(page, "progress")


def open_response(page: Page) -> None:
    page.get_by_role("main").get_by_role("link", name="Школа № 1").first.click()
    page.wait_for_url(re.compile(r"/monitoring/responses/\d+/"))
    look(page, "review")


def remark_on_a_cell(page: Page, address: str, text: str) -> None:
    page.locator(f'a[data-cell="{address}"]').click()
    panel = page.locator("#cell-panel")
    panel.get_by_label("Замечание к ячейке").fill(text)
    look(page, "cell-panel")
    panel.get_by_role("button", name="Добавить замечание").click()
    expect(page.locator("#remarks .remark", has_text=text)).to_be_visible()


def return_with_comment(page: Page, comment: str) -> None:
    page.get_by_label("Что исправить").fill(comment)
    page.get_by_role("button", name="Вернуть на доработку").click()
    expect(page.locator(".page-state")).to_contain_text("На доработке")


def resolve_and_accept(page: Page) -> None:
    page.locator("#remarks").get_by_role("button", name="Снять замечание").click()
    expect(page.locator("#remarks .remark .state")).to_have_text("Снято")
    page.get_by_role("button", name="Принять", exact=True).click()
    expect(page.locator(".page-state")).to_contain_text("Принят")
    look(page, "accepted")


def drill_down(page: Page, campaign_id: int) -> None:
    page.goto(f"/monitoring/campaigns/{campaign_id}/summary/")
    expect(page.get_by_role("main")).to_contain_text("Школа № 2")
    look(page, "summary")
    page.locator("table.table-grid a.cell-link", has_text=re.compile(r"^1.434,0$")).first.click()
    page.wait_for_url(re.compile("/behind/"))
    expect(page.get_by_role("main").get_by_role("link", name="Школа № 1")).to_be_visible()
    look(page, "drill-down")


def write_report(page: Page, campaign_id: int) -> None:
    page.goto(f"/monitoring/campaigns/{campaign_id}/report/")
    page.get_by_label("Вводная часть").fill("Мониторинг проведён по плану работы отдела.")
    page.get_by_label("Выводы и предложения").fill("- пополнить фонд учебников\n- обновить каталог")
    page.get_by_label("Найти показатель").fill("такого нет")
    expect(page.get_by_text("Такого показателя в форме нет.")).to_be_visible()
    page.get_by_label("Найти показатель").fill("учебники")
    for address in ("1/01/4", "1/02/4"):
        page.locator(f"input[name=indicators][value='{address}']").check()
    expect(page.locator("[data-count]")).to_have_text("Выбрано 2 из 12")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_role("main")).to_contain_text("Отчёт сохранён.")
    look(page, "report")


def pdf_text(page: Page, label: str) -> str:
    """The text of the PDF behind a link, words whole again where a line has split them."""
    address = page.get_by_role("link", name=label).get_attribute("href")
    answer = page.context.request.get(address)
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    keep("report.pdf", answer.body())
    pages = pypdfium2.PdfDocument(answer.body())
    text = " ".join(one.get_textpage().get_text_range() for one in pages)
    return " ".join(re.sub(r"\ufffe\s*", "", text).split())


def send_for_approval(page: Page) -> None:
    page.get_by_role("button", name="Отправить на утверждение").click()
    expect(page.locator(".page-state")).to_contain_text("На утверждении")


def approve(page: Page) -> None:
    page.goto("/")
    look(page, "home-head")
    page.get_by_role("link", name=re.compile(r"^Открыть\s*: Утвердить отчёт: Библиотечный фонд школ")).click()
    page.wait_for_url(re.compile("/report/"))
    look(page, "report-approval")
    page.get_by_role("button", name="Утвердить").click()
    page.locator("#confirm").get_by_role("button", name="Продолжить").click()
    expect(page.get_by_role("main")).to_contain_text("Отчёт утверждён.")
    look(page, "report-approved")


def code_of_paper(page: Page) -> str:
    """The code of verification on the paper's card."""
    page.goto("/papers/")
    look(page, "papers")
    page.get_by_role("main").locator("tbody a").first.click()
    page.wait_for_url(re.compile(r"/papers/\d+/"))
    look(page, "paper")
    address = page.get_by_role("main").locator('a[href*="/verify/"]').inner_text()
    return address.rstrip("/").rsplit("/", 1)[1]
