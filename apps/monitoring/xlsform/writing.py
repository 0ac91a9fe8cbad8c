"""Our form as an XLSForm workbook, with a list of what did not fit.

The column `imo` keeps our own codes beside the names of XLSForm; other programs leave it alone.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from apps.core.exports import Sheet, write_xlsx
from apps.monitoring.definition import Form, Note, OpenTable, Question, RelationSpec, Section, Spec, Table
from apps.monitoring.definition.model import merged
from apps.monitoring.relations import RelationError, parse, parse_condition, parse_expression
from apps.monitoring.relations import nodes as n
from apps.monitoring.xlsform.names import NAME
from apps.monitoring.xlsform.outward import Names, Unfit, to_xpath

COLUMNS = (
    "type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message",
    "calculation", "appearance", "parameters", "repeat_count", "imo",
)  # fmt: skip
YES_NO = "imo_yes_no"
_SPOKEN = ("hint", "constraint_message")
"""Texts in which `${` would be taken for the name of a question."""
_SIMPLE = {"integer": "integer", "decimal": "decimal", "date": "date", "text": "text", "long_text": "text"}


@dataclass(frozen=True, slots=True)
class Misfit:
    """What XLSForm could not carry: where in our form, and what."""

    place: str
    told: str


@dataclass
class _Writer:
    form: Form
    rows: list[dict[str, str]] = field(default_factory=list)
    misfits: dict[Misfit, None] = field(default_factory=dict)
    questions: dict[str, str] = field(default_factory=dict)
    cells: dict[tuple[str, str, str], str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    constraints: dict[str, RelationSpec] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    asks_yes_no: bool = False

    def missed(self, place: str, told: str) -> None:
        self.misfits[Misfit(place, told)] = None

    # -- names --------------------------------------------------------------------------------

    def name_all(self) -> None:
        for section in self.form.walk():
            self.groups[section.code] = self._name(section.code)
        for section in self.form.walk():
            for item in section.items:
                if isinstance(item, Question):
                    self.questions[item.code] = self._name(item.code)
                elif isinstance(item, OpenTable):
                    for column in item.columns:
                        self.cells[section.code, "", column.code] = self._name(column.code)
                elif isinstance(item, Table):
                    self._name_cells(section.code, item)

    def _name_cells(self, section: str, table: Table) -> None:
        for row in table.rows:
            for column in table.columns:
                if row.kind != "heading" and (row.code, column.code) not in table.x:
                    self.cells[section, row.code, column.code] = self._name(f"{row.code}_{column.code}")

    def _name(self, code: str) -> str:
        wanted = code if NAME.fullmatch(code) else f"_{code}"
        name, number = wanted, 2
        while name.lower() in self.taken:
            name, number = f"{wanted}_{number}", number + 1
        self.taken.add(name.lower())
        return name

    # -- relations ----------------------------------------------------------------------------

    def relate_all(self) -> None:
        """A relation about one question stands as its constraint; the rest is listed."""
        for relation in self.form.relations:
            place = f"соотношение {relation.code}"
            if not relation.enabled:
                self.missed(place, "отключённое соотношение не выгружается")
                continue
            code = _question_of(relation)
            if code is None or code in self.constraints:
                self.missed(place, f"не выгружено: {relation.text[:200]}")
                continue
            self.constraints[code] = relation
            if relation.severity != "error":
                self.missed(place, "предупредительное соотношение станет обязательным")

    def names(self, section: str = "") -> Names:
        return Names(self.questions, self.cells, section)

    def expression(
        self, text: str, place: str, read: Callable[[str], n.Node], section: str, *, premise: bool
    ) -> str:
        """ "" where the text is empty or does not fit, which is then told."""
        if not text:
            return ""
        try:
            return to_xpath(read(text), self.names(section), premise=premise)
        except (Unfit, RelationError) as unfit:
            told = str(unfit) if isinstance(unfit, Unfit) else "не разобрано"
            self.missed(place, f"выражение не выгружено ({told}): {text[:200]}")
            return ""

    # -- rows ---------------------------------------------------------------------------------

    def put(self, type_: str, name: str = "", label: str = "", **cells: str) -> None:
        spoken = {key: cells[key].replace("${", "$ {") for key in _SPOKEN if key in cells}
        row = {"type": type_, "name": name, "label": label.replace("${", "$ {"), **cells}
        self.rows.append(row | spoken)

    def section(self, section: Section) -> None:
        place = f"раздел {section.number}"
        if section.repeat:
            self.missed(place, "повторение раздела по измерению не выгружается")
        if section.unit:
            self.missed(place, "единица измерения не выгружается")
        only = section.items[0] if len(section.items) == 1 and not section.sections else None
        relevant = self.expression(section.when, place, parse_condition, section.code, premise=True)
        more = {"hint": section.text, "relevant": relevant}
        if isinstance(only, OpenTable):
            self.open_table(only, section, self.groups[section.code], section.title, more)
        else:
            kind = "table" if isinstance(only, Table) else ""
            more["imo"] = _hints(section, self.groups[section.code], kind=kind)
            self.put("begin_group", self.groups[section.code], section.title, **more)
            if isinstance(only, Table):
                self.table(only, section)
            else:
                for item in section.items:
                    self.item(item, section)
                for child in section.sections:
                    self.section(child)
            self.put("end_group")

    def item(self, item: Question | Note | Table | OpenTable, section: Section) -> None:
        if isinstance(item, Question):
            self.question(item, section)
        elif isinstance(item, Note):
            relevant = self.expression(item.when, "примечание", parse_condition, section.code, premise=True)
            self.put("note", self._name(f"{self.groups[section.code]}_note"), item.text, relevant=relevant)
        else:
            self.missed(f"раздел {section.number}", "таблица среди вопросов станет подразделом")
            name = self._name(f"{self.groups[section.code]}_table")
            title = item.title or section.title
            if isinstance(item, OpenTable):
                self.open_table(item, section, name, title, {})
                return
            self.put("begin_group", name, title, imo="kind=table")
            self.table(item, section)
            self.put("end_group")

    def question(self, item: Question, section: Section) -> None:
        place = f"вопрос {item.code}"
        name = self.questions[item.code]
        more = {
            "hint": item.help,
            "relevant": self.expression(item.when, place, parse_condition, section.code, premise=True),
        }
        imo = [] if name == item.code else [f"code={item.code}"]
        if item.spec.computed:
            formula = self.expression(
                item.spec.computed, place, parse_expression, section.code, premise=False
            )
            if formula:
                places = str((item.spec.decimals or 1) if item.spec.type == "decimal" else 0)
                imo.append(f"decimals={places}")
                self.put("calculate", name, item.title, **more, calculation=formula, imo="; ".join(imo))
                return
        type_, own = self.typed(item.spec, place, imo)
        own |= self.constraint(item.code, place, own.get("constraint", ""))
        self.put(type_, name, item.title, **more, **own, imo="; ".join(imo))

    def constraint(self, code: str, place: str, bounds: str) -> dict[str, str]:
        relation = self.constraints.get(code)
        if relation is None:
            return {}
        node = parse(relation.text).body
        if isinstance(node, n.Implies):
            node = node.conclusion
        try:
            text = to_xpath(node, self.names(), premise=False).replace(f"${{{self.questions[code]}}}", ".")
        except Unfit as unfit:
            self.missed(place, f"соотношение {relation.code} не выгружено ({unfit})")
            return {}
        joined = f"{bounds} and ({text})" if bounds else text
        return {"constraint": joined, "constraint_message": relation.message}

    def typed(self, spec: Spec, place: str, imo: list[str]) -> tuple[str, dict[str, str]]:
        """The type of a question with its limits; `imo` gets what else brings our type back."""
        for value, told in (
            (spec.unit, "единица измерения"), (spec.prefill, "известное значение"),
            (spec.summary, "правило свода"), (spec.max_length, "наибольшая длина текста"),
        ):  # fmt: skip
            if value:
                self.missed(place, f"{told} не выгружается")
        more = {"required": "yes"} if spec.required else {}
        if spec.type in ("choice", "multi_choice"):
            return f"{'select_one' if spec.type == 'choice' else 'select_multiple'} {spec.choices}", more
        if spec.type == "yes_no":
            self.asks_yes_no = True
            imo.append("kind=yes_no")
            return f"select_one {YES_NO}", more
        if spec.type == "scale":
            return "range", more | {"parameters": f"start={spec.minimum} end={spec.maximum} step=1"}
        if spec.type == "long_text":
            more["appearance"] = "multiline"
        if spec.type == "decimal":
            imo.append(f"decimals={spec.decimals or 1}")
        kind = spec.type or "integer"
        if kind in ("integer", "decimal"):
            more |= _bounds(spec)
        return _SIMPLE[kind], more

    # -- tables -------------------------------------------------------------------------------

    def _told_table(self, table: Table | OpenTable, place: str) -> None:
        if table.header:
            self.missed(place, "шапка в несколько уровней не выгружается")
        if table.title or table.help:
            self.missed(place, "название и пояснение таблицы не выгружаются")

    def open_table(
        self, table: OpenTable, section: Section, name: str, title: str, more: dict[str, str]
    ) -> None:
        place = f"перечень раздела {section.number}"
        self._told_table(table, place)
        hints = _hints(section, name, kind="")
        own = f"min_rows={table.min_rows}; max_rows={table.max_rows}; total={int(table.total)}"
        self.put("begin_repeat", name, title, **more, imo=f"{own}; {hints}".rstrip("; "))
        for column in table.columns:
            self.cell(merged(table.spec, column.spec), column.title, section.code, "", column.code)
        self.put("end_repeat")

    def table(self, table: Table, section: Section) -> None:
        self._told_table(table, f"таблица раздела {section.number}")
        own = {(cell.row, cell.column): cell.spec for cell in table.cells}
        for row in table.rows:
            place = f"раздел {section.number}, строка {row.code or row.title[:40]}"
            if row.kind == "heading":
                self.missed(place, "строка-заголовок не выгружается")
                continue
            if row.kind:
                self.missed(place, "вид строки («всего», «в том числе») не выгружается")
            if all((row.code, column.code) in table.x for column in table.columns):
                self.missed(place, "строка из одних X не выгружается")
                continue
            relevant = self.expression(row.when, place, parse_condition, section.code, premise=True)
            level = f"; level={row.level}" if row.level else ""
            name = self._name(f"{self.groups[section.code]}_{row.code}")
            self.put("begin_group", name, row.title, relevant=relevant, imo=f"code={row.code}{level}")
            for column in table.columns:
                if (row.code, column.code) not in table.x:
                    spec = merged(table.spec, column.spec, row.spec, own.get((row.code, column.code), Spec()))
                    self.cell(spec, column.title, section.code, row.code, column.code)
            self.put("end_group")

    def cell(self, spec: Spec, title: str, section: str, row: str, column: str) -> None:
        place = f"раздел {section}, {f'строка {row}, ' if row else ''}графа {column}"
        if spec.computed:
            self.missed(place, f"вычисление ячейки не выгружено: {spec.computed[:200]}")
        imo = [f"code={column}"]
        type_, more = self.typed(spec, place, imo)
        self.put(type_, self.cells[section, row, column], title, **more, imo="; ".join(imo))

    # -- workbook -----------------------------------------------------------------------------

    def choices(self) -> list[tuple[str, str, str]]:
        lists = [(one.code, choice.code, choice.title) for one in self.form.choices for choice in one.choices]
        return lists + ([(YES_NO, "1", "да"), (YES_NO, "0", "нет")] if self.asks_yes_no else [])

    def sheets(self) -> list[Sheet]:
        rows = [[row.get(column, "") for column in COLUMNS] for row in self.rows]
        settings = [[self.form.title, self.form.code]]
        told = [[one.place, one.told] for one in self.misfits] or [["", "перенесено всё"]]
        return [
            Sheet("survey", COLUMNS, rows),
            Sheet("choices", ("list_name", "name", "label"), self.choices()),
            Sheet("settings", ("form_title", "form_id"), settings),
            Sheet("Не перенесено", ("Место", "Что не перенесено"), told, widths=[40, 100]),
        ]


def _hints(section: Section, name: str, *, kind: str) -> str:
    parts = [] if name == section.code else [f"code={section.code}"]
    if section.number != section.code and not re.search("[;=]", section.number):
        parts.append(f"number={section.number}")
    return "; ".join([*parts, *([f"kind={kind}"] if kind else [])])


def _bounds(spec: Spec) -> dict[str, str]:
    low = spec.minimum or ("" if spec.allow_negative else "0")
    parts = [f". >= {low}"] if low else []
    if spec.maximum:
        parts.append(f". <= {spec.maximum}")
    return {"constraint": " and ".join(parts)} if parts else {}


def _question_of(relation: RelationSpec) -> str | None:
    """The question a relation is about: the only one it names, or that of «если вопрос … заполнен, то»."""
    try:
        tree = parse(relation.text)
    except RelationError:
        return None
    body = tree.body
    if isinstance(body, n.Implies):
        whole = body.premise
        own = whole.value if isinstance(whole, n.Filled) and not whole.negated else None
        return own.code if isinstance(own, n.Question) else None
    places = {one for one in n.walk(body) if isinstance(one, n.Question | n.Ref)}
    only = next(iter(places)) if len(places) == 1 else None
    return only.code if isinstance(only, n.Question) else None


def write_xlsform(form: Form) -> tuple[bytes, list[Misfit]]:
    """The workbook and what did not fit into it, which also stands on its last sheet."""
    writer = _Writer(form)
    writer.name_all()
    writer.relate_all()
    for section in form.sections:
        writer.section(section)
    if form.dimensions:
        writer.missed("форма", "измерения не выгружаются")
    if form.note:
        writer.missed("форма", "примечание к форме не выгружается")
    target = io.BytesIO()
    write_xlsx(target, writer.sheets())
    return target.getvalue(), list(writer.misfits)
