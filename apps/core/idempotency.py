"""Recognises a repeated request after a lost answer."""

from typing import Any

from django.db import IntegrityError, transaction

from apps.core.models import UsedKey


def first_time(*, by: Any, action: str, key: str) -> bool:
    """True once for each (user, action, key); call it inside the transaction of the act itself.

    A second request with the same key waits for the first one's commit and then gets False; when the
    first one is rolled back the key is free again. An empty key is always the first time.
    """
    if not key:
        return True
    try:
        with transaction.atomic():
            UsedKey.objects.create(user_id=by.pk, action=action, key=key[:64])
    except IntegrityError:
        return False
    return True
