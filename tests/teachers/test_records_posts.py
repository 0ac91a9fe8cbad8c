"""Who keeps whose posts; leaving, going over, what ends with a post."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from apps.core.access import Conflict, Refused
from apps.teachers import actions, permissions
from apps.teachers.models import Duty, DutyKind, Education, Employment, Leave, Mentorship
from tests.factories import OrganizationFactory
from tests.teachers.factories import EmploymentFactory, MentorshipFactory, employed, position

D = datetime.date
pytestmark = pytest.mark.django_db


def left(person) -> Employment:
    return person.employments.get()


def test_an_organisation_keeps_who_has_a_post_there(
    responsible_a, responsible_b, methodist, director, school_a
):
    person = employed(school_a)
    users = (responsible_a, responsible_b, methodist, director)
    assert [permissions.can_keep(user, person) for user in users] == [True, False, True, False]
    assert permissions.can_keep(responsible_b) is True


def test_a_branch_is_kept_by_its_parent(responsible_a, school_a):
    branch = OrganizationFactory(parent=school_a)
    person = employed(branch)
    assert permissions.can_keep(responsible_a, person)
    assert permissions.can_keep_record(responsible_a, left(person))


def test_posts_elsewhere_are_only_read(responsible_a, responsible_b, school_a, school_b):
    person = employed(school_a)
    EmploymentFactory(person=person, organization=school_b, form="external")
    here = person.employments.get(organization=school_a)
    here.rate = 2
    with pytest.raises(Refused, match="ведёт другая организация"):
        actions.save_record(by=responsible_b, record=here)
    with pytest.raises(Refused):
        actions.remove_record(by=responsible_b, record=here)
    with pytest.raises(Refused):
        actions.save_record(
            by=responsible_b, record=Leave(employment=here, kind="long", started_on=D(2026, 9, 1))
        )
    assert person.employments.get(organization=school_a).rate == 1
    # What belongs to the person himself is kept by both.
    actions.save_record(by=responsible_b, record=Education(person=person, degree="master"))
    actions.save_record(by=responsible_a, record=here)


def test_a_post_is_not_moved_to_a_stranger_nor_taken_from_one(responsible_a, school_a, school_b):
    person, stranger = employed(school_a), employed(school_b)
    post = left(person)
    post.organization = school_b
    with pytest.raises(Refused):
        actions.save_record(by=responsible_a, record=post)
    theirs = left(stranger)
    theirs.organization = school_a
    with pytest.raises(Refused):
        actions.save_record(by=responsible_a, record=theirs)
    education = Education(person=stranger, degree="master")
    with pytest.raises(Refused):
        actions.save_record(by=responsible_a, record=education)
    mine = actions.save_record(by=responsible_a, record=Education(person=person, degree="master"))
    mine.person = stranger
    with pytest.raises(Refused):
        actions.save_record(by=responsible_a, record=mine)


def test_nobody_is_created_in_another_organisation(responsible_a, school_b):
    post = {"organization": school_b, "position": position(), "started_on": D(2020, 9, 1)}
    with pytest.raises(Refused, match="только к себе"):
        actions.create_person(by=responsible_a, employment=post, last_name="Лугова", first_name="Ольга")


def test_leaving_ends_what_went_with_the_post(responsible_a, school_a):
    person, mentee = employed(school_a), employed(school_a)
    post = left(person)
    leave = Leave.objects.create(employment=post, kind="long", started_on=D(2026, 9, 1))
    duty = Duty.objects.create(
        person=person, organization=school_a, kind=DutyKind.objects.first(), started_on=D(2020, 1, 9)
    )
    pair = MentorshipFactory(mentor=person, mentee=mentee, organization=school_a)
    actions.dismiss(by=responsible_a, employment=post, ended_on=D(2026, 11, 20), reason="по собственному")
    for row in (post, leave, duty, pair):
        row.refresh_from_db()
        assert row.ended_on == D(2026, 11, 20)
    assert (post.end_reason, pair.terminated_by) == ("по собственному", "left")
    person.standing.refresh_from_db()
    mentee.standing.refresh_from_db()
    assert (person.standing.is_working, mentee.standing.has_mentor) == (False, False)
    with pytest.raises(Conflict, match="уже закончена"):
        actions.dismiss(by=responsible_a, employment=post, ended_on=D(2026, 11, 21), reason="снова")


def test_duties_go_on_with_another_post_there(responsible_a, school_a):
    person = employed(school_a)
    EmploymentFactory(person=person, organization=school_a, form="internal")
    duty = Duty.objects.create(
        person=person, organization=school_a, kind=DutyKind.objects.first(), started_on=D(2020, 1, 9)
    )
    post = person.employments.get(form="main")
    actions.dismiss(by=responsible_a, employment=post, ended_on=D(2026, 11, 20), reason="сокращение")
    duty.refresh_from_db()
    assert duty.ended_on is None


@pytest.mark.parametrize("day", [D(2015, 8, 31), D(2026, 8, 31)])
def test_leaving_before_the_start_or_before_a_leave(responsible_a, school_a, day):
    post = left(employed(school_a))
    Leave.objects.create(employment=post, kind="long", started_on=D(2026, 9, 1))
    with pytest.raises(ValidationError):
        actions.dismiss(by=responsible_a, employment=post, ended_on=day, reason="ошибка")
    post.refresh_from_db()
    assert post.ended_on is None


def test_a_transfer_is_one_act(responsible_b, school_a, school_b):
    person = employed(school_a)
    post = left(person)
    given = {"organization": school_b, "position": position(), "started_on": D(2026, 11, 1)}
    made = actions.transfer(by=responsible_b, employment=post, **given)
    post.refresh_from_db()
    assert (post.ended_on, post.end_reason) == (D(2026, 10, 31), "перевод: Школа Б")
    assert (made.organization, made.started_on, made.form) == (school_b, D(2026, 11, 1), "main")
    person.standing.refresh_from_db()
    assert person.standing.organization == school_b


def test_a_transfer_is_not_done_by_the_organisation_that_lets_go(responsible_a, school_a, school_b):
    post = left(employed(school_a))
    given = {"organization": school_b, "position": position(), "started_on": D(2026, 11, 1)}
    with pytest.raises(Refused):
        actions.transfer(by=responsible_a, employment=post, **given)
    post.refresh_from_db()
    assert post.ended_on is None


def test_a_faulty_transfer_changes_nothing(methodist, school_a, school_b):
    post = left(employed(school_a))
    given = {"organization": school_b, "position": position(), "started_on": D(2026, 11, 1), "rate": 9}
    with pytest.raises(ValidationError):
        actions.transfer(by=methodist, employment=post, **given)
    with pytest.raises(ValidationError, match="уже работает"):
        actions.transfer(by=methodist, employment=post, **(given | {"organization": school_a}))
    assert Employment.objects.get().ended_on is None


RECEIVED = {"last_name": "Берёзкина", "first_name": "Алёна", "middle_name": "Петровна"}


def test_the_receiving_organisation_names_whom_it_takes(responsible_b, school_a, school_b):
    employed(school_a, last_name="Березкина", first_name="Алена", middle_name="Петровна")
    given = {"organization": school_b, "position": position(), "started_on": D(2026, 11, 1)}
    with pytest.raises(Conflict) as unknown:
        actions.receive(by=responsible_b, **RECEIVED, birth_on=D(1985, 5, 18), **given)
    actions.receive(by=responsible_b, **RECEIVED, birth_on=D(1985, 5, 17), **given)
    assert Employment.objects.get(organization=school_b).started_on == D(2026, 11, 1)
    assert unknown.value.told.startswith("Педагог с такими именем и датой рождения")


def test_two_of_one_name_are_told_as_nobody(responsible_b, school_a, school_b):
    for _ in range(2):
        employed(school_a, last_name="Берёзкина", first_name="Алёна", middle_name="Петровна")
    given = {"organization": school_b, "position": position(), "started_on": D(2026, 11, 1)}
    with pytest.raises(Conflict, match="не найден"):
        actions.receive(by=responsible_b, **RECEIVED, birth_on=D(1985, 5, 17), **given)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"started_on": D(2015, 8, 31)}, "started_on"),
        ({"started_on": D(2020, 1, 1), "ended_on": None}, "ended_on"),
        ({"started_on": D(2020, 1, 1), "ended_on": D(2026, 9, 1)}, "ended_on"),
    ],
)
def test_a_leave_lies_within_its_post(responsible_a, school_a, given, field):
    post = left(employed(school_a, post={"ended_on": D(2026, 8, 31)}))
    post.refresh_from_db()
    with pytest.raises(ValidationError) as refused:
        actions.save_record(by=responsible_a, record=Leave(employment=post, kind="long", **given))
    assert list(refused.value.message_dict) == [field]


@pytest.mark.parametrize(
    ("notified", "ended", "passes"),
    [
        # 03.11.2026 is a Tuesday; 4 November is a day off, so the third working day is Monday the ninth.
        (D(2026, 11, 3), D(2026, 11, 9), True),
        (D(2026, 11, 3), D(2026, 11, 8), False),
        # Monday to Thursday of a plain week.
        (D(2026, 11, 16), D(2026, 11, 19), True),
        (D(2026, 11, 16), D(2026, 11, 18), False),
    ],
)
def test_mentoring_ends_early_after_three_working_days(responsible_a, school_a, notified, ended, passes):
    pair = MentorshipFactory(
        mentor=employed(school_a), mentee=employed(school_a), organization=school_a, ended_on=D(2027, 5, 31)
    )
    given = {"ended_on": ended, "terminated_by": "mentor", "notified_on": notified, "outcome": "Итог"}
    if not passes:
        with pytest.raises(ValidationError, match="за три рабочих дня"):
            actions.end_mentorship(by=responsible_a, mentorship=pair, **given)
        return
    actions.end_mentorship(by=responsible_a, mentorship=pair, **given)
    with pytest.raises(Conflict, match="уже прекращено"):
        actions.end_mentorship(by=responsible_a, mentorship=pair, **given)
    assert Mentorship.objects.get().outcome == "Итог"


def test_a_vacancy_is_kept_by_its_organisation(responsible_a, responsible_b, school_a):
    from apps.teachers.models import Vacancy

    vacancy = Vacancy(organization=school_a, position=position(), started_on=D(2026, 9, 1))
    with pytest.raises(Refused):
        actions.save_vacancy(by=responsible_b, vacancy=vacancy)
    actions.save_vacancy(by=responsible_a, vacancy=vacancy)
    with pytest.raises(Refused):
        actions.remove_vacancy(by=responsible_b, vacancy=vacancy)
    actions.remove_vacancy(by=responsible_a, vacancy=vacancy)
    assert not Vacancy.objects.exists()
