"""Periodic work of monitoring, run by the worker."""

import datetime
import io
import logging
import tempfile
from typing import Any

from django.urls import reverse
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from apps.core.access import Conflict
from apps.core.calendar import within_working_hours
from apps.core.exports import XLSX_TYPE, write_xlsx
from apps.core.files import store_file
from apps.core.jobs import JobFailed, running
from apps.core.mail import absolute, send_letter
from apps.core.models import WorkdayException
from apps.core.pdf import PDF_TYPE, PdfUnavailable
from apps.monitoring.actions.campaigns import remind
from apps.monitoring.actions.parts import new_part_token
from apps.monitoring.actions.phoning import new_confirmation_token
from apps.monitoring.exports import campaign_sheets
from apps.monitoring.models import Campaign, MonitoringReport, Part, PhoneCall, Response
from apps.monitoring.printing import file_name as print_name
from apps.monitoring.printing import response_pdf
from apps.monitoring.reporting.compose import compose
from apps.monitoring.reporting.figures import figures_of
from apps.monitoring.summaries.moments import moment_of
from apps.organizations.models import Department
from apps.papers.reports.pdf import to_pdf

logger = logging.getLogger("apps.monitoring.tasks")
LETTER_RETRY = RetryStrategy(max_attempts=5, exponential_wait=4)
WITH_RESPONSE = ("response__campaign", "response__organization")


def due_reminder(campaign: Campaign, now: datetime.datetime) -> int | None:
    """The scheduled reminder whose day has come and that has not left yet, the latest one first.

    Days are counted by Magadan's dates: 1 is the day before the deadline, -1 the day after it. A day that
    fell on a holiday is made good on the next working day; two missed ones leave as one.
    """
    left = (timezone.localdate(campaign.due_at) - timezone.localdate(now)).days
    sent = {reminder.day for reminder in campaign.reminders.all()}
    come = [day for day in campaign.reminder_days if day >= left]
    return None if not come or min(come) in sent else min(come)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="monitoring.reminders", pass_context=False)
def send_reminders(timestamp: int) -> None:
    """In working hours of working days sends what is due; each campaign in a transaction of its own."""
    now = timezone.now()
    overrides = dict(WorkdayException.objects.values_list("date", "is_working"))
    if not within_working_hours(now, overrides):
        return
    for campaign in Campaign.objects.running().prefetch_related("reminders"):
        day = due_reminder(campaign, now)
        if day is None:
            continue
        try:
            remind(campaign=campaign, day=day)
        except Conflict as conflict:
            logger.info("no reminder for campaign %s: %s", campaign.pk, conflict.told)


@app.task
def export_campaign(job_id: str, campaign_id: int, with_submitted: bool, on: str = "") -> None:
    """The workbook of a large campaign, as of the end of a past day where one is given."""
    with running(job_id) as progress, tempfile.TemporaryFile() as file:
        campaign = Campaign.objects.get(pk=campaign_id)
        write_xlsx(file, campaign_sheets(campaign, with_submitted=with_submitted, moment=moment_of(on)))
        name = f"{campaign.title[:100]} {timezone.localdate():%d.%m.%Y}.xlsx"
        progress.job.result = store_file(
            file=file, name=name, content_type=XLSX_TYPE, by=progress.job.created_by
        )


@app.task
def render_report(job_id: str, campaign_id: int, on: str = "") -> None:
    """The draft of a large report, as of the end of a past day where one is given."""
    with running(job_id) as progress:
        report = MonitoringReport.objects.select_related("campaign__version__form", "edited_by").get(
            campaign_id=campaign_id
        )
        content = to_pdf(compose(report, figures_of(report, moment_of(on)), Department.objects.get()))
        progress.job.result = store_file(
            file=io.BytesIO(content),
            name=f"Отчёт {report.campaign.title[:80]}.pdf",
            content_type="application/pdf",
            by=progress.job.created_by,
        )


@app.task
def print_response(job_id: str, response_id: int) -> None:
    """The printed form of a large response."""
    with running(job_id) as progress:
        response = Response.objects.select_related("campaign", "organization").get(pk=response_id)
        try:
            file = io.BytesIO(response_pdf(response))
        except PdfUnavailable as unavailable:
            raise JobFailed(str(unavailable)) from unavailable
        progress.job.result = store_file(
            file=file, name=print_name(response), content_type=PDF_TYPE, by=progress.job.created_by
        )


@app.task(name="monitoring.mail_part", retry=LETTER_RETRY)
def mail_part(*, part_id: int) -> None:
    """The link of a part to its colleague; the link is made here: the queue holds no secret."""
    for part in Part.objects.in_force().select_related(*WITH_RESPONSE, "created_by").filter(pk=part_id):
        if part.response.is_open:
            link = absolute(reverse("monitoring:part", args=[new_part_token(part=part)]))
            _letter(part.email, part.response, "part", {"part": part, "link": link})


@app.task(name="monitoring.mail_confirmation", retry=LETTER_RETRY)
def mail_confirmation(*, call_id: int) -> None:
    """The link to the organisation whose head confirms what was told by phone."""
    undecided = PhoneCall.objects.filter(pk=call_id, confirmed_at=None, objected_at=None)
    for call in undecided.select_related(*WITH_RESPONSE, "entered_by"):
        link = absolute(reverse("monitoring:phone-confirm", args=[new_confirmation_token(call)]))
        _letter(call.response.organization.email, call.response, "confirmation", {"call": call, "link": link})


def _letter(to: str, response: Response, template: str, context: dict[str, Any]) -> None:
    send_letter(
        to=to,
        subject=f"{response.campaign.title}: {response.organization.short_name}",
        template=f"monitoring/mail/{template}",
        context=context,
    )
