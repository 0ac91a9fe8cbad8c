"""Columns of the journal."""

from dataclasses import replace
from typing import Any

from django.apps import apps
from django.urls import reverse

from apps.core.columns import Column, Kind
from apps.core.history import event_model_of
from apps.core.kinds import kind_title
from apps.core.models import JournalRecord
from apps.portal.permissions import can_follow_history


def _what(record: JournalRecord) -> str:
    """The kind of the subject in Russian, as its model is called."""
    return kind_title(record.subject_type)


def history_of(record: JournalRecord) -> str | None:
    """The history of the subject, where its table keeps one."""
    try:
        model = apps.get_model(record.subject_type) if record.subject_type else None
    except (LookupError, ValueError):
        return None
    if not record.subject_id or event_model_of(model) is None:
        return None
    return reverse("portal:journal-history", args=[record.subject_type, record.subject_id])


JOURNAL = [
    Column("at", "Когда", kind=Kind.DATETIME, sort="at", width=18),
    Column("user", "Кто", sort=("user__last_name", "user__first_name"), width=28),
    Column("verb", "Действие", "get_verb_display", sort="verb", width=22),
    Column("kind", "Вид предмета", _what, width=22),
    Column("subject", "Предмет", "subject_title", width=50),
    Column("organization", "Организация", "organization_name", width=34),
    Column("note", "Примечание", width=40),
    Column("address", "Сетевой адрес", on_page=False, width=18),
]


def journal_columns(user: Any) -> list[Column]:
    """The columns with links to the histories that the reader may open."""

    def url(record: JournalRecord) -> str | None:
        return history_of(record) if can_follow_history(user, record.subject_type) else None

    return [replace(column, url=url) if column.key == "subject" else column for column in JOURNAL]
