"""Bad workbooks: every fault at once with its sheet and row, or one sentence and nothing opened."""

import pytest

from apps.core.spreadsheets import SpreadsheetRefused
from tests.core.containers import archive, with_entry
from tests.core.oldexcel import xls
from tests.monitoring.xlsform.books import YES_NO, book, q, read, read_bytes, told


@pytest.mark.parametrize(
    ("rows", "choices", "places"),
    [
        ([q("wizard", "a"), q("intger", "b")], (), [("survey", 2, "type"), ("survey", 3, "type")]),
        ([q("text", "a"), q("text", "a"), q("text", "a")], (), [("survey", 3, "name"), ("survey", 4, "name")]),  # noqa: E501
        ([q("select_one x", "a"), q("select_multiple z", "b")], (), [("survey", 2, "type"), ("survey", 3, "type")]),  # noqa: E501
        ([q("begin_group", "g"), q("text", "a")], (), [("survey", 2, "type")]),
        ([q("text", "a"), q("end_group", "")], (), [("survey", 3, "type")]),
        ([q("begin_group", "g"), q("text", "a"), q("end_repeat", "")], (), [("survey", 4, "type")]),
        ([q("text", "1a")], (), [("survey", 2, "name")]),
        ([{"type": "text", "label": "Без имени"}], (), [("survey", 2, "name")]),
        ([{"name": "a", "label": "Без типа"}], (), [("survey", 2, "type")]),
        ([q("select_one yn", "a")], [*YES_NO, ("yn", "no", "Ещё"), ("yn", "yes", "Ещё")],
         [("choices", 4, "name"), ("choices", 5, "name")]),
        ([q("select_one yn", "a")], [*YES_NO, ("yn", "", "Без кода"), ("", "x", "Без списка")],
         [("choices", 4, "name"), ("choices", 5, "list_name")]),
        ([q("select_one n", "a")], [("n", "1", "А"), ("n", "01", "Б")], [("choices", 3, "name")]),
        ([q("calculate", "a", calculation="${b}"), q("calculate", "b", calculation="${a} + 1")], (),
         [("survey", 2, ""), ("survey", 3, "")]),
        ([q("text", "a", relevant="${a} = 'x'")], (), [("survey", 2, "")]),
        ([q("begin_group", "g", relevant="${a} = 'x'"), q("text", "a"), q("end_group", "")], (),
         [("survey", 2, ""), ("survey", 3, "")]),
        ([], (), [("survey", 0, "")]),
        ([q("start", "start")], (), [("survey", 0, "")]),
    ],
)  # fmt: skip
def test_every_fault_at_once(rows, choices, places):
    form = read(rows, choices)
    assert form.definition is None
    assert told(form.errors) == places


def test_long_circle_is_found_without_recursion():
    rows = [q("calculate", f"c{n}", calculation=f"${{c{(n + 1) % 900}}} + 1") for n in range(900)]
    assert len(read(rows).errors) == 900


def test_deep_groups():
    rows = [q("begin_group", f"g{n}") for n in range(12)] + [q("text", "a")] + [q("end_group", "")] * 12
    assert told(read(rows).errors) == [("survey", 12, "type"), ("survey", 13, "type")]


def test_no_survey():
    assert str(read_bytes(book([])).errors[0]) == "лист survey: На листе нет ни одного вопроса."


BOMB = {
    "[Content_Types].xml": "<T/>",
    "xl/workbook.xml": "<w/>",
    "xl/worksheets/s.xml": b"\0" * 40_000_000,
}
ENTITIES = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'


# Made when the test runs: the large ones take seconds, and every process of the tests reads this module.
@pytest.mark.parametrize(
    ("made", "words"),
    [
        (lambda: b"", "пуст"),
        (lambda: b"just a text", "не принимается"),
        (lambda: book([q("text", "a")])[:300], "обрывается на середине"),
        (lambda: with_entry(book([q("text", "a")]), "xl/vbaProject.bin", b"x"), "макросы"),
        (lambda: with_entry(book([q("text", "a")]), "xl/x.xml", ENTITIES), "объявления XML"),
        (lambda: archive(BOMB), "слишком велик"),
        (lambda: b"PK\x03\x04" + b"\0" * (50 * 1024 * 1024), "больше 10 МБ"),
        (lambda: book([("text", f"a{n}", "b") for n in range(100_000)]), "больше 5"),
    ],
    ids=["empty", "text", "cut", "macros", "entities", "bomb", "50 MB", "100,000 rows"],
)
def test_refused(made, words):
    with pytest.raises(SpreadsheetRefused) as refused:
        read_bytes(made(), "a.xlsx")
    assert words in refused.value.told


def test_password():
    from tests.core.test_uploads import ole

    with pytest.raises(SpreadsheetRefused, match="паролем"):
        read_bytes(ole("EncryptedPackage"), "a.xlsx")


def test_old_excel_is_opened():
    form = read_bytes(xls("type", 1), "a.xls")
    assert [str(one) for one in form.errors] == ["В книге нет листа survey: это не XLSForm."]
