"""The official report: written by the methodist, approved by the head, frozen with a number."""

from typing import Any

from django.db import transaction

from apps.accounts.queries import holders_of
from apps.core.access import Conflict, require
from apps.core.roles import Role
from apps.monitoring.models import Campaign, MonitoringReport
from apps.monitoring.permissions import can_approve_report, can_edit_report, can_run_campaigns
from apps.monitoring.reporting.compose import compose
from apps.monitoring.reporting.figures import figures_of
from apps.monitoring.states import REPORT
from apps.notices.actions import notify
from apps.organizations.models import Department
from apps.papers.actions import issue
from apps.papers.enums import PaperKind, Register
from apps.papers.models import Paper
from apps.workflow.actions import announce_finished, move

MAX_INDICATORS = 12


def locked_report(report_id: int) -> MonitoringReport:
    return (
        MonitoringReport.objects.select_for_update(of=("self",))
        .select_related("campaign__version__form", "edited_by")
        .get(pk=report_id)
    )


@transaction.atomic
def begin_report(*, campaign: Campaign, by: Any) -> MonitoringReport:
    """The report of a campaign; made at the first call."""
    require(can_run_campaigns(by), "Отчёт составляют методисты и заведующий.")
    report, _ = MonitoringReport.objects.get_or_create(campaign=campaign, defaults={"edited_by_id": by.pk})
    return report


@transaction.atomic
def edit_report(
    *,
    report: MonitoringReport,
    introduction: str,
    conclusion: str,
    indicators: list[str],
    revision: int,
    by: Any,
) -> MonitoringReport:
    """Saves the methodist's part. `revision` is what the editor saw: a newer one is not overwritten."""
    report = locked_report(report.pk)
    require(can_edit_report(by, report), "Отчёт меняется, пока он готовится.")
    if report.revision != revision:
        raise Conflict("Отчёт тем временем изменил другой человек. Откройте страницу заново и сверьте текст.")
    if len(indicators) > MAX_INDICATORS:
        raise Conflict(f"В приложение входит не больше {MAX_INDICATORS} показателей.")
    report.introduction, report.conclusion, report.indicators = introduction, conclusion, indicators
    report.edited_by_id, report.revision = by.pk, report.revision + 1
    report.save()
    return report


@transaction.atomic
def send_report(*, report: MonitoringReport, by: Any) -> None:
    """Sends the report for approval."""
    report = locked_report(report.pk)
    require(can_run_campaigns(by), "Отчёт отправляют методисты и заведующий.")
    move(report, REPORT, "send", by=by)
    notify(
        recipients=holders_of(Role.HEAD),
        kind="report",
        title=f"На утверждении: {report}",
        url=f"/monitoring/campaigns/{report.campaign_id}/report/",
        by=by,
    )


@transaction.atomic
def return_report(*, report: MonitoringReport, comment: str, by: Any) -> None:
    """The head sends the report back with a mandatory comment."""
    report = locked_report(report.pk)
    require(can_approve_report(by, report), "Вернуть отчёт может тот, кто сегодня утверждает.")
    move(report, REPORT, "return", by=by, comment=comment)
    notify(
        recipients=[report.edited_by],
        kind="report",
        title=f"Возвращён на доработку: {report}",
        text=comment,
        url=f"/monitoring/campaigns/{report.campaign_id}/report/",
        by=by,
    )


@transaction.atomic
def approve_report(*, report: MonitoringReport, seen: str, by: Any) -> Paper:
    """Approves what the head has read: number, code, frozen figures and file.

    `seen` is `MonitoringReport.mark` of the page he read; text or figures changed since are refused.
    A second press finds the report approved and gives the paper already issued.
    """
    report = locked_report(report.pk)
    if report.paper is not None and report.mark == seen:
        return report.paper
    require(can_approve_report(by, report), "Утверждает отчёт заведующий или исполняющий его обязанности.")
    if report.mark != seen:
        raise Conflict(
            "Текст или данные отчёта изменились с тех пор, как вы его открыли. Прочитайте его ещё раз."
        )
    figures, department = figures_of(report), Department.objects.get()
    report.figures = figures.frozen()
    report.paper = issue(
        kind=PaperKind.MONITORING_REPORT,
        register=Register.MONITORING,
        title=f"Отчёт о мониторинге «{report.campaign.title}», {report.campaign.period_title}",
        subject=report,
        build=lambda header: compose(report, figures, department, header),
        by=by,
        snapshot={
            "figures": report.figures,
            "introduction": report.introduction,
            "conclusion": report.conclusion,
            "indicators": report.indicators,
        },
    )
    move(report, REPORT, "approve", by=by, update_fields=("figures", "paper"))
    # The campaign ends with its report: what is planned of it is done now, not when the collection closes.
    announce_finished(report.campaign, by=by, paper=report.paper)
    return report.paper


@transaction.atomic
def revoke_report(*, report: MonitoringReport, reason: str, by: Any) -> None:
    """The paper was revoked in the register: the report may be corrected and approved anew."""
    report = locked_report(report.pk)
    report.paper, report.figures = None, None
    move(report, REPORT, "revoke", by=by, comment=reason, update_fields=("paper", "figures"))
