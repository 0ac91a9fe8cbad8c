"""Questionnaires in the demo: a finished anonymous one with three hundred answers, and one that goes on."""

import datetime
import uuid
from random import Random
from typing import Any

from apps.accounts.models import User
from apps.core.magadan import magadan_today
from apps.organizations.models import Organization
from apps.portal.demo.calendar import DemoCalendar
from apps.portal.demo.chance import chance
from apps.questionnaires.actions.conclusions import choose_direction, put_in_group
from apps.questionnaires.actions.questionnaires import (
    copy_questionnaire,
    edit_questionnaire,
    people_asked,
    set_recipients,
)
from apps.questionnaires.enums import Passport, QuestionKind, QuestionnaireState
from apps.questionnaires.models import Answer, Participation, Question, Questionnaire
from apps.questionnaires.needs_template import load_needs_template

ANSWERS = 300
PURPOSE = (
    "Ответы лягут в основу плана курсов и семинаров второго полугодия. Заполнение занимает около пяти минут."
)
# Positions by the kind of organisation, in the order of the questionnaire.
POSITIONS = {
    "school": [70, 0, 4, 8, 12, 6],
    "kindergarten": [0, 75, 2, 10, 8, 5],
    "additional": [4, 0, 78, 4, 9, 5],
    "other": [10, 5, 10, 15, 20, 40],
}
WEIGHTS = [30, 26, 18, 14, 12, 10, 16, 9, 2]
WORDS = {
    "Больше встреч с коллегами": [
        "Чаще проводить встречи педагогов одного предмета",
        "Открытые занятия в разных организациях",
        "Обмен опытом с коллегами из других школ",
    ],
    "Готовые материалы": [
        "Образцы рабочих программ на одной странице",
        "Подборки заданий по функциональной грамотности",
        "Примеры портфолио для аттестации",
    ],
    "Удобное время": [
        "Семинары в каникулы, а не в учебные дни",
        "Записи занятий для тех, кто не смог прийти",
    ],
}


def load_questionnaires(users: dict[str, User], calendar: DemoCalendar) -> None:
    """One finished, one open for whom `teacher1` belongs to."""
    methodist = users["methodist"]
    finished = _finished(methodist, calendar)
    _conclusions(finished, methodist)
    going_on = copy_questionnaire(questionnaire=finished, by=methodist)
    edit_questionnaire(
        questionnaire=going_on,
        by=methodist,
        title="Потребности педагогов: второе полугодие",
        purpose=PURPOSE,
        closes_on=calendar.today + datetime.timedelta(9),
    )
    first_day = calendar.today - datetime.timedelta(5)
    Questionnaire.objects.filter(pk=going_on.pk).update(state=QuestionnaireState.OPEN, opens_on=first_day)
    Participation.objects.bulk_create(
        Participation(questionnaire=going_on, user_id=pk) for pk in sorted(people_asked(going_on))
    )
    _answer(going_on, 60, calendar.today)


def _finished(by: Any, calendar: DemoCalendar) -> Questionnaire:
    row = load_needs_template(by=by)
    asked = Organization.objects.active_on(magadan_today()).heads().exclude(kind="other")
    set_recipients(questionnaire=row, by=by, organizations=asked.order_by("pk"))
    last_day = calendar.days_ago(40).date()
    _answer(row, ANSWERS, last_day)
    Questionnaire.objects.filter(pk=row.pk).update(
        state=QuestionnaireState.CLOSED,
        opens_on=last_day - datetime.timedelta(14),
        closes_on=last_day,
    )
    row.refresh_from_db()
    return row


def _answer(row: Questionnaire, count: int, day: datetime.date) -> None:
    """Organisations answer very unequally: a few of them stay under the threshold."""
    random = chance("questionnaire", row.title)
    questions = list(row.questions.all())
    organizations = [
        one.organization for one in row.recipients.select_related("organization").order_by("organization_id")
    ]
    weights = [random.choice((1, 2, 3, 20, 40)) for _ in organizations]
    made = []
    for organization in random.choices(organizations, weights, k=count):
        values: dict[str, Any] = {}
        for question in questions:
            value = _value(question, organization, random)
            if value is not None:
                values[question.key] = value
        number = uuid.UUID(int=random.getrandbits(128), version=4)
        made.append(
            Answer(pk=number, questionnaire=row, organization=organization, answered_on=day, values=values)
        )
    Answer.objects.bulk_create(sorted(made, key=lambda one: one.pk))


def _value(question: Question, organization: Organization, random: Random) -> Any:
    options = len(question.options)
    if question.passport == Passport.POSITION:
        return random.choices(range(options), POSITIONS[organization.kind])[0]
    match question.kind:
        case QuestionKind.SINGLE:
            return random.choices(range(options), WEIGHTS[:options])[0]
        case QuestionKind.MULTIPLE:
            return sorted(set(random.choices(range(options), WEIGHTS[:options], k=3)))
        case QuestionKind.SCALE:
            return random.choices(range(options), [3, 8, 20, 40, 29][:options])[0]
        case QuestionKind.MATRIX:
            return [random.choices(range(options), [8, 22, 44, 26])[0] for _ in question.statements]
        case QuestionKind.RANKING:
            return _places(options, random)
    return (
        random.choice([one for group in WORDS.values() for one in group]) if random.random() < 0.2 else None
    )


def _places(options: int, random: Random) -> list[int]:
    """Whoever stands earlier in the list is oftener put first."""
    order = sorted(range(options), key=lambda place: place + random.gauss(0, 1.6))
    return [order.index(place) for place in range(options)]


def _conclusions(row: Questionnaire, by: Any) -> None:
    """Free answers in groups, and a direction chosen from the theme asked for most often."""
    texts = row.questions.get(kind=QuestionKind.TEXT)
    written = [(one.pk, one.values[texts.key]) for one in row.answers.all() if texts.key in one.values]
    for title, words in WORDS.items():
        put_in_group(
            question=texts, by=by, answers=[pk for pk, text in written if text in words], title=title
        )
    themes = row.questions.get(text__startswith="По каким темам")
    chosen = sum(0 in one.values[themes.key] for one in row.answers.all())
    total = row.answers.count()
    choose_direction(
        questionnaire=row,
        by=by,
        title="Сопровождение перехода на обновлённые федеральные стандарты",
        reason="Эту тему педагоги назвали чаще других. В план внести цикл семинаров и консультации.",
        evidence=f"«{themes.options[0]}» — {chosen} из {total} ответивших (вопрос «{themes.text}»)",
    )
