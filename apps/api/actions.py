"""Giving out and revoking keys."""

import datetime
import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.links import token_hash
from apps.api.models import AccessKey
from apps.api.permissions import can_make_keys, can_revoke_key
from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.organizations.models import Organization

MOST = 20
LONGEST_DAYS = 366
# Tells a leaked key from other secrets, to a person and to programs that search texts for them.
PREFIX = "imo_"
NO_KEYS = "Ключ доступа получают те, у кого есть права на данные мониторингов или организаций."


@transaction.atomic
def make_key(
    *, by: Any, name: str, days: int, role: str = "", organization: Organization | None = None
) -> tuple[AccessKey, str]:
    """Makes a key of the actor's own; gives it with its text (32 random bytes), which is kept nowhere.

    Args: `days` of validity from now, 1 to 366; `role` and `organization` narrow it to a right he has today.
    Raises `Refused` for who has nothing to read, `Conflict` for a right he doesn't have, a wrong term, or
    more than 20 keys in force; `ValidationError` for a bad name.
    """
    require(can_make_keys(by), NO_KEYS)
    if not 1 <= days <= LONGEST_DAYS:
        raise Conflict(f"Ключ выдают на срок от 1 до {LONGEST_DAYS} дней.")
    if AccessKey.objects.filter(owner_id=by.pk).working().count() >= MOST:
        raise Conflict(f"Действующих ключей уже {MOST}. Отзовите ненужные.")
    expires_at = timezone.now() + datetime.timedelta(days=days)
    token = PREFIX + secrets.token_urlsafe(32)
    key = AccessKey(owner_id=by.pk, name=name, role=role, organization=organization, expires_at=expires_at)
    key.token_hash = token_hash(token)
    key.full_clean(exclude=["token_hash", "created_at"])
    if (role or organization) and not any(map(key.covers, by.grants_today)):
        raise Conflict("Этого права у вас сегодня нет.")
    key.save()
    journal.record(
        by=by, verb=Verb.CREATED, subject=key, organization_id=key.organization_id, note=key.scope_title
    )
    return key, token


@transaction.atomic
def revoke_key(*, key: AccessKey, by: Any) -> None:
    """The key answers nothing from now on; twice is once. Raises `Refused` for somebody else's."""
    row = AccessKey.objects.select_for_update(of=("self",)).get(pk=key.pk)
    require(can_revoke_key(by, row), "Этот ключ вы отозвать не можете.")
    if row.revoked_at is None:
        row.revoked_at, row.revoked_by_id = timezone.now(), by.pk
        row.save(update_fields=["revoked_at", "revoked_by"])
        journal.record(by=by, verb=Verb.REVOKED, subject=row, organization_id=row.organization_id)
