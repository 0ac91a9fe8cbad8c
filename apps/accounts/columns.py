"""Columns of the lists of accounts."""

from django.urls import reverse

from apps.accounts.models import Invitation
from apps.core.columns import Column, Kind


def invitation_url(invitation: Invitation) -> str:
    return reverse("accounts:invitation-detail", args=[invitation.pk])


def whom(invitation: Invitation) -> str:
    """«ответственный от организации, Школа № 1»"""
    return ", ".join(filter(None, [invitation.get_role_display(), str(invitation.organization or "")]))


def role(invitation: Invitation) -> str:
    return invitation.get_role_display()


INVITATION_COLUMNS = (
    Column(
        "whom", "Кого", whom, sort=("role", "organization__short_name"), url=invitation_url, in_export=False
    ),
    Column("role", "Роль", role, on_page=False),
    Column("organization", "Организация", on_page=False),
    Column("email", "Электронная почта", sort="email"),
    Column("state", "Состояние", kind=Kind.STATE),
    Column("created", "Создано", "created_at", kind=Kind.DATETIME, sort="created_at"),
    Column("expires", "Действует до", "expires_at", kind=Kind.DATETIME, sort="expires_at"),
    Column("invited_by", "Пригласил", sort=("invited_by__last_name", "invited_by__first_name")),
    Column("accepted_by", "Принял", sort=("accepted_by__last_name", "accepted_by__first_name")),
)
