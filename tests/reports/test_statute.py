"""The map of the statute: every clause, figures worked out by hand, the list behind each of them."""

import datetime
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.core.clauses import all_clauses
from apps.core.registry import Indicator, LinkedWork, Registry, Scope, indicators
from apps.core.school_year import SchoolYear
from apps.reports import statute
from apps.reports.enums import ClauseState
from apps.reports.figures import behind, figure_of, named, printed, year_scope
from apps.reports.statute import clause_row, statute_map, years_to_choose
from tests.factories import CampaignFactory, OrganizationFactory, form_version
from tests.monitoring.responses.definitions import LIBRARY

pytestmark = pytest.mark.django_db
D = datetime.date


def moment(year: int, month: int, day: int) -> datetime.datetime:
    return datetime.datetime(year, month, day, 3, tzinfo=datetime.UTC)


def version_of(clause: str, by):
    """A published version of a form that serves the clause."""
    version = form_version(LIBRARY, by)
    version.form.clause = clause
    version.form.save()
    return version


def row_of(user, code: str, year: SchoolYear):
    return next(row for section in statute_map(user, year) for row in section.rows if row.clause.code == code)


# --- the clauses ---


def test_every_clause_and_bullet_has_its_row(head):
    """65 rows: six of chapter 1, two of 2, 37 bullets of 3, and 20 of chapters 4–10."""
    codes = [row.clause.code for section in statute_map(head, SchoolYear.current()) for row in section.rows]
    bullets = {"3.1": 11, "3.2": 8, "3.3": 9, "3.4": 4, "3.5": 6}
    expected = ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2.1", "2.2"]
    expected += [f"{part}.{number}" for part, last in bullets.items() for number in range(1, last + 1)]
    expected += ["4.1", "4.2", "5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "6.1", "6.2", "6.3", "6.4", "6.5"]
    expected += ["7.1", "8.1", "9.1", "10.1", "10.2", "10.3"]
    assert codes == expected


def test_every_indicator_belongs_to_a_clause_that_is_there():
    codes = {clause.code for clause in all_clauses()}
    assert {one.clause for one in indicators.values()} - {""} <= codes


# --- figures ---


def test_a_figure_counts_the_rows_of_its_list(head):
    OrganizationFactory.create_batch(2, head_name="")
    OrganizationFactory(head_name="Лесная Анна Петровна")
    OrganizationFactory(head_name="Горный Пётр Ильич", closed_on=D(2026, 1, 1))
    active = indicators["organizations-active"]
    assert active.value(head, Scope(D(2026, 9, 1), D(2026, 11, 23))) == 3
    assert active.value(head, Scope(D(2025, 9, 1), D(2025, 12, 31))) == 4
    with_head = indicators["organizations-with-head"]
    assert with_head.value(head, Scope(D(2026, 9, 1), D(2026, 11, 23))) == 1


def test_every_figure_opens_into_a_list_of_names(head, signed_in):
    client = signed_in(head)
    for key, one in indicators.items():
        scope = year_scope(SchoolYear.current())
        assert all(named(row).title for row in behind(one, head, scope)), key
        if one.clause:
            assert client.get(reverse("reports:figure-detail", args=[key])).status_code == 200


def test_campaigns_of_a_clause_are_those_of_the_year(head, methodist):
    """Three campaigns by a form of 3.1.5: two of 2025/2026 (its first and last day), one of the day after."""
    version = version_of("3.1.5", methodist)
    for started in (moment(2025, 8, 31), moment(2026, 8, 30), moment(2026, 8, 31)):
        CampaignFactory(version=version, created_by=methodist, started_at=started)
    row = row_of(head, "3.1.5", SchoolYear(2025))
    # The portal's clock is eleven hours ahead: 3:00 UTC is 14:00 of the same day in Magadan.
    assert [(one.title, one.value) for one in row.figures[:3]] == [
        ("Начато мониторингов", 2),
        ("Последний мониторинг: опрошено организаций", 0),
        ("Последний мониторинг: ответили", 0),
    ]
    assert [work.kind for work in row.linked] == ["мониторинг", "мониторинг"]
    assert row.state == ClauseState.INSIDE


def test_the_year_before_stands_beside_it(head):
    OrganizationFactory(opened_on=D(2026, 10, 1))
    OrganizationFactory(opened_on=None)
    row = clause_row(head, statute.all_clauses()[0], SchoolYear(2026))
    assert next((one.value, one.before) for one in row.figures) == (2, 1)


def test_a_clause_without_figures_is_marked(head, monkeypatch):
    linked = LinkedWork("1.4", "Перечень актов", "/plans/1/", "мероприятие плана")
    monkeypatch.setattr(statute, "clause_work", {"x": type("X", (), {"linked": lambda *_: [linked]})()})
    row = row_of(head, "1.4", SchoolYear.current())
    assert (row.state, row.linked, row.figures) == (ClauseState.OUTSIDE, (linked,), ())


def test_the_map_knows_only_what_is_registered(head, monkeypatch):
    own: Registry = Registry("figures of the test")
    own.register(Indicator("x", "Дел", "1.4", rows=lambda user, scope: ["а", "б"]))
    monkeypatch.setattr(statute, "indicators", own)
    row = row_of(head, "1.4", SchoolYear.current())
    assert [(one.title, one.text) for one in row.figures] == [("Дел", "2")]


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "text"),
    [
        (None, "", 0, "—"),
        (0, "", 0, "0"),
        (1234, "чел.", 0, "1\u00a0234\u00a0чел."),
        (Decimal("94.44"), "%", 1, "94,4\u00a0%"),
    ],
)
def test_numbers_are_printed_the_russian_way(value, unit, decimals, text):
    one = Indicator("x", "Дел", rows=lambda *_: [], unit=unit, decimals=decimals)
    assert printed(value, one).replace("\u202f", "\u00a0") == text


