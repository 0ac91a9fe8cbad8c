"""Cards of one person are found, made one, and two again."""

import datetime

import pytest
from django.apps import apps
from django.db.models import Field
from django.urls import reverse
from pghistory.models import Event

from apps.core.access import Conflict, Refused
from apps.core.models import JournalRecord
from apps.teachers import actions
from apps.teachers.duplicates import candidates
from apps.teachers.merging.links import FATES, GENERIC, links_to_person
from apps.teachers.models import Consent, Duty, DutyKind, Employment, Leave, Merge, Person, Training
from tests.teachers.factories import MentorshipFactory, TrainingFactory, employed

D = datetime.date
pytestmark = pytest.mark.django_db
ANNA = {"last_name": "Кедрова", "first_name": "Анна", "middle_name": "Павловна", "birth_on": D(1980, 4, 2)}


@pytest.fixture
def two(school_a, school_b):
    """One person with two cards: the first of school A, the second of school B."""
    return employed(school_a, **ANNA), employed(school_b, **ANNA, phone="+74132000001")


def signs():
    return [(first, second, sign) for first, second, sign in candidates()]


def test_every_key_to_a_person_is_handled():
    assert {name for name, _ in links_to_person()} == set(FATES)


def test_every_row_that_names_a_subject_by_number_is_handled():
    def names(model):
        return {field.name for field in model._meta.get_fields() if isinstance(field, Field)}

    models = [one for one in apps.get_models() if not issubclass(one, Event)]
    generic = {one._meta.label for one in models if {"subject_type", "subject_id"} <= names(one)}
    assert generic == set(GENERIC)


def test_the_same_name_and_birth_date_anywhere_in_the_city(two):
    assert signs() == [(two[0].pk, two[1].pk, "same")]


@pytest.mark.parametrize(
    ("other", "sign"),
    [
        ({"last_name": "Кедровва"}, "letter"),
        ({"first_name": "Анне"}, "letter"),
        ({"first_name": "А.", "middle_name": "П."}, "initials"),
        ({"last_name": "Кедрова-Лугова"}, "double"),
        ({"last_name": "Лугова", "birth_on": D(1980, 4, 2)}, "maiden"),
        ({}, "namesake"),
    ],
)
def test_similar_names_in_one_organisation(school_a, other, sign):
    first = employed(school_a, **ANNA)
    second = employed(school_a, **(ANNA | {"birth_on": None} | other))
    assert signs() == [(first.pk, second.pk, sign)]


@pytest.mark.parametrize(
    "other",
    [
        {"birth_on": D(1981, 4, 2)},
        {"last_name": "Сосновская", "birth_on": None},
        {"last_name": "Кедррррова", "birth_on": None},
    ],
)
def test_other_people_are_not_proposed(school_a, other):
    employed(school_a, **ANNA)
    employed(school_a, **(ANNA | other))
    assert signs() == []


def test_a_letter_apart_in_two_organisations_without_a_birth_date(school_a, school_b):
    employed(school_a, **ANNA)
    employed(school_b, **(ANNA | {"last_name": "Кедровва", "birth_on": None}))
    assert signs() == []


def test_different_people_are_said_once(methodist, two):
    actions.say_not_same(by=methodist, first=two[1], second=two[0])
    actions.say_not_same(by=methodist, first=two[0], second=two[1])
    assert signs() == []


def test_rows_go_over_and_come_back(methodist, two):
    kept, gone = two
    course = TrainingFactory(person=gone, programme="Другая программа")
    consent = Consent.objects.create(person=gone, kind="image", given_on=D(2025, 9, 1))
    merge = actions.merge(by=methodist, kept=kept, gone=gone)
    kept.refresh_from_db(), gone.refresh_from_db()
    assert (kept.phone, gone.merged_into) == ("+74132000001", kept)
    assert set(kept.trainings.all()) == {course} and set(kept.consents.all()) == {consent}
    assert sorted(kept.employments.values_list("form", flat=True)) == ["external", "main"]
    assert (kept.standing.trained_on, kept.standing.is_working) == (D(2025, 3, 31), True)
    assert not gone.employments.exists() and not gone.standing.is_working
    assert signs() == []

    actions.undo_merge(by=methodist, merge=merge)
    kept.refresh_from_db(), gone.refresh_from_db()
    assert (kept.phone, gone.phone, gone.merged_into) == ("", "+74132000001", None)
    assert set(gone.trainings.all()) == {course} and not kept.trainings.exists()
    assert gone.employments.get().form == "main" and kept.employments.count() == 1
    assert gone.standing.is_working and kept.standing.trained_on is None
    with pytest.raises(Conflict, match="уже отменено"):
        actions.undo_merge(by=methodist, merge=merge)


