"""A response leaves as a workbook and comes back: the same values, changed ones, and what is not taken."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl.utils import get_column_letter

from apps.monitoring.models import CellChange, Response
from apps.monitoring.workbook import WorkbookRefused, difference
from apps.monitoring.workbooks import read_for, workbook_of
from tests.factories import CampaignFactory, ResponseFactory
from tests.monitoring.workbook.conftest import Clerk

pytestmark = pytest.mark.django_db


def changes_of(response, file) -> dict[str, tuple[str, str]]:
    found = difference(read_for(response, file), response.values)
    return {one.address: (one.was, one.became) for one in found.changes}


def test_an_untouched_workbook_changes_nothing(ready, clerk):
    book = read_for(ready, clerk.saved())
    assert book.problems == []
    assert difference(book, ready.values).changes == []
    assert {at: value for at, value in book.values.items() if value} == ready.values


def test_every_kind_of_answer_comes_back(ready, clerk):
    for address, typed in {
        "1/01/4": 12,
        "1/01/5": 3.5,
        "1/02/4": "1 000",
        "2/n1/1": "=1+1 слово",
        "2/n1/2": 40,
        "wifi": "да",
        "speed": "свыше 10 Мбит/с",
        "topics": "b, a",
        "comment": "две\nстроки",
    }.items():
        clerk.at(address).value = typed
    clerk.at("2/n1/1").data_type = "s"
    assert changes_of(ready, clerk.saved()) == {
        "1/01/4": ("10", "12"),
        "1/01/5": ("2.5", "3.5"),
        "1/02/4": ("6", "1000"),
        "2/n1/1": ("", "=1+1 слово"),
        "2/n1/2": ("", "40"),
        "wifi": ("", "1"),
        "speed": ("", "2"),
        "topics": ("", "a,b"),
        "comment": ("", "две\nстроки"),
    }


def test_an_emptied_cell_is_a_change(ready, clerk):
    clerk.at("1/03/4").value = None
    assert changes_of(ready, clerk.saved()) == {"1/03/4": ("4", "")}


def test_what_is_asked_is_locked_and_answers_are_open(clerk):
    sheet = clerk.book.worksheets[0]
    assert sheet.protection.sheet and sheet.column_dimensions["A"].hidden
    assert not clerk.at("1/01/4").protection.locked
    assert clerk.at("1/01/3").protection.locked and clerk.at("1/03/5").protection.locked
    assert (clerk.at("1/03/5").value, clerk.book["Портал"].sheet_state) == ("X", "veryHidden")


def test_computed_cells_and_relations_live_in_it(clerk):
    four, five = clerk.at("1/01/4").coordinate, clerk.at("1/01/5").coordinate
    name = clerk.book.worksheets[0].title
    formula = clerk.at("1/01/3").value
    assert formula == f"=IFERROR(ROUND(SUM('{name}'!{four},'{name}'!{five}),1),\"\")"
    rules = {
        str(area.sqref): rule.formula[0]
        for area, found in clerk.book.worksheets[0].conditional_formatting._cf_rules.items()
        for rule in found
    }
    second, third = clerk.at("1/02/4").coordinate, clerk.at("1/03/4").coordinate
    assert rules[four] == (
        f"AND(COUNT('{name}'!{four},'{name}'!{second},'{name}'!{third})>0,"
        f"NOT(ROUND('{name}'!{four},8)=ROUND(SUM('{name}'!{second},'{name}'!{third}),8)))"
    )
    assert f"ROUND('{name}'!{five},8)<=ROUND(100,8)" in rules[five]


def test_drop_downs_and_limits(clerk):
    sheets = {one.title: one for one in clerk.book.worksheets}
    found = {
        str(rule.sqref): (rule.type, rule.formula1)
        for sheet in sheets.values()
        for rule in sheet.data_validations.dataValidation
    }
    assert found[clerk.at("wifi").coordinate] == ("list", '"да,нет"')
    assert found[clerk.at("speed").coordinate] == ("list", "'Списки'!$A$1:$A$2")
    assert found[clerk.at("1/01/4").coordinate][0] == "whole"


def test_a_typed_text_is_no_formula(ready, url, signed_in, responsible_a):
    ready.values["comment"] = "=HYPERLINK(1)"
    ready.save()
    book = Clerk(signed_in(responsible_a).get(f"{url}template.xlsx").content)
    assert (book.at("comment").value, book.at("comment").data_type) == ("=HYPERLINK(1)", "s")


def test_cells_that_do_not_fit_are_listed_with_their_place(ready, clerk):
    clerk.at("1/02/4").value = "много"
    clerk.at("1/03/4").value = 1.5
    clerk.at("speed").value = "быстро"
    place, fraction, speed = (clerk.at(one) for one in ("1/02/4", "1/03/4", "speed"))
    book = read_for(ready, clerk.saved())
    assert [(one.sheet, one.place, one.told.partition(":")[0]) for one in book.problems] == [
        (place.parent.title, place.coordinate, "Здесь должно быть число, а введено «много»."),
        (fraction.parent.title, fraction.coordinate, "Здесь должно быть целое число, без дробной части."),
        (speed.parent.title, speed.coordinate, "Нет такого кода"),
    ]
    assert "1/02/4" not in book.values and book.values["1/01/4"] == "10"


# --- a workbook edited by hand ---


def test_renamed_sheets_and_moved_columns_are_found(ready, clerk):
    sheet = clerk.book.worksheets[0]
    clerk.at("1/01/4").value = 77
    sheet.title = "Мой лист"
    sheet.insert_cols(1, 2)
    sheet.insert_rows(3, 4)
    book = read_for(ready, clerk.saved())
    assert book.problems == []
    assert difference(book, ready.values).changes[0].became == "77"


def test_swapped_columns_follow_their_numbers(ready, clerk):
    four, five = clerk.at("1/01/4"), clerk.at("1/01/5")
    for row in range(1, four.parent.max_row + 1):
        left, right = four.parent.cell(row, four.column), four.parent.cell(row, five.column)
        if type(left).__name__ == type(right).__name__ == "Cell":
            left.value, right.value = right.value, left.value
    assert changes_of(ready, clerk.saved()) == {}


def test_deleted_markers_of_a_sheet_are_told(ready, clerk):
    sheet = clerk.book.worksheets[0]
    sheet.delete_cols(1)
    book = read_for(ready, clerk.saved())
    assert book.problems[0].sheet == sheet.title
    assert book.problems[0].told == "Нет служебного столбца: ответы этого листа не прочитаны."
    assert [one.told for one in book.problems[1:]] == [
        "Не найдено: строка 01 раздела 1, гр. 4, 5. Значения на портале не изменятся.",
        "Не найдено: строка 02 раздела 1, гр. 4, 5. Значения на портале не изменятся.",
        "Не найдено: строка 03 раздела 1, гр. 4. Значения на портале не изменятся.",
    ]


def test_a_deleted_row_and_a_doubled_one_are_told(ready, clerk):
    row = clerk.at("1/02/4").row
    sheet = clerk.at("1/02/4").parent
    for column in range(1, 8):
        sheet[f"{get_column_letter(column)}{row}"] = sheet[f"{get_column_letter(column)}{row - 1}"].value
    book = read_for(ready, clerk.saved())
    told = [one.told for one in book.problems]
    assert "Не найдено: строка 02 раздела 1, гр. 4, 5. Значения на портале не изменятся." in told
    assert any(one.startswith("Эта ячейка уже была на месте") for one in told)
    assert difference(book, ready.values).changes == []


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda book: book.remove(book["Портал"]), "Это не бланк портала"),
        (lambda book: book["Портал"].__setitem__("A2", "подделка"), "Служебный лист книги изменён"),
    ],
)
def test_a_workbook_without_its_identity_is_refused(ready, clerk, spoil, told):
    spoil(clerk.book)
    with pytest.raises(WorkbookRefused, match=told):
        read_for(ready, clerk.saved())


def test_another_organisations_round_or_version_is_refused(ready, school_b, version, methodist):
    foreign = ResponseFactory(campaign=ready.campaign, organization=school_b)
    later = ResponseFactory(
        campaign=CampaignFactory(version=version, created_by=methodist), organization=ready.organization
    )
    for other, told in ((foreign, "другой организации"), (later, "другого мониторинга")):
        with pytest.raises(WorkbookRefused, match=told):
            read_for(ready, Clerk(workbook_of(Response.objects.get(pk=other.pk))).saved())


# --- on the portal meanwhile ---


def test_what_others_typed_meanwhile_stays(ready, clerk):
    """02 was changed on the portal alone, 03 in both: the first stays, the second is asked about."""
    clerk.at("1/03/4").value = 5
    ready.values |= {"1/02/4": "8", "1/03/4": "6"}
    ready.save()
    found = difference(read_for(ready, clerk.saved()), ready.values)
    assert found.kept == 1
    assert [(one.address, one.was, one.became, one.is_contested) for one in found.changes] == [
        ("1/03/4", "6", "5", True)
    ]


# --- pages ---


def uploaded(client, url, file):
    return client.post(f"{url}workbook/", {"file": file})


def test_from_the_upload_to_the_values(ready, clerk, url, signed_in, responsible_a):
    client = signed_in(responsible_a)
    clerk.at("1/01/4").value = 12
    clerk.at("1/02/4").value = "много"
    answer = uploaded(client, url, clerk.saved())
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert (
        "Поступило (стр. 01)" in page and "Записать 1\u00a0значение" in page and "а введено «много»" in page
    )
    digest = page.partition('name="digest" value="')[2].partition('"')[0]
    assert CellChange.objects.count() == 0
    assert client.post(answer["Location"], {"digest": "x"}).status_code == 409
    assert client.post(answer["Location"], {"digest": digest}).status_code == 302
    ready.refresh_from_db()
    assert (ready.values["1/01/4"], ready.values["1/01/3"], ready.values["1/02/4"]) == ("12", "14.5", "6")
    change = CellChange.objects.get(address="1/01/4")
    assert (change.was, change.became, change.source, change.by) == ("10", "12", "loaded", responsible_a)


def test_a_contested_cell_is_written_only_when_ticked(ready, clerk, url, signed_in, responsible_a):
    client = signed_in(responsible_a)
    clerk.at("1/03/4").value = 5
    Response.objects.filter(pk=ready.pk).update(values=ready.values | {"1/03/4": "6"})
    place = uploaded(client, url, clerk.saved())["Location"]
    digest = client.get(place).content.decode().partition('name="digest" value="')[2].partition('"')[0]
    client.post(place, {"digest": digest})
    assert Response.objects.get(pk=ready.pk).values["1/03/4"] == "6"
    client.post(place, {"digest": digest, "mine": "1/03/4"})
    assert Response.objects.get(pk=ready.pk).values["1/03/4"] == "5"


def test_a_refused_file_is_told_beside_its_field(ready, url, signed_in, responsible_a, clerk):
    clerk.book.remove(clerk.book["Портал"])
    answer = uploaded(signed_in(responsible_a), url, clerk.saved())
    assert answer.status_code == 422 and "Это не бланк портала" in answer.content.decode()


def test_a_table_of_another_kind_is_no_workbook(ready, clerk, url, signed_in, responsible_a):
    """Not even one with the words of the hidden sheet in it."""
    token = clerk.book["Портал"]["A2"].value
    file = SimpleUploadedFile("Бланк.csv", f"imo-workbook/1\n{token}\n1/01/4;10\n".encode())
    answer = uploaded(signed_in(responsible_a), url, file)
    assert answer.status_code == 422 and "Такой файл не принимается" in answer.content.decode()


def test_a_stored_file_is_its_uploaders_alone(ready, clerk, url, signed_in, responsible_a, responsible_b):
    place = uploaded(signed_in(responsible_a), url, clerk.saved())["Location"]
    assert signed_in(responsible_b).get(place).status_code == 404


def test_a_sent_response_takes_no_workbook(ready, clerk, url, signed_in, responsible_a, methodist):
    ready.state = "submitted"
    ready.submitted_at = ready.campaign.started_at
    ready.save()
    assert uploaded(signed_in(responsible_a), url, clerk.saved()).status_code == 403
    assert signed_in(methodist).get(f"{url}template.xlsx").status_code == 200
