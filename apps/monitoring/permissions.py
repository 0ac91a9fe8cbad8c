"""Who may do what in monitoring. Seeing a row is decided by `visible_to` of its queryset."""

from typing import Any

from apps.accounts.queries import has_approval_right
from apps.core.roles import Role, has_role, reads_city, represented_ids
from apps.monitoring.enums import CampaignState, ReportState, ResponseState
from apps.monitoring.models import Campaign, FormVersion, MonitoringReport, Response


def can_edit_forms(user: Any) -> bool:
    """Forms are made by methodists and the head."""
    return has_role(user, Role.METHODIST, Role.HEAD)


def can_edit_version(user: Any, version: FormVersion) -> bool:
    """Only a draft changes; a published version never does."""
    return can_edit_forms(user) and not version.is_published


def can_run_campaigns(user: Any) -> bool:
    """Campaigns are run by methodists and the head."""
    return has_role(user, Role.METHODIST, Role.HEAD)


def can_edit_campaign(user: Any, campaign: Campaign) -> bool:
    """The conditions of a campaign change until it is closed."""
    return can_run_campaigns(user) and campaign.state != CampaignState.CLOSED


def can_see_progress(user: Any) -> bool:
    """Who answered is for the department."""
    return reads_city(user)


def can_fill(user: Any, response: Response) -> bool:
    """The responsible of the organisation fills its response in while it is open, or staff by phone."""
    return response.is_open and (answers_for(user, response) or enters_for(user, response))


def answers_for(user: Any, response: Response) -> bool:
    """The responsible of the organisation that owes the response."""
    return response.organization_id in represented_ids(user)


def enters_for(user: Any, response: Response) -> bool:
    """A methodist or the head who types what the organisation tells by phone, until it is sent."""
    may_have = can_run_campaigns(user) and getattr(response, "has_calls", True)
    return may_have and response.calls.filter(sent_at=None, entered_by_id=user.pk).exists()


def can_take_calls(user: Any, response: Response) -> bool:
    """Staff may type in for an organisation while its response is accepted from it."""
    return can_run_campaigns(user) and response.is_open


def can_review(user: Any, response: Response) -> bool:
    """A methodist or the head returns and accepts what has been sent."""
    return can_run_campaigns(user) and response.state == ResponseState.SUBMITTED


def can_reopen(user: Any, response: Response) -> bool:
    """A methodist or the head opens an accepted response again."""
    return can_run_campaigns(user) and response.state == ResponseState.ACCEPTED


def can_extend(user: Any, response: Response) -> bool:
    """A methodist or the head gives one organisation a later deadline, also after the closing moment."""
    return (
        can_run_campaigns(user)
        and response.campaign.state == CampaignState.RUNNING
        and response.state in (ResponseState.NOT_STARTED, ResponseState.DRAFT, ResponseState.RETURNED)
    )


def can_remark(user: Any, response: Response) -> bool:
    """A methodist or the head remarks on a response that the organisation has sent."""
    return can_review(user, response)


def can_answer_remark(user: Any, response: Response) -> bool:
    """The organisation answers remarks while the response is with it."""
    return answers_for(user, response) and response.state == ResponseState.RETURNED


def can_attach(user: Any, response: Response) -> bool:
    """The organisation adds files while it fills the response in, and after sending until it is accepted."""
    return answers_for(user, response) and (response.is_open or response.state == ResponseState.SUBMITTED)


def can_edit_report(user: Any, report: MonitoringReport) -> bool:
    """Methodists and the head write the report until it goes for approval."""
    return can_run_campaigns(user) and report.state == ReportState.DRAFT


def can_approve_report(user: Any, report: MonitoringReport) -> bool:
    """Only who has the head's right to approve today, the acting head included."""
    return report.state == ReportState.ON_APPROVAL and has_approval_right(user)
