"""Clauses of the statute of the department: the codes that work, plan items and figures are tied to."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError

FIXTURE = Path(__file__).resolve().parents[2] / "fixtures" / "statute.json"
SECTIONS = {
    "1": "Общие положения",
    "2": "Цели и задачи",
    "3.1": "Аналитическая деятельность",
    "3.2": "Информационная деятельность",
    "3.3": "Организационно-методическая деятельность",
    "3.4": "Консультационная деятельность",
    "3.5": "Информатизация системы образования",
    "4": "Обеспечение деятельности",
    "5": "Управление",
    "6": "Структура",
    "7": "Изменение Положения",
    "8": "Материальная база",
    "9": "Реорганизация и ликвидация",
    "10": "Финансово-хозяйственная деятельность",
}


@dataclass(frozen=True)
class Clause:
    """One row of the statute map: what the clause asks, what the portal does for it, where, which figure."""

    code: str
    title: str
    does: str
    apps: tuple[str, ...]
    figure: str

    @property
    def order(self) -> tuple[int, ...]:
        """Sorts 3.1.2 before 3.1.10."""
        return tuple(int(part) for part in self.code.split("."))

    @property
    def section(self) -> str:
        """Code of the section: the chapter, in chapter 3 its direction of work."""
        return ".".join(self.code.split(".")[: 2 if self.code.startswith("3.") else 1])

    @property
    def section_title(self) -> str:
        return SECTIONS[self.section]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


@cache
def all_clauses() -> tuple[Clause, ...]:
    """Every clause in the order of the statute."""
    rows = json.loads(FIXTURE.read_text(encoding="utf-8"))
    found = [Clause(**{**row, "apps": tuple(row["apps"])}) for row in rows]
    return tuple(sorted(found, key=lambda clause: clause.order))


@cache
def _by_code() -> dict[str, Clause]:
    return {clause.code: clause for clause in all_clauses()}


def find_clause(code: str) -> Clause | None:
    """The clause of the code, or None."""
    return _by_code().get(code)


def clauses_of(app: str) -> list[Clause]:
    """The clauses that the app serves."""
    return [clause for clause in all_clauses() if app in clause.apps]


def clause_choices() -> list[tuple[str, str]]:
    """Codes and titles for a drop-down list."""
    return [(clause.code, str(clause)) for clause in all_clauses()]


def validate_clause(code: str) -> None:
    """ValidationError in Russian for a code that the statute does not have."""
    if find_clause(code) is None:
        raise ValidationError("Такого пункта нет в Положении об ИМО.", code="clause")
