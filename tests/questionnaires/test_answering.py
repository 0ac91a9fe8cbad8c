"""Answering, and what is left of it: of an anonymous answer nothing that leads to the person."""

import datetime
import uuid

import pytest
from django.apps import apps
from django.db import connection, models

from apps.accounts.links import token_hash
from apps.core.access import Conflict, Refused
from apps.core.models import JournalRecord
from apps.questionnaires.actions.answering import answer_by_link, answer_signed_in
from apps.questionnaires.actions.questionnaires import close_questionnaire, open_questionnaire
from apps.questionnaires.models import Answer, Invitee, NamedRespondent, Participation
from tests.questionnaires.world import answer, questions, short_questionnaire

pytestmark = pytest.mark.django_db


def body(row, **fields):
    found = questions(row)
    posted = {"key": str(uuid.uuid4()), f"q{found['Должность'].pk}": "0"}
    return posted | {f"q{found[text].pk}": value for text, value in fields.items()}


def link_of(row, school):
    return row.recipients.get(organization=school).link


def test_answer_by_link_is_kept(client, anonymous, school_a):
    found = questions(anonymous)
    sent = client.post(
        link_of(anonymous, school_a),
        body(anonymous, **{"Темы": ["0", "3"], "Что ещё?": "Больше\r\nвстреч"})
        | {f"q{found['Темы'].pk}o": "робототехника"},
    )
    assert sent["Location"] == "/questionnaires/thanks/"
    kept = Answer.objects.get()
    assert kept.organization == school_a
    assert kept.values == {
        found["Должность"].key: 0,
        found["Темы"].key: [0, 3],
        found["Темы"].other_key: "робототехника",
        found["Что ещё?"].key: "Больше\nвстреч",
    }


def test_anonymous_answer_has_no_person_no_time_no_history():
    columns = {one.name: type(one) for one in Answer._meta.fields}
    assert columns == {
        "id": models.UUIDField,
        "questionnaire": models.ForeignKey,
        "organization": models.ForeignKey,
        "answered_on": models.DateField,
        "values": models.JSONField,
    }
    events = {one.pgh_tracked_model for one in apps.get_models() if hasattr(one, "pgh_tracked_model")}
    assert not events & {Answer, Participation, NamedRespondent, Invitee}


def test_anonymous_answer_leaves_nothing_else(client, teacher_a, anonymous, school_a):
    """Not a session, not a line of the journal, not an event of history: by the link and signed in."""
    before = counts()
    client.post(link_of(anonymous, school_a), body(anonymous))
    assert client.cookies.get("imo_session") is None
    assert changed(before) == {"questionnaires_answer": 1}

    client.force_login(teacher_a)
    before = counts()
    client.post(f"/questionnaires/{anonymous.pk}/answer/", body(anonymous))
    assert changed(before) == {"questionnaires_answer": 1}
    assert Answer.objects.count() == 2


def counts():
    with connection.cursor() as cursor:
        tables = [one for one in connection.introspection.table_names(cursor) if one != "django_session"]
        found = {}
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
    return found


def changed(before):
    after = counts()
    return {table: after[table] - before[table] for table in before if after[table] != before[table]}


def test_random_number_is_not_of_the_order(client, anonymous, school_a):
    client.post(link_of(anonymous, school_a), body(anonymous))
    assert Answer.objects.get().pk.version == 4


def test_same_key_is_the_same_answer(client, anonymous, school_a):
    posted = body(anonymous)
    for _ in range(2):
        assert client.post(link_of(anonymous, school_a), posted).status_code == 302
    assert Answer.objects.count() == 1


