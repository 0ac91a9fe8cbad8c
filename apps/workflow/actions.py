"""Moving a subject along its transition table."""

from typing import Any

from django.db import models, transaction
from django.utils import timezone

from apps.core import journal
from apps.workflow.models import TransitionRecord
from apps.workflow.signals import finished
from apps.workflow.states import TransitionTable


def move(
    subject: Any,
    table: TransitionTable,
    name: str,
    *,
    by: Any,
    comment: str = "",
    organization_id: int | None = None,
    update_fields: tuple[str, ...] = (),
) -> TransitionRecord:
    """Changes `subject.state` by the transition, saves it, and leaves the log and journal records.

    Call it inside `transaction.atomic()` on a row locked with `select_for_update`. The caller's other
    changed columns are named in `update_fields`. Raises `Conflict` when the table does not allow it.
    """
    transition = table.check(subject.state, name, comment)
    source, subject.state = subject.state, transition.target
    subject.save(update_fields=["state", *update_fields])
    journal.record(by=by, verb=transition.verb, subject=subject, organization_id=organization_id)
    return TransitionRecord.objects.create(
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        name=name,
        title=transition.fact or transition.title,
        source=source,
        target=transition.target,
        comment=comment.strip(),
        by_id=getattr(by, "pk", None),
        was_acting=getattr(by, "is_acting_head", False),
    )


def announce_finished(subject: models.Model, *, by: Any, paper: models.Model | None = None) -> None:
    """Tells the other apps, after commit, that the subject is finished, and with which issued paper."""
    at = timezone.now()
    said = {"subject": subject, "by": by, "at": at, "paper": paper}
    transaction.on_commit(lambda: finished.send(sender=type(subject), **said))
