"""Invitations: made, sent, accepted once; handing over a place."""

import datetime
import re

import pytest
from django.core import mail
from django.utils import timezone

from apps.accounts.actions import (
    accept_invitation,
    deactivate_user,
    end_grant,
    hand_over,
    invite,
    invite_organizations,
    mail_invitations,
    register_invited,
    revoke_invitation,
)
from apps.accounts.models import Invitation, User
from apps.accounts.queries import organizations_without_representative
from apps.accounts.tasks import mail_invitation
from apps.core.access import Conflict, Refused
from apps.core.roles import Role
from tests.factories import OrganizationFactory, UserFactory, user_with

DETAILS = {
    "last_name": "Примерова",
    "first_name": "Ольга",
    "middle_name": "Петровна",
    "position": "заместитель директора",
    "email": "new@imo.example",
}
PASSWORD = "Длинный-пароль-77"


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_methodist_invites_representative(methodist, school_a, settings):
    invitation, token = invite(by=methodist, role=Role.REPRESENTATIVE, organization=school_a)

    assert len(token) == 40
    assert invitation.token_hash != token
    assert not Invitation.objects.filter(token_hash=token).exists()
    left = invitation.expires_at - timezone.now()
    assert datetime.timedelta(days=13, hours=23) < left <= datetime.timedelta(days=14)


@pytest.mark.parametrize("role", ["methodist", "head", "admin", "director"])
def test_methodist_invites_no_staff(methodist, role):
    with pytest.raises(Refused):
        invite(by=methodist, role=role)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("by", ["assistant", "director", "responsible_a", "nobody"])
def test_others_do_not_invite(request, by, school_b):
    with pytest.raises(Refused):
        invite(by=request.getfixturevalue(by), role=Role.REPRESENTATIVE, organization=school_b)


def test_role_and_organization_must_fit(head, school_a):
    with pytest.raises(Conflict):
        invite(by=head, role=Role.REPRESENTATIVE)
    with pytest.raises(Conflict):
        invite(by=head, role=Role.METHODIST, organization=school_a)


def test_new_person_registers(methodist, school_a):
    invitation, token = invite(by=methodist, role=Role.REPRESENTATIVE, organization=school_a)

    user = register_invited(token=token, username="primerova", password=PASSWORD, **DETAILS)

    assert fresh(user).represented_ids == {school_a.pk}
    assert user.check_password(PASSWORD)
    invitation.refresh_from_db()
    assert invitation.accepted_by == user
    assert user.grants.get().granted_by == methodist


def test_link_works_once(methodist, school_a, nobody):
    _, token = invite(by=methodist, role=Role.REPRESENTATIVE, organization=school_a)
    register_invited(token=token, username="primerova", password=PASSWORD, **DETAILS)

    with pytest.raises(Conflict):
        accept_invitation(by=nobody, token=token)
    assert fresh(nobody).roles == set()


def test_present_account_gets_the_right(methodist, school_a, school_b, responsible_b):
    _, token = invite(by=methodist, role=Role.REPRESENTATIVE, organization=school_a)

    accept_invitation(by=responsible_b, token=token)

    assert fresh(responsible_b).represented_ids == {school_a.pk, school_b.pk}


def test_expired_link_is_refused(methodist, school_a, nobody):
    invitation, token = invite(by=methodist, role=Role.REPRESENTATIVE, organization=school_a)
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now())

    with pytest.raises(Conflict):
        accept_invitation(by=nobody, token=token)


def test_revoked_link_is_refused(methodist, head, school_a, nobody):
    invitation, token = invite(by=methodist, role=Role.REPRESENTATIVE, organization=school_a)
    revoke_invitation(by=head, invitation=invitation)

    with pytest.raises(Conflict):
        accept_invitation(by=nobody, token=token)
    with pytest.raises(Conflict):
        revoke_invitation(by=head, invitation=invitation)


def test_forged_link_is_refused(nobody):
    with pytest.raises(Conflict):
        accept_invitation(by=nobody, token="x" * 43)


def test_link_dies_with_the_inviters_right(head, methodist, nobody):
    _, token = invite(by=head, role=Role.METHODIST)
    _, other = invite(by=head, role=Role.ASSISTANT)
    admin = user_with(Role.ADMIN)
    end_grant(by=admin, grant=head.grants.get())

    with pytest.raises(Conflict):
        accept_invitation(by=nobody, token=token)
    deactivate_user(by=admin, user=head)
    with pytest.raises(Conflict):
        accept_invitation(by=nobody, token=other)


