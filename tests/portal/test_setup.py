import io

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import RoleGrant, User
from apps.core.access import Conflict
from apps.core.models import PortalState
from apps.core.roles import Role
from apps.organizations.models import Department
from apps.portal.queries import first_steps, needs_set_up
from apps.portal.setup import is_setup_code, set_up, setup_code, usual_department
from tests.factories import OrganizationFactory, user_with

pytestmark = pytest.mark.django_db

PASSWORD = "Большая-рыба-плывёт-42"
ADMIN = {
    "last_name": "Пробная",
    "first_name": "Мария",
    "middle_name": "",
    "position": "администратор",
    "email": "",
    "username": "chief",
}


def posted(code=None, **changes):
    data = {f"department-{name}": value for name, value in usual_department().items()}
    data |= {f"admin-{name}": value for name, value in ADMIN.items()}
    data |= {"admin-password1": PASSWORD, "admin-password2": PASSWORD}
    return {**data, "code": setup_code() if code is None else code, **changes}


def test_an_empty_portal_leads_to_its_first_start(client):
    assert client.get("/")["Location"] == "/setup/"
    page = client.get("/setup/")
    assert page.status_code == 200
    assert "Департамент образования мэрии города Магадана" in page.content.decode()
    assert setup_code() not in page.content.decode()


def test_set_up_makes_department_and_administrator_and_signs_in(client):
    assert client.post("/setup/", posted())["Location"] == "/"
    user = User.objects.get()
    assert (user.username, user.roles) == ("chief", {"admin"})
    assert Department.objects.get().city == "Магадан"
    assert PortalState.objects.get().set_up_at is not None
    page = client.get("/").content.decode()
    assert "Первые шаги" in page and "/organizations/import/" in page
    OrganizationFactory()
    page = client.get("/").content.decode()
    assert "Без ответственного и без приглашения: 1." in page


def test_first_steps_end_when_somebody_can_approve(client):
    client.post("/setup/", posted())
    user = User.objects.get()
    titles = [(step.title, step.is_done) for step in first_steps(user)]
    assert titles == [
        ("Загрузите организации", False),
        ("Пригласите ответственных от организаций", False),
        ("Пригласите заведующего и методистов", False),
    ]
    user_with(Role.REPRESENTATIVE, OrganizationFactory())
    assert [step.is_done for step in first_steps(user)] == [True, True, False]
    user_with(Role.HEAD)
    assert first_steps(user) == []


def test_set_up_is_there_once(client):
    client.post("/setup/", posted())
    client.logout()
    assert client.get("/setup/").status_code == 404
    assert client.post("/setup/", posted(**{"admin-username": "second"})).status_code == 404
    assert User.objects.count() == 1


@pytest.mark.parametrize("code", ["", "AAAA-BBBB-CCCC", "x" * 41, "\x00"])
def test_wrong_code_opens_nothing(client, code):
    response = client.post("/setup/", posted(code))
    assert response.status_code == 422
    assert not User.objects.exists() and not Department.objects.exists()


def test_faults_keep_what_was_typed(client):
    response = client.post(
        "/setup/",
        posted(**{"admin-password2": "другой", "department-full_name": "", "department-city": "Сусуман"}),
    )
    assert response.status_code == 422
    assert response.context["admin_form"].errors["password2"] == ["Пароли не совпадают."]
    assert "full_name" in response.context["department_form"].errors
    assert 'value="Сусуман"' in response.content.decode()
    assert not User.objects.exists() and not Department.objects.exists()


def test_both_or_none(client):
    with pytest.raises(Exception, match="genitive_name"):
        set_up(department={"full_name": "Х"}, administrator={**ADMIN, "password": PASSWORD})
    assert needs_set_up() and not RoleGrant.objects.exists()


def test_second_attempt_is_a_conflict():
    set_up(department=_department(), administrator={**ADMIN, "password": PASSWORD})
    with pytest.raises(Conflict):
        set_up(department=_department(), administrator={**ADMIN, "username": "other", "password": PASSWORD})


def _department():
    return usual_department()


def test_code_is_taken_as_people_type_it(settings):
    settings.SECRET_KEY = "one"
    first = setup_code()
    assert len(first) == 14 and is_setup_code(f" {first.lower().replace('-', ' ')} ")
    settings.SECRET_KEY = "two"
    assert setup_code() != first and not is_setup_code(first)


def test_command_prints_the_code_while_it_is_needed(nobody):
    with pytest.raises(CommandError):
        call_command("setup_code")
    out = io.StringIO()
    call_command("setup_code", "--if-needed", stdout=out)
    assert out.getvalue() == ""
    nobody.delete()
    call_command("setup_code", stdout=out)
    assert out.getvalue().strip() == setup_code()
