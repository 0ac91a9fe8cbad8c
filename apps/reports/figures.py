"""Figures computed from the saved queries that the apps below have registered."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from apps.core.magadan import magadan_today
from apps.core.registry import Indicator, Scope
from apps.core.russian import DASH, number
from apps.core.school_year import SchoolYear

Value = int | Decimal | None


def year_scope(year: SchoolYear) -> Scope:
    """The school year; while it goes on, up to today."""
    return Scope(year.first_day, min(year.last_day, magadan_today()))


def printed(value: Value, indicator: Indicator) -> str:
    """«1 234,5 %», or a dash where there is nothing to count."""
    if value is None:
        return DASH
    unit = f"\u00a0{indicator.unit}" if indicator.unit else ""
    return number(value, indicator.decimals) + unit


@dataclass(frozen=True)
class Figure:
    """An indicator with its number in the scope and in the one it is compared with (None: not compared)."""

    indicator: Indicator
    value: Value
    before: Value = None

    @property
    def title(self) -> str:
        return self.indicator.title

    @property
    def text(self) -> str:
        return printed(self.value, self.indicator)

    @property
    def text_before(self) -> str:
        return printed(self.before, self.indicator)


def figure_of(indicator: Indicator, actor: Any, scope: Scope, before: Scope | None = None) -> Figure:
    """The figure of the scope, beside that of another one where it is given."""
    earlier = indicator.value(actor, before) if before else None
    return Figure(indicator, indicator.value(actor, scope), earlier)


@dataclass(frozen=True)
class Behind:
    """One of the things a figure counts."""

    title: str
    url: str


def behind(indicator: Indicator, actor: Any, scope: Scope) -> Sequence[Any]:
    """What the figure counts, not yet named: a queryset in a fixed order, or a list."""
    rows = indicator.rows(actor, scope) if indicator.rows else []
    if isinstance(rows, QuerySet):
        return rows if rows.ordered else rows.order_by("pk")
    return list(rows)


def named(row: Any) -> Behind:
    """Its words, and its page where it has one."""
    return Behind(str(row), row.get_absolute_url() if hasattr(row, "get_absolute_url") else "")
