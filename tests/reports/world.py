"""Reports on activity for the walk: a draft with a section and a figure, and one that waits."""

import datetime
from typing import Any

from apps.accounts.models import User
from apps.reports import actions
from apps.reports.models import ActivityReport, ReportFigure

FIRST, LAST = datetime.date(2025, 9, 1), datetime.date(2026, 8, 31)


def make_report(by: User, **fields: Any) -> ActivityReport:
    """A report on the activity of ИМО in the school year 2025/2026."""
    given = {"kind": "activity", "title": "Отчёт о деятельности ИМО", "first_day": FIRST, "last_day": LAST}
    return actions.create_report(by=by, **given | fields)


def add_reports(users: dict[str, User], at: dict[str, Any]) -> None:
    draft = make_report(users["methodist"])
    waiting = make_report(users["methodist"], title="Отчёт за год")
    actions.send_report(report=waiting, by=users["methodist"])
    figure = ReportFigure.objects.filter(section__report=draft).first()
    at |= {
        "draft activity": draft.pk,
        "waiting activity": waiting.pk,
        "section": figure.section_id,
        "figure": figure.pk,
        "way": "up",
        "methodist": users["methodist"].pk,
        "clause": "5.4",
        "indicator": "organizations-active",
        "person indicator": "papers-issued",
    }
