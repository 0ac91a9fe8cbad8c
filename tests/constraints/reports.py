"""Lines of reports on activity."""

from apps.papers.models import Paper
from apps.reports.models import ActivityReport, ReportFigure, ReportSection
from tests.constraints.case import Case, D, Table, pair
from tests.factories import UserFactory


def paper() -> Paper:
    return Paper.objects.create(
        kind="activity_report",
        register="ОД",
        year=2026,
        ordinal=701,
        number="ОД-2026-0701",
        title="Отчёт",
        code="TEST-0701",
        signatory_name="А. А. Лесная",
        signatory_title="Заведующий",
        issued_on=D(2026, 9, 1),
        issued_by=UserFactory(),
    )


def given() -> dict:
    return {
        "kind": "activity",
        "title": "Отчёт",
        "first_day": D(2025, 9, 1),
        "last_day": D(2026, 8, 31),
        "created_by": UserFactory(),
    }


def days() -> Case:
    return pair(ActivityReport, given(), {"last_day": D(2025, 8, 31)}, {"last_day": D(2025, 9, 1)})


def person() -> Case:
    return pair(ActivityReport, given() | {"kind": "person"}, {}, {"person": UserFactory()})


def frozen() -> Case:
    return pair(ActivityReport, given() | {"state": "on_approval"}, {}, {"frozen_on": D(2026, 9, 1)})


def approved() -> Case:
    sent = given() | {"state": "approved", "frozen_on": D(2026, 9, 1)}
    return pair(ActivityReport, sent, {}, {"paper": paper()})


def report_paper() -> Case:
    sent = given() | {"state": "approved", "frozen_on": D(2026, 9, 1)}
    taken, free = paper(), None
    ActivityReport.objects.create(**sent | {"paper": taken})
    return pair(ActivityReport, given(), sent | {"paper": taken}, {"paper": free})


def figure_once() -> Case:
    section = ReportSection.objects.create(
        report=ActivityReport.objects.create(**given()), kind="table", title="Раздел"
    )
    ReportFigure.objects.create(section=section, indicator="papers-issued")
    return pair(
        ReportFigure, {"section": section}, {"indicator": "papers-issued"}, {"indicator": "papers-acting"}
    )


LINES: Table = {
    "activity_days_in_order": days,
    "activity_person_where_due": person,
    "activity_frozen_once_sent": frozen,
    "activity_approved_with_paper": approved,
    "reports.ActivityReport.paper": report_paper,
    "figure_once_in_section": figure_once,
}
