"""A school's own copy of the blank: what is taken, from where, and what is not."""

import datetime
import io
import re
import zipfile

import pytest
from openpyxl import Workbook

from apps.core.spreadsheets import SpreadsheetRefused
from apps.monitoring.compiled import compiled_for
from apps.monitoring.ministry.places import Place
from apps.monitoring.ministry.reading import read_answers, typed
from apps.monitoring.ministry.workbook import checked_blank
from tests.core.containers import archive, named, ods, with_entry, xlsx
from tests.monitoring.ministry.books import QUESTIONS, TABLE, blank_of_library, changed, filled, saved
from tests.walk.test_uploads import bomb

PLACES = {
    "1/01/3": Place(TABLE, 9, 5),
    "1/01/4": Place(TABLE, 9, 6),
    "1/01/5": Place(TABLE, 9, 7),
    "1/02/4": Place(TABLE, 10, 6),
    "wifi": Place(QUESTIONS, 2, 3),
    "speed": Place(QUESTIONS, 3, 3),
}


@pytest.fixture
def read(version):
    """Reads a workbook against the blank."""

    def read(content: bytes, values=None, name="Наш ФОНД.xlsx"):
        return read_answers(
            named(content, name),
            blank=named(blank_of_library(), "ФОНД.xlsx"),
            compiled=compiled_for(version.pk),
            places=PLACES,
            values=values or {},
        )

    return read


def found(read) -> dict[str, str]:
    return {one.address: one.value for one in read.changes}


def troubles(read) -> dict[str, str]:
    return {f"{one.address} {one.place}": one.told for one in read.troubles}


def test_values_with_their_places(read):
    one = read(filled({"F9": 10, "G9": "1 234,5", "F10": "6"}), values={"1/01/4": "9", "1/02/4": "6"})
    assert [(each.address, str(each.place), each.was, each.value) for each in one.changes] == [
        ("1/01/4", "Раздел 1!F9", "9", "10"),
        ("1/01/5", "Раздел 1!G9", "", "1234.5"),
    ]
    assert (one.same, one.blank, one.troubles) == (1, 2, [])


def test_computed_cells_are_the_portals_own(read):
    assert found(read(filled({"E9": 77}))) == {}


def test_words_of_questions(read):
    assert found(read(filled({"C2": "да", "C3": "свыше 10 Мбит/с"}, QUESTIONS))) == {
        "wifi": "1",
        "speed": "2",
    }
    assert found(read(filled({"C2": True}, QUESTIONS))) == {"wifi": "1"}


def test_a_blank_cell_takes_nothing_away(read):
    assert found(read(filled({"F9": "–"}), values={"1/01/4": "9", "1/02/4": "6"})) == {}


def test_what_does_not_fit_is_told(read):
    one = read(filled({"F9": "много", "G9": 2.55, "F10": -4}))
    assert troubles(one) == {
        "1/01/4 Раздел 1!F9": "Здесь должно быть число, а введено «много».",
        "1/01/5 Раздел 1!G9": "Не больше 1 знака после запятой.",
        "1/02/4 Раздел 1!F10": "Число не может быть отрицательным.",
    }
    assert found(one) == {}


def test_errors_of_formulas_are_told(read):
    one = read(filled({"F9": "#DIV/0!", "G9": "=F9*2"}))
    assert found(one) == {}
    assert troubles(one) == {
        "1/01/4 Раздел 1!F9": "в ячейке ошибка Excel #DIV/0!",
        "1/01/5 Раздел 1!G9": (
            "формула без посчитанного значения: откройте файл в Excel, сохраните и загрузите снова"
        ),
    }


def test_cells_merged_by_the_school_are_told(read):
    book = changed(filled({"F9": 11, "G9": 2}), lambda one: one[TABLE].merge_cells("F9:G9"))
    one = read(book, values={"1/01/5": "2"})
    assert found(one) == {"1/01/4": "11"}
    assert troubles(one) == {"1/01/5 Раздел 1!G9": "ячейки объединены: значение стоит только в F9"}


def test_numbers_of_another_locale_are_read(read):
    one = read(filled({"F9": "1 234", "F10": "12 %", "G9": "1,234.5"}))
    assert found(one) == {"1/01/4": "1234", "1/01/5": "1234.5"}
    assert troubles(one) == {"1/02/4 Раздел 1!F10": "Здесь должно быть число, а введено «12 %»."}


def counted(content: bytes, results: dict[str, str]) -> bytes:
    """The workbook as Excel saves it: formulas with their results."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for entry in book.infolist():
            parts[entry.filename] = book.read(entry)
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    for formula, result in results.items():
        assert f"<f>{formula}</f><v></v>" in sheet or f"<f>{formula}</f><v />" in sheet
        sheet = re.sub(
            rf"<f>{re.escape(formula)}</f><v ?/?>(</v>)?", f"<f>{formula}</f><v>{result}</v>", sheet
        )
    return archive(parts | {"xl/worksheets/sheet1.xml": sheet.encode()})


def test_formulas_are_read_as_their_results(read):
    one = read(counted(filled({"F9": "=3+4", "G9": "=1/4"}), {"3+4": "7", "1/4": "0.5"}))
    assert found(one) == {"1/01/4": "7", "1/01/5": "0.5"}


def test_totals_are_compared(read):
    """E9 is the portal's sum of F9 and G9."""
    right = read(counted(filled({"F9": 10, "G9": 2.5}), {"F9+G9": "12.5"}))
    wrong = read(counted(filled({"F9": 10, "G9": 2.5}), {"F9+G9": "13"}))
    assert right.totals == []
    assert [(one.address, str(one.place), one.value, one.computed) for one in wrong.totals] == [
        ("1/01/3", "Раздел 1!E9", "13", "12.5")
    ]


