"""Who reads the map of the statute; who writes and approves reports on activity."""

from typing import Any

from apps.accounts.queries import has_approval_right
from apps.core.roles import Role, has_role, reads_city
from apps.reports.enums import ReportState
from apps.reports.models import ActivityReport


def can_see_map(user: Any, obj: Any = None) -> bool:
    """What is reported for the whole city is read by ИМО and the head of the department (statute 1.3)."""
    return reads_city(user)


def can_write_reports(user: Any, report: ActivityReport | None = None) -> bool:
    """Methodists and the head report (statute 5.2)."""
    return has_role(user, Role.HEAD, Role.METHODIST)


def can_edit_report(user: Any, report: ActivityReport) -> bool:
    """A draft is written by those who report; one on a person, by the person, its author and the head."""
    is_own = user.pk in (report.created_by_id, report.person_id) or has_role(user, Role.HEAD)
    is_open = report.person_id is None or is_own
    return can_write_reports(user) and report.state == ReportState.DRAFT and is_open


def can_approve_report(user: Any, report: ActivityReport) -> bool:
    """Only who has the head's right to approve today, the acting head included."""
    return report.state == ReportState.ON_APPROVAL and has_approval_right(user)


def can_see_everybodys_work(user: Any, obj: Any = None) -> bool:
    """Control of each member is the head's (statute 1.6, 5.2); the head of the department looks too."""
    return has_role(user, Role.HEAD, Role.DIRECTOR)
