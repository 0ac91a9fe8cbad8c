"""A phone, two people, a lost connection, an impatient press."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looking import look
from tests.browser.school import cell, wait_saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 740}
READY = {"1/01/4": "10", "1/01/5": "2.5", "1/02/4": "6", "1/03/4": "4"}


@pytest.fixture
def address(city) -> str:
    return f"/monitoring/responses/{city.response.pk}/"


@pytest.fixture
def ready(city):
    """A draft that may be sent."""
    city.response.values, city.response.state = dict(READY), "draft"
    city.response.save()
    return city.response


@pytest.mark.parametrize("name", ["form", "home", "reports"])
def test_phone_page_does_not_scroll_sideways(browser_of, address, name):
    page = browser_of("school1", viewport=PHONE)

    page.goto({"form": address, "home": "/", "reports": "/monitoring/"}[name])

    look(page, f"phone-{name}")


def test_phone_pages_of_the_office_do_not_scroll_sideways(city, browser_of, ready):
    page = browser_of("methodist", viewport=PHONE)
    for part in ("", "summary/", "report/"):
        page.goto(f"/monitoring/campaigns/{city.campaign.pk}/{part}")
        look(page, f"phone-campaign-{part.strip('/') or 'progress'}")


def test_second_writer_of_a_cell_is_asked(city, browser_of, address):
    first, second = browser_of("school1"), browser_of("colleague")
    second.context.guard.expect("status of 409")
    first.goto(address)
    second.goto(address)
    cell(first, "1/01/4").fill("10")
    wait_saved(first)

    cell(second, "1/01/4").fill("12")
    dialog = second.get_by_role("dialog", name="В ячейке уже другое значение")
    expect(dialog).to_contain_text("уже значение «10» (Лесная")
    expect(dialog).to_contain_text("Ваше: «12»")
    look(second, "clash")
    dialog.get_by_role("button", name="Оставить его").click()

    expect(cell(second, "1/01/4")).to_have_value("10")
    city.response.refresh_from_db()
    assert city.response.values["1/01/4"] == "10"


def test_two_writers_of_two_cells_both_keep(city, browser_of, address):
    first, second = browser_of("school1"), browser_of("colleague")
    first.goto(address)
    second.goto(address)

    cell(first, "1/01/4").fill("10")
    cell(second, "1/02/4").fill("6")
    wait_saved(first)
    wait_saved(second)

    city.response.refresh_from_db()
    assert (city.response.values["1/01/4"], city.response.values["1/02/4"]) == ("10", "6")


def test_lost_connection_loses_nothing(city, browser_of, address):
    page = browser_of("school1")
    page.context.guard.expect("ERR_INTERNET_DISCONNECTED")
    page.goto(address)
    cell(page, "1/01/4").fill("10")
    page.context.set_offline(True)
    cell(page, "1/02/4").fill("6")
    cell(page, "1/03/4").fill("4")
    expect(page.locator("#save-state")).to_have_text(re.compile("^Нет связи"))

    page.context.set_offline(False)
    wait_saved(page)

    city.response.refresh_from_db()
    assert {key: city.response.values.get(key) for key in ("1/01/4", "1/02/4", "1/03/4")} == {
        "1/01/4": "10",
        "1/02/4": "6",
        "1/03/4": "4",
    }
    assert city.response.changes.count() == 3


def test_double_press_sends_once(browser_of, address, ready):
    page = browser_of("school1")
    page.goto(address)

    page.get_by_role("button", name="Отправить", exact=True).dblclick()
    page.wait_for_url(re.compile("/receipt/"))

    ready.refresh_from_db()
    assert ready.state == "submitted"
    assert ready.submissions.count() == 1
