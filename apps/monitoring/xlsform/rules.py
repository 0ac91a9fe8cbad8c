"""Expressions as conditions, formulas and relations; what can't be translated is kept disabled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from apps.monitoring.xlsform import xpath as x
from apps.monitoring.xlsform.choices import Answers
from apps.monitoring.xlsform.fields import plain_bounds
from apps.monitoring.xlsform.problems import Problems
from apps.monitoring.xlsform.survey import GROUP, MATRIX, QUESTION, REPEAT, SELECTS, Entry
from apps.monitoring.xlsform.translate import (
    ExpressionFault,
    Scope,
    Target,
    condition_text,
    constraint_text,
    expression_text,
    required_text,
)
from apps.monitoring.xlsform.workbook import SURVEY

MAX_RELATIONS = 1_900
MAX_FILTERS = 60
MAX_KEPT = 4_000
_PLAIN_REQUIRED = ("", "yes", "no", "true", "false", "true()", "false()", "да", "нет", "1", "0")


@dataclass
class Kept:
    """Where an expression has gone in the document, so that it can be taken out again."""

    holder: dict[str, Any]
    key: str
    entry: Entry
    column: str


@dataclass
class Rules:
    """Collects relations; `places` leads from an address of our own faults to the expression behind it."""

    scope: Scope
    lists: Mapping[str, Answers]
    problems: Problems
    relations: list[dict[str, Any]] = field(default_factory=list)
    origins: dict[str, tuple[Entry, str]] = field(default_factory=dict)
    places: dict[str, list[Kept]] = field(default_factory=dict)

    def scope_of(self, entry: Entry) -> Scope:
        repeat = entry.repeat
        return replace(
            self.scope, own=self.scope.targets.get(entry.name), repeat=repeat.code if repeat else ""
        )

    # -- conditions and formulas --------------------------------------------------------------

    def condition(self, entry: Entry, holder: dict[str, Any], address: str) -> None:
        """Puts the condition of an entry into `holder["when"]`."""
        self._put(entry, "relevant", holder, "when", address, condition_text)

    def formula(self, entry: Entry, holder: dict[str, Any], address: str) -> bool:
        """Puts a calculation into `holder["computed"]`; False where it can't be carried."""
        return self._put(entry, "calculation", holder, "computed", address, expression_text)

    def _put(
        self, entry: Entry, column: str, holder: dict[str, Any], key: str, address: str,
        translate: Callable[[str, Scope], str],
    ) -> bool:  # fmt: skip
        text = entry.line.get(column)
        if not text:
            return False
        try:
            found = translate(text, self.scope_of(entry))
        except ExpressionFault as fault:
            self.disable(entry, column, fault.told)
            return False
        if found:
            holder[key] = found
            self.places.setdefault(address, []).append(Kept(holder, key, entry, column))
        return bool(found)

    def refused(self, entry: Entry, column: str, why: str) -> None:
        """An expression that stands where our forms have no place for it."""
        if entry.line.get(column):
            self.disable(entry, column, why)

    # -- relations ----------------------------------------------------------------------------

    def relations_of(self, entry: Entry) -> None:
        """Constraint, requirement with a condition, and choice filter of a question."""
        whole = entry.type not in ("decimal", "calculate")
        if entry.line.get("constraint") and plain_bounds(entry, whole=whole) is None:
            message = entry.line.get("constraint_message")
            self._relate(entry, "constraint", constraint_text, message)
        if entry.line.get("required").lower() not in _PLAIN_REQUIRED:
            self._relate(entry, "required", required_text, entry.line.get("required_message"))
        if entry.line.get("choice_filter"):
            self._filter(entry)

    def _relate(
        self, entry: Entry, column: str, translate: Callable[[str, Scope], str], message: str
    ) -> None:
        scope = self.scope_of(entry)
        try:
            if scope.own is None:
                raise ExpressionFault("Сам вопрос в форму не перенесён")
            text = translate(entry.line.get(column), scope)
        except ExpressionFault as fault:
            self.disable(entry, column, fault.told)
            return
        if text:
            self._add(entry, column, text, message)

    def _filter(self, entry: Entry) -> None:
        """A filter by one column becomes a relation for each value of that column."""
        try:
            texts = list(self._filtered(entry))
        except ExpressionFault as fault:
            self.disable(entry, "choice_filter", fault.told)
            return
        for text in texts:
            self._add(entry, "choice_filter", text, "Ответ не подходит к ответу на другой вопрос")

    def _filtered(self, entry: Entry) -> Iterator[str]:
        node, scope = x.parse(entry.line.get("choice_filter")), self.scope_of(entry)
        if entry.type != "select_one" or scope.own is None:
            raise ExpressionFault("Отбор ответов переносится у вопросов с одним ответом")
        sides = node.operands if isinstance(node, x.Chain) and node.operators == ("=",) else ()
        column = next((one.name for one in sides if isinstance(one, x.Bare)), "")
        other = next((one for one in sides if isinstance(one, x.Variable)), None)
        if not column or other is None:
            raise ExpressionFault("Переносится отбор вида столбец=${вопрос}")
        groups: dict[str, list[str]] = {}
        for name, cells in self.lists[entry.answers].columns.items():
            groups.setdefault(cells.get(column, "") or ("" if column != "name" else name), []).append(name)
        if len(groups) > MAX_FILTERS:
            raise ExpressionFault(f"Отбор ответов больше чем по {MAX_FILTERS} значениям")
        target = scope.targets.get(other.name)
        for value, names in groups.items():
            if target is not None and target.kind in ("choice", "multi") and value not in target.codes:
                continue
            allowed = " or ".join(f". = '{name}'" for name in names)
            text = f"not(${{{other.name}}} = '{value}') or {allowed}"
            yield constraint_text(text, scope)

    def _add(self, entry: Entry, column: str, text: str, message: str = "") -> None:
        if len(self.relations) >= MAX_RELATIONS:
            self.problems.warning(
                SURVEY, entry.row, column, f"Соотношений больше {MAX_RELATIONS}: не перенесено."
            )
            return
        code = f"k{len(self.relations) + 1}"
        relation: dict[str, Any] = {"code": code, "text": text, "severity": "error"}
        repeat = entry.repeat
        if repeat is not None:
            relation["section"] = repeat.code
        if message:
            relation["message"] = message[:10_000]
        self.relations.append(relation)
        self.origins[code] = (entry, column)

    def disable(self, entry: Entry, column: str, why: str) -> None:
        """Keeps an expression as it was written, disabled, with a note that says where it stood and why."""
        text = entry.line.get(column)
        what = {GROUP: "группа", REPEAT: "перечень", MATRIX: "матрица", QUESTION: "вопрос"}[entry.kind]
        self.problems.warning(SURVEY, entry.row, column, f"{why}. Выражение перенесено отключённым.")
        if len(self.relations) >= MAX_RELATIONS:
            return
        note = (
            f"Из XLSForm: лист survey, строка {entry.row}, столбец {column}, "
            f"{what} «{entry.title[:200]}». {why}."
        )
        kept = text if len(text) <= MAX_KEPT else text[: MAX_KEPT - 1] + "…"
        if text != kept:
            note += " Запись показана не до конца."
        self.relations.append(
            {
                "code": f"k{len(self.relations) + 1}",
                "text": kept,
                "severity": "error",
                "enabled": False,
                "note": note,
            }
        )

    # -- after a trial ------------------------------------------------------------------------

    def demote(self, code: str, why: str) -> None:
        """Disables a relation our own check has refused."""
        index = next(i for i, one in enumerate(self.relations) if one["code"] == code)
        entry, column = self.origins[code]
        self.disable(entry, column, why)
        self.relations[index] = {**self.relations[-1], "code": code}
        self.relations.pop()

    def take_out(self, address: str, why: str) -> bool:
        """Takes out the conditions and formulas behind a fault; False where there are none."""
        kept = self.places.pop(address, [])
        for one in kept:
            one.holder.pop(one.key, None)
            self.disable(one.entry, one.column, why)
        return bool(kept)


def targets_note(entry: Entry) -> str:
    return f"Вопрос «{entry.name[:60]}» в форму не перенесён"


def target_of(entry: Entry, node: Any, kind: str, lists: Mapping[str, Answers], repeat: str = "") -> Target:
    codes = lists[entry.answers].codes if entry.type in SELECTS else {}
    required = entry.line.get("required").lower() in ("yes", "true", "true()", "да", "1")
    return Target(node, kind, codes, repeat, required)
