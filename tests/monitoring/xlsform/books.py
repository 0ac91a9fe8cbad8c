"""Workbooks of XLSForm made in memory."""

import io

import xlsxwriter

from apps.monitoring.xlsform import ReadForm, read_xlsform

SURVEY = ("type", "name", "label", "relevant", "constraint", "calculation", "required", "choice_filter",
          "appearance", "constraint_message", "repeat_count", "parameters", "kobo--matrix_list")  # fmt: skip
YES_NO = [("yn", "yes", "Да"), ("yn", "no", "Нет")]


def book(
    survey, choices=(), settings=(), columns=SURVEY, choice_columns=("list_name", "name", "label")
) -> bytes:
    """`survey` holds dictionaries or tuples in the order of `columns`."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as out:
        sheets = {
            "survey": [columns, *(_row(one, columns) for one in survey)],
            "choices": [choice_columns, *choices],
        }
        if settings:
            sheets["settings"] = [list(settings), list(settings.values())]
        for title, rows in sheets.items():
            page = out.add_worksheet(title)
            for y, row in enumerate(rows):
                for x, value in enumerate(row):
                    (page.write_number if isinstance(value, int) else page.write_string)(y, x, value)
    return file.getvalue()


def _row(one, columns):
    return [one.get(column, "") for column in columns] if isinstance(one, dict) else one


def q(type_, name, label=None, **cells):
    return {"type": type_, "name": name, "label": label or name, **cells}


def read(survey, choices=(), settings=(), **more) -> ReadForm:
    return read_bytes(book(survey, choices, settings, **more))


def read_bytes(content: bytes, name: str = "Форма.xlsx") -> ReadForm:
    file = io.BytesIO(content)
    file.name = name
    return read_xlsform(file, name="Форма")


def items(read_form: ReadForm) -> list[dict]:
    """All items of all sections in reading order."""
    found, stack = [], list(read_form.definition["sections"])
    while stack:
        section = stack.pop(0)
        found += section.get("items", [])
        stack = section.get("sections", []) + stack
    return found


def told(problems) -> list[tuple[str, int, str]]:
    return [(one.sheet, one.row, one.column) for one in problems]
