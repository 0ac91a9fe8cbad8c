"""Orders, the acquaintance sheet and the staffing table in print."""

import datetime
import io
from decimal import Decimal

import pypdfium2
import pytest
from docx import Document
from openpyxl import load_workbook

from apps.office import actions
from apps.office.printing.documents import acquaintance_pdf, order_docx, order_pdf, staffing_pdf
from tests.office.fetching import fetched

pytestmark = pytest.mark.django_db
D = datetime.date


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    return " ".join(text.split())


@pytest.fixture
def order(office, head):
    return actions.draft_order(
        by=head, kind="leave", employee=office.second, starts_on=D(2026, 7, 1), ends_on=D(2026, 7, 28)
    )


def test_a_draft_is_marked_and_has_room_for_the_number(order):
    text = text_of(order_pdf(order))
    assert text.startswith("ПРОЕКТ Департамент образования мэрии города Примерска ПРИКАЗ")
    assert "№ ________" in text and "г. Примерск" in text


def test_a_recorded_order_bears_the_number_and_the_director(order, head, director):
    done = actions.record_order(by=head, order=order, number="21-к", date=D(2026, 5, 20))
    text = text_of(order_pdf(done))
    assert "ПРОЕКТ" not in text
    assert "20 мая 2026 г. г. Примерск № 21-к" in text
    assert "О предоставлении отпуска" in text and "ПРИКАЗЫВАЮ:" in text
    assert "1. Предоставить" in text and "Михаилу Олеговичу отпуск с 1 июля 2026 г. по 28 июля" in text
    assert "2. Контроль за исполнением приказа оставляю за собой." in text
    assert "Руководитель департамента образования" in text
    assert f"А. И. {director.last_name}" in text


def test_the_docx_says_the_same(order):
    document = Document(io.BytesIO(order_docx(order)))
    lines = [one.text for one in document.paragraphs]
    assert lines[0] == "ПРОЕКТ" and lines[2] == "ПРИКАЗ"
    assert any(line.startswith("1. Предоставить") for line in lines)
    assert document.core_properties.author == "Департамент образования мэрии города Примерска"


def test_the_sheet_names_whoever_is_to_read(order, office, head):
    actions.add_to_sheet(by=head, order=order, employees=[office.first])
    text = text_of(acquaintance_pdf(order))
    assert "ЛИСТ ОЗНАКОМЛЕНИЯ" in text and office.first.full_name in text and "Методист" in text


def test_the_staffing_table_in_the_shape_of_t3(office):
    content = staffing_pdf(office.edition)
    text = text_of(content)
    for words in (
        "Т-3",
        "УТВЕРЖДЕНО приказом департамента образования мэрии города Примерска от 01.01.2020 № 5",
        "ШТАТНОЕ РАСПИСАНИЕ",
        "Штат в количестве 4 единиц",
        "Итого 4",
        "Главный бухгалтер",
    ):
        assert words in text
    width, height = pypdfium2.PdfDocument(content)[0].get_size()
    assert width > height


@pytest.mark.parametrize(("kept", "shown"), [(False, False), (True, True)])
def test_money_is_printed_only_where_switched_on(kept, shown, office, head, settings, signed_in):
    settings.PORTAL_SALARIES = True
    draft = actions.create_edition(by=head, in_force_from=D(2026, 9, 1))
    actions.save_line(
        by=head, edition=draft, position=office.methodist_post, units=Decimal("1.5"),
        salary=Decimal(30000), district_allowance=Decimal(21000),
    )  # fmt: skip
    settings.PORTAL_SALARIES = kept
    assert ("76 500,00" in text_of(staffing_pdf(draft))) is shown
    _, content = fetched(signed_in(head), f"/office/staffing/{draft.pk}/export.xlsx")
    book = load_workbook(io.BytesIO(content))
    cells = [cell.value for row in book.active.iter_rows() for cell in row]
    assert (76500 in cells) is shown
    page = signed_in(head).get(f"/office/staffing/{draft.pk}/").content.decode()
    assert ("76\u00a0500,00" in page) is shown


def test_money_is_for_the_heads_alone(office, head, methodist, settings, signed_in):
    settings.PORTAL_SALARIES = True
    draft = actions.create_edition(by=head, in_force_from=D(2026, 9, 1))
    actions.save_line(
        by=head, edition=draft, position=office.methodist_post, units=Decimal(1), salary=Decimal(31234)
    )
    client = signed_in(methodist)
    assert "31\u00a0234" not in client.get(f"/office/staffing/{draft.pk}/").content.decode()
    for name in ("print.pdf", "export.xlsx"):
        assert client.get(f"/office/staffing/{draft.pk}/{name}").status_code == 403
