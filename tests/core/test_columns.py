import datetime
from decimal import Decimal
from types import SimpleNamespace as Row

import pytest
from django.db.models import TextChoices
from django.utils import timezone

from apps.core.columns import Column, Kind, russian_order, sheet
from apps.core.tones import Tone
from apps.organizations.models import Organization
from tests.factories import OrganizationFactory


class Step(TextChoices):
    OPEN = "open", "Открыто"
    DONE = "done", "Снято"

    @property
    def tone(self) -> Tone:
        return Tone.SUCCESS if self is Step.DONE else Tone.WARNING


MOMENT = datetime.datetime(2026, 11, 22, 3, 5, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("kind", "value", "html"),
    [
        (Kind.TEXT, "Школа", "Школа"),
        (Kind.TEXT, None, "—"),
        (Kind.TEXT, "", "—"),
        (Kind.TEXT, "<b>", "&lt;b&gt;"),
        (Kind.NUMBER, Decimal("1234.50"), "1\u00a0234,5"),
        (Kind.NUMBER, None, "—"),
        (Kind.PERCENT, Decimal("94.44"), "94,4\u00a0%"),
        (Kind.DATE, datetime.date(2026, 11, 22), "22.11.2026"),
        (Kind.DATETIME, MOMENT, "22.11.2026\u00a014:05"),
        (Kind.BOOLEAN, True, "да"),
        (Kind.BOOLEAN, False, "нет"),
        (Kind.BOOLEAN, None, "—"),
        (Kind.STATE, Step.DONE, '<span class="state tone-success">Снято</span>'),
        (Kind.STATE, None, "—"),
    ],
)
def test_a_cell_of_a_page(kind, value, html):
    assert Column("value", "Значение", kind=kind).html(Row(value=value)) == html


def test_a_path_stops_at_the_first_gap():
    column = Column("head", "Руководитель", value="school.head.name")

    assert column.raw(Row(school=Row(head=Row(name="Петров")))) == "Петров"
    assert column.raw(Row(school=Row(head=None))) is None


def test_a_path_calls_methods_and_looks_into_dictionaries():
    column = Column("kind", "Вид", value="data.title")

    assert column.raw(Row(data={"title": lambda: "школа"})) == "школа"


def test_a_misspelled_path_is_a_fault():
    with pytest.raises(AttributeError):
        Column("naem", "Название").raw(Row(name="Школа"))


def test_a_link_escapes_what_was_typed():
    column = Column("name", "Название", url=lambda row: '/a/?b="c"&d')

    assert column.html(Row(name="«А» & Б")) == '<a href="/a/?b=&quot;c&quot;&amp;d">«А» &amp; Б</a>'


def test_no_address_no_link():
    assert Column("name", "Название", url=lambda row: None).html(Row(name="А")) == "А"


def test_an_export_keeps_the_type():
    assert Column("n", "Число", kind=Kind.NUMBER).plain(Row(n=Decimal("1.5"))) == Decimal("1.5")
    assert Column("s", "Состояние", kind=Kind.STATE).plain(Row(s=Step.OPEN)) == "Открыто"
    assert Column("m", "Когда", kind=Kind.DATETIME).plain(Row(m=MOMENT)) == MOMENT
    assert Column("o", "Предмет").plain(Row(o=Row(a=1))) == "namespace(a=1)"


def test_a_sheet_has_the_columns_that_are_exported():
    columns = [Column("a", "А"), Column("b", "Б", in_export=False), Column("c", "В", kind=Kind.NUMBER)]

    made = sheet("Лист", columns, [Row(a="=1+1", b="тайна", c=3)])

    assert made.columns == ["А", "В"]
    assert [list(row) for row in made.rows] == [["=1+1", 3]]


def test_words_sort_as_in_a_dictionary_and_numbers_by_size(db):
    for name in ("Школа № 10", "Ёлочка", "Школа № 2", "детский сад № 1", "Журавлик", "Школа № 100"):
        OrganizationFactory(short_name=name)

    names = Organization.objects.order_by(russian_order("short_name")).values_list("short_name", flat=True)

    assert list(names) == [
        "детский сад № 1",
        "Ёлочка",
        "Журавлик",
        "Школа № 2",
        "Школа № 10",
        "Школа № 100",
    ]


def test_rows_without_a_value_come_last_both_ways(db):
    column = Column("closed", "Закрыта", kind=Kind.DATETIME, sort="updated")
    first, second = column.ordering(), column.ordering(descending=True)

    assert (first[0].nulls_last, first[0].descending) == (True, False)
    assert (second[0].nulls_last, second[0].descending) == (True, True)


def test_a_moment_is_shown_by_the_clock_of_magadan():
    with timezone.override("UTC"):
        assert Column("m", "Когда", kind=Kind.DATETIME).html(Row(m=MOMENT)) == "22.11.2026\u00a014:05"
