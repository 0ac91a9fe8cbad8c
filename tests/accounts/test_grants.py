"""Dated rights: who gives them, when they begin and end."""

import datetime
import os
import time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from apps.accounts.actions import end_grant, grant_acting_head, grant_role, set_grant_end
from apps.accounts.models import RoleGrant, User
from apps.accounts.queries import has_approval_right, head_on
from apps.core.access import Conflict, Refused
from apps.core.models import JournalRecord
from apps.core.roles import Role
from tests.factories import RoleGrantFactory, UserFactory, user_with

DAY = datetime.date


def fresh(user: User) -> User:
    """As the next request reads him."""
    return User.objects.get(pk=user.pk)


def test_head_grants_methodist(head, nobody):
    grant = grant_role(by=head, user=nobody, role=Role.METHODIST, starts_on=DAY(2026, 1, 1))

    assert (grant.role, grant.starts_on, grant.ends_on) == ("methodist", DAY(2026, 1, 1), None)
    assert grant.granted_by == head
    assert fresh(nobody).roles == {"methodist"}
    record = JournalRecord.objects.get(verb="granted")
    assert (record.user, record.subject_id) == (head, str(grant.pk))


@pytest.mark.parametrize("role", ["head", "director", "admin"])
def test_head_grants_no_higher_role(head, nobody, role):
    with pytest.raises(Refused):
        grant_role(by=head, user=nobody, role=role)
    assert not nobody.grants.exists()


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_nobody_grants_himself(administrator, head, role, school_a):
    organization = school_a if role in ("representative", "teacher") else None
    for user in (administrator, head):
        with pytest.raises(Refused):
            grant_role(by=user, user=user, role=role, organization=organization)
    assert RoleGrant.objects.count() == 2


@pytest.mark.parametrize("giver", ["methodist", "assistant", "director", "responsible_a", "nobody"])
def test_others_grant_nothing_higher(request, giver, school_a):
    by, user = request.getfixturevalue(giver), UserFactory()
    for role in ("methodist", "admin", "head"):
        with pytest.raises(Refused):
            grant_role(by=by, user=user, role=role)


def test_administrator_grants_director(administrator, nobody):
    grant_role(by=administrator, user=nobody, role=Role.DIRECTOR, order_number="12-к")

    assert fresh(nobody).roles == {"director"}


def test_representative_needs_organization(administrator, nobody, school_a):
    with pytest.raises(ValidationError, match="Организация указывается"):
        grant_role(by=administrator, user=nobody, role=Role.REPRESENTATIVE)
    with pytest.raises(ValidationError, match="Организация указывается"):
        grant_role(by=administrator, user=nobody, role=Role.METHODIST, organization=school_a)


def test_same_right_twice_is_refused(administrator, nobody):
    grant_role(
        by=administrator,
        user=nobody,
        role=Role.METHODIST,
        starts_on=DAY(2026, 1, 1),
        ends_on=DAY(2026, 6, 30),
    )
    with pytest.raises(Conflict):
        grant_role(by=administrator, user=nobody, role=Role.METHODIST, starts_on=DAY(2026, 6, 30))
    grant_role(by=administrator, user=nobody, role=Role.METHODIST, starts_on=DAY(2026, 7, 1))

    assert nobody.grants.count() == 2


@pytest.mark.parametrize(
    ("moment", "roles"),
    [
        ("2026-09-30T12:59:59", set()),  # 30 September 23:59:59 in Magadan
        ("2026-09-30T13:00:00", {"methodist"}),  # 1 October 00:00:00
        ("2026-12-31T12:59:59", {"methodist"}),  # 31 December 23:59:59
        ("2026-12-31T13:00:00", set()),  # 1 January 00:00:00
    ],
)
@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati"])
def test_term_follows_magadan(nobody, at, monkeypatch, moment, roles, zone):
    monkeypatch.setitem(os.environ, "TZ", zone)
    time.tzset()
    RoleGrantFactory(user=nobody, role=Role.METHODIST, starts_on=DAY(2026, 10, 1), ends_on=DAY(2026, 12, 31))

    at(moment)

    assert fresh(nobody).roles == roles


@pytest.fixture(autouse=True)
def _zone_back():
    yield
    time.tzset()


