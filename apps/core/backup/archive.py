"""The archive: a ZIP with `database.dump`, `files/…` and `manifest.json` with the checksum of each."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import PurePosixPath
from typing import IO, Any

FORMAT = 1
MANIFEST = "manifest.json"
DUMP = "database.dump"
FILES = "files/"
CHUNK = 1024 * 1024


class BackupError(Exception):
    """Why a backup or a restore can't be done; the Russian text is shown to the administrator."""


@dataclass
class Manifest:
    """What the archive holds. `migrations` are «app.name», `members` map a name to its SHA-256."""

    version: str
    created_at: str
    migrations: list[str]
    members: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def add_member(archive: zipfile.ZipFile, manifest: Manifest, name: str, file: IO[bytes]) -> None:
    """Copies a file into the archive and notes its checksum."""
    digest = hashlib.sha256()
    with archive.open(name, "w", force_zip64=True) as member:
        for chunk in chunks(file):
            digest.update(chunk)
            member.write(chunk)
    manifest.members[name] = digest.hexdigest()


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        facts: dict[str, Any] = json.loads(archive.read(MANIFEST))
        manifest = Manifest(**facts)
    except (KeyError, ValueError, TypeError):
        raise BackupError("Это не резервная копия портала: в файле нет её описания.") from None
    if manifest.format != FORMAT:
        raise BackupError("Резервная копия сделана в другом формате: нужна более новая версия портала.")
    return manifest


def verify(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Compares every member with its checksum; a name that would leave its folder is refused too."""
    if set(archive.namelist()) != {MANIFEST, *manifest.members} or DUMP not in manifest.members:
        raise BackupError("Резервная копия неполна: состав файла не совпадает с описанием.")
    for name, expected in manifest.members.items():
        if not _is_safe(name):
            raise BackupError(f"Резервная копия содержит недопустимое имя файла: {name}")
        if _digest(archive, name) != expected:
            raise BackupError(f"Резервная копия повреждена: контрольная сумма не сошлась у {name}.")


def _is_safe(name: str) -> bool:
    path = PurePosixPath(name)
    inside = name == DUMP or name.startswith(FILES)
    return inside and not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as member:
            for chunk in chunks(member):
                digest.update(chunk)
    except (zipfile.BadZipFile, EOFError):
        return ""
    return digest.hexdigest()