def test_moved_rows_are_not_taken(read):
    def insert(book):
        book[TABLE]["C9"], book[TABLE]["C10"] = "02", "01"
        book[TABLE]["F9"], book[TABLE]["F10"] = 6, 10

    one = read(changed(blank_of_library(), insert))
    assert found(one) == {}
    assert troubles(one)["1/01/4 Раздел 1!F9"] == (
        "строка не та, что в бланке: в C9 должно стоять «01», а стоит «02»"
    )


def test_moved_columns_are_not_taken(read):
    def swap(book):
        book[TABLE]["F8"], book[TABLE]["G8"] = 5, 4
        book[TABLE]["F9"], book[TABLE]["G9"] = 1, 2

    one = read(changed(blank_of_library(), swap))
    assert found(one) == {}
    assert troubles(one) == {
        "1/01/4 Раздел 1!F9": "графа не та, что в бланке: в F8 должно стоять «4», а стоит «5»",
        "1/01/5 Раздел 1!G9": "графа не та, что в бланке: в G8 должно стоять «5», а стоит «4»",
        "1/02/4 Раздел 1!F10": "графа не та, что в бланке: в F8 должно стоять «4», а стоит «5»",
    }


def test_codes_typed_another_way_are_the_same(read):
    def retype(book):
        book[TABLE]["C9"], book[TABLE]["A9"], book[TABLE]["F9"] = 1, "ПОСТУПИЛО ", 10

    assert found(read(changed(blank_of_library(), retype))) == {"1/01/4": "10"}


def test_a_renamed_sheet_is_told(read):
    def rename(book):
        book[QUESTIONS].title = "Условия"
        book[TABLE]["F9"] = 10

    one = read(changed(blank_of_library(), rename))
    assert found(one) == {"1/01/4": "10"}
    assert troubles(one) == {
        "wifi Раздел 3!C2": "в файле нет листа «Раздел 3»",
        "speed Раздел 3!C3": "в файле нет листа «Раздел 3»",
    }


@pytest.mark.parametrize("is_filled", [True, False])
def test_an_open_document_of_the_same_layout(is_filled, version):
    """The sheet «Лист» with the code in A1 and the figure in B1."""
    cell = '<table:table-cell office:value-type="{}"{}><text:p>{}</text:p></table:table-cell>'
    code = cell.format("string", "", "01")
    figure = cell.format("float", ' office:value="7"', "7") if is_filled else ""
    read = read_answers(
        named(ods(f"<table:table-row>{code}{figure}</table:table-row>"), "Наш.ods"),
        blank=named(xlsx([["01"]]), "Б.xlsx"),
        compiled=compiled_for(version.pk),
        places={"1/01/4": Place("Лист", 1, 2)},
        values={},
    )
    assert found(read) == ({"1/01/4": "7"} if is_filled else {})


def test_another_book_altogether(read):
    with pytest.raises(SpreadsheetRefused, match="Это не тот бланк"):
        read(saved(Workbook()))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), (5, "5"), (" 1 234,5 ", "1 234,5"), ("—", ""), ("-", ""),
        (datetime.date(2026, 1, 31), "2026-01-31"), (datetime.datetime(2026, 1, 31, 12), "2026-01-31"),
    ],
)  # fmt: skip
def test_values_as_a_person_types_them(value, text):
    assert typed(value) == text


# --- hostile files, as a blank and as an own copy ---

HOSTILE = {
    "empty": (lambda: b"", "пуст"),
    "program": (lambda: b"MZ\x90\x00" + b"\x00" * 200, "не принимаются"),
    "cut": (lambda: blank_of_library()[:900], "повреждён|не принимается"),
    "bomb": (bomb, "слишком велик"),
    "macros": (lambda: with_entry(blank_of_library(), "xl/vbaProject.bin", b"x"), "макросы"),
    "entity": (
        lambda: with_entry(
            blank_of_library(),
            "xl/evil.xml",
            b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        ),
        "недопустимые объявления",
    ),
    "far": (lambda: filled({"XFD1048576": 1}), "слишком велика"),
    "text": (lambda: "код;значение".encode(), "не принимается|Это не тот бланк"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_own_copy(kind, read):
    make, told = HOSTILE[kind]
    with pytest.raises(SpreadsheetRefused, match=told):
        read(make())


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_blank(kind):
    make, told = HOSTILE[kind]
    with pytest.raises(SpreadsheetRefused, match=told):
        checked_blank(named(make(), "Бланк.xlsx"))
