"""Stored files: made from checked uploads or by the portal, given out as attachments only."""

import hashlib
import uuid
from typing import IO, Any

from django.core.files.base import File
from django.http import FileResponse, Http404, HttpResponse
from django.utils.http import content_disposition_header

from apps.core import journal
from apps.core.enums import Verb
from apps.core.models import StoredFile

CHUNK = 1024 * 1024
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def store_file(*, file: IO[bytes], name: str, content_type: str, by: Any = None) -> StoredFile:
    """Keeps the bytes of `file` under a name of ours. The caller has checked an upload beforehand."""
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while chunk := file.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    file.seek(0)
    stored = StoredFile(
        id=uuid.uuid4(),
        name=name[:150],
        content_type=content_type,
        size=size,
        sha256=digest.hexdigest(),
        uploaded_by_id=getattr(by, "pk", None),
    )
    stored.content.save("content", File(file), save=False)
    stored.save(force_insert=True)
    return stored


def file_response(stored: StoredFile, *, inline: bool = False) -> FileResponse:
    """The file as an attachment; `inline` only for PDF that the portal itself has made."""
    response = FileResponse(
        stored.content.open("rb"),
        as_attachment=not inline,
        filename=stored.name,
        content_type=stored.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def downloaded(
    by: Any, subject: Any, stored: StoredFile | None, *, inline: bool = False, **told: Any
) -> FileResponse:
    """The file of `subject`; the journal remembers it, and what is `told`. Raises `Http404` without one."""
    if stored is None:
        raise Http404
    journal.record(by=by, verb=Verb.DOWNLOADED, subject=subject, **told)
    return file_response(stored, inline=inline)


def made_response(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file the portal has made for this one answer: a PDF opens in the browser, anything else is saved."""
    headers = {
        "Content-Disposition": content_disposition_header(content_type != PDF, name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
