"""Pages of invitations: who opens them, what they do, the public page."""

import re

import pypdfium2
import pytest

from apps.accounts.actions import hand_over, invite, revoke_invitation
from apps.accounts.forms import RegisterForm
from apps.accounts.models import Invitation, User
from apps.core.roles import Role
from tests.factories import OrganizationFactory, user_with

FORM = {
    "last_name": "Примерова",
    "first_name": "Ольга",
    "middle_name": "Петровна",
    "position": "заместитель директора",
    "email": "new@imo.example",
    "username": "primerova",
    "password1": "Длинный-пароль-77",
    "password2": "Длинный-пароль-77",
}
STAFF_PAGES = ["/invitations/", "/invitations/create/", "/invitations/organizations/"]


@pytest.fixture
def invited(methodist, school_a) -> tuple[Invitation, str]:
    return invite(by=methodist, role=Role.REPRESENTATIVE, organization=school_a)


def link(token: str) -> str:
    return f"/invitation/{token}/"


@pytest.mark.parametrize("path", STAFF_PAGES)
@pytest.mark.parametrize("user", ["methodist", "head", "administrator"])
def test_staff_opens(request, signed_in, path, user):
    assert signed_in(request.getfixturevalue(user)).get(path).status_code == 200


@pytest.mark.parametrize("path", STAFF_PAGES)
@pytest.mark.parametrize("user", ["director", "assistant", "responsible_a", "nobody"])
def test_others_are_refused(request, signed_in, path, user):
    client = signed_in(request.getfixturevalue(user))

    assert client.get(path).status_code == 403
    if path != "/invitations/":
        assert client.post(path).status_code == 403
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("path", STAFF_PAGES)
def test_anonymous_signs_in_first(client, db, path):
    assert client.get(path).url == f"/login/?next={path}"


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_a_fixed_number_of_queries(signed_in, methodist, django_assert_max_num_queries, count):
    for _ in range(count):
        invite(by=methodist, role=Role.REPRESENTATIVE, organization=OrganizationFactory())
    client = signed_in(methodist)

    with django_assert_max_num_queries(12):
        assert client.get("/invitations/").status_code == 200


def test_list_is_filtered_and_exported(signed_in, methodist, invited, school_b):
    other, _ = invite(by=methodist, role=Role.REPRESENTATIVE, organization=school_b)
    revoke_invitation(by=methodist, invitation=other)
    client = signed_in(methodist)

    page = client.get("/invitations/?state=revoked").content.decode()
    assert "Школа Б" in page
    assert "Школа А" not in page
    assert "Школа Б" not in client.get("/invitations/?q=Школа нет-такой").content.decode()
    response = client.get("/invitations/?format=xlsx")
    assert b"".join(response.streaming_content).startswith(b"PK")


def test_link_is_shown_once(signed_in, methodist, school_a):
    client = signed_in(methodist)

    response = client.post("/invitations/create/", {"role": "representative", "organization": school_a.pk})

    page = response.content.decode()
    token = re.search(r"http://127.0.0.1:8000/invitation/([^/]+)/", page)[1]
    assert client.get(link(token)).status_code == 200
    invitation = Invitation.objects.get()
    assert token not in client.get(f"/invitations/{invitation.pk}/").content.decode()


def test_letter_is_queued(signed_in, methodist, school_a, queued):
    data = {"role": "representative", "organization": school_a.pk, "email": "school@imo.example"}

    assert signed_in(methodist).post("/invitations/create/", data).url == "/invitations/"

    assert queued("accounts.mail_invitation") == [{"invitation_id": str(Invitation.objects.get().pk)}]


@pytest.mark.parametrize(
    "data",
    [
        {"role": "admin"},
        {"role": "methodist"},
        {"role": "representative"},
        {"role": "representative", "organization": "999999"},
        {"role": "representative", "organization": "school", "email": "нет"},
        {"role": ""},
        {},
    ],
)
def test_forged_invitation_is_refused(signed_in, methodist, data):
    assert signed_in(methodist).post("/invitations/create/", data).status_code == 422
    assert not Invitation.objects.exists()


def test_sender_gets_a_new_link(signed_in, methodist, invited):
    invitation, old = invited
    client = signed_in(methodist)

    page = client.post(f"/invitations/{invitation.pk}/reissue/").content.decode()

    token = re.search(r"http://127.0.0.1:8000/invitation/([^/]+)/", page)[1]
    client.post("/logout/")
    assert client.get(link(old)).status_code == 404
    assert client.get(link(token)).status_code == 200


