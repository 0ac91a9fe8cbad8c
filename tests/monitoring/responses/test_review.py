"""Review: every state with every transition, remarks, extension, who may press what."""

import datetime

import pytest
from django.utils import timezone

from apps.monitoring.models import Response

STATES = ["not_started", "draft", "submitted", "returned", "accepted"]
ACTS = {
    "return": {"comment": "Исправьте строку 01"},
    "accept": {},
    "reopen": {"comment": "Ошибка в строке 01"},
}
ALLOWED = {
    ("submitted", "return"): "returned",
    ("submitted", "accept"): "accepted",
    ("accepted", "reopen"): "returned",
}


def put(response, state):
    now = timezone.now()
    Response.objects.filter(pk=response.pk).update(
        state=state,
        submitted_at=now if state in ("submitted", "accepted", "returned") else None,
        accepted_at=now if state == "accepted" else None,
    )


@pytest.fixture
def submitted(ready):
    put(ready, "submitted")
    return ready


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", ACTS)
def test_every_state_with_every_act(state, act, signed_in, methodist, ready, url):
    put(ready, state)

    answer = signed_in(methodist).post(f"{url}{act}/", ACTS[act])

    ready.refresh_from_db()
    expected = ALLOWED.get((state, act))
    assert answer.status_code == (302 if expected else 409)
    assert ready.state == (expected or state)


@pytest.mark.parametrize(("state", "sent"), [(s, s in ("not_started", "draft", "returned")) for s in STATES])
def test_sending_from_every_state(state, sent, signed_in, responsible_a, ready, url):
    put(ready, state)

    answer = signed_in(responsible_a).post(f"{url}submit/", {"key": "k"})

    ready.refresh_from_db()
    assert answer.status_code == (302 if sent else 409)
    assert ready.state == ("submitted" if sent else state)


@pytest.mark.parametrize("act", ["return", "reopen"])
def test_comment_is_mandatory(act, signed_in, methodist, ready, url):
    put(ready, "submitted" if act == "return" else "accepted")

    for comment in ("", "   ", "a\x00b", "x" * 3000):
        answer = signed_in(methodist).post(f"{url}{act}/", {"comment": comment})
        assert answer.status_code == 409

    ready.refresh_from_db()
    assert ready.state == ("submitted" if act == "return" else "accepted")


@pytest.mark.parametrize("act", ["return", "accept", "reopen", "extend", "remarks"])
def test_who_may_review(
    act, client, signed_in, responsible_a, responsible_b, director, assistant, submitted, url
):
    data = {"comment": "x", "text": "x", "reason": "x", "due_at": "2030-01-01T10:00"}

    assert client.post(f"{url}{act}/", data).status_code == 302
    assert signed_in(responsible_b).post(f"{url}{act}/", data).status_code == 404
    assert signed_in(responsible_a).post(f"{url}{act}/", data).status_code == 403
    assert signed_in(director).post(f"{url}{act}/", data).status_code == 403
    assert signed_in(assistant).post(f"{url}{act}/", data).status_code == 403
    submitted.refresh_from_db()
    assert submitted.state == "submitted"
    assert not submitted.remarks.exists()


@pytest.mark.parametrize(
    "act", ["return", "accept", "reopen", "extend", "remarks", "rows", "explain", "cells"]
)
def test_acts_are_posted(act, signed_in, methodist, submitted, url):
    assert signed_in(methodist).get(f"{url}{act}/").status_code == 405


def test_thread_of_a_remark(signed_in, methodist, responsible_a, submitted, url):
    signed_in(methodist).post(f"{url}remarks/", {"cell": "1/01/4", "text": "Проверьте <b>"})
    remark = submitted.remarks.get()
    assert signed_in(methodist).post(f"{url}accept/").status_code == 409
    signed_in(methodist).post(f"{url}return/", {"comment": "См. замечание"})

    page = signed_in(responsible_a).get(f"{url}?cell=1/01/4").content.decode()
    assert "Проверьте &lt;b&gt;" in page
    assert 'data-remark="open"' in page
    assert "См. замечание" in page
    signed_in(responsible_a).post(f"{url}remarks/{remark.pk}/answer/", {"text": "Верно, проверили"})
    remark.refresh_from_db()
    assert remark.state == "answered"
    assert signed_in(responsible_a).post(f"{url}remarks/{remark.pk}/resolve/").status_code == 403
    signed_in(responsible_a).post(f"{url}submit/", {"key": "k2"})
    signed_in(methodist).post(f"{url}remarks/{remark.pk}/resolve/")
    assert signed_in(methodist).post(f"{url}accept/").status_code == 302
    remark.refresh_from_db()
    submitted.refresh_from_db()
    assert (remark.state, submitted.state) == ("resolved", "accepted")
    assert [one.text for one in remark.messages.all()] == ["Проверьте <b>", "Верно, проверили"]


