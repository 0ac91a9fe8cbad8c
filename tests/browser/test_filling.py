"""Filling in: faults beside cells, rows of open tables, a closed browser, what others do meanwhile."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looking import look
from tests.browser.school import cell, wait_saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def address(city) -> str:
    return f"/monitoring/responses/{city.response.pk}/"


def opened(browser_of, name, address, **options):
    page = browser_of(name, **options)
    page.goto(address)
    return page


def with_clock(browser_of, name, address):
    """A page whose clock the test turns on: it asks every fifteen seconds."""
    page = browser_of(name)
    page.clock.install()
    page.goto(address)
    return page


@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 900}, PHONE])
def test_bad_text_is_told_beside_its_cell(browser_of, address, viewport):
    page = opened(browser_of, "school1", address, viewport=viewport)
    page.context.guard.expect("status of 422")
    cell(page, "1/01/4").fill("десять")
    page.keyboard.press("Tab")

    expect(page.locator(".cell-fault")).to_contain_text("Здесь должно быть число")
    expect(page.locator("#problem-list li")).to_have_count(1)
    look(page, f"fault-{viewport['width']}")
    cell(page, "1/01/4").fill("10")
    page.keyboard.press("Tab")
    expect(page.locator(".cell-fault")).to_have_count(0)


def test_closing_the_browser_without_connection_loses_nothing(city, browser_of, address):
    page = opened(browser_of, "school1", address)
    page.context.guard.expect("ERR_FAILED")
    page.route("**/cells/", lambda route: route.abort())
    cell(page, "1/01/4").fill("10")
    expect(page.locator("#save-state")).to_have_text(re.compile("^Нет связи"))
    page.close(run_before_unload=False)

    again = page.context.new_page()
    again.goto(address)
    wait_saved(again)

    city.response.refresh_from_db()
    assert city.response.values["1/01/4"] == "10"


def test_rows_of_an_open_table(browser_of, address):
    page = opened(browser_of, "school1", address)
    cell(page, "2/n1/1").fill("Неделя книги")
    cell(page, "2/n1/2").fill("30")
    page.get_by_role("button", name="Добавить строку").click()
    expect(cell(page, "2/n2/1")).to_be_focused()
    cell(page, "2/n2/2").fill("12")
    expect(cell(page, "2/total/2")).to_have_text("42")
    page.get_by_role("button", name="Удалить строку 1").click()
    expect(cell(page, "2/total/2")).to_have_text("12")
    expect(page.get_by_role("button", name="Удалить строку 1")).to_have_count(1)


def test_full_table_takes_no_more_rows(browser_of, address):
    page = browser_of("school1")
    page.route(
        re.compile(r"/responses/\d+/$"),
        lambda route: route.fulfill(
            response=(answer := route.fetch()),
            body=answer.text().replace('data-max-rows="200"', 'data-max-rows="2"'),
        ),
    )
    page.goto(address)
    button = page.get_by_role("button", name="Добавить строку")
    cell(page, "2/n1/1").fill("Неделя книги")
    button.click()
    expect(cell(page, "2/n2/1")).to_be_visible()

    expect(button).to_be_disabled()
    expect(page.locator(".rows-told")).to_have_text("В таблице может быть не больше 2 строк.")
    page.get_by_role("button", name="Удалить строку 1").click()
    expect(button).to_be_enabled()
    expect(page.locator(".rows-told")).to_have_text("")


def test_idle_page_shows_what_a_colleague_types(browser_of, address):
    idle, busy = with_clock(browser_of, "school1", address), opened(browser_of, "colleague", address)
    cell(busy, "1/02/4").fill("6")
    cell(busy, "2/n1/1").fill("Неделя книги")
    wait_saved(busy)

    idle.clock.fast_forward(16_000)

    expect(cell(idle, "1/02/4")).to_have_value("6")
    expect(cell(idle, "1/02/3")).to_have_text("6")
    expect(cell(idle, "2/n1/1")).to_have_value("Неделя книги")
    expect(idle.locator("#others-line")).to_contain_text("Изменено: «")
    look(idle, "others")


@pytest.mark.parametrize(("state", "told"), [("submitted", "«Отправлен»"), ("accepted", "«Принят»")])
def test_open_page_hears_that_the_response_is_sent(city, browser_of, address, state, told):
    page = with_clock(browser_of, "school1", address)
    cell(page, "1/01/4").fill("10")
    page.clock.fast_forward(1_000)
    wait_saved(page)
    moment = city.campaign.created_at
    type(city.response).objects.filter(pk=city.response.pk).update(
        state=state, submitted_at=moment, accepted_at=moment
    )

    page.clock.fast_forward(16_000)

    expect(page.locator("#news")).to_contain_text(told)
    expect(cell(page, "1/01/4")).to_have_value("10")
    expect(cell(page, "1/01/4")).not_to_be_editable()
    look(page, f"moved-{state}")
    page.get_by_role("link", name="Обновить страницу").click()
    expect(page.locator("#response-read")).to_be_visible()


def test_file_too_large_is_told_before_it_is_sent(browser_of, address, tmp_path, settings):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    large = tmp_path / "отчёт.pdf"
    large.write_bytes(b"%PDF-1.4\n" + bytes(1024 * 1024))
    page = opened(browser_of, "school1", address)

    page.locator("#attachment-file").set_input_files(large)

    told = page.locator("#attachment-file").evaluate("(input) => input.validationMessage")
    assert told == "Файл больше 1 МБ: портал его не примет."


def test_fault_does_not_move_the_field_in_use(browser_of, address):
    small = {"width": 1280, "height": 500}
    page = opened(browser_of, "school1", address, viewport=small, reduced_motion="reduce")
    page.context.guard.expect("status of 422")
    field = cell(page, "2/n1/2")
    field.scroll_into_view_if_needed()
    field.fill("много")
    before = field.bounding_box()["y"]

    expect(page.locator("#problem-list li")).to_have_count(1)

    assert abs(field.bounding_box()["y"] - before) < 2
