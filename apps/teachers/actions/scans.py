"""Scans of the documents that prove rows about a person."""

from typing import Any

from django.conf import settings
from django.db import transaction

from apps.core.filekinds import FileKind
from apps.core.files import store_file
from apps.core.models import StoredFile
from apps.core.uploads import check_upload
from apps.teachers.actions.people import remove_record, save_record

SCANS = frozenset({FileKind.PDF, FileKind.JPEG, FileKind.PNG})


@transaction.atomic
def save_with_scan(*, by: Any, record: Any, file: Any = None, drop: bool = False) -> Any:
    """Writes the row (`save_record`) and its scan: `file` replaces the one before, `drop` removes it.

    A scan that is replaced or removed is gone with its bytes. `UploadRefused`, and what `save_record` raises.
    """
    checked = check_upload(file, SCANS, settings.UPLOAD_MAX_BYTES) if file else None
    saved = save_record(by=by, record=record)
    if checked is None and not drop:
        return saved
    before = saved.scan
    saved.scan = None
    if checked is not None:
        saved.scan = store_file(file=file, name=checked.name, content_type=checked.content_type, by=by)
    saved.save(update_fields=["scan"])
    forget(before)
    return saved


@transaction.atomic
def remove_with_scan(*, by: Any, record: Any) -> None:
    """Removes the row (`remove_record`) with its scan. `Refused`."""
    scan = getattr(record, "scan", None)
    remove_record(by=by, record=record)
    forget(scan)


def forget(file: StoredFile | None) -> None:
    """Deletes a stored file; its bytes once the transaction is kept."""
    if file is None:
        return
    name, storage = str(file.content.name), file.content.storage
    file.delete()
    transaction.on_commit(lambda: storage.delete(name))
