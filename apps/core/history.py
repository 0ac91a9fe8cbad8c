"""Change history by database triggers: one way to switch it on for a model."""

from collections.abc import Callable, Iterable
from typing import Any

import pghistory
from django.db.models import Model
from django.urls import reverse

from apps.core.roles import JOURNAL_READERS, has_role


def tracked(exclude: Iterable[str] = ()) -> Callable:
    """Class decorator: every insert, update and delete of a row leaves an event, bulk writes included.

    `exclude` names the columns that must not be kept: secrets, personal data the law wants erasable,
    large documents that have a history of their own.
    """
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(exclude),
    )


def event_model_of(model: type[Model] | Any) -> Any:
    """The table of a tracked model's events, None for a model without history."""
    events = list(getattr(model, "pgh_event_models", {}).values())
    return events[0] if events else None


def history_url(user: Any, obj: Model) -> str:
    """The address of the history of a row for who reads the journal; empty for others and without history."""
    if event_model_of(type(obj)) is None or not has_role(user, *JOURNAL_READERS):
        return ""
    return reverse("portal:journal-history", args=[obj._meta.label_lower, obj.pk])
