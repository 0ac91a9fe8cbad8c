"""Small files of every kind, made in memory."""

import io
import zipfile

import xlsxwriter
from PIL import Image

ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODT_TYPE = "application/vnd.oasis.opendocument.text"
_ODS_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Лист">'
)
_ODS_TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"


def named(data: bytes, name: str) -> io.BytesIO:
    file = io.BytesIO(data)
    file.name = name
    return file


def archive(entries: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as out:
        for name, content in entries.items():
            out.writestr(name, content)
    return file.getvalue()


def xlsx(rows: list[list[object]], title: str = "Лист") -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        page = book.add_worksheet(title)
        date_format = book.add_format({"num_format": "dd.mm.yyyy"})
        for y, row in enumerate(rows):
            for x, value in enumerate(row):
                if hasattr(value, "year"):
                    page.write_datetime(y, x, value, date_format)
                else:
                    page.write(y, x, value)
    return file.getvalue()


def with_entry(data: bytes, name: str, content: str | bytes) -> bytes:
    file = io.BytesIO(data)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as out:
        out.writestr(name, content)
    return file.getvalue()


def docx(extra: dict[str, str | bytes] | None = None) -> bytes:
    parts = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"}
    return archive({**parts, **(extra or {})})


def ods(rows: str, extra: dict[str, str | bytes] | None = None) -> bytes:
    content = f'<?xml version="1.0" encoding="UTF-8"?>{_ODS_HEAD}{rows}{_ODS_TAIL}'
    manifest = '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    parts = {"mimetype": ODS_TYPE, "content.xml": content, "META-INF/manifest.xml": manifest}
    return archive({**parts, **(extra or {})})


def odt() -> bytes:
    return archive({"mimetype": ODT_TYPE, "content.xml": "<document/>"})


def ole(*names: str) -> bytes:
    """The mark of an OLE container and a directory with the names."""
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\x00")
    for name in names:
        encoded = name.encode("utf-16-le")
        length = (len(encoded) + 2).to_bytes(2, "little")
        data += encoded.ljust(64, b"\x00") + length + b"\x02" + b"\x00" * 61
    return data


def picture(kind: str, size: tuple[int, int] = (8, 8)) -> bytes:
    file = io.BytesIO()
    Image.new("1", size).save(file, kind)
    return file.getvalue()
