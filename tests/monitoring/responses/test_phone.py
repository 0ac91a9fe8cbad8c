"""Told by phone: staff type in, marked so; the head confirms by a link before the response is accepted."""

import pytest
from django.core import mail

from apps.core.access import Conflict, Refused
from apps.monitoring.actions.filling import Edit, save_cells
from apps.monitoring.actions.phoning import begin_call, confirm_call, drop_call, new_confirmation_token
from apps.monitoring.actions.sending import accept, return_response, submit
from apps.monitoring.models import CellChange, PhoneCall, Response
from apps.monitoring.tasks import mail_confirmation
from apps.notices.models import Notice

pytestmark = pytest.mark.django_db
TOLD_BY = "Лугова М. И., директор"


@pytest.fixture
def call(ready, methodist):
    return begin_call(response_id=ready.pk, told_by=TOLD_BY, by=methodist)


@pytest.fixture
def sent(ready, call, methodist):
    """Sent by the methodist, waiting for the head's word."""
    submit(response_id=ready.pk, by=methodist)
    call.refresh_from_db()
    return call


@pytest.fixture
def link(sent) -> str:
    return f"/monitoring/confirm/{new_confirmation_token(sent)}/"


def state_of(response) -> str:
    return Response.objects.get(pk=response.pk).state


def test_without_a_call_staff_type_nothing(ready, methodist):
    with pytest.raises(Refused):
        save_cells(response_id=ready.pk, edits=[Edit("1/01/4", "11")], by=methodist)


def test_what_staff_type_is_marked(ready, call, methodist):
    save_cells(response_id=ready.pk, edits=[Edit("1/01/4", "11")], by=methodist)
    change = CellChange.objects.get()
    assert (change.became, change.source, change.by) == ("11", "phone", methodist)


def test_the_call_is_of_one_methodist(ready, call, head, responsible_a):
    with pytest.raises(Refused):
        save_cells(response_id=ready.pk, edits=[Edit("1/01/4", "11")], by=head)
    with pytest.raises(Conflict):
        begin_call(response_id=ready.pk, told_by=TOLD_BY, by=head)
    save_cells(response_id=ready.pk, edits=[Edit("1/01/4", "12")], by=responsible_a)
    assert CellChange.objects.get().source == "typed"


@pytest.mark.parametrize("who", ["responsible_a", "assistant", "director"])
def test_others_begin_no_call(who, ready, request):
    with pytest.raises(Refused):
        begin_call(response_id=ready.pk, told_by=TOLD_BY, by=request.getfixturevalue(who))


def test_a_call_needs_a_name(ready, methodist):
    with pytest.raises(Conflict):
        begin_call(response_id=ready.pk, told_by="  ", by=methodist)


def test_it_is_accepted_only_when_confirmed(ready, sent, methodist):
    with pytest.raises(Conflict, match="когда подтвердит руководитель"):
        accept(response_id=ready.pk, by=methodist)
    confirm_call(call_id=sent.pk, name=TOLD_BY)
    accept(response_id=ready.pk, by=methodist)
    assert state_of(ready) == "accepted"


def test_an_objection_goes_back(ready, sent, methodist):
    confirm_call(call_id=sent.pk, name=TOLD_BY, objection="Учебников 12.")
    with pytest.raises(Conflict, match="не согласен"):
        accept(response_id=ready.pk, by=methodist)
    notice = Notice.objects.get(recipient=methodist, kind="phone_call")
    assert (notice.title, notice.text) == ("Руководитель не согласен с отчётом: Школа А", "Учебников 12.")
    return_response(response_id=ready.pk, by=methodist, comment="Исправьте")
    begin_call(response_id=ready.pk, told_by=TOLD_BY, by=methodist)
    submit(response_id=ready.pk, by=methodist)
    with pytest.raises(Conflict, match="когда подтвердит руководитель"):
        accept(response_id=ready.pk, by=methodist)


def test_the_organisations_own_sending_needs_no_word(ready, call, responsible_a, methodist):
    submit(response_id=ready.pk, by=responsible_a)
    assert PhoneCall.objects.count() == 0
    accept(response_id=ready.pk, by=methodist)


def test_a_call_ends_without_sending(ready, call, methodist):
    drop_call(response_id=ready.pk, by=methodist)
    with pytest.raises(Refused):
        save_cells(response_id=ready.pk, edits=[Edit("1/01/4", "11")], by=methodist)
    with pytest.raises(Conflict):
        drop_call(response_id=ready.pk, by=methodist)


def test_the_head_reads_and_confirms_by_the_link(link, sent, client, ready):
    page = client.get(link).content.decode()
    assert "Состав фонда" in page and TOLD_BY in page and "2,5" in page
    assert client.post(link, {"name": "", "do": "confirm"}).status_code == 422
    assert client.post(link, {"name": TOLD_BY, "do": "object"}).status_code == 422
    assert client.post(link, {"name": TOLD_BY, "do": "confirm"}).status_code == 302
    sent.refresh_from_db()
    assert (sent.decided_by, sent.confirmed_at is not None, sent.objection) == (TOLD_BY, True, "")
    again = client.post(link, {"name": "Другой", "do": "object", "objection": "Нет"})
    assert again.status_code == 409
    assert "Подтверждено." in client.get(link).content.decode()


def test_an_old_link_leads_nowhere(link, sent, client):
    new_confirmation_token(sent)
    assert client.get(link).status_code == 404
    assert client.get("/monitoring/confirm/нет-такой/").status_code == 404


def test_a_returned_response_is_not_confirmed(link, sent, ready, methodist, client):
    return_response(response_id=ready.pk, by=methodist, comment="Исправьте")
    Response.objects.filter(pk=ready.pk).update(submitted_at=None)
    assert client.post(link, {"name": TOLD_BY, "do": "confirm"}).status_code == 409


def test_the_letter_leads_to_the_page(sent, ready, client):
    ready.organization.email = "school@imo.example"
    ready.organization.save()
    mail_confirmation(call_id=sent.pk)
    token = mail.outbox[-1].body.partition("/monitoring/confirm/")[2].partition("/")[0]
    assert client.get(f"/monitoring/confirm/{token}/").status_code == 200


def test_pages_of_staff(ready, url, signed_in, methodist):
    client = signed_in(methodist)
    assert "Заполнить по телефону" in client.get(url).content.decode()
    client.post(f"{url}call/", {"told_by": TOLD_BY})
    page = client.get(url).content.decode()
    assert "Отчёт вводится по телефону." in page and 'name="c:1/01/4"' in page
    answer = client.post(url, {"c:1/01/5": "3,5", "do": "submit", "key": "k1"})
    assert answer.status_code == 302
    page = client.get(url).content.decode()
    assert "ждёт подтверждения руководителя" in page and "Ссылка для руководителя" in page
    shown = client.post(f"{url}call/link/").content.decode()
    assert "/monitoring/confirm/" in shown
    assert Response.objects.get(pk=ready.pk).values["1/01/5"] == "3.5"
