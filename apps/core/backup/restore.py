"""Restores a backup."""

import shutil
import tempfile
import zipfile
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader

from apps.core.backup import postgres
from apps.core.backup.archive import DUMP, FILES, BackupError, Manifest, chunks, read_manifest, verify
from apps.core.backup.write import stored_names
from apps.core.dbroles import grant_runtime


def restore(source: Path, *, force: bool = False, using: str = DEFAULT_DB_ALIAS) -> Manifest:
    """Puts database and files of a backup in place of those that are there. Call as the owner.

    Nothing is touched before the whole archive is checked and unpacked; the database changes in one
    transaction, the folder of files by one renaming after it. Then what is newer than the backup is migrated
    and the running role gets its rights. Refuses with BackupError: a damaged or newer archive, and, unless
    `force`, a portal that holds users or files.
    """
    if not force and not is_empty(using):
        raise BackupError(
            "Портал не пуст: в нём есть пользователи или файлы. "
            "Чтобы заменить всё содержимое резервной копией, добавьте --force."
        )
    try:
        with zipfile.ZipFile(source) as archive:
            return _restore(archive, using)
    except (zipfile.BadZipFile, UnicodeDecodeError):
        raise BackupError("Это не резервная копия портала или она повреждена.") from None
    except OSError as error:
        raise BackupError(f"Не удалось восстановить: {error}") from error


def _restore(archive: zipfile.ZipFile, using: str) -> Manifest:
    manifest = read_manifest(archive)
    _refuse_newer(manifest)
    verify(archive, manifest)
    media = Path(settings.MEDIA_ROOT)
    media.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{media.name}.", dir=media.parent) as name:
        folder = Path(name)
        _unpack(archive, manifest, folder)
        connections[using].close()
        postgres.load(folder / DUMP, using)
        _replace_files(folder)
    call_command("migrate", interactive=False, verbosity=0, database=using)
    grant_runtime(using)
    # What ./start remembers of the database that is gone.
    (Path(settings.DATA_DIR) / "prepared.json").unlink(missing_ok=True)
    return manifest


def is_empty(using: str = DEFAULT_DB_ALIAS) -> bool:
    """Nobody has ever been registered and nothing stored; tables without users do not count."""
    users = get_user_model()
    tables = connections[using].introspection.table_names()
    if users._meta.db_table in tables and users._default_manager.using(using).exists():
        return False
    return next(stored_names(), None) is None


def _refuse_newer(manifest: Manifest) -> None:
    known = {
        f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    }
    unknown = [name for name in manifest.migrations if name not in known]
    if unknown:
        raise BackupError(
            f"Резервная копия сделана более новой версией портала ({manifest.version}): "
            f"здесь неизвестны изменения {', '.join(unknown[:5])}."
        )


def _unpack(archive: zipfile.ZipFile, manifest: Manifest, folder: Path) -> None:
    """Names were checked by `verify`: none leaves the folder."""
    for name in manifest.members:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as member, target.open("xb") as file:
            for chunk in chunks(member):
                file.write(chunk)
        target.chmod(0o600)


def _replace_files(folder: Path) -> None:
    unpacked = folder / FILES
    unpacked.mkdir(exist_ok=True)
    if isinstance(getattr(default_storage, "_wrapped", default_storage), FileSystemStorage):
        _swap_folder(unpacked, Path(settings.MEDIA_ROOT), folder / "former")
    else:
        _upload(unpacked)


def _swap_folder(new: Path, place: Path, former: Path) -> None:
    if place.exists():
        place.rename(former)
    shutil.move(new, place)


def _upload(folder: Path) -> None:
    """A bucket has no renaming: files of the backup are put over those of the same name, others stay."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if default_storage.exists(name):
            default_storage.delete(name)
        with path.open("rb") as file:
            default_storage.save(name, File(file))
