import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core.spreadsheets import SpreadsheetRefused, decoded, read_spreadsheet
from tests.core.containers import named, ods, ole, picture, with_entry, xlsx
from tests.core.oldexcel import xls


def read(data, name="таблица.xlsx", **limits):
    return read_spreadsheet(named(data, name), **limits)


def replaced(data: bytes, name: str, content: str) -> bytes:
    """The archive with one entry replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.namelist():
            target.writestr(entry, content if entry == name else source.read(entry))
    return out.getvalue()


def test_xlsx():
    rows = [
        ["Имя", "Число"],
        [" Школа № 1 ", 5],
        ["", 0.1 + 0.2],
        [datetime(2026, 11, 22), True],
        [None, -3.0],
    ]
    [sheet] = read(xlsx(rows, "Данные"))
    assert sheet.title == "Данные"
    assert sheet.rows == [
        ["Имя", "Число"],
        ["Школа № 1", 5],
        [None, Decimal("0.3")],
        [date(2026, 11, 22), "да"],
        [None, -3],
    ]
    assert isinstance(sheet.rows[1][1], int)


def test_xls():
    [sheet] = read(xls("Школа № 1", 2.5), "таблица.xls")
    assert sheet.title == "Лист"
    assert sheet.rows == [["Школа № 1", None], [None, Decimal("2.5")]]


def test_xls_with_a_cell_in_the_far_corner_is_refused():
    with pytest.raises(SpreadsheetRefused, match="далеко"):
        read(xls("а", 1, (65_535, 255)), "таблица.xls")


def test_xls_with_a_password():
    data = bytearray(xls("а", 1))
    place = data.index(b"\x85\x00", 512 * 3)
    data[place : place + 2] = b"\x2f\x00"
    with pytest.raises(SpreadsheetRefused, match="паролем"):
        read(bytes(data), "таблица.xls")


@pytest.mark.parametrize("place", [30, 48, 68, 76, 512, 516, 520, 1024 + 128 + 116, 1024 + 128 + 120])
def test_xls_with_a_broken_container_is_refused(place):
    data = bytearray(xls("а", 1))
    data[place : place + 4] = b"\x02\x00\x00\x00"
    try:
        read(bytes(data), "таблица.xls")
    except SpreadsheetRefused as refused:
        assert refused.message == "Файл повреждён: таблица не читается."


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 5600), st.binary(min_size=1, max_size=8))
def test_any_fault_of_an_xls_is_read_or_refused(place, fault):
    data = bytearray(xls("Школа", 1))
    data[place : place + len(fault)] = fault
    try:
        read(bytes(data), "таблица.xls")
    except SpreadsheetRefused as refused:
        assert refused.message


def test_rows_begin_with_the_first_one_even_when_it_is_empty():
    assert read(xlsx([[], [], [None, "а"]]))[0].rows == [[None, None], [None, None], [None, "а"]]


def test_ods_with_a_million_of_empty_rows():
    cell = '<table:table-cell office:value-type="float" office:value="2.5"/>'
    empty = '<table:table-cell table:number-columns-repeated="16383"/>'
    rows = f"<table:table-row>{cell}{empty}</table:table-row>"
    rows += (
        '<table:table-row table:number-rows-repeated="1048575">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    [sheet] = read(ods(rows), "таблица.ods")
    assert sheet.rows[0][0] == Decimal("2.5")
    assert len(sheet.rows) == 1


def test_ods_that_unfolds_is_refused():
    rows = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="float" '
        'office:value="1" table:number-columns-repeated="1000"/></table:table-row>'
    )
    with pytest.raises(SpreadsheetRefused, match="велика"):
        read(ods(rows), "таблица.ods")


@pytest.mark.parametrize(
    "cell",
    ['<c r="XFD1048576"><v>1</v></c>', "<c s='1'\n r = 'XFD1048576'><v>1</v></c>", '<x:c r="ZZZ999999"/>'],
)
def test_one_cell_in_the_far_corner_is_refused_before_reading(cell):
    page = f'<worksheet><sheetData><row r="1"><c r="A1"/></row><row>{cell}</row></sheetData></worksheet>'
    data = replaced(xlsx([[1]]), "xl/worksheets/sheet1.xml", page)
    with pytest.raises(SpreadsheetRefused, match="далеко"):
        read(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv(encoding, delimiter):
    text = (
        delimiter.join(["Имя", "Число"])
        + "\r\n"
        + delimiter.join(['"Школа; № 1, ""А"""', "007"])
        + "\r\n\r\n"
    )
    [sheet] = read(text.encode(encoding), "таблица.csv")
    assert sheet.rows == [["Имя", "Число"], ['Школа; № 1, "А"', "007"]]


