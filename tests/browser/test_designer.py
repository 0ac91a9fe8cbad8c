"""A methodist makes a form in the designer: 20 rows, an open table, six relations; and publishes it."""

import re

import pytest
from playwright.sync_api import Page, expect

from apps.monitoring.models import Form
from tests.browser.looking import look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAMES = "Показатель\t№ строки\tВсего\tДевочки\tМальчики\n" + "\n".join(
    f"Показатель {number}\t{number:02d}\t\t\t{'X' if number == 20 else ''}" for number in range(1, 20)
)
RELATIONS = [
    "гр. 3 = гр. 4 + гр. 5",
    "стр. 01 >= стр. 02",
    "стр. 03 = стр. 04 + стр. 05",
    "стр. 06 <= стр. 01",
    "стр. 07 >= стр. 08",
    "стр. 09 <= стр. 10",
]


def saved(page: Page) -> None:
    expect(page.locator("#dz-status")).to_have_text(re.compile(r"^Сохранено в \d\d:\d\d$"))


def make(page: Page) -> None:
    page.goto("/monitoring/forms/")
    page.get_by_role("link", name="Создать", exact=True).click()
    page.get_by_label("Название формы").fill("Кружки и секции")
    page.get_by_label("Код формы").fill("clubs")
    page.get_by_role("button", name="Создать").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Конструктор")


def paste_table(page: Page) -> None:
    page.get_by_label("Название: раздел 1").fill("Воспитанники")
    page.get_by_label("Название: раздел 1").press("Tab")
    saved(page)
    page.get_by_text("Вставить таблицу из Excel").click()
    page.locator("#d-sections-0-paste_table-text").fill(NAMES)
    page.get_by_role("button", name="Вставить", exact=True).first.click()
    expect(page.locator("#d-sections-0-items-0 tbody tr")).to_have_count(19)


def add_row(page: Page) -> None:
    """Enter in the last row makes the twentieth one, and the keyboard stands in it."""
    page.get_by_label("Название: строка 19").press("Enter")
    field = page.locator("#d-sections-0-items-0-rows-19-title")
    expect(field).to_be_focused()
    page.keyboard.type("Показатель 20")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Код: строка 20")).to_be_focused()
    saved(page)


def fast_typing(page: Page) -> None:
    """What is typed right after Enter goes into the new rows, in the middle of the table too."""
    page.get_by_label("Название: строка 20").press("Enter")
    page.keyboard.type("Быстро набранная\nИ следующая")
    page.keyboard.press("Tab")
    saved(page)
    expect(page.get_by_label("Название: строка 21")).to_have_value("Быстро набранная")
    expect(page.get_by_label("Название: строка 22")).to_have_value("И следующая")
    page.get_by_label("Название: строка 21").press("Enter")
    page.keyboard.type("Между ними")
    expect(page.locator("#d-sections-0-items-0 tbody tr")).to_have_count(23)
    page.keyboard.press("Tab")
    saved(page)
    expect(page.locator("#d-sections-0-items-0-rows-21-title")).to_have_value("Между ними")
    expect(page.locator("#d-sections-0-items-0-rows-22-title")).to_have_value("И следующая")
    for count in (22, 21, 20):
        page.locator("#d-sections-0-items-0-rows-20-handle").click()
        page.get_by_label("Свойства", exact=True).get_by_role("button", name="Удалить").click()
        expect(page.locator("#d-sections-0-items-0 tbody tr")).to_have_count(count)


def cross(page: Page) -> None:
    cell = page.get_by_label("X: стр. 20, гр. 5")
    cell.click()
    expect(cell).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Отменить правку").click()
    expect(cell).to_have_attribute("aria-pressed", "false")
    page.reload()
    page.get_by_role("button", name="Вернуть правку").click()
    expect(cell).to_have_attribute("aria-pressed", "true")
    page.get_by_label("X: стр. 01, гр. 3").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("X: стр. 02, гр. 3")).to_be_focused()


def describe_column(page: Page) -> None:
    page.get_by_role("button", name="Свойства: графа 4").click()
    panel = page.get_by_role("complementary", name="Свойства")
    panel.get_by_label("Заголовки над графой").fill("из них")
    panel.get_by_label("Заголовки над графой").press("Tab")
    expect(page.locator("#d-sections-0-items-0 thead")).to_contain_text("из них")
    panel.get_by_label("Тип").select_option("decimal")
    expect(panel.get_by_label("Знаков после запятой")).to_be_visible()


def relate(page: Page) -> None:
    for number, text in enumerate(RELATIONS, 1):
        page.get_by_role("button", name="Добавить соотношение").click()
        field = page.get_by_label(f"Текст: соотношение {number}")
        expect(field).to_be_focused()
        field.fill(text)
        expect(page.locator(f"#d-relations-{number - 1}-checked")).to_contain_text("Верно. Охвачено:")
        field.press("Tab")
        saved(page)


def test_a_form_is_made_from_nothing_and_published(browser_of) -> None:
    page = browser_of("methodist")
    make(page)
    paste_table(page)
    add_row(page)
    fast_typing(page)
    cross(page)
    describe_column(page)
    page.get_by_role("button", name="Добавить открытую таблицу").click()
    expect(page.get_by_label("Название: открытая таблица 2")).to_be_focused()
    relate(page)
    expect(page.locator("#dz-faults")).to_contain_text("Ошибок нет")
    look(page, "designer")

    page.get_by_label("Текст: соотношение 6").fill("стр. 09 <= <= стр. 10")
    expect(page.locator("#d-relations-5-checked")).to_contain_text("позиция")
    page.get_by_label("Текст: соотношение 6").press("Tab")
    expect(page.locator("#dz-faults")).to_contain_text("1 ошибка")
    look(page, "designer-faults")
    page.get_by_label("Текст: соотношение 6").fill(RELATIONS[5])
    page.get_by_label("Текст: соотношение 6").press("Tab")
    expect(page.locator("#dz-faults")).to_contain_text("Ошибок нет")

    page.get_by_role("link", name="Попробовать как организация").click()
    page.locator('[name="c:1/01/3"]').fill("5")
    page.get_by_role("button", name="Проверить").click()
    expect(page.get_by_role("alert")).to_contain_text("Соотношение 1")
    look(page, "designer-trial")
    page.get_by_role("link", name="Конструктор").click()

    page.get_by_role("button", name="Опубликовать").click()
    page.locator("#confirm [data-answer=yes]").click()
    expect(page.get_by_role("main")).to_contain_text("Версия опубликована.")
    version = Form.objects.get(code="clubs").versions.get()
    assert version.is_published
    table, opened = version.definition["sections"][0]["items"]
    assert [row["code"] for row in table["rows"]] == [f"{number:02d}" for number in range(1, 21)]
    assert table["rows"][19]["title"] == "Показатель 20"
    assert table["x"] == [["20", "5"]]
    assert opened["type"] == "open_table"
    assert [one["text"] for one in version.definition["relations"]] == RELATIONS
