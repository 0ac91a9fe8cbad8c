"""A plan from Excel and Word: what is read, what is refused, that it is all or nothing."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from openpyxl import Workbook

from apps.core.spreadsheets import SpreadsheetRefused
from apps.planning.imports import check_file, section_of
from apps.planning.readterms import TermUnread, read_term
from tests.planning.factories import make_plan

pytestmark = pytest.mark.django_db
D = datetime.date
HEADINGS = ["№ п/п", "Мероприятие", "Сроки", "Место проведения", "Участники", "Ответственный", "Результат"]


def xlsx(*rows) -> SimpleUploadedFile:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile("План.xlsx", content.getvalue())


def docx(rows, merge=None) -> SimpleUploadedFile:
    document = Document()
    document.add_paragraph("План работы")
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for at, row in enumerate(rows):
        for place, text in enumerate(row):
            table.cell(at, place).text = text
    if merge:
        table.cell(*merge[0]).merge(table.cell(*merge[1]))
    content = io.BytesIO()
    document.save(content)
    return SimpleUploadedFile("План.docx", content.getvalue())


@pytest.fixture
def empty(department, methodist):
    return make_plan(methodist, 0)


@pytest.mark.parametrize(
    ("text", "kind", "first", "last", "day"),
    [
        ("15.10.2026", "day", D(2026, 10, 15), D(2026, 10, 15), None),
        ("15.02", "day", D(2027, 2, 15), D(2027, 2, 15), None),
        ("5 октября", "day", D(2026, 10, 5), D(2026, 10, 5), None),
        ("12.10.2026–16.10.2026", "span", D(2026, 10, 12), D(2026, 10, 16), None),
        ("с 12 по 16 октября 2026 г.", "span", D(2026, 10, 12), D(2026, 10, 16), None),
        ("Октябрь", "month", D(2026, 10, 1), D(2026, 10, 31), None),
        ("в течение февраля 2027", "month", D(2027, 2, 1), D(2027, 2, 28), None),
        ("декабрь-январь", "span", D(2026, 12, 1), D(2027, 1, 31), None),
        ("в течение года", "year", D(2026, 9, 1), D(2027, 8, 31), None),
        ("ежемесячно до 25 числа", "monthly", D(2026, 9, 1), D(2027, 8, 31), 25),
        ("еженедельно по вторникам", "weekly", D(2026, 9, 1), D(2027, 8, 31), 2),
        ("1 раз в квартал", "quarterly", D(2026, 9, 1), D(2027, 8, 31), None),
        (datetime.datetime(2026, 10, 15), "day", D(2026, 10, 15), D(2026, 10, 15), None),
    ],
)
def test_terms_as_people_write_them(text, kind, first, last, day, empty):
    term = read_term(text, empty)

    assert (term.kind, term.first, term.last, term.day) == (kind, first, last, day)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("31.02.2027", "Такого дня нет"),
        ("30 февраля", "Такого дня нет"),
        ("16.10.2026-12.10.2026", "раньше, чем началось"),
        ("еженедельно", "день недели"),
        ("когда-нибудь", "Срок не понят"),
        ("ежемесячно до 45", "Срок не понят"),
        (None, "Укажите срок"),
    ],
)
def test_what_is_no_term(text, told, empty):
    with pytest.raises(TermUnread, match=told):
        read_term(text, empty)


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("3.1", "3.1"),
        ("3.3. Организационно-методическая деятельность", "3.3"),
        ("II. Информационная деятельность", "3.2"),
        ("1. Аналитическая деятельность", "3.1"),
        ("Раздел 5. Информатизация", "3.5"),
        ("Консультационная работа", "3.4"),
        ("Семинар", None),
    ],
)
def test_sections_are_told_by_number_or_title(text, section):
    assert section_of(text) == section


def test_rows_of_excel_with_sections_between(empty, methodist):
    file = xlsx(
        ["План работы ИМО"],
        HEADINGS,
        [1, 2, 3, 4, 5, 6, 7],
        ["Аналитическая деятельность"],
        [1, "Мониторинг потребностей", "октябрь", None, "педагоги", methodist.last_name, "справка"],
        ["Консультационная деятельность"],
        [2, "Консультация", "15.10.2026", "Зал", None, f"{methodist.last_name} А. И., методист", None],
    )

    preview = check_file(file, empty)

    assert [(row.number, row.title, row.faults) for row in preview.rows] == [
        (5, "Мониторинг потребностей", []),
        (7, "Консультация", []),
    ]
    assert [row.values["section"] for row in preview.rows] == ["3.1", "3.4"]
    assert preview.can_be_written


def test_every_fault_by_row_and_column(empty, methodist):
    file = xlsx(
        ["Раздел", *HEADINGS[1:]],
        ["3.1", "Первое", "31.02.2027", None, None, methodist.last_name, None],
        ["9.9", "Второе", "октябрь", None, None, "Неизвестная", None],
        ["3.1", None, "01.09.2027", None, None, methodist.last_name, None],
        ["3.1", "Четвёртое", "01.09.2027", None, None, methodist.last_name, None],
    )

    rows = check_file(file, empty).rows

    assert [(row.number, [column for column, _ in row.faults]) for row in rows] == [
        (2, ["Срок"]),
        (3, ["Раздел", "Ответственный"]),
        (4, ["Мероприятие, тема"]),
        (5, ["Срок", "Срок"]) if len(rows[3].faults) == 2 else (5, ["Срок"]),
    ]
    assert rows[3].faults[0][1] == "Эта дата не входит в 2026/2027 учебный год."


def test_a_table_of_word_with_a_heading_across_the_row(empty, methodist):
    rows = [
        HEADINGS,
        ["Информационная деятельность", *[""] * 6],
        ["1", "Бюллетень", "ноябрь", "", "педагоги", methodist.last_name, "бюллетень"],
    ]

    preview = check_file(docx(rows, merge=((1, 0), (1, 6))), empty)

    assert [(row.title, row.values["section"], row.faults) for row in preview.rows] == [
        ("Бюллетень", "3.2", [])
    ]


def test_cells_merged_downwards_are_refused(empty, methodist):
    rows = [HEADINGS, *[["1", "Дело", "ноябрь", "", "", methodist.last_name, ""] for _ in range(2)]]

    with pytest.raises(SpreadsheetRefused, match="Таблица 1, строка 2: ячейки объединены по вертикали"):
        check_file(docx(rows, merge=((1, 5), (2, 5))), empty)


def test_files_that_are_no_plan(empty):
    with pytest.raises(SpreadsheetRefused, match="нет таблицы с графами"):
        check_file(xlsx(["Школа", "Адрес"], ["1", "2"]), empty)
    with pytest.raises(SpreadsheetRefused):
        check_file(SimpleUploadedFile("План.docx", b"PK\x03\x04 no archive"), empty)
    document = Document()
    content = io.BytesIO()
    document.save(content)
    with pytest.raises(SpreadsheetRefused, match="нет ни одной таблицы"):
        check_file(SimpleUploadedFile("План.docx", content.getvalue()), empty)


def upload(client, plan, file):
    return client.post(reverse("planning:plan-import", args=[plan.pk]), {"file": file})


def test_the_page_writes_all_of_it_once(empty, methodist, signed_in):
    client = signed_in(methodist)
    good = ["3.1", "Мониторинг", "октябрь", None, None, methodist.last_name, None]
    address = upload(client, empty, xlsx(["Раздел", *HEADINGS[1:]], good, good))["Location"]
    shown = client.get(address)
    body = {"key": shown.context["key"], "digest": shown.context["preview"].digest}
    assert empty.items.count() == 0

    assert client.post(address, body).status_code == 302
    assert client.post(address, body).status_code == 302

    assert empty.items.count() == 2
    assert {one.term_text.replace("\u00a0", " ") for one in empty.items.all()} == {"октябрь 2026 г."}


def test_the_page_writes_nothing_of_a_faulty_file(empty, methodist, signed_in):
    client = signed_in(methodist)
    good = ["3.1", "Мониторинг", "октябрь", None, None, methodist.last_name, None]
    bad = ["3.1", "Мониторинг", "31.02.2027", None, None, methodist.last_name, None]
    address = upload(client, empty, xlsx(["Раздел", *HEADINGS[1:]], good, bad))["Location"]
    shown = client.get(address)

    answer = client.post(address, {"key": "1", "digest": shown.context["preview"].digest})

    assert answer.status_code == 409
    assert "Такого дня нет в календаре." in answer.content.decode()
    assert empty.items.count() == 0


def test_a_refused_file_stands_beside_its_field(empty, methodist, signed_in):
    answer = upload(signed_in(methodist), empty, SimpleUploadedFile("План.xlsx", b"MZ"))

    assert answer.status_code == 422
    assert "file" in answer.context["form"].errors


def test_the_template_can_be_loaded_back(empty, methodist, signed_in):
    content = b"".join(signed_in(methodist).get("/plans/import-template.xlsx").streaming_content)

    preview = check_file(SimpleUploadedFile("Образец.xlsx", content), empty)

    assert [row.faults for row in preview.rows] == [[], []]
