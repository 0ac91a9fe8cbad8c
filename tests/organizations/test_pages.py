import datetime
import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from apps.core.models import JournalRecord
from apps.core.roles import Role
from apps.organizations import actions
from apps.organizations.models import Contingent, Organization
from tests.factories import OrganizationFactory, user_with

pytestmark = pytest.mark.django_db

CARD = {
    "full_name": "Школа А полностью",
    "short_name": "Школа А",
    "kind": "school",
    "type": "budgetary",
    "levels": ["primary", "basic"],
    "status": "active",
}
CONTACTS = {
    "head_name": "Примерова Анна Ивановна",
    "head_position": "директор",
    "legal_address": "",
    "address": "г. Магадан, ул. Примерная, 1",
    "district": "",
    "phone": "62-00-00",
    "email": "",
    "site": "",
}


def url(organization, page=""):
    return f"/organizations/{organization.pk}/{page}"


def test_anonymous_is_sent_to_sign_in(client, school_a):
    for address in ("/organizations/", url(school_a), url(school_a, "edit/"), "/organizations/import/"):
        response = client.get(address)
        assert (response.status_code, response["Location"].partition("?")[0]) == (302, "/login/")


def test_list_needs_a_role(signed_in, nobody, school_a):
    assert signed_in(nobody).get("/organizations/").status_code == 403


def test_responsible_sees_its_own_only(signed_in, responsible_a, school_a, school_b):
    branch = OrganizationFactory(short_name="Школа А, второе здание", parent=school_a)
    client = signed_in(responsible_a)
    text = client.get("/organizations/").content.decode()
    assert "Школа А, второе здание" in text and "Школа Б" not in text
    assert [client.get(url(one)).status_code for one in (school_a, branch, school_b)] == [200, 200, 404]


def test_list_search_folds_yo_and_looks_into_inn_and_address(signed_in, methodist):
    OrganizationFactory(short_name="Детский сад «Берёзка»")
    OrganizationFactory(short_name="Школа № 5", inn="7707083893")
    OrganizationFactory(short_name="Школа № 6", address="ул. Зелёная, 4")
    client = signed_in(methodist)

    def names(**query):
        return [row.short_name for row in client.get("/organizations/", query).context["objects"]]

    assert names(q="БЕРЕЗКА") == ["Детский сад «Берёзка»"]
    assert names(q="770708") == ["Школа № 5"]
    assert names(q="зеленая") == ["Школа № 6"]
    assert names(q="школа\u00a0№ 6") == ["Школа № 6"]
    assert names(q="нет такой") == []


def test_list_filters(signed_in, methodist):
    OrganizationFactory(short_name="Сад", kind="kindergarten", levels=["preschool"], type="autonomous")
    OrganizationFactory(short_name="Школа", is_verified=True, status="suspended")
    client = signed_in(methodist)

    def names(**query):
        return [row.short_name for row in client.get("/organizations/", query).context["objects"]]

    assert names(kind="kindergarten") == ["Сад"]
    assert names(type="budgetary") == ["Школа"]
    assert names(level="preschool") == ["Сад"]
    assert names(level="basic") == ["Школа"]
    assert names(status="suspended") == ["Школа"]
    assert names(verified="true") == ["Школа"]
    assert names(verified="false") == ["Сад"]
    assert client.get("/organizations/", {"kind": "castle"}).status_code == 422


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_a_fixed_number_of_queries(signed_in, methodist, number, django_assert_max_num_queries):
    for _ in range(number):
        OrganizationFactory()
    client = signed_in(methodist)
    with django_assert_max_num_queries(9):
        client.get("/organizations/")


def test_list_leaves_as_xlsx_and_the_journal_remembers(signed_in, methodist, school_a):
    response = signed_in(methodist).get("/organizations/", {"format": "xlsx"})
    assert response.status_code == 200
    assert b"".join(response.streaming_content)[:2] == b"PK"
    assert JournalRecord.objects.get(verb="exported").subject_title == "Организации"


def test_methodist_creates(signed_in, methodist):
    response = signed_in(methodist).post(
        "/organizations/create/", {**CARD, **CONTACTS, "inn": "77 07 083893", "ogrn": "", "kpp": ""}
    )
    organization = Organization.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/organizations/{organization.pk}/")
    assert (organization.inn, organization.phone) == ("7707083893", "+74132620000")
    assert organization.levels == ["primary", "basic"]
    assert JournalRecord.objects.get(verb="created").organization_id == organization.pk


def test_faults_stand_beside_the_fields_and_the_input_stays(signed_in, methodist, school_a):
    response = signed_in(methodist).post(
        "/organizations/create/", {**CARD, **CONTACTS, "inn": "7707083894", "phone": "нет", "kpp": "1"}
    )
    errors = response.context["form"].errors
    assert response.status_code == 422
    assert errors["inn"] == ["ИНН организации — 10 цифр с верной контрольной цифрой."]
    assert set(errors) >= {"inn", "kpp", "phone"}
    assert 'value="7707083894"' in response.content.decode()
    assert Organization.objects.count() == 1


def test_short_name_twice_is_told(signed_in, methodist, school_a):
    response = signed_in(methodist).post("/organizations/create/", {**CARD, **CONTACTS})
    assert response.status_code == 422
    assert "Организация с таким кратким наименованием уже есть." in response.content.decode()


