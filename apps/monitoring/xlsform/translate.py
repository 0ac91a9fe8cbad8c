"""An XPath tree into the tree of our relation language.

In XPath a blank is an empty text: `${q} != 'a'` and `not(${q} > 3)` hold over it. In a premise of ours
a comparison over a blank is false, so there each negative comparison gets «или вопрос не заполнен».
What our language can't say is an `ExpressionFault` that names the reason; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import TypeVar

from apps.monitoring.relations import RelationError, parse, parse_condition, parse_expression, to_text
from apps.monitoring.relations import nodes as n
from apps.monitoring.xlsform import xpath as x
from apps.monitoring.xlsform.xpath import ExpressionFault

MAX_STEPS = 2_000
MAX_INLINED = 20
_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}
_OPPOSITE = {"<": ">=", ">": "<=", "<=": ">", ">=": "<", "=": "!=", "!=": "="}
_REASONS = {
    "regex": "Образцы записи (regex) портал не проверяет",
    "today": "Сегодняшнюю дату соотношения портала не берут",
    "now": "Текущее время соотношения портала не берут",
    "count-selected": "Число отмеченных ответов портал не считает",
    "selected-at": "Ответ по его месту в перечне портал не берёт",
    "position": "Номер строки портал в выражениях не берёт",
    "string-length": "Длину текста портал сравнивает только с нулём",
    "int": "Дробную часть портал не отбрасывает, а округляет",
    "if": "Выбор значения по условию (if) портал не вычисляет",
    "pulldata": "Внешние данные портал не берёт",
    "instance": "Внешние данные портал не берёт",
    "jr:choice-name": "Название ответа в выражении портал не берёт",
}

Result = n.Node | bool
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Target:
    """What a name of the XLSForm has become: `node` at its place, `kind` of the value, codes of choices.

    `kind`: number, choice, multi, date, text, yes_no. `repeat` is the section of an open table.
    """

    node: n.Question | n.Ref
    kind: str
    codes: Mapping[str, str] = field(default_factory=dict)
    repeat: str = ""
    required: bool = False


@dataclass
class Scope:
    """Where an expression stands: its names, what `.` is, and the calculations that are no questions."""

    targets: Mapping[str, Target]
    calculations: Mapping[str, str] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)
    own: Target | None = None
    repeat: str = ""


class Translator:
    """Translates one expression; `premise` tells that the result is a condition of showing or an «если»."""

    def __init__(self, scope: Scope, *, premise: bool) -> None:
        self.scope = scope
        self.premise = premise
        self.steps = 0
        self.inlined: list[str] = []

    # -- conditions ---------------------------------------------------------------------------

    def condition(self, node: x.Node, positive: bool = True) -> Result:
        """A condition, or a plain truth where it does not depend on any answer."""
        self._count()
        if isinstance(node, x.Chain) and node.operators[0] in ("or", "and"):
            parts = [self.condition(one, positive) for one in node.operands]
            return self._joined(parts, is_or=(node.operators[0] == "or") == positive)
        if isinstance(node, x.Chain) and node.operators[0] in _TURNED:
            return self._comparison(node, positive)
        if isinstance(node, x.Call):
            return self._called(node, positive)
        if isinstance(node, x.Variable):
            found = self._inlined(node.name)
            if found is not None:
                return self._within(node.name, lambda: self.condition(found, positive))
        if isinstance(node, x.Variable | x.Itself):
            return n.Filled(self._target(node).node, negated=not positive)
        raise ExpressionFault("Здесь ожидается условие, а стоит значение")

    def _called(self, node: x.Call, positive: bool) -> Result:
        name, arguments = node.name, node.arguments
        if name == "not" and len(arguments) == 1:
            return self.condition(arguments[0], not positive)
        if name in ("true", "false") and not arguments:
            return (name == "true") == positive
        if name == "boolean" and len(arguments) == 1:
            return self.condition(arguments[0], positive)
        if name == "selected" and len(arguments) == 2:
            return self._selected(arguments[0], arguments[1], positive)
        if name == "if" and len(arguments) == 3:
            return self._either(
                arguments[0],
                lambda: self.condition(arguments[1], positive),
                lambda: self.condition(arguments[2], positive),
            )
        raise self._unknown(name)

    def _either(self, test: x.Node, then: Callable[[], Result], other: Callable[[], Result]) -> Result:
        yes = self._joined([self.condition(test, True), then()], is_or=False)
        no = self._joined([self.condition(test, False), other()], is_or=False)
        return self._joined([yes, no], is_or=True)

    def _joined(self, parts: list[Result], *, is_or: bool) -> Result:
        """Folds truths and flattens; «x не заполнен или x <> 1» beside «x заполнен» is «x <> 1»."""
        kind = n.Or if is_or else n.And
        items: list[n.Node] = []
        for part in parts:
            if isinstance(part, bool):
                if part == is_or:
                    return is_or
            elif isinstance(part, kind):
                items += [one for one in part.items if one not in items]
            elif part not in items:
                items.append(part)
        items = _one_of(items) if is_or else _without_needless(items)
        if not items:
            return not is_or
        return items[0] if len(items) == 1 else kind(tuple(items))

    def _comparison(self, node: x.Chain, positive: bool) -> Result:
        if len(node.operators) != 1:
            raise ExpressionFault("Два знака сравнения подряд")
        left, right = node.operands
        operator = node.operators[0] if positive else _OPPOSITE[node.operators[0]]
        return self._compared(left, operator, right, was_negated=not positive)

    def _compared(self, left: x.Node, operator: str, right: x.Node, *, was_negated: bool) -> Result:
        self._count()
        for one, other, turned in ((left, right, False), (right, left, True)):
            branching = self._branches(one)
            if branching is not None:
                name, test, then, otherwise = branching
                sides = [
                    partial(self._ordered, value, operator, other, turned, was_negated)
                    for value in (then, otherwise)
                ]
                return self._within(name, partial(self._either, test, *sides))
        if _is_constant(right) and not _is_constant(left):
            special = self._with_blank(left, operator, right)
        elif _is_constant(left) and not _is_constant(right):
            special = self._with_blank(right, _TURNED[operator], left)
        else:
            special = None
        if special is not None:
            return special
        if isinstance(left, x.Text | x.Number) and isinstance(right, x.Text | x.Number):
            return _compared_constants(left, operator, right)
        return self._plainly(left, operator, right, was_negated)

    def _ordered(
        self, value: x.Node, operator: str, other: x.Node, turned: bool, was_negated: bool
    ) -> Result:
        first, second = (other, value) if turned else (value, other)
        return self._compared(first, operator, second, was_negated=was_negated)

    def _branches(self, node: x.Node) -> tuple[str, x.Node, x.Node, x.Node] | None:
        """The condition and both values of an `if`, written here or as a calculation of its own."""
        name = ""
        if isinstance(node, x.Variable):
            found = self._inlined(node.name)
            if found is None:
                return None
            name, node = node.name, found
        if isinstance(node, x.Call) and node.name == "if" and len(node.arguments) == 3:
            return (name, *node.arguments)
        return None

    def _with_blank(self, node: x.Node, operator: str, constant: x.Node) -> Result | None:
        """`x = ''`, `string-length(x) > 0`, `count-selected(x) = 0` ask whether there is an answer."""
        counted = isinstance(node, x.Call) and node.name in ("string-length", "count-selected")
        if counted and isinstance(node, x.Call) and len(node.arguments) == 1:
            number = constant.value if isinstance(constant, x.Number) else None
            inner = node.arguments[0]
            if (operator, number) in ((">", 0), (">=", 1), ("!=", 0)):
                return n.Filled(self._target(inner).node)
            if (operator, number) in (("=", 0), ("<", 1), ("<=", 0)):
                return n.Filled(self._target(inner).node, negated=True)
            raise self._unknown(node.name)
        if not isinstance(constant, x.Text) or operator not in ("=", "!="):
            return None
        if not isinstance(node, x.Variable | x.Itself) or self._is_inlined(node):
            return None
        target = self._target(node)
        if constant.value == "" or (constant.value == "NaN" and target.kind == "number"):
            return n.Filled(target.node, negated=operator == "=")
        return None

    def _plainly(self, left: x.Node, operator: str, right: x.Node, was_negated: bool) -> Result:
        if operator in ("=", "!=") and self._is_no_answer(left, right):
            return operator == "!="
        first, second = self._side(left, right), self._side(right, left)
        if isinstance(first, n.Number) and not isinstance(second, n.Number):
            first, second, operator = second, first, _TURNED[operator]
        compare = n.Compare((first, second), ("<>" if operator == "!=" else operator,))
        if not self.premise or not (was_negated or operator == "!="):
            return compare
        blanks = [
            n.Filled(one, negated=True) for one in (first, second) if isinstance(one, n.Question | n.Ref)
        ]
        return n.Or((*blanks, compare)) if blanks else compare

    def _is_no_answer(self, left: x.Node, right: x.Node) -> bool:
        """Whether one side is a question and the other a code that its list does not have."""
        for place, literal in ((left, right), (right, left)):
            if isinstance(place, x.Variable | x.Itself) and isinstance(literal, x.Text | x.Number):
                target = self._target(place)
                return target.kind == "choice" and str(literal.value) not in target.codes
        return False

    def _side(self, node: x.Node, other: x.Node) -> n.Node:
        """A side of a comparison; a literal is read as the question it is compared with asks."""
        if isinstance(node, x.Text | x.Number) and isinstance(other, x.Variable | x.Itself):
            return self._literal(node, self._target(other))
        return self.value(node)

    def _literal(self, node: x.Text | x.Number, target: Target) -> n.Node:
        raw = node.value if isinstance(node, x.Text) else f"{node.value:f}"
        if target.kind == "yes_no":
            return n.Number(Decimal(1 if raw in ("OK", "1", "yes", "true") else 0))
        if target.kind in ("choice", "multi"):
            return _code(raw, target)
        if target.kind == "date":
            return _date(raw)
        if target.kind == "number":
            return n.Number(_decimal(raw))
        return _text(raw)

    def _selected(self, where: x.Node, what: x.Node, positive: bool) -> Result:
        if isinstance(where, x.Variable):
            branching = self._branches(where)
            if branching is not None:
                return self._compared(where, "=" if positive else "!=", what, was_negated=not positive)
        target = self._target(where)
        if not isinstance(what, x.Text | x.Number):
            raise ExpressionFault("В selected ответ называется кодом в кавычках")
        if target.kind in ("choice", "multi") and str(what.value) not in target.codes:
            return not positive
        if target.kind == "yes_no":
            found: n.Node = n.Compare(
                (target.node, self._literal(what, target)), ("=" if positive else "<>",)
            )
        elif target.kind == "choice":
            found = n.Compare((target.node, self._literal(what, target)), ("=" if positive else "<>",))
        elif target.kind == "multi":
            found = n.Contains(target.node, self._literal(what, target), negated=not positive)
        else:
            raise ExpressionFault("selected относится к вопросу с выбором ответа")
        if positive or not self.premise:
            return found
        return n.Or((n.Filled(target.node, negated=True), found))

    # -- values -------------------------------------------------------------------------------

    def value(self, node: x.Node) -> n.Node:
        """A number, a date or a text."""
        self._count()
        if isinstance(node, x.Number):
            return n.Number(node.value)
        if isinstance(node, x.Text):
            return _text(node.value)
        if isinstance(node, x.Negative):
            return n.Negative(self.value(node.value))
        if isinstance(node, x.Variable):
            found = self._inlined(node.name)
            if found is not None:
                return self._within(node.name, lambda: self.value(found))
        if isinstance(node, x.Variable | x.Itself):
            return self._target(node).node
        if isinstance(node, x.Chain):
            return self._arithmetic(node)
        if isinstance(node, x.Call):
            return self._function(node)
        if isinstance(node, x.Path):
            raise ExpressionFault(f"Путь «{node.text[:40]}» портал не читает: назовите вопрос как ${{имя}}")
        raise ExpressionFault("Непонятное слово без кавычек и без ${…}")

    def _arithmetic(self, node: x.Chain) -> n.Node:
        if "mod" in node.operators:
            raise ExpressionFault("Остаток от деления (mod) портал не вычисляет")
        if node.operators[0] not in ("+", "-", "*", "div"):
            raise ExpressionFault("Условие стоит на месте значения")
        values = [self.value(one) for one in node.operands]
        if node.operators[0] in ("+", "-"):
            signs = [1, *(1 if one == "+" else -1 for one in node.operators)]
            return n.Add(tuple(zip(signs, values, strict=True)))
        marks = ["*", *("*" if one == "*" else "/" for one in node.operators)]
        return n.Multiply(tuple(zip(marks, values, strict=True)))

    def _function(self, node: x.Call) -> n.Node:
        name, arguments = node.name, node.arguments
        if name in ("number", "string", "decimal") and len(arguments) == 1:
            return self.value(arguments[0])
        if name in ("date", "date-time", "decimal-date-time") and len(arguments) == 1:
            return self._as_date(arguments[0])
        if name == "abs" and len(arguments) == 1:
            return n.Absolute(self.value(arguments[0]))
        if name == "round" and arguments:
            return self._rounded(arguments)
        if name in ("sum", "min", "max") and arguments:
            collected = tuple(self._collected(one) for one in arguments)
            if name == "sum":
                collected = tuple(self._total(one) for one in collected)
            return n.Aggregate(name, collected)
        if name in ("count", "count-non-empty") and len(arguments) == 1:
            return self._counted(name, arguments[0])
        raise self._unknown(name)

    def _as_date(self, node: x.Node) -> n.Node:
        return _date(node.value) if isinstance(node, x.Text) else self.value(node)

    def _rounded(self, arguments: tuple[x.Node, ...]) -> n.Node:
        places = arguments[1] if len(arguments) == 2 else x.Number(Decimal(0))
        if len(arguments) > 2 or not isinstance(places, x.Number) or places.value not in range(11):
            raise ExpressionFault("Число знаков после запятой в round – целое от 0 до 10")
        return n.Round(self.value(arguments[0]), int(places.value))

    def _collected(self, node: x.Node) -> n.Node:
        """An argument of an aggregate: a column of a repeat is taken over all its rows."""
        if isinstance(node, x.Variable) and not self._is_inlined(node):
            return self._target(node, together=True).node
        return self.value(node)

    def _total(self, node: n.Node) -> n.Node:
        """The sum over a repeat is its row «Итого»."""
        is_column = isinstance(node, n.Ref) and node.rows is None and node.section != self.scope.repeat
        return replace(node, rows=n.Selection((n.CodeRange(n.TOTAL_ROW),))) if is_column else node  # type: ignore[type-var]

    def _counted(self, name: str, node: x.Node) -> n.Node:
        target = self._target(node, together=True)
        if not target.repeat or (name == "count" and not target.required):
            raise ExpressionFault("Портал считает только заполненные ячейки обязательного столбца перечня")
        return n.Aggregate("count", (target.node,))

    # -- names --------------------------------------------------------------------------------

    def _is_inlined(self, node: x.Node) -> bool:
        return isinstance(node, x.Variable) and self._inlined(node.name) is not None

    def _inlined(self, name: str) -> x.Node | None:
        """The tree of a calculation that has not become a question of its own."""
        if name in self.scope.targets or name not in self.scope.calculations:
            return None
        if name in self.inlined or len(self.inlined) >= MAX_INLINED:
            raise ExpressionFault(f"Вычисление «{name}» замкнуто в круг или слишком глубоко")
        return x.parse(self.scope.calculations[name])

    def _within(self, name: str, work: Callable[[], T]) -> T:
        if not name:
            return work()
        self.inlined.append(name)
        try:
            return work()
        finally:
            self.inlined.pop()

    def _target(self, node: x.Node, *, together: bool = False) -> Target:
        """`together`: over all rows of a repeat, which a value by itself can't be."""
        if isinstance(node, x.Itself):
            if self.scope.own is None:
                raise ExpressionFault("Точка здесь не обозначает вопроса")
            return self.scope.own
        if not isinstance(node, x.Variable):
            raise ExpressionFault("Здесь ожидается вопрос: ${имя}")
        target = self.scope.targets.get(node.name)
        if target is None:
            why = self.scope.missing.get(node.name)
            raise ExpressionFault(why or f"Нет вопроса «{node.name[:60]}»")
        if target.repeat and target.repeat != self.scope.repeat and not together:
            raise ExpressionFault(f"«{node.name[:60]}» стоит в повторении: вне его берётся только сумма")
        return target

    def _unknown(self, name: str) -> ExpressionFault:
        return ExpressionFault(_REASONS.get(name) or f"Функцию «{name[:40]}» портал не вычисляет")

    def _count(self) -> None:
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise ExpressionFault("Выражение слишком сложно")


