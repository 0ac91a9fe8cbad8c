"""Questions about users and their rights."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from apps.accounts.links import token_hash
from apps.accounts.models import Invitation, RoleGrant, User
from apps.accounts.permissions import still_invites
from apps.core.roles import IMO_ROLES, Role, has_role
from apps.organizations.models import Organization


def current_organization(request: HttpRequest) -> Organization | None:
    """The organisation chosen in this session, or the only (first by name) one the user answers for."""
    if not request.user.is_authenticated:
        return None
    own = sorted(
        (place.organization for place in own_places(request.user) if place.organization is not None),
        key=lambda organization: organization.short_name,
    )
    chosen = request.session.get("organization_id")
    return next((one for one in own if one.pk == chosen), own[0] if own else None)


def must_set_up_second_factor(user: Any) -> bool:
    """The department's people who have not passed the second factor in this session."""
    staff = has_role(user, *IMO_ROLES, Role.DIRECTOR, Role.ADMIN)
    return staff and not user.is_verified()


def head_on(date: datetime.date | None = None) -> RoleGrant | None:
    """Who has the head's rights on the day: the acting one while there is one, otherwise the head."""
    grants = RoleGrant.objects.in_force(date).filter(role=Role.HEAD, user__is_active=True)
    return grants.select_related("user").order_by("-is_acting", "-starts_on").first()


def director_on(date: datetime.date | None = None) -> RoleGrant | None:
    """The department's head on the day."""
    grants = RoleGrant.objects.in_force(date).filter(role=Role.DIRECTOR, user__is_active=True)
    return grants.select_related("user").order_by("-starts_on").first()


def has_approval_right(user: Any, date: datetime.date | None = None) -> bool:
    """May approve as the head today: the acting head while there is one; his own right rests then."""
    grant = head_on(date or timezone.localdate())
    return grant is not None and grant.user_id == user.pk


def as_on(user: User, date: datetime.date) -> User:
    """The user with the rights he had on the day, to ask what waited for him then; never to act as him."""
    former = User.objects.get(pk=user.pk)
    former.hold(list(former.grants.in_force(date).select_related("organization")))
    return former


def representatives_of(organization_ids: list[int]) -> QuerySet[User]:
    """Active users who answer for any of the organisations today."""
    return User.objects.filter(
        is_active=True,
        grants__in=RoleGrant.objects.in_force().filter(
            role=Role.REPRESENTATIVE, organization_id__in=organization_ids
        ),
    ).distinct()


def holders_of(*roles: str) -> QuerySet[User]:
    """Active users who hold any of the roles today."""
    return User.objects.filter(
        is_active=True, grants__in=RoleGrant.objects.in_force().filter(role__in=roles)
    ).distinct()


def own_places(user: Any) -> list[RoleGrant]:
    """The user's places as a representative, which he may hand to a successor."""
    return [grant for grant in user.grants_today if grant.role == Role.REPRESENTATIVE]


def organizations_without_representative(user: Any) -> QuerySet[Organization]:
    """Working legal persons nobody answers for today and nobody has been invited to answer for."""
    answered = RoleGrant.objects.in_force().filter(role=Role.REPRESENTATIVE, user__is_active=True)
    invited = Invitation.objects.waiting().filter(role=Role.REPRESENTATIVE)
    return (
        Organization.objects.visible_to(user)
        .heads()
        .active_on(timezone.localdate())
        .exclude(pk__in=answered.values("organization_id"))
        .exclude(pk__in=invited.values("organization_id"))
    )


def usable_invitation(token: str) -> Invitation | None:
    """The waiting invitation of a link, None for every kind of useless link alike."""
    invitation = (
        Invitation.objects.waiting()
        .select_related("invited_by", "organization", "replaces")
        .filter(token_hash=token_hash(token))
        .first()
    )
    return invitation if invitation is not None and still_invites(invitation) else None
