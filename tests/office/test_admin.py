"""Approval of the staffing table in the admin; a card that can't be deleted."""

import datetime

import pytest

from apps.office import actions
from apps.office.models import Employee, StaffingEdition

pytestmark = pytest.mark.django_db
D = datetime.date


@pytest.fixture
def waiting(office, head) -> StaffingEdition:
    edition = actions.create_edition(by=head, in_force_from=D(2026, 9, 1), copy_from=office.edition)
    actions.send_edition(by=head, edition=edition)
    return edition


def page(edition) -> str:
    return f"/admin/office/staffingedition/{edition.pk}/change/"


def body(edition, **fields) -> dict[str, str]:
    lines = {"lines-TOTAL_FORMS": "0", "lines-INITIAL_FORMS": "0"}
    given = {"by_order": "14", "order_day": "25.08.2026", "comment": "", "seen": str(edition.revision)}
    return lines | given | fields


def test_the_director_approves_in_the_admin(waiting, signed_in, director):
    client = signed_in(director)
    shown = client.get(page(waiting)).content.decode()
    assert "Утвердить" in shown and "Вернуть на доработку" in shown and "Методист" in shown
    assert client.post(page(waiting), body(waiting, _approve="1")).status_code == 302
    waiting.refresh_from_db()
    assert (waiting.state, waiting.order_number, waiting.order_date) == ("approved", "14", D(2026, 8, 25))
    assert "Утвердить" not in client.get(page(waiting)).content.decode()


def test_he_returns_it_with_a_comment(waiting, signed_in, director):
    client = signed_in(director)
    answer = client.post(page(waiting), body(waiting, _return="1"))
    assert "Напишите, что исправить." in answer.content.decode()
    client.post(page(waiting), body(waiting, _return="1", comment="Уточните ставки"))
    waiting.refresh_from_db()
    assert waiting.state == "draft"


@pytest.mark.parametrize("fields", [{"by_order": ""}, {"order_day": ""}, {"order_day": "31.02.2026"}])
def test_an_approval_without_an_order_comes_back(fields, waiting, signed_in, director):
    answer = signed_in(director).post(page(waiting), body(waiting, _approve="1", **fields))
    assert answer.status_code == 200
    waiting.refresh_from_db()
    assert waiting.state == "on_approval"


def test_saving_by_any_other_name_approves_nothing(waiting, signed_in, director):
    for name in ("_save", "_continue", "_addanother", "_saveasnew"):
        signed_in(director).post(page(waiting), body(waiting, **{name: "1", "state": "approved"}))
        waiting.refresh_from_db()
        assert waiting.state == "on_approval"


def test_an_unseen_change_is_not_approved(waiting, signed_in, director):
    signed_in(director).post(page(waiting), body(waiting, _approve="1", seen="77"))
    waiting.refresh_from_db()
    assert waiting.state == "on_approval"


@pytest.mark.parametrize("role", ["head", "methodist", "assistant", "administrator", "responsible_a"])
@pytest.mark.parametrize("button", ["_approve", "_return"])
def test_nobody_else_acts_in_the_admin(role, button, waiting, signed_in, request):
    client = signed_in(request.getfixturevalue(role))
    answer = client.post(page(waiting), body(waiting, comment="Так", **{button: "1"}))
    assert answer.status_code in (302, 403)
    waiting.refresh_from_db()
    assert waiting.state == "on_approval"


def test_a_card_with_appointments_says_why_it_stays(office, signed_in, head):
    url = f"/admin/office/employee/{office.first.pk}/delete/"
    answer = signed_in(head).post(url, {"post": "yes"}, follow=True)
    assert "Удалить карточку нельзя: сотрудник имеет назначения." in answer.content.decode()
    assert Employee.objects.filter(pk=office.first.pk).exists()


def test_a_card_on_the_page_says_the_same(office, signed_in, head):
    answer = signed_in(head).post(f"/office/employees/{office.first.pk}/delete/", follow=True)
    assert "Удалить карточку нельзя: сотрудник имеет назначения." in answer.content.decode()


@pytest.mark.parametrize("role", ["methodist", "administrator"])
def test_money_is_not_in_the_admin_of_others(role, office, signed_in, request, settings):
    settings.PORTAL_SALARIES = True
    answer = signed_in(request.getfixturevalue(role)).get(page(office.edition))
    assert "оклад" not in answer.content.decode().lower()
