"""Bad files at the upload page: each is told in plain Russian, and nothing is written."""

import io
import os
import re
import zipfile

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.core.models import StoredFile
from apps.monitoring.models import Campaign, CellChange, Response
from apps.monitoring.workbooks import workbook_of
from tests.core.containers import ole, with_entry, xlsx
from tests.factories import CampaignFactory, ResponseFactory, form_version
from tests.monitoring.responses.definitions import LIBRARY
from tests.monitoring.workbook.conftest import Clerk

pytestmark = pytest.mark.django_db
MB = 1024 * 1024
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def refused(ready, url, signed_in, responsible_a):
    """Uploads a file that must be refused; gives what is said beside its field."""

    def send(content: bytes, name: str = "Бланк.xlsx") -> str:
        before = Response.objects.get(pk=ready.pk).values
        answer = signed_in(responsible_a).post(f"{url}workbook/", {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 422
        assert (CellChange.objects.count(), StoredFile.objects.count()) == (0, 0)
        assert Response.objects.get(pk=ready.pk).values == before
        return " ".join(answer.context["form"].errors["file"])

    return send


@pytest.fixture
def look(url, signed_in, responsible_a):
    """Uploads a workbook that is taken; gives (problems as (sheet, place, told), changes by address)."""

    def send(file: io.BytesIO):
        client = signed_in(responsible_a)
        answer = client.post(f"{url}workbook/", {"file": file})
        assert answer.status_code == 302
        page = client.get(answer["Location"])
        problems = [(one.sheet, one.place, one.told) for one in page.context["problems"]]
        changes = {one.address: one.became for one in page.context["difference"].changes}
        assert all(one[2] in page.content.decode() for one in problems if "«" not in one[2])
        return problems, changes

    return send


def rewritten(data: bytes, name: str, change) -> bytes:
    """The archive with one entry changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry.filename, change(content) if entry.filename == name else content)
    return target.getvalue()


# --- whose workbook it is ---


def test_the_deleted_hidden_sheet(clerk, refused):
    del clerk.book["Портал"]
    assert refused(clerk.saved().getvalue()) == (
        "Это не бланк портала: в книге нет служебного листа. Скачайте бланк на странице отчёта."
    )


def test_the_changed_hidden_sheet(clerk, refused):
    clerk.book["Портал"]["A2"].value = "eyJvIjoxfQ:1:2"
    assert refused(clerk.saved().getvalue()) == (
        "Служебный лист книги изменён. Скачайте бланк заново и перенесите в него ответы."
    )


def test_another_organisations_workbook(ready, school_b, refused):
    other = ResponseFactory(campaign=ready.campaign, organization=school_b)
    assert refused(workbook_of(Response.objects.get(pk=other.pk))) == (
        "Это бланк другой организации. Скачайте свой на странице отчёта."
    )


def test_another_campaigns_workbook(ready, version, methodist, refused):
    campaign = CampaignFactory(version=version, created_by=methodist)
    other = ResponseFactory(campaign=campaign, organization=ready.organization)
    assert refused(workbook_of(Response.objects.get(pk=other.pk))) == (
        "Это бланк другого мониторинга. Скачайте бланк на странице этого отчёта."
    )


def test_another_versions_workbook(ready, methodist, refused):
    content = workbook_of(ready)
    newer = form_version({**LIBRARY, "code": "library2"}, methodist)
    Campaign.objects.filter(pk=ready.campaign_id).update(version=newer)
    assert refused(content) == "После скачивания бланка форма изменилась. Скачайте бланк заново."


# --- a workbook edited by hand ---


def test_a_renamed_sheet_and_inserted_columns(clerk, look):
    clerk.at("1/01/4").value = 77
    sheet = clerk.at("1/01/4").parent
    sheet.title = "Мой лист"
    sheet.insert_cols(6)
    sheet.insert_cols(3, 2)
    assert look(clerk.saved()) == ([], {"1/01/4": "77"})


@pytest.mark.parametrize(("before", "columns"), [(1, 2), (2, 3), (3, 4), (4, 1), (5, 2)])
def test_columns_inserted_around_questions(ready, clerk, look, before, columns):
    """Neither the title of a question nor its unit is taken for its answer."""
    clerk.at("comment").value = "слово"
    clerk.at("comment").parent.insert_cols(before, columns)
    assert look(clerk.saved()) == ([], {"comment": "слово"})


def test_a_unit_pushed_to_the_place_of_the_answer(methodist, school_a, signed_in, responsible_a):
    question = {"type": "question", "code": "area", "title": "Где", "value": {"type": "text"}}
    question["value"]["unit"] = {"code": "055", "name": "м²"}
    definition = {"schema": "imo-form/1", "code": "unit", "title": "Площадь"}
    definition["sections"] = [{"code": "1", "title": "Зал", "items": [question]}]
    campaign = CampaignFactory(version=form_version(definition, methodist), created_by=methodist)
    other = ResponseFactory(campaign=campaign, organization=school_a)
    clerk = Clerk(workbook_of(Response.objects.get(pk=other.pk)))
    clerk.book.worksheets[0].insert_cols(3)
    client = signed_in(responsible_a)
    answer = client.post(f"/monitoring/responses/{other.pk}/workbook/", {"file": clerk.saved()})
    assert client.get(answer["Location"]).context["difference"].changes == []


def test_the_deleted_column_of_markers(clerk, look):
    sheet = clerk.at("1/01/4").parent
    clerk.at("wifi").value = "да"
    sheet.delete_cols(1)
    problems, changes = look(clerk.saved())
    assert problems == [
        (sheet.title, "", "Нет служебного столбца: ответы этого листа не прочитаны."),
        ("", "", "Не найдено: строка 01 раздела 1, гр. 4, 5. Значения на портале не изменятся."),
        ("", "", "Не найдено: строка 02 раздела 1, гр. 4, 5. Значения на портале не изменятся."),
        ("", "", "Не найдено: строка 03 раздела 1, гр. 4. Значения на портале не изменятся."),
    ]
    assert changes == {"wifi": "1"}


# --- numbers of another locale ---


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1 234,5", "1234.5"),
        ("1\u00a0234,5", "1234.5"),
        ("1\u202f234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("12,345,678.5", "12345678.5"),
        ("  7 ", "7"),
        ("7.0", "7"),
    ],
)
def test_numbers_typed_as_text(clerk, look, typed, stored):
    clerk.at("1/02/5").value = typed
    assert look(clerk.saved()) == ([], {"1/02/5": stored})


@pytest.mark.parametrize(
    ("address", "typed", "told"),
    [
        ("1/02/5", "12 %", "Здесь должно быть число, а введено «12 %»."),
        ("1/02/5", "1,23,4.5", "Здесь должно быть число, а введено «1,23,4.5»."),
        ("1/02/5", "1e5", "Здесь должно быть число, а введено «1e5»."),
        ("1/02/4", "1,234", "Здесь должно быть целое число, без дробной части."),
        ("1/02/4", "−5", "Число не может быть отрицательным."),
        ("1/02/5", "около 7", "Здесь должно быть число, а введено «около 7»."),
    ],
)
def test_numbers_that_are_not_plain_are_told(clerk, look, address, typed, told):
    cell = clerk.at(address)
    cell.value = typed
    assert look(clerk.saved()) == ([(cell.parent.title, cell.coordinate, told)], {})


# --- formulas ---


def test_a_formula_with_its_value_is_read_as_the_value(ready, clerk, look):
    place = clerk.at("1/02/4").coordinate.encode()
    pattern = rb'(<c r="' + place + rb'"[^>]*>)<v>6</v>'

    def put(content: bytes) -> bytes:
        changed, count = re.subn(pattern, rb"\1<f>5*8</f><v>40</v>", content)
        assert count == 1
        return changed

    file = io.BytesIO(rewritten(workbook_of(ready), SHEET, put))
    file.name = "Бланк.xlsx"
    assert look(file) == ([], {"1/02/4": "40"})


def test_a_formula_without_its_value_is_told_and_empties_nothing(clerk, look):
    cell = clerk.at("1/02/4")
    cell.value = "=3*2"
    told = (
        "Формула без посчитанного значения: откройте файл в Excel, сохраните и загрузите снова. "
        "На портале значение не изменится."
    )
    assert look(clerk.saved()) == ([(cell.parent.title, cell.coordinate, told)], {})


def test_an_error_of_excel_is_told_and_empties_nothing(clerk, look):
    cell = clerk.at("1/02/4")
    cell.value, cell.data_type = "#REF!", "e"
    told = "В ячейке ошибка Excel #REF!. На портале значение не изменится."
    assert look(clerk.saved()) == ([(cell.parent.title, cell.coordinate, told)], {})


# --- merged cells ---


def test_merged_answers_are_told_and_empty_nothing(clerk, look):
    first, last = clerk.at("1/01/4"), clerk.at("1/02/5")
    first.value = 11
    sheet = first.parent
    sheet.merge_cells(f"{first.coordinate}:{last.coordinate}")
    range_ = f"{first.coordinate}:{last.coordinate}"
    rest = f"{last.column_letter}{first.row}, {first.column_letter}{last.row}, {last.coordinate}"
    told = (
        f"Ячейки объединены ({range_}): значение взято только для {first.coordinate}. "
        f"Не взято и на портале не изменится: {rest}."
    )
    assert look(clerk.saved()) == ([(sheet.title, range_, told)], {"1/01/4": "11"})


def test_an_answer_merged_with_its_title_is_told(clerk, look):
    cell = clerk.at("1/02/4")
    sheet = cell.parent
    sheet.merge_cells(f"B{cell.row}:{cell.coordinate}")
    told = (
        f"Ячейки объединены (B{cell.row}:{cell.coordinate}): "
        f"не взято и на портале не изменится: {cell.coordinate}."
    )
    assert look(clerk.saved()) == ([(sheet.title, f"B{cell.row}:{cell.coordinate}", told)], {})


# --- what is no workbook, or a dangerous one ---


def test_macros(clerk, refused):
    content = with_entry(clerk.saved().getvalue(), "xl/vbaProject.bin", b"x")
    told = "Файл содержит макросы. Сохраните его без макросов и загрузите снова."
    assert (refused(content, "Бланк.xlsm"), refused(content)) == (told, told)


def test_a_password(refused):
    assert refused(ole("Root Entry", "EncryptionInfo", "EncryptedPackage")) == (
        "Файл защищён паролем. Снимите защиту и загрузите снова."
    )


def test_fifty_megabytes(ready, url, signed_in, responsible_a, clerk):
    """Refused before it is read; a page says so, since there is no form to show it beside."""
    file = SimpleUploadedFile("Бланк.xlsx", clerk.saved().getvalue() + os.urandom(50 * MB))
    answer = signed_in(responsible_a).post(f"{url}workbook/", {"file": file})
    assert (answer.status_code, StoredFile.objects.count()) == (413, 0)
    assert "больше данных, чем портал принимает за один раз. Уменьшите файл" in answer.content.decode()


def test_a_hundred_thousand_rows(refused):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        page = book.add_worksheet("Раздел 1")
        for row in range(100_000):
            page.write_number(row, 0, row)
    assert refused(target.getvalue()) == (
        "На листе «Раздел 1» больше 20\u00a0000\u00a0строк. "
        "Удалите лишние строки или разделите таблицу на части."
    )


def test_a_cell_in_the_far_corner(clerk, refused):
    clerk.book.worksheets[0]["XFD1048576"] = 1
    assert refused(clerk.saved().getvalue()) == (
        "Таблица слишком велика: заняты ячейки далеко внизу или справа. Удалите их."
    )


def test_a_zip_bomb(clerk, refused):
    content = with_entry(clerk.saved().getvalue(), "xl/worksheets/sheet9.xml", b" " * 250 * MB)
    assert refused(content) == "После распаковки файл слишком велик."


def test_a_billion_laughs(clerk, refused):
    entities = '<!ENTITY a "смех">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    cell = "<worksheet><sheetData><row><c><v>&j;</v></c></row></sheetData></worksheet>"
    page = f"<!DOCTYPE worksheet [{entities}]>{cell}"
    content = rewritten(clerk.saved().getvalue(), SHEET, lambda _: page.encode())
    assert refused(content) == "Файл содержит недопустимые объявления XML."


def test_an_archive_cut_short(clerk, refused):
    content = clerk.saved().getvalue()
    told = "Файл повреждён: он обрывается на середине. Сохраните или скачайте его заново и загрузите снова."
    assert [refused(content[: len(content) // 2]), refused(content[:-30])] == [told, told]


def test_a_broken_sheet(clerk, refused):
    content = rewritten(clerk.saved().getvalue(), SHEET, lambda text: text[: len(text) // 2])
    assert refused(content) == "Файл повреждён: таблица не читается."


def test_a_csv_under_the_name_of_a_workbook(refused):
    assert refused("Показатель;4\nПоступило;10\n".encode()) == (
        "Такой файл не принимается: внутри него простой текст. Подойдёт: XLSX, XLS или ODS."
    )


def test_any_other_workbook(refused):
    assert refused(xlsx([["Показатель", "4"], ["Поступило", 10]])) == (
        "Это не бланк портала: в книге нет служебного листа. Скачайте бланк на странице отчёта."
    )


def test_an_empty_file(refused):
    assert refused(b"") == "Отправленный файл пуст."
