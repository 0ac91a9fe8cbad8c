"""Rows and tables pasted from Excel: lines, their cells parted by tabs."""

from __future__ import annotations

import re
from typing import Any

from apps.monitoring.designer.fields import cleaned
from apps.monitoring.designer.fresh import free_code, next_code, row_codes
from apps.monitoring.designer.places import Misplaced

CODE = re.compile(r"[0-9A-Za-zА-Яа-яЁё_]{1,20}(\.[0-9A-Za-zА-Яа-яЁё_]{1,20}){0,6}")
CROSS = {"х", "x"}
MOST_ROWS, MOST_COLUMNS, MOST_LETTERS = 2000, 200, 400_000
Node = dict[str, Any]


def lines_of(text: Any) -> list[list[str]]:
    """Filled lines as lists of cells. Raises `Misplaced` where there are none or too many."""
    if not isinstance(text, str) or len(text) > MOST_LETTERS:
        raise Misplaced("Вставляемый текст слишком велик: вставьте его частями.")
    lines = [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]
    if not lines:
        raise Misplaced("Вставьте хотя бы одну строку.")
    if len(lines) > MOST_ROWS:
        raise Misplaced(f"За один раз вставляется не больше {MOST_ROWS} строк.")
    return [[cleaned(cell, 2000) for cell in line.split("\t")] for line in lines]


def pasted_rows(section: Node, text: Any, like: str = "00") -> list[Node]:
    """A row a line: its name, and after a tab its code. Without a code the next free one is given.

    Blanks before the name become the indent: two of them, or one cell left empty, a level.
    """
    taken, rows = row_codes(section), []
    last = like
    for line, cells in zip(_raw_lines(text), lines_of(text), strict=True):
        filled = [cell for cell in cells if cell]
        code = filled[1] if len(filled) > 1 and CODE.fullmatch(filled[1]) else ""
        last = free_code(taken, code) if code else next_code(taken, last)
        taken.append(last)
        level = min(_indent(line), 10)
        rows.append({"code": last, "title": filled[0], **({"level": level} if level else {})})
    return rows


def _raw_lines(text: str) -> list[str]:
    return [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]


def _indent(line: str) -> int:
    start = line[: len(line) - len(line.lstrip())]
    return start.count("\t") + start.replace("\t", "").count(" ") // 2


def pasted_table(section: Node, text: Any) -> Node:
    """The first line names the columns, the first cell of each further one its row.

    A second column headed «Код», «№» or «№ строки» gives the codes of rows; a line of column numbers under
    the header gives those of columns; «X» in a cell marks it.
    """
    lines = lines_of(text)
    if len(lines) < 2 or len(lines[0]) < 2:
        raise Misplaced("Нужны строка заголовков и хотя бы одна строка таблицы, не меньше двух столбцов.")
    coded = bool(re.match(r"(код|№)", lines[0][1].lower())) and len(lines[0]) > 2
    skip = 2 if coded else 1
    titles = lines[0][skip:]
    if len(titles) > MOST_COLUMNS:
        raise Misplaced(f"В таблице не больше {MOST_COLUMNS} граф.")
    body, codes = lines[1:], [str(number) for number in range(3, 3 + len(titles))]
    numbers = body[0][skip : skip + len(titles)]
    if len(body) > 1 and body[0][0] in ("", "1", "А", "A") and _are_numbers(numbers, len(titles)):
        body, codes = body[1:], numbers
    columns = [{"code": code, "title": title or "Графа"} for code, title in zip(codes, titles, strict=True)]
    names = "\n".join(_named(line, coded) for line in body)
    rows = pasted_rows(section, names)
    x = [
        [row["code"], code]
        for row, line in zip(rows, body, strict=True)
        for code, cell in zip(codes, line[skip:], strict=False)
        if cell.lower() in CROSS
    ]
    return {"type": "table", "title": "", "columns": columns, "rows": rows, **({"x": x} if x else {})}


def _are_numbers(cells: list[str], count: int) -> bool:
    return len(set(cells)) == count and all(one.isascii() and one.isdigit() for one in cells)


def _named(line: list[str], coded: bool) -> str:
    """The row of a line as `pasted_rows` takes it."""
    code = line[1] if coded and len(line) > 1 else ""
    return f"{line[0] or 'Строка'}\t{code}"


def pasted_choices(text: Any) -> list[dict[str, str]]:
    """An answer a line, after a tab its code; without a code its number."""
    found: list[dict[str, str]] = []
    for number, cells in enumerate(lines_of(text), 1):
        filled = [cell for cell in cells if cell]
        code = filled[1] if len(filled) > 1 else str(number)
        found.append({"code": code[:40], "title": filled[0]})
    return found
