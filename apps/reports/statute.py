"""The map of the statute: what the portal does for each clause, with live figures of a school year."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from apps.core.clauses import Clause, all_clauses
from apps.core.registry import LinkedWork, Scope, clause_work, indicators
from apps.core.school_year import SchoolYear
from apps.reports.enums import ClauseState
from apps.reports.figures import Figure, figure_of, year_scope

YEARS_BACK = 3


def years_to_choose() -> list[SchoolYear]:
    """The present school year and three before it, the latest first."""
    now = SchoolYear.current()
    return [SchoolYear(now.start - back) for back in range(YEARS_BACK + 1)]


@dataclass(frozen=True)
class ClauseRow:
    """A clause, its figures, and the work of the year that was tied to it by hand."""

    clause: Clause
    figures: tuple[Figure, ...]
    linked: tuple[LinkedWork, ...]

    @property
    def state(self) -> ClauseState:
        """A clause nobody counts anything for is done outside of the portal, whatever is tied to it."""
        return ClauseState.INSIDE if self.figures else ClauseState.OUTSIDE


@dataclass(frozen=True)
class Section:
    title: str
    rows: tuple[ClauseRow, ...]


def clause_row(actor: Any, clause: Clause, year: SchoolYear) -> ClauseRow:
    """One clause with the figures of the year and of the year before."""
    own = [one for one in indicators.allowed(actor) if one.clause == clause.code]
    scope, before = year_scope(year), year_scope(year.previous)
    figures = tuple(figure_of(one, actor, scope, before) for one in own)
    return ClauseRow(clause, figures, tuple(linked_by_clause(actor, scope)[clause.code]))


def statute_map(actor: Any, year: SchoolYear, *, with_year_before: bool = False) -> list[Section]:
    """Every clause in the order of the statute, by sections, with the figures of the school year.

    The number of queries is that of the registered indicators, whatever they count.
    """
    scope, before = year_scope(year), year_scope(year.previous) if with_year_before else None
    figures: dict[str, list[Figure]] = defaultdict(list)
    for one in indicators.allowed(actor):
        figures[one.clause].append(figure_of(one, actor, scope, before))
    linked = linked_by_clause(actor, scope)
    rows = (
        ClauseRow(clause, tuple(figures[clause.code]), tuple(linked[clause.code])) for clause in all_clauses()
    )
    return by_sections(rows)


def linked_by_clause(actor: Any, scope: Scope) -> dict[str, list[LinkedWork]]:
    """Clause → what is tied to it by hand, in the order of the apps."""
    found: dict[str, list[LinkedWork]] = defaultdict(list)
    for provider in clause_work.values():
        for work in provider.linked(actor, scope):
            found[work.clause].append(work)
    return found


def by_sections(rows: Iterable[ClauseRow]) -> list[Section]:
    """«3.1. Аналитическая деятельность» with its clauses."""
    grouped: dict[str, list[ClauseRow]] = defaultdict(list)
    for row in rows:
        grouped[f"{row.clause.section}. {row.clause.section_title}"].append(row)
    return [Section(title, tuple(found)) for title, found in grouped.items()]
