"""Keeping an analysis under a name, and making it a page of the report."""

from typing import Any

from django.db import transaction
from django.db.models import F

from apps.core.access import Conflict, require
from apps.monitoring.actions.reports import begin_report, locked_report
from apps.monitoring.analysis.spec import Wish
from apps.monitoring.models import Campaign, MonitoringReport, SavedAnalysis
from apps.monitoring.permissions import can_edit_report, can_run_campaigns

MAX_TITLE = 200
# More pages than a reader of a report turns.
MOST_IN_REPORT = 10
STAFF = "Анализ сохраняют методисты и заведующий."
FIXED = "Отчёт отправлен или утверждён: его страницы не меняются."


@transaction.atomic
def save_analysis(*, campaign: Campaign, title: str, wish: Wish, by: Any) -> SavedAnalysis:
    """Keeps what is asked under a name; the same name again takes the new question.

    Raises Conflict for a blank or long name, for nothing chosen, and where a fixed report holds the name.
    """
    require(can_run_campaigns(by), STAFF)
    title = " ".join(title.split())
    if not title:
        raise Conflict("Дайте анализу название.")
    if len(title) > MAX_TITLE:
        raise Conflict(f"Название длиннее {MAX_TITLE} знаков.")
    if not wish.indicators:
        raise Conflict("Выберите хотя бы один показатель.")
    kept = SavedAnalysis.objects.select_for_update().filter(campaign=campaign, title=title).first()
    if kept is None:
        return SavedAnalysis.objects.create(
            campaign=campaign, title=title, wish=wish.as_query(), created_by_id=by.pk
        )
    if kept.in_report:
        _touch_report(campaign, by)
    kept.wish = wish.as_query()
    kept.save(update_fields=["wish"])
    return kept


@transaction.atomic
def put_in_report(*, analysis: SavedAnalysis, is_in: bool, by: Any) -> None:
    """Makes the analysis a page of the campaign's report, or takes it out again.

    The report becomes another text, so that whoever had read it before is asked to read it again.
    """
    require(can_run_campaigns(by), STAFF)
    _touch_report(analysis.campaign, by)
    others = SavedAnalysis.objects.filter(campaign=analysis.campaign, in_report=True).exclude(pk=analysis.pk)
    if is_in and others.count() >= MOST_IN_REPORT:
        raise Conflict(f"В отчёт входит не больше {MOST_IN_REPORT} страниц анализа.")
    SavedAnalysis.objects.filter(pk=analysis.pk).update(in_report=is_in)


@transaction.atomic
def delete_analysis(*, analysis: SavedAnalysis, by: Any) -> None:
    """Removes a kept question; from a report that is fixed it is not taken away."""
    require(can_run_campaigns(by), STAFF)
    if analysis.in_report:
        _touch_report(analysis.campaign, by)
    analysis.delete()


def _touch_report(campaign: Campaign, by: Any) -> None:
    report = locked_report(begin_report(campaign=campaign, by=by).pk)
    if not can_edit_report(by, report):
        raise Conflict(FIXED)
    MonitoringReport.objects.filter(pk=report.pk).update(revision=F("revision") + 1)
