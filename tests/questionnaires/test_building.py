"""A questionnaire from its draft to its end: the builder, the template, the next round, directions."""

import pytest
from django.core.exceptions import ValidationError

from apps.core.access import Conflict, Refused
from apps.core.registry import plan_subjects
from apps.notices.models import Notice
from apps.planning.actions.linking import link_item
from apps.questionnaires.actions.conclusions import choose_direction, finish_direction
from apps.questionnaires.actions.invitees import add_invitees
from apps.questionnaires.actions.questionnaires import (
    close_questionnaire,
    copy_questionnaire,
    create_questionnaire,
    delete_questionnaire,
    open_questionnaire,
    set_recipients,
)
from apps.questionnaires.actions.questions import (
    add_question,
    copy_question,
    delete_question,
    edit_question,
    move_question,
)
from apps.questionnaires.enums import QuestionnaireState
from apps.questionnaires.models import Participation, Question, Questionnaire
from apps.questionnaires.needs_template import load_needs_template
from apps.questionnaires.states import QUESTIONNAIRE
from apps.questionnaires.tasks import mail_personal_link
from tests.planning.factories import make_item, make_plan
from tests.questionnaires.world import answer, questions, short_questionnaire

pytestmark = pytest.mark.django_db


def texts(row):
    return list(row.questions.values_list("text", flat=True))


@pytest.mark.parametrize("state", QuestionnaireState)
@pytest.mark.parametrize(("name", "source"), [("open", "draft"), ("close", "open")])
def test_table_of_transitions(state, name, source):
    assert QUESTIONNAIRE.allows(state, name) is (state == source)


def test_others_do_not_write(assistant, director, responsible_a):
    for user in (assistant, director, responsible_a):
        with pytest.raises(Refused):
            create_questionnaire(by=user, title="Анкета", purpose="Для плана")


def test_questions_are_moved_and_copied(draft, methodist):
    move_question(question=questions(draft)["Темы"], by=methodist, up=True)
    assert texts(draft) == ["Темы", "Должность", "Довольны?", "Что ещё?"]
    move_question(question=questions(draft)["Темы"], by=methodist, up=True)
    copy_question(question=questions(draft)["Темы"], by=methodist)
    assert texts(draft) == ["Темы", "Темы", "Должность", "Довольны?", "Что ещё?"]


def test_condition_keeps_its_order(draft, methodist):
    first, last = questions(draft)["Довольны?"], questions(draft)["Что ещё?"]
    edit_question(question=last, by=methodist, shown_if=first, shown_option=0)
    with pytest.raises(Conflict, match="не может стоять раньше"):
        move_question(question=last, by=methodist, up=True)
    with pytest.raises(Conflict, match="зависит показ"):
        delete_question(question=first, by=methodist)
    with pytest.raises(ValidationError, match="раньше"):
        edit_question(question=first, by=methodist, shown_if=last, shown_option=0)


def test_condition_asks_for_an_option_that_is_there(draft, methodist):
    first, last = questions(draft)["Довольны?"], questions(draft)["Что ещё?"]
    with pytest.raises(ValidationError, match="такого варианта нет"):
        edit_question(question=last, by=methodist, shown_if=first, shown_option=3)
    edit_question(question=last, by=methodist, shown_if=first, shown_option=2)
    with pytest.raises(ValidationError, match="зависит «Что ещё\\?»"):
        edit_question(question=first, by=methodist, options=["нет", "да"])


def test_nothing_is_edited_once_open(anonymous, methodist, school_a):
    question = questions(anonymous)["Темы"]
    for act in (
        lambda: edit_question(question=question, by=methodist, text="Иначе"),
        lambda: delete_question(question=question, by=methodist),
        lambda: add_question(questionnaire=anonymous, by=methodist, kind="text", text="Ещё"),
        lambda: set_recipients(questionnaire=anonymous, by=methodist, organizations=[school_a]),
        lambda: delete_questionnaire(questionnaire=anonymous, by=methodist),
    ):
        with pytest.raises(Conflict, match="уже начат"):
            act()


def test_incomplete_ones_do_not_begin(methodist, school_a):
    row = create_questionnaire(by=methodist, title="Анкета", purpose="Для плана", mode="personal")
    with pytest.raises(Conflict, match="нет вопросов"):
        open_questionnaire(questionnaire=row, by=methodist)
    add_question(questionnaire=row, by=methodist, kind="text", text="Что?")
    with pytest.raises(Conflict, match="ни одной организации"):
        open_questionnaire(questionnaire=row, by=methodist)
    set_recipients(questionnaire=row, by=methodist, organizations=[school_a])
    with pytest.raises(Conflict, match="адреса"):
        open_questionnaire(questionnaire=row, by=methodist)


