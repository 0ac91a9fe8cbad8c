"""The ministry's workbook comes back as it was, with figures in the places that were blank."""

import io
import zipfile
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image

from apps.core.spreadsheets import SpreadsheetRefused
from apps.monitoring.ministry.outward import answers_in, summary_in
from apps.monitoring.ministry.places import Place, parse_place
from apps.monitoring.ministry.sheetxml import SheetXml
from apps.monitoring.ministry.workbook import KeptWorkbook
from tests.core.containers import archive, xlsx
from tests.factories import OrganizationFactory, ResponseFactory
from tests.monitoring.ministry.books import NOTES, QUESTIONS, TABLE, blank_of_library, changed
from tests.walk.world import PNG, put

SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {entry.filename: book.read(entry) for entry in book.infolist()}


def written(content: bytes, values: dict[str, object], sheet: str = TABLE) -> bytes:
    return KeptWorkbook(io.BytesIO(content)).written(
        {parse_place(at, sheet): one for at, one in values.items()}
    )


def opened(content: bytes):
    return load_workbook(io.BytesIO(content))


def sheet_of(rows: str) -> SheetXml:
    return SheetXml(f'<worksheet xmlns="http://x"><sheetData>{rows}</sheetData></worksheet>'.encode())


def rich() -> bytes:
    """With a chart, an image and a comment, which many a library loses."""

    def add(book) -> None:
        chart = BarChart()
        chart.add_data(Reference(book[TABLE], min_col=6, min_row=9, max_row=11))
        book[NOTES].add_chart(chart, "C3")
        book[TABLE].add_image(Image(io.BytesIO(PNG)), "I2")
        book[TABLE]["F9"].comment = Comment("По данным бухгалтерии", "Министерство")

    return changed(blank_of_library(), add)


def test_every_other_part_stays_byte_for_byte():
    book = rich()
    before, after = parts(book), parts(written(book, {"F9": Decimal(10), "F10": Decimal(6)}))
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} == {SHEET, BOOK}
    assert {"xl/charts/chart1.xml", "xl/media/image1.png", "xl/styles.xml"} <= set(after)


def test_the_book_differs_by_one_wish():
    """To be counted anew when it is opened."""
    plain = blank_of_library()
    before, after = parts(plain)[BOOK], parts(written(plain, {"F9": Decimal(10)}))[BOOK]
    assert b"fullCalcOnLoad" in after
    assert load_workbook(io.BytesIO(written(plain, {"F9": Decimal(10)}))).calculation.fullCalcOnLoad is True
    assert [one.title for one in opened(plain)] == [TABLE, QUESTIONS, NOTES]
    assert len(after) - len(before) < 120


def test_a_book_without_formulas_keeps_its_own_part_too():
    def without(book) -> None:
        for place in ("E9", "E10", "E11", "F13"):
            book[TABLE][place] = None
        book[NOTES]["A2"] = None

    plain = changed(blank_of_library(), without)
    before, after = parts(plain), parts(written(plain, {"F9": Decimal(10)}))
    assert {name for name in before if before[name] != after[name]} == {SHEET}


def test_of_the_sheet_only_the_values_change():
    sheet, plain = (
        opened(one)[TABLE] for one in (written(blank_of_library(), {"F9": Decimal(10)}), blank_of_library())
    )
    assert sheet["F9"].value == 10
    assert sheet["F9"].fill.fgColor.rgb == "00FFFFCC"
    assert sheet["F9"].border.left.style == "thin"
    assert sorted(map(str, sheet.merged_cells.ranges)) == sorted(map(str, plain.merged_cells.ranges))
    assert (sheet.column_dimensions["A"].width, sheet.row_dimensions[5].height) == (33.5, 41)
    others = {
        cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.coordinate != "F9"
    }
    assert others == {
        cell.coordinate: cell.value for row in plain.iter_rows() for cell in row if cell.coordinate != "F9"
    }


def test_a_formula_stays_and_takes_the_figure_as_its_result():
    content = written(blank_of_library(), {"E9": Decimal("12.5"), "F9": Decimal(10)})
    assert opened(content)[TABLE]["E9"].value == "=F9+G9"
    results = load_workbook(io.BytesIO(content), data_only=True)[TABLE]
    assert (results["E9"].value, results["E10"].value) == (12.5, None)


def test_a_stale_result_of_a_formula_is_forgotten():
    one = sheet_of('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1</f><v>1</v></c></row>')
    one.forget_results()
    one.put(1, 1, Decimal(5))
    assert b'<c r="A1"><v>5</v></c><c r="B1"><f>A1</f></c>' in bytes(one)


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://x")', "@SUM(A1)", "+7 4132", "<b>&amp;</b>", "_x0041_"]
)
def test_words_of_a_person_are_words(text):
    cell = opened(written(blank_of_library(), {"C4": text}, QUESTIONS))[QUESTIONS]["C4"]
    assert (cell.value, cell.data_type) in ((text, "s"), (text.replace("_x", "_x005F_x"), "s"))
    assert (
        b"<f>" not in parts(written(blank_of_library(), {"C4": text}, QUESTIONS))["xl/worksheets/sheet2.xml"]
    )


def test_control_characters_are_left_out():
    assert (
        opened(written(blank_of_library(), {"C4": "а\x00б\x0bв"}, QUESTIONS))[QUESTIONS]["C4"].value == "абв"
    )


