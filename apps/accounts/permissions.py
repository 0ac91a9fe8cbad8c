"""Who may manage users and their rights. Nobody gives a right to himself."""

from typing import Any

from apps.accounts.models import Invitation, RoleGrant, User
from apps.core.roles import Role, has_role, represented_ids

# Whom each role may give which roles. The head of the department and the head of ИМО are appointed
# by the administrator on the strength of an order; an acting head has an action of its own.
GRANTABLE: dict[str, frozenset[str]] = {
    Role.ADMIN: frozenset(Role),
    Role.HEAD: frozenset(
        {Role.METHODIST, Role.ASSISTANT, Role.REPRESENTATIVE, Role.TEACHER, Role.JUROR, Role.EXPERT}
    ),
    Role.METHODIST: frozenset({Role.REPRESENTATIVE}),
}


def grantable_roles(by: Any) -> frozenset[str]:
    """The roles the user may give to somebody else."""
    return frozenset().union(*(GRANTABLE.get(role, frozenset()) for role in by.roles))


def can_manage_grants(by: Any, grant: RoleGrant | None = None) -> bool:
    """The administrator manages every right, the head those he may give; nobody his own."""
    if not has_role(by, Role.ADMIN, Role.HEAD):
        return False
    return grant is None or can_grant(by, grant.role, grant.user)


def can_grant(by: Any, role: str, user: User) -> bool:
    """Gives a role that his own roles may give, to somebody else who can sign in."""
    return role in grantable_roles(by) and user.pk != by.pk


def can_appoint_acting_head(by: Any, user: User | None = None) -> bool:
    """An acting head's order is recorded by the administrator, the director or the head (statute 6.5)."""
    return has_role(by, Role.ADMIN, Role.DIRECTOR, Role.HEAD) and (user is None or user.pk != by.pk)


def can_dismiss(by: Any, user: User | None = None) -> bool:
    """A recorded dismissal ends rights: whoever may record the order. It gives nobody anything (6.4)."""
    return has_role(by, Role.ADMIN, Role.DIRECTOR, Role.HEAD)


def can_view_users(by: Any, user: User | None = None) -> bool:
    """The list of users is for the administrator and the head."""
    return has_role(by, Role.ADMIN, Role.HEAD)


def can_manage_users(by: Any, user: User | None = None) -> bool:
    """Accounts are made, corrected and closed by the administrator."""
    return has_role(by, Role.ADMIN)


def can_reset_access(by: Any, user: User | None = None) -> bool:
    """A new password link and the removal of a lost second factor: the administrator, for others."""
    return has_role(by, Role.ADMIN) and (user is None or user.pk != by.pk)


def can_see_invitations(by: Any, invitation: Invitation | None = None) -> bool:
    """Who may invite sees the invitations."""
    return can_invite(by)


def can_invite(by: Any, role: str | None = None) -> bool:
    """The methodist invites representatives, the head also ИМО's people, the administrator anybody."""
    roles = grantable_roles(by)
    return bool(roles) if role is None else role in roles


def can_hand_over(by: Any, grant: RoleGrant) -> bool:
    """A representative hands his own present place to a successor."""
    return (
        grant.role == Role.REPRESENTATIVE
        and grant.user_id == by.pk
        and grant.organization_id in represented_ids(by)
    )


def can_revoke_invitation(by: Any, invitation: Invitation) -> bool:
    """Whoever may invite to that role, and the inviter himself."""
    return can_invite(by, invitation.role) or invitation.invited_by_id == by.pk


def can_reissue_invitation(by: Any, invitation: Invitation) -> bool:
    """Only its sender gets a new link: he can't accept it himself, another could and so raise himself."""
    return invitation.invited_by_id == by.pk and can_invite(by, invitation.role)


def still_invites(invitation: Invitation) -> bool:
    """An invitation dies with the inviter's right: he is active and could still send it today."""
    inviter = invitation.invited_by
    if not inviter.is_active:
        return False
    if invitation.replaces is not None:
        return can_hand_over(inviter, invitation.replaces)
    return can_invite(inviter, invitation.role)
