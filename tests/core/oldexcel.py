"""A minimal .xls made by hand: BIFF8 records in an OLE container (MS-XLS, MS-CFB)."""

import struct

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
STREAM_SECTORS = 8  # the shortest stream that lies in sectors of its own


def xls(text: str, value: float, far: tuple[int, int] = (1, 1)) -> bytes:
    """One sheet «Лист»: the text in A1, the number in the cell `far`."""
    return _container(_book(text, value, far))


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _book(text: str, value: float, far: tuple[int, int]) -> bytes:
    begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    head, end = _record(0x0809, begin), _record(0x000A, b"")
    title = "Лист".encode("utf-16-le")
    size = len(head) + 4 + 6 + 2 + len(title) + len(end)
    sheet_of = _record(0x0085, struct.pack("<IBBBB", size, 0, 0, len(title) // 2, 1) + title)
    written = text.encode("utf-16-le")
    label = _record(0x0204, struct.pack("<HHHHB", 0, 0, 0, len(written) // 2, 1) + written)
    number = _record(0x0203, struct.pack("<HHHd", *far, 0, value))
    sheet_begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    return head + sheet_of + end + sheet_begin + label + number + end


def _container(stream: bytes) -> bytes:
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", 0, *[FREE] * 108)
    chain = [FAT, END, *range(3, 2 + STREAM_SECTORS), END]
    fat = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))
    size = STREAM_SECTORS * SECTOR
    directory = _entry("Root Entry", 5, 1, END, 0) + _entry("Workbook", 2, FREE, 2, size)
    return header + fat + directory.ljust(SECTOR, b"\x00") + stream.ljust(size, b"\x00")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le")
    head = encoded.ljust(64, b"\x00") + struct.pack("<HBB", len(encoded) + 2, kind, 1)
    return head + struct.pack("<III36xIQ", FREE, FREE, child, start, size)