def _without_needless(items: list[n.Node]) -> list[n.Node]:
    filled = {one.value for one in items if isinstance(one, n.Filled) and not one.negated}
    found: list[n.Node] = []
    dropped: set[n.Node] = set()
    for one in items:
        blank = one.items[0] if isinstance(one, n.Or) and len(one.items) == 2 else None
        if isinstance(one, n.Or) and isinstance(blank, n.Filled) and blank.negated and blank.value in filled:
            dropped.add(blank.value)
            one = one.items[1]
        found.append(one)
    return [one for one in found if not (isinstance(one, n.Filled) and one.value in dropped)]


def _one_of(items: list[n.Node]) -> list[n.Node]:
    """«q = 1 или q = 2» is one set of codes."""
    equal = [one for one in items if isinstance(one, n.Compare) and one.operators == ("=",)]
    if len(equal) < 2 or len(equal) != len(items) or len({one.operands[0] for one in equal}) > 1:
        return items
    return [n.OneOf(equal[0].operands[0], tuple(one.operands[1] for one in equal))]


def _is_constant(node: x.Node) -> bool:
    return isinstance(node, x.Text | x.Number)


def _compared_constants(left: x.Node, operator: str, right: x.Node) -> bool:
    assert isinstance(left, x.Text | x.Number) and isinstance(right, x.Text | x.Number)
    if operator in ("=", "!="):
        return (str(left.value) == str(right.value)) == (operator == "=")
    first, second = _decimal(str(left.value)), _decimal(str(right.value))
    return {"<": first < second, ">": first > second, "<=": first <= second, ">=": first >= second}[operator]