def test_another_gets_no_link_of_his_colleague(signed_in, head, invited):
    invitation, _ = invited
    client = signed_in(head)

    assert client.post(f"/invitations/{invitation.pk}/reissue/").status_code == 403
    assert "Показать новую ссылку" not in client.get(f"/invitations/{invitation.pk}/").content.decode()


def test_revoking(signed_in, head, invited):
    invitation, token = invited
    client = signed_in(head)

    client.post(f"/invitations/{invitation.pk}/revoke/")

    client.post("/logout/")
    assert client.get(link(token)).status_code == 404


@pytest.mark.parametrize("act", ["revoke", "reissue"])
def test_foreign_invitation_is_not_there(signed_in, responsible_b, invited, act):
    invitation, _ = invited
    client = signed_in(responsible_b)

    assert client.get(f"/invitations/{invitation.pk}/").status_code == 404
    assert client.post(f"/invitations/{invitation.pk}/{act}/").status_code == 404
    invitation.refresh_from_db()
    assert invitation.is_waiting


def test_own_organization_sees_no_card(signed_in, responsible_a, invited):
    assert signed_in(responsible_a).get(f"/invitations/{invited[0].pk}/").status_code == 403


def test_sheets_are_printed(signed_in, methodist, school_a, school_b):
    response = signed_in(methodist).post("/invitations/organizations/", {"how": "print"})

    assert response["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(response.content)
    assert len(document) == 2
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert "Муниципальная Школа А" in text
    assert "Муниципальная Школа Б" in text
    assert Invitation.objects.count() == 2


def test_nothing_to_print(signed_in, methodist, responsible_a):
    assert signed_in(methodist).post("/invitations/organizations/", {"how": "print"}).status_code == 302
    assert not Invitation.objects.exists()


def test_failed_print_leaves_no_invitation(signed_in, methodist, school_a, monkeypatch):
    def fail(made):
        raise RuntimeError

    monkeypatch.setattr("apps.accounts.views.invitations.invitation_sheets", fail)
    with pytest.raises(RuntimeError):
        signed_in(methodist).post("/invitations/organizations/", {"how": "print"})
    assert not Invitation.objects.exists()


def test_letters_to_those_with_an_address(signed_in, methodist, school_a, queued):
    OrganizationFactory(short_name="Школа В", email="v@imo.example")

    response = signed_in(methodist).post("/invitations/organizations/", {"how": "mail"})

    assert response.url == "/invitations/"
    assert Invitation.objects.get().email == "v@imo.example"
    assert len(queued("accounts.mail_invitation")) == 1


def test_public_page(client, invited):
    response = client.get(link(invited[1]))

    assert response.status_code == 200
    assert "Школа А" in response.content.decode()
    assert response["Referrer-Policy"] == "strict-origin"
    assert "imo_session" not in response.cookies


@pytest.mark.parametrize("token", ["x", "x" * 43, "../", "%00", "я" * 200])
def test_useless_link(client, db, token):
    response = client.get(link(token.replace("../", "..")))

    assert response.status_code == 404


def test_new_person(client, invited, school_a):
    response = client.post(link(invited[1]), FORM)

    assert response.url == "/"
    user = User.objects.get(username="primerova")
    assert user.represented_ids == {school_a.pk}
    assert int(client.session["_auth_user_id"]) == user.pk
    assert "started_at" in client.session
    client.post("/logout/")
    assert client.get(link(invited[1])).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"password2": "Другой-пароль-777"},
        {"password1": "1", "password2": "1"},
        {"password1": "primerova1", "password2": "primerova1"},
        {"username": ""},
        {"username": "METHODIST"},
        {"username": "с пробелом"},
        {"email": "нет"},
        {"last_name": "д" * 101},
    ],
)
def test_faults_of_the_form(client, invited, wrong):
    response = client.post(link(invited[1]), {**FORM, **wrong})

    assert response.status_code == 422
    assert invited[0].state == "waiting"
    assert not User.objects.filter(last_name="Примерова").exists()
    assert "Ольга" in response.content.decode()


@pytest.mark.parametrize("taken", ["methodist", "METHODIST"])
def test_a_taken_name_is_told_once_at_its_field(client, invited, taken):
    page = client.post(link(invited[1]), {**FORM, "username": taken}).content.decode()

    assert page.count("Такое имя для входа уже занято.") == 2  # in the list above and at the field
    assert "уже существует" not in page


