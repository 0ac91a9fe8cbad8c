"""Small definitions written by hand for the pages of a response."""

from typing import Any

LIBRARY: dict[str, Any] = {
    "schema": "imo-form/1",
    "code": "library",
    "title": "Библиотечный фонд",
    "choices": {
        "speed": [{"code": "1", "title": "до 10 Мбит/с"}, {"code": "2", "title": "свыше 10 Мбит/с"}],
        "topics": [
            {"code": "a", "title": "Чтение"},
            {"code": "b", "title": "Каталог"},
            {"code": "c", "title": "Подписка"},
        ],
    },
    "sections": [
        {
            "code": "1",
            "title": "Фонд",
            "items": [
                {
                    "type": "table",
                    "title": "Состав фонда",
                    "value": {"type": "integer", "unit": {"code": "796", "name": "шт."}},
                    "header": [
                        {"column": "3"},
                        {"title": "в том числе", "children": [{"column": "4"}, {"column": "5"}]},
                    ],
                    "columns": [
                        {
                            "code": "3",
                            "title": "Всего",
                            "value": {"type": "decimal", "decimals": 1, "computed": "сумма гр.4, 5"},
                        },
                        {"code": "4", "title": "учебники"},
                        {"code": "5", "title": "прочие", "value": {"type": "decimal", "decimals": 1}},
                    ],
                    "rows": [
                        {"code": "01", "title": "Поступило", "kind": "total", "value": {"required": True}},
                        {"code": "02", "title": "печатные", "kind": "including", "level": 1},
                        {"code": "03", "title": "электронные", "kind": "including", "level": 1},
                    ],
                    "x": [["03", "5"]],
                }
            ],
        },
        {
            "code": "2",
            "title": "Мероприятия",
            "items": [
                {
                    "type": "open_table",
                    "columns": [
                        {"code": "1", "title": "Название", "value": {"type": "text"}},
                        {"code": "2", "title": "Участников", "value": {"type": "integer"}},
                    ],
                }
            ],
        },
        {
            "code": "3",
            "title": "Условия",
            "items": [
                {
                    "type": "question",
                    "code": "wifi",
                    "title": "Есть ли беспроводная сеть",
                    "value": {"type": "yes_no"},
                },
                {
                    "type": "question",
                    "code": "speed",
                    "title": "Скорость",
                    "when": "вопрос wifi = 1",
                    "value": {"type": "choice", "choices": "speed"},
                },
                {
                    "type": "question",
                    "code": "topics",
                    "title": "Что нужно",
                    "value": {"type": "multi_choice", "choices": "topics"},
                },
                {
                    "type": "question",
                    "code": "inn",
                    "title": "ИНН",
                    "value": {"type": "text", "prefill": "organization.inn"},
                },
                {
                    "type": "question",
                    "code": "comment",
                    "title": "Комментарий",
                    "value": {"type": "long_text"},
                },
            ],
        },
    ],
    "relations": [
        {"code": "r1", "section": "1", "text": "по графам 4: стр.01 = сумме стр.02, 03"},
        {
            "code": "r2",
            "section": "1",
            "severity": "warning",
            "text": "по графам 5: стр.01 <= 100",
        },
    ],
}


def wide(rows: int, columns: int) -> dict[str, Any]:
    """A form with rows × columns cells in sections of 50 rows."""
    sections = []
    for start in range(0, rows, 50):
        codes = [f"{number:04d}" for number in range(start + 1, min(start + 50, rows) + 1)]
        table = {
            "type": "table",
            "title": "Показатели",
            "columns": [{"code": str(3 + i), "title": f"Показатель {i}"} for i in range(columns)],
            "rows": [{"code": code, "title": f"Строка {code}"} for code in codes],
        }
        sections.append({"code": f"s{start // 50 + 1}", "title": "Раздел", "items": [table]})
    return {"schema": "imo-form/1", "code": "wide", "title": "Большая форма", "sections": sections}
