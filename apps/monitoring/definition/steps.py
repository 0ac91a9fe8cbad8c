"""Order of computing: computed cells and conditions of showing, each after what it reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from apps.monitoring.definition.model import Note
from apps.monitoring.definition.spread import Copy, Spread
from apps.monitoring.relations import RelationError, parse_condition, parse_expression
from apps.monitoring.relations.conditions import BoundCondition, ConditionBinder
from apps.monitoring.relations.errors import binding_error
from apps.monitoring.relations.expressions import Bound, ExpressionBinder
from apps.monitoring.relations.layout import OPEN_ROW, OPEN_ROW_CODE, Cell
from apps.monitoring.relations.places import Place, Skip
from apps.monitoring.relations.printer import to_text
from apps.monitoring.relations.references import References


@dataclass(slots=True)
class ComputeStep:
    """Writes one cell, or a column of an open table (`cell.row` is then `n*`)."""

    cell: Cell
    bound: Bound
    reads: frozenset[str]

    @property
    def key(self) -> str:
        return self.cell.address


@dataclass(slots=True)
class ConditionStep:
    """Shows or hides the cells it covers. `kind` is section, row or item; `target` its address,
    `targets` that of the subsections too."""

    kind: str
    target: str
    condition: BoundCondition
    covers: tuple[str, ...]
    targets: tuple[str, ...]
    reads: frozenset[str]

    @property
    def key(self) -> str:
        return f"{self.kind} {self.target}"


Step = ComputeStep | ConditionStep


@dataclass(frozen=True, slots=True)
class StepFault:
    """A fault of one expression: of which cell or section, and what."""

    where: str
    message: str


def pattern(address: str) -> str:
    """The address with the code of an added row replaced by `n*`."""
    parts = address.split("/")
    if len(parts) == 3 and parts[1][:1] == "n" and OPEN_ROW_CODE.fullmatch(parts[1]):
        return f"{parts[0]}/{OPEN_ROW}/{parts[2]}"
    return address


class StepBuilder:
    """Collects the steps of a form and their faults."""

    def __init__(self, spread: Spread) -> None:
        self.spread = spread
        self.faults: list[StepFault] = []

    def build(self) -> list[Step]:
        """All steps in an order in which each reads only what is ready; a cycle is a fault."""
        steps: list[Step] = [*self._conditions(), *self._computed()]
        ordered, cycle = _ordered(steps)
        if cycle:
            names = " → ".join(self._named(step) for step in cycle)
            self.faults.append(StepFault(cycle[0].key, f"Вычисления замкнуты в круг: {names}"))
        return ordered

    def _named(self, step: Step) -> str:
        if isinstance(step, ComputeStep):
            return step.cell.title
        words = {"section": "условие раздела", "row": "условие строки", "item": "условие вопроса"}
        return f"{words[step.kind]} {step.target}"

    def _computed(self) -> Iterator[ComputeStep]:
        layout = self.spread.layout
        for cell in (*layout.cells.values(), *layout.templates.values()):
            if cell.computed is not None:
                step = self._compute_step(cell)
                if step is not None:
                    yield step

    def _compute_step(self, cell: Cell) -> ComputeStep | None:
        text = cell.computed or ""
        try:
            node = parse_expression(text)
            references = References(self.spread.layout, text)
            place = Place(cell.section, cell.copy, cell.row or None, cell.column or None)
            bound = ExpressionBinder(references).bind(node, place)
            if bound.kind not in ("number", "coded", "any"):
                raise binding_error("Вычисляемая клетка должна давать число", text, 0)
            if any(source for source, _ in bound.addresses):
                raise binding_error("Вычисление берёт только клетки этой же формы и периода", text, 0)
        except Skip as skip:
            self.faults.append(StepFault(cell.address, f"{cell.title}: {_nothing_to_take(skip)}"))
            return None
        except RelationError as fault:
            self.faults.append(StepFault(cell.address, f"{cell.title}: {fault}"))
            return None
        if not cell.is_number:
            self.faults.append(
                StepFault(cell.address, f"{cell.title}: вычисляемая клетка должна быть числовой")
            )
            return None
        return ComputeStep(cell, bound, frozenset(address for _, address in bound.addresses))

    def _conditions(self) -> Iterator[ConditionStep]:
        covers = _Covers(self.spread)
        for copy in self.spread.copies:
            if copy.section.when:
                yield from self._condition(
                    "section", copy.address, copy.section.when, copy, covers.section(copy)
                )
        for target, (copy, row) in self.spread.rows.items():
            if row.when:
                yield from self._condition("row", target, row.when, copy, covers.row(target))
        for target, (copy, item) in self.spread.items.items():
            if item.when:
                covered = () if isinstance(item, Note) else (target,)
                yield from self._condition("item", target, item.when, copy, covered)

    def _condition(
        self, kind: str, target: str, text: str, copy: Copy, covered: tuple[str, ...]
    ) -> Iterator[ConditionStep]:
        try:
            node = parse_condition(text)
            references = References(self.spread.layout, text)
            place = Place(copy.section.code, copy.code)
            condition = ConditionBinder(references).bind(node, place, premise=True)
            if any(source for source, _ in condition.addresses):
                raise binding_error("Условие показа берёт только клетки этой же формы и периода", text, 0)
        except Skip as skip:
            named = f": {to_text(skip.crossed)}" if skip.crossed else ""
            self.faults.append(StepFault(target, f"Условие показа ссылается на клетку X{named}"))
        except RelationError as fault:
            self.faults.append(StepFault(target, f"Условие показа: {fault}"))
        else:
            reads = frozenset(address for _, address in condition.addresses)
            targets = self._below(copy) if kind == "section" else (target,)
            yield ConditionStep(kind, target, condition, covered, targets, reads)

    def _below(self, copy: Copy) -> tuple[str, ...]:
        """Addresses of a section and its subsections, of the same copy where they are repeated together."""
        codes = {section.code for section in copy.section.walk()}
        return tuple(
            one.address
            for one in self.spread.copies
            if one.section.code in codes and copy.code in ("", one.code)
        )


class _Covers:
    """Which cells stand under a section or a row."""

    def __init__(self, spread: Spread) -> None:
        self.by_row: dict[str, list[str]] = {}
        self.by_section: dict[tuple[str, str], list[str]] = {}
        chains = {copy.section.code: copy.conditions for copy in spread.copies}
        layout = spread.layout
        for cell in (*layout.cells.values(), *layout.templates.values()):
            if cell.row:
                self.by_row.setdefault(cell.address.rpartition("/")[0], []).append(cell.address)
            for code in chains.get(cell.section, ()):
                self.by_section.setdefault((code, cell.copy), []).append(cell.address)
        self.repeated = {code for code, one in layout.sections.items() if one.dimension}

    def section(self, copy: Copy) -> tuple[str, ...]:
        if copy.section.code in self.repeated:
            return tuple(self.by_section.get((copy.section.code, copy.code), ()))
        found = [cells for (code, _), cells in self.by_section.items() if code == copy.section.code]
        return tuple(address for cells in found for address in cells)

    def row(self, target: str) -> tuple[str, ...]:
        return tuple(self.by_row.get(target, ()))


def _nothing_to_take(skip: Skip) -> str:
    """Why a computed cell has nothing to be computed from, with the X cell as it is written."""
    if skip.crossed is None:
        return "вычисление не находит ни одной клетки"
    return (
        f"{to_text(skip.crossed)} – клетка X, значения в ней не бывает; "
        "снимите X или возьмите слагаемые через «сумма»: она пропускает клетки X"
    )


def _ordered(steps: list[Step]) -> tuple[list[Step], list[Step]]:
    """Steps in order of dependence, and a cycle where there is one."""
    writers: dict[str, list[Step]] = {}
    for step in steps:
        written = (step.cell.address,) if isinstance(step, ComputeStep) else step.covers
        for address in written:
            writers.setdefault(address, []).append(step)
    needs: dict[str, dict[str, Step]] = {}
    for step in steps:
        sources = [writer for address in step.reads for writer in writers.get(address, ())]
        if isinstance(step, ComputeStep):
            sources += [one for one in writers[step.cell.address] if one is not step]
        needs[step.key] = {one.key: one for one in sources}
    return _sorted(steps, needs)


def _sorted(steps: list[Step], needs: dict[str, dict[str, Step]]) -> tuple[list[Step], list[Step]]:
    waiting = {step.key: len(needs[step.key]) for step in steps}
    followers: dict[str, list[Step]] = {}
    for step in steps:
        for key in needs[step.key]:
            followers.setdefault(key, []).append(step)
    ready = [step for step in steps if not waiting[step.key]]
    ordered: list[Step] = []
    while ready:
        step = ready.pop()
        ordered.append(step)
        for follower in followers.get(step.key, ()):
            waiting[follower.key] -= 1
            if not waiting[follower.key]:
                ready.append(follower)
    left = {step.key: step for step in steps if waiting[step.key]}
    return ordered, _cycle(left, needs) if left else []


def _cycle(left: dict[str, Step], needs: dict[str, dict[str, Step]]) -> list[Step]:
    """One cycle among the steps that could not be ordered, closed by its first step."""
    key = next(iter(left))
    path: list[str] = []
    while key not in path:
        path.append(key)
        key = next(one for one in needs[key] if one in left)
    return [left[one] for one in [*path[path.index(key) :], key]]
