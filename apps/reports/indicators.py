"""Evidence of the head's five duties: clause 5.2."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from apps.accounts.models import RoleGrant
from apps.core.registry import CountedRow, Indicator, Scope, indicators
from apps.core.roles import Role
from apps.core.russian import counted
from apps.papers.enums import PaperKind
from apps.papers.indicators import issued
from apps.planning.enums import Section
from apps.planning.indicators import done
from apps.reports.enums import ReportKind, ReportState
from apps.reports.models import ActivityReport
from apps.reports.permissions import can_see_everybodys_work, can_see_map
from apps.workflow.models import TransitionRecord

METHODICAL_SPACE = 3
# One line of the log a decision: a plan and an amendment move together with the edition decided upon.
DECIDED = ("planning.edition", "monitoring.monitoringreport", "reports.activityreport")


def decisions(user: Any, scope: Scope) -> Any:
    """Leadership: what was approved or returned within the days by who had the head's right that day."""
    leading = RoleGrant.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=OuterRef("at__date")),
        user=OuterRef("by"),
        role=Role.HEAD,
        starts_on__lte=OuterRef("at__date"),
    )
    steps = TransitionRecord.objects.visible_to(user).filter(
        subject_type__in=DECIDED, name__in=("approve", "return"), at__date__range=(scope.first, scope.last)
    )
    return steps.filter(Exists(leading)).order_by("at", "pk")


def kinds_of_activity(user: Any, scope: Scope) -> list[CountedRow]:
    """Provision: each direction of the statute's section III with what was done in it by the plan."""
    found = Counter(done(user, scope).values_list("item__section", flat=True))
    return [
        CountedRow(f"{one.value}. {one.label}: {_events(found[one.value])}")
        for one in Section
        if one is not Section.MANAGEMENT and found[one.value]
    ]


def _events(number: int) -> str:
    return counted(number, "мероприятие", "мероприятия", "мероприятий")


def monitoring_reports(user: Any, scope: Scope) -> Any:
    """Analysis: official reports on monitorings that still stand."""
    return issued(user, scope).filter(kind=PaperKind.MONITORING_REPORT)


def approved_reports(kind: ReportKind) -> Callable[[Any, Scope], Any]:
    """Reports of the kind whose paper was issued within the days."""

    def rows(user: Any, scope: Scope) -> Any:
        found = ActivityReport.objects.visible_to(user).filter(kind=kind, state=ReportState.APPROVED)
        return found.filter(paper__issued_on__range=(scope.first, scope.last))

    return rows


def methodical_space(user: Any, scope: Scope) -> Any:
    """Development of the methodical space: what was done of the third task of 2.2."""
    return done(user, scope).filter(item__task=METHODICAL_SPACE)


# key, title, what is counted, who reads it whole
DUTIES = [
    ("decisions", "Руководство: решений заведующего об утверждении и возврате", decisions, True),
    ("kinds", "Обеспечение: видов деятельности с выполненными мероприятиями", kinds_of_activity, False),
    ("analysis", "Анализ: утверждено отчётов о мониторингах", monitoring_reports, False),
    ("plan", "Контроль: отчётов об исполнении плана", approved_reports(ReportKind.PLAN), False),
    ("people", "Контроль: отчётов о деятельности методистов", approved_reports(ReportKind.PERSON), True),
    (
        "reports",
        "Отчёты: утверждено отчётов о деятельности ИМО",
        approved_reports(ReportKind.ACTIVITY),
        False,
    ),
    ("space", "Методическое пространство: выполнено мероприятий", methodical_space, False),
]


def register() -> None:
    for order, (key, title, rows, is_for_heads) in enumerate(DUTIES):
        allowed = can_see_everybodys_work if is_for_heads else can_see_map
        indicators.register(Indicator(f"duties-{key}", title, "5.2", rows, order=order, allowed=allowed))
