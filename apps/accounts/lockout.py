"""How failed sign-ins are counted by django-axes."""

from typing import Any

from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def attempt_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str | None:
    """The key a sign-in attempt is counted under.

    Names differ in no case (the backend compares so), hence `Head` and `head` share one counter. Only a
    fingerprint is kept: people type passwords into the field of the name.
    """
    name = (credentials or {}).get("username") or request.POST.get("username")
    if not name:
        return None
    return salted_hmac("apps.accounts.lockout", name.lower(), algorithm="sha256").hexdigest()[:32]
