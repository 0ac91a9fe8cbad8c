"""One way for a letter to leave the portal: text and HTML of the same words, everything escaped."""

import re
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.dispatch import Signal
from django.template.loader import render_to_string

# Sent after each attempt of `send_letter`; arguments: to, subject, recipient_id, error ("" when it left).
letter_sent = Signal()

CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


def header(text: str, limit: int = 200) -> str:
    """Text fit for one header line: control characters and line breaks can't start another header."""
    return CONTROL_CHARACTERS.sub(" ", text).strip()[:limit]


def absolute(path: str) -> str:
    """The full address of a path of the portal, for letters and papers."""
    return f"{settings.PORTAL_URL}{path}"


def send_letter(
    *, to: str, subject: str, template: str, context: dict[str, Any], recipient_id: int | None = None
) -> None:
    """Sends `<template>.txt` with `<template>.html` beside it to one address, within a job of the worker.

    Raises what the mail backend raises (`OSError`, of which `SMTPException` is one): the job decides
    about another attempt. Whoever keeps a log of letters listens to `letter_sent`.
    """
    subject = header(subject)
    try:
        compose(to=to, subject=subject, template=template, context=context).send()
    except OSError as error:
        letter_sent.send(None, to=to, subject=subject, recipient_id=recipient_id, error=reason(error))
        raise
    letter_sent.send(None, to=to, subject=subject, recipient_id=recipient_id, error="")


def compose(*, to: str, subject: str, template: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    """The letter itself, not yet sent."""
    values = {**context, "portal_url": settings.PORTAL_URL, "subject": header(subject)}
    letter = EmailMultiAlternatives(
        subject=header(subject),
        body=render_to_string(f"{template}.txt", values),
        to=[header(to, 254)],
        headers={"Auto-Submitted": "auto-generated"},
    )
    letter.attach_alternative(render_to_string(f"{template}.html", values), "text/html")
    return letter


def reason(error: Exception) -> str:
    """A short text of a failed sending for the log."""
    return header(f"{type(error).__name__}: {error}", 300)
