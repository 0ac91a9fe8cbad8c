"""Notices inside the portal and the letters they put into the queue."""

import pytest
from django.db import transaction

from apps.core.access import Conflict, Refused
from apps.notices.actions import choose_frequency, mark_all_read, mark_read, notify, resend
from apps.notices.models import Delivery, Notice
from apps.notices.queries import frequency_of, unread_count
from tests.factories import UserFactory

TASK = "notices.send_delivery"


def test_notice_and_letter(methodist, responsible_a, queued):
    made = notify(
        recipients=[responsible_a],
        kind="campaign_started",
        title="Запущен мониторинг «Библиотека»",
        text="Срок — 1 декабря.",
        url="/monitoring/",
        by=methodist,
    )

    notice = Notice.objects.get()
    assert made == [notice]
    assert (notice.recipient, notice.sent_by, notice.read_at) == (responsible_a, methodist, None)
    delivery = notice.deliveries.get()
    assert (delivery.address, delivery.state, delivery.subject) == (
        "school-a@imo.example",
        "waiting",
        "Запущен мониторинг «Библиотека»",
    )
    assert queued(TASK) == [{"delivery_id": delivery.pk}]


def test_each_recipient_once_and_inactive_ones_never(responsible_a, db):
    gone = UserFactory(is_active=False)

    notify(recipients=[responsible_a, responsible_a, gone], kind="test", title="Проверка")

    assert [one.recipient for one in Notice.objects.all()] == [responsible_a]


def test_no_address_is_logged_as_skipped(db, queued):
    user = UserFactory(email="")

    notify(recipients=[user], kind="test", title="Проверка")

    assert Delivery.objects.get().state == "skipped"
    assert queued(TASK) == []


@pytest.mark.parametrize("frequency", ["daily", "never"])
def test_wish_for_fewer_letters_is_respected(responsible_a, responsible_b, queued, frequency):
    choose_frequency(by=responsible_a, frequency=frequency)

    notify(recipients=[responsible_a, responsible_b], kind="test", title="Проверка")

    assert Notice.objects.count() == 2
    assert [one.recipient for one in Delivery.objects.all()] == [responsible_b]
    assert len(queued(TASK)) == 1


def test_letters_are_rolled_back_with_their_cause(responsible_a, queued):
    with pytest.raises(RuntimeError), transaction.atomic():
        notify(recipients=[responsible_a], kind="test", title="Проверка")
        raise RuntimeError
    assert not Notice.objects.exists()
    assert queued(TASK) == []


@pytest.mark.parametrize(
    "url", ["https://else.example/", "//else.example/", "/\\else.example", "javascript:1"]
)
def test_notice_leads_into_the_portal_only(responsible_a, url):
    with pytest.raises(ValueError, match="path of the portal"):
        notify(recipients=[responsible_a], kind="test", title="Проверка", url=url)


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_is_fixed(django_assert_num_queries, db, count):
    people = UserFactory.create_batch(count)

    # savepoint, notices, wishes, deliveries, links, jobs, release
    with django_assert_num_queries(7):
        notify(recipients=people, kind="test", title="Проверка")


def test_long_title_is_cut(responsible_a):
    notify(recipients=[responsible_a], kind="test", title="д" * 1000)

    assert Notice.objects.get().title == "д" * 300


def test_reading(responsible_a, responsible_b):
    notify(recipients=[responsible_a, responsible_b], kind="test", title="Первое")
    notify(recipients=[responsible_a], kind="test", title="Второе")
    first = Notice.objects.get(recipient=responsible_a, title="Первое")
    assert unread_count(responsible_a) == 2

    mark_read(by=responsible_b, notice=first)
    assert unread_count(responsible_a) == 2
    mark_read(by=responsible_a, notice=first)
    assert unread_count(responsible_a) == 1
    assert mark_all_read(by=responsible_a) == 1
    assert unread_count(responsible_b) == 1


def test_frequency(responsible_a):
    assert frequency_of(responsible_a) == "at_once"
    choose_frequency(by=responsible_a, frequency="daily")
    choose_frequency(by=responsible_a, frequency="never")
    assert frequency_of(responsible_a) == "never"
    with pytest.raises(ValueError, match="hourly"):
        choose_frequency(by=responsible_a, frequency="hourly")


def failed_letter(user):
    notify(recipients=[user], kind="test", title="Проверка")
    delivery = Delivery.objects.get()
    delivery.state, delivery.attempts, delivery.error = "failed", 5, "нет сервера"
    delivery.save()
    return delivery


def test_failed_letter_is_sent_again_to_the_present_address(methodist, responsible_a, queued):
    delivery = failed_letter(responsible_a)
    responsible_a.email = "other@imo.example"
    responsible_a.save()

    resend(by=methodist, delivery=delivery)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.address, delivery.attempts, delivery.error) == (
        "waiting",
        "other@imo.example",
        0,
        "",
    )
    assert queued(TASK) == [{"delivery_id": delivery.pk}] * 2


def test_letter_is_not_sent_twice(methodist, responsible_a):
    notify(recipients=[responsible_a], kind="test", title="Проверка")

    with pytest.raises(Conflict):
        resend(by=methodist, delivery=Delivery.objects.get())


def test_letter_without_address_stays(methodist, db):
    user = UserFactory(email="")
    notify(recipients=[user], kind="test", title="Проверка")

    with pytest.raises(Conflict, match="не указана"):
        resend(by=methodist, delivery=Delivery.objects.get())


@pytest.mark.parametrize("by", ["responsible_a", "director", "nobody", "assistant"])
def test_others_do_not_resend(request, by, responsible_a):
    with pytest.raises(Refused):
        resend(by=request.getfixturevalue(by), delivery=failed_letter(responsible_a))
