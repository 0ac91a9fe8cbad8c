"""Questions about notices."""

import datetime
from typing import Any

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.notices.enums import Frequency
from apps.notices.models import Notice, Preference

DIGEST_REACH = datetime.timedelta(days=7)


def unread_count(user: Any) -> int:
    """For the header: one cheap query over a partial index."""
    return Notice.objects.visible_to(user).unread().count() if user.is_authenticated else 0


def frequency_of(user: Any) -> str:
    """How often the user wants letters: at once unless he has chosen otherwise."""
    chosen = Preference.objects.filter(user_id=user.pk).values_list("frequency", flat=True).first()
    return chosen or Frequency.AT_ONCE


def frequencies(user_ids: list[int]) -> dict[int, str]:
    """The chosen frequencies of those users who have chosen one."""
    return dict(Preference.objects.filter(user_id__in=user_ids).values_list("user_id", "frequency"))


def awaiting_digest(now: datetime.datetime) -> QuerySet[Notice]:
    """Unread notices of the last days, of users who want a digest, that no letter has carried yet."""
    return (
        Notice.objects.unread()
        .filter(
            recipient__is_active=True,
            recipient__notice_preference__frequency=Frequency.DAILY,
            created_at__gte=now - DIGEST_REACH,
            deliveries=None,
        )
        .order_by("recipient_id", "created_at", "pk")
    )


def users_by_id(user_ids: set[int]) -> dict[int, User]:
    return User.objects.in_bulk(user_ids)
