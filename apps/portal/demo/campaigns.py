"""Campaigns of the demo: two finished rounds of each form, one running, one being prepared."""

import datetime
from dataclasses import dataclass

from apps.accounts.models import User
from apps.core.models import JournalRecord
from apps.core.school_year import SchoolYear
from apps.monitoring.actions.campaigns import next_period
from apps.monitoring.enums import CampaignState, PeriodKind
from apps.monitoring.models import Campaign, Response
from apps.monitoring.states import CAMPAIGN
from apps.portal.demo.city import City
from apps.workflow.models import TransitionRecord


@dataclass(frozen=True)
class Plan:
    """How a form is collected: the running round began and ends so many days from today."""

    form: str
    title: str
    methodist: str
    respondent: str
    letter: str
    started_days_ago: int
    due_in_days: int
    grace_hours: int = 24


PLANS = (
    Plan(
        "library", "Библиотечный фонд школ", "methodist", "Заведующий библиотекой",
        "Просим представить сведения о библиотечном фонде и обслуживании читателей. Данные нужны для заказа "
        "учебников на следующий учебный год.",
        started_days_ago=12, due_in_days=5,
    ),
    Plan(
        "ict", "Техника и доступ к сети Интернет", "methodist2", "Ответственный за информатизацию",
        "Просим сообщить об исправной технике и скорости доступа. Скорость измерьте в учебное время.",
        started_days_ago=20, due_in_days=-2, grace_hours=24 * 7,
    ),
    Plan(
        "cpd", "Охват повышением квалификации", "methodist", "Заместитель руководителя по кадрам",
        "Просим представить сведения об обучении руководящих и педагогических работников за три года.",
        started_days_ago=9, due_in_days=12,
    ),
    Plan(
        "needs", "Методические потребности организаций", "methodist2", "Заместитель руководителя",
        "Ответы помогут составить план работы отдела. Отвечает администрация, опрашивать педагогов не нужно.",
        started_days_ago=3, due_in_days=18,
    ),
)  # fmt: skip
BIG = Plan(
    "oo2", "Материальная и информационная база школы", "methodist", "Директор",
    "Просим заполнить годовой отчёт по разделам. Разделы можно поручить разным сотрудникам.",
    started_days_ago=14, due_in_days=21,
)  # fmt: skip
COLLECTED_FROM, COLLECTED_DAYS = (10, 12), 18
CONTACT = "{name}, информационно-методический отдел, каб. 4"


def finished_round(city: City, plan: Plan, year: SchoolYear, previous: Campaign | None) -> Campaign:
    """A closed round of the autumn of the school year."""
    month, day = COLLECTED_FROM
    started = city.calendar.at(datetime.date(year.start, month, day))
    due = city.calendar.at(started.date() + datetime.timedelta(COLLECTED_DAYS), 23, 59)
    closed = city.calendar.at(due.date() + datetime.timedelta(4), 10)
    campaign = _made(city, plan, year.first_day, PeriodKind.SCHOOL_YEAR, previous)
    campaign.state, campaign.started_at, campaign.due_at = CampaignState.CLOSED, started, due
    campaign.created_at, campaign.closed_at = started - datetime.timedelta(hours=20), closed
    campaign.save()
    _log(campaign, "start", started)
    _log(campaign, "close", closed)
    return campaign


def running_round(city: City, plan: Plan, previous: Campaign | None) -> Campaign:
    """The round that is being collected now."""
    kind, year = PeriodKind.SCHOOL_YEAR, city.calendar.years[-1]
    start = year.first_day
    if previous is None:
        kind, start = PeriodKind.CALENDAR_YEAR, datetime.date(city.calendar.today.year, 1, 1)
    campaign = _made(city, plan, start, kind, previous)
    campaign.state = CampaignState.RUNNING
    campaign.started_at = city.calendar.days_ago(plan.started_days_ago)
    campaign.created_at = campaign.started_at - datetime.timedelta(hours=3)
    campaign.due_at = city.calendar.due_in(plan.due_in_days)
    campaign.save()
    _log(campaign, "start", campaign.started_at)
    return campaign


def started_at(campaign: Campaign) -> datetime.datetime:
    """When a campaign that is known to be started was started."""
    assert campaign.started_at is not None
    return campaign.started_at


def draft_campaign(city: City) -> Campaign:
    """A campaign the methodist is still preparing, with its recipients."""
    plan = PLANS[2]
    today = city.calendar.today
    quarter = datetime.date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    start = next_period(PeriodKind.QUARTER, quarter)
    campaign = _made(city, plan, start, PeriodKind.QUARTER, None)
    campaign.title = "Повышение квалификации: итоги квартала"
    campaign.due_at = city.calendar.due_in(60)
    campaign.save()
    Response.objects.bulk_create(
        Response(campaign=campaign, organization=one) for one in city.asked(plan.form)
    )
    return campaign


def _made(
    city: City, plan: Plan, start: datetime.date, kind: PeriodKind, previous: Campaign | None
) -> Campaign:
    methodist: User = city.users[plan.methodist]
    return Campaign(
        version=city.versions[plan.form],
        title=plan.title,
        period_kind=kind,
        period_start=start,
        letter=plan.letter,
        contact=CONTACT.format(name=methodist.short_name),
        respondent=plan.respondent,
        grace_hours=plan.grace_hours,
        previous=previous,
        created_by=methodist,
    )


def _log(campaign: Campaign, name: str, at: datetime.datetime) -> None:
    transition = CAMPAIGN.transitions[name]
    [source] = transition.sources
    TransitionRecord.objects.create(
        subject_type=campaign._meta.label_lower,
        subject_id=str(campaign.pk),
        name=name,
        title=transition.title,
        source=source,
        target=transition.target,
        by=campaign.created_by,
        at=at,
    )
    JournalRecord.objects.create(
        at=at,
        user=campaign.created_by,
        verb=transition.verb,
        subject_type=campaign._meta.label_lower,
        subject_id=str(campaign.pk),
        subject_title=str(campaign)[:200],
    )
