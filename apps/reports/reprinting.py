"""An approved report on activity issued again, from the figures frozen in it."""

from typing import Any

from apps.accounts.queries import has_approval_right
from apps.organizations.models import Department
from apps.papers.enums import PaperKind
from apps.papers.models import Paper
from apps.papers.reprints import Build, Reprint, reprints
from apps.reports.composing import compose, frozen_sections
from apps.reports.models import ActivityReport


def _build(paper: Paper) -> Build:
    report = ActivityReport.objects.select_related("person", "created_by").get(paper=paper)
    department, sections = Department.objects.get(), frozen_sections(report)
    return lambda header: compose(report, sections, department, header)


def _adopt(paper: Paper, successor: Paper) -> None:
    ActivityReport.objects.filter(paper=paper).update(paper=successor)


def _may(user: Any, paper: Paper) -> bool:
    return has_approval_right(user) and ActivityReport.objects.filter(paper=paper).exists()


def register() -> None:
    reprints.register(Reprint(PaperKind.ACTIVITY_REPORT, _build, _adopt, _may))
