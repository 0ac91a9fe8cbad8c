"""Questionnaires for tests: a short one, people who answer it, and the world of the walk."""

import uuid
from typing import Any

from django.utils import timezone

from apps.accounts.links import token_hash
from apps.questionnaires.actions.conclusions import choose_direction, put_in_group
from apps.questionnaires.actions.questionnaires import (
    close_questionnaire,
    create_questionnaire,
    open_questionnaire,
    set_recipients,
)
from apps.questionnaires.actions.questions import add_question
from apps.questionnaires.enums import Mode, Passport, QuestionKind
from apps.questionnaires.models import Answer, GroupThreshold, Invitee, Question, Questionnaire

K = QuestionKind


def short_questionnaire(by: Any, organizations: list[Any], **fields: Any) -> Questionnaire:
    """A draft of four questions: position, need (several), satisfaction (scale), free words."""
    row = create_questionnaire(
        by=by,
        **{
            "title": "Потребности",
            "purpose": "Чтобы составить план",
            "clause": "3.1.1",
            "mode": Mode.ANONYMOUS,
            **fields,
        },
    )
    add_question(
        questionnaire=row,
        by=by,
        kind=K.SINGLE,
        text="Должность",
        options=["учитель", "воспитатель"],
        passport=Passport.POSITION,
        is_required=True,
    )
    add_question(
        questionnaire=row,
        by=by,
        kind=K.MULTIPLE,
        text="Темы",
        options=["стандарты", "одарённые дети", "ИКТ"],
        has_other=True,
    )
    add_question(questionnaire=row, by=by, kind=K.SCALE, text="Довольны?", options=["нет", "так себе", "да"])
    add_question(questionnaire=row, by=by, kind=K.TEXT, text="Что ещё?")
    return set_recipients(questionnaire=row, by=by, organizations=organizations)


def questions(row: Questionnaire) -> dict[str, Question]:
    return {one.text: one for one in row.questions.all()}


def answer(row: Questionnaire, organization: Any, **by_text: Any) -> Answer:
    """An answer as it is kept, by the texts of the questions."""
    found = questions(row)
    values = {found[text].key: value for text, value in by_text.items()}
    return Answer.objects.create(
        questionnaire=row, organization=organization, answered_on=timezone.localdate(), values=values
    )


def many(row: Questionnaire, organization: Any, count: int, **by_text: Any) -> None:
    for _ in range(count):
        answer(row, organization, **by_text)


def add_questionnaires(world: Any) -> None:
    """A draft, an open one of each mode, a closed one with results."""
    methodist = world.users["methodist"]
    schools = [world.school_a, world.school_b]
    GroupThreshold.objects.create(value=5, starts_on=timezone.localdate())
    draft = short_questionnaire(methodist, schools, title="Черновик анкеты")
    rows = {mode: short_questionnaire(methodist, schools, title=f"Анкета {mode}", audience="all", mode=mode)
            for mode in Mode}  # fmt: skip
    personal = rows[Mode.PERSONAL]
    invitee = Invitee.objects.create(
        questionnaire=personal,
        organization=world.school_a,
        email="a@imo.example",
        token_hash=token_hash("walk-token"),
    )
    for row in rows.values():
        open_questionnaire(questionnaire=row, by=methodist)
    closed = short_questionnaire(methodist, schools, title="Завершённая анкета")
    closed = open_questionnaire(questionnaire=closed, by=methodist)
    for school in schools:
        many(closed, school, 6, **{"Должность": 0, "Темы": [0], "Довольны?": 2, "Что ещё?": "Больше встреч"})
    closed = close_questionnaire(questionnaire=closed, by=methodist)
    found = questions(closed)
    texts = found["Что ещё?"]
    put_in_group(question=texts, by=methodist, answers=[closed.answers.first().pk], title="Встречи")
    direction = choose_direction(
        questionnaire=closed, by=methodist, title="Стандарты", reason="Просят все", evidence="12 из 12"
    )
    open_one = rows[Mode.ANONYMOUS]
    world.at |= {
        "draft questionnaire": draft.pk,
        "open questionnaire": open_one.pk,
        "signed questionnaire": rows[Mode.SIGNED_IN].pk,
        "personal questionnaire": personal.pk,
        "closed questionnaire": closed.pk,
        "recipient": open_one.recipients.get(organization=world.school_a).pk,
        "recipient code": open_one.recipients.get(organization=world.school_a).code,
        "personal token": "walk-token",
        "invitee": str(invitee.pk),
        "draft question": draft.questions.order_by("order")[1].pk,
        "text question": texts.pk,
        "need question": found["Темы"].pk,
        "first place": 0,
        "question kind": "single",
        "up": "up",
        "direction": direction.pk,
        "asked position": questions(open_one)["Должность"].pk,
        "new key": str(uuid.uuid4()),
    }