def test_new_cells_and_rows_stand_in_order():
    """Row 12 of the sheet holds nothing, D9 lies within a merged range, AA10 is far to the right."""
    content = written(blank_of_library(), {"B12": Decimal(1), "AA10": Decimal(2), "A12": "слева"})
    sheet = opened(content)[TABLE]
    assert [sheet[at].value for at in ("B12", "AA10", "A12")] == [1, 2, "слева"]
    rows = [int(one.get("r")) for one in SheetXml(parts(content)[SHEET])._data]
    assert rows == sorted(rows)


def test_cells_without_references_are_counted():
    sheet = sheet_of('<row><c><v>1</v></c><c><v>2</v></c></row><row r="5"><c r="C5"/><c/></row>')
    sheet.put(1, 2, Decimal(7))
    sheet.put(5, 4, Decimal(8))
    assert b"<row><c><v>1</v></c><c><v>7</v></c></row>" in bytes(sheet)
    assert b'<c r="C5"/><c><v>8</v></c>' in bytes(sheet)


def test_sheets_are_found_however_the_book_names_its_parts():
    """One writer puts the whole path, another the path within the folder."""
    assert KeptWorkbook(io.BytesIO(blank_of_library())).parts == {
        TABLE: SHEET,
        QUESTIONS: "xl/worksheets/sheet2.xml",
        NOTES: "xl/worksheets/sheet3.xml",
    }
    assert KeptWorkbook(io.BytesIO(xlsx([[1]]))).parts == {"Лист": SHEET}


def test_a_sheet_with_its_own_prefix():
    content = (
        '<x:worksheet xmlns:x="http://x"><x:sheetData><x:row r="1"><x:c r="A1" s="4"/></x:row>'
        '</x:sheetData><x:mergeCells><x:mergeCell ref="B1:C2"/></x:mergeCells></x:worksheet>'
    )
    sheet = SheetXml(content.encode())
    sheet.put(1, 1, "да")
    assert b'<x:c r="A1" s="4" t="inlineStr"><x:is><x:t xml:space="preserve">' in bytes(sheet)
    assert (sheet.corner(2, 3), sheet.corner(3, 3)) == ((1, 2), (3, 3))


def test_blank_takes_the_old_figure_away():
    content = changed(blank_of_library(), lambda book: book[TABLE].__setitem__("F9", 999))
    assert opened(written(content, {"F9": None}))[TABLE]["F9"].value is None


def test_merged_places_lead_to_their_corner():
    book = KeptWorkbook(io.BytesIO(blank_of_library()))
    assert book.corner(Place(TABLE, 6, 2)) == Place(TABLE, 5, 1)
    assert book.corner(Place(TABLE, 9, 6)) == Place(TABLE, 9, 6)


def test_entities_are_refused():
    evil = b'<!DOCTYPE w [<!ENTITY a "b">]><workbook><sheets/></workbook>'
    book = archive({"xl/workbook.xml": evil, "xl/_rels/workbook.xml.rels": "<R/>"})
    with pytest.raises(SpreadsheetRefused):
        KeptWorkbook(io.BytesIO(book))


# --- figures of the portal ---


def test_summary_over_accepted_responses(blank, campaign, methodist):
    """Two accepted reports of 10 and 2.5 in the first row, and a sent one that is not counted."""
    for number, state in enumerate(["accepted", "accepted", "submitted"]):
        row = ResponseFactory(
            campaign=campaign, organization=OrganizationFactory(short_name=f"Школа {number}")
        )
        put(row, state, methodist)
    sheet = opened(summary_in(blank, campaign))[TABLE]
    assert [sheet[at].value for at in ("F9", "G9", "F10", "F11", "G10")] == [20, 5, 12, 8, None]
    assert sheet["E9"].value == "=F9+G9"
    assert sheet["G11"].value == "X"


def test_results_of_formulas_are_those_of_the_portal(blank, campaign, school_a, methodist):
    put(ResponseFactory(campaign=campaign, organization=school_a), "accepted", methodist)
    sheet = load_workbook(io.BytesIO(summary_in(blank, campaign)), data_only=True)[TABLE]
    assert [sheet[at].value for at in ("E9", "E10", "E11")] == [12.5, 6, 4]


def test_summary_of_nobody_is_the_blank(blank, campaign):
    sheet = opened(summary_in(blank, campaign))[TABLE]
    assert [sheet[at].value for at in ("E9", "F9", "G9")] == ["=F9+G9", None, None]


def test_answers_of_one_organisation(blank, response):
    response.values = {"1/01/4": "10", "wifi": "1", "speed": "2", "comment": "=СУММ(A1)"}
    response.save()
    book = opened(answers_in(blank, response))
    assert book[TABLE]["F9"].value == 10
    assert [book[QUESTIONS][at].value for at in ("C2", "C3", "C4")] == [
        "да", "свыше 10 Мбит/с", "=СУММ(A1)",
    ]  # fmt: skip
    assert book[QUESTIONS]["C4"].data_type == "s"
    assert book[NOTES]["A1"].value == "Заполняется на 1 января"
    assert book[QUESTIONS].data_validations.dataValidation[0].formula1 == '"да,нет"'
