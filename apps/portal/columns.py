"""Columns of the journal."""

from apps.core.columns import Column, Kind
from apps.core.models import JournalRecord


def _what(record: JournalRecord) -> str:
    """The kind of the subject in Russian, as its model is called."""
    return kind_title(record.subject_type)


def kind_title(subject_type: str) -> str:
    from django.apps import apps

    try:
        return str(apps.get_model(subject_type)._meta.verbose_name) if subject_type else ""
    except (LookupError, ValueError):
        return subject_type


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
