"""The history of a row: was and became, for whom, in a fixed number of queries."""

import pytest
from pghistory import context

from apps.core.models import JournalRecord
from apps.core.roles import Role
from tests.factories import OrganizationFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def renamed(head):
    school = OrganizationFactory(short_name="Школа А", kind="school", is_verified=False)
    with context(user=head.pk, url=""):
        school.short_name, school.kind, school.is_verified = "Сад Б", "kindergarten", True
        school.save()
    return school


def address(obj) -> str:
    return f"/journal/{obj._meta.label_lower}/{obj.pk}/"


def test_was_and_became_in_russian(signed_in, head, renamed):
    page = signed_in(head).get(address(renamed))
    newest, oldest = page.context["changes"]
    assert (newest.who, newest.act) == (str(head), "изменение")
    assert [(one.title, one.was, one.became) for one in newest.differences] == [
        ("Краткое наименование", "Школа А", "Сад Б"),
        ("Вид", "общеобразовательная организация", "дошкольная образовательная организация"),
        ("Сведения сверены", "нет", "да"),
    ]
    pairs = [(one.title, one.was, one.became) for one in oldest.differences]
    assert (oldest.who, oldest.act) == ("портал", "создание")
    assert ("Краткое наименование", "—", "Школа А") in pairs
    assert "Школа А → Сад Б" in page.content.decode()


def test_keys_are_names(signed_in, head):
    school = OrganizationFactory(short_name="Школа Ключ")
    grant = user_with(Role.REPRESENTATIVE, school, last_name="Ключева").grants.get()
    (made,) = signed_in(head).get(address(grant)).context["changes"]
    values = {one.title: one.became for one in made.differences}
    assert values["Организация"] == "Школа Ключ" and values["Пользователь"].startswith("Ключева")
    assert values["Роль"] == "ответственный от организации"


def test_administrator_reads_no_values_but_of_accounts(signed_in, administrator, renamed):
    page = signed_in(administrator).get(address(renamed))
    assert [one.title for one in page.context["changes"][0].differences] == [
        "Краткое наименование",
        "Вид",
        "Сведения сверены",
    ]
    assert "Школа А" not in page.content.decode()
    anna = UserFactory(last_name="Первая")
    anna.last_name = "Вторая"
    anna.save()
    assert "Первая → Вторая" in signed_in(administrator).get(address(anna)).content.decode()


def test_no_secret_is_shown(signed_in, administrator):
    anna = UserFactory()
    anna.set_password("совсем-новый-пароль")
    anna.save()
    page = signed_in(administrator).get(address(anna)).content.decode()
    assert anna.password not in page and "argon2" not in page and "pbkdf2" not in page


def test_who_is_let_in(signed_in, methodist, responsible_a, responsible_b, nobody, school_a, client):
    url = address(school_a)
    assert client.get(url).status_code == 302
    assert signed_in(methodist).get(url).status_code == 403
    assert signed_in(responsible_a).get(url).status_code == 403
    assert signed_in(responsible_b).get(url).status_code == 404
    assert signed_in(nobody).get(url).status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        "/journal/organizations.organization/999999999999999999999999/",
        "/journal/organizations.organization/x/",
        "/journal/accounts.invitation/1/",
        "/journal/organizations.department/1/",
        "/journal/nothing/1/",
        "/journal/sessions.session/1/",
    ],
)
def test_what_is_not_there_is_404(signed_in, head, url):
    assert signed_in(head).get(url).status_code == 404


def test_a_deleted_row_keeps_its_history_for_the_head(signed_in, head, administrator):
    school = OrganizationFactory(short_name="Была")
    url = address(school)
    school.delete()
    page = signed_in(head).get(url)
    assert [change.act for change in page.context["changes"]] == ["удаление", "создание"]
    assert "Была" in page.content.decode()
    assert signed_in(administrator).get(url).status_code == 404


def times(school, number) -> None:
    for step in range(number):
        with context(user=UserFactory().pk, url=""):
            school.note, school.parent = f"{step}", OrganizationFactory()
            school.save()


@pytest.mark.parametrize("number", [1, 3])
def test_fixed_number_of_queries(signed_in, head, school_a, number, django_assert_num_queries):
    times(school_a, number)
    client = signed_in(head)
    with django_assert_num_queries(13):
        assert len(client.get(address(school_a)).context["changes"]) == number + 1


def test_pages_compare_over_their_border(signed_in, head, school_a):
    for step in range(26):
        school_a.note = f"шаг {step}"
        school_a.save()
    client = signed_in(head)
    first = client.get(address(school_a)).context["changes"]
    second = client.get(address(school_a), {"page": "2"}).context["changes"]
    assert (len(first), len(second)) == (25, 2)
    assert [(one.was, one.became) for one in first[-1].differences] == [("шаг 0", "шаг 1")]
    assert [(one.was, one.became) for one in second[0].differences] == [("—", "шаг 0")]


def test_links_of_the_card_the_admin_and_the_journal(signed_in, head, methodist, school_a):
    url = address(school_a)
    assert url in signed_in(head).get(f"/organizations/{school_a.pk}/").content.decode()
    admin_history = f"/admin/organizations/organization/{school_a.pk}/history/"
    assert signed_in(head).get(admin_history)["Location"] == url
    assert url in signed_in(head).get("/journal/").content.decode()
    assert url not in signed_in(methodist).get(f"/organizations/{school_a.pk}/").content.decode()
    assert signed_in(methodist).get(admin_history).status_code == 200


def test_reading_the_history_is_itself_in_the_journal(signed_in, head, school_a):
    signed_in(head).get(address(school_a))
    line = JournalRecord.objects.get(verb="viewed")
    assert (line.user, line.subject_id, line.note) == (head, str(school_a.pk), "история")
