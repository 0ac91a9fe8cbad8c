"""How failed sign-ins are counted by django-axes."""

from typing import Any

from axes.utils import reset
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from apps.accounts.models import User


def attempt_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str | None:
    """The key a sign-in attempt is counted under.

    Names differ in no case (the backend compares so), hence `Head` and `head` share one counter. Only a
    fingerprint is kept: people type passwords into the field of the name.
    """
    name = (credentials or {}).get("username") or request.POST.get("username")
    return fingerprint(name) if name else None


def fingerprint(name: str) -> str:
    return salted_hmac("apps.accounts.lockout", name.lower(), algorithm="sha256").hexdigest()[:32]


def forget_failures(user: User) -> None:
    """Lifts the lockout of a user who has just proved by a letter who he is."""
    reset(username=fingerprint(user.username))
