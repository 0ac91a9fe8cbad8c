"""Files that go with a response: the signed scan and appendices."""

from typing import IO, Any

from django.db import transaction
from django.utils import timezone

from apps.core import journal
from apps.core.access import Conflict
from apps.core.enums import Verb
from apps.core.files import store_file
from apps.monitoring.actions.filling import locked, require_open
from apps.monitoring.enums import AttachmentKind, ResponseState
from apps.monitoring.models import Attachment, Response
from apps.monitoring.permissions import can_attach

MAX_ATTACHMENTS = 20


def _require_attachable(response: Response, by: Any) -> None:
    """A signed scan is made of what was sent, so files are taken after sending too, until it is accepted."""
    if response.state == ResponseState.SUBMITTED and can_attach(by, response):
        return
    require_open(response, by)


@transaction.atomic
def attach(
    *, response_id: int, file: IO[bytes], name: str, content_type: str, kind: str, note: str, by: Any
) -> Attachment:
    """Keeps an upload that has passed `check_upload`. Raises `Refused`, `Conflict` (closed, too many)."""
    response = locked(response_id)
    _require_attachable(response, by)
    if kind not in AttachmentKind.values:
        raise Conflict("Выберите вид вложения.")
    if response.attachments.filter(removed_at=None).count() >= MAX_ATTACHMENTS:
        raise Conflict(f"К отчёту можно приложить не больше {MAX_ATTACHMENTS} файлов.")
    stored = store_file(file=file, name=name, content_type=content_type, by=by)
    attachment = response.attachments.create(kind=kind, file=stored, note=note.strip()[:200])
    journal.record(
        by=by,
        verb=Verb.CREATED,
        subject=attachment,
        organization_id=response.organization_id,
        title="Вложение",
    )
    return attachment


@transaction.atomic
def remove_attachment(*, attachment: Attachment, by: Any) -> None:
    """Takes the file off the response; it stays in storage for the journal's sake."""
    response = locked(attachment.response_id)
    _require_attachable(response, by)
    if attachment.removed_at is not None:
        return
    attachment.removed_at = timezone.now()
    attachment.save(update_fields=["removed_at"])
    journal.record(
        by=by,
        verb=Verb.DELETED,
        subject=attachment,
        organization_id=response.organization_id,
        title="Вложение",
    )
