"""The map of the statute and a report on activity, as the methodist and the head use them."""

import pytest
from playwright.sync_api import expect

from tests.browser.looking import look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_figure_of_the_map_opens_into_its_list(city, browser_of):
    page = browser_of("head")
    page.goto("/statute/")
    look(page, "statute")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="1.1", exact=True))
    expect(row).to_contain_text("Организаций, с которыми работает ИМО: 2")
    row.get_by_role("link", name="2", exact=True).first.click()
    expect(page.get_by_role("main").get_by_role("link", name="Школа № 1")).to_be_visible()
    look(page, "statute-figure")
    page.get_by_role("link", name="Пункт 1.1").click()
    look(page, "statute-clause")


def test_a_report_is_written_frozen_and_approved(city, browser_of):
    page = browser_of("methodist")
    page.goto("/reports/new/")
    look(page, "activity-new")
    page.get_by_label("Название").fill("Отчёт о деятельности ИМО за год")
    page.get_by_role("button", name="Создать").click()
    look(page, "activity-draft")
    page.get_by_role("link", name="Изменить раздел").first.click()
    look(page, "activity-section")
    page.get_by_label("Текст").fill("Отдел работал по плану.")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_role("main")).to_contain_text("Отдел работал по плану.")
    page.get_by_role("button", name="Отправить на утверждение").click()
    page.locator("#confirm").get_by_role("button", name="Продолжить").click()
    expect(page.locator(".page-state")).to_contain_text("На утверждении")
    address = page.url

    head = browser_of("head")
    head.goto("/")
    expect(head.get_by_role("main")).to_contain_text("Утвердить: Отчёт о деятельности ИМО за год")
    head.goto(address)
    head.get_by_role("button", name="Утвердить").click()
    head.locator("#confirm").get_by_role("button", name="Продолжить").click()
    expect(head.locator(".page-state")).to_contain_text("Утверждён")
    expect(head.get_by_role("main")).to_contain_text("ОД-")
    look(head, "activity-approved")
    head.goto("/reports/week/")
    look(head, "week")
