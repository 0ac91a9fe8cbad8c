"""Absences, and the open tasks that pass to the substitute and come back by the dates themselves."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from apps.accounts.models import User
from apps.core.access import Refused
from apps.core.registry import stand_ins
from apps.monitoring.actions.reports import begin_report, send_report
from apps.notices.models import Notice
from apps.office import actions
from apps.office.models import Absence
from apps.portal.queries import tasks_of
from tests.monitoring.conftest import collecting, small, three  # noqa: F401
from tests.office.factories import EmployeeFactory

pytestmark = pytest.mark.django_db
D = datetime.date
MAGADAN = ZoneInfo("Asia/Magadan")


def absence(by, employee, first, last, **fields) -> Absence:
    given = {"kind": "leave", "starts_on": first, "ends_on": last, "substitute": None}
    return actions.save_absence(by=by, employee=employee, **given | fields)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_the_substitute_is_told(office, head, methodist2):
    absence(head, office.first, D(2027, 7, 1), D(2027, 7, 28), substitute=office.second)
    told = Notice.objects.get(recipient=methodist2)
    assert told.title == f"Вы замещаете: {office.first}, с 01.07.2027 по 28.07.2027"


def test_a_substitute_who_is_absent_himself(office, head):
    absence(head, office.second, D(2027, 7, 28), D(2027, 8, 2), kind="trip")
    with pytest.raises(ValidationError) as told:
        absence(head, office.first, D(2027, 7, 1), D(2027, 7, 28), substitute=office.second)
    assert told.value.message_dict == {
        "substitute": ["Замещающий в эти дни отсутствует сам: командировка с 28.07.2027 по 02.08.2027."]
    }


def test_whoever_substitutes_can_not_leave_meanwhile(office, head):
    absence(head, office.first, D(2027, 7, 1), D(2027, 7, 28), substitute=office.second)
    with pytest.raises(ValidationError, match="сам замещает"):
        absence(head, office.second, D(2027, 7, 28), D(2027, 8, 2))
    absence(head, office.second, D(2027, 7, 29), D(2027, 8, 2))


def test_a_substitute_must_work_at_imo(office, head):
    with pytest.raises(ValidationError, match="в ИМО не работает"):
        absence(head, office.first, D(2027, 7, 1), D(2027, 7, 2), substitute=EmployeeFactory())


def test_overlaps_and_wrong_dates_speak_russian(office, head):
    absence(head, office.first, D(2027, 7, 1), D(2027, 7, 28))
    for first, last, substitute, words in (
        (D(2027, 7, 28), D(2027, 7, 30), None, "уже записано другое отсутствие"),
        (D(2027, 9, 2), D(2027, 9, 1), None, "раньше, чем начинается"),
        (D(2027, 9, 1), D(2027, 9, 2), office.first, "замещать сам себя"),
    ):
        with pytest.raises(ValidationError, match=words):
            absence(head, office.first, first, last, substitute=substitute)
    assert Absence.objects.count() == 1


@pytest.mark.parametrize("role", ["methodist", "assistant", "administrator", "responsible_a"])
def test_only_the_heads_record(role, office, request):
    with pytest.raises(Refused):
        absence(request.getfixturevalue(role), office.second, D(2027, 7, 1), D(2027, 7, 2))


def test_who_sees_an_absence(office, head, director, methodist, methodist2, assistant, responsible_a):
    row = absence(head, office.first, D(2027, 7, 1), D(2027, 7, 2), kind="illness", substitute=office.second)
    for user in (head, director, methodist, methodist2):
        assert Absence.objects.visible_to(user).get() == row
    for user in (assistant, responsible_a):
        assert not Absence.objects.visible_to(user).exists()


# --- tasks ---


@pytest.fixture
def review(office, three, head, methodist):  # noqa: F811
    """A response that waits to be reviewed by the methodists."""
    three["A"].__class__.objects.filter(pk=three["A"].pk).update(state="submitted", accepted_at=None)
    absence(head, office.first, D(2027, 7, 1), D(2027, 7, 28), substitute=office.second)
    return three["A"].campaign


def review_of(user: User) -> list[str]:
    return [task.detail for task in tasks_of(fresh(user)) if task.title.startswith("Проверить отчёты")]


@pytest.mark.parametrize(
    ("moment", "marked"),
    [
        ((2027, 6, 30, 23, 59, 59), False),
        ((2027, 7, 1, 0, 0, 0), True),
        ((2027, 7, 28, 23, 59, 59), True),
        ((2027, 7, 29, 0, 0, 0), False),
    ],
)
def test_tasks_of_the_absent_are_with_the_substitute_for_his_days(moment, marked, review, methodist2, clock):
    clock(datetime.datetime(*moment, tzinfo=MAGADAN))
    mark = " · за О.\u00a0А.\u00a0Лугову, до 28.07.2027" if marked else ""
    assert review_of(methodist2) == [f"ждут проверки: 1{mark}"]


def test_a_task_the_substitute_may_not_do_does_not_appear(
    office, collecting, head, methodist, methodist2, clock  # noqa: F811
):  # fmt: skip
    """The head's approval stays with the head's right: a plain substitute does not get it."""
    report = begin_report(campaign=collecting, by=methodist)
    send_report(report=report, by=methodist)
    absence(head, office.head, D(2027, 7, 1), D(2027, 7, 28), substitute=office.second)
    clock(datetime.datetime(2027, 7, 5, 10, 0, tzinfo=MAGADAN))
    assert any(task.title.startswith("Утвердить отчёт") for task in tasks_of(fresh(head)))
    assert not any(task.title.startswith("Утвердить отчёт") for task in tasks_of(fresh(methodist2)))


def test_nobody_stands_in_without_an_absence(office, methodist2):
    provider = stand_ins["office"]
    assert provider.absent_ones(methodist2) == []
    Absence.objects.create(
        employee=office.first, kind="leave", starts_on=D(2020, 1, 1), ends_on=D(2099, 1, 1),
        substitute=office.second,
    )  # fmt: skip
    (one,) = provider.absent_ones(methodist2)
    assert one.absent == office.first.user
    assert provider.absent_ones(office.first.user) == []


def test_the_home_page_asks_a_fixed_number_of_questions(
    office, review, signed_in, methodist2, clock, django_assert_max_num_queries
):
    clock(datetime.datetime(2027, 7, 5, 10, 0, tzinfo=MAGADAN))
    client = signed_in(fresh(methodist2))
    with django_assert_max_num_queries(70):
        answer = client.get("/")
    assert "до 28.07.2027" in answer.content.decode()
