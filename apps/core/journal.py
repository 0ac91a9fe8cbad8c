"""One way to leave a line in the journal."""

from typing import Any

from apps.core.enums import Verb
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


def viewed(*, by: Any, subject: Any = None, title: str = "", note: str = "") -> None:
    """The reading of personal data: one line a view with the object, or with the title of a list.

    One's own card is no reading of another person's data and leaves none.
    """
    if subject is not None and subject == by:
        return
    record(
        by=by,
        verb=Verb.VIEWED,
        subject=subject,
        title=title,
        note=note,
        organization_id=getattr(subject, "organization_id", None),
    )
