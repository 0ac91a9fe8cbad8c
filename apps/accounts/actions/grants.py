"""Giving and ending the dated rights of users."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts import permissions
from apps.accounts.models import RoleGrant, User
from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.core.roles import IMO_ROLES, Role
from apps.organizations.models import Organization

ONE_DAY = datetime.timedelta(days=1)


@transaction.atomic
def grant_role(
    *,
    by: Any,
    user: User,
    role: str,
    organization: Organization | None = None,
    starts_on: datetime.date | None = None,
    ends_on: datetime.date | None = None,
    basis: str = "",
    order_number: str = "",
    order_date: datetime.date | None = None,
) -> RoleGrant:
    """Gives the user a role from the first to the last day, both included (from today without a date).

    Raises `Refused` (not his to give, or to himself), `ValidationError` (an organisation that does not
    fit the role, dates the wrong way round), `Conflict` (the same right is already held in those days).
    """
    require(permissions.can_grant(by, role, user), "Эту роль вы выдать не можете.")
    grant = RoleGrant(
        user=user,
        role=role,
        organization=organization,
        starts_on=starts_on or timezone.localdate(),
        ends_on=ends_on,
        basis=basis,
        order_number=order_number,
        order_date=order_date,
    )
    return add_grant(grant, by=by)


@transaction.atomic
def grant_acting_head(
    *,
    by: Any,
    user: User,
    starts_on: datetime.date,
    ends_on: datetime.date,
    order_number: str,
    order_date: datetime.date | None = None,
) -> RoleGrant:
    """Records the order that lays the head's duties on the user for those days (statute 6.5).

    The rights begin and end by the dates themselves. Raises `Refused`, or `ValidationError` where the
    order has no number, the dates are the wrong way round, or another one is acting in those days.
    """
    require(permissions.can_appoint_acting_head(by, user), "Возложить эти обязанности вы не можете.")
    grant = RoleGrant(
        user=user,
        role=Role.HEAD,
        starts_on=starts_on,
        ends_on=ends_on,
        is_acting=True,
        basis="Возложение обязанностей на время отсутствия заведующего",
        order_number=order_number.strip(),
        order_date=order_date,
    )
    return add_grant(grant, by=by)


def add_grant(grant: RoleGrant, *, by: Any) -> RoleGrant:
    """Checks, saves and journals a right that the caller has found allowed."""
    User.objects.select_for_update().get(pk=grant.user_id)
    if same_rights(grant).exists():
        raise Conflict("Такое право в эти дни у пользователя уже есть.")
    grant.granted_by_id = by.pk
    grant.full_clean()
    grant.save()
    note = f"{grant.user}, {period(grant)}"
    journal.record(by=by, verb=Verb.GRANTED, subject=grant, organization_id=grant.organization_id, note=note)
    return grant


def same_rights(grant: RoleGrant) -> Any:
    """Other rights of the same user to the same that share a day with this one."""
    others = RoleGrant.objects.filter(
        user_id=grant.user_id,
        role=grant.role,
        organization=grant.organization,
        is_acting=grant.is_acting,
    ).exclude(pk=grant.pk)
    if grant.ends_on:
        others = others.filter(starts_on__lte=grant.ends_on)
    return others.exclude(ends_on__lt=grant.starts_on)


def period(grant: RoleGrant) -> str:
    until = f" по {grant.ends_on:%d.%m.%Y}" if grant.ends_on else ""
    return f"с {grant.starts_on:%d.%m.%Y}{until}"


@transaction.atomic
def set_grant_end(*, by: Any, grant: RoleGrant, ends_on: datetime.date | None) -> RoleGrant:
    """Shortens or prolongs a right: `ends_on` is its last day, None takes the end away.

    Raises `Refused`, or `ValidationError` where the right would end before it starts.
    """
    grant = _locked(grant)
    require(permissions.can_manage_grants(by, grant), "Это право вы изменить не можете.")
    grant.ends_on = ends_on
    if same_rights(grant).exists():
        raise Conflict("Такое право в эти дни у пользователя уже есть.")
    grant.full_clean()
    grant.save(update_fields=["ends_on"])
    journal.record(
        by=by,
        verb=Verb.CHANGED,
        subject=grant,
        organization_id=grant.organization_id,
        note=f"{grant.user}, {period(grant)}",
    )
    return grant


@transaction.atomic
def end_grant(*, by: Any, grant: RoleGrant) -> None:
    """Ends a right at once. One that began today never lasted a day: its row goes, history keeps it."""
    grant = _locked(grant)
    require(permissions.can_manage_grants(by, grant), "Это право вы прекратить не можете.")
    journal.record(
        by=by,
        verb=Verb.REVOKED,
        subject=grant,
        organization_id=grant.organization_id,
        note=str(grant.user),
    )
    yesterday = timezone.localdate() - ONE_DAY
    if grant.ends_on is not None and grant.ends_on <= yesterday:
        raise Conflict("Это право уже закончилось.")
    if grant.starts_on > yesterday:
        grant.delete()
    else:
        close(grant, yesterday)


@transaction.atomic
def end_acting_head(*, by: Any, grant: RoleGrant, ends_on: datetime.date) -> RoleGrant | None:
    """Shortens the days of an acting head: `ends_on` is the new last day, yesterday at the earliest.

    None when no day of them is left: the row goes, history keeps it. Raises `Refused`, or `Conflict` for
    a right that is no acting one, has ended already, or would not become shorter.
    """
    grant = _locked(grant)
    require(permissions.can_appoint_acting_head(by, grant.user), "Прекратить это исполнение вы не можете.")
    yesterday = timezone.localdate() - ONE_DAY
    if not grant.is_acting or grant.ends_on is None:
        raise Conflict("Это право не временное исполнение обязанностей.")
    if not yesterday <= ends_on < grant.ends_on:
        raise Conflict(
            "Последним днём исполнения может быть день "
            f"с {yesterday:%d.%m.%Y} по {grant.ends_on - ONE_DAY:%d.%m.%Y}."
        )
    journal.record(by=by, verb=Verb.REVOKED, subject=grant, note=f"{grant.user}, по {ends_on:%d.%m.%Y}")
    if ends_on < grant.starts_on:
        grant.delete()
        return None
    close(grant, ends_on)
    return grant


@transaction.atomic
def end_staff_grants(*, by: Any, user: User, last_day: datetime.date) -> datetime.date:
    """Ends the user's roles at ИМО after his last day of work, by a recorded order of dismissal (6.4).

    Other rights of his stay: a place of an organisation is no post of ИМО. Days gone by are never
    rewritten, so the last day given back is yesterday at the earliest. Raises `Refused`.
    """
    require(permissions.can_dismiss(by, user), "Прекратить права уволенного вы не можете.")
    last = max(last_day, timezone.localdate() - ONE_DAY)
    rows = RoleGrant.objects.select_for_update(of=("self",)).filter(user=user, role__in=sorted(IMO_ROLES))
    for grant in rows.exclude(ends_on__lte=last).select_related("user"):
        journal.record(
            by=by, verb=Verb.REVOKED, subject=grant, note=f"{user}, по {last:%d.%m.%Y}, увольнение"
        )
        if grant.starts_on > last:
            grant.delete()
        else:
            close(grant, last)
    return last


def close(grant: RoleGrant, last_day: datetime.date) -> None:
    """The last day of a right, never before its first one."""
    grant.ends_on = max(last_day, grant.starts_on)
    grant.save(update_fields=["ends_on"])


def _locked(grant: RoleGrant) -> RoleGrant:
    return (
        RoleGrant.objects.select_for_update(of=("self",))
        .select_related("user", "organization")
        .get(pk=grant.pk)
    )
