"""Workbooks as a ministry sends them: merged headers, numbered columns, codes, formulas, a sheet beside."""

import io
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

TABLE, QUESTIONS, NOTES = "Раздел 1", "Раздел 3", "Указания"
THIN = Side(style="thin")


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def blank_of_library() -> bytes:
    """The form LIBRARY on three sheets: E9:G11 are its figures, C9:C11 the codes of the rows."""
    book = Workbook()
    table = book.active
    table.title = TABLE
    table["A1"] = "Сведения о фонде"
    table["A1"].font = Font(bold=True, size=14)
    for place, words in {"A5": "Показатель", "C5": "№ строки", "E5": "Всего", "F5": "в том числе"}.items():
        table[place] = words
    table["F6"], table["G6"] = "учебники", "прочие"
    for merged in ("A1:G1", "A5:B6", "C5:D6", "E5:E6", "F5:G5", "A8:B8", "C8:D8"):
        table.merge_cells(merged)
    for place, number in {"A8": 1, "C8": 2, "E8": 3, "F8": 4, "G8": 5}.items():
        table[place] = number
    for row, (title, code) in enumerate(
        [("Поступило", "01"), ("печатные", "02"), ("электронные", "03")], start=9
    ):
        table.merge_cells(f"A{row}:B{row}")
        table.merge_cells(f"C{row}:D{row}")
        table[f"A{row}"], table[f"C{row}"] = title, code
        table[f"E{row}"] = f"=F{row}+G{row}"
        table[f"F{row}"].fill = PatternFill("solid", fgColor="FFFFCC")
        table[f"F{row}"].border = Border(left=THIN, right=THIN)
        table[f"G{row}"].number_format = "0.0"
    table["G11"] = "X"
    table["A13"], table["F13"] = "Контроль", "=F9-F10-F11"
    table.column_dimensions["A"].width = 33.5
    table.row_dimensions[5].height = 41
    questions = book.create_sheet(QUESTIONS)
    questions["B2"] = "Есть ли беспроводная сеть"
    questions["B3"] = "Скорость:"
    questions["B4"] = "Комментарий"
    choices = DataValidation(type="list", formula1='"да,нет"')
    choices.add("C2")
    questions.add_data_validation(choices)
    notes = book.create_sheet(NOTES)
    notes["A1"] = "Заполняется на 1 января"
    notes["A2"] = f"='{TABLE}'!E9"
    return saved(book)


def changed(content: bytes, change: Callable[[Any], None]) -> bytes:
    """The same workbook after a hand has been at it."""
    book = load_workbook(io.BytesIO(content))
    change(book)
    return saved(book)


def filled(values: dict[str, Any], sheet: str = TABLE) -> bytes:
    """A school's own copy: cell → what it holds."""

    def fill(book: Any) -> None:
        for place, value in values.items():
            book[sheet][place] = value

    return changed(blank_of_library(), fill)
