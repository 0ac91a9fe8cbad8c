"""One way to leave a line in the journal."""

from typing import Any

from apps.core.models import JournalRecord


def record(
    *,
    by: Any,
    verb: str,
    subject: Any = None,
    note: str = "",
    organization_id: int | None = None,
    title: str = "",
    address: str | None = None,
) -> None:
    """Adds a line: the actor (None or an anonymous visitor allowed), the verb of `Verb`, a saved object.

    `note` must hold no value of the object: the administrator reads the journal, not the content.
    """
    JournalRecord.objects.create(
        user_id=getattr(by, "pk", None),
        verb=verb,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        subject_title=(title or (str(subject) if subject is not None else ""))[:200],
        organization_id=organization_id,
        note=note[:300],
        address=address,
    )