def test_nobody_accepts_his_own_invitation(head):
    _, token = invite(by=head, role=Role.ASSISTANT)

    with pytest.raises(Conflict):
        accept_invitation(by=head, token=token)
    assert fresh(head).roles == {"head"}


def test_right_held_already_leaves_the_invitation_unused(methodist, responsible_a, school_a):
    invitation, token = invite(by=methodist, role=Role.REPRESENTATIVE, organization=school_a)

    with pytest.raises(Conflict):
        accept_invitation(by=responsible_a, token=token)
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_taken_name_leaves_the_invitation_unused(methodist, school_a):
    UserFactory(username="primerova")
    invitation, token = invite(by=methodist, role=Role.REPRESENTATIVE, organization=school_a)

    with pytest.raises(Exception, match="занято"):
        register_invited(token=token, username="Primerova", password=PASSWORD, **DETAILS)
    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert not User.objects.filter(last_name="Примерова").exists()


def test_place_is_handed_over(responsible_a, school_a, nobody, at):
    _, token = hand_over(by=responsible_a, grant=responsible_a.grants.get())
    assert fresh(responsible_a).represented_ids == {school_a.pk}

    accept_invitation(by=nobody, token=token)

    assert fresh(nobody).represented_ids == {school_a.pk}
    assert fresh(responsible_a).represented_ids == set()
    today = timezone.localdate()
    assert responsible_a.grants.get().ends_on == today - datetime.timedelta(days=1)
    assert nobody.grants.get().starts_on == today


def test_place_of_today_keeps_its_day(methodist, school_a, nobody):
    _, first = invite(by=methodist, role=Role.REPRESENTATIVE, organization=school_a)
    predecessor = register_invited(token=first, username="primerova", password=PASSWORD, **DETAILS)
    _, token = hand_over(by=fresh(predecessor), grant=predecessor.grants.get())

    accept_invitation(by=nobody, token=token)

    assert predecessor.grants.get().ends_on == timezone.localdate()


def test_others_place_is_not_handed_over(responsible_a, responsible_b, methodist):
    for user in (responsible_b, methodist):
        with pytest.raises(Refused):
            hand_over(by=user, grant=responsible_a.grants.get())


def test_second_hand_over_revokes_the_first(responsible_a, nobody):
    _, first = hand_over(by=responsible_a, grant=responsible_a.grants.get())
    _, second = hand_over(by=responsible_a, grant=responsible_a.grants.get())

    with pytest.raises(Conflict):
        accept_invitation(by=nobody, token=first)
    accept_invitation(by=nobody, token=second)


def test_organizations_without_representative(methodist, responsible_a, school_b):
    branch = OrganizationFactory(parent=school_b)
    closed = OrganizationFactory(closed_on=datetime.date(2020, 1, 1))

    waiting = list(organizations_without_representative(methodist))

    assert waiting == [school_b]
    assert branch not in waiting
    assert closed not in waiting


def test_bulk_invites_each_once(methodist, school_a, school_b):
    made = invite_organizations(by=methodist, organizations=organizations_without_representative(methodist))

    assert {invitation.organization for invitation, _ in made} == {school_a, school_b}
    assert len({token for _, token in made}) == 2
    assert not organizations_without_representative(methodist).exists()


def test_mail_makes_the_link_at_sending(methodist, school_a, queued, nobody, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    invitation, shown = invite(
        by=methodist, role=Role.REPRESENTATIVE, organization=school_a, email="school@imo.example"
    )
    assert mail_invitations(invitations=[invitation]) == 1
    assert queued("accounts.mail_invitation") == [{"invitation_id": str(invitation.pk)}]

    mail_invitation(invitation_id=str(invitation.pk))

    letter = mail.outbox[0]
    assert letter.to == ["school@imo.example"]
    token = re.search(r"/invitation/([^/]+)/", letter.body)[1]
    with pytest.raises(Conflict):
        accept_invitation(by=nobody, token=shown)
    accept_invitation(by=nobody, token=token)
    assert fresh(nobody).represented_ids == {school_a.pk}


def test_revoked_invitation_is_not_mailed(methodist, school_a):
    invitation, _ = invite(
        by=methodist, role=Role.REPRESENTATIVE, organization=school_a, email="school@imo.example"
    )
    revoke_invitation(by=methodist, invitation=invitation)

    mail_invitation(invitation_id=str(invitation.pk))

    assert mail.outbox == []
