"""A campaign's figures as files."""

import datetime

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.core import journal
from apps.core.enums import Verb
from apps.core.exports import XLSX_TYPE, csv_response, xlsx_response
from apps.core.files import made_response
from apps.core.jobs import start_job
from apps.core.views import progress
from apps.monitoring.compiled import compiled_for
from apps.monitoring.exports import campaign_sheets, cell_count, organizations_sheet
from apps.monitoring.summaries.moments import moment_of
from apps.monitoring.summaries.summary import summary_of
from apps.monitoring.tasks import export_campaign
from apps.monitoring.views.campaigns import own_campaign
from apps.monitoring.views.summaries import AT_ONCE, asked_day, with_submitted_asked
from apps.monitoring.workbooks import summary_workbook


@require_GET
def export_xlsx(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Everything as a workbook; a large one is made by the worker."""
    campaign = own_campaign(request, pk)
    with_submitted, on = with_submitted_asked(request), asked_day(request)
    journal.record(by=request.user, verb=Verb.EXPORTED, subject=campaign)
    if cell_count(campaign, with_submitted=with_submitted) > AT_ONCE:
        job = start_job(
            by=request.user,
            kind="monitoring.export",
            title=f"Выгрузка: {campaign.title}",
            task=export_campaign,
            subject_id=campaign.pk,
            campaign_id=campaign.pk,
            with_submitted=with_submitted,
            on=on,
        )
        return progress(request, job)
    day = datetime.date.fromisoformat(on) if on else timezone.localdate()
    name = f"{campaign.title} {day:%d.%m.%Y}"
    return xlsx_response(name, campaign_sheets(campaign, with_submitted=with_submitted, moment=moment_of(on)))


@require_GET
def summary_blank(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The sums of the city in the layout of the form itself."""
    campaign, on = own_campaign(request, pk), asked_day(request)
    summary = summary_of(campaign, with_submitted=with_submitted_asked(request), moment=moment_of(on))
    if summary is None:
        messages.error(request, "Сводить нечего: принятых отчётов нет.")
        return redirect("monitoring:campaign-summary", campaign.pk)
    journal.record(by=request.user, verb=Verb.EXPORTED, subject=campaign, note="свод на бланке")
    return made_response(summary_workbook(campaign, summary), f"Свод — {campaign.title}.xlsx", XLSX_TYPE)


@require_GET
def export_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Organisations × cells, streamed."""
    campaign = own_campaign(request, pk)
    with_submitted = request.GET.get("with_submitted") == "1"
    journal.record(by=request.user, verb=Verb.EXPORTED, subject=campaign)
    sheet = organizations_sheet(campaign, compiled_for(campaign.version_id), with_submitted)
    return csv_response(f"{campaign.title}", sheet.columns, sheet.rows)
