"""A methodist turns last year's blank into a published form: two-level header, X cells, sums."""

import pytest
from playwright.sync_api import expect

from apps.monitoring.models import FormVersion
from tests.browser.looking import look
from tests.monitoring.test_blank_pages import blank

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_a_blank_becomes_a_published_form(browser_of):
    page = browser_of("methodist")
    page.goto("/monitoring/forms/")
    page.get_by_role("link", name="Форма из Excel").click()
    look(page, "blank-import")
    page.locator("#id_file").set_input_files({"name": "Кадры.xlsx", "mimeType": XLSX, "buffer": blank()})
    page.get_by_role("button", name="Посмотреть, что узнано").click()
    look(page, "blank-preview")
    page.reload()  # the checker leaves empty style attributes, which htmx would carry over
    expect(page.locator("td.is-x")).to_have_text("X")
    expect(page.locator("td.is-total")).to_have_text("= сумма стр.02, 03")
    page.get_by_label("Название раздела").fill("Работники школы")
    page.get_by_role("button", name="Пересчитать").click()
    expect(page.locator("legend")).to_have_text("Таблица: Работники школы")
    page.get_by_role("button", name="Создать черновик формы").click()
    look(page, "blank-form")
    page.get_by_role("button", name="Опубликовать").click()
    page.locator("#confirm [data-answer=yes]").click()
    expect(page.get_by_role("link", name="Провести мониторинг")).to_be_visible()
    version = FormVersion.objects.get(form__title="Сведения о кадрах школы")
    assert version.is_published
    assert version.definition["sections"][0]["title"] == "Работники школы"
