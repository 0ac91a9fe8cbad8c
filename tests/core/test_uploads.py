import base64
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.filekinds import FileKind
from apps.core.uploads import UploadRefused, check_upload, display_name
from tests.core.containers import archive, docx, named, ods, odt, ole, picture, with_entry, xlsx

ALL = frozenset(FileKind)
MB = 1024 * 1024
SIGNED = bytes.fromhex("3080" + "06092a864886f70d010702") + b"\xa0\x80" + b"\x00" * 40


def check(data, name="файл.bin", kinds=ALL, max_size=20 * MB):
    return check_upload(named(data, name), kinds, max_size)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.7\n...", "скан.pdf", FileKind.PDF),
        (picture("JPEG"), "фото.jpeg", FileKind.JPEG),
        (picture("PNG"), "фото.png", FileKind.PNG),
        (docx(), "письмо.docx", FileKind.DOCX),
        (xlsx([[1]]), "таблица.xlsx", FileKind.XLSX),
        (ole("Root Entry", "Workbook"), "таблица.xls", FileKind.XLS),
        (ods("<table:table-row/>"), "таблица.ods", FileKind.ODS),
        (odt(), "письмо.odt", FileKind.ODT),
        ("имя;число\n".encode(), "таблица.csv", FileKind.CSV),
        ("имя;число\n".encode("cp1251"), "таблица.csv", FileKind.CSV),
        ("просто текст".encode(), "заметка.txt", FileKind.TXT),
        (SIGNED, "письмо.pdf.sig", FileKind.SIG),
        (SIGNED, "письмо.p7s", FileKind.SIG),
        (base64.b64encode(SIGNED), "письмо.sig", FileKind.SIG),
        (archive({"a.txt": "1"}), "архив.zip", FileKind.ZIP),
    ],
)
def test_kind_by_content(data, name, kind):
    file = named(data, name)
    found = check_upload(file, ALL, 20 * MB)
    assert (found.kind, found.name, found.size) == (kind, name, len(data))
    assert found.content_type == kind.content_type
    assert file.tell() == 0


def test_name_gets_the_extension_of_the_content():
    assert check(b"%PDF-1.7", "скан.jpg").name == "скан.pdf"
    assert check(b"%PDF-1.7", "скан").name == "скан.pdf"
    assert check(b"%PDF-1.7", "Приказ № 5 от 01.09.2026 об отпуске").name.endswith(".pdf")


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "пусто.pdf", "пуст"),
        (b"MZ\x90\x00" + b"\x00" * 100, "отчёт.pdf", "Программы"),
        (b"\x7fELF" + b"\x00" * 100, "отчёт.xlsx", "Программы"),
        (b"#!/bin/sh\n", "заметка.txt", "Программы"),
        (b"<html><script>", "заметка.html", "Программы"),
        (b"%PDF-1.7", "скан.pdf.exe", "Программы"),
        (b"\x00\x01\x02", "таблица.csv", "не принимается"),
        (b"GIF89a\x00", "фото.png", "не принимается"),
        (ole("Root Entry", "WordDocument"), "письмо.doc", "не принимается"),
        (archive({"META-INF/MANIFEST.MF": "x"}), "a.zip", "не принимается"),
        (ole("Root Entry", "EncryptedPackage"), "таблица.xlsx", "паролем"),
        (ole("Workbook", "_VBA_PROJECT_CUR"), "таблица.xls", "макросы"),
        (with_entry(xlsx([[1]]), "xl/vbaProject.bin", b"x"), "таблица.xlsx", "макросы"),
        (ods("", {"Basic/script-lc.xml": "<x/>"}), "таблица.ods", "макросы"),
        (ods("", {"META-INF/manifest.xml": "<encryption-data/>"}), "таблица.ods", "паролем"),
        (docx({"word/a.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "письмо.docx", "XML"),
        (docx({"word/a.xml": "<!DOCTYPE a><a/>".encode("utf-16")}), "письмо.docx", "XML"),
        (docx({"word/bomb.bin": b"\x00" * 20 * MB}), "письмо.docx", "велик"),
        (archive({f"{n}.txt": "" for n in range(2001)}), "архив.zip", "частей"),
        (picture("PNG", (8000, 8000)), "фото.png", "точек"),
        (picture("PNG")[:40], "фото.png", "повреждено"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "фото.jpg", "повреждено"),
        (xlsx([[1]])[:-30], "таблица.xlsx", "обрывается"),
    ],
)
def test_refusals(data, name, words):
    with pytest.raises(UploadRefused, match=words) as refused:
        check(data, name)
    assert refused.value.message == refused.value.told


def test_too_large():
    with pytest.raises(UploadRefused, match="Файл больше 1,5 МБ"):
        check(b"x" * (2 * MB), "a.txt", max_size=3 * MB // 2)


def test_kind_that_is_not_wanted_names_the_wanted_ones():
    with pytest.raises(UploadRefused, match="Подойдёт: PDF или DOCX"):
        check(picture("PNG"), "фото.png", frozenset([FileKind.DOCX, FileKind.PDF]))


def test_a_plain_text_under_the_name_of_a_workbook_is_told():
    with pytest.raises(UploadRefused) as refused:
        check(b"a;b\n1;2\n", "Бланк.xlsx", frozenset([FileKind.XLSX]))
    assert refused.value.told == "Такой файл не принимается: внутри него простой текст. Подойдёт: XLSX."


def test_damaged_entry_is_found():
    data = bytearray(docx({"word/a.bin": bytes(range(256)) * 50}))
    at = data.index(b"word/a.bin") + 40
    data[at : at + 8] = b"\x55" * 8
    with pytest.raises(UploadRefused, match="повреждён"):
        check(bytes(data), "письмо.docx")


def test_entry_that_lies_about_its_size_is_found():
    data = bytearray(archive({"a.txt": b"a" * 5000}))
    place = data.index(b"PK\x01\x02")
    data[place + 24 : place + 28] = (10).to_bytes(4, "little")
    with pytest.raises(UploadRefused, match="повреждён"):
        check(bytes(data), "a.zip")


def test_password_of_an_archive():
    data = bytearray(archive({"a.txt": "1"}, zipfile.ZIP_STORED))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UploadRefused, match="паролем"):
        check(bytes(data), "a.zip")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\Отчёт.docx", "Отчёт.docx"),
        ("скан\u202egpj.exe", "сканgpj.exe"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ('a<b>"c|?*.pdf', "abc.pdf"),
        ("", "файл"),
        ("...", "файл"),
        ("\ud800.pdf", "pdf"),
        ("  много   пробелов .pdf", "много пробелов .pdf"),
    ],
)
def test_name_for_display(name, shown):
    assert display_name(name) == shown


def test_long_name_keeps_its_extension():
    assert display_name("я" * 300 + ".docx") == "я" * 145 + ".docx"


@given(st.text(max_size=400))
def test_any_name_becomes_safe(name):
    shown = display_name(name)
    assert 0 < len(shown) <= 150
    assert not set(shown) & set('/\\\x00\n\u202e"<>')
    assert display_name(shown) == shown


@given(st.binary(min_size=1, max_size=400))
def test_any_bytes_are_told_or_refused(data):
    try:
        assert check(data).kind in FileKind
    except UploadRefused as refused:
        assert refused.message.endswith(".")
