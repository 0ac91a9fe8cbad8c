"""One school answers with a colleague's help, another by phone; neither link needs a login."""

import pytest
from playwright.sync_api import expect

from apps.monitoring.models import Response
from tests.browser.looking import look
from tests.browser.school import cell

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}


def link_of(page, base: str) -> str:
    """The path of the link the page shows once."""
    return "/" + page.get_by_label("Ссылка").input_value().split("/", 3)[3]


def stranger(open_browser, **options):
    return open_browser(**options).new_page()


def test_a_colleague_fills_his_section(city, browser_of, open_browser, live_server):
    page = browser_of("school1")
    page.goto(f"/monitoring/responses/{city.response.pk}/")
    page.get_by_role("link", name="Поручить разделы").click()
    page.get_by_label("Кому").fill("Цветкова П. С., завуч")
    page.locator("[name=sections]").first.check()
    look(page, "parts-new")
    page.get_by_role("button", name="Поручить").click()
    look(page, "part-link")
    link = link_of(page, live_server.url)

    colleague = stranger(open_browser, viewport=PHONE)
    colleague.goto(link)
    look(colleague, "part-phone")
    for address, value in {"1/01/4": "10", "1/01/5": "2,5", "1/02/4": "6", "1/03/4": "4"}.items():
        cell(colleague, address).fill(value)
    colleague.get_by_role("button", name="Сохранить, готово").click()
    expect(colleague.get_by_role("main")).to_contain_text("Вы отметили, что готово")

    page.goto(f"/monitoring/responses/{city.response.pk}/parts/")
    expect(page.get_by_role("main")).to_contain_text("готово")
    look(page, "parts")
    page.goto(f"/monitoring/responses/{city.response.pk}/")
    page.get_by_role("button", name="Отправить").click()
    expect(page.get_by_role("heading", name="Отчёт отправлен")).to_be_visible()


def test_a_school_answers_by_phone(city, browser_of, open_browser, live_server):
    page = browser_of("methodist")
    page.goto(f"/monitoring/responses/{city.silent.pk}/")
    page.get_by_text("Заполнить по телефону").click()
    page.get_by_label("Кто сообщает данные").fill("Лугова М. И., директор")
    look(page, "phone-begin")
    page.get_by_role("button", name="Начать ввод").click()
    expect(page.get_by_role("main")).to_contain_text("Отчёт вводится по телефону.")
    look(page, "phone-typing")
    for address, value in {"1/01/4": "10", "1/01/5": "2,5", "1/02/4": "6", "1/03/4": "4"}.items():
        cell(page, address).fill(value)
        page.keyboard.press("Tab")
    page.get_by_role("button", name="Отправить").click()
    expect(page.get_by_role("heading", name="Отчёт отправлен")).to_be_visible()
    page.goto(f"/monitoring/responses/{city.silent.pk}/")
    look(page, "phone-waiting")
    page.get_by_role("button", name="Ссылка для руководителя").click()
    expect(page.get_by_label("Ссылка")).to_be_visible()
    link = link_of(page, live_server.url)

    head = stranger(open_browser)
    head.goto(link)
    look(head, "phone-confirm")
    head.get_by_label("Фамилия, имя, отчество и должность").fill("Лугова М. И., директор")
    head.get_by_role("button", name="Подтверждаю").click()
    expect(head.get_by_role("main")).to_contain_text("Подтверждено.")
    look(head, "phone-confirmed")

    page.goto(f"/monitoring/responses/{city.silent.pk}/")
    page.get_by_role("button", name="Принять").click()
    expect(page.get_by_role("main")).to_contain_text("принят")
    assert Response.objects.get(pk=city.silent.pk).state == "accepted"
