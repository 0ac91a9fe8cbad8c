"""The running rounds: every state a response can be in."""

import datetime
from collections.abc import Callable
from random import Random

from apps.monitoring.models import Campaign, Extension
from apps.organizations.models import Organization
from apps.portal.demo import story
from apps.portal.demo.campaigns import BIG, PLANS, Plan, draft_campaign, running_round, started_at
from apps.portal.demo.cast import REPRESENTATIVES
from apps.portal.demo.chance import chance
from apps.portal.demo.city import City
from apps.portal.demo.finished import explanation_of

# Form → the states dealt out to the organisations in turn.
DEAL = {
    "library": [
        "accepted",
        "submitted",
        "draft",
        "untouched",
        "accepted",
        "returned",
        "opened",
        "submitted",
        "extended",
        "draft",
    ],
    "ict": [
        "accepted",
        "late",
        "submitted",
        "accepted",
        "returned",
        "draft",
        "accepted",
        "extended",
        "untouched",
        "submitted",
    ],
    "cpd": [
        "submitted",
        "draft",
        "accepted",
        "opened",
        "submitted",
        "untouched",
        "accepted",
        "draft",
        "returned",
        "untouched",
    ],
    "needs": ["untouched", "untouched", "opened", "draft", "untouched", "submitted"],
    "oo2": ["opened", "draft", "untouched", "submitted", "draft", "untouched", "draft"],
}
# What the demo accounts of organisations find on their desks.
DESKS = {
    "school1": {
        "library": "draft",
        "ict": "returned",
        "cpd": "accepted",
        "needs": "untouched",
        "oo2": "draft",
    },
    "school2": {"library": "submitted", "ict": "late", "cpd": "draft", "needs": "draft", "oo2": "submitted"},
    "kindergarten1": {"ict": "extended", "cpd": "draft", "needs": "untouched"},
    "centre1": {"ict": "accepted", "cpd": "untouched", "needs": "opened"},
}
REMARKS = {
    "library": {"2.6/02/4": "Списание учебников выше прошлогоднего: приложите акт."},
    "ict": {
        "2.1/01/3": "Сверьте число компьютеров с инвентаризацией.",
        "2.2/05/3": "Измерьте скорость в учебное время и укажите среднее.",
    },
    "cpd": {"1/03/4": "Обучено больше, чем по реестру удостоверений. Уточните."},
    "needs": {"staff": "Укажите численность без внешних совместителей."},
    "oo2": {},
}
RETURNED = "Проверьте отмеченные ячейки и отправьте отчёт ещё раз."
REASON = "Ответственный работник в отпуске до конца недели, обращение организации."


def load_running(city: City, last: dict[str, list[Campaign]]) -> list[Campaign]:
    """Starts a round of every form after its last finished one, and leaves one campaign in preparation."""
    made = []
    for plan in (*PLANS, BIG):
        done = last.get(plan.form)
        campaign = running_round(city, plan, done[-1] if done else None)
        stories = [
            _state(city, plan, organization)(city, plan, campaign, organization)
            for organization in city.asked(plan.form)
        ]
        story.write(campaign, city.compiled(plan.form), stories)
        made.append(campaign)
    return [*made, draft_campaign(city)]


Maker = Callable[[City, Plan, Campaign, Organization], story.Story]


def _state(city: City, plan: Plan, organization: Organization) -> Maker:
    logins = {name: login for login, name in REPRESENTATIVES.items()}
    login = logins.get(organization.short_name)
    dealt = DEAL[plan.form]
    state = dealt[city.asked(plan.form).index(organization) % len(dealt)]
    return MAKERS[DESKS[login][plan.form] if login else state]


def _rng(city: City, plan: Plan, organization: Organization) -> Random:
    return chance("running", plan.form, city.numbers[organization.pk])


def _untouched(city: City, plan: Plan, campaign: Campaign, organization: Organization) -> story.Story:
    return story.blank(campaign, organization, city.representative(organization))


