"""Scans and detached signatures of issued papers: put on and taken off, never changed."""

from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.core.files import store_file
from apps.core.uploads import check_upload
from apps.papers.enums import AttachmentKind
from apps.papers.models import Paper, PaperAttachment
from apps.papers.permissions import can_attach

MAX_ATTACHMENTS = 10
ONLY_KEEPERS = "Файлы к выданным документам прикладывают методисты и заведующий."


@transaction.atomic
def attach(*, paper: Paper, kind: str, file: IO[bytes] | Any, by: Any) -> PaperAttachment:
    """Keeps an upload beside the paper. The file is checked by its content: a scan is a PDF or a picture, a
    signature is a CMS container (RFC 5652); whether it fits the paper is not checked.

    Raises `Refused`, `UploadRefused`, `Conflict` (no such kind, too many files).
    """
    require(can_attach(by, paper), ONLY_KEEPERS)
    if kind not in AttachmentKind.values:
        raise Conflict("Выберите, что прикладывается.")
    checked = check_upload(file, AttachmentKind(kind).file_kinds, settings.UPLOAD_MAX_BYTES)
    locked = Paper.objects.select_for_update().get(pk=paper.pk)
    if locked.attachments.present().count() >= MAX_ATTACHMENTS:
        raise Conflict(f"К документу можно приложить не больше {MAX_ATTACHMENTS} файлов.")
    stored = store_file(file=file, name=checked.name, content_type=checked.content_type, by=by)
    attachment = locked.attachments.create(kind=kind, file=stored, added_by_id=by.pk)
    journal.record(by=by, verb=Verb.CREATED, subject=attachment, title=_said(attachment, locked))
    return attachment


@transaction.atomic
def remove_attachment(*, attachment: PaperAttachment, by: Any) -> None:
    """Takes the file off the paper; it stays in storage and history. A second press changes nothing."""
    row = (
        PaperAttachment.objects.select_for_update(of=("self",)).select_related("paper").get(pk=attachment.pk)
    )
    require(can_attach(by, row.paper), ONLY_KEEPERS)
    if row.removed_at is not None:
        return
    row.removed_at, row.removed_by_id = timezone.now(), by.pk
    row.save(update_fields=["removed_at", "removed_by"])
    journal.record(by=by, verb=Verb.DELETED, subject=row, title=_said(row, row.paper))


def _said(attachment: PaperAttachment, paper: Paper) -> str:
    return f"{attachment.get_kind_display()}, {paper}"
