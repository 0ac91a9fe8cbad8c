"""Figures of the statute about the portal itself as an environment: clause 3.2.5."""

import datetime
from typing import Any

from apps.accounts.models import User
from apps.core.enums import Verb
from apps.core.models import JournalRecord
from apps.core.registry import Indicator, Scope, indicators
from apps.core.roles import reads_city

MONTH = datetime.timedelta(days=30)


def active_in_month(user: Any, scope: Scope) -> Any:
    """Who signed in during the thirty days that end with the last one."""
    entered = JournalRecord.objects.filter(
        verb=Verb.SIGNED_IN, at__date__gt=scope.last - MONTH, at__date__lte=scope.last
    )
    return User.objects.filter(pk__in=entered.values("user_id")) if reads_city(user) else User.objects.none()


def register() -> None:
    indicators.register(
        Indicator(
            "portal-active",
            "Пользователей, работавших в портале за последний месяц",
            "3.2.5",
            active_in_month,
            allowed=reads_city,
        )
    )