def test_beginning_tells_the_responsible_and_lists_teachers(
    responsible_a, responsible_b, teacher_a, teacher_b, draft, methodist
):
    open_questionnaire(questionnaire=draft, by=methodist)
    told = Notice.objects.filter(kind="questionnaire_opened")
    assert {one.recipient for one in told} == {responsible_a, responsible_b}
    listed = Participation.objects.filter(questionnaire=draft)
    assert {one.user for one in listed} == {teacher_a, teacher_b}


def test_next_round_has_the_same_questions(anonymous, methodist, school_a):
    first, last = questions(anonymous)["Довольны?"], questions(anonymous)["Что ещё?"]
    Question.objects.filter(pk=last.pk).update(shown_if=first, shown_option=0)
    answer(anonymous, school_a)
    close_questionnaire(questionnaire=anonymous, by=methodist)
    made = copy_questionnaire(questionnaire=anonymous, by=methodist)
    assert (made.state, made.copied_from) == ("draft", anonymous)
    assert texts(made) == texts(anonymous)
    assert questions(made)["Что ещё?"].shown_if == questions(made)["Довольны?"]
    assert made.recipients.count() == 2
    assert not set(made.recipients.values_list("code")) & set(anonymous.recipients.values_list("code"))
    assert not made.answers.exists()


def test_template_of_needs_is_ready_to_begin(methodist, school_a):
    row = load_needs_template(by=methodist)
    assert row.questions.count() == 10
    set_recipients(questionnaire=row, by=methodist, organizations=[school_a])
    assert open_questionnaire(questionnaire=row, by=methodist).state == "open"


def test_letter_brings_a_link_that_answers(client, methodist, school_a, mailoutbox):
    row = short_questionnaire(methodist, [school_a], mode="personal")
    with pytest.raises(ValidationError, match="Это не адреса: вася"):
        add_invitees(questionnaire=row, by=methodist, organization_id=school_a.pk, emails=["вася"])
    emails = ["A@imo.example", "a@imo.example", "b@imo.example"]
    assert add_invitees(questionnaire=row, by=methodist, organization_id=school_a.pk, emails=emails) == 2
    open_questionnaire(questionnaire=row, by=methodist)
    mail_personal_link(invitee_id=str(row.invitees.get(email="a@imo.example").pk))
    (letter,) = mailoutbox
    assert letter.to == ["a@imo.example"]
    link = next(line for line in letter.body.splitlines() if "/questionnaires/p/" in line)
    token = link.rstrip("/").split("/")[-1]
    assert not row.invitees.filter(token_hash=token).exists()
    assert client.get(f"/questionnaires/p/{token}/").status_code == 200


def test_direction_is_linked_to_the_plan_and_closes_its_event(methodist, anonymous):
    given = {"questionnaire": anonymous, "by": methodist, "title": "ИКТ", "reason": "Просят"}
    with pytest.raises(ValidationError, match="по показателям"):
        choose_direction(evidence="", **given)
    row = choose_direction(evidence="Темы: «ИКТ» — 12 из 20", **given)
    assert plan_subjects["direction"].choices(methodist, "икт", 10) == [(str(row.pk), "ИКТ")]
    item = make_item(make_plan(methodist), methodist)
    link_item(item=item, by=methodist, subject_type="questionnaires.direction", subject_id=str(row.pk))
    item.refresh_from_db()
    assert item.subject_type == "questionnaires.direction"
    finish_direction(direction=row, by=methodist)
    with pytest.raises(Conflict, match="уже отмечено"):
        finish_direction(direction=row, by=methodist)


def test_organisation_sees_what_asks_it(anonymous, draft, responsible_a, nobody, methodist, school_a):
    hidden = create_questionnaire(by=methodist, title="Ещё", purpose="Для плана")
    assert list(Questionnaire.objects.visible_to(responsible_a)) == [anonymous]
    assert not Questionnaire.objects.visible_to(nobody).exists()
    assert hidden in Questionnaire.objects.visible_to(methodist)


def test_same_words_are_put_into_a_group_together(client, methodist, anonymous, school_a):
    for text in ("Тишины", "тишины", "Книг", "Встреч", "Тишины"):
        answer(anonymous, school_a, **{"Должность": 0, "Что ещё?": text})
    close_questionnaire(questionnaire=anonymous, by=methodist)
    question = questions(anonymous)["Что ещё?"]
    client.force_login(methodist)
    url = f"/questionnaires/questions/{question.pk}/texts/"
    texts = client.get(url).context["texts"]
    assert [(count, group) for _, count, _, group in texts] == [(3, ""), (1, ""), (1, "")]
    client.post(url, {"answer": [texts[0][2]], "title": "Покой"})
    assert question.groups.get().codes.count() == 3
    client.post(url, {"answer": [texts[0][2]], "title": ""})
    assert not question.groups.exists()


def test_missing_options_are_told_beside_their_field(client, methodist, draft):
    client.force_login(methodist)
    page = client.post(f"/questionnaires/{draft.pk}/questions/single/", {"text": "Новый", "options": "раз"})
    assert page.status_code == 422
    assert page.context["form"].errors == {"options": ["Нужно хотя бы два варианта."]}
