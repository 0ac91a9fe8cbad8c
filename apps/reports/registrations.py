"""What the app gives to the registries."""

from typing import Any

from django.db.models import Q
from django.dispatch import receiver

from apps.accounts.queries import has_approval_right
from apps.core.registry import (
    NavItem,
    SearchHit,
    SearchProvider,
    SubjectGuard,
    Task,
    TaskProvider,
    home_tasks,
    navigation,
    search_providers,
    subject_guards,
)
from apps.papers.signals import paper_revoked
from apps.reports import indicators
from apps.reports.actions import revoke_report
from apps.reports.models import ActivityReport
from apps.reports.permissions import can_see_everybodys_work, can_see_map

PAGES = [
    ("statute", "Карта Положения", "reports:statute-map", "book", can_see_map),
    ("reports", "Отчёты о деятельности", "reports:report-list", "bar-chart", can_see_map),
    ("week", "Неделя отдела", "reports:week", "calendar-event", can_see_everybodys_work),
]


def waiting_tasks(user: Any) -> list[Task]:
    """Reports on activity that wait for who approves today."""
    rows = ActivityReport.objects.visible_to(user).waiting() if has_approval_right(user) else []
    return [Task(f"Утвердить: {one}", one.get_absolute_url()) for one in rows]


def search_reports(user: Any, query: str, limit: int) -> list[SearchHit]:
    rows = ActivityReport.objects.visible_to(user).filter(Q(title__icontains=query))[:limit]
    return [SearchHit(one.title, one.get_absolute_url(), "отчёт о деятельности", one.period) for one in rows]


@receiver(paper_revoked, dispatch_uid="reports.revoked")
def reopen_revoked(sender: Any, paper: Any, reason: str, by: Any, **rest: Any) -> None:
    """The report of a revoked paper may be corrected and approved anew."""
    report = ActivityReport.objects.filter(paper=paper).first()
    if report is not None:
        revoke_report(report=report, reason=reason, by=by)


def register() -> None:
    subject_guards.register(SubjectGuard("reports.activityreport", ActivityReport.objects.visible_to))
    indicators.register()
    for order, (key, title, name, icon, allowed) in enumerate(PAGES):
        navigation.register(
            NavItem(f"reports.{key}", title, name, icon, "Управление", 60 + order, allowed=allowed)
        )
    home_tasks.register(TaskProvider("reports", "Отчёты на утверждении", waiting_tasks, 7, can_see_map))
    search_providers.register(
        SearchProvider("reports", "Отчёты о деятельности", search_reports, 45, can_see_map)
    )
