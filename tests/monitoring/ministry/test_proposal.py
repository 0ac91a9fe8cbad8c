import pytest
from openpyxl import Workbook

from apps.core.spreadsheets import ReadSheet
from apps.monitoring.definition import compile_form, load
from apps.monitoring.ministry.numbering import code_of, numbered
from apps.monitoring.ministry.proposal import proposed
from apps.monitoring.ministry.workbook import read_sheets
from tests.core.containers import named
from tests.monitoring.ministry.books import blank_of_library, saved
from tests.monitoring.responses.definitions import LIBRARY
from tests.monitoring.small import SMALL


def found(definition, sheets):
    return {
        address: str(place) for address, place in proposed(compile_form(load(definition)), sheets).items()
    }


def test_codes_and_numbers_under_a_merged_header():
    assert found(LIBRARY, read_sheets(named(blank_of_library(), "ФОНД.xlsx"))) == {
        "1/01/3": "Раздел 1!E9",
        "1/01/4": "Раздел 1!F9",
        "1/01/5": "Раздел 1!G9",
        "1/02/3": "Раздел 1!E10",
        "1/02/4": "Раздел 1!F10",
        "1/02/5": "Раздел 1!G10",
        "1/03/3": "Раздел 1!E11",
        "1/03/4": "Раздел 1!F11",
        "wifi": "Раздел 3!C2",
        "speed": "Раздел 3!C3",
        "comment": "Раздел 3!C4",
    }


def table(rows, columns=("3", "4"), code="1", titles=None):
    """A section with one table of whole numbers."""
    return {
        "code": code,
        "title": f"Раздел {code}",
        "items": [
            {
                "type": "table",
                "value": {"type": "integer"},
                "columns": [{"code": one, "title": f"графа {one}"} for one in columns],
                "rows": [{"code": one, "title": (titles or {}).get(one, f"строка {one}")} for one in rows],
            }
        ],
    }


def form(*sections):
    return {"schema": "imo-form/1", "code": "f", "title": "Форма", "sections": list(sections)}


def test_a_table_goes_on_under_a_repeated_header():
    sheet = ReadSheet(
        "Л",
        [
            ["Показатель", "№", "a", "b"],
            ["1", "2", "3", "4"],
            ["x", 1, None, None],
            [None],
            ["А", "Б", 3, 4],
            ["y", 2],
        ],
    )
    assert found(form(table(["01", "02"])), [sheet]) == {
        "1/01/3": "Л!C3",
        "1/01/4": "Л!D3",
        "1/02/3": "Л!C6",
        "1/02/4": "Л!D6",
    }


def test_tables_with_the_same_codes_are_told_apart_by_their_titles():
    sheet = ReadSheet(
        "Л",
        [
            [1, 2, 3, 4], ["Мальчики", "01"], ["Юноши", "02"],
            [1, 2, 3, 4], ["Классы", "01"], ["Кабинеты", "02"],
        ],
    )  # fmt: skip
    rooms = table(["01", "02"], code="1", titles={"01": "классы", "02": "Кабинеты"})
    boys = table(["01", "02"], code="2", titles={"01": "мальчики", "02": "юноши"})
    places = found(form(rooms, boys), [sheet])
    assert (places["1/01/3"], places["2/01/3"]) == ("Л!C5", "Л!C2")


def test_tables_with_the_same_codes_and_other_titles_follow_their_order():
    sheet = ReadSheet("Л", [[1, 2, 3, 4], ["q", "01"], [1, 2, 3, 4], ["w", "01"]])
    places = found(form(table(["01"], code="1"), table(["01"], code="2")), [sheet])
    assert (places["1/01/3"], places["2/01/3"]) == ("Л!C2", "Л!C4")


def test_nothing_is_guessed_without_numbers_of_columns():
    assert found(form(table(["01"])), [ReadSheet("Л", [["Всего", "01", None]])]) == {}


def test_of_a_form_that_is_not_the_blanks():
    assert found(SMALL, read_sheets(named(blank_of_library(), "ФОНД.xlsx"))) == {
        "1/01/3": "Раздел 1!E9",
        "1/01/4": "Раздел 1!F9",
        "1/01/5": "Раздел 1!G9",
    }


@pytest.mark.parametrize(
    ("line", "columns"),
    [
        (["А", "Б", 1, 2], {"а": 0, "б": 1, "1": 2, "2": 3}),
        (["1", None, "2", "3"], {"1": 0, "2": 2, "3": 3}),
        (["А", 3], {"а": 0, "3": 1}),
        ([1], {}),
        ([1, 3], {}),
        (["Всего", 1, 2], {}),
        ([1, 2, "итого"], {}),
        (["А", "Б"], {}),
        ([], {}),
    ],
)
def test_a_numbered_line(line, columns):
    assert numbered(line) == columns


@pytest.mark.parametrize(
    ("value", "code"),
    [("01", "1"), (1, "1"), ("1.", "1"), ("1.10", "1.10"), ("1,1", "1.1"), (None, ""), ("А", "а")],
)
def test_codes_in_one_spelling(value, code):
    assert code_of(value) == code


def test_a_wide_and_long_blank_is_recognised_soon():
    book = Workbook()
    book.active.append(list(range(1, 13)))
    for number in range(1, 301):
        book.active.append([f"строка {number}", number])
    sheets = read_sheets(named(saved(book), "Б.xlsx"))
    definition = form(table([f"{one:03d}" for one in range(1, 301)], [str(one) for one in range(3, 13)]))
    assert len(found(definition, sheets)) == 3000
