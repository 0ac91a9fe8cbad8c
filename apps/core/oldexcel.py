"""How far the cells of an .xls file reach, told by its records (MS-CFB, MS-XLS) before reading."""

import struct
from collections.abc import Iterator
from typing import IO

_FREE_FROM = 0xFFFFFFFA
_SHORTEST = 4096
_BEGIN, _PROTECTED = 0x0809, 0x002F
_CELLS = frozenset([0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x0207, 0x027E, 0x00BD, 0x00BE, 0x00D6, 0x00FD])
_SPANS = frozenset([0x00BD, 0x00BE])


class BrokenWorkbook(Exception):
    """The container or its records contradict themselves."""


class ProtectedWorkbook(Exception):
    """The records are encrypted with a password."""


def largest_extent(file: IO[bytes]) -> int:
    """Rows times columns of the largest sheet from A1 on; `BrokenWorkbook`, `ProtectedWorkbook`."""
    file.seek(0)
    try:
        stream = _workbook_stream(file.read())
        return max((rows * columns for rows, columns in _extents(stream)), default=0)
    except (struct.error, IndexError) as error:
        raise BrokenWorkbook from error


def _extents(stream: bytes) -> Iterator[tuple[int, int]]:
    rows = columns = 0
    for kind, body in _records(stream):
        if kind == _PROTECTED:
            raise ProtectedWorkbook
        if kind == _BEGIN:
            yield rows, columns
            rows = columns = 0
        elif kind in _CELLS:
            row, column = struct.unpack_from("<HH", body)
            last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind in _SPANS else column
            rows, columns = max(rows, row + 1), max(columns, last + 1)
    yield rows, columns


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        yield kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


def _workbook_stream(data: bytes) -> bytes:
    sector = 1 << struct.unpack_from("<H", data, 30)[0]
    if sector not in (512, 4096):
        raise BrokenWorkbook
    table = _allocation(data, sector)
    directory = _chain(data, table, struct.unpack_from("<I", data, 48)[0], sector)
    for place in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, place + 64)[0]
        name = directory[place : place + max(length - 2, 0)].decode("utf-16-le", "replace")
        if name in ("Workbook", "Book"):
            start, size = struct.unpack_from("<II", directory, place + 116)
            if size < _SHORTEST:
                raise BrokenWorkbook
            return _chain(data, table, start, sector)[:size]
    raise BrokenWorkbook


def _allocation(data: bytes, sector: int) -> list[int]:
    """The table of next sectors: its own sectors are listed in the header and, of large files, in a chain."""
    listed = list(struct.unpack_from("<109I", data, 76))
    following, per_sector = struct.unpack_from("<I", data, 68)[0], sector // 4
    for _ in range(len(data) // sector):
        if following >= _FREE_FROM:
            break
        page = struct.unpack_from(f"<{per_sector}I", data, (following + 1) * sector)
        listed += page[:-1]
        following = page[-1]
    table: list[int] = []
    for number in listed[: len(data) // sector]:
        if number < _FREE_FROM:
            table += struct.unpack_from(f"<{per_sector}I", data, (number + 1) * sector)
    return table


def _chain(data: bytes, table: list[int], number: int, sector: int) -> bytes:
    pieces = []
    while number < _FREE_FROM:
        pieces.append(data[(number + 1) * sector : (number + 2) * sector])
        if len(pieces) > len(table):
            raise BrokenWorkbook
        number = table[number]
    return b"".join(pieces)
