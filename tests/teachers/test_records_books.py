"""Reference books in the admin: who keeps them, and what a changed rule counts anew."""

import datetime

import pytest

from apps.core.access import Refused
from apps.core.enums import Verb
from apps.core.models import JournalRecord
from apps.teachers import actions
from apps.teachers.models import Category, CategoryRule, ObligatoryKind, Position, Training, TrainingRule
from tests.teachers.factories import TrainingFactory, employed

D = datetime.date
pytestmark = pytest.mark.django_db


def changed(row, **given):
    for name, value in given.items():
        setattr(row, name, value)
    return row


def test_a_new_threshold_of_hours_counts_trainings_anew(methodist, school_a):
    person, other = employed(school_a), employed(school_a)
    short = TrainingFactory(person=person, hours=36, issued_on=D(2026, 3, 31))
    long = TrainingFactory(person=other, hours=72, issued_on=D(2026, 3, 31))
    actions.refresh([person.pk, other.pk])
    rule = TrainingRule.objects.get(kind="advanced", valid_to=None)
    recounted = actions.book_saved(by=methodist, row=changed(rule, min_hours=40), is_new=False)
    short.refresh_from_db()
    long.refresh_from_db()
    assert (recounted, short.is_counted, long.is_counted) == (1, False, True)
    person.standing.refresh_from_db()
    assert person.standing.trained_on is None
    assert actions.book_saved(by=methodist, row=changed(rule, min_hours=16), is_new=False) == 1
    person.standing.refresh_from_db()
    assert person.standing.trained_on == D(2026, 3, 31)


def test_a_training_without_a_document_never_counts(methodist, school_a):
    person = employed(school_a)
    TrainingFactory(person=person, issued_on=None, is_counted=False, hours=300)
    TrainingFactory(person=person, kind="seminar", is_counted=False, hours=300)
    assert actions.recount(TrainingRule) == 0
    assert not Training.objects.filter(is_counted=True).exists()


def test_a_new_term_of_a_category_is_reckoned_by_months(methodist, school_a):
    person = employed(school_a)
    before = Category.objects.create(
        person=person, kind="first", set_on=D(2022, 8, 31), valid_until=D(2027, 8, 31)
    )
    since = Category.objects.create(person=person, kind="first", set_on=D(2024, 2, 1))
    rule = CategoryRule.objects.get(kind="first", valid_to__isnull=False)
    # 54 months after 31.08.2022 is the last day of February 2027.
    assert actions.book_saved(by=methodist, row=changed(rule, months=54), is_new=False) == 1
    before.refresh_from_db()
    since.refresh_from_db()
    assert (before.valid_until, since.valid_until) == (D(2027, 2, 28), None)


def test_books_are_kept_by_methodists_and_the_head(assistant, director, responsible_a, head):
    row = Position.objects.first()
    for user in (assistant, director, responsible_a):
        with pytest.raises(Refused):
            actions.book_saved(by=user, row=row, is_new=False)
    actions.book_saved(by=head, row=row, is_new=False)
    assert JournalRecord.objects.filter(verb=Verb.CHANGED, subject_id=row.pk).count() == 1


def test_a_kind_of_obligatory_training_in_the_admin(client, methodist):
    client.force_login(methodist)
    body = {
        "name": "Обучение по охране труда", "code": "ohrana-truda-2027", "synonyms": "", "predecessor": "",
        "period_months": "36", "first_term_months": "2", "groups": ["head", "deputy"],
        "positions": [Position.objects.get(code="uchitel").pk], "duties": [], "warn_days": "90,30",
        "valid_from": "2027-01-01", "valid_to": "", "act": "Новый порядок",
    }  # fmt: skip
    answer = client.post("/admin/teachers/obligatorykind/add/", body)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    made = ObligatoryKind.objects.get(code="ohrana-truda-2027")
    assert (made.groups, made.warn_days, made.valid_from) == (["head", "deputy"], [90, 30], D(2027, 1, 1))
    assert [one.code for one in made.positions.all()] == ["uchitel"]
    assert JournalRecord.objects.filter(verb=Verb.CREATED, subject_type="teachers.obligatorykind").exists()


def test_two_rules_of_one_day_are_told_in_russian(client, methodist):
    client.force_login(methodist)
    body = {"kind": "advanced", "min_hours": "18", "valid_from": "2026-01-01", "valid_to": "", "act": ""}
    answer = client.post("/admin/teachers/trainingrule/add/", body)
    assert "На эти дни правило уже указано." in answer.content.decode()


def test_private_fields_are_not_for_the_director(client, director, methodist, school_a):
    person = employed(school_a, phone="+7 (4132) 62-00-00", birth_on=D(1985, 5, 17), snils="11223344595")
    pages = {}
    for user in (director, methodist):
        client.force_login(user)
        pages[user.username] = client.get(f"/admin/teachers/person/{person.pk}/change/").content.decode()
    assert "62-00-00" not in pages[director.username]
    assert "62-00-00" in pages[methodist.username]
    assert all("11223344595" not in page for page in pages.values())
