"""Whose call it is: a key in the header, or the session of a signed-in person who looks from a browser."""

import datetime
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from ninja.security.base import AuthBase

from apps.accounts.backends import may_sign_in
from apps.accounts.links import token_hash
from apps.api.models import AccessKey
from apps.api.refusals import Refusal
from apps.core.russian import datetime_short

# The moment of the last use is kept this exactly, so that a read seldom costs a write.
USE_STEP = datetime.timedelta(minutes=1)
NO_KEY = "Нужен ключ доступа: заголовок «Authorization: Bearer ваш_ключ»."


class OwnRights(AuthBase):
    """Sets `request.user` to the owner with his rights of today, narrowed as the key is; raises 401.

    `visible_to` and permissions then answer exactly as they do on the pages.
    """

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> Any:
        header = request.headers.get("Authorization")
        if header is None:
            if not request.user.is_authenticated:
                raise Refusal(401, NO_KEY)
            return request.user
        key = key_of(header)
        request.access_key = key  # type: ignore[attr-defined]
        request.user = narrowed_owner(key)
        touch(key)
        return request.user


def key_of(header: str) -> AccessKey:
    """The working key of a header «Bearer …». Raises 401 with the reason."""
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Refusal(401, NO_KEY)
    found = AccessKey.objects.select_related("owner").filter(token_hash=token_hash(token.strip())).first()
    if found is None:
        raise Refusal(401, "Такого ключа нет. Создайте новый на странице «Ключи доступа».")
    if found.revoked_at is not None:
        raise Refusal(401, "Ключ отозван. Создайте новый на странице «Ключи доступа».")
    if found.expires_at <= timezone.now():
        raise Refusal(401, f"Срок ключа истёк {datetime_short(found.expires_at)}. Создайте новый.")
    if not may_sign_in(found.owner):
        raise Refusal(401, "Учётная запись владельца ключа закрыта.")
    return found


def narrowed_owner(key: AccessKey) -> Any:
    """The owner as the key lets him act: his grants in force today, and of them those the key covers."""
    owner = key.owner
    owner.hold([grant for grant in owner.grants_today if key.covers(grant)])
    return owner


def touch(key: AccessKey) -> None:
    """Keeps when the key was last used."""
    now = timezone.now()
    if key.last_used_at is None or key.last_used_at <= now - USE_STEP:
        stale = Q(last_used_at=None) | Q(last_used_at__lt=now)
        AccessKey.objects.filter(stale, pk=key.pk).update(last_used_at=now)
