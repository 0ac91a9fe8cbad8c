"""The two finished rounds of each form: everything accepted, warnings explained."""

import datetime

from apps.monitoring.models import Campaign
from apps.organizations.models import Organization
from apps.portal.demo import story
from apps.portal.demo.campaigns import PLANS, Plan, finished_round, started_at
from apps.portal.demo.chance import chance
from apps.portal.demo.city import City

# Relation → what organisations answer to its warning.
EXPLANATIONS = {
    "2.6.k6": "Списаны учебники, исключённые из федерального перечня; новые заказаны.",
    "2.7.k6": "Читальный зал был закрыт на ремонт в первом полугодии.",
    "2.1.k11": "Списаны неисправные компьютеры по акту, замена включена в план закупок.",
    "2.1.k12": "Техника получена по разным программам, обновление идёт поэтапно.",
    "2.2.k6": "Скорость измерялась в часы наибольшей нагрузки, направлено обращение оператору связи.",
    "1.k7": "Курсы перенесены учебным центром на второе полугодие, новые работники включены в план-график.",
    "1.k8": "Работники этой категории приняты в августе и направлены на обучение.",
    "1.k2": "Предложения передадим методисту при встрече.",
    "2.k2": "Один наставник сопровождает двух молодых педагогов.",
}
OTHERWISE = "Данные сверены с документами учёта, показатель верный."


def explanation_of(relation: str) -> str:
    """The words with which a warning of the relation is explained."""
    return EXPLANATIONS.get(relation, OTHERWISE)


def load_finished(city: City) -> dict[str, list[Campaign]]:
    """Form code → its finished rounds, earliest first."""
    rounds: dict[str, list[Campaign]] = {}
    for plan in PLANS:
        for number, year in enumerate(city.calendar.years[:2]):
            done = rounds.setdefault(plan.form, [])
            campaign = finished_round(city, plan, year, done[-1] if done else None)
            _answer(city, plan, campaign, number)
            done.append(campaign)
    return rounds


def _answer(city: City, plan: Plan, campaign: Campaign, number: int) -> None:
    compiled = city.compiled(plan.form)
    stories = [_accepted(city, plan, campaign, one, number) for one in city.asked(plan.form)]
    stories = [one for one in stories if one is not None]
    story.write(campaign, compiled, stories)
    for one in stories:
        if one.response.accepted_at:
            city.accepted[plan.form, one.response.organization_id] = one.response.values


def _accepted(
    city: City, plan: Plan, campaign: Campaign, organization: Organization, number: int
) -> story.Story:
    rng = chance("finished", plan.form, number, city.numbers[organization.pk])
    made = story.blank(campaign, organization, city.representative(organization))
    if rng.random() < 0.04 and organization.short_name != "СОШ № 15":
        return made  # has never answered: the report names it among the missing
    compiled = city.compiled(plan.form)
    values = city.values(plan.form, organization, number, campaign.period_start)
    opened = started_at(campaign) + datetime.timedelta(days=rng.randint(0, 12), minutes=rng.randint(1, 420))
    saved = opened + datetime.timedelta(minutes=rng.randint(25, 190))
    late = rng.random() < 0.06
    sent = campaign.due_at + datetime.timedelta(hours=rng.randint(1, 20)) if late else saved
    story.fill(made, values, opened, saved)
    story.explain(made, compiled, city.previous(plan.form, organization), explanation_of)
    story.submit(made, compiled, sent)
    story.accept(made, city.users[plan.methodist], sent + datetime.timedelta(hours=rng.randint(2, 40)))
    return made