def _decimal(raw: str) -> Decimal:
    try:
        number = Decimal(raw.strip())
    except InvalidOperation:
        raise ExpressionFault(f"«{raw[:40]}» сравнивается с числом") from None
    if not number.is_finite() or abs(number) >= 10**15:
        raise ExpressionFault(f"«{raw[:40]}» сравнивается с числом")
    return number


def _date(raw: str) -> n.Date:
    try:
        return n.Date(date.fromisoformat(raw[:10]).isoformat())
    except ValueError:
        raise ExpressionFault(f"«{raw[:40]}» не дата вида 2026-09-01") from None


def _text(raw: str) -> n.Text:
    if any(char in raw for char in "«»\n\r") or not raw:
        raise ExpressionFault("Такой текст в соотношении не записать")
    return n.Text(raw)


def _code(raw: str, target: Target) -> n.Node:
    code = target.codes.get(raw)
    if code is None:
        raise ExpressionFault(f"В списке нет ответа «{raw[:40]}»")
    plain = code.isascii() and code.isdecimal() and str(int(code)) == code and len(code) <= 15
    return n.Number(Decimal(code)) if plain else n.Text(code)


def condition_text(text: str, scope: Scope) -> str:
    """A condition of showing in our notation. "" where it always holds. Raises `ExpressionFault`."""
    found = Translator(scope, premise=True).condition(x.parse(text))
    if found is True:
        return ""
    if found is False:
        raise ExpressionFault("Условие не выполняется никогда")
    return _checked(found, parse_condition)