def _opened(city: City, plan: Plan, campaign: Campaign, organization: Organization) -> story.Story:
    made = _untouched(city, plan, campaign, organization)
    made.response.opened_at = _began(city, plan, campaign, organization)
    return made


def _began(city: City, plan: Plan, campaign: Campaign, organization: Organization) -> datetime.datetime:
    """Between the start of the campaign and its deadline or now."""
    end = min(campaign.due_at, city.calendar.now) - datetime.timedelta(hours=9)
    begin = started_at(campaign)
    return begin + (end - begin) * _rng(city, plan, organization).random()


def _draft(city: City, plan: Plan, campaign: Campaign, organization: Organization) -> story.Story:
    """About two thirds of the cells, from the top."""
    made = _untouched(city, plan, campaign, organization)
    values = city.values(plan.form, organization, 2, campaign.period_start)
    share = _rng(city, plan, organization).uniform(0.35, 0.75)
    compiled = city.compiled(plan.form)
    ordered = [at for at in compiled.cells if at in values] + [
        at for at in values if at not in compiled.cells
    ]
    kept = {address: values[address] for address in ordered[: max(3, int(len(ordered) * share))]}
    typed = {at: value for at, value in kept.items() if (cell := compiled.cell(at)) and cell.computed is None}
    computed = {at: value for at, value in compiled.compute(typed).items() if value}
    opened = _began(city, plan, campaign, organization)
    story.fill(made, typed | computed, opened, opened + datetime.timedelta(minutes=47))
    return made


def _filled(city: City, plan: Plan, campaign: Campaign, organization: Organization) -> story.Story:
    made = _untouched(city, plan, campaign, organization)
    opened = _began(city, plan, campaign, organization)
    values = city.values(plan.form, organization, 2, campaign.period_start)
    story.fill(made, values, opened, opened + datetime.timedelta(hours=2))
    previous = city.previous(plan.form, organization)
    story.explain(made, city.compiled(plan.form), previous, explanation_of)
    return made


def _submitted(city: City, plan: Plan, campaign: Campaign, organization: Organization) -> story.Story:
    made = _filled(city, plan, campaign, organization)
    saved = made.typed_at or city.calendar.now
    story.submit(made, city.compiled(plan.form), saved + datetime.timedelta(minutes=12))
    return made


def _late(city: City, plan: Plan, campaign: Campaign, organization: Organization) -> story.Story:
    made = _filled(city, plan, campaign, organization)
    sent = min(campaign.due_at + datetime.timedelta(hours=11), city.calendar.now)
    story.submit(made, city.compiled(plan.form), sent)
    return made


def _accepted(city: City, plan: Plan, campaign: Campaign, organization: Organization) -> story.Story:
    made = _submitted(city, plan, campaign, organization)
    story.accept(made, city.users[plan.methodist], _reviewed(made))
    return made


def _reviewed(made: story.Story) -> datetime.datetime:
    assert made.response.submitted_at is not None
    return made.response.submitted_at + datetime.timedelta(hours=4)


def _returned(city: City, plan: Plan, campaign: Campaign, organization: Organization) -> story.Story:
    made = _submitted(city, plan, campaign, organization)
    story.step(made, "return", city.users[plan.methodist], _reviewed(made), RETURNED)
    made.remarks = REMARKS[plan.form]
    return made


def _extended(city: City, plan: Plan, campaign: Campaign, organization: Organization) -> story.Story:
    made = _draft(city, plan, campaign, organization)
    until = max(campaign.due_at, city.calendar.now) + datetime.timedelta(days=6)
    made.response.extended_due_at = until
    made.extension = Extension(
        response=made.response,
        due_at=until,
        reason=REASON,
        by=city.users[plan.methodist],
        at=city.calendar.days_ago(1, 15),
    )
    return made


MAKERS: dict[str, Maker] = {
    "untouched": _untouched,
    "opened": _opened,
    "draft": _draft,
    "submitted": _submitted,
    "late": _late,
    "accepted": _accepted,
    "returned": _returned,
    "extended": _extended,
}
