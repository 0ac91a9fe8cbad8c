"""Reports on activity as a list."""

from apps.core.columns import Column, Kind
from apps.reports.enums import ReportState
from apps.reports.models import ActivityReport

REPORTS = [
    Column("title", "Отчёт", sort="title", url=ActivityReport.get_absolute_url, width=60),
    Column("kind", "Вид", lambda row: row.get_kind_display(), sort="kind", width=28),
    Column("first_day", "С", kind=Kind.DATE, sort="first_day"),
    Column("last_day", "По", kind=Kind.DATE, sort="last_day"),
    Column("state", "Состояние", lambda row: ReportState(row.state), kind=Kind.STATE, sort="state"),
    Column("created_by", "Составил", lambda row: str(row.created_by), width=24),
]
