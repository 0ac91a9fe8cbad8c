"""A mistake is told once, at the field where it was typed, with the X cell that is its cause."""

import pytest

from apps.monitoring.designer.checking import faults_of

ROW = "sections.0.items.0.rows.1"
UNKNOWN = "Нет строки 09 (раздела 1) (строка 1, позиция 11, около «стр. 09»)"
CROSSED = (
    "клетка X, значения в ней не бывает; снимите X или возьмите слагаемые через «сумма»:"
    " она пропускает клетки X"
)


def form(*, row=None, column=None, table=None, x=(), when="", cells=()) -> dict:
    """Three rows by three columns; what is given stands at row 02, column 5, the table or its cells."""
    rows = [
        {"code": "01", "title": "Книги"},
        {
            "code": "02",
            "title": "Журналы",
            **({"value": row} if row else {}),
            **({"when": when} if when else {}),
        },
        {"code": "03", "title": "Диски"},
    ]
    columns = [{"code": "3", "title": "Всего"}, {"code": "4", "title": "Новых"}]
    columns.append({"code": "5", "title": "Разом", **({"value": column} if column else {})})
    item = {"type": "table", "title": "", "columns": columns, "rows": rows, "x": [list(one) for one in x]}
    item |= {"value": table} if table else {}
    item |= {"cells": list(cells)} if cells else {}
    section = {"code": "1", "title": "Фонд", "items": [item]}
    return {"schema": "imo-form/1", "code": "fund", "title": "Фонд", "sections": [section]}


def test_a_mistake_in_a_row_of_three_columns_is_told_once():
    [told] = faults_of(form(row={"computed": "стр. 01 + стр. 09"}))
    assert told.message == f"Строка 02: {UNKNOWN} (гр. 3, гр. 4, гр. 5)"
    assert (told.place, told.path, told.field) == ("d-sections-0-items-0-rows-1", ROW, "value.computed")


def test_a_mistake_in_a_column_names_the_rows():
    [told] = faults_of(form(column={"computed": "гр. 3 + гр. 9"}))
    assert told.message == (
        "Графа 5: Нет графы 9 (строка 1, позиция 9, около «гр. 9») (стр. 01, стр. 02, стр. 03)"
    )
    assert (told.path, told.field) == ("sections.0.items.0.columns.2", "value.computed")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            {"column": {"computed": "гр. 3 + гр. 4"}, "x": [("02", "3")]},
            f"Графа 5: гр.3 – {CROSSED} (стр. 02)",
        ),
        (
            {"row": {"computed": "стр. 01 + стр. 03"}, "x": [("01", "4")]},
            f"Строка 02: стр.01 – {CROSSED} (гр. 4)",
        ),
        (
            {"row": {"computed": "стр. 01 + стр. 03"}, "x": [("01", "4"), ("02", "5")]},
            f"Строка 02: стр.01 – {CROSSED} (гр. 4)",
        ),
        (
            {"column": {"computed": "гр. 3 + гр. 4"}, "x": [("01", "4"), ("02", "4"), ("03", "5")]},
            f"Графа 5: гр.4 – {CROSSED} (стр. 01, стр. 02)",
        ),
        (
            {"column": {"computed": "сумма гр. 3, 4"}, "x": [("02", "3"), ("02", "4")]},
            "Графа 5: вычисление не находит ни одной клетки (стр. 02)",
        ),
    ],
)
def test_the_x_cell_is_named_as_the_cause(given, expected):
    assert [one.message for one in faults_of(form(**given))] == [expected]


def test_a_mistake_of_one_cell_belongs_to_its_panel():
    cell = {"row": "02", "column": "4", "value": {"computed": "стр. 09"}}
    [told] = faults_of(form(cells=[cell]))
    assert told.message.startswith("Клетка стр. 02, гр. 4: Нет строки 09")
    assert (told.path, told.row, told.column) == ("sections.0.items.0", "02", "4")


def test_a_mistake_of_the_condition_stands_at_the_condition():
    [told] = faults_of(form(when="вопрос z = 1"))
    assert told.message.startswith("Строка 02: Условие показа: Нет вопроса z")
    assert (told.path, told.field) == (ROW, "when")


def test_a_wrong_bound_stands_at_the_bound():
    [told] = faults_of(form(row={"minimum": "абв"}))
    assert (told.message, told.path, told.field) == ("Недопустимая запись «абв»", ROW, "value.minimum")


def test_a_mistake_of_a_table_names_its_cells():
    [told] = faults_of(form(table={"computed": "стр. 09"}, x=[("01", "3"), ("02", "3"), ("03", "3")]))
    assert told.message.endswith(
        "(стр. 01, гр. 4, стр. 01, гр. 5, стр. 02, гр. 4, стр. 02, гр. 5, стр. 03, гр. 4, стр. 03, гр. 5)"
    )
    assert (told.path, told.field) == ("sections.0.items.0", "value.computed")


def test_questions_notes_sections_and_open_tables_have_fields_of_their_own():
    document = form()
    section = document["sections"][0]
    section["when"] = "вопрос z = 1"
    section["items"] += [
        {
            "type": "question",
            "code": "q1",
            "title": "Сколько",
            "value": {"type": "integer", "computed": "стр. 09 гр. 3"},
        },
        {"type": "note", "text": "Пояснение", "when": "вопрос z = 1"},
        {
            "type": "open_table",
            "title": "",
            "columns": [
                {"code": "1", "title": "Вид"},
                {"code": "2", "title": "Дважды", "value": {"computed": "гр. 9"}},
            ],
        },
    ]

    found = [(one.message.partition(":")[0], one.path, one.field) for one in faults_of(document)]

    assert sorted(found) == [
        ("Вопрос q1", "sections.0.items.1", "value.computed"),
        ("Графа 2", "sections.0.items.3.columns.1", "value.computed"),
        ("Пояснение", "sections.0.items.2", "when"),
        ("Раздел 1", "sections.0", "when"),
    ]
