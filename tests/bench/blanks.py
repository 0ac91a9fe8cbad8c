"""Somebody else's workbook of 1,500 cells: recognised, written into, read back with its difference."""

import io
from collections.abc import Callable
from decimal import Decimal
from time import perf_counter
from typing import Any

from openpyxl import Workbook

from apps.monitoring.definition import compile_form, load
from apps.monitoring.ministry.proposal import proposed
from apps.monitoring.ministry.reading import read_answers
from apps.monitoring.ministry.workbook import KeptWorkbook, read_sheets
from tests.bench.report import Results
from tests.monitoring.responses.definitions import wide

ROWS, COLUMNS = 250, 6


def run(results: Results) -> None:
    compiled = compile_form(load(wide(ROWS, COLUMNS)))
    blank = _blank()
    places = proposed(compiled, read_sheets(io.BytesIO(blank)))
    assert len(places) == ROWS * COLUMNS
    values = {place: Decimal(7) for place in places.values()}
    filled = KeptWorkbook(io.BytesIO(blank)).written(values)

    def read() -> Any:
        given = {"blank": io.BytesIO(blank), "compiled": compiled, "places": places, "values": {}}
        return read_answers(io.BytesIO(filled), **given)

    assert len(read().changes) == ROWS * COLUMNS
    results.at_most(
        "blank of 1,500 cells: places proposed",
        _best(lambda: proposed(compiled, read_sheets(io.BytesIO(blank)))),
        3.0,
        "s",
    )
    results.at_most(
        "blank of 1,500 cells: written",
        _best(lambda: KeptWorkbook(io.BytesIO(blank)).written(values)),
        1.0,
        "s",
    )
    results.at_most("blank of 1,500 cells: upload with difference", _best(read), 3.0, "s")


def _best(work: Callable[[], Any]) -> float:
    def once() -> float:
        started = perf_counter()
        work()
        return perf_counter() - started

    return min(once() for _ in range(3))


def _blank() -> bytes:
    """A sheet for each section of `wide`: its header, the numbered line, 50 rows."""
    book = Workbook()
    book.remove(book.active)
    for start in range(0, ROWS, 50):
        sheet = book.create_sheet(f"Раздел {start // 50 + 1}")
        sheet.append(["Показатель", "№", *(f"Показатель {one}" for one in range(COLUMNS))])
        sheet.append(list(range(1, COLUMNS + 3)))
        for number in range(start + 1, start + 51):
            sheet.append([f"Строка {number:04d}", f"{number:04d}"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