def test_one_course_entered_twice_is_not_doubled(methodist, two):
    kept, gone = two
    TrainingFactory(person=kept), TrainingFactory(person=gone)
    merge = actions.merge(by=methodist, kept=kept, gone=gone)
    assert Training.objects.filter(person=kept).count() == 1
    actions.undo_merge(by=methodist, merge=merge)
    assert Training.objects.filter(person=gone).count() == 1


@pytest.mark.parametrize(("choice", "started"), [("kept", D(2015, 9, 1)), ("gone", D(2019, 9, 2))])
def test_of_two_main_posts_one_is_chosen(methodist, school_a, choice, started):
    kept = employed(school_a, **ANNA)
    gone = employed(school_a, **ANNA, post={"started_on": D(2019, 9, 2)})
    post = gone.employments.get()
    Leave.objects.create(employment=post, kind="long", started_on=D(2020, 1, 1), ended_on=D(2020, 6, 1))
    merge = actions.merge(by=methodist, kept=kept, gone=gone, choices={f"post-{post.pk}": choice})
    assert kept.employments.get().started_on == started
    actions.undo_merge(by=methodist, merge=merge)
    assert (kept.employments.get().started_on, gone.employments.get()) == (D(2015, 9, 1), post)
    assert post.leaves.count() == 1


def test_of_two_same_duties_one_stays(methodist, two, school_a):
    kind = DutyKind.objects.get(code="fire-responsible")
    for person, order in zip(two, ("1", "2"), strict=True):
        Duty.objects.create(
            person=person, organization=school_a, kind=kind, order=order, started_on=D(2025, 9, 1)
        )
    actions.merge(by=methodist, kept=two[0], gone=two[1])
    assert Duty.objects.get().order == "1"


def test_of_two_accounts_one_is_chosen_and_both_come_back(methodist, two, responsible_a, responsible_b):
    for person, user in zip(two, (responsible_a, responsible_b), strict=True):
        person.user = user
        person.save()
    merge = actions.merge(by=methodist, kept=two[0], gone=two[1], choices={"user": "gone"})
    assert Person.objects.get(pk=two[0].pk).user == responsible_b
    actions.undo_merge(by=methodist, merge=merge)
    assert [Person.objects.get(pk=one.pk).user for one in two] == [responsible_a, responsible_b]


def test_what_was_changed_since_stays(methodist, two):
    merge = actions.merge(by=methodist, kept=two[0], gone=two[1])
    row = Employment.objects.get(person=two[0], form="external")
    row.order = "77-к"
    row.save()
    with pytest.raises(Conflict, match="изменили"):
        actions.undo_merge(by=methodist, merge=merge)


def test_a_mentor_and_his_teacher_are_two(methodist, two, school_a):
    MentorshipFactory(mentor=two[0], mentee=two[1], organization=school_a)
    with pytest.raises(Conflict, match="наставником"):
        actions.merge(by=methodist, kept=two[0], gone=two[1])
    assert not Merge.objects.exists()


def test_a_merged_card_is_merged_no_more(methodist, two):
    actions.merge(by=methodist, kept=two[0], gone=two[1])
    with pytest.raises(Conflict, match="уже объединена"):
        actions.merge(by=methodist, kept=two[0], gone=two[1])


def test_only_those_who_decide_for_the_city(assistant, responsible_a, director, two):
    for user in (assistant, responsible_a, director):
        with pytest.raises(Refused):
            actions.merge(by=user, kept=two[0], gone=two[1])
        with pytest.raises(Refused):
            actions.say_not_same(by=user, first=two[0], second=two[1])


def test_the_pages_from_the_list_to_the_merged_card(client, methodist, two):
    client.force_login(methodist)
    shown = client.get(reverse("teachers:duplicate-list"))
    address = reverse("teachers:merge-preview", args=[two[0].pk, two[1].pk])
    assert address in shown.content.decode() and "одинаковые ФИО и дата рождения" in shown.content.decode()
    text = client.get(address).content.decode()
    assert "Два основных места работы" in text and "будет внесено" in text
    post = two[1].employments.get()
    done = client.post(address, {f"post-{post.pk}": "part_time"})
    assert done["Location"] == f"/teachers/{two[0].pk}/"
    assert client.get(f"/teachers/{two[1].pk}/")["Location"] == f"/teachers/{two[0].pk}/"
    assert client.get(address).status_code == 404
    client.post(reverse("teachers:merge-undo", args=[Merge.objects.get().pk]))
    assert client.get(f"/teachers/{two[1].pk}/").status_code == 200
    notes = JournalRecord.objects.filter(user=methodist, subject_id=str(two[0].pk), verb="changed")
    assert notes.count() == 2


def test_a_choice_that_was_not_offered(client, methodist, two):
    client.force_login(methodist)
    post = two[1].employments.get()
    refused = client.post(
        reverse("teachers:merge-preview", args=[two[0].pk, two[1].pk]), {f"post-{post.pk}": "burn"}
    )
    assert refused.status_code == 422 and not Merge.objects.exists()
