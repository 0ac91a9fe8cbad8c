import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from apps.core.models import JournalRecord, StoredFile
from apps.core.roles import Role
from apps.organizations.imports import RowState, check_file
from apps.organizations.models import Organization
from tests.factories import OrganizationFactory, user_with

pytestmark = pytest.mark.django_db

HEAD = ["Название", "Вид организации", "Тип", "ИНН", "Адрес", "Цвет стен"]
SCHOOL_1 = ["Школа № 1", "школа", "бюджетное", 7707083893, "ул. Первая, 1", "белый"]
SCHOOL_2 = ["Школа № 2", "общеобразовательная организация", "Автономное", None, None, None]


def table(*rows, head=HEAD, name="Организации.xlsx"):
    book = Workbook()
    for row in [["Список организаций города"], [], head, *rows]:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile(name, content.getvalue())


def uploaded(client, file):
    response = client.post("/organizations/import/", {"file": file})
    assert response.status_code == 302, response.context["form"].errors
    return response["Location"]


def written(client, address):
    page = client.get(address)
    posted = {"key": page.context["key"], "digest": page.context["preview"].digest}
    return client.post(address, posted), posted


def test_rows_are_told_apart(methodist):
    OrganizationFactory(
        short_name="Школа № 1", full_name="Школа № 1", inn="7707083893", address="ул. Старая, 9"
    )
    OrganizationFactory(short_name="Школа № 3", full_name="Школа № 3")
    same = ["Школа № 3", "школа", "бюджетное", None, None, None]
    bad = ["Школа № 4", "замок", "бюджетное", "7707083894", None, None]
    preview = check_file(table(SCHOOL_1, SCHOOL_2, same, bad), by=methodist)
    assert not preview.rows[0].faults
    assert [(row.number, row.state) for row in preview.rows] == [
        (4, RowState.CHANGED),
        (5, RowState.NEW),
        (6, RowState.SAME),
        (7, RowState.FAULTY),
    ]
    assert [(c.title, c.was, c.becomes) for c in preview.rows[0].changes] == [
        ("Фактический адрес", "ул. Старая, 9", "ул. Первая, 1")
    ]
    assert [title for title, _ in preview.rows[3].faults] == ["Вид", "ИНН"]
    assert preview.unknown == ["Цвет стен"]
    assert not preview.can_be_written


def test_all_faults_of_a_row_at_once(methodist):
    head = ["Название", "Телефон", "Электронная почта", "Дата открытия", "КПП"]
    preview = check_file(table(["Школа", "звоните", "нет", "вчера", "1"], head=head), by=methodist)
    assert sorted(title for title, _ in preview.rows[0].faults) == [
        "Вид",
        "КПП",
        "Открыта",
        "Телефон",
        "Тип учреждения",
        "Электронная почта",
    ]


def test_doubles_within_the_file(methodist):
    preview = check_file(table(SCHOOL_1, SCHOOL_2, SCHOOL_2), by=methodist)
    assert preview.rows[2].faults == [("Строка", "Та же организация уже есть в строке 5.")]


def test_inn_of_one_and_name_of_another(methodist):
    OrganizationFactory(short_name="Школа № 1")
    OrganizationFactory(short_name="Школа № 9", inn="7707083893")
    preview = check_file(table(SCHOOL_1), by=methodist)
    assert preview.rows[0].faults == [("ИНН", "Этот ИНН у организации «Школа № 9», а название — у другой.")]


def test_import_is_written_once_and_a_second_time_changes_nothing(signed_in, methodist):
    client = signed_in(methodist)
    address = uploaded(client, table(SCHOOL_1, SCHOOL_2))
    assert Organization.objects.count() == 0
    response, posted = written(client, address)
    assert response["Location"] == "/organizations/"
    assert list(Organization.objects.values_list("short_name", "inn", "type", "full_name")) == [
        ("Школа № 1", "7707083893", "budgetary", "Школа № 1"),
        ("Школа № 2", "", "autonomous", "Школа № 2"),
    ]
    assert client.post(address, posted)["Location"] == "/organizations/"
    assert Organization.objects.count() == 2
    assert JournalRecord.objects.get(verb="imported").note == "новых: 2, изменено: 0"
    again = client.get(uploaded(client, table(SCHOOL_1, SCHOOL_2))).context["preview"]
    assert [row.state for row in again.rows] == [RowState.SAME, RowState.SAME]
    assert not again.can_be_written


def test_one_faulty_row_stops_all(signed_in, methodist):
    client = signed_in(methodist)
    address = uploaded(client, table(SCHOOL_1, ["Школа", "замок", "бюджетное", None, None, None]))
    response, _ = written(client, address)
    assert response.status_code == 409
    assert Organization.objects.count() == 0


def test_what_changed_meanwhile_is_shown_again(signed_in, methodist):
    client = signed_in(methodist)
    address = uploaded(client, table(SCHOOL_1))
    page = client.get(address)
    OrganizationFactory(short_name="Школа № 1")
    response = client.post(address, {"key": "k", "digest": page.context["preview"].digest})
    assert response.status_code == 409
    assert Organization.objects.get().inn == ""


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("список.xlsx", b"MZ\x90\x00" + b"\x00" * 100, "Программы"),
        ("список.xlsx", b"", "пуст"),
        ("список.csv", "Город;Река\nМагадан;Магаданка".encode(), "нет строки заголовков"),
        ("список.pdf", b"%PDF-1.7\n", "не принимается"),
    ],
)
def test_wrong_files(signed_in, methodist, name, content, told):
    response = signed_in(methodist).post(
        "/organizations/import/", {"file": SimpleUploadedFile(name, content)}
    )
    assert response.status_code == 422
    assert told in str(response.context["form"].errors)
    assert not StoredFile.objects.exists()


def test_csv_in_cp1251_goes_too(signed_in, methodist):
    text = "Наименование;Вид;Тип\nШкола № 7;школа;казённое\n".encode("cp1251", "replace")
    address = uploaded(signed_in(methodist), SimpleUploadedFile("список.csv", text))
    assert address.startswith("/organizations/import/")


def test_preview_belongs_to_its_uploader(signed_in, methodist, responsible_a, client):
    address = uploaded(signed_in(methodist), table(SCHOOL_1))
    other = signed_in(user_with(Role.METHODIST))
    assert other.get(address).status_code == 404
    assert other.post(address, {"key": "k", "digest": "d"}).status_code == 404
    assert signed_in(responsible_a).get("/organizations/import/").status_code == 403


def test_template_is_recognised_by_its_own_import(signed_in, methodist):
    response = signed_in(methodist).get("/organizations/import/template.xlsx")
    content = b"".join(response.streaming_content)
    preview = check_file(SimpleUploadedFile("образец.xlsx", content), by=methodist)
    assert (preview.rows, preview.unknown) == ([], [])


def test_formula_like_text_stays_text(signed_in, methodist):
    client = signed_in(methodist)
    row = ["Школа № 1", "школа", "бюджетное", None, "-ул. =Первая", None]
    written(client, uploaded(client, table(row)))
    assert Organization.objects.get().address == "-ул. =Первая"