def test_remark_of_another_response_is_not_there(
    signed_in, methodist, responsible_a, submitted, url, campaign, school_b
):
    from tests.factories import ResponseFactory

    other = ResponseFactory(
        campaign=campaign, organization=school_b, state="returned", submitted_at=timezone.now()
    )
    foreign = other.remarks.create(address="1/01/4")
    for act in ("answer", "resolve"):
        answer = signed_in(responsible_a).post(f"{url}remarks/{foreign.pk}/{act}/", {"text": "x"})
        assert answer.status_code == 404
        assert (
            signed_in(methodist).post(f"{url}remarks/{foreign.pk}/{act}/", {"text": "x"}).status_code == 404
        )
    assert not foreign.messages.exists()


def test_remark_on_a_cell_that_is_not_there(signed_in, methodist, submitted, url):
    for cell in ("9/9/9", "\x00", "x" * 5000):
        assert signed_in(methodist).post(f"{url}remarks/", {"cell": cell, "text": "x"}).status_code == 409
    assert not submitted.remarks.exists()


def test_extension(signed_in, methodist, responsible_a, ready, url):
    ready.campaign.due_at = timezone.now() - datetime.timedelta(days=3)
    ready.campaign.save()
    assert signed_in(responsible_a).post(f"{url}submit/", {"key": "k"}).status_code == 409

    due = timezone.localtime() + datetime.timedelta(days=2)
    answer = signed_in(methodist).post(
        f"{url}extend/", {"due_at": f"{due:%Y-%m-%dT%H:%M}", "reason": "Болезнь завуча"}
    )

    assert answer.status_code == 302
    ready.refresh_from_db()
    assert f"{timezone.localtime(ready.due_at):%Y-%m-%d %H:%M}" == f"{due:%Y-%m-%d %H:%M}"
    assert ready.extensions.get().reason == "Болезнь завуча"
    assert signed_in(responsible_a).post(f"{url}submit/", {"key": "k"}).status_code == 302


@pytest.mark.parametrize(
    "due_at", ["", "вчера", "2020-01-01T10:00", "2026-02-31T10:00", "9999-12-31T23:59", "\x00"]
)
def test_bad_extension_is_refused(due_at, signed_in, methodist, ready, url):
    answer = signed_in(methodist).post(f"{url}extend/", {"due_at": due_at, "reason": "x"})

    assert answer.status_code == 409
    assert not ready.extensions.exists()


def test_neighbours_in_review(signed_in, methodist, submitted, url, campaign, school_b):
    from tests.factories import ResponseFactory

    later = ResponseFactory(
        campaign=campaign,
        organization=school_b,
        state="submitted",
        submitted_at=timezone.now() + datetime.timedelta(minutes=1),
    )

    page = signed_in(methodist).get(url).content.decode()

    assert f'href="/monitoring/responses/{later.pk}/">' in page
    assert "Следующий" in page
    assert "Предыдущий" not in page


def test_history_of_a_cell(signed_in, responsible_a, responsible_b, response, url):
    client = signed_in(responsible_a)
    client.post(url, {"c:1/01/5": "2,5"})
    client.post(url, {"c:1/01/5": "3"})

    page = client.get(f"{url}history/?cell=1/01/5").content.decode()

    assert "<s>2,5</s> → <b>3</b>" in page
    assert "<s>пусто</s> → <b>2,5</b>" in page
    assert str(responsible_a) in page
    assert client.get(f"{url}history/?cell=9/9/9").status_code == 404
    assert client.get(f"{url}history/").status_code == 404
    assert signed_in(responsible_b).get(f"{url}history/?cell=1/01/5").status_code == 404


def test_receipt_is_seen_through_its_response(signed_in, responsible_a, responsible_b, methodist, ready, url):
    place = signed_in(responsible_a).post(f"{url}submit/", {"key": "k"}).url

    assert signed_in(responsible_a).get(place).status_code == 200
    assert signed_in(methodist).get(place).status_code == 200
    assert signed_in(responsible_b).get(place).status_code == 404