def test_signed_in_person_answers_an_anonymous_one_once(anonymous, teacher_a, school_a):
    given = {"questionnaire": anonymous, "by": teacher_a, "organization_id": school_a.pk, "values": {}}
    answer_signed_in(key=uuid.uuid4(), **given)
    with pytest.raises(Conflict, match="уже ответили"):
        answer_signed_in(key=uuid.uuid4(), **given)
    assert Answer.objects.count() == 1
    assert not NamedRespondent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_all_participants_are_written_by_the_same_transaction(methodist, school_a, teacher_a, teacher_b):
    """Who has answered can't be told by the transaction that wrote the row."""
    row = open_questionnaire(questionnaire=short_questionnaire(methodist, [school_a]), by=methodist)
    other = Participation.objects.create(questionnaire=row, user=teacher_b)
    answer_signed_in(
        questionnaire=row, by=teacher_a, organization_id=school_a.pk, key=uuid.uuid4(), values={}
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text, has_answered FROM questionnaires_participation")
        rows = cursor.fetchall()
    assert len({transaction for transaction, _ in rows}) == 1
    assert sorted(answered for _, answered in rows) == [False, True]
    assert other.pk


def test_answers_are_written_anew_at_the_end(anonymous, methodist, school_a):
    for number in range(5):
        answer(anonymous, school_a, Должность=number % 2)
    close_questionnaire(questionnaire=anonymous, by=methodist)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM questionnaires_answer ORDER BY ctid")
        found = [row[0] for row in cursor.fetchall()]
    assert found == sorted(found)
    assert len(found) == 5


def test_stranger_is_not_asked(anonymous, nobody, school_a):
    with pytest.raises(Refused):
        answer_signed_in(
            questionnaire=anonymous, by=nobody, organization_id=school_a.pk, key=uuid.uuid4(), values={}
        )


def test_other_school_is_not_taken(anonymous, teacher_a, school_b):
    with pytest.raises(Conflict, match="свою организацию"):
        answer_signed_in(
            questionnaire=anonymous, by=teacher_a, organization_id=school_b.pk, key=uuid.uuid4(), values={}
        )


def test_nothing_is_taken_after_the_last_day(anonymous, school_a):
    yesterday = datetime.date.today() - datetime.timedelta(days=2)
    type(anonymous).objects.filter(pk=anonymous.pk).update(opens_on=yesterday, closes_on=yesterday)
    recipient = anonymous.recipients.get(organization=school_a)
    with pytest.raises(Conflict, match="не принимаются"):
        answer_by_link(recipient=recipient, key=uuid.uuid4(), values={})


def test_closed_and_unknown_links_look_alike(client, anonymous, methodist, school_a):
    link = link_of(anonymous, school_a)
    close_questionnaire(questionnaire=anonymous, by=methodist)
    known, unknown = client.get(link), client.get("/questionnaires/a/0000/")
    assert (known.status_code, unknown.status_code) == (404, 404)
    assert known.content == unknown.content


def test_fault_stands_beside_the_question_and_nothing_is_lost(client, anonymous, school_a):
    found = questions(anonymous)
    posted = {"key": str(uuid.uuid4()), f"q{found['Что ещё?'].pk}": "Длинный рассказ"}
    page = client.post(link_of(anonymous, school_a), posted)
    assert page.status_code == 422
    text = page.content.decode()
    assert "Длинный рассказ" in text
    assert f'id="fault-{found["Должность"].pk}">На этот вопрос нужно ответить.' in text
    assert posted["key"] in text
    assert not Answer.objects.exists()


def test_personal_link_is_used_once(client, methodist, school_a):
    row = short_questionnaire(methodist, [school_a], mode="personal")
    invitee = Invitee.objects.create(
        questionnaire=row, organization=school_a, email="a@imo.example", token_hash=token_hash("secret")
    )
    open_questionnaire(questionnaire=row, by=methodist)
    assert client.post("/questionnaires/p/secret/", body(row)).status_code == 302
    invitee.refresh_from_db()
    assert invitee.has_answered
    assert client.get("/questionnaires/p/secret/").status_code == 404
    assert Answer.objects.count() == 1


def test_answer_with_a_name(client, methodist, school_a, teacher_a):
    row = short_questionnaire(methodist, [school_a], mode="signed_in")
    open_questionnaire(questionnaire=row, by=methodist)
    client.force_login(teacher_a)
    url = f"/questionnaires/{row.pk}/answer/"
    page = client.get(url).content.decode()
    assert "Участие добровольное" in page
    assert "с вашим именем" in page
    client.post(url, body(row))
    assert NamedRespondent.objects.get().user == teacher_a
    assert client.post(url, body(row))["Location"] == f"/questionnaires/{row.pk}/"
    assert Answer.objects.count() == 1


def test_journal_keeps_the_acts_of_staff_only(client, anonymous, school_a):
    verbs = set(JournalRecord.objects.values_list("verb", flat=True))
    client.post(link_of(anonymous, school_a), body(anonymous))
    assert set(JournalRecord.objects.values_list("verb", flat=True)) == verbs
