"""Every table that leaves the portal: who gets it, what stays text in it, whose rows are not in it."""

import csv
import io

import pytest
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat
from openpyxl import load_workbook

from apps.accounts.models import User
from apps.core.exports import FORMULA_SIGNS, XLSX_TYPE
from apps.monitoring.models import Campaign, DataElement, Form
from apps.office.models import Employee, ExperienceNorm, LocalAct, Position
from apps.organizations.models import Organization
from apps.papers.models import Paper
from apps.planning.models import Programme
from apps.questionnaires.models import Direction, Questionnaire
from tests.walk.conftest import signed_in_as
from tests.walk.pages import PAGES, USERS
from tests.walk.parts import list_pages
from tests.walk.test_addresses import address_of

pytestmark = pytest.mark.django_db
BY_NAME = {page.name: page for page in PAGES}
# Not a class of its own: the organisation's list stands behind the first page of the monitoring.
LISTS = [*list_pages(), "monitoring:home"]
# Tables with an address of their own.
FILES = {"monitoring:campaign-export": "xlsx", "monitoring:campaign-export-csv": "csv"}
# Lists without a column that `formulas` writes to.
UNTYPED: set[str] = {"notices:delivery-list", "office:edition-list", "planning:plan-list"}
FOREIGN = {"own": "Чужая-Б", "other": "Чужая-А"}


@pytest.fixture
def formulas(world):
    """What people typed begins as a formula does; the names of the schools tell them apart."""
    mark = transaction.savepoint()
    for school, name in ((world.school_a, "=1+1 Чужая-А"), (world.school_b, "+1 Чужая-Б")):
        Organization.objects.filter(pk=school.pk).update(
            short_name=name, full_name=f"@{name}", head_name="-2+3", address="=cmd()"
        )
    Campaign.objects.update(title='=HYPERLINK("http://evil.example")')
    Form.objects.update(title="@SUM(A1)")
    DataElement.objects.update(title="=1+1")
    User.objects.update(last_name="-Иванова", first_name="+Анна")
    Employee.objects.update(last_name="-Лугова")
    LocalAct.objects.update(title="@Правила")
    ExperienceNorm.objects.update(basis="=1+1")
    Position.objects.update(title=Concat(Value("="), "title"))
    Programme.objects.update(title=Concat(Value("="), "title"))
    Questionnaire.objects.update(title="=1+1")
    Direction.objects.update(title="=1+1")
    Paper.objects.update(title="=1+1", signatory_name="+1")
    yield
    transaction.savepoint_rollback(mark)


def fetched(client, url: str):
    """The answer and its content; the file of an export is closed."""
    response = client.get(url)
    content = response.getvalue() if response.streaming else response.content
    for close in response._resource_closers:
        close()
    return response, content


def cells_of(content: bytes) -> list:
    book = load_workbook(io.BytesIO(content))
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_every_list_is_known_to_the_walk():
    assert set(list_pages()) <= set(BY_NAME)


@pytest.mark.parametrize("name", LISTS)
def test_list_as_xlsx(name, world, sessions, formulas):
    """A role gets the workbook where it gets the page, and the same refusal elsewhere."""
    page = BY_NAME[name]
    url = address_of(world, page)
    expected = dict(zip(USERS, map(int, page.get.split()), strict=True))
    redirected = name == "monitoring:home"
    signs = 0
    for word in ("own", "other") if redirected else USERS:
        response, content = fetched(signed_in_as(sessions, word), f"{url}?format=xlsx")
        assert response.status_code == expected[word], word
        if response.status_code != 200:
            continue
        assert response["Content-Type"] == XLSX_TYPE
        assert "private" in response["Cache-Control"]
        cells = cells_of(content)
        assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
        texts = [cell.value for cell in cells if cell.data_type == "s"]
        signs += sum(text.startswith(FORMULA_SIGNS) for text in texts)
        if word in FOREIGN:
            assert not any(FOREIGN[word] in text for text in texts)
    assert signs or name in UNTYPED, "nothing in the table could have been a formula"


@pytest.mark.parametrize("name", LISTS)
def test_list_knows_no_other_format(name, world, sessions):
    """Lists leave as XLSX; any other word in the address shows the page."""
    url = address_of(world, BY_NAME[name])
    response, _ = fetched(signed_in_as(sessions, "head"), f"{url}?format=csv")
    assert (response.status_code, response["Content-Type"]) == (200, "text/html; charset=utf-8")


@pytest.mark.parametrize("name", FILES)
def test_table_of_a_campaign(name, world, sessions, formulas):
    url = address_of(world, BY_NAME[name])
    response, content = fetched(signed_in_as(sessions, "methodist"), url)
    assert response.status_code == 200
    if FILES[name] == "xlsx":
        cells = cells_of(content)
        assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
        assert any("=1+1 Чужая-А" in str(cell.value) for cell in cells)
        return
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    cells = [cell for row in rows for cell in row]
    assert "'=1+1 Чужая-А" in cells
    assert [cell for cell in cells if cell.startswith(FORMULA_SIGNS) and not is_number(cell)] == []


def is_number(cell: str) -> bool:
    return cell.removeprefix("-").replace(",", "").isdigit()
