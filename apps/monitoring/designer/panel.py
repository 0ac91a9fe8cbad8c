"""The fields of the panel «Свойства» for each kind of place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from apps.monitoring.designer.places import Path, kind_at, node_at
from apps.monitoring.designer.tables import cell_of, levels_of

Options = list[tuple[str, str]]
ROW_KINDS: Options = [
    ("", "обычная"), ("total", "всего"), ("including", "в том числе"), ("of_which", "из них"),
    ("grand_total", "итого"), ("heading", "заголовок без клеток"),
]  # fmt: skip
TYPES: Options = [
    ("integer", "целое число"), ("decimal", "число с дробью"), ("text", "текст"), ("date", "дата"),
    ("yes_no", "да или нет"), ("choice", "ответ из списка"),
]  # fmt: skip
MORE_TYPES: Options = [
    ("long_text", "длинный текст"),
    ("multi_choice", "несколько ответов"),
    ("scale", "шкала"),
]
SUMMARIES: Options = [("", "как выше"), ("sum", "сумма"), ("mean", "среднее"), ("none", "не сводится")]
YES_NO: Options = [("", "как выше"), ("true", "да"), ("false", "нет")]
COMPUTED = (
    "Графа: сумма гр. 4-6. Строка: сумма стр. 01-11. Слагаемые, среди которых бывает X, берите через «сумма»."
)
PREFILLED = (
    "organization.inn — из карточки организации; "
    "form.library:1/01/4 — из её принятого отчёта по форме library"
)
ELEMENT = "Код показателя. Сотрите его, чтобы эта форма спрашивала по-своему."
HEADINGS = {
    "form": "Форма", "section": "Раздел", "table": "Таблица", "open_table": "Открытая таблица",
    "question": "Вопрос", "note": "Пояснение", "row": "Строка", "column": "Графа", "relation": "Соотношение",
    "cell": "Клетка",
}  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One field: `kind` is line, long, flag or select."""

    name: str
    label: str
    value: str = ""
    kind: str = "line"
    options: Options = field(default_factory=list)
    help: str = ""


@dataclass(frozen=True)
class Panel:
    """`at`: the place of a row or column in its list, which are moved, copied and deleted from here.

    `goes_to_library`: a row or question that no element of the library is yet.
    """

    heading: str
    fields: list[Field]
    at: int | None = None
    is_row: bool = True
    goes_to_library: bool = False

    @property
    def before(self) -> int:
        return (self.at or 0) - 1

    @property
    def after(self) -> int:
        return (self.at or 0) + 1

    @property
    def back(self) -> str:
        return "Вверх" if self.is_row else "Влево"

    @property
    def on(self) -> str:
        return "Вниз" if self.is_row else "Вправо"


def panel(document: Any, path: Path, row: str = "", column: str = "") -> Panel:
    """What may be said of a place; with `row` and `column`, of one cell of the table at the path."""
    kind, node = kind_at(document, path), node_at(document, path)
    if row and kind == "table":
        cell = cell_of(node, row, column) or {}
        return Panel(f"Клетка: стр. {row}, гр. {column}", _value(document, cell.get("value", {}), "cell"))
    fields = list(_own(document, path, kind, node))
    if kind in ("table", "open_table", "row", "column", "question"):
        fields += _value(document, node.get("value", {}), kind)
    code = node.get("code", "") if kind in ("section", "question", "row", "column", "relation") else ""
    at = int(path[-1]) if kind in ("row", "column") else None
    is_new = kind in ("row", "question") and bool(code) and not node.get("element")
    return Panel(f"{HEADINGS[kind]} {code}".strip(), fields, at, kind == "row", is_new)