@pytest.mark.parametrize("text", ["а\x00б", "а\u202eб", "x" * 100_000])
def test_bad_text_is_refused_and_nothing_is_written(signed_in, methodist, school_a, text):
    data = {**CARD, **CONTACTS, "address": text}
    response = signed_in(methodist).post(url(school_a, "edit/"), data)
    assert response.status_code == 422
    school_a.refresh_from_db()
    assert school_a.address == ""


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.DIRECTOR])
def test_others_of_the_department_do_not_edit(signed_in, school_a, role):
    client = signed_in(user_with(role))
    assert client.get(url(school_a)).status_code == 200
    assert client.post(url(school_a, "edit/"), {**CARD, **CONTACTS}).status_code == 403
    assert client.post(url(school_a, "contacts/"), CONTACTS).status_code == 403
    assert client.get("/organizations/create/").status_code == 403


def test_responsible_changes_contacts_but_nothing_else(signed_in, responsible_a, school_a):
    client = signed_in(responsible_a)
    forged = {**CONTACTS, "inn": "7707083893", "kind": "other", "short_name": "Другая"}
    assert client.post(url(school_a, "contacts/"), forged).status_code == 302
    school_a.refresh_from_db()
    assert (school_a.head_name, school_a.phone) == ("Примерова Анна Ивановна", "+74132620000")
    assert (school_a.inn, school_a.kind, school_a.short_name) == ("", "school", "Школа А")
    assert client.post(url(school_a, "edit/"), {**CARD, **CONTACTS}).status_code == 403


def test_responsible_of_another_organisation_finds_nothing(signed_in, responsible_b, school_a):
    client = signed_in(responsible_b)
    for page in ("", "edit/", "contacts/", "contingent/"):
        assert client.get(url(school_a, page)).status_code == 404
        assert client.post(url(school_a, page), CONTACTS).status_code in (404, 405)
    school_a.refresh_from_db()
    assert school_a.head_name == ""


def test_change_of_nothing_leaves_no_trace(methodist, school_a):
    actions.change_organization(by=methodist, organization=school_a, short_name="Школа А", note="")
    assert not JournalRecord.objects.exists()


def test_journal_names_columns_and_no_values(methodist, school_a):
    actions.change_organization(
        by=methodist, organization=school_a, address="ул. Тайная", phone="+74132620000"
    )
    assert JournalRecord.objects.get().note == "фактический адрес, телефон"


def test_contingent_of_a_year_is_entered_and_replaced(signed_in, responsible_a, school_a):
    today = timezone.localdate()
    year = today.year if today.month >= 9 else today.year - 1
    data = {"school_year": year, "pupils": 358, "groups": 16, "counted_on": today.isoformat()}
    client = signed_in(responsible_a)
    assert client.post(url(school_a, "contingent/"), data).status_code == 302
    assert client.post(url(school_a, "contingent/"), {**data, "pupils": 360}).status_code == 302
    assert Contingent.objects.values_list("pupils", "groups", "counted_on").get() == (360, 16, today)
    page = client.get(url(school_a, f"contingent/?year={year}")).content.decode()
    assert 'value="360"' in page


def test_years_of_contingent_lead_to_their_numbers(signed_in, responsible_a, director, school_a):
    Contingent.objects.create(
        organization=school_a, school_year=2024, pupils=358, groups=16, counted_on="2024-10-01"
    )
    link = url(school_a, "contingent/?year=2024")
    client = signed_in(responsible_a)
    assert f'href="{link}">2024/2025</a>' in client.get(url(school_a)).content.decode()
    assert 'value="358"' in client.get(link).content.decode()
    assert link not in signed_in(director).get(url(school_a)).content.decode()


@pytest.mark.parametrize("pupils", ["-1", "9" * 40, "много", "1,5", ""])
def test_contingent_of_nonsense_is_refused(signed_in, responsible_a, school_a, pupils):
    data = {"school_year": 2026, "pupils": pupils, "groups": 1, "counted_on": "2026-10-01"}
    response = signed_in(responsible_a).post(url(school_a, "contingent/"), data)
    assert response.status_code == 422
    assert not Contingent.objects.exists()


def test_contingent_of_a_day_before_all_years_is_refused(signed_in, responsible_a, school_a):
    data = {"school_year": 2025, "pupils": 1, "groups": 1, "counted_on": "1900-01-01"}
    response = signed_in(responsible_a).post(url(school_a, "contingent/"), data)
    assert response.status_code == 422
    assert not Contingent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_contingent_sent_twice_at_the_same_moment(responsible_a, school_a):
    data = {"school_year": 2025, "pupils": 358, "groups": 16, "counted_on": "2025-10-01"}
    answers = []

    def send():
        client = Client()
        client.force_login(responsible_a)
        answers.append(client.post(url(school_a, "contingent/"), data).status_code)
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    [one.start() for one in threads]
    [one.join() for one in threads]

    assert answers == [302, 302, 302, 302]
    assert Contingent.objects.values_list("pupils", "groups").get() == (358, 16)


def test_contingent_day_lies_in_its_year(signed_in, responsible_a, school_a):
    today = timezone.localdate()
    year = today.year if today.month >= 9 else today.year - 1
    wrong = datetime.date(year, 8, 31).isoformat()
    data = {"school_year": year, "pupils": 1, "groups": 1, "counted_on": wrong}
    response = signed_in(responsible_a).post(url(school_a, "contingent/"), data)
    assert response.status_code == 422
    assert response.context["form"].errors["counted_on"] == [
        f"Дата должна попадать в {year}/{year + 1} учебный год."
    ]


def test_card_links_and_note_are_for_those_who_may(signed_in, methodist, responsible_a, school_a):
    Organization.objects.update(note="сверить устав")
    assert "сверить устав" in signed_in(methodist).get(url(school_a)).content.decode()
    assert "сверить устав" not in signed_in(responsible_a).get(url(school_a)).content.decode()
