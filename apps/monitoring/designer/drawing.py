"""The designer's page, piece by piece: what an edit has changed is drawn anew and nothing else."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import Any

from apps.monitoring.designer.blocks import HEAD, LISTS, RELATIONS, id_of
from apps.monitoring.designer.places import Path, node_at, text_of
from apps.monitoring.designer.tables import levels_of

Node = dict[str, Any]
SHORT = {
    "integer": "", "decimal": "0,0", "choice": "список", "yes_no": "да/нет", "text": "текст", "date": "дата",
}  # fmt: skip
WORDS = {"section": "Раздел", "table": "Таблица", "open_table": "Открытая таблица", "question": "Вопрос",
         "note": "Пояснение"}  # fmt: skip


def draw(document: Any, path: Path) -> str:
    """The piece at a path (see `blocks`), as HTML; every word of the form is escaped."""
    if path == HEAD:
        return _head(document)
    if path == LISTS:
        return _lists(document)
    if path == RELATIONS:
        return _relations(document)
    if not path:
        return _body(document)
    if path[-2] == "sections":
        return _section(node_at(document, path), path)
    if path[-2] == "rows":
        table = node_at(document, path[:-2])
        return _row(table, path, _crosses(table), _cells(table))
    return _item(node_at(document, path), path)


def _field(path: Path, name: str, label: str, value: str, css: str = "", *, long: bool = False) -> str:
    common = (
        f' id="{id_of(path)}-{name}" data-path="{text_of(path)}" data-field="{name}"'
        f' aria-label="{escape(label)}" autocomplete="off"'
    )
    if long:
        return f'<textarea class="form-control {css}" rows="2"{common}>\n{escape(value)}</textarea>'
    return f'<input class="form-control {css}" type="text"{common} value="{escape(value)}">'


def _button(words: str, op: str, path: Path, label: str = "", **given: Any) -> str:
    extra = "".join(f' data-{name}="{escape(str(value))}"' for name, value in given.items())
    name = f' aria-label="{escape(label)}"' if label else ""
    return (
        f'<button class="btn btn-sm btn-outline-secondary" type="button" data-op="{op}"'
        f' data-path="{text_of(path)}" id="{id_of(path)}-{op}{given.get("kind", "")}{given.get("to", "")}"'
        f"{name}{extra}>{words}</button>"
    )


def tools(path: Path, name: str, *, panel: bool = True) -> str:
    """The buttons every part has."""
    at = int(path[-1])
    buttons = [_button("Свойства", "panel", path, f"Свойства: {name}")] if panel else []
    if at:
        buttons.append(_button("Вверх", "move", path, f"Вверх: {name}", to=at - 1))
    buttons += [
        _button("Вниз", "move", path, f"Вниз: {name}", to=at + 1),
        _button("Копировать", "copy", path, f"Копировать: {name}"),
        _button("Удалить", "delete", path, f"Удалить: {name}"),
    ]
    return f'<div class="dz-tools">{"".join(buttons)}</div>'


def _head(document: Any) -> str:
    title = _field((), "title", "Название формы", document.get("title", ""))
    return (
        f'<div class="dz-form" id="{id_of(HEAD)}"><span aria-hidden="true">Название формы</span>{title}'
        f"{_button('Свойства формы', 'panel', ())}</div>"
    )


def _body(document: Any) -> str:
    sections = "".join(_section(one, ("sections", i)) for i, one in enumerate(document["sections"]))
    add = _button("Добавить раздел", "add", ("sections",), kind="section")
    return (
        f'<div id="d">{_head(document)}{sections}<div class="dz-add">{add}</div>'
        f"{_relations(document)}{_lists(document)}</div>"
    )


def _section(section: Node, path: Path) -> str:
    name = f"раздел {section.get('code', '')}"
    items = "".join(_item(one, (*path, "items", i)) for i, one in enumerate(section.get("items", ())))
    inner = "".join(
        _section(one, (*path, "sections", i)) for i, one in enumerate(section.get("sections", ()))
    )
    return (
        f'<section class="dz-section" id="{id_of(path)}" aria-label="{escape(name.capitalize())}">'
        f'<div class="dz-line"><span class="dz-kind">Раздел</span>'
        f"{_field(path, 'code', f'Код: {name}', section.get('code', ''), 'dz-code')}"
        f"{_field(path, 'title', f'Название: {name}', section.get('title', ''), 'dz-title')}</div>"
        f"{tools(path, name)}{items}{_adding(path)}{inner}</section>"
    )


def _adding(path: Path) -> str:
    items = (*path, "items")
    kinds = (("таблицу", "table"), ("открытую таблицу", "open_table"), ("вопрос", "question"),
             ("пояснение", "note"))  # fmt: skip
    buttons = "".join(_button(f"Добавить {word}", "add", items, kind=kind) for word, kind in kinds)
    buttons += _button("Добавить подраздел", "add", (*path, "sections"), kind="section")
    paste = _paste(
        path,
        "paste_table",
        "Вставить таблицу из Excel",
        "Первая строка — названия граф, первый столбец — названия строк; второй столбец «№ строки» или «Код»"
        " даёт коды, «X» отмечает клетку.",
    )
    return f'<div class="dz-add">{buttons}</div>{paste}{_library(items, "question")}'


def _paste(path: Path, op: str, words: str, help_text: str) -> str:
    key = f"{id_of(path)}-{op}"
    return (
        f'<details class="dz-paste"><summary>{words}</summary><label for="{key}-text">{help_text}</label>'
        f'<textarea class="form-control" rows="5" id="{key}-text"></textarea>'
        f'<button class="btn btn-sm btn-primary" type="button" data-op="{op}" data-path="{text_of(path)}"'
        f' data-text="{key}-text" id="{key}">Вставить</button></details>'
    )


def _library(path: Path, kind: str) -> str:
    """Puts an element of the library into the list at a path, as a row or a question."""
    key = f"{id_of(path)}-element"
    return (
        f'<details class="dz-paste"><summary>Взять из библиотеки показателей</summary>'
        f'<label for="{key}-code">Показатель: наберите часть названия и выберите из списка</label>'
        f'<input class="form-control dz-title" type="text" list="dz-elements" autocomplete="off"'
        f' id="{key}-code"><button class="btn btn-sm btn-primary" type="button" data-op="add"'
        f' data-path="{text_of(path)}" data-kind="{kind}" data-elementfrom="{key}-code" id="{key}">'
        f"Добавить</button></details>"
    )


def _item(item: Node, path: Path) -> str:
    kind, at = item["type"], int(path[-1]) + 1
    name = f"{WORDS[kind].lower()} {item.get('code') or at}"
    if kind == "note":
        inner = _field(path, "text", f"Текст: {name}", item.get("text", ""), long=True)
    else:
        code = _field(path, "code", f"Код: {name}", item["code"], "dz-code") if kind == "question" else ""
        inner = code + _field(path, "title", f"Название: {name}", item.get("title", ""), "dz-title")
    grid = _grid(item, path, name) if kind in ("table", "open_table") else ""
    return (
        f'<div class="dz-item" id="{id_of(path)}" role="group" aria-label="{escape(name)}">'
        f'<div class="dz-line"><span class="dz-kind">{WORDS[kind]}</span>{inner}</div>'
        f"{tools(path, name)}{grid}</div>"
    )


def _grid(table: Node, path: Path, name: str) -> str:
    is_open = table["type"] == "open_table"
    crosses, cells = _crosses(table), _cells(table)
    rows = "".join(_row(table, (*path, "rows", i), crosses, cells) for i in range(len(table.get("rows", ()))))
    if is_open:
        rows = (
            '<tr><td colspan="2" class="dz-hint">Строки добавит организация</td>'
            + "".join(f'<td class="dz-hint">{_kind_of(one)}</td>' for one in table["columns"])
            + "</tr>"
        )
    buttons = "" if is_open else _button("Добавить строку", "add", (*path, "rows"), kind="row")
    buttons += _button("Добавить графу", "add", (*path, "columns"), kind="column")
    paste = "" if is_open else _paste(
        path,
        "paste_rows",
        "Вставить названия строк из Excel",
        "По названию в строке; после табуляции — код. Два пробела впереди — отступ.",
    ) + _library((*path, "rows"), "row")  # fmt: skip
    return (
        f'<div class="grid-scroll" tabindex="0" role="region" aria-label="Сетка: {escape(name)}">'
        f'<table class="dz-grid"><thead>{_header(table, path)}</thead><tbody>{rows}</tbody></table></div>'
        f'<div class="dz-add">{buttons}</div>{paste}'
    )


def _header(table: Node, path: Path) -> str:
    levels = levels_of(table)
    above = [levels.get(one["code"], ()) for one in table["columns"]]
    lines = []
    for depth in range(max(map(len, above), default=0)):
        cells = ""
        for key, group in groupby(above, key=lambda one: one[: depth + 1] if len(one) > depth else None):
            span = len(list(group))
            cells += (
                f'<th scope="colgroup" colspan="{span}">{escape(key[-1])}</th>'
                if key
                else f'<td colspan="{span}"></td>'
            )
        lines.append(f'<tr><td colspan="2"></td>{cells}</tr>')
    columns = "".join(_column(one, (*path, "columns", i)) for i, one in enumerate(table["columns"]))
    own = (
        '<td colspan="2"></td>'
        if table["type"] == "open_table"
        else '<th scope="col">Строка</th><th scope="col" class="dz-code">Код</th>'
    )
    return f"{''.join(lines)}<tr>{own}{columns}</tr>"


def _handle(path: Path, shown: str, name: str) -> str:
    return (
        '<button class="dz-handle" type="button" draggable="true" data-op="panel"'
        f' data-path="{text_of(path)}"'
        f' id="{id_of(path)}-handle" aria-label="Свойства: {escape(name)}">{shown}</button>'
    )


def _column(column: Node, path: Path) -> str:
    code = column.get("code", "")
    handle = _handle(path, escape(code) or "?", f"графа {code}")
    title = _field(path, "title", f"Название графы {code}", column.get("title", ""), "dz-name", long=True)
    return f'<th scope="col" id="{id_of(path)}">{handle}{title}</th>'


def _crosses(table: Node) -> set[tuple[str, str]]:
    return {(row, column) for row, column in table.get("x", ())}


def _cells(table: Node) -> dict[tuple[str, str], Node]:
    return {(one["row"], one["column"]): one for one in table.get("cells", ())}


def _row(table: Node, path: Path, crosses: set[tuple[str, str]], cells: dict[tuple[str, str], Node]) -> str:
    row = table["rows"][path[-1]]
    code, name = row.get("code", ""), f"строка {row.get('code') or int(path[-1]) + 1}"
    level = min(row.get("level", 0), 6)
    title = _field(path, "title", f"Название: {name}", row.get("title", ""), f"dz-name level-{level}")
    head = (
        f'<tr id="{id_of(path)}" class="kind-{escape(row.get("kind", "plain"))}"><th scope="row">'
        f'<div class="dz-rowhead">{_handle(path, "⋮", name)}{title}</div></th>'
    )
    columns = table["columns"]
    if row.get("kind") == "heading":
        return f'{head}<td colspan="{len(columns) + 1}" class="dz-hint">заголовок</td></tr>'
    field = _field(path, "code", f"Код: {name}", code, "dz-code")
    found = "".join(_cell(table, path, row, one, crosses, cells) for one in columns)
    return f"{head}<td>{field}</td>{found}</tr>"


def _cell(table: Node, path: Path, row: Node, column: Node, crosses: Any, cells: Any) -> str:
    code, number = row.get("code", ""), column.get("code", "")
    own = cells.get((code, number), {})
    is_x = (code, number) in crosses
    shown = "X" if is_x else _kind_of(table, column, row, own)
    mark = " has-own" if own else ""
    return (
        f'<td><button class="dz-cell{mark}" type="button" tabindex="-1" data-op="x"'
        f' data-path="{text_of(path[:-2])}" data-row="{escape(code)}" data-column="{escape(number)}"'
        f' aria-pressed="{"true" if is_x else "false"}"'
        f' aria-label="X: стр. {escape(code)}, гр. {escape(number)}">{shown}</button></td>'
    )


def _kind_of(*levels: Node) -> str:
    """What is asked in a cell, in a word: the nearer level wins."""
    kind, computed = "integer", False
    for one in levels:
        value = one.get("value", {})
        kind, computed = value.get("type", kind), "computed" in value or computed
    return "ƒ" if computed else SHORT.get(kind, "")


def _relations(document: Any) -> str:
    ones = document.get("relations", ())
    lines = "".join(_relation(document, one, ("relations", i)) for i, one in enumerate(ones))
    add = _button("Добавить соотношение", "add", RELATIONS, kind="relation")
    return (
        f'<section class="dz-section" id="{id_of(RELATIONS)}" aria-labelledby="relations-title">'
        f'<h2 id="relations-title">Контрольные соотношения</h2>{lines}'
        f'<div class="dz-add">{add}</div></section>'
    )


def _relation(document: Any, one: Node, path: Path) -> str:
    name = f"соотношение {one.get('code', '')}"
    sections = [
        ("", "раздел назван в тексте"),
        *((s.get("code", ""), f"раздел {s.get('code', '')}") for s in _all(document)),
    ]
    severities = [("error", "обязательное"), ("warning", "предупредительное")]
    text = _field(path, "text", f"Текст: {name}", one.get("text", ""), "dz-relation", long=True)
    message = _field(
        path, "message", f"Что сказать при нарушении: {name}", one.get("message", ""), "dz-title"
    )
    return (
        f'<div class="dz-item" id="{id_of(path)}" role="group" aria-label="{escape(name)}">'
        f'<div class="dz-line">'
        f"{_field(path, 'code', f'Код: {name}', one.get('code', ''), 'dz-code')}"
        f"{_select(path, 'section', f'Раздел: {name}', sections, one.get('section', ''))}"
        f"{_select(path, 'severity', f'Вид: {name}', severities, one.get('severity', ''))}</div>{text}"
        f'<div class="dz-checked" id="{id_of(path)}-checked" aria-live="polite"></div>'
        f'<div class="dz-line"><span>Сообщение</span>{message}</div>{tools(path, name)}</div>'
    )


def _all(document: Any) -> list[Node]:
    found: list[Node] = []
    rest = list(document.get("sections", ()))
    while rest:
        one = rest.pop(0)
        found.append(one)
        rest = [*one.get("sections", ()), *rest]
    return found


def _select(path: Path, name: str, label: str, options: list[tuple[str, str]], value: str) -> str:
    shown = "".join(
        f'<option value="{escape(code)}"{" selected" if code == value else ""}>{escape(words)}</option>'
        for code, words in options
    )
    return (
        f'<select class="form-select" id="{id_of(path)}-{name}" data-path="{text_of(path)}"'
        f' data-field="{name}" aria-label="{escape(label)}">{shown}</select>'
    )


def _lists(document: Any) -> str:
    lists = "".join(
        _list("choices", code, "", "\n".join(f"{one['title']}\t{one['code']}" for one in ones))
        for code, ones in document.get("choices", {}).items()
    )
    return (
        f'<section class="dz-section" id="{id_of(LISTS)}" aria-labelledby="lists-title">'
        f'<h2 id="lists-title">Списки ответов</h2>{lists}{_list("choices", "", "", "")}</section>'
    )


def _list(op: str, code: str, title: str, text: str) -> str:
    """The answers of a list, one a line; the last one of the page makes a new list."""
    key = f"d-{op}-{code}" if code else f"d-{op}-new_"
    shown = escape(code) or "новый список"
    heading = f"Список {shown}" if code else "Добавить список ответов"
    name = "" if code else (
        f'<label for="{key}-code">Имя списка латинскими буквами</label>'
        f'<input class="form-control dz-title" type="text" id="{key}-code" autocomplete="off">'
    )  # fmt: skip
    return (
        f'<details class="dz-paste"><summary>{heading}</summary>'
        f'{name}<label for="{key}-text">Ответы списка «{shown}»: по одному в строке, после табуляции — код.'
        f' Пустой текст удаляет список.</label><textarea class="form-control" rows="5" id="{key}-text">\n'
        f"{escape(text)}</textarea>"
        f'<button class="btn btn-sm btn-primary" type="button" data-op="{op}" data-path=""'
        f' data-text="{key}-text" data-code="{escape(code)}" data-codefrom="{key}-code"'
        f' id="{key}">Сохранить список</button></details>'
    )
