"""An earlier round from a table: checked whole, written whole, put into its place."""

import datetime
import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from apps.core.access import Conflict, Refused
from apps.core.spreadsheets import ReadSheet
from apps.monitoring.actions.rounds import load_round
from apps.monitoring.definition import compile_form, load
from apps.monitoring.imports import letters, read_round
from apps.monitoring.models import Campaign, CellChange, Response
from apps.monitoring.summaries.summary import rounds_of, summary_of
from apps.organizations.models import Organization
from tests.monitoring.small import BOOKS, READERS, SHARE, SMALL, campaign_of

COMPILED = compile_form(load(SMALL))
HEAD = ["Организация", READERS, BOOKS, "speed"]
WORDS = ["", "Читателей", "Книг, тысяч", "Сеть"]


@pytest.fixture
def schools(school_a, school_b):
    Organization.objects.filter(pk=school_b.pk).update(inn="7707083893")
    return list(Organization.objects.order_by("pk"))


def read(rows, schools, head=HEAD):
    return read_round(ReadSheet("Данные", [head, WORDS, *rows]), COMPILED, schools)


def test_table_is_read(schools):
    """By name without regard to case and «ё», or by ИНН; whole numbers come from Excel with a point."""
    loaded = read([["школа  а", 100.0, "50,5", "1"], ["7707083893", None, 30.5, None]], schools)
    assert loaded.faults == []
    assert loaded.values == {
        schools[0].pk: {READERS: "100", BOOKS: "50.5", "speed": "1"},
        schools[1].pk: {BOOKS: "30.5"},
    }


def test_every_fault_has_its_row_and_column(schools):
    loaded = read(
        [
            ["Школа А", "много", "1,25", "9"],
            ["Школа Ы", "1", "1", "1"],
            [],
            ["Школа А", "1", "1", "1"],
        ],
        schools,
        head=[*HEAD, "9/99/9", READERS],
    )
    assert [(one.row, one.column) for one in loaded.faults] == [
        (1, "E"),
        (1, "F"),
        (3, "B"),
        (3, "C"),
        (3, "D"),
        (4, "A"),
        (6, "A"),
    ]
    told = [one.message for one in loaded.faults]
    assert told[0] == "В форме нет ячейки «9/99/9»."
    assert told[1] == "Ячейка «1/01/3» стоит дважды."
    assert told[5] == "Организация «Школа Ы» не найдена."
    assert told[6] == "Организация «Школа А» стоит дважды."


def test_computed_cells_are_passed_over(schools):
    loaded = read([["Школа А", "100", "50", "1", "999"]], schools, head=[*HEAD, SHARE])
    assert (loaded.faults, SHARE in loaded.values[schools[0].pk]) == ([], False)


@pytest.mark.parametrize(
    ("sheet", "row"),
    [(ReadSheet("Пусто", []), 1), (ReadSheet("Без строк", [HEAD, WORDS]), 3)],
)
def test_empty_table(sheet, row, schools):
    loaded = read_round(sheet, COMPILED, schools)
    assert [(one.row, one.column) for one in loaded.faults] == [(row, "A")]


@pytest.mark.parametrize(("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_letters(index, name):
    assert letters(index) == name


def loaded_round(campaign, methodist, school, year, readers):
    return load_round(
        campaign=campaign,
        period_start=datetime.date(year, 9, 1),
        values={school.pk: {READERS: readers, BOOKS: "10"}},
        by=methodist,
    )


def test_round_is_written_as_accepted(collecting, methodist, school_a):
    loaded = loaded_round(collecting, methodist, school_a, 2025, "100")
    response = loaded.responses.get()
    assert (loaded.state, loaded.is_loaded, response.state) == ("closed", True, "accepted")
    assert response.values == {READERS: "100", BOOKS: "10", SHARE: "10"}
    assert {one.source for one in response.changes.all()} == {"loaded"}
    assert summary_of(loaded).values == {READERS: Decimal(100), BOOKS: Decimal(10), SHARE: Decimal(10)}


def test_chain_of_rounds_whatever_the_order_of_loading(small, methodist, school_a):
    present = campaign_of(small, methodist)
    for year in (2024, 2022, 2025, 2023):
        present.refresh_from_db()
        loaded_round(present, methodist, school_a, year, str(year))
    present.refresh_from_db()
    starts = [one.campaign.period_start.year for one in rounds_of(present, limit=10)]
    assert starts == [2025, 2024, 2023, 2022]


def test_round_is_loaded_once_and_only_an_earlier_one(collecting, methodist, school_a):
    loaded_round(collecting, methodist, school_a, 2025, "1")
    for year in (2025, 2026, 2027):
        with pytest.raises(Conflict):
            loaded_round(collecting, methodist, school_a, year, "2")
    assert Campaign.objects.filter(is_loaded=True).count() == 1


def test_round_is_loaded_by_methodists(collecting, director, school_a):
    with pytest.raises(Refused):
        loaded_round(collecting, director, school_a, 2025, "1")


def test_half_a_round_is_never_written(collecting, methodist, school_a, monkeypatch):
    from apps.monitoring.actions import rounds

    def fall(*args):
        raise RuntimeError

    monkeypatch.setattr(rounds, "_insert_into_chain", fall)
    with pytest.raises(RuntimeError):
        loaded_round(collecting, methodist, school_a, 2025, "1")
    assert (Campaign.objects.count(), Response.objects.count(), CellChange.objects.count()) == (1, 0, 0)


def table(*rows) -> SimpleUploadedFile:
    book = Workbook()
    for row in (HEAD, WORDS, *rows):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile("прошлый.xlsx", content.getvalue())


def test_page_lists_all_faults_and_writes_nothing(signed_in, methodist, collecting, school_a):
    client, url = signed_in(methodist), f"/monitoring/campaigns/{collecting.pk}/earlier/"
    posted = {"period_start": "2025-09-01", "file": table(["Школа А", "много"], ["Школа Ы", 1])}

    answer = client.post(url, posted)

    assert answer.status_code == 422
    assert [(one.row, one.column) for one in answer.context["faults"]] == [(3, "B"), (4, "A")]
    assert Campaign.objects.count() == 1


def test_page_loads_the_round(signed_in, methodist, collecting, school_a):
    client, url = signed_in(methodist), f"/monitoring/campaigns/{collecting.pk}/earlier/"
    posted = {"period_start": "2026-03-15", "file": table(["Школа А", 100, 50.5, "1"])}
    assert client.post(url, posted).status_code == 302
    loaded = Campaign.objects.get(is_loaded=True)
    assert loaded.period_start == datetime.date(2025, 9, 1)
    assert loaded.responses.get().values[READERS] == "100"
