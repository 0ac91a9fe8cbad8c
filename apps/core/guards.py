"""What is told about a subject is read by whoever reads the subject itself."""

from typing import Any, TypeVar

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from apps.core.registry import subject_guards

Rows = TypeVar("Rows", bound=QuerySet)


def of_visible_subjects(rows: Rows, user: Any) -> Rows:
    """Rows that name their subject by `subject_type` and `subject_id`, without those of hidden subjects.

    Only registered kinds are narrowed; a guarded subject that is there no more hides its rows.
    """
    for guard in subject_guards.values():
        seen = guard.visible(user).order_by().annotate(as_text=Cast("pk", CharField())).values("as_text")
        rows = rows.filter(~Q(subject_type=guard.key) | Q(subject_id__in=seen))
    return rows
