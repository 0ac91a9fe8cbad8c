"""Kinds of files the portal takes, told by content; the name decides only between kinds of plain text."""

import base64
import binascii
import re
import zipfile
from enum import StrEnum
from typing import IO

HEAD = 4096
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
)
_SHORTCUT = b"L\x00\x00\x00\x01\x14\x02\x00"
_ODF = {
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.text": "odt",
}


class FileKind(StrEnum):
    """A kind of file; its value is the extension the portal gives it."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    DOCX = "docx"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    ODT = "odt"
    CSV = "csv"
    TXT = "txt"
    SIG = "sig"
    ZIP = "zip"

    @property
    def content_type(self) -> str:
        return _CONTENT_TYPES[self]

    @property
    def extensions(self) -> tuple[str, ...]:
        """Extensions a file of the kind may keep."""
        return {FileKind.JPEG: ("jpg", "jpeg"), FileKind.SIG: ("sig", "p7s")}.get(self, (self.value,))


_CONTENT_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.XLS: "application/vnd.ms-excel",
    FileKind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    FileKind.ODT: "application/vnd.oasis.opendocument.text",
    FileKind.CSV: "text/csv; charset=utf-8",
    FileKind.TXT: "text/plain; charset=utf-8",
    FileKind.SIG: "application/pkcs7-signature",
    FileKind.ZIP: "application/zip",
}


def is_program(head: bytes) -> bool:
    """Whether the file begins as a program, a script or a shortcut."""
    return head.startswith(_PROGRAMS) or head.startswith(_SHORTCUT)


def kind_of(file: IO[bytes], extension: str = "") -> FileKind | None:
    """The kind by content, or None; `extension` tells CSV from other plain text.

    Leaves the file at its start.
    """
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if not head or is_program(head):
        return None
    if head.startswith(b"%PDF-"):
        return FileKind.PDF
    if head.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_archive(file)
    if head.startswith(OLE_MARK):
        names = ole_names(file)
        return FileKind.XLS if names & {"Workbook", "Book"} else None
    if _is_signature(head):
        return FileKind.SIG
    if _is_text(file):
        return FileKind.CSV if extension == "csv" else FileKind.TXT
    return None


def _kind_of_archive(file: IO[bytes]) -> FileKind | None:
    try:
        with zipfile.ZipFile(file) as archive:
            kind = _kind_of_entries(archive, {name.replace("\\", "/") for name in archive.namelist()})
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, NotImplementedError):
        kind = None
    file.seek(0)
    return kind


def _kind_of_entries(archive: zipfile.ZipFile, names: set[str]) -> FileKind | None:
    if "[Content_Types].xml" in names:
        if "xl/workbook.xml" in names:
            return FileKind.XLSX
        return FileKind.DOCX if "word/document.xml" in names else None
    if "mimetype" in names:
        with archive.open("mimetype") as stream:
            found = _ODF.get(stream.read(100).strip())
        return FileKind(found) if found else None
    return None if "META-INF/MANIFEST.MF" in names else FileKind.ZIP


def ole_names(file: IO[bytes]) -> set[str]:
    """Names in the directory of an OLE container: entries of 128 bytes with the length of the name at 64."""
    file.seek(0)
    names: set[str] = set()
    while block := file.read(128 * 8192):
        for start in range(0, len(block) - 127, 128):
            length = int.from_bytes(block[start + 64 : start + 66], "little")
            if 4 <= length <= 64 and length % 2 == 0 and block[start + 66] in (1, 2, 5):
                names.add(block[start : start + length - 2].decode("utf-16-le", "replace"))
    file.seek(0)
    return names


def _is_signature(head: bytes) -> bool:
    """CMS SignedData (RFC 5652): DER, PEM or its bare base64."""
    if head[:1] == b"\x30" and _SIGNED_DATA in head[:24]:
        return True
    text = re.sub(rb"-----BEGIN [A-Z0-9 ]{1,40}-----|\s", b"", head)[:64]
    try:
        decoded = base64.b64decode(text[: len(text) // 4 * 4], validate=True)
    except (binascii.Error, ValueError):
        return False
    return decoded[:1] == b"\x30" and _SIGNED_DATA in decoded[:24]


def _is_text(file: IO[bytes]) -> bool:
    """Text without control characters, in UTF-8, UTF-16 with its mark, or a one-byte Cyrillic encoding."""
    file.seek(0)
    start = file.read(2)
    if start in (b"\xff\xfe", b"\xfe\xff"):
        file.seek(0)
        return True
    file.seek(0)
    clean = True
    while clean and (piece := file.read(256 * 1024)):
        clean = not re.search(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]", piece)
    file.seek(0)
    return clean
