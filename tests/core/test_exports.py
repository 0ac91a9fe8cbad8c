import io
import tracemalloc
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from unittest.mock import patch

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from apps.core.exports import Sheet, csv_cell, csv_response, write_xlsx, xlsx_response


def written(*sheets):
    file = io.BytesIO()
    write_xlsx(file, sheets)
    return openpyxl.load_workbook(file)


@pytest.mark.parametrize("typed", ["=1+1", "+7 900", "-5", "@SUM(A1)", "{=A1}", "http://a.example", "007"])
def test_typed_text_stays_text(typed):
    cell = written(Sheet("Лист", ["Графа"], [[typed]]))["Лист"]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (typed, "s", None)


def test_text_that_looks_like_an_escape_of_excel_reads_back():
    file = io.BytesIO()
    write_xlsx(file, [Sheet("Лист", ["_x0041_"], [])])
    file.seek(0)
    assert CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python() == [["_x0041_"]]


def test_numbers_and_dates_keep_their_kind():
    row = [5, Decimal("1.25"), 2.5, date(2026, 11, 22), datetime(2026, 11, 22, 13, 5, tzinfo=UTC), True, None]
    page = written(Sheet("Лист", ["а"] * 7, [row]))["Лист"]
    values = [cell.value for cell in page[2]]
    assert values == [5, 1.25, 2.5, datetime(2026, 11, 22), datetime(2026, 11, 23, 0, 5), "да", None]
    assert page["D2"].number_format == "dd.mm.yyyy"


def test_number_that_excel_would_spoil_leaves_as_text():
    row = [10**39 + 7, Decimal("NaN"), float("inf"), Decimal("1E+400")]
    page = written(Sheet("Лист", ["а"] * 4, [row]))["Лист"]
    assert page["A2"].value == "1000000000000000000000000000000000000007"
    assert [cell.data_type for cell in page[2]] == ["s"] * 4


def test_unprintable_characters_are_left_out():
    page = written(Sheet("Лист", ["а"], [["до\x00\x0b\ud800\ufffeпосле\nстрока"]]))["Лист"]
    assert page["A2"].value == "допосле\nстрока"


def test_long_text_is_cut_to_what_a_cell_holds():
    assert len(written(Sheet("Лист", ["а"], [["я" * 100_000]]))["Лист"]["A2"].value) == 32_767


def test_sheet_names_are_made_acceptable_and_unique():
    titles = ["Отчёт: 1/2 [а]", "", "x" * 40, "X" * 40, "'кавычки'", "History"]
    book = written(*(Sheet(title, ["а"], []) for title in titles))
    assert book.sheetnames == ["Отчёт 1 2 а", "Лист", "x" * 31, "X" * 27 + " (2)", "кавычки", "History."]


def test_heading_is_frozen_bold_and_filtered_under_a_note():
    page = written(Sheet("Лист", ["а", "б"], [[1, 2], [3, 4]], widths=[10, 50], note="Срез на 01.09.2026"))[
        "Лист"
    ]
    assert page["A1"].value == "Срез на 01.09.2026"
    assert page["B2"].font.bold is True
    assert page.freeze_panes == "A3"
    assert page.auto_filter.ref == "A2:B4"
    assert round(page.column_dimensions["B"].width) == 51


def test_rows_beyond_a_sheet_go_on_in_the_next():
    with patch("apps.core.exports.MAX_ROWS", 3):
        book = written(Sheet("Лист", ["а"], [[n] for n in range(5)]))
    assert book.sheetnames == ["Лист", "Лист (2)", "Лист (3)"]
    assert [[row[0] for row in page.values] for page in book] == [["а", 0, 1], ["а", 2, 3], ["а", 4]]


def test_no_sheets_still_make_a_workbook():
    assert written().sheetnames == ["Нет данных"]


def test_too_many_columns_are_a_fault():
    with pytest.raises(ValueError, match="16384"):
        written(Sheet("Лист", ["а"] * 16_385, []))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=5))
def test_any_text_makes_a_readable_workbook(texts):
    page = written(Sheet(texts[0], texts, [texts])).worksheets[0]
    assert page.max_column <= len(texts)
    assert all(cell.data_type in "sn" for cell in page[2])


def test_xlsx_response():
    response = xlsx_response("Сводка «ИКТ».xlsx", [Sheet("Лист", ["а"], [[1]])])
    body = b"".join(response.streaming_content)
    response.file_to_stream.close()
    assert zipfile.ZipFile(io.BytesIO(body)).testzip() is None
    assert int(response["Content-Length"]) == len(body)
    assert response["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%D0%A1%D0%B2")


def test_csv_response():
    response = csv_response("Сводка", ["Имя", "Число"], [["=1+1", Decimal("-1.5")], ["а;б", None]])
    body = b"".join(response.streaming_content)
    assert body == '\ufeffИмя;Число\r\n\'=1+1;-1,5\r\n"а;б";\r\n'.encode()
    assert response["Content-Disposition"].endswith(".csv")
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        *[("=a", "'=a"), ("+a", "'+a"), ("-a", "'-a"), ("@a", "'@a"), ("\ta", "'\ta"), ("\ra", "'\ra")],
        *[(" =a", "' =a"), ("\x00=a", "'=a"), ("a=", "a="), (-5, "-5"), (True, "да"), (float("nan"), "—")],
        *[(date(2026, 1, 2), "02.01.2026"), (None, ""), (Decimal("1E+3"), "1000")],
    ],
)
def test_csv_cell(value, cell):
    assert csv_cell(value) == cell


@given(st.text())
def test_no_text_opens_as_a_formula(text):
    assert not csv_cell(text).lstrip().startswith(("=", "+", "-", "@"))


def test_memory_stays_flat_over_many_rows(tmp_path):
    rows = ((n, f"строка {n}", "текст") for n in range(10_000))
    tracemalloc.start()
    write_xlsx(str(tmp_path / "large.xlsx"), [Sheet("Лист", ["а", "б", "в"], rows)])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 * 1024 * 1024
