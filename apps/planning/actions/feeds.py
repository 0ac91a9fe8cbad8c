"""Giving out and revoking links to a calendar."""

import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.links import token_hash
from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.planning.models import Feed
from apps.planning.permissions import can_read

MOST = 20


@transaction.atomic
def open_feed(*, by: Any, section: str = "") -> tuple[Feed, str]:
    """The feed and its secret (32 random bytes), which nobody can read a second time."""
    require(can_read(by))
    if Feed.objects.visible_to(by).working().count() >= MOST:
        raise Conflict("Слишком много подписок. Отзовите ненужные.")
    token = secrets.token_urlsafe(32)
    feed = Feed(owner_id=by.pk, section=section, token_hash=token_hash(token))
    feed.full_clean(exclude=["token_hash"])
    feed.save()
    journal.record(by=by, verb=Verb.CREATED, subject=feed)
    return feed, token


@transaction.atomic
def revoke_feed(*, feed: Feed, by: Any) -> None:
    """The link answers nothing from now on. Only its owner revokes it; twice is once."""
    row = Feed.objects.visible_to(by).select_for_update(of=("self",)).get(pk=feed.pk)
    if row.revoked_at is None:
        row.revoked_at = timezone.now()
        row.save(update_fields=["revoked_at"])
        journal.record(by=by, verb=Verb.DELETED, subject=row)
