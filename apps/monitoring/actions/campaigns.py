"""Campaigns: prepared, started for all recipients or none, followed, closed, run again."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from apps.accounts.queries import representatives_of
from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.calendar import months_later
from apps.core.enums import Verb
from apps.monitoring.enums import EDITABLE_STATES, CampaignState, PeriodKind
from apps.monitoring.models import Campaign, Reminder, Response
from apps.monitoring.permissions import can_run_campaigns
from apps.monitoring.states import CAMPAIGN
from apps.notices.actions import notify
from apps.organizations.models import Organization
from apps.workflow.actions import move


def _require_runner(by: Any) -> None:
    require(can_run_campaigns(by), "Мониторинги проводят методисты и заведующий.")


def locked_campaign(campaign_id: int) -> Campaign:
    return (
        Campaign.objects.select_for_update(of=("self",)).select_related("version__form").get(pk=campaign_id)
    )


@transaction.atomic
def save_campaign(*, campaign: Campaign, by: Any) -> Campaign:
    """Creates or changes the conditions of a campaign; a closed one is left alone."""
    _require_runner(by)
    if campaign.state == CampaignState.CLOSED:
        raise Conflict("Мониторинг завершён: его условия не меняются.")
    is_new = campaign.pk is None
    if is_new:
        campaign.created_by_id = by.pk
    if campaign.previous_id is None:
        campaign.previous = Campaign.objects.rounds_before(campaign).first()
    campaign.save()
    journal.record(by=by, verb=Verb.CREATED if is_new else Verb.CHANGED, subject=campaign)
    return campaign


@transaction.atomic
def set_recipients(*, campaign: Campaign, organizations: Iterable[Organization], by: Any) -> None:
    """Makes exactly these organisations the recipients of a campaign that is not started yet."""
    _require_runner(by)
    campaign = locked_campaign(campaign.pk)
    if campaign.state != CampaignState.DRAFT:
        raise Conflict("Мониторинг уже запущен: организации добавляются по одной.")
    wanted = {organization.pk for organization in organizations}
    campaign.responses.exclude(organization_id__in=wanted).delete()
    present = set(campaign.responses.values_list("organization_id", flat=True))
    Response.objects.bulk_create(
        Response(campaign=campaign, organization_id=pk) for pk in sorted(wanted - present)
    )


@transaction.atomic
def add_recipient(*, campaign: Campaign, organization: Organization, by: Any) -> Response:
    """Asks one more organisation in a running campaign."""
    _require_runner(by)
    campaign = locked_campaign(campaign.pk)
    if campaign.state == CampaignState.CLOSED:
        raise Conflict("Мониторинг завершён.")
    response, created = Response.objects.get_or_create(campaign=campaign, organization=organization)
    if created and campaign.state == CampaignState.RUNNING:
        _announce(campaign, [organization.pk], by)
    return response


@transaction.atomic
def start(*, campaign: Campaign, by: Any) -> Campaign:
    """Starts the campaign: every recipient gets its response and its notice, or nobody does.

    Raises `Conflict` when nobody is asked, the deadline has passed, or the form is not published.
    """
    _require_runner(by)
    campaign = locked_campaign(campaign.pk)
    asked = list(campaign.responses.values_list("organization_id", flat=True))
    if not campaign.version.is_published:
        raise Conflict("Версия формы не опубликована: опубликуйте её перед запуском.")
    if not asked:
        raise Conflict("Не выбрана ни одна организация.")
    if campaign.due_at <= timezone.now():
        raise Conflict("Срок уже прошёл: укажите более поздний.")
    campaign.started_at = timezone.now()
    move(campaign, CAMPAIGN, "start", by=by, update_fields=("started_at",))
    _announce(campaign, asked, by)
    return campaign


def _announce(campaign: Campaign, organization_ids: list[int], by: Any) -> None:
    due = timezone.localtime(campaign.due_at)
    notify(
        recipients=representatives_of(organization_ids),
        kind="monitoring",
        title=f"Новый мониторинг: {campaign.title}",
        text=f"{campaign.letter}\n\nСрок — {due:%d.%m.%Y %H:%M} (магаданское время).".strip(),
        url="/monitoring/",
        by=by,
    )


@transaction.atomic
def close(*, campaign: Campaign, by: Any) -> Campaign:
    """Ends the collection: nothing more is accepted until it is reopened."""
    _require_runner(by)
    campaign = locked_campaign(campaign.pk)
    campaign.closed_at = timezone.now()
    move(campaign, CAMPAIGN, "close", by=by, update_fields=("closed_at",))
    return campaign


@transaction.atomic
def reopen_campaign(*, campaign: Campaign, due_at: datetime.datetime, reason: str, by: Any) -> Campaign:
    """Opens a closed campaign again with a reason and a new deadline."""
    _require_runner(by)
    campaign = locked_campaign(campaign.pk)
    if due_at <= timezone.now():
        raise Conflict("Новый срок уже прошёл.")
    campaign.due_at, campaign.closed_at = due_at, None
    move(campaign, CAMPAIGN, "reopen", by=by, comment=reason, update_fields=("due_at", "closed_at"))
    return campaign


@transaction.atomic
def delete_campaign(*, campaign: Campaign, by: Any) -> None:
    """Removes a campaign that was never started."""
    _require_runner(by)
    campaign = locked_campaign(campaign.pk)
    if campaign.state != CampaignState.DRAFT:
        raise Conflict("Запущенный мониторинг не удаляется.")
    journal.record(by=by, verb=Verb.DELETED, subject=campaign)
    campaign.responses.all().delete()
    campaign.delete()


@transaction.atomic
def run_again(*, campaign: Campaign, by: Any) -> Campaign:
    """«Провести снова»: a draft of the next round with the same recipients and conditions.

    The newest published version of the form is taken; the period and the deadline move one period on.
    """
    _require_runner(by)
    published = campaign.version.form.versions.published().order_by("-number").first()
    following = Campaign(
        version=published or campaign.version,
        title=campaign.title,
        period_kind=campaign.period_kind,
        period_start=next_period(campaign.period_kind, campaign.period_start),
        letter=campaign.letter,
        contact=campaign.contact,
        respondent=campaign.respondent,
        due_at=next_period_moment(campaign.period_kind, campaign.due_at),
        grace_hours=campaign.grace_hours,
        reminder_days=campaign.reminder_days,
        previous=campaign,
    )
    save_campaign(campaign=following, by=by)
    today = timezone.localdate()
    still = Organization.objects.active_on(today).filter(responses__campaign=campaign)
    set_recipients(campaign=following, organizations=still, by=by)
    return following


def next_period(kind: str, day: datetime.date) -> datetime.date:
    """The first day of the period after the one that begins on `day`."""
    months = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3}.get(PeriodKind(kind), 12)
    return months_later(day, months)


def next_period_moment(kind: str, moment: datetime.datetime) -> datetime.datetime:
    """The same hour of Magadan one period later."""
    local = timezone.localtime(moment)
    day = next_period(kind, local.date())
    return local.replace(year=day.year, month=day.month, day=day.day)


def to_remind(campaign: Campaign) -> QuerySet[Response]:
    """Those who may still answer and have not, as of now."""
    return campaign.responses.without_documents().filter(state__in=EDITABLE_STATES).select_related("campaign")


@transaction.atomic
def remind(*, campaign: Campaign, by: Any = None, day: int | None = None) -> int:
    """Reminds the organisations that have not answered; gives how many people were told.

    `day` names a scheduled reminder, which leaves only once; None is a press of the button.
    """
    if by is not None:
        _require_runner(by)
    campaign = locked_campaign(campaign.pk)
    if campaign.state != CampaignState.RUNNING:
        raise Conflict("Напомнить можно, пока идёт сбор.")
    if day is not None and campaign.reminders.filter(day=day).exists():
        return 0
    late = [one for one in to_remind(campaign) if timezone.now() <= one.closes_at]
    people = list(representatives_of([one.organization_id for one in late]))
    Reminder.objects.create(
        campaign=campaign, day=day, sent_by_id=getattr(by, "pk", None), recipients=len(people)
    )
    due = timezone.localtime(campaign.due_at)
    notify(
        recipients=people,
        kind="monitoring",
        title=f"Напоминание: {campaign.title}",
        text=f"Отчёт ещё не отправлен. Срок — {due:%d.%m.%Y %H:%M} (магаданское время).",
        url="/monitoring/",
        by=by,
    )
    if by is not None:
        journal.record(by=by, verb=Verb.REMINDED, subject=campaign)
    return len(people)