def test_acting_head_has_rights_for_the_dates_of_the_order(administrator, head, methodist, at):
    grant_acting_head(
        by=administrator,
        user=methodist,
        starts_on=DAY(2026, 7, 1),
        ends_on=DAY(2026, 7, 28),
        order_number="45-к",
        order_date=DAY(2026, 6, 25),
    )

    at("2026-06-30T12:59:59")
    assert not fresh(methodist).is_acting_head
    at("2026-06-30T13:00:00")
    assert fresh(methodist).is_acting_head
    assert has_approval_right(methodist)
    assert not has_approval_right(head)
    at("2026-07-28T13:00:00")
    assert not fresh(methodist).is_acting_head
    assert not has_approval_right(methodist)
    assert has_approval_right(head)
    assert head_on(DAY(2026, 7, 10)).user == methodist


def test_acting_head_needs_order(administrator, methodist):
    with pytest.raises(ValidationError, match="по приказу"):
        grant_acting_head(
            by=administrator,
            user=methodist,
            starts_on=DAY(2026, 7, 1),
            ends_on=DAY(2026, 7, 28),
            order_number=" ",
        )


def test_two_acting_heads_in_one_day_are_refused(administrator, methodist, assistant):
    order = {"by": administrator, "order_number": "45-к"}
    grant_acting_head(user=methodist, starts_on=DAY(2026, 7, 1), ends_on=DAY(2026, 7, 28), **order)
    with pytest.raises(ValidationError, match="уже возложены"):
        grant_acting_head(user=assistant, starts_on=DAY(2026, 7, 28), ends_on=DAY(2026, 8, 5), **order)
    grant_acting_head(user=assistant, starts_on=DAY(2026, 7, 29), ends_on=DAY(2026, 8, 5), **order)


@pytest.mark.parametrize("by", ["methodist", "assistant", "responsible_a", "nobody"])
def test_acting_head_is_not_for_others_to_appoint(request, by, db):
    with pytest.raises(Refused):
        grant_acting_head(
            by=request.getfixturevalue(by),
            user=UserFactory(),
            starts_on=DAY(2026, 7, 1),
            ends_on=DAY(2026, 7, 28),
            order_number="45-к",
        )


def test_nobody_appoints_himself_acting(administrator):
    with pytest.raises(Refused):
        grant_acting_head(
            by=administrator,
            user=administrator,
            starts_on=DAY(2026, 7, 1),
            ends_on=DAY(2026, 7, 28),
            order_number="45-к",
        )


def test_right_ends_at_once(head, methodist, at):
    at("2026-10-10T01:00:00")

    end_grant(by=head, grant=methodist.grants.get())

    assert methodist.grants.get().ends_on == DAY(2026, 10, 9)
    assert fresh(methodist).roles == set()
    assert JournalRecord.objects.filter(verb="revoked", user=head).count() == 1


def test_right_of_today_goes_away(administrator, nobody):
    grant = grant_role(by=administrator, user=nobody, role=Role.METHODIST)

    end_grant(by=administrator, grant=grant)

    assert fresh(nobody).roles == set()


def test_head_does_not_end_administrators_right(head, administrator):
    with pytest.raises(Refused):
        end_grant(by=head, grant=administrator.grants.get())
    assert fresh(administrator).roles == {"admin"}


def test_own_right_is_not_prolonged(head, administrator):
    for user in (head, administrator):
        with pytest.raises(Refused):
            set_grant_end(by=user, grant=user.grants.get(), ends_on=None)


def test_end_is_changed(head, methodist):
    set_grant_end(by=head, grant=methodist.grants.get(), ends_on=DAY(2030, 1, 31))

    assert methodist.grants.get().ends_on == DAY(2030, 1, 31)


def test_end_before_start_is_refused(head, methodist):
    with pytest.raises(ValidationError, match="раньше, чем начинается"):
        set_grant_end(by=head, grant=methodist.grants.get(), ends_on=DAY(2019, 12, 31))


@pytest.mark.parametrize(
    "fields",
    [
        {"role": "methodist", "starts_on": DAY(2026, 2, 1), "ends_on": DAY(2026, 1, 31)},
        {"role": "representative"},
        {"role": "methodist", "is_acting": True, "ends_on": DAY(2099, 1, 1), "order_number": "1"},
        {"role": "head", "is_acting": True, "order_number": "1"},
        {"role": "head", "is_acting": True, "ends_on": DAY(2099, 1, 1)},
    ],
)
def test_constraints_of_rights_hold_in_the_database(nobody, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrantFactory(user=nobody, **fields)


def test_inactive_user_has_no_role(db):
    user = user_with(Role.HEAD, is_active=False)

    assert user.roles == set()
    assert not user.is_staff