def test_an_indicator_counts_something():
    with pytest.raises(ValueError, match="counts nothing"):
        Indicator("x", "Дел", "1.4")


def test_what_figures_share_is_asked_once():
    scope, asked = Scope(D(2026, 9, 1), D(2026, 9, 2)), []
    assert [scope.once("x", lambda: asked.append(1) or 7) for _ in range(3)] == [7, 7, 7]
    assert asked == [1]


def test_one_figure_without_comparison():
    one = Indicator("x", "Дел", rows=lambda *_: ["а"])
    assert figure_of(one, None, Scope(D(2026, 9, 1), D(2026, 9, 2))).text_before == "—"


# --- pages ---


def test_years_to_choose(freezer_day):
    assert [one.start for one in years_to_choose()] == [2026, 2025, 2024, 2023]


@pytest.fixture
def freezer_day(monkeypatch):
    """The first day of a school year in Magadan."""
    monkeypatch.setattr("apps.core.school_year.magadan_today", lambda: D(2026, 9, 1))


def test_page_of_the_map(head, signed_in):
    OrganizationFactory(head_name="")
    page = signed_in(head).get(reverse("reports:statute-map")).content.decode()
    assert re.search(r"Организаций, с которыми работает ИМО: <a [^>]+><strong>1</strong>", page)
    assert "из 65\u00a0пунктов" in page


def test_map_asks_the_same_number_of_queries_however_much_there_is(head, methodist, signed_in):
    client, version = signed_in(head), version_of("3.1.5", methodist)

    def asked() -> int:
        client.get(reverse("reports:statute-map"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("reports:statute-map"))
        return len(queries)

    def grow(times: int) -> None:
        for _ in range(times):
            CampaignFactory(version=version, created_by=methodist, started_at=moment(2026, 10, 1))
            OrganizationFactory()

    grow(1)
    few = asked()
    grow(20)
    assert asked() == few


def test_list_behind_a_figure_leaves_as_a_table(head, signed_in):
    OrganizationFactory(short_name="Школа № 5")
    url = reverse("reports:figure-detail", args=["organizations-active"])
    answer = signed_in(head).get(url, {"format": "xlsx"})
    assert answer.status_code == 200 and b"".join(answer.streaming_content).startswith(b"PK")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert "Школа № 5" in signed_in(head).get(url).content.decode()


def test_unknown_addresses_are_404(head, signed_in):
    client = signed_in(head)
    for name, word in (("clause-detail", "9.9"), ("figure-detail", "nope")):
        assert client.get(reverse(f"reports:{name}", args=[word])).status_code == 404


def test_the_paper_has_every_clause_and_both_years(head):
    from apps.papers.reports.blocks import DataTable
    from apps.reports.printing import statute_report
    from tests.papers.conftest import make_department

    make_department()
    OrganizationFactory(head_name="")
    year = SchoolYear(2026)
    report = statute_report(statute_map(head, year, with_year_before=True), year)
    tables = [block for block in report.blocks if isinstance(block, DataTable)]
    lines = [[cell.value for cell in row.cells] for table in tables for row in table.rows]
    assert report.title.endswith("за 2026/2027 учебный год")
    assert sum(1 for line in lines if re.match(r"\d+\.\d+(\.\d+)?\. ", line[0])) == 65
    assert ["Организаций, с которыми работает ИМО", "1", "1"] in lines
    assert any(line[0].startswith("1.4. ") and line[0].endswith("(вне портала)") for line in lines)
