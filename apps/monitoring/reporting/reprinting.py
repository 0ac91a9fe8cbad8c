"""An approved report issued again: from the same figures, or not at all."""

from typing import Any

from apps.accounts.queries import has_approval_right
from apps.core.access import Conflict
from apps.monitoring.models import MonitoringReport
from apps.monitoring.reporting.compose import compose
from apps.monitoring.reporting.figures import figures_of
from apps.organizations.models import Department
from apps.papers.enums import PaperKind
from apps.papers.models import Paper
from apps.papers.reprints import Build, Reprint, reprints

CHANGED = (
    "Данные мониторинга изменились с тех пор, как отчёт утверждён: напечатать его прежним нельзя. "
    "Отзовите документ — отчёт вернётся на доработку, и его утвердят заново."
)


def _build(paper: Paper) -> Build:
    reports = MonitoringReport.objects.select_related("campaign__version__form", "edited_by")
    report = reports.get(paper=paper)
    figures, department = figures_of(report), Department.objects.get()
    if figures.frozen() != report.figures:
        raise Conflict(CHANGED)
    return lambda header: compose(report, figures, department, header)


def _adopt(paper: Paper, successor: Paper) -> None:
    MonitoringReport.objects.filter(paper=paper).update(paper=successor)


def _may(user: Any, paper: Paper) -> bool:
    return has_approval_right(user) and MonitoringReport.objects.filter(paper=paper).exists()


def register() -> None:
    reprints.register(Reprint(PaperKind.MONITORING_REPORT, _build, _adopt, _may))
