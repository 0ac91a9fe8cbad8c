"""Plans for Excel: the same texts, numbers as numbers."""

from typing import Any

from apps.core.exports import Sheet
from apps.planning.content import Content, executors_line, person_line, result_line, term_line
from apps.planning.printing.months import MONTH_COLUMNS, MonthRow, month_cells
from apps.planning.printing.plans import Marks, numbered_items
from apps.planning.terms import Span

PLAN_COLUMNS: tuple[tuple[str, float], ...] = (
    ("№", 5),
    ("Раздел", 28),
    ("Форма", 16),
    ("Мероприятие, тема", 46),
    ("Срок", 22),
    ("Место", 20),
    ("Категория участников", 26),
    ("Участников по плану", 12),
    ("Ответственный", 26),
    ("Соисполнители", 26),
    ("Ожидаемый результат, вид документа", 32),
    ("Пункт Положения", 11),
    ("Программа", 26),
    ("Отметка о выполнении", 30),
    ("Примечание", 26),
)


def plan_sheet(title: str, content: Content, marks: Marks) -> Sheet:
    """Every event of the text, with its mark of execution."""
    rows: list[list[Any]] = []
    for section, items in numbered_items(content):
        for number, one in items:
            programme = one["programme"]["title"] if one["programme"] else ""
            rows.append(
                [
                    int(number),
                    section.partition(" ")[2],
                    one["form"],
                    one["title"],
                    term_line(one),
                    one["place"],
                    one["audience"],
                    one["count"],
                    person_line(one["responsible"]),
                    executors_line(one),
                    result_line(one),
                    one["clause"],
                    programme,
                    marks.get(one["id"], ""),
                    one["note"],
                ]
            )
    return Sheet(
        "План",
        [name for name, _ in PLAN_COLUMNS],
        rows,
        widths=[width for _, width in PLAN_COLUMNS],
        note=title,
    )


def month_sheet(title: str, rows: list[MonthRow], month: Span) -> Sheet:
    return Sheet(
        "Месяц",
        [name for name, _ in MONTH_COLUMNS],
        [[int(number), *texts] for number, *texts in month_cells(rows, month)],
        widths=[width * 1.5 for _, width in MONTH_COLUMNS],
        note=title,
    )
