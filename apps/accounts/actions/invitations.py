"""Inviting people by a one-time link, and a representative's handing over of his place."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from apps.accounts import permissions
from apps.accounts.actions.grants import ONE_DAY, add_grant, close, same_rights
from apps.accounts.links import new_token as new_secret
from apps.accounts.links import token_hash
from apps.accounts.models import Invitation, RoleGrant, User
from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.core.roles import Role
from apps.organizations.models import Organization

HAND_OVERS_A_DAY = 5
NOT_VALID = "Приглашение не найдено или больше не действует."


def new_token(invitation: Invitation) -> str:
    """A fresh link for an unused invitation, given out once; the earlier link stops working."""
    token = new_secret()
    Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None).update(
        token_hash=token_hash(token)
    )
    return token


@transaction.atomic
def invite(
    *, by: Any, role: str, organization: Organization | None = None, email: str = ""
) -> tuple[Invitation, str]:
    """Makes an invitation; gives it with the token of its link, which is kept nowhere.

    Raises `Refused` where the role isn't his to give, `Conflict` where role and organisation don't fit.
    """
    require(permissions.can_invite(by, role), "Приглашать с этой ролью вы не можете.")
    return _make(by=by, role=role, organization=organization, email=email)


def _make(
    *,
    by: Any,
    role: str,
    organization: Organization | None,
    email: str = "",
    replaces: RoleGrant | None = None,
) -> tuple[Invitation, str]:
    _check_fits(role, organization)
    token = new_secret()
    invitation = Invitation.objects.create(
        token_hash=token_hash(token),
        role=role,
        organization=organization,
        email=email,
        replaces=replaces,
        invited_by_id=by.pk,
        expires_at=timezone.now() + datetime.timedelta(days=settings.INVITATION_DAYS),
    )
    journal.record(
        by=by,
        verb=Verb.INVITED,
        subject=invitation,
        organization_id=getattr(organization, "pk", None),
        note=str(organization or ""),
    )
    return invitation, token


def _check_fits(role: str, organization: Organization | None) -> None:
    """The same rule as the constraint on rights, said before a letter leaves."""
    if (role in (Role.REPRESENTATIVE, Role.TEACHER)) != (organization is not None):
        raise Conflict(
            "Организация указывается у ответственного от организации и у педагога, у других ролей её нет."
        )


@transaction.atomic
def invite_organizations(*, by: Any, organizations: Iterable[Organization]) -> list[tuple[Invitation, str]]:
    """One invitation of a representative for each organisation, all or none."""
    return [
        invite(by=by, role=Role.REPRESENTATIVE, organization=one, email=one.email) for one in organizations
    ]


@transaction.atomic
def mail_invitations(*, invitations: Iterable[Invitation]) -> int:
    """Queues the letters of invitations that have an address; gives their number.

    The worker makes each link when it sends the letter: no secret lies in the queue.
    """
    ids: list[Any] = [{"invitation_id": str(one.pk)} for one in invitations if one.email]
    if ids:
        app.configure_task("accounts.mail_invitation").batch_defer(*ids)
    return len(ids)


@transaction.atomic
def revoke_invitation(*, by: Any, invitation: Invitation) -> None:
    """Makes the link useless. Raises `Refused`, or `Conflict` when it is already used or revoked."""
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    require(permissions.can_revoke_invitation(by, invitation), "Это приглашение вы отозвать не можете.")
    if invitation.accepted_at or invitation.revoked_at:
        raise Conflict("Приглашение уже принято или отозвано.")
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    journal.record(by=by, verb=Verb.REVOKED, subject=invitation, organization_id=invitation.organization_id)


@transaction.atomic
def reissue_invitation(*, by: Any, invitation: Invitation) -> str:
    """The token of a new link in place of a lost one. Raises `Refused`, or `Conflict` when it is over."""
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    require(permissions.can_reissue_invitation(by, invitation), "Новую ссылку получает только пригласивший.")
    if not invitation.is_waiting:
        raise Conflict("Приглашение уже принято, отозвано или его срок истёк.")
    journal.record(
        by=by,
        verb=Verb.INVITED,
        subject=invitation,
        organization_id=invitation.organization_id,
        note="новая ссылка",
    )
    return new_token(invitation)


@transaction.atomic
def hand_over(*, by: Any, grant: RoleGrant, email: str = "") -> tuple[Invitation, str]:
    """A representative invites the successor to his place; his own right ends when the other accepts.

    Raises `Refused` where the place is not his, `Conflict` after `HAND_OVERS_A_DAY` of them: the portal's
    letters to unknown addresses must not become somebody's mailing. An earlier waiting invitation to the
    same place is revoked.
    """
    grant = RoleGrant.objects.select_for_update(of=("self",)).select_related("organization").get(pk=grant.pk)
    require(permissions.can_hand_over(by, grant), "Передать можно только своё действующее место.")
    _check_not_too_often(grant)
    Invitation.objects.waiting().filter(replaces=grant).update(revoked_at=timezone.now())
    return _make(by=by, role=grant.role, organization=grant.organization, email=email, replaces=grant)


def _check_not_too_often(grant: RoleGrant) -> None:
    day_ago = timezone.now() - ONE_DAY
    if Invitation.objects.filter(replaces=grant, created_at__gte=day_ago).count() >= HAND_OVERS_A_DAY:
        raise Conflict("Сегодня вы уже приглашали преемника несколько раз. Попробуйте завтра.")


@transaction.atomic
def register_invited(*, token: str, username: str, password: str, **details: str) -> User:
    """Makes the account of an invited person and gives it the right, both or none.

    `details`: last_name, first_name, middle_name, position, email. Raises `Conflict` when the
    invitation can't be used or the name was taken in this moment, `ValidationError` for a name taken before.
    """
    invitation = _usable(token)
    user = User(username=User.normalize_username(username), **details)
    user.set_password(password)
    user.full_clean(exclude=["password"])
    _save_new(user)
    journal.record(by=user, verb=Verb.CREATED, subject=user, note="по приглашению")
    _accept(invitation, user)
    return user


def _save_new(user: User) -> None:
    """Two people may choose one name in the same moment: the second is told so."""
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise Conflict("Это имя для входа только что заняли. Выберите другое.") from error


@transaction.atomic
def accept_invitation(*, by: User, token: str) -> RoleGrant:
    """Adds the invitation's right to the present account.

    Raises `Conflict` when the invitation can't be used, is his own, or the right is held already.
    """
    return _accept(_usable(token), by)


def _usable(token: str) -> Invitation:
    """The waiting invitation of the token, locked: a second reader waits and then finds it used."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("invited_by", "organization", "replaces")
        .filter(
            token_hash=token_hash(token), accepted_at=None, revoked_at=None, expires_at__gt=timezone.now()
        )
        .first()
    )
    if invitation is None or not permissions.still_invites(invitation):
        raise Conflict(NOT_VALID)
    return invitation


def _accept(invitation: Invitation, user: User) -> RoleGrant:
    if invitation.invited_by_id == user.pk:
        raise Conflict("Приглашение, которое вы создали сами, должен принять другой человек.")
    today = timezone.localdate()
    grant = RoleGrant(
        user=user,
        role=invitation.role,
        organization=invitation.organization,
        starts_on=today,
        basis="Приглашение" if invitation.replaces is None else "Передача места преемнику",
    )
    if same_rights(grant).exists():
        raise Conflict("Это право у вас уже есть: приглашение пригодится другому человеку.")
    if invitation.replaces is not None:
        _end_replaced(invitation.replaces, user, today)
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    return add_grant(grant, by=invitation.invited_by)


def _end_replaced(grant: RoleGrant, successor: User, today: datetime.date) -> None:
    """The predecessor's last day is yesterday; one who began today keeps this day."""
    close(grant, today - ONE_DAY)
    journal.record(
        by=successor,
        verb=Verb.REVOKED,
        subject=grant,
        organization_id=grant.organization_id,
        note="место передано преемнику",
    )
