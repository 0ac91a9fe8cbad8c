"""The official report: its text, preview, approval, files."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.core.files import file_response
from apps.core.jobs import start_job
from apps.core.pages import FormPage
from apps.core.views import progress
from apps.monitoring.actions import reports as acts
from apps.monitoring.compiled import compiled_for
from apps.monitoring.enums import CampaignState, ReportState, ResponseState
from apps.monitoring.forms import ReportForm
from apps.monitoring.grids import figures_by_table
from apps.monitoring.models import Campaign, MonitoringReport
from apps.monitoring.permissions import can_approve_report, can_edit_report, can_run_campaigns
from apps.monitoring.reporting.compose import compose
from apps.monitoring.reporting.figures import figures_of
from apps.monitoring.summaries.moments import moment_of
from apps.monitoring.tasks import render_report
from apps.monitoring.views.campaigns import CampaignPage, own_campaign
from apps.monitoring.views.responses.common import posted_text
from apps.monitoring.views.summaries import asked_day
from apps.organizations.models import Department
from apps.papers.reports.blocks import Report
from apps.papers.reports.docx import to_docx
from apps.papers.reports.pdf import to_pdf
from apps.workflow.models import TransitionRecord

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# A report with more rows of tables than this is rendered by the worker.
AT_ONCE = 300


class ReportPage(CampaignPage, FormPage):
    """The methodist's text around the figures; what the head reads and approves."""

    form_class = ReportForm
    template_name = "monitoring/campaign_report.html"
    lead = "Таблицы и графики портал соберёт сам; напишите вводную часть и выводы, выберите показатели."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.report = own_report(request, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        compiled = compiled_for(self.report.campaign.version_id)
        kwargs = {**super().get_form_kwargs(), "indicators": figures_by_table(compiled)}
        if self.request.method == "GET":
            kwargs["initial"] = {
                "introduction": self.report.introduction,
                "conclusion": self.report.conclusion,
                "indicators": self.report.indicators,
                "revision": self.report.revision,
            }
        return kwargs

    def form_valid(self, form: ReportForm) -> HttpResponse:
        if self.report.pk is None:
            self.report = acts.begin_report(campaign=self.campaign, by=self.request.user)
        try:
            acts.edit_report(report=self.report, by=self.request.user, **form.cleaned_data)
        except Conflict as conflict:
            form.add_error(None, conflict.told)
            return self.form_invalid(form)
        messages.success(self.request, "Отчёт сохранён.")
        return redirect("monitoring:campaign-report", pk=self.campaign.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, report = self.request.user, self.report
        log = list(TransitionRecord.objects.of(report).select_related("by")) if report.pk else []
        return super().get_context_data(
            **{
                **kwargs,
                "report": report,
                "report_state": ReportState(report.state),
                "can_edit_report": can_edit_report(user, report),
                "can_send": report.pk is not None and can_edit_report(user, report),
                "can_approve": can_approve_report(user, report),
                "not_accepted": self.not_accepted(),
                "is_approved": report.state == ReportState.APPROVED,
                "log": log,
                "given_back": log[-1] if log and report.state == ReportState.DRAFT else None,
            }
        )

    def not_accepted(self) -> int:
        """While collection goes on: how many organisations the report leaves out."""
        if self.campaign.state != CampaignState.RUNNING:
            return 0
        return self.campaign.responses.exclude(state=ResponseState.ACCEPTED).count()


def own_report(request: HttpRequest, pk: int) -> MonitoringReport:
    """The report of a campaign the user sees; an unsaved empty one until somebody writes it."""
    campaign = own_campaign(request, pk)
    reports = MonitoringReport.objects.visible_to(request.user).filter(campaign=campaign)
    found = reports.select_related("campaign__version__form", "edited_by", "paper__file").first()
    return found or MonitoringReport(campaign=campaign, edited_by=request.user)


def acted(
    request: HttpRequest, pk: int, act: Callable[..., Any], told: str, **arguments: Any
) -> HttpResponse:
    report = own_report(request, pk)
    if report.pk is None:
        require(can_run_campaigns(request.user), "Отчёт составляют методисты и заведующий.")
        report = acts.begin_report(campaign=report.campaign, by=request.user)
    try:
        act(report=report, by=request.user, **arguments)
    except Conflict as conflict:
        messages.error(request, conflict.told)
    else:
        messages.success(request, told)
    return redirect("monitoring:campaign-report", pk=pk)


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    return acted(request, pk, acts.send_report, "Отчёт отправлен на утверждение.")


@require_POST
def return_to_author(request: HttpRequest, pk: int) -> HttpResponse:
    def act(**said: Any) -> None:
        acts.return_report(comment=posted_text(request, "comment"), **said)

    return acted(request, pk, act, "Отчёт возвращён на доработку.")


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    seen = request.POST.get("seen", "")
    return acted(request, pk, acts.approve_report, "Отчёт утверждён и зарегистрирован.", seen=seen)


def report_of(report: MonitoringReport, on: str = "") -> Report:
    """The blocks of a report that is not approved yet, of now or of a past day."""
    return compose(report, figures_of(report, moment_of(on)), Department.objects.get())


def file_name(campaign: Campaign) -> str:
    return f"Отчёт {campaign.title[:80]} {timezone.localdate():%d.%m.%Y}"


@require_GET
def report_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The issued paper once approved; before that a draft, rendered now or, when large, by the worker."""
    report = own_report(request, pk)
    journal.record(by=request.user, verb=Verb.PRINTED, subject=report.campaign)
    if report.paper is not None and report.paper.file is not None:
        return file_response(report.paper.file, inline=True)
    on = asked_day(request)
    composed = report_of(report, on)
    if composed.row_count > AT_ONCE:
        job = start_job(
            by=request.user,
            kind="monitoring.report",
            title=file_name(report.campaign),
            task=render_report,
            subject_id=report.campaign_id,
            campaign_id=report.campaign_id,
            on=on,
        )
        return progress(request, job)
    return _file(to_pdf(composed), f"{file_name(report.campaign)}.pdf", "application/pdf", inline=True)


@require_GET
def report_docx(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The draft for a word processor; an approved report leaves as it was issued only."""
    report = own_report(request, pk)
    require(report.paper is None, "Утверждённый отчёт выдаётся только в виде PDF.")
    journal.record(by=request.user, verb=Verb.EXPORTED, subject=report.campaign)
    return _file(
        to_docx(report_of(report, asked_day(request))), f"{file_name(report.campaign)}.docx", DOCX_TYPE
    )


def _file(content: bytes, name: str, content_type: str, *, inline: bool = False) -> HttpResponse:
    headers = {
        "Content-Disposition": content_disposition_header(not inline, name),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
