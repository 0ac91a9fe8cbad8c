"""Writes a backup."""

import os
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from apps.core.backup import postgres
from apps.core.backup.archive import DUMP, FILES, MANIFEST, BackupError, Manifest, add_member


def back_up(target: Path, using: str = DEFAULT_DB_ALIAS) -> Manifest:
    """Writes database and stored files into a new file, readable by its owner only.

    The database goes first: a file is stored before the row that names it, so none is missing. The archive
    appears under its name only when complete. Raises BackupError; an existing file is never overwritten.
    """
    if target.exists():
        raise BackupError(f"Файл {target} уже есть: укажите другое имя.")
    if not target.parent.is_dir():
        raise BackupError(f"Папки {target.parent} нет.")
    try:
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as folder:
            return _write(target, Path(folder), using)
    except OSError as error:
        raise BackupError(f"Не удалось записать резервную копию: {error}") from error


def _write(target: Path, folder: Path, using: str) -> Manifest:
    dump, draft = folder / DUMP, folder / "archive"
    postgres.dump(dump, using)
    manifest = Manifest(
        version=settings.PORTAL_VERSION,
        created_at=timezone.localtime().isoformat(timespec="seconds"),
        migrations=applied_migrations(using),
    )
    with draft.open("xb") as file:
        os.fchmod(file.fileno(), 0o600)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            _add_all(archive, manifest, dump)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(target)
    return manifest


def _add_all(archive: zipfile.ZipFile, manifest: Manifest, dump: Path) -> None:
    with dump.open("rb") as file:
        add_member(archive, manifest, DUMP, file)
    for name in stored_names():
        with default_storage.open(name) as file:
            add_member(archive, manifest, FILES + name, file)
    archive.writestr(MANIFEST, manifest.as_json())


def applied_migrations(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    applied = MigrationRecorder(connections[using]).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def stored_names(folder: str = "") -> Iterator[str]:
    """Names of all stored files, whatever the storage: a folder or a bucket."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    for name in sorted(files):
        yield prefix + name
    for name in sorted(folders):
        yield from stored_names(prefix + name)
