"""Signing in by name and password; rights are not Django's."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from apps.accounts.models import User


def may_sign_in(user: User) -> bool:
    """Active people only; a demo account has a known password and is refused in production."""
    return user.is_active and not (settings.PRODUCTION and user.is_demo)


class RoleBackend(BaseBackend):
    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        """The user of that name in any case; an unknown name costs the same time as a known one."""
        if username is None or password is None or "\x00" in username:
            return None
        user = User.objects.filter(username__iexact=username).first()
        if user is None:
            User().set_password(password)
            return None
        return user if user.check_password(password) and may_sign_in(user) else None

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.filter(pk=user_id).first()
        return user if user is not None and may_sign_in(user) else None