def test_a_name_taken_in_the_same_moment(client, invited, monkeypatch):
    monkeypatch.setattr(RegisterForm, "clean_username", lambda self: self.cleaned_data["username"])
    monkeypatch.setattr(User, "validate_constraints", lambda self, exclude=None: None)
    monkeypatch.setattr(User, "validate_unique", lambda self, exclude=None: None)

    response = client.post(link(invited[1]), {**FORM, "username": "methodist"})

    assert response.status_code == 409
    assert "Это имя для входа только что заняли" in response.content.decode()
    assert "Примерова" in response.content.decode()
    assert invited[0].state == "waiting"


def test_account_can_not_be_made_twice(client, invited):
    client.post(link(invited[1]), FORM)
    client.post("/logout/")

    assert client.post(link(invited[1]), {**FORM, "username": "second"}).status_code == 404
    assert not User.objects.filter(username="second").exists()


def test_no_other_role_by_the_form(client, invited):
    client.post(link(invited[1]), {**FORM, "role": "admin", "is_demo": "on", "is_active": ""})

    user = User.objects.get(username="primerova")
    assert (user.roles, user.is_demo, user.is_active) == ({"representative"}, False, True)


def test_present_account(signed_in, responsible_b, invited, school_a, school_b):
    response = signed_in(responsible_b).post(link(invited[1]))

    assert response.url == "/"
    assert User.objects.get(pk=responsible_b.pk).represented_ids == {school_a.pk, school_b.pk}


def test_sender_can_not_accept(signed_in, methodist, invited):
    response = signed_in(methodist).post(link(invited[1]))

    assert response.status_code == 409
    assert User.objects.get(pk=methodist.pk).roles == {"methodist"}


def test_place_is_handed_over_on_the_page(signed_in, responsible_a):
    client, grant = signed_in(responsible_a), responsible_a.grants.get()

    page = client.post(f"/account/successor/{grant.pk}/").content.decode()

    token = re.search(r"http://127.0.0.1:8000/invitation/([^/]+)/", page)[1]
    client.post("/logout/")
    assert client.post(link(token), FORM).url == "/"
    assert not User.objects.get(pk=responsible_a.pk).represented_ids


def test_foreign_place_is_not_there(signed_in, responsible_a, responsible_b, methodist):
    path = f"/account/successor/{responsible_a.grants.get().pk}/"
    for user in (responsible_b, methodist):
        client = signed_in(user)
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 404
    assert not Invitation.objects.exists()


def test_own_role_without_a_place_is_not_there(signed_in, methodist):
    path = f"/account/successor/{methodist.grants.get().pk}/"

    assert signed_in(methodist).get(path).status_code == 404


def test_hand_over_is_no_mailing(signed_in, responsible_a, queued):
    client, path = signed_in(responsible_a), f"/account/successor/{responsible_a.grants.get().pk}/"
    for number in range(5):
        assert client.post(path, {"email": f"a{number}@imo.example"}).status_code == 302

    response = client.post(path, {"email": "a6@imo.example"})

    assert response.status_code == 422
    assert "Попробуйте завтра" in response.content.decode()
    assert "a6@imo.example" in response.content.decode()
    assert len(queued("accounts.mail_invitation")) == 5
    assert Invitation.objects.waiting().get().email == "a4@imo.example"


def test_hand_over_dies_with_the_right(client, responsible_a):
    _, token = hand_over(by=responsible_a, grant=responsible_a.grants.get())
    responsible_a.grants.update(ends_on="2021-01-01")

    assert client.get(link(token)).status_code == 404


def test_list_shows_no_secret(signed_in, invited):
    admin = user_with(Role.ADMIN)
    invitation, token = invited
    client = signed_in(admin)

    for path in ("/invitations/", f"/admin/accounts/invitation/{invitation.pk}/change/"):
        page = client.get(path).content.decode()
        assert token not in page
        assert invitation.token_hash not in page


def test_role_of_an_invitation_is_chosen_not_given(signed_in, head):
    """The first of the list is the head: pressing the button at once would invite one."""
    client = signed_in(head)
    page = client.get("/invitations/create/")
    assert page.context["form"].fields["role"].choices[0] == ("", "выберите роль")
    answer = client.post("/invitations/create/", {"role": "", "organization": "", "email": ""})
    assert (answer.status_code, Invitation.objects.count()) == (422, 0)
