"""What a new report begins with: sections by kind of report, filled from whatever is registered."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from apps.core.clauses import SECTIONS, find_clause
from apps.core.registry import Indicator, indicators
from apps.reports.enums import ReportKind, SectionKind

PLAN_CLAUSES = ("1.5", "1.6", "2.2")
CHART_CLAUSES = ("1.5", "1.6")
# More bars than this would not stand on a page under their heading.
MAX_DRAWN = 15
INTRODUCTION = ("Общие сведения", SectionKind.TEXT, ())
CONCLUSION = ("Проблемы, выводы и задачи", SectionKind.TEXT, ())


@dataclass(frozen=True)
class Outline:
    """A section to begin with and the keys of its figures."""

    title: str
    kind: SectionKind
    indicators: tuple[str, ...] = ()


def outline_of(kind: str, actor: Any) -> list[Outline]:
    """Sections of a new report: the words before, a table for each part of the work, the words after."""
    parts = {
        ReportKind.ACTIVITY: _by_chapters,
        ReportKind.PLAN: _of_plan,
        ReportKind.PERSON: _of_person,
    }[ReportKind(kind)](_for_papers(actor))
    return [Outline(*INTRODUCTION), *parts, Outline(*CONCLUSION)]


def offered(kind: str, actor: Any) -> list[Indicator]:
    """The saved queries a report of the kind may ask, in the order of the statute.

    On a person only those that know whose work it was.
    """
    known = sorted(_for_papers(actor), key=_place)
    return [one for one in known if one.by_person] if kind == ReportKind.PERSON else known


def _for_papers(actor: Any) -> list[Indicator]:
    return [one for one in indicators.allowed(actor) if one.in_reports]


def chapter_of(indicator: Indicator) -> str:
    """The chapter of the statute the figure belongs to, or the work of people where it has no clause."""
    clause = find_clause(indicator.clause) if indicator.clause else None
    return f"{clause.section}. {clause.section_title}" if clause else "Работа сотрудников"


def _by_chapters(known: list[Indicator]) -> list[Outline]:
    chapters: dict[str, list[Indicator]] = defaultdict(list)
    for one in sorted(known, key=_place):
        if one.clause:
            chapters[SECTIONS[_section(one)]].append(one)
    return [
        Outline(title, SectionKind.TABLE, tuple(one.key for one in found))
        for title, found in chapters.items()
    ]


def _of_plan(known: list[Indicator]) -> list[Outline]:
    found = sorted((one for one in known if one.clause in PLAN_CLAUSES), key=_place)
    drawn = tuple(one.key for one in found if one.clause in CHART_CLAUSES and not one.unit)
    return [
        Outline("Исполнение плана", SectionKind.TABLE, tuple(one.key for one in found)),
        Outline("Исполнение плана в сравнении", SectionKind.CHART, drawn[:MAX_DRAWN]),
    ]


def _of_person(known: list[Indicator]) -> list[Outline]:
    found = tuple(one.key for one in known if one.by_person)
    return [Outline("Выполненная работа", SectionKind.TABLE, found)]


def _section(indicator: Indicator) -> str:
    clause = find_clause(indicator.clause)
    return clause.section if clause else ""


def _place(indicator: Indicator) -> tuple[Any, ...]:
    """In the order of the statute; those without a clause last."""
    clause = find_clause(indicator.clause) if indicator.clause else None
    return (clause.order if clause else (99,), indicator.order, indicator.key)
