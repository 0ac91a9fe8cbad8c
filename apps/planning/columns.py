"""Columns of the lists of plans."""

from dataclasses import replace
from typing import Any

from django.db.models import F
from django.urls import reverse

from apps.core.columns import Column, Kind
from apps.planning.enums import PlanState, ProgrammeLevel
from apps.planning.execution import Execution


def _execution(row: Any) -> Execution:
    """Of a plan whose query has the figures (`with_execution`)."""
    return Execution(row.planned, row.done, row.moved, row.cancelled, row.overdue, row.beside)


PLANS = [
    Column("plan", "План", str, sort=("owner", F("year")), url=lambda row: row.get_absolute_url(), width=50),
    Column("year", "Год", "year_title", sort=F("year"), width=24, on_page=False),
    Column("state", "Состояние", lambda row: PlanState(row.state), kind=Kind.STATE, sort="state"),
    Column("planned", "Запланировано", lambda row: _execution(row).planned, kind=Kind.NUMBER,
           help="Проведений: ежемесячное мероприятие считается каждый месяц."),
    Column("done", "Выполнено", lambda row: _execution(row).done, kind=Kind.NUMBER),
    Column("cancelled", "Снято", lambda row: _execution(row).cancelled, kind=Kind.NUMBER),
    Column("overdue", "Просрочено", lambda row: _execution(row).overdue, kind=Kind.NUMBER),
    Column("percent", "Исполнение", lambda row: _execution(row).percent, kind=Kind.PERCENT,
           help="Выполнено от запланированного без снятого."),
]  # fmt: skip

PROGRAMMES = [
    Column("title", "Программа", sort="title", width=60),
    Column("level", "Чья", lambda row: str(ProgrammeLevel(row.level).label), sort="level", width=18),
    Column("basis", "Чем утверждена", sort="basis", width=40),
    Column("starts_on", "Действует с", kind=Kind.DATE, sort="starts_on"),
    Column("ends_on", "Действует по", kind=Kind.DATE, sort="ends_on"),
    Column("items", "Мероприятий в планах", "items_count", kind=Kind.NUMBER, sort="items_count"),
]


def programmes(may_edit: bool) -> list[Column]:
    """The titles lead to the form for those who may change a programme."""
    if not may_edit:
        return PROGRAMMES
    first = replace(PROGRAMMES[0], url=lambda row: reverse("planning:programme-edit", args=[row.pk]))
    return [first, *PROGRAMMES[1:]]
