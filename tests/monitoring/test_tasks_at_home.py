"""What an organisation owes, on the home page of whoever answers for it."""

from apps.core.roles import Role
from apps.monitoring.registered import response_tasks
from tests.factories import RoleGrantFactory
from tests.monitoring.small import owed


def test_whoever_answers_for_one_organization_is_not_told_which(collecting, school_a, responsible_a):
    owed(collecting, school_a)

    assert [task.detail for task in response_tasks(responsible_a)] == ["2026/2027 учебный год · Не начат"]


def test_whoever_answers_for_two_sees_for_which_one_a_report_is(
    collecting, school_a, school_b, responsible_a
):
    RoleGrantFactory(user=responsible_a, role=Role.REPRESENTATIVE, organization=school_b)
    owed(collecting, school_a)
    owed(collecting, school_b)

    assert [task.detail for task in response_tasks(responsible_a)] == [
        "Школа А · 2026/2027 учебный год · Не начат",
        "Школа Б · 2026/2027 учебный год · Не начат",
    ]
