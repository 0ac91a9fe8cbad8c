"""A form from an Excel blank through its pages: upload, correction, draft, publication."""

import io

import pytest
from openpyxl import Workbook

from apps.monitoring.actions.forms import publish
from apps.monitoring.models import FormVersion

pytestmark = pytest.mark.django_db


def blank() -> bytes:
    book = Workbook()
    page = book.active
    page.title = "Раздел 1"
    for row in [
        ["Сведения о кадрах школы"],
        ["Раздел 1. Численность работников, чел."],
        ["Наименование показателей", "№ строки", "Всего", "из них", None],
        [None, None, None, "женщины", "до 35 лет"],
        [1, 2, 3, 4, 5],
        ["Всего работников", "01", "=SUM(C7:C8)", None, "X"],
        ["в том числе: учителя", "02", None, None, None],
        ["прочие", "03", None, None, None],
    ]:
        page.append(row)
    for merged in ("A3:A4", "B3:B4", "C3:C4", "D3:E3"):
        page.merge_cells(merged)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture
def sent(client, methodist):
    client.force_login(methodist)
    file = io.BytesIO(blank())
    file.name = "Кадры.xlsx"
    return client.post("/monitoring/forms/from-excel/", {"file": file})


def test_a_blank_becomes_a_published_form_after_one_correction(client, methodist, sent):
    shown = client.get(sent.url)
    assert "Численность работников" in shown.content.decode()
    fields = {"code": "kadry", "t0-0-title": "Работники", "title": "Кадры"}
    again = client.post(sent.url, fields)
    made = client.post(sent.url, {**fields, "digest": again.context["digest"], "create": "1"})
    version = FormVersion.objects.get(form__code="kadry")
    assert made.url == f"/monitoring/forms/{version.form_id}/"
    [section] = version.definition["sections"]
    [table] = section["items"]
    assert section["title"] == "Работники"
    assert table["x"] == [["01", "5"]]
    assert table["cells"] == [{"row": "01", "column": "3", "value": {"computed": "сумма стр.02, 03"}}]
    assert table["header"] == [
        {"column": "3"}, {"title": "из них", "children": [{"column": "4"}, {"column": "5"}]},
    ]  # fmt: skip
    assert table["value"] == {"unit": {"code": "792", "name": "чел."}}
    assert publish(version=version, by=methodist).is_published
