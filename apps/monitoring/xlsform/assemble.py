"""The tree of a survey into a document of our definition: sections, tables, open tables, questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from apps.monitoring.relations import nodes as n
from apps.monitoring.xlsform.choices import Answers, with_other
from apps.monitoring.xlsform.fields import KIND_OF, is_asked, value_of
from apps.monitoring.xlsform.names import Codes
from apps.monitoring.xlsform.problems import Problems
from apps.monitoring.xlsform.rules import Rules, target_of, targets_note
from apps.monitoring.xlsform.survey import GROUP, MATRIX, QUESTION, REPEAT, SELECTS, SERVICE, UNASKED, Entry
from apps.monitoring.xlsform.translate import Scope, Target
from apps.monitoring.xlsform.workbook import SURVEY

MAX_ITEMS = 150
ANSWER = "1"
"""Code of the only column of a table made of a list of statements."""

Document = dict[str, Any]


class Assembler:
    """One pass gives codes and targets, the next builds; so an expression may name a later question."""

    def __init__(self, lists: Mapping[str, Answers], problems: Problems) -> None:
        self.lists = lists
        self.problems = problems
        self.sections = Codes()
        self.questions = Codes()
        self.targets: dict[str, Target] = {}
        self.missing: dict[str, str] = {}
        self.calculations: dict[str, str] = {}
        self.values: dict[int, Document] = {}
        self.rules = Rules(Scope(self.targets, self.calculations, self.missing), lists, problems)

    # -- first pass ---------------------------------------------------------------------------

    def name_all(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self._name(entry)

    def _name(self, entry: Entry) -> None:
        if entry.kind == QUESTION:
            self._name_question(entry)
            return
        entry.code = self.sections.take(entry.hints.get("code") or entry.name)
        if entry.kind == REPEAT:
            self._name_columns(entry)
        elif entry.kind == MATRIX:
            for child in entry.children:
                self.missing[child.name] = "Ячейки матрицы в выражениях не называются"
        elif is_grid(entry):
            self._name_grid(entry)
        elif is_statements(entry):
            self._name_statements(entry)
        else:
            self.name_all(entry.children)

    def _name_question(self, entry: Entry) -> None:
        if entry.type in SERVICE or not is_asked(entry) or entry.type == "note":
            self.missing[entry.name] = targets_note(entry)
        elif entry.type == "calculate":
            self.calculations[entry.name] = entry.line.get("calculation")
            entry.code = self.questions.take(entry.hints.get("code") or entry.name)
        else:
            if entry.has_other:
                with_other(self.lists[entry.answers])
            entry.code = self.questions.take(entry.hints.get("code") or entry.name)
            self._aim(entry, n.Question(entry.code), in_table=False)
        if entry.code and entry.code != entry.name and not entry.hints.get("code"):
            told = f"Имя «{entry.name[:60]}» записано как «{entry.code}»."
            self.problems.note(SURVEY, entry.row, "name", told)

    def _aim(self, entry: Entry, node: n.Question | n.Ref, *, in_table: bool, repeat: str = "") -> None:
        value = value_of(entry, self.lists, self.problems, in_table=in_table)
        self.values[id(entry)] = value
        if entry.name in self.targets or entry.name in self.missing:
            self.targets.pop(entry.name, None)
            self.missing[entry.name] = f"Вопросов с именем «{entry.name[:60]}» несколько"
            return
        self.targets[entry.name] = target_of(entry, node, KIND_OF[value["type"]], self.lists, repeat)

    def _name_columns(self, repeat: Entry) -> None:
        codes = Codes()
        for entry in [one for child in repeat.children for one in child.walk()]:
            if entry.kind != QUESTION or not _is_cell(entry) or self._is_inside(entry, repeat):
                self.missing[entry.name] = targets_note(entry)
                continue
            entry.code = codes.take(entry.hints.get("code") or entry.name)
            place = n.Ref(columns=_one(entry.code), section=repeat.code)
            self._aim(entry, place, in_table=True, repeat=repeat.code)

    def _is_inside(self, entry: Entry, repeat: Entry) -> bool:
        return entry.repeat is not repeat

    def _name_grid(self, group: Entry) -> None:
        rows = Codes()
        for row in group.children:
            row.code = rows.take(row.hints.get("code") or row.name)
            for cell in row.children:
                cell.code = cell.hints.get("code") or cell.name
                place = n.Ref(_one(row.code), _one(cell.code), section=group.code)
                self._aim(cell, place, in_table=True)

    def _name_statements(self, group: Entry) -> None:
        rows = Codes()
        for entry in statements_of(group):
            entry.code = rows.take(entry.hints.get("code") or entry.name)
            self._aim(entry, n.Ref(_one(entry.code), _one(ANSWER), section=group.code), in_table=True)

    # -- second pass --------------------------------------------------------------------------

    def sections_of(self, entries: list[Entry], title: str) -> list[Document]:
        """Sections of the top level; questions outside any group make sections of their own."""
        found: list[Document] = []
        loose: list[Entry] = []
        for entry in entries:
            if entry.kind == QUESTION:
                loose.append(entry)
                continue
            self._loose(found, loose, title)
            loose = []
            found.append(self._section(entry))
        self._loose(found, loose, title)
        return [one for one in found if one.get("items") or one.get("sections")]

    def _loose(self, found: list[Document], entries: list[Entry], title: str) -> None:
        items = [item for entry in entries for item in self._items(entry)]
        for start in range(0, len(items), MAX_ITEMS):
            code = self.sections.take("q")
            found.append({"code": code, "title": title[:2000], "items": items[start : start + MAX_ITEMS]})

    def _section(self, entry: Entry) -> Document:
        section: Document = {"code": entry.code, "title": entry.title}
        if entry.hints.get("number"):
            section["number"] = entry.hints["number"][:40]
        if entry.line.get("hint"):
            section["text"] = entry.line.get("hint")[:10_000]
        self.rules.condition(entry, section, entry.code)
        if entry.kind == REPEAT:
            section["items"] = [self._open_table(entry)]
        elif entry.kind == MATRIX:
            section["items"] = [self._matrix(entry)]
        elif is_grid(entry):
            section["items"] = [self._grid(entry)]
        elif is_statements(entry):
            section["items"] = [self._statements(entry)]
        else:
            self._fill(section, entry)
        return section

    def _fill(self, section: Document, group: Entry) -> None:
        """Items stand before subsections; what comes after one goes into a subsection «продолжение»."""
        first: list[Entry] = []
        rest = list(group.children)
        while rest and rest[0].kind == QUESTION and len(first) < MAX_ITEMS:
            first.append(rest.pop(0))
        items = [item for one in first for item in self._items(one)]
        if items:
            section["items"] = items[:200]
        children = self.sections_of(rest, f"{group.title[:1900]} (продолжение)")
        if children:
            section["sections"] = children

    def _items(self, entry: Entry) -> list[Document]:
        if entry.type in SERVICE:
            self.problems.note(SURVEY, entry.row, "type", f"Служебная строка «{entry.type}» не перенесена.")
            return []
        if entry.type == "note":
            return [self._note(entry)]
        if not is_asked(entry):
            return [self._unasked(entry)]
        if entry.type == "calculate":
            return self._calculated(entry)
        return self._question(entry)

    def _note(self, entry: Entry) -> Document:
        text = "\n".join(filter(None, [entry.line.get("label") or entry.name, entry.line.get("hint")]))
        note: Document = {"type": "note", "text": text[:10_000]}
        if entry.line.get("relevant"):
            self.rules.condition(entry, note, "")
        return note

    def _unasked(self, entry: Entry) -> Document:
        what = UNASKED[entry.type]
        self.problems.warning(SURVEY, entry.row, "type", f"Портал не спрашивает: {what}. Оставлена пометка.")
        self.missing[entry.name] = targets_note(entry)
        for column in ("relevant", "constraint"):
            self.rules.refused(entry, column, targets_note(entry))
        return {"type": "note", "text": f"Не перенесено из XLSForm ({what}): {entry.title}"}

    def _calculated(self, entry: Entry) -> list[Document]:
        item: Document = {
            "type": "question", "code": entry.code, "title": entry.title, "value": {},
        }  # fmt: skip
        value = value_of(entry, self.lists, self.problems, in_table=False)
        value = {key: one for key, one in value.items() if key != "required"} | {"allow_negative": True}
        item["value"] = value
        if not self.rules.formula(entry, value, entry.code):
            return []
        return [item]

    def _question(self, entry: Entry) -> list[Document]:
        value = self.values[id(entry)]
        item: Document = {"type": "question", "code": entry.code, "title": entry.title, "value": value}
        if entry.line.get("hint"):
            item["help"] = entry.line.get("hint")[:10_000]
        if entry.line.get("calculation") and value["type"] in ("integer", "decimal"):
            self.rules.formula(entry, value, entry.code)
        else:
            self.rules.refused(entry, "calculation", "Вычисляются только числа")
        self.rules.condition(entry, item, entry.code)
        self.rules.relations_of(entry)
        return [item, *self._other(entry)]

    def _other(self, entry: Entry) -> list[Document]:
        if not entry.has_other:
            return []
        code = self.questions.take(f"{entry.code[:14]}_other")
        answer = self.lists[entry.answers].codes["other"]
        word = "содержит" if entry.type == "select_multiple" else "="
        name = entry.code if entry.code.isascii() else f"«{entry.code}»"
        item = {"type": "question", "code": code, "title": "Другое: укажите", "value": {"type": "text"}}
        return [{**item, "when": f"вопрос {name} {word} «{answer}»"}]

    # -- tables -------------------------------------------------------------------------------

    def _open_table(self, repeat: Entry) -> Document:
        columns: list[Document] = []
        for entry in [one for child in repeat.children for one in child.walk()]:
            if entry.kind != QUESTION:
                self._inner_group(entry)
            elif self._is_inside(entry, repeat) or entry.type in SERVICE:
                continue
            elif _is_cell(entry) and len(columns) < 100:
                columns.append(self._column(entry))
            else:
                told = f"В перечне такой вопрос ({entry.type}) не спрашивается: «{entry.title[:100]}»."
                self.problems.warning(SURVEY, entry.row, "type", told)
                for column in ("relevant", "constraint", "calculation"):
                    self.rules.refused(entry, column, "Вопрос перечня не перенесён")
        if not columns:
            self.problems.error(
                SURVEY, repeat.row, "type", "В повторении нет вопросов, которые можно перенести."
            )
        numeric = any(one["value"]["type"] in ("integer", "decimal") for one in columns)
        total = repeat.hints.get("total", "1" if numeric else "0") == "1"
        table: Document = {"type": "open_table", "columns": columns, "total": total}
        return table | self._row_limits(repeat)

    def _inner_group(self, entry: Entry) -> None:
        if entry.kind == REPEAT:
            self.problems.warning(SURVEY, entry.row, "type", "Повторение внутри повторения не перенесено.")
        self.rules.refused(entry, "relevant", "У столбцов перечня нет условия показа")

    def _row_limits(self, repeat: Entry) -> Document:
        limits: Document = {"min_rows": 0, "max_rows": 200}
        for key in limits:
            written = repeat.hints.get(key, "")
            if written.isdecimal() and len(written) <= 4:
                limits[key] = min(max(int(written), 1 if key == "max_rows" else 0), 1000)
        count = repeat.line.get("repeat_count")
        if count.isdecimal() and 1 <= int(count[:5]) <= 1000:
            return {"min_rows": int(count), "max_rows": int(count)}
        self.rules.refused(repeat, "repeat_count", "Число строк перечня задаётся только числом от 1 до 1000")
        return limits

    def _column(self, entry: Entry) -> Document:
        value = self.values[id(entry)]
        column: Document = {"code": entry.code, "title": entry.title, "value": value}
        self.rules.refused(entry, "relevant", "У столбцов перечня нет условия показа")
        if value["type"] in ("integer", "decimal"):
            repeat = entry.repeat
            address = f"{repeat.code if repeat else ''}/n*/{entry.code}"
            self.rules.formula(entry, value, address)
        self.rules.relations_of(entry)
        return column

    def _matrix(self, matrix: Entry) -> Document:
        """A matrix of KoboToolbox: rows are answers of a list, columns its questions."""
        answers = self.lists[matrix.answers]
        codes = Codes()
        columns = []
        for entry in matrix.children:
            if entry.kind == QUESTION and _is_cell(entry):
                value = value_of(entry, self.lists, self.problems, in_table=True)
                columns.append({"code": codes.take(entry.name), "title": entry.title, "value": value})
            for column in ("relevant", "constraint", "calculation"):
                self.rules.refused(entry, column, "Ячейки матрицы в выражениях не называются")
        if not columns:
            self.problems.error(SURVEY, matrix.row, "type", "В матрице нет вопросов.")
        rows = Codes()
        return {
            "type": "table",
            "columns": columns,
            "rows": [
                {"code": rows.take(code), "title": answers.titles[name]}
                for name, code in answers.codes.items()
            ],
        }

    def _statements(self, group: Entry) -> Document:
        """A list of statements with one scale of answers: a row for each."""
        entries = statements_of(group)
        value = dict(self.values[id(entries[0])])
        value.pop("required", None)
        rows = []
        for entry in entries:
            row: Document = {"code": entry.code, "title": entry.title}
            if self.values[id(entry)].get("required"):
                row["value"] = {"required": True}
            self.rules.condition(entry, row, f"{group.code}/{entry.code}")
            self.rules.relations_of(entry)
            rows.append(row)
        return {
            "type": "table",
            "columns": [{"code": ANSWER, "title": "Ответ", "value": value}],
            "rows": rows,
        }

    def _grid(self, group: Entry) -> Document:
        """A coded table that our own export has written as a group of rows."""
        columns: dict[str, Document] = {}
        rows, cells, present = [], [], set()
        for row in group.children:
            line: Document = {"code": row.code, "title": row.title}
            if row.hints.get("level", "").isdecimal():
                line["level"] = min(int(row.hints["level"]), 10)
            self.rules.condition(row, line, f"{group.code}/{row.code}")
            rows.append(line)
            for cell in row.children:
                value = self.values[id(cell)]
                if cell.line.get("calculation"):
                    self.rules.formula(cell, value, f"{group.code}/{row.code}/{cell.code}")
                self.rules.relations_of(cell)
                present.add((row.code, cell.code))
                column = columns.setdefault(
                    cell.code, {"code": cell.code, "title": cell.title, "value": dict(value)}
                )
                if value != column["value"]:
                    cells.append({"row": row.code, "column": cell.code, "value": value})
        table: Document = {"type": "table", "columns": list(columns.values()), "rows": rows}
        x = [[row["code"], code] for row in rows for code in columns if (row["code"], code) not in present]
        return table | ({"x": x} if x else {}) | ({"cells": cells} if cells else {})


def _one(code: str) -> n.Selection:
    return n.Selection((n.CodeRange(code),))


def _is_cell(entry: Entry) -> bool:
    return is_asked(entry) and entry.type not in SERVICE and entry.type not in ("note", "calculate")


def is_grid(group: Entry) -> bool:
    """A table of our own export: groups of rows, in each of them cells."""
    rows = group.children
    return (
        group.hints.get("kind") == "table"
        and bool(rows)
        and all(row.kind == GROUP and row.children for row in rows)
        and all(cell.kind == QUESTION and _is_cell(cell) for row in rows for cell in row.children)
    )


def statements_of(group: Entry) -> list[Entry]:
    """The rows of a list of statements, without the line that only shows the answers."""
    return [one for one in group.children if one.line.get("appearance") != "label"]


def is_statements(group: Entry) -> bool:
    """`table-list`, or the older pair of `label` and `list-nolabel`: one list asked of each statement."""
    appearances = {one.line.get("appearance") for one in group.children}
    marked = "table-list" in group.line.get("appearance") or "list-nolabel" in appearances
    rows = statements_of(group)
    same = {(one.kind, one.type, one.answers) for one in rows}
    return marked and len(same) == 1 and next(iter(same))[:2] == (QUESTION, SELECTS[0])