def constraint_text(text: str, scope: Scope) -> str:
    """A relation that holds where the constraint of a question does; a blank question is not checked."""
    assert scope.own is not None
    found = Translator(scope, premise=False).condition(x.parse(text))
    if found is True:
        return ""
    if found is False:
        raise ExpressionFault("Условие не выполняется никогда")
    own = scope.own.node
    places = {one for one in n.walk(found) if isinstance(one, n.Question | n.Ref)}
    body = found if places <= {own} else n.Implies(n.Filled(own), found)
    return _checked(n.Relation(body), parse)


def required_text(text: str, scope: Scope) -> str:
    """«если …, то вопрос заполнен» of a requirement with a condition."""
    assert scope.own is not None
    found = Translator(scope, premise=True).condition(x.parse(text))
    if isinstance(found, bool):
        raise ExpressionFault("Условие обязательности не зависит от ответов")
    return _checked(n.Relation(n.Implies(found, n.Filled(scope.own.node))), parse)


def expression_text(text: str, scope: Scope) -> str:
    """The formula of a computed question. Raises `ExpressionFault`."""
    return _checked(Translator(scope, premise=False).value(x.parse(text)), parse_expression)


def _checked(node: n.Node, read: Callable[[str], n.Node]) -> str:
    """The notation of a tree, read back: what our own parser would read otherwise is refused."""
    text = to_text(node)
    try:
        back = read(text)
    except RelationError as fault:
        raise ExpressionFault(f"Соотношение портала так не пишется: {fault.message}") from None
    if to_text(back) != text:
        raise ExpressionFault("Соотношение портала так не пишется")
    return text
