"""Lines of questionnaires."""

import uuid

from apps.questionnaires.models import (
    Answer,
    Direction,
    GroupThreshold,
    Invitee,
    NamedRespondent,
    Participation,
    Question,
    Questionnaire,
    Recipient,
    TextCode,
    TextGroup,
)
from tests.constraints.case import Case, D, Table, pair
from tests.factories import OrganizationFactory, UserFactory

FIRST, SECOND = D(2026, 11, 2), D(2026, 11, 3)


def questionnaire_given() -> dict:
    return {"title": "Анкета", "purpose": "Для плана", "created_by": UserFactory()}


def questionnaire() -> Questionnaire:
    return Questionnaire.objects.create(**questionnaire_given())


def questionnaire_closes() -> Case:
    given = questionnaire_given() | {"opens_on": SECOND}
    return pair(Questionnaire, given, {"closes_on": FIRST}, {"closes_on": SECOND})


def questionnaire_day() -> Case:
    return pair(Questionnaire, questionnaire_given() | {"state": "open"}, {}, {"opens_on": FIRST})


def questionnaire_threshold() -> Case:
    return pair(Questionnaire, questionnaire_given(), {"threshold": 4}, {"threshold": 5})


def threshold_value() -> Case:
    return pair(GroupThreshold, {"starts_on": FIRST}, {"value": 4}, {"value": 5})


def threshold_day() -> Case:
    GroupThreshold.objects.create(value=5, starts_on=FIRST)
    return pair(GroupThreshold, {"value": 6}, {"starts_on": FIRST}, {"starts_on": SECOND})


def question_given(**fields) -> dict:
    return {
        "questionnaire": questionnaire(),
        "text": "Вопрос",
        "kind": "single",
        "options": ["а", "б"],
    } | fields


def question_options() -> Case:
    return pair(Question, question_given(), {"options": ["а"]}, {"options": ["а", "б"]})


def question_statements() -> Case:
    return pair(Question, question_given(kind="matrix"), {"statements": []}, {"statements": ["раз"]})


def question_passport() -> Case:
    return pair(Question, question_given(passport="position"), {"kind": "multiple"}, {"kind": "single"})


def question_passport_once() -> Case:
    given = question_given(passport="position")
    Question.objects.create(**given)
    return pair(Question, given, {}, {"passport": "experience"})


def question_condition() -> Case:
    given = question_given()
    earlier = Question.objects.create(**given)
    return pair(Question, given | {"shown_if": earlier}, {}, {"shown_option": 0})


def question_bounds() -> Case:
    return pair(Question, question_given(kind="number", low=5), {"high": 4}, {"high": 5})


def recipient_once() -> Case:
    given = {"questionnaire": questionnaire(), "organization": OrganizationFactory()}
    Recipient.objects.create(**given)
    return pair(Recipient, given, {}, {"organization": OrganizationFactory()})


def recipient_code() -> Case:
    given = {"questionnaire": questionnaire(), "code": "a" * 20}
    Recipient.objects.create(**given, organization=OrganizationFactory())
    return pair(Recipient, given | {"organization": OrganizationFactory()}, {}, {"code": "b" * 20})


def invitee_once() -> Case:
    given = {"questionnaire": questionnaire(), "organization": OrganizationFactory()}
    Invitee.objects.create(**given, email="a@imo.example")
    return pair(Invitee, given, {"email": "A@imo.example"}, {"email": "b@imo.example"})


def participation_once() -> Case:
    given = {"questionnaire": questionnaire(), "user": UserFactory()}
    Participation.objects.create(**given)
    return pair(Participation, given, {}, {"user": UserFactory()})


def answer(of: Questionnaire) -> Answer:
    return Answer.objects.create(
        pk=uuid.uuid4(), questionnaire=of, organization=OrganizationFactory(), answered_on=FIRST
    )


def respondent_once() -> Case:
    of = questionnaire()
    given = {"questionnaire": of, "user": UserFactory()}
    NamedRespondent.objects.create(**given, answer=answer(of))
    return pair(NamedRespondent, given | {"answer": answer(of)}, {}, {"user": UserFactory()})


def respondent_answer() -> Case:
    of = questionnaire()
    given = {"questionnaire": of, "answer": answer(of)}
    NamedRespondent.objects.create(**given, user=UserFactory())
    return pair(NamedRespondent, given | {"user": UserFactory()}, {}, {"answer": answer(of)})


def group_given() -> dict:
    return {"question": Question.objects.create(**question_given(kind="text")), "title": "Встречи"}


def group_once() -> Case:
    given = group_given()
    TextGroup.objects.create(**given)
    return pair(TextGroup, given, {}, {"title": "Книги"})


def code_once() -> Case:
    group = TextGroup.objects.create(**group_given())
    of = group.question.questionnaire
    given = {"group": group, "question": group.question, "answer": answer(of)}
    TextCode.objects.create(**given)
    return pair(TextCode, given, {}, {"answer": answer(of)})


def direction_evidence() -> Case:
    given = {
        "questionnaire": questionnaire(),
        "title": "ИКТ",
        "reason": "Просят",
        "created_by": UserFactory(),
    }
    return pair(Direction, given, {"evidence": ""}, {"evidence": "12 из 20"})


LINES: Table = {
    "questionnaire_closes_after_opening": questionnaire_closes,
    "questionnaire_open_has_day": questionnaire_day,
    "questionnaire_threshold_is_five_at_least": questionnaire_threshold,
    "threshold_is_five_at_least": threshold_value,
    "questionnaires.GroupThreshold.starts_on": threshold_day,
    "question_has_options": question_options,
    "question_matrix_has_statements": question_statements,
    "question_passport_is_single": question_passport,
    "question_passport_once": question_passport_once,
    "question_condition_is_whole": question_condition,
    "question_bounds_in_order": question_bounds,
    "recipient_of_questionnaire_once": recipient_once,
    "questionnaires.Recipient.code": recipient_code,
    "invitee_once": invitee_once,
    "participation_once": participation_once,
    "named_respondent_once": respondent_once,
    "questionnaires.NamedRespondent.answer": respondent_answer,
    "text_group_once": group_once,
    "text_code_once": code_once,
    "direction_rests_on_figures": direction_evidence,
}
