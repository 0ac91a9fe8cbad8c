"""The edits of a form: each a small JSON command, applied by a pure function."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from apps.monitoring.designer import fields, fresh, pasting, tables
from apps.monitoring.designer.places import (
    GONE,
    LISTS,
    Misplaced,
    Path,
    kind_at,
    list_at,
    node_at,
    path_of,
    replaced,
    sections_of,
)

Command = dict[str, Any]
IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9_-]{0,49}")


def apply(document: dict[str, Any], command: Command) -> dict[str, Any]:
    """The document after an edit; the given one is left as it was. Raises `Misplaced` with a sentence.

    A command is `{"op": …, "path": "sections.0.items.1", …}`: `add`, `set`, `move`, `copy`, `delete` for any
    node; `x`, `cell` for a cell of a table; `paste_rows`, `paste_table`; `choices`, `dimension` for lists.
    """
    work = OPERATIONS.get(command.get("op", "")) if isinstance(command, dict) else None
    if work is None:
        raise Misplaced("Неизвестное действие.")
    return work(document, path_of(command.get("path", "")), command)


def add(document: Any, path: Path, command: Command) -> Any:
    """A new node in the list at `path`, before place `at` (at the end without it), with `fields` if given."""
    ones, kind = list_at(document, path), command.get("kind")
    if kind not in LISTS[str(path[-1])]:
        raise Misplaced("Сюда это не добавляется.")
    at = _place(command.get("at"), len(ones))
    node = fresh.new_node(document, path, kind, at)
    if isinstance(command.get("fields"), dict):
        node = fields.changed(node, kind, command["fields"])
    return _with_list(document, path, [*ones[:at], node, *ones[at:]])


def _place(at: Any, end: int) -> int:
    return min(at, end) if isinstance(at, int) and at >= 0 else end


def _with_list(document: Any, path: Path, ones: list[Any]) -> Any:
    """The list at the path replaced; the header of a table keeps to its columns."""
    if path[-1] != "columns":
        return replaced(document, path, ones)
    table = node_at(document, path[:-1])
    levels = tables.levels_of(table)
    return replaced(document, path[:-1], tables.with_levels({**table, "columns": ones}, levels))


def change(document: Any, path: Path, command: Command) -> Any:
    """Fields of a node typed anew."""
    kind, typed = kind_at(document, path), command.get("fields")
    if not isinstance(typed, dict):
        raise Misplaced(GONE)
    node, rest = node_at(document, path), {key: one for key, one in typed.items() if key != "over"}
    new = fields.changed(node, kind, rest)
    if kind == "row":
        new = _row(document, path, node, new)
    result = replaced(document, path, new)
    if kind in ("row", "column"):
        result = _followed(result, path, kind, node, new, typed.get("over"))
    return result


def renew(document: Any, path: Path, command: Command) -> Any:
    """The same `fields` for every row and question that names the element, wherever it stands."""
    code, given = command.get("element"), command.get("fields")
    if not isinstance(given, dict) or not code:
        raise Misplaced(GONE)
    for at in _named(document, code):
        kind, node = kind_at(document, at), node_at(document, at)
        document = replaced(document, at, fields.changed(node, kind, given))
    return document


def _named(document: Any, element: str) -> list[Path]:
    """Paths of the rows and questions that name an element of the library."""
    found: list[Path] = []
    for path, section in sections_of(document):
        for index, item in enumerate(section.get("items", ())):
            at = (*path, "items", index)
            if item.get("element") == element:
                found.append(at)
            rows = enumerate(item.get("rows", ()))
            found += [(*at, "rows", place) for place, row in rows if row.get("element") == element]
    return found


def _row(document: Any, path: Path, old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """A heading has no code; what is no longer a heading gets one."""
    if new.get("kind") == "heading":
        return {key: one for key, one in new.items() if key != "code"}
    if "code" not in new:
        section = node_at(document, path[:-4])
        return {**new, "code": fresh.next_code(fresh.row_codes(section), "00")}
    return new


def _followed(document: Any, path: Path, kind: str, old: Any, new: Any, over: Any) -> Any:
    table = node_at(document, path[:-2])
    before, after = old.get("code", ""), new.get("code", "")
    levels = tables.levels_of(table)
    if before and before != after and not _is_left(table, kind, before):
        table = tables.recoded(table, kind, before, after) if after else tables.without(table, kind, before)
        if kind == "column" and before in levels:
            levels[after] = levels.pop(before)
    if over is not None and kind == "column":
        levels[after] = tables.read_levels(over)
    if kind == "column":
        table = tables.with_levels(table, levels)
    return replaced(document, path[:-2], table)


def _is_left(table: Any, kind: str, code: str) -> bool:
    """Whether another row or column still bears the code."""
    return code in fresh.codes_of(table.get(f"{kind}s", ()))


def move(document: Any, path: Path, command: Command) -> Any:
    """A node to place `to` of its list."""
    node = node_at(document, path)
    kind_at(document, path)
    ones, to = list_at(document, path[:-1]), command.get("to")
    if not isinstance(to, int) or not 0 <= to < len(ones):
        raise Misplaced("Дальше переставить нельзя.")
    others = [one for index, one in enumerate(ones) if index != path[-1]]
    return _with_list(document, path[:-1], [*others[:to], node, *others[to:]])


def delete(document: Any, path: Path, command: Command) -> Any:
    kind, node = kind_at(document, path), node_at(document, path)
    if not path:
        raise Misplaced("Форму целиком удаляют на её карточке.")
    ones = [one for index, one in enumerate(list_at(document, path[:-1])) if index != path[-1]]
    result = _with_list(document, path[:-1], ones)
    if kind in ("row", "column"):
        table = node_at(result, path[:-2])
        code = node.get("code", "")
        if code and not _is_left(table, kind, code):
            result = replaced(result, path[:-2], tables.without(table, kind, code))
    return result


def copy(document: Any, path: Path, command: Command) -> Any:
    """A copy after the node, with codes of its own."""
    kind, node = kind_at(document, path), node_at(document, path)
    if not path:
        raise Misplaced("Форму целиком копируют на её карточке.")
    ones, at = list_at(document, path[:-1]), int(path[-1]) + 1
    new = _copied(document, path, kind, node)
    result = _with_list(document, path[:-1], [*ones[:at], new, *ones[at:]])
    if kind in ("row", "column") and node.get("code"):
        table = node_at(result, path[:-2])
        levels = tables.levels_of(table)
        table = tables.doubled(table, kind, node["code"], new["code"])
        if kind == "column":
            levels[new["code"]] = levels.get(node["code"], ())
            table = tables.with_levels(table, levels)
        result = replaced(result, path[:-2], table)
    return result


def _copied(document: Any, path: Path, kind: str, node: dict[str, Any]) -> dict[str, Any]:
    if kind == "section":
        return _copied_section(node, fresh.section_codes(document), fresh.question_codes(document))
    if kind == "table":
        return _copied_table(node, fresh.row_codes(node_at(document, path[:-2])))
    taken = {
        "question": lambda: fresh.question_codes(document),
        "row": lambda: fresh.row_codes(node_at(document, path[:-4])),
        "column": lambda: fresh.codes_of(list_at(document, path[:-1])),
        "relation": lambda: fresh.codes_of(document["relations"]),
    }
    if kind not in taken or not node.get("code"):
        return dict(node)
    return {**node, "code": fresh.next_code(taken[kind](), node["code"])}


def _copied_table(table: dict[str, Any], taken: list[str]) -> dict[str, Any]:
    """Rows of a section have codes of their own, so those of a copied table go on counting."""
    rows, new = [], dict(table)
    names: dict[str, str] = {}
    for row in table["rows"]:
        if row.get("code"):
            names[row["code"]] = fresh.next_code(taken, row["code"])
            taken.append(names[row["code"]])
            row = {**row, "code": names[row["code"]]}
        rows.append(row)
    new["rows"] = rows
    if "x" in table:
        new["x"] = [[names.get(row, row), column] for row, column in table["x"]]
    if "cells" in table:
        new["cells"] = [{**one, "row": names.get(one["row"], one["row"])} for one in table["cells"]]
    return new


def _copied_section(node: dict[str, Any], sections: list[str], questions: list[str]) -> dict[str, Any]:
    new = {key: one for key, one in node.items() if key != "number"}
    new["code"] = fresh.next_code(sections, node["code"])
    sections.append(new["code"])
    items = []
    for item in node.get("items", ()):
        if item["type"] == "question":
            item = {**item, "code": fresh.next_code(questions, item["code"])}
            questions.append(item["code"])
        items.append(item)
    new["items"] = items
    if node.get("sections"):
        new["sections"] = [_copied_section(one, sections, questions) for one in node["sections"]]
    return new


def _table(document: Any, path: Path, kinds: tuple[str, ...] = ("table",)) -> Any:
    if kind_at(document, path) not in kinds:
        raise Misplaced(GONE)
    return node_at(document, path)


def cross(document: Any, path: Path, command: Command) -> Any:
    table = _table(document, path)
    return replaced(document, path, tables.crossed(table, command.get("row"), command.get("column")))


def cell(document: Any, path: Path, command: Command) -> Any:
    table, typed = _table(document, path), command.get("fields")
    if not isinstance(typed, dict):
        raise Misplaced(GONE)
    new = tables.with_cell(table, command.get("row"), command.get("column"), typed)
    return replaced(document, path, new)


def paste_rows(document: Any, path: Path, command: Command) -> Any:
    """Names of rows after the last one; the first row nobody has touched goes."""
    table, section = _table(document, path), node_at(document, path[:-2])
    old = table["rows"]
    if len(old) == 1 and old[0] == {"code": old[0].get("code"), "title": "Новая строка"}:
        section = {**section, "items": [one for one in section["items"] if one is not table]}
        table, old = {key: one for key, one in table.items() if key not in ("x", "cells")}, []
    codes = fresh.codes_of(old)
    rows = pasting.pasted_rows(section, command.get("text"), codes[-1] if codes else "00")
    if len(old) + len(rows) > pasting.MOST_ROWS:
        raise Misplaced(f"В таблице не больше {pasting.MOST_ROWS} строк.")
    return replaced(document, path, {**table, "rows": [*old, *rows]})


def paste_table(document: Any, path: Path, command: Command) -> Any:
    """A whole table at the end of a section (`path` of the section)."""
    section = _table(document, path, ("section",))
    table = pasting.pasted_table(section, command.get("text"))
    return replaced(document, path, {**section, "items": [*section.get("items", ()), table]})


def _identifier(command: Command) -> str:
    code = command.get("code")
    if not isinstance(code, str) or not IDENTIFIER.fullmatch(code):
        raise Misplaced("Имя списка — латинские строчные буквы, цифры, дефис, до 50 знаков.")
    return code


def choices(document: Any, path: Path, command: Command) -> Any:
    """A list of answers by its name; an empty text removes it."""
    code, text = _identifier(command), command.get("text", "")
    lists = {key: one for key, one in document.get("choices", {}).items() if key != code}
    if isinstance(text, str) and text.strip():
        lists[code] = pasting.pasted_choices(text)
    rest = {key: one for key, one in document.items() if key != "choices"}
    return {**rest, "choices": lists} if lists else rest


def dimension(document: Any, path: Path, command: Command) -> Any:
    """Values a section is repeated for, or the branches of the organisation; neither removes it."""
    code, text = _identifier(command), command.get("text", "")
    found = {key: one for key, one in document.get("dimensions", {}).items() if key != code}
    title = fields.cleaned(command.get("title", ""), 2000) or code
    if command.get("branches") is True:
        found[code] = {"title": title, "source": "branches"}
    elif isinstance(text, str) and text.strip():
        found[code] = {"title": title, "values": pasting.pasted_choices(text)}
    rest = {key: one for key, one in document.items() if key != "dimensions"}
    return {**rest, "dimensions": found} if found else rest


OPERATIONS: dict[str, Callable[[Any, Path, Command], Any]] = {
    "add": add, "set": change, "renew": renew, "move": move, "copy": copy, "delete": delete, "x": cross,
    "cell": cell, "paste_rows": paste_rows, "paste_table": paste_table, "choices": choices,
    "dimension": dimension,
}  # fmt: skip
