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


FOUR = "Показатель\t№ строки\tВсего\tДевочки\tМальчики\tИз села\n" + "\n".join(
    f"Показатель {number}\t{number:02d}\t\t\t\t" for number in range(1, 26)
)


def four_columns(page: Page) -> None:
    """25 rows by four columns: the first one is computed from the second and third."""
    make(page)
    page.get_by_text("Вставить таблицу из Excel").click()
    page.locator("#d-sections-0-paste_table-text").fill(FOUR)
    page.get_by_role("button", name="Вставить", exact=True).first.click()
    expect(page.locator("#d-sections-0-items-0 tbody tr")).to_have_count(25)
    page.locator("#d-sections-0-items-0-columns-0-handle").click()


def test_a_mistake_stands_at_its_field_and_stops_publishing_before_it_is_asked(browser_of) -> None:
    page = browser_of("methodist", viewport={"width": 1366, "height": 768})
    four_columns(page)
    page.get_by_label("X: стр. 02, гр. 4").click()
    computed = page.get_by_label("Вычисляется")
    computed.fill("гр. 4 + гр. 5")
    computed.press("Tab")
    expect(page.locator("#dz-faults a")).to_have_count(1)
    expect(page.locator("#dz-faults a")).to_have_text(
        re.compile(r"^Графа 3: гр\.4 – клетка X.*\(стр\. 02\)$")
    )
    expect(computed).to_have_attribute("aria-invalid", "true")
    expect(computed).to_have_accessible_description(re.compile("гр.4 – клетка X"))
    look(page, "designer-1366-faults")
    assert page.locator("#d-sections-0-items-0 thead").bounding_box()["height"] < 150

    page.get_by_role("button", name="Опубликовать").click()
    expect(page.locator("#dz-faults summary")).to_be_focused()
    expect(page.locator("#confirm")).not_to_be_visible()
    page.locator("#d-sections-0-items-0-rows-0-handle").click()
    expect(page.get_by_role("heading", name="Строка 01")).to_be_visible()
    page.locator("#dz-faults a").click()
    expect(computed).to_be_focused()
    page.locator("#d-sections-0-items-0-rows-0-handle").click()
    expect(page.get_by_role("heading", name="Строка 01")).to_be_visible()
    page.get_by_role("button", name="К ошибке: Графа 3").click()
    expect(computed).to_be_focused()

    computed.fill("сумма гр. 4, 5")
    computed.press("Tab")
    expect(page.locator("#dz-faults")).to_contain_text("Ошибок нет")
    expect(computed).not_to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="Опубликовать").click()
    expect(page.locator("#confirm")).to_be_visible()


def test_four_columns_fit_beside_the_panel_and_keep_their_header(browser_of) -> None:
    page = browser_of("methodist", viewport={"width": 1366, "height": 768})
    four_columns(page)
    grid = page.locator("#d-sections-0-items-0 .grid-scroll")
    expect(page.get_by_label("Вычисляется")).to_be_visible()
    assert grid.evaluate("one => one.scrollWidth - one.clientWidth") <= 0
    grid.evaluate("one => one.scrollTo(0, one.scrollHeight)")
    top = grid.evaluate(
        "one => one.querySelector('thead').getBoundingClientRect().top - one.getBoundingClientRect().top"
    )
    assert 0 <= top <= 2
    look(page, "designer-1366-scrolled")

    before = grid.evaluate("one => one.clientWidth")
    page.get_by_role("button", name="Панель свойств").click()
    expect(page.locator("#dz-panel")).not_to_be_visible()
    assert grid.evaluate("one => one.clientWidth") > before + 200
    page.locator("#d-sections-0-items-0-columns-1-handle").click()
    expect(page.get_by_role("heading", name="Графа 4")).to_be_visible()


def test_the_trial_computes_while_one_types(browser_of) -> None:
    page = browser_of("methodist", viewport={"width": 1920, "height": 1080})
    four_columns(page)
    page.get_by_label("Вычисляется").fill("гр. 4 + гр. 5")
    page.get_by_label("Вычисляется").press("Tab")
    saved(page)
    look(page, "designer-1920")
    page.get_by_role("link", name="Попробовать как организация").click()
    page.locator('[name="c:1/01/4"]').fill("7")
    expect(page.locator('[id="c-1/01/3"]')).to_have_text("7")
    page.locator('[name="c:1/01/5"]').press_sequentially("12")
    expect(page.locator('[id="c-1/01/3"]')).to_have_text("19")
    expect(page.locator('[name="c:1/01/5"]')).to_be_focused()
    look(page, "designer-trial-typing")
