"""The ministry's workbook in a browser: a school's own copy taken in, the summary written into the blank."""

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from apps.monitoring.models import ForeignBlank
from tests.browser.looking import look
from tests.monitoring.ministry.books import NOTES, TABLE, blank_of_library, filled
from tests.walk.world import put

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def chosen(page: Page, content: bytes, name: str) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )


def narrow(page: Page, name: str) -> None:
    """The same on a telephone."""
    page.set_viewport_size({"width": 360, "height": 740})
    look(page, name)
    page.set_viewport_size({"width": 1280, "height": 900})


def keep_blank(page: Page, city) -> None:
    """The methodist puts a place right and keeps the blank."""
    page.goto(f"/monitoring/forms/{city.campaign.version.form_id}/")
    look(page, "form-without-blank")
    page.get_by_role("link", name="Приложить бланк").click()
    look(page, "blank-upload")
    chosen(page, blank_of_library(), "ФОНД.xlsx")
    page.get_by_role("button", name="Загрузить").click()
    expect(page.get_by_role("heading", name="Места ячеек в бланке")).to_be_visible()
    look(page, "blank-places")
    narrow(page, "blank-places-360")
    page.get_by_label("разд. 1, стр. 02, гр. 5").fill("где-то")
    page.context.guard.expect("status of 422")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_role("main")).to_contain_text("Места не сохранены.")
    look(page, "blank-places-faults")
    page.get_by_label("разд. 1, стр. 02, гр. 5").fill("g10")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_role("main")).to_contain_text("Бланк сохранён, ячеек с местом: 11.")
    look(page, "form-with-blank")


def load_own_copy(page: Page, city) -> None:
    page.goto(f"/monitoring/responses/{city.response.pk}/")
    page.get_by_role("link", name="В бланк министерства").click()
    look(page, "response-blanks")
    chosen(page, filled({"F9": 10, "G9": "1 234,5", "F10": "шесть"}), "Наш ФОНД.xlsx")
    page.get_by_role("button", name="Проверить").click()
    expect(page.get_by_role("heading", name="Что взято из вашего бланка")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Раздел 1!F10")
    look(page, "blank-take")
    narrow(page, "blank-take-360")
    page.get_by_role("button", name="Подтвердить и записать").click()
    expect(page.get_by_role("main")).to_contain_text("Из бланка взято значений: 2.")
    expect(page.locator('[data-cell="1/01/5"]').first).to_have_value("1234,5")


def test_from_the_ministry_and_back(city, browser_of, tmp_path):
    methodist, school = browser_of("methodist"), browser_of("school1")
    keep_blank(methodist, city)
    assert ForeignBlank.objects.get().title == "ФОНД"
    load_own_copy(school, city)
    city.response.refresh_from_db()
    assert city.response.values["1/01/4"] == "10"

    put(city.response, "accepted", city.people["methodist"])
    methodist.goto(f"/monitoring/campaigns/{city.campaign.pk}/summary/")
    look(methodist, "summary-with-blank")
    with methodist.expect_download() as download:
        methodist.get_by_role("link", name="Свести в бланк").click()
    download.value.save_as(tmp_path / "свод.xlsx")
    book = load_workbook(tmp_path / "свод.xlsx")
    assert [book[TABLE][at].value for at in ("F9", "G9", "F10", "E9")] == [10, 2.5, 6, "=F9+G9"]
    assert book[NOTES]["A1"].value == "Заполняется на 1 января"
