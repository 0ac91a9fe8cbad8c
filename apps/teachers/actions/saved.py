"""Saved filters of the registry."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from apps.core.text import printable
from apps.teachers.models import SavedFilter

MOST = 30


@transaction.atomic
def save_filter(*, by: Any, name: str, query: str) -> SavedFilter:
    """Keeps a query of the registry under a name; one's filter of the same name is replaced.

    `ValidationError` without a name or a filter, and when there are thirty of them.
    """
    name, query = " ".join(printable(name).split())[:100], printable(query)
    if not name or not query:
        raise ValidationError("Чтобы сохранить фильтр, задайте его и назовите.")
    own = SavedFilter.objects.filter(user_id=by.pk)
    if own.count() >= MOST and not own.filter(name=name).exists():
        raise ValidationError(f"Сохранено уже {MOST} фильтров: удалите лишние.")
    saved = own.filter(name=name).first() or SavedFilter(user_id=by.pk, name=name)
    saved.query = query
    saved.full_clean()
    saved.save()
    return saved


@transaction.atomic
def delete_filter(*, by: Any, saved: SavedFilter) -> None:
    """Forgets one's own filter."""
    SavedFilter.objects.filter(user_id=by.pk, pk=saved.pk).delete()
