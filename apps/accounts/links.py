"""Links of invitations: the address, and what is kept of its secret."""

import hashlib

from django.urls import reverse


def invitation_path(token: str) -> str:
    """The public page of an invitation; its address is a secret."""
    return reverse("accounts:invitation-accept", args=[token])


def token_hash(token: str) -> str:
    """What is kept of a token: 160 random bits need neither salt nor a slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
