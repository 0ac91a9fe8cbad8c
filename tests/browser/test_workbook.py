"""A school's deputy downloads the workbook, fills it, uploads it and holds a receipt."""

import io

import pytest
from playwright.sync_api import expect

from apps.monitoring.models import Response
from tests.browser.looking import look
from tests.monitoring.workbook.conftest import Clerk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIGURES = {"1/01/4": 10, "1/01/5": 2.5, "1/02/4": 6, "1/03/4": 4}


def given(page, book: io.BytesIO) -> None:
    page.locator("#id_file").set_input_files(
        {"name": "Бланк.xlsx", "mimeType": XLSX, "buffer": book.getvalue()}
    )
    page.get_by_role("button", name="Показать отличия").click()


def test_from_the_blank_to_the_receipt(city, browser_of):
    page = browser_of("school1")
    page.goto(f"/monitoring/responses/{city.response.pk}/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Бланк Excel").click()
    clerk = Clerk(download.value.path().read_bytes())
    for address, value in FIGURES.items():
        clerk.at(address).value = value
    clerk.at("1/02/5").value = "нет данных"

    page.get_by_role("link", name="Загрузить из Excel").click()
    look(page, "workbook-upload")
    given(page, clerk.saved())
    expect(page.get_by_role("main")).to_contain_text("а введено «нет данных»")
    look(page, "workbook-difference")
    page.get_by_role("button", name="Записать 4").click()
    expect(page.get_by_role("main")).to_contain_text("Из бланка записано значений: 4.")
    page.get_by_role("button", name="Отправить").click()
    expect(page.get_by_role("heading", name="Отчёт отправлен")).to_be_visible()
    sent = Response.objects.get(pk=city.response.pk)
    assert (sent.state, sent.values["1/01/3"]) == ("submitted", "12.5")


def test_another_schools_workbook_is_refused_in_words(city, browser_of):
    other = browser_of("methodist").request.get(f"/monitoring/responses/{city.silent.pk}/template.xlsx")
    page = browser_of("school1")
    page.goto(f"/monitoring/responses/{city.response.pk}/workbook/")
    page.context.guard.expect("status of 422")
    given(page, io.BytesIO(other.body()))
    expect(page.get_by_role("main")).to_contain_text("Это бланк другой организации.")
    look(page, "workbook-refused")
