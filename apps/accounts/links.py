"""Secrets of personal links: made, shown once, kept as a hash; and the address of an invitation."""

import hashlib
import secrets

from django.urls import reverse


def invitation_path(token: str) -> str:
    """The public page of an invitation; its address is a secret."""
    return reverse("accounts:invitation-accept", args=[token])


# Printed and typed by hand: no sign of it may be lost where a line breaks.
TOKEN_BYTES = 20


def new_token() -> str:
    """A fresh secret of 160 random bits; give it out once and keep its `token_hash`."""
    return secrets.token_hex(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """What is kept of a token: 160 random bits need neither salt nor a slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
