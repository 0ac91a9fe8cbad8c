"""Definitions of the sizes the benchmarks ask for."""

from typing import Any

QUESTION_COUNT = 25


def questions() -> dict[str, Any]:
    """25 whole numbers, plain questions."""
    items = [
        {"type": "question", "code": f"q{n}", "title": f"Показатель номер {n}", "value": {"type": "integer"}}
        for n in range(1, QUESTION_COUNT + 1)
    ]
    return _form("bench-questions", [{"code": "1", "title": "Вопросы", "items": items}], [])


def tables(code: str, sections: int, rows: int, columns: int, relations: int) -> dict[str, Any]:
    """`sections` × `rows` × `columns` cells; `relations` control relations, spread over the sections."""
    made = [_section(str(number), rows, columns) for number in range(1, sections + 1)]
    written = [_relation(n, sections, rows, columns) for n in range(relations)]
    return _form(code, made, written)


def _form(code: str, sections: list[dict], relations: list[dict]) -> dict[str, Any]:
    return {
        "schema": "imo-form/1",
        "code": code,
        "title": f"Измерительная форма {code}",
        "sections": sections,
        "relations": relations,
    }


def _section(code: str, rows: int, columns: int) -> dict[str, Any]:
    return {
        "code": code,
        "number": code,
        "title": f"Раздел {code}",
        "items": [
            {
                "type": "table",
                "title": f"Таблица {code}",
                "columns": [{"code": str(n), "title": f"Графа {n}"} for n in range(3, columns + 3)],
                "rows": [{"code": f"{n:03d}", "title": f"Показатель {n}"} for n in range(1, rows + 1)],
            }
        ],
    }


def _relation(number: int, sections: int, rows: int, columns: int) -> dict[str, Any]:
    """By turns: a row against a sum of rows, a column against a column, a part against the whole."""
    section = str(number % sections + 1)
    row = number // sections % (rows - 3) + 1
    last = columns + 2
    texts = [
        f"по графам 3–{last}: стр.{row:03d} >= стр.{row + 1:03d}",
        f"по строкам {row:03d}–{row + 2:03d}: гр.3 >= гр.{last}",
        f"стр.{row:03d} гр.3 >= сумме стр.{row + 1:03d}, {row + 2:03d} гр.{last}",
    ]
    return {"code": f"К{number + 1}", "section": section, "text": texts[number % 3], "severity": "error"}
