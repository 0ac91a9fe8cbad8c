"""Switching the second factor on and off: codes of an application (TOTP) with one-time backup codes."""

from typing import Any

from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from apps.accounts import permissions
from apps.accounts.actions.users import new_salt
from apps.accounts.models import User
from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb

BACKUP_CODES = 10


@transaction.atomic
def start_second_factor(*, by: User) -> TOTPDevice:
    """A new secret that waits for its first code; an earlier unconfirmed one is dropped.

    Raises `Conflict` when the second factor is already on.
    """
    User.objects.select_for_update().get(pk=by.pk)
    if TOTPDevice.objects.filter(user=by, confirmed=True).exists():
        raise Conflict("Второй фактор уже подключён.")
    TOTPDevice.objects.filter(user=by, confirmed=False).delete()
    return TOTPDevice.objects.create(user=by, name="Приложение", confirmed=False)


@transaction.atomic
def confirm_second_factor(*, by: User, device: TOTPDevice, code: str) -> list[str] | None:
    """Switches the second factor on by the first right code; gives the backup codes, None for a wrong code.

    Sessions opened by the password alone end; the caller keeps the present one.
    """
    device = TOTPDevice.objects.select_for_update().get(pk=device.pk, user=by, confirmed=False)
    if not device.verify_token(code):
        return None
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    by.session_salt = new_salt()
    by.save(update_fields=["session_salt"])
    journal.record(by=by, verb=Verb.CHANGED, subject=by, note="второй фактор подключён")
    return _new_codes(by)


@transaction.atomic
def renew_backup_codes(*, by: User) -> list[str]:
    """New backup codes; the old ones stop working. Raises `Conflict` when the second factor is off."""
    if not TOTPDevice.objects.filter(user=by, confirmed=True).exists():
        raise Conflict("Сначала подключите второй фактор.")
    journal.record(by=by, verb=Verb.CHANGED, subject=by, note="новые запасные коды")
    return _new_codes(by)


def _new_codes(user: User) -> list[str]:
    device, _ = StaticDevice.objects.get_or_create(user=user, name="Запасные коды")
    device.token_set.all().delete()
    codes = [StaticToken.random_token() for _ in range(BACKUP_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


@transaction.atomic
def drop_second_factor(*, by: Any, user: User) -> None:
    """Switches the second factor off: one's own, or by the administrator for one who lost his phone."""
    own = by.pk == user.pk
    require(own or permissions.can_reset_access(by, user), "Отключить второй фактор другого вы не можете.")
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    journal.record(by=by, verb=Verb.CHANGED, subject=user, note="второй фактор отключён")
