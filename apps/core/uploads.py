"""Checks what a person uploads, by content; the caller stores only what `check_upload` let through."""

import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Any

from PIL import Image, UnidentifiedImageError

from apps.core.archives import MEGABYTE, ArchiveLimits, ArchiveRefused, open_archive, read_through
from apps.core.filekinds import HEAD, OLE_MARK, FileKind, is_program, kind_of, ole_names
from apps.core.russian import join_and, number

MACROS = "Файл содержит макросы. Сохраните его без макросов и загрузите снова."
PROTECTED = "Файл защищён паролем. Снимите защиту и загрузите снова."
CUT = "Файл повреждён: он обрывается на середине. Сохраните или скачайте его заново и загрузите снова."
MAX_PIXELS = 60_000_000  # a scan of A4 at 600 dpi has 35 million
NAME_LENGTH = 150
_ARCHIVES = frozenset([FileKind.DOCX, FileKind.XLSX, FileKind.ODS, FileKind.ODT, FileKind.ZIP])
_PROGRAM_EXTENSIONS = frozenset(
    [
        *["exe", "com", "bat", "cmd", "scr", "msi", "dll", "jar", "js", "jse", "vbs", "vbe", "wsf", "hta"],
        *[
            "ps1",
            "lnk",
            "sh",
            "py",
            "php",
            "htm",
            "html",
            "xhtml",
            "svg",
            "xml",
            "url",
            "reg",
            "apk",
            "desktop",
        ],
    ]
)
_BAD_IN_NAME = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff"
    '<>:"|?*\U000e0000-\U000e007f]'
)


class UploadRefused(Exception):
    """The file is not taken; `message` (and `told`) is a sentence for the user."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = self.told = message


@dataclass(frozen=True)
class DetectedFile:
    """What was uploaded: its kind, a name that is safe to show, bytes and content type."""

    kind: FileKind
    name: str
    size: int
    content_type: str


def check_upload(file: IO[bytes] | Any, kinds: frozenset[FileKind], max_size: int) -> DetectedFile:
    """Tells the kind by content and checks its inside; leaves the file at its start.

    `max_size` in bytes. `UploadRefused` in Russian: empty, too large, a program, not of `kinds`, broken,
    a bomb, with a password or macros.
    """
    name = display_name(getattr(file, "name", None) or "")
    size = _size_of(file)
    if size == 0:
        raise UploadRefused("Файл пуст.")
    if size > max_size:
        raise UploadRefused(f"Файл больше {_megabytes(max_size)} МБ.")
    kind = _wanted_kind(file, name, kinds)
    _check_inside(file, kind)
    file.seek(0)
    return DetectedFile(kind, _with_extension(name, kind), size, kind.content_type)


def _wanted_kind(file: IO[bytes], name: str, kinds: frozenset[FileKind]) -> FileKind:
    extension = _extension(name)
    file.seek(0)
    head = file.read(HEAD)
    if is_program(head) or extension in _PROGRAM_EXTENSIONS:
        raise UploadRefused("Программы, сценарии и веб-страницы не принимаются.")
    kind = kind_of(file, extension)
    if kind is FileKind.TXT and kind not in kinds and FileKind.CSV in kinds:
        kind = FileKind.CSV
    if kind is FileKind.CSV and kind not in kinds and FileKind.TXT in kinds:
        kind = FileKind.TXT
    if kind is None and head.startswith(OLE_MARK):
        _refuse_protected(file)
    if kind is None and head.startswith(b"PK\x03\x04") and not zipfile.is_zipfile(file):
        raise UploadRefused(CUT)
    if kind is None or kind not in kinds:
        inside = ": внутри него простой текст" if kind in (FileKind.TXT, FileKind.CSV) else ""
        raise UploadRefused(f"Такой файл не принимается{inside}. Подойдёт: {_list_of(kinds)}.")
    return kind


def _refuse_protected(file: IO[bytes]) -> None:
    if "EncryptedPackage" in ole_names(file):
        raise UploadRefused(PROTECTED)


def _check_inside(file: IO[bytes], kind: FileKind) -> None:
    if kind in _ARCHIVES:
        _check_archive(file, kind)
    elif kind in (FileKind.JPEG, FileKind.PNG):
        _check_image(file)
    elif kind is FileKind.XLS and any(name.startswith("_VBA_PROJECT") for name in ole_names(file)):
        raise UploadRefused(MACROS)


def _check_archive(file: IO[bytes], kind: FileKind) -> None:
    try:
        archive = open_archive(file, ArchiveLimits())
        if kind is not FileKind.ZIP:
            _check_office(archive)
        read_through(archive)
    except ArchiveRefused as refused:
        raise UploadRefused(refused.told) from refused


def _check_office(archive: zipfile.ZipFile) -> None:
    """Refuses macros of Office (vbaProject.bin) and of OpenDocument (Basic/, Scripts/), and ODF passwords."""
    names = [entry.filename.replace("\\", "/").lower() for entry in archive.infolist()]
    if any(name.endswith("vbaproject.bin") or name.startswith(("basic/", "scripts/")) for name in names):
        raise ArchiveRefused(MACROS)
    if "META-INF/manifest.xml" in archive.namelist():
        with archive.open("META-INF/manifest.xml") as stream:
            if b"encryption-data" in stream.read(MEGABYTE):
                raise ArchiveRefused(PROTECTED)


def _check_image(file: IO[bytes]) -> None:
    file.seek(0)
    try:
        with Image.open(file, formats=("JPEG", "PNG")) as image:
            width, height = image.size
            if width * height > MAX_PIXELS:
                raise UploadRefused("Изображение слишком велико: больше 60 миллионов точек.")
            image.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UploadRefused("Изображение слишком велико: больше 60 миллионов точек.") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, OverflowError) as error:
        raise UploadRefused("Изображение повреждено.") from error


def display_name(name: str) -> str:
    """The last part of a name without characters that hide or harm, at most 150 characters; never empty."""
    last = str(name).replace("\\", "/").rpartition("/")[2]
    clean = " ".join(_BAD_IN_NAME.sub("", last).split()).strip(". ")
    if len(clean) > NAME_LENGTH:
        stem, dot, extension = clean.rpartition(".")
        ending = dot + extension if 0 < len(extension) <= 8 else ""
        clean = (stem if ending else clean)[: NAME_LENGTH - len(ending)].rstrip(". ") + ending
    return clean or "файл"


def _with_extension(name: str, kind: FileKind) -> str:
    """The name with an extension that tells the truth about the content."""
    if _extension(name) in kind.extensions:
        return name
    stem = PurePosixPath(name).stem if 0 < len(_extension(name)) <= 8 else name
    return f"{stem[: NAME_LENGTH - 6]}.{kind.value}"


def _extension(name: str) -> str:
    return PurePosixPath(name).suffix.lstrip(".").lower()


def _size_of(file: IO[bytes]) -> int:
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    return size


def _megabytes(size: int) -> str:
    return number(round(size / MEGABYTE, 1))


def _list_of(kinds: frozenset[FileKind]) -> str:
    return join_and([kind.value.upper() for kind in FileKind if kind in kinds]).replace(" и ", " или ")
