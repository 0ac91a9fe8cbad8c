"""One-time links for a new password."""

from typing import Any

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from apps.accounts.backends import may_sign_in
from apps.accounts.models import User


class PasswordTokens(PasswordResetTokenGenerator):
    """A token dies with a new password, a sign-in, «выйти везде», another e-mail, or after its day."""

    key_salt = "apps.accounts.tokens.PasswordTokens"

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.session_salt}"


password_tokens = PasswordTokens()


def password_path(user: User) -> str:
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("accounts:password-set", args=[uid, password_tokens.make_token(user)])


def user_of_link(uid: str, token: str) -> User | None:
    """Whose link it is, None when it is forged, used or too old."""
    try:
        user = User.objects.filter(pk=int(urlsafe_base64_decode(uid))).first()
    except (ValueError, OverflowError):
        return None
    if user is None or not may_sign_in(user) or not password_tokens.check_token(user, token):
        return None
    return user
