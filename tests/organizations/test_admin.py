import pytest

from apps.core.models import JournalRecord
from apps.organizations.models import Department, Organization
from tests.factories import OrganizationFactory
from tests.organizations.test_pages import CARD, CONTACTS

pytestmark = pytest.mark.django_db

LIST = "/admin/organizations/organization/"
EXTRA = {"inn": "", "kpp": "", "ogrn": "", "parent": "", "note": ""}
INLINE = {f"contingents-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
DEPARTMENT = {
    "full_name": "Департамент образования",
    "genitive_name": "департамента образования",
    "short_name": "Департамент",
    "imo_name": "Отдел",
    "imo_genitive_name": "отдела",
    "city": "Магадан",
    "head_title": "Заведующий",
    "director_title": "Руководитель",
}


def test_list_search_and_autocomplete(signed_in, methodist):
    OrganizationFactory(short_name="Детский сад № 5")
    client = signed_in(methodist)
    assert "Детский сад № 5" in client.get(LIST, {"q": "сад"}).content.decode()
    query = {
        "app_label": "organizations",
        "model_name": "organization",
        "field_name": "parent",
        "term": "сад",
    }
    assert client.get("/admin/autocomplete/", query).json()["results"][0]["text"] == "Детский сад № 5"


def test_change_goes_through_the_action(signed_in, methodist, school_a):
    data = {**CARD, **CONTACTS, **EXTRA, **INLINE}
    response = signed_in(methodist).post(f"{LIST}{school_a.pk}/change/", data)
    assert response.status_code == 302, response.context["adminform"].errors
    school_a.refresh_from_db()
    assert school_a.address == "г. Магадан, ул. Примерная, 1"
    assert JournalRecord.objects.filter(verb="changed", organization_id=school_a.pk).count() == 1


def test_add_goes_through_the_action(signed_in, head):
    response = signed_in(head).post(f"{LIST}add/", {**CARD, **CONTACTS, **EXTRA})
    assert response.status_code == 302
    assert JournalRecord.objects.get(verb="created").organization_id == Organization.objects.get().pk


def test_director_looks_and_can_not_change(signed_in, director, school_a):
    client = signed_in(director)
    assert client.get(f"{LIST}{school_a.pk}/change/").status_code == 200
    assert client.post(f"{LIST}{school_a.pk}/change/", {**CARD, **CONTACTS}).status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{LIST}{school_a.pk}/delete/", {"post": "yes"}).status_code == 403


def test_responsible_does_not_come_in(signed_in, responsible_a, school_a):
    assert signed_in(responsible_a).get(LIST).status_code == 302
    assert signed_in(responsible_a).post(f"{LIST}{school_a.pk}/change/", CARD).status_code == 302
    school_a.refresh_from_db()
    assert school_a.full_name != "Школа А полностью"


def test_department_is_kept_by_head_and_director(signed_in, head, director, methodist):
    Department.objects.create(**DEPARTMENT)
    address = "/admin/organizations/department/1/change/"
    for user, phone in ((head, "+74132620001"), (director, "+74132620002")):
        response = signed_in(user).post(address, {**DEPARTMENT, "phone": phone})
        assert response.status_code == 302
        assert Department.objects.get().phone == phone
    assert signed_in(methodist).get(address).status_code == 403
    assert signed_in(head).get("/admin/organizations/department/add/").status_code == 403