def test_limits_of_rows_and_columns():
    with pytest.raises(SpreadsheetRefused, match="больше 2\u00a0строк"):
        read(xlsx([[1], [2], [3]]), max_rows=2)
    with pytest.raises(SpreadsheetRefused, match="больше 1\u00a0графы"):
        read(xlsx([[1, 2]]), max_columns=1)
    with pytest.raises(SpreadsheetRefused, match="больше 2\u00a0строк"):
        read(b"a\nb\nc\n", "a.csv", max_rows=2)


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.xlsx", "пуст"),
        (picture("PNG"), "a.xlsx", "не принимается"),
        (b"%PDF-1.7", "a.xlsx", "не принимается"),
        (b"MZ\x00", "a.xlsx", "Программы"),
        (ole("Workbook"), "a.xls", "повреждён"),
        (ole("EncryptedPackage"), "a.xlsx", "паролем"),
        (with_entry(xlsx([[1]]), "xl/vbaProject.bin", "x"), "a.xlsx", "макросы"),
        (replaced(xlsx([[1]]), "xl/workbook.xml", "<broken"), "a.xlsx", "повреждён"),
        (replaced(xlsx([[1]]), "xl/worksheets/sheet1.xml", "<!DOCTYPE a><a/>"), "a.xlsx", "XML"),
        (ods("<table:table-row>"), "a.ods", "повреждён"),
        (b"a;b\n\x00", "a.csv", "не принимается"),
        ("a;\x00".encode("utf-16"), "a.csv", "двоичные"),
        (b'"' + b"x" * 200_000, "a.csv", "не разбираются"),
    ],
)
def test_refusals(data, name, words):
    with pytest.raises(SpreadsheetRefused, match=words):
        read(data, name)


def test_fifty_thousand_rows_are_read():
    data = xlsx([[n, "текст", 1.5] for n in range(50_000)])
    [sheet] = read(data)
    assert len(sheet.rows) == 50_000


def test_decoding():
    assert decoded("Ёж".encode("cp1251")) == "Ёж"
    assert decoded(b"\x98") == "\ufffd"


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=20)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(TEXT, min_size=1, max_size=4), min_size=1, max_size=4))
def test_any_csv_is_read_or_refused(rows):
    text = "\n".join(";".join(row) for row in rows)
    try:
        [sheet] = read(text.encode() or b" ", "a.csv")
    except SpreadsheetRefused as refused:
        assert refused.message
    else:
        assert len(sheet.rows) <= len(rows) + text.count("\n")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.xlsx", "a.csv", "a.xls", "a.ods"]))
def test_any_bytes_are_read_or_refused(data, name):
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        try:
            read(start + data, name)
        except SpreadsheetRefused as refused:
            assert refused.message.endswith(".")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b'{"schema": "imo-form/1", "sections": []}', "form.json"),
        (b'\xef\xbb\xbf{\n  "schema": 1}', "form.csv"),
        (b'[{"a": 1}, {"a": 2}]', "rows.csv"),
        (b"[1, 2]", "rows.json"),
    ],
)
def test_json_is_told_plainly(data, name):
    with pytest.raises(SpreadsheetRefused, match="Это файл JSON, а не таблица"):
        read(data, name)


def test_table_with_a_bracket_in_its_first_cell_is_a_table():
    [sheet] = read("[Школа];Число\nПервая;5\n".encode(), "a.csv")
    assert sheet.rows[0][0] == "[Школа]"
