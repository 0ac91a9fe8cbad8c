"""What is looked at in a ZIP container before anything opens it: entries, sizes, passwords, entities."""

import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO
from xml.parsers import expat

CHUNK = 256 * 1024
MEGABYTE = 1024 * 1024
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


class ArchiveRefused(Exception):
    """The archive must not be opened; `told` is a sentence for the user."""

    def __init__(self, told: str) -> None:
        super().__init__(told)
        self.told = told


@dataclass(frozen=True)
class ArchiveLimits:
    """Bounds of an archive: entries, unpacked bytes in all, how many times it may unpack."""

    entries: int = 2_000
    unpacked: int = 200 * MEGABYTE
    ratio: int = 300


class EntityFound(Exception):
    """The XML declares a document type: no office document does, an attack does."""


def open_archive(file: IO[bytes], limits: ArchiveLimits) -> zipfile.ZipFile:
    """The archive with its directory checked against the limits; `ArchiveRefused` otherwise."""
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
        raise ArchiveRefused("Файл повреждён: архив не читается.") from error
    entries = archive.infolist()
    if len(entries) > limits.entries:
        raise ArchiveRefused("В файле слишком много вложенных частей.")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise ArchiveRefused("Файл защищён паролем. Снимите защиту и загрузите снова.")
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > limits.unpacked or unpacked > MEGABYTE + packed * limits.ratio:
        raise ArchiveRefused("После распаковки файл слишком велик.")
    return archive


def read_through(archive: zipfile.ZipFile, watch: Callable[[str, bytes], None] | None = None) -> None:
    """Unpacks every entry once in pieces: sizes and sums are true, no XML declares entities.

    `watch(name, piece)` sees every piece of every entry. `ArchiveRefused` for a broken or disguised entry.
    """
    for entry in archive.infolist():
        try:
            _read_entry(archive, entry, watch)
        except EntityFound as error:
            raise ArchiveRefused("Файл содержит недопустимые объявления XML.") from error
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise ArchiveRefused("Файл повреждён: часть архива не читается.") from error


def _read_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, watch: Callable[[str, bytes], None] | None
) -> None:
    prolog = PrologCheck() if entry.filename.lower().endswith((".xml", ".rels")) else None
    with archive.open(entry) as stream:
        while piece := stream.read(CHUNK):
            if prolog:
                prolog.feed(piece)
            if watch:
                watch(entry.filename, piece)


class PrologCheck:
    """Reads XML up to its first element; `EntityFound` for a document type or an encoding of two bytes."""

    def __init__(self) -> None:
        self.parser: expat.XMLParserType | None = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._element
        self.started = self.finished = False

    def feed(self, piece: bytes) -> None:
        if self.finished or self.parser is None:
            return
        if not self.started and piece[:2] in _UTF16_MARKS:
            raise EntityFound
        self.started = True
        try:
            self.parser.Parse(piece, False)
        except expat.ExpatError:
            self.finished = True
        if self.finished:
            self.parser = None

    def _doctype(self, *declared: object) -> None:
        raise EntityFound

    def _element(self, *declared: object) -> None:
        self.finished = True
        assert self.parser is not None
        self.parser.StartElementHandler = None