def _own(document: Any, path: Path, kind: str, node: dict[str, Any]) -> list[Field]:
    def line(name: str, label: str, **more: Any) -> Field:
        return Field(name, label, str(node.get(name, "")), **more)

    def flag(name: str, label: str, default: bool = True) -> Field:
        return Field(name, label, "true" if node.get(name, default) else "", "flag")

    when = line(
        "when",
        "Показывать, если",
        help="Например: вопрос q1 = 1 (у «да или нет» да — это 1)",
    )
    help_text = line("help", "Подсказка", kind="long")
    element = [line("element", "Показатель библиотеки", help=ELEMENT)] if node.get("element") else []
    match kind:
        case "form":
            return [line("title", "Название"), line("note", "Пояснение к форме", kind="long"),
                    flag("signature", "Печатать место подписи")]  # fmt: skip
        case "section":
            repeats: Options = [("", "нет"), *_named(document.get("dimensions", {}))]
            return [
                line("number", "Номер для печати", help="Если пусто, печатается код."),
                line("text", "Текст под названием", kind="long"),
                when,
                Field("unit", "Единица измерения", _unit(node)),
                line("repeat", "Повторять по", kind="select", options=repeats),
            ]
        case "table":
            return [help_text]
        case "open_table":
            return [help_text, line("min_rows", "Строк не меньше"), line("max_rows", "Строк не больше"),
                    flag("total", "Строка «Итого»")]  # fmt: skip
        case "question":
            return [help_text, when, *element]
        case "note":
            return [when]
        case "row":
            return [
                *([line("code", "Код строки")] if node.get("kind") != "heading" else []),
                line("title", "Название", kind="long"),
                line("kind", "Вид строки", kind="select", options=ROW_KINDS),
                line("level", "Отступ, от 0 до 10"),
                when,
                *element,
            ]
        case "column":
            over = " / ".join(levels_of(node_at(document, path[:-2])).get(node.get("code", ""), ()))
            own = [line("code", "Номер графы"), line("title", "Название", kind="long"),
                   Field("over", "Заголовки над графой", over,
                         help="Уровни через «/». Одинаковые у соседних граф сливаются.")]  # fmt: skip
            is_open = kind_at(document, path[:-2]) == "open_table"
            inherited = node_at(document, path[:-2]).get("value", {}).get("type", "integer")
            is_number = node.get("value", {}).get("type", inherited) in ("integer", "decimal")
            return [*own, flag("total", "Считать в «Итого»")] if is_open and is_number else own
    return [flag("enabled", "Проверять"), line("note", "Заметка", kind="long")]


def _unit(node: dict[str, Any]) -> str:
    unit = node.get("unit") or {}
    return " ".join(part for part in (unit.get("code", ""), unit.get("name", "")) if part)


def _named(lists: dict[str, Any]) -> Options:
    return [(code, one["title"] if isinstance(one, dict) else code) for code, one in lists.items()]


def _value(document: Any, value: dict[str, Any], kind: str) -> list[Field]:
    def line(name: str, label: str, **more: Any) -> Field:
        return Field(f"value.{name}", label, str(value.get(name, "")), **more)

    types = [*TYPES, *MORE_TYPES] if kind == "question" else [("", "как выше"), *TYPES]
    chosen = value.get("type", "")
    lists: Options = [("", "не выбран"), *_named(document.get("choices", {}))]
    said = str(value.get("required", "")).lower()
    found = [line("type", "Тип", kind="select", options=types)]
    if chosen in ("choice", "multi_choice"):
        found.append(line("choices", "Список ответов", kind="select", options=lists))
    if chosen == "decimal":
        found.append(line("decimals", "Знаков после запятой"))
    if chosen in ("text", "long_text"):
        found.append(line("max_length", "Знаков не больше"))
    if chosen in ("integer", "decimal", "scale"):
        found += [line("minimum", "Не меньше"), line("maximum", "Не больше")]
    if chosen in ("integer", "decimal"):
        negative = "true" if value.get("allow_negative") else ""
        found.append(Field("value.allow_negative", "Бывает отрицательным", negative, "flag"))
    return [
        *found,
        Field("value.unit", "Единица измерения", _unit(value), help="Например: человек"),
        Field("value.required", "Обязательно", said, "select", YES_NO),
        line("computed", "Вычисляется", kind="long", help=COMPUTED),
        line("prefill", "Известное значение", help=PREFILLED),
        line("summary", "В своде", kind="select", options=SUMMARIES),
    ]  # fmt: skip
