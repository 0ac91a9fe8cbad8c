"""Accounts, passwords and sessions."""

import datetime
import secrets
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app

from apps.accounts import permissions
from apps.accounts.models import RoleGrant, User
from apps.accounts.tokens import password_path
from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.core.models import JournalRecord, PortalState
from apps.core.roles import Role

DETAILS = ("last_name", "first_name", "middle_name", "position", "email")
RESET_NOTE = "запрошен сброс пароля"
LETTERS_AN_HOUR = 3
REQUESTS_AN_HOUR = 10


@transaction.atomic
def create_user(*, by: Any, username: str, password: str | None = None, **details: str) -> User:
    """An account without any right; without a password its owner sets one by a link.

    Raises `Refused`, or `ValidationError` for a name already taken.
    """
    require(permissions.can_manage_users(by), "Учётные записи создаёт администратор.")
    user = _built(username, password, details)
    journal.record(by=by, verb=Verb.CREATED, subject=user)
    return user


def _built(username: str, password: str | None, details: dict[str, str]) -> User:
    user = User(username=User.normalize_username(username), **details)
    user.set_password(password)
    user.full_clean(exclude=["password"])
    user.save()
    return user


@transaction.atomic
def create_first_admin(*, username: str, password: str, **details: str) -> User:
    """The administrator of an empty portal. Raises `Conflict` as soon as anybody was administrator."""
    PortalState.objects.get_or_create(pk=1)
    PortalState.objects.select_for_update().get(pk=1)
    if RoleGrant.objects.filter(role=Role.ADMIN).exists():
        raise Conflict("Администратор уже есть.")
    user = _built(username, password, details)
    grant = RoleGrant.objects.create(user=user, role=Role.ADMIN, basis="Первый запуск портала")
    journal.record(by=user, verb=Verb.CREATED, subject=user, note="первый администратор")
    journal.record(by=user, verb=Verb.GRANTED, subject=grant, note="первый администратор")
    return user


@transaction.atomic
def change_own_details(*, by: User, **details: str) -> User:
    """The user's own name, position and address. Raises `ValidationError`, `TypeError` for other columns."""
    if unknown := set(details) - set(DETAILS):
        raise TypeError(f"not one's own to change: {sorted(unknown)}")
    user = User.objects.select_for_update().get(pk=by.pk)
    for name, value in details.items():
        setattr(user, name, value)
    user.full_clean(exclude=["password"])
    user.save(update_fields=list(details))
    journal.record(by=by, verb=Verb.CHANGED, subject=user, note="свои данные")
    return user


@transaction.atomic
def change_user(*, by: Any, user: User, **details: str) -> User:
    """The administrator's correction of an account: its name, details and address, never its rights."""
    require(permissions.can_manage_users(by, user), "Учётные записи исправляет администратор.")
    for name, value in details.items():
        setattr(user, name, value)
    user.full_clean(exclude=["password"])
    user.save(update_fields=list(details))
    journal.record(by=by, verb=Verb.CHANGED, subject=user)
    return user


@transaction.atomic
def change_password(*, by: User, password: str) -> None:
    """One's own new password; every session opened before ends (the caller keeps the present one)."""
    by.set_password(password)
    by.session_salt = new_salt()
    by.save(update_fields=["password", "session_salt"])
    journal.record(by=by, verb=Verb.CHANGED, subject=by, note="новый пароль")


@transaction.atomic
def sign_out_everywhere(*, by: Any, user: User) -> None:
    """Ends every session of the user: one's own, or by the administrator."""
    require(by.pk == user.pk or permissions.can_manage_users(by), "Завершить чужие сеансы вы не можете.")
    user.session_salt = new_salt()
    user.save(update_fields=["session_salt"])
    journal.record(by=by, verb=Verb.SIGNED_OUT, subject=user, note="на всех устройствах")


def new_salt() -> str:
    return secrets.token_hex(16)


@transaction.atomic
def deactivate_user(*, by: Any, user: User) -> None:
    """Closes the account at once: no sign-in, no open session, no right; its papers and log stay.

    Raises `Refused`, or `Conflict` for oneself: so an administrator always remains.
    """
    require(permissions.can_manage_users(by, user), "Учётные записи закрывает администратор.")
    if user.pk == by.pk:
        raise Conflict("Свою учётную запись закрыть нельзя: это делает другой администратор.")
    user.is_active, user.session_salt = False, new_salt()
    user.save(update_fields=["is_active", "session_salt"])
    journal.record(by=by, verb=Verb.REVOKED, subject=user, note="учётная запись закрыта")


@transaction.atomic
def activate_user(*, by: Any, user: User) -> None:
    """Opens a closed account again, with the rights whose terms still run."""
    require(permissions.can_manage_users(by, user), "Учётные записи открывает администратор.")
    user.is_active = True
    user.save(update_fields=["is_active"])
    journal.record(by=by, verb=Verb.CHANGED, subject=user, note="учётная запись открыта")


@transaction.atomic
def password_link(*, by: Any, user: User) -> str:
    """The path of a link by which the user sets a new password; for one who has no e-mail.

    Works once, for a day (PASSWORD_RESET_TIMEOUT). Raises `Refused`.
    """
    own = "Себе ссылку не выдают: пароль меняют на странице «Учётная запись»."
    told = own if by.pk == user.pk else "Ссылку для пароля выдаёт администратор."
    require(permissions.can_reset_access(by, user), told)
    journal.record(by=by, verb=Verb.CHANGED, subject=user, note="выдана ссылка для нового пароля")
    return password_path(user)


@transaction.atomic
def request_password_reset(*, name: str, address: str | None) -> None:
    """Queues letters with a link to whoever has this name or e-mail; nobody is told whether there is one.

    At most 10 requests an hour from one network address, 3 letters an hour to one user; the rest is
    dropped in silence. A job is queued in any case: known and unknown names take the same time.
    """
    hour_ago = timezone.now() - datetime.timedelta(hours=1)
    recent = JournalRecord.objects.filter(at__gte=hour_ago, note=RESET_NOTE)
    users: list[User] = []
    if address is None or recent.filter(address=address).count() < REQUESTS_AN_HOUR:
        found = User.objects.filter(Q(username__iexact=name) | Q(email__iexact=name), is_active=True)[:5]
        users = [one for one in found if recent.filter(subject_id=str(one.pk)).count() < LETTERS_AN_HOUR]
    asked: list[User | None] = [*users] or [None]
    for user in asked:
        journal.record(by=None, verb=Verb.CHANGED, subject=user, note=RESET_NOTE, address=address)
    jobs: list[Any] = [{"user_id": user.pk if user else None} for user in asked]
    app.configure_task("accounts.mail_password_link").batch_defer(*jobs)
