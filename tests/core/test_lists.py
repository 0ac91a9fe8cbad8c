from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django_filters import DateFilter, FilterSet
from python_calamine import CalamineWorkbook

from apps.core.columns import Column, Kind
from apps.core.lists import ListPage
from apps.core.models import JournalRecord
from apps.core.pagination import changed
from apps.organizations.models import Organization
from tests.factories import OrganizationFactory


class OrganizationFilter(FilterSet):
    since = DateFilter(field_name="opened_on", lookup_expr="gte", label="С даты")

    class Meta:
        model = Organization
        fields = ["kind"]


class SampleList(ListPage):
    title = "Организации"
    lead = "Все организации."
    queryset = Organization.objects
    filterset_class = OrganizationFilter
    search = ("short_name", "full_name")
    order = "name"
    forms = "организация,организации,организаций"
    empty_title = "Организаций пока нет"
    columns = (
        Column("name", "Название", value="short_name", sort="short_name"),
        Column("kind", "Вид", value="get_kind_display", sort="kind"),
        Column("id", "Номер", value="pk", kind=Kind.NUMBER, sort="pk", on_page=False),
    )


@pytest.fixture
def look(rf, methodist):
    """The answer to a request for the sample list by the methodist."""

    def ask(query: str = "", user=methodist, page=SampleList):
        request = rf.get(f"/list/?{query}")
        request.user = user
        return page.as_view()(request)

    return ask


def names(response) -> list[str]:
    return [row[0][1] for row in response.context_data["rows"]]


def table_of(response) -> list[list]:
    content = BytesIO(b"".join(response))
    response.file_to_stream.close()
    return CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python()


@pytest.fixture
def three(db):
    for name in ("Школа № 10", "Ёлочка", "Школа № 2"):
        OrganizationFactory(short_name=name, full_name=f"Учреждение {name}")


def test_the_list_in_its_own_order(look, three):
    assert names(look()) == ["Ёлочка", "Школа № 2", "Школа № 10"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=елочка", ["Ёлочка"]),
        ("q=ЁЛОЧКА", ["Ёлочка"]),
        ("q=школа+10", ["Школа № 10"]),
        ("q=%25", []),
        ("q=_", []),
        ("q=%00школа", ["Школа № 2", "Школа № 10"]),
        ("q=" + "я" * 100_000, []),
        ("q=", ["Ёлочка", "Школа № 2", "Школа № 10"]),
    ],
)
def test_search(look, three, query, found):
    assert names(look(query)) == found


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("-name", ["Школа № 10", "Школа № 2", "Ёлочка"]),
        ("id", ["Школа № 10", "Ёлочка", "Школа № 2"]),
        ("password", ["Ёлочка", "Школа № 2", "Школа № 10"]),
        ("--name", ["Ёлочка", "Школа № 2", "Школа № 10"]),
        ("name;drop", ["Ёлочка", "Школа № 2", "Школа № 10"]),
    ],
)
def test_sorting_by_known_columns_only(look, three, sort, found):
    assert names(look(f"sort={sort}")) == found


def test_the_heading_says_how_it_is_sorted_and_turns_it_round(look, three):
    head = look("q=школа&page=1").context_data["heads"][0]

    assert head["sorted"] == "ascending"
    assert head["url"] == "?q=%D1%88%D0%BA%D0%BE%D0%BB%D0%B0&sort=-name"


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "9" * 5000, "1.5", "%00"])
def test_a_page_that_is_not_there(look, three, page):
    assert look(f"page={page}").status_code == 200


@pytest.mark.parametrize(("size", "shown"), [("50", 30), ("25", 25), ("7", 25), ("1000000", 25), ("x", 25)])
def test_the_size_is_one_of_the_offered(look, db, size, shown):
    for _ in range(30):
        OrganizationFactory()

    assert len(names(look(f"size={size}"))) == shown


def test_links_to_pages_keep_the_search(look, db):
    for _ in range(30):
        OrganizationFactory()

    pages = look("q=школа&sort=name").context_data["pages"]

    assert (pages.first, pages.last, pages.total) == (1, 25, 30)
    assert pages.previous_url == ""
    assert pages.next_url == "?q=%D1%88%D0%BA%D0%BE%D0%BB%D0%B0&sort=name&page=2"
    assert [(link.text, link.is_current) for link in pages.links()] == [("1", True), ("2", False)]


def test_a_filter(look, three):
    OrganizationFactory(short_name="Сад", kind="kindergarten")

    assert names(look("kind=kindergarten")) == ["Сад"]


@pytest.mark.parametrize("query", ["since=31.02.2026", "kind=nothing", "since=" + "9" * 40, "kind=%00"])
def test_a_filter_nobody_understands_is_told_and_shows_nothing(look, three, query):
    response = look(query)

    assert response.status_code == 422
    assert names(response) == []
    assert response.context_data["filter_form"].errors


def test_the_page_itself(look, three):
    text = look("q=школа").render().content.decode()

    assert "<h1>Организации</h1>" in text
    assert "Найдено: <strong>2\u00a0организации</strong>" in text
    assert 'aria-sort="ascending"' in text
    assert 'href="?q=%D1%88%D0%BA%D0%BE%D0%BB%D0%B0&amp;format=xlsx"' in text


def test_an_empty_list_says_so(look, db):
    Organization.objects.all().delete()

    assert "Организаций пока нет" in look().render().content.decode()
    assert "Ничего не найдено" in look("q=школа").render().content.decode()


def test_xlsx_has_all_the_filtered_rows_and_leaves_a_trace(look, db):
    for number in range(30):
        OrganizationFactory(short_name=f"Школа № {number + 1}")
    OrganizationFactory(short_name="=1+1")

    response = look("q=школа&format=xlsx&page=2")

    rows = table_of(response)
    assert rows[0] == ["Название", "Вид", "Номер"]
    assert [row[0] for row in rows[1:3]] == ["Школа № 1", "Школа № 2"]
    assert len(rows) == 31
    record = JournalRecord.objects.get()
    assert (record.verb, record.subject_title) == ("exported", "Организации")


def test_only_what_is_visible(look, responsible_a, school_a, school_b):
    assert names(look(user=responsible_a)) == ["Школа А"]
    exported = look("format=xlsx", user=responsible_a)
    rows = table_of(exported)
    assert [row[0] for row in rows[1:]] == ["Школа А"]


def test_a_list_not_for_every_role(look, db):
    class Closed(SampleList):
        def is_allowed(self) -> bool:
            return False

    for query in ("", "format=xlsx"):
        with pytest.raises(PermissionDenied):
            look(query, page=Closed)


@pytest.mark.parametrize("count", [1, 3, 24])
def test_a_fixed_number_of_queries(look, methodist, django_assert_num_queries, count):
    for _ in range(count):
        OrganizationFactory()
    assert methodist.roles == {"methodist"}

    with django_assert_num_queries(2):  # how many, and the page
        assert len(names(look())) == count


def test_changed_addresses():
    query = QueryDict("q=a&page=3&kind=x&kind=y")

    assert changed(query, page=None) == "?q=a&kind=x&kind=y"
    assert changed(query, page=4, q=None) == "?page=4&kind=x&kind=y"
    assert changed(QueryDict("page=1"), page=None) == "?"
