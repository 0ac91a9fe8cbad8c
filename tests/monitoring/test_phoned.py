"""Told by phone: a footnote of the printed report, a note under the summary and in the printed summary."""

import datetime

import pytest

from apps.core.magadan import MAGADAN
from apps.monitoring.actions.phoning import begin_call, confirm_call
from apps.monitoring.actions.sending import accept, submit
from apps.monitoring.models import PhoneCall, Response, ResponseEdition
from apps.monitoring.phoned import calls_of, note_of_report, note_of_summary
from tests.monitoring.responses.conftest import campaign, ready, response, url, version

__all__ = ["campaign", "ready", "response", "url", "version"]
pytestmark = pytest.mark.django_db
TOLD_BY = "Лугова М. И., директор"


@pytest.fixture
def sent(ready, methodist):
    begin_call(response_id=ready.pk, told_by=TOLD_BY, by=methodist)
    submit(response_id=ready.pk, by=methodist)
    return PhoneCall.objects.get(response=ready)


def note(response) -> str:
    return note_of_report(Response.objects.get(pk=response.pk))


def test_the_report_tells_who_told_and_who_confirmed(ready, sent, methodist):
    told = f"Данные сообщены по телефону: сообщил(а) {TOLD_BY}, ввёл(а) {methodist}"
    assert note(ready) == f"{told}; руководитель ещё не подтвердил."
    confirm_call(call_id=sent.pk, name=TOLD_BY)
    confirmed_at = datetime.datetime(2026, 10, 5, 1, tzinfo=MAGADAN)
    PhoneCall.objects.update(confirmed_at=confirmed_at)
    assert note(ready) == f"{told}; подтвердил(а) {TOLD_BY} 05.10.2026."
    PhoneCall.objects.update(confirmed_at=None, objected_at=confirmed_at, objection="Не так")
    assert note(ready) == f"{told}; руководитель с ними не согласен."


def test_the_paper_has_the_footnote(sent, url, signed_in, responsible_a, monkeypatch):
    pages = []
    monkeypatch.setattr(
        "apps.monitoring.printing.render_pdf",
        lambda template, context, **more: pages.append(context["phone_note"]) or b"%PDF-",
    )
    assert signed_in(responsible_a).get(f"{url}print.pdf").status_code == 200
    assert pages[0].startswith("Данные сообщены по телефону: ")


def test_an_own_sending_has_no_note(ready, responsible_a, campaign):
    submit(response_id=ready.pk, by=responsible_a)
    assert note(ready) == ""
    assert note_of_summary(calls_of(campaign, {"submitted", "accepted"})) == ""


def test_the_summary_names_the_organisations(sent, ready, campaign, methodist, signed_in):
    page = f"/monitoring/campaigns/{campaign.pk}/summary/"
    methodists = signed_in(methodist)
    assert "Сообщено по телефону" not in methodists.get(page).content.decode()
    waiting = methodists.get(page, {"with_submitted": "1"}).content.decode()
    assert "Сообщено по телефону, ещё не подтверждено руководителем: Школа А." in waiting
    confirm_call(call_id=sent.pk, name=TOLD_BY)
    accept(response_id=ready.pk, by=methodist)
    now = methodists.get(page).content.decode()
    assert "Сообщено по телефону, подтверждено руководителем: Школа А." in now


def test_a_past_day_tells_what_stood_then(sent, ready, campaign, methodist):
    confirm_call(call_id=sent.pk, name=TOLD_BY)
    accept(response_id=ready.pk, by=methodist)
    edition = ResponseEdition.objects.get(response=ready)
    before, after = edition.valid_from, edition.valid_from + datetime.timedelta(seconds=1)
    assert note_of_summary(calls_of(campaign, (), moment=before)) == ""
    told = "Сообщено по телефону, подтверждено руководителем: Школа А."
    assert note_of_summary(calls_of(campaign, (), moment=after)) == told
