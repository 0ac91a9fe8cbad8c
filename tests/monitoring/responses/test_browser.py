"""A response filled in with the keyboard in a real browser."""

import os
import re

import pytest
from django.test import Client
from playwright.sync_api import expect

from apps.core.roles import Role
from tests.factories import user_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser, live_server, client, responsible_a):
    client.force_login(responsible_a)
    context = browser.new_context(locale="ru-RU", viewport={"width": 1280, "height": 900})
    cookie = client.cookies["imo_session"].value
    context.add_cookies([{"name": "imo_session", "value": cookie, "url": live_server.url}])
    yield context
    context.close()


@pytest.fixture
def page(context, live_server, url):
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda message: (
            faults.append(message.text)
            if message.type == "error"
            and "status of 4" not in message.text
            and "net::ERR" not in message.text
            else None
        ),
    )
    page.goto(f"{live_server.url}{url}")
    yield page
    assert faults == []


def cell(page, address):
    return page.locator(f'[data-cell="{address}"]').first


def wait_saved(page):
    expect(page.locator("#save-state")).to_have_text(re.compile(r"^Сохранено в \d\d:\d\d$"))


def active(page):
    return page.evaluate("document.activeElement.dataset.cell")


def test_keyboard_fills_a_table(page, response):
    cell(page, "1/01/4").click()
    page.keyboard.type("10")
    page.keyboard.press("Enter")
    assert active(page) == "1/02/4"
    page.keyboard.type("6")
    page.keyboard.press("ArrowRight")
    assert active(page) == "1/02/5"
    page.keyboard.type("1,5")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    wait_saved(page)
    expect(cell(page, "1/02/3")).to_have_text("7,5")

    page.reload()

    assert cell(page, "1/01/4").input_value() == "10"
    assert cell(page, "1/02/5").input_value() == "1,5"
    assert cell(page, "1/02/3").inner_text() == "7,5"


def test_block_from_a_spreadsheet_fills_the_cells(page, response):
    cell(page, "1/01/4").click()
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text/plain", "1 234\\t2,5\\r\\n6\\t1\\r\\n4\\tX\\r\\n");
            document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )
    expect(cell(page, "1/01/4")).to_have_value("1234")
    wait_saved(page)

    response.refresh_from_db()
    assert response.values["1/01/4"] == "1234"
    assert response.values["1/01/5"] == "2.5"
    assert response.values["1/03/4"] == "4"
    assert "1/03/5" not in response.values
    assert set(response.changes.values_list("source", flat=True)) == {"pasted"}


def test_bad_text_is_told_beside_its_cell(page):
    cell(page, "1/01/4").fill("десять")
    page.keyboard.press("Tab")
    page.wait_for_selector(".cell-fault")

    assert "Здесь должно быть число" in page.locator(".cell-fault").inner_text()
    assert page.locator("#problem-list li").count() == 1
    cell(page, "1/01/4").fill("10")
    page.keyboard.press("Tab")
    page.wait_for_selector(".cell-fault", state="detached")


def test_lost_connection_loses_nothing(page, context, response):
    context.set_offline(True)
    cell(page, "1/01/4").fill("10")
    expect(page.locator("#save-state")).to_have_text(re.compile("^Нет связи"))
    context.set_offline(False)
    wait_saved(page)

    response.refresh_from_db()
    assert response.values["1/01/4"] == "10"
    assert response.changes.count() == 1


def test_closing_the_browser_without_connection_loses_nothing(page, context, response, live_server, url):
    page.route("**/cells/", lambda route: route.abort())
    cell(page, "1/01/4").fill("10")
    expect(page.locator("#save-state")).to_have_text(re.compile("^Нет связи"))
    page.close(run_before_unload=False)

    again = context.new_page()
    again.goto(f"{live_server.url}{url}")
    wait_saved(again)

    response.refresh_from_db()
    assert response.values["1/01/4"] == "10"


def test_two_browsers_on_one_cell(page, context, response, live_server, url, browser, school_a):
    client = Client()
    client.force_login(user_with(Role.REPRESENTATIVE, school_a, last_name="Иванова"))
    other = browser.new_context(locale="ru-RU")
    value = client.cookies["imo_session"].value
    other.add_cookies([{"name": "imo_session", "value": value, "url": live_server.url}])
    second = other.new_page()
    second.goto(f"{live_server.url}{url}")
    cell(second, "1/01/4").fill("5")
    wait_saved(second)

    cell(page, "1/01/4").fill("9")
    page.wait_for_selector("#clash[open]")
    text = page.locator("#clash-text").inner_text()
    assert "уже значение «5» (Иванова" in text
    page.locator("[data-clash=mine]").click()
    wait_saved(page)

    response.refresh_from_db()
    assert response.values["1/01/4"] == "9"
    cell(second, "1/02/4").fill("3")
    expect(cell(second, "1/01/4")).to_have_value("9")
    other.close()


def test_rows_of_an_open_table(page, response):
    cell(page, "2/n1/1").fill("Неделя книги")
    cell(page, "2/n1/2").fill("30")
    page.get_by_role("button", name="Добавить строку").click()
    page.wait_for_selector('[data-cell="2/n2/1"]')
    assert active(page) == "2/n2/1"
    cell(page, "2/n2/2").fill("12")
    expect(cell(page, "2/total/2")).to_have_text("42")
    page.get_by_role("button", name="Удалить строку 1").click()
    expect(cell(page, "2/total/2")).to_have_text("12")


def test_stopped_by_a_relation_then_sent(page, response):
    cell(page, "1/01/4").fill("10")
    cell(page, "1/01/5").fill("200")
    page.get_by_role("button", name="Отправить", exact=True).click()
    page.wait_for_selector("#check:not([hidden])")
    items = page.locator("#problem-list li")
    assert items.count() >= 2
    page.locator("#problem-list a").first.click()
    cell(page, "1/02/4").fill("6")
    cell(page, "1/03/4").fill("4")
    expect(page.locator("#problem-list .is-error")).to_have_count(0)
    page.locator("textarea[name^='e:']").fill("Подарили библиотеку")
    page.get_by_role("button", name="Отправить", exact=True).dblclick()
    page.wait_for_url(re.compile("/receipt/"))

    assert page.locator("[data-receipt]").inner_text().endswith("-1")
    response.refresh_from_db()
    assert response.state == "submitted"
    assert response.submissions.count() == 1
    assert response.explanations.get().text == "Подарили библиотеку"


def test_hidden_question_appears(page):
    assert not cell(page, "speed").is_visible()
    page.get_by_label("да", exact=True).check()
    expect(cell(page, "speed")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 360])
def test_no_accessibility_violation(page, width):
    from axe_playwright_python.sync_playwright import Axe

    page.set_viewport_size({"width": width, "height": 800})
    cell(page, "1/01/4").fill("десять")
    page.keyboard.press("Tab")
    page.wait_for_selector(".cell-fault")

    found = Axe().run(page).response["violations"]

    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
