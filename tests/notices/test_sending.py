"""Letters leave, fail, come again; the digest of the day."""

import smtplib
from unittest import mock

import pytest
from django.core import mail

from apps.core.mail import letter_sent, send_letter
from apps.core.models import WorkdayException
from apps.notices.actions import choose_frequency, mark_all_read, notify
from apps.notices.models import Delivery, Notice
from apps.notices.tasks import send_delivery, send_digests
from tests.factories import UserFactory

SMTP = "django.core.mail.backends.locmem.EmailBackend.send_messages"


@pytest.fixture
def delivery(responsible_a) -> Delivery:
    notify(
        recipients=[responsible_a],
        kind="test",
        title="Вернули <b>отчёт</b>",
        text="Строка 1 & строка 2",
        url="/monitoring/responses/7/",
    )
    return Delivery.objects.get()


def test_letter_leaves(delivery, settings):
    settings.PORTAL_URL = "https://imo.example"

    send_delivery(delivery_id=delivery.pk)

    letter = mail.outbox[0]
    assert letter.subject == "Вернули <b>отчёт</b>"
    assert letter.to == ["school-a@imo.example"]
    assert "Здравствуйте, Анна Ивановна!" in letter.body
    assert "Строка 1 & строка 2" in letter.body
    assert "https://imo.example/monitoring/responses/7/" in letter.body
    html = letter.alternatives[0].content
    assert "Вернули &lt;b&gt;отчёт&lt;/b&gt;" in html
    assert "Строка 1 &amp; строка 2" in html
    assert "<b>" not in html
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.error) == ("sent", 1, "")
    assert delivery.sent_at is not None


def test_letter_leaves_once(delivery):
    send_delivery(delivery_id=delivery.pk)
    send_delivery(delivery_id=delivery.pk)

    assert len(mail.outbox) == 1


def test_unreachable_server_is_tried_again_five_times(delivery):
    with mock.patch(SMTP, side_effect=ConnectionRefusedError(111, "Connection refused")):
        for attempt in range(1, 5):
            with pytest.raises(ConnectionRefusedError):
                send_delivery(delivery_id=delivery.pk)
            delivery.refresh_from_db()
            assert (delivery.state, delivery.attempts) == ("waiting", attempt)
        send_delivery(delivery_id=delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("failed", 5)
    assert "Connection refused" in delivery.error


def test_second_attempt_succeeds(delivery):
    with (
        mock.patch(SMTP, side_effect=smtplib.SMTPServerDisconnected("gone")),
        pytest.raises(smtplib.SMTPServerDisconnected),
    ):
        send_delivery(delivery_id=delivery.pk)

    send_delivery(delivery_id=delivery.pk)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.error) == ("sent", 2, "")


def test_refused_address_is_not_tried_again(delivery):
    refusal = smtplib.SMTPRecipientsRefused({"school-a@imo.example": (550, b"no such user")})

    with mock.patch(SMTP, side_effect=refusal):
        send_delivery(delivery_id=delivery.pk)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("failed", 1)


def test_headers_can_not_be_injected(responsible_a):
    notify(recipients=[responsible_a], kind="test", title="Тема\r\nBcc: thief@else.example\n\nтекст")

    send_delivery(delivery_id=Delivery.objects.get().pk)

    message = mail.outbox[0].message()
    assert message["Bcc"] is None
    assert mail.outbox[0].recipients() == ["school-a@imo.example"]
    assert mail.outbox[0].subject == "Тема Bcc: thief@else.example текст"


def test_letter_of_a_lower_floor_gets_into_the_log(responsible_a):
    send_letter(
        to="new@imo.example",
        subject="Новый пароль",
        template="accounts/mail/password",
        context={"user": responsible_a, "link": "https://imo.example/x"},
        recipient_id=responsible_a.pk,
    )

    logged = Delivery.objects.get()
    assert (logged.address, logged.state, logged.recipient) == ("new@imo.example", "sent", responsible_a)


def test_failed_letter_of_a_lower_floor_gets_into_the_log(responsible_a):
    assert letter_sent.has_listeners()
    with mock.patch(SMTP, side_effect=OSError("нет сети")), pytest.raises(OSError, match="нет сети"):
        send_letter(
            to="new@imo.example",
            subject="Новый пароль",
            template="accounts/mail/password",
            context={"user": responsible_a, "link": "https://imo.example/x"},
        )

    logged = Delivery.objects.get()
    assert (logged.state, logged.error) == ("failed", "OSError: нет сети")


@pytest.fixture
def daily(responsible_a):
    choose_frequency(by=responsible_a, frequency="daily")
    return responsible_a


def test_digest_gathers_the_unread(daily, responsible_b, at):
    at("2026-11-23T22:05:00")  # Tuesday 24 November, 9:05 in Magadan
    notify(recipients=[daily, responsible_b], kind="test", title="Первое")
    notify(recipients=[daily], kind="test", title="Второе")
    Delivery.objects.all().delete()

    send_digests(timestamp=0)

    digest = Delivery.objects.get()
    assert (digest.recipient, digest.subject) == (daily, "Сводка уведомлений за 24.11.2026")
    assert [one.title for one in digest.notices.order_by("pk")] == ["Первое", "Второе"]
    send_delivery(delivery_id=digest.pk)
    assert mail.outbox[0].body.index("Первое") < mail.outbox[0].body.index("Второе")


def test_digest_comes_once_a_day(daily, at):
    at("2026-11-23T22:05:00")
    notify(recipients=[daily], kind="test", title="Первое")
    send_digests(timestamp=0)
    at("2026-11-24T01:00:00")
    notify(recipients=[daily], kind="test", title="Второе")
    send_digests(timestamp=0)
    assert Delivery.objects.count() == 1

    at("2026-11-24T22:00:00")
    send_digests(timestamp=0)

    newest = Delivery.objects.order_by("-pk").first()
    assert [one.title for one in newest.notices.all()] == ["Второе"]


def test_nothing_unread_no_digest(daily):
    notify(recipients=[daily], kind="test", title="Первое")
    mark_all_read(by=daily)

    send_digests(timestamp=0)

    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    "moment",
    [
        "2026-11-20T22:00:00",  # Saturday 21 November in Magadan
        "2026-12-31T22:00:00",  # 1 January
    ],
)
def test_no_digest_on_days_off(daily, at, moment):
    notify(recipients=[daily], kind="test", title="Первое")
    at(moment)

    send_digests(timestamp=0)

    assert not Delivery.objects.exists()


def test_calendar_of_the_department_rules(daily, at):
    WorkdayException.objects.create(date="2026-11-24", is_working=False)
    at("2026-11-23T22:00:00")
    notify(recipients=[daily], kind="test", title="Первое")

    send_digests(timestamp=0)

    assert not Delivery.objects.exists()


def test_digest_without_address_is_logged(db, at):
    user = UserFactory(email="")
    choose_frequency(by=user, frequency="daily")
    at("2026-11-23T22:00:00")
    notify(recipients=[user], kind="test", title="Первое")

    send_digests(timestamp=0)
    send_digests(timestamp=0)

    assert Delivery.objects.get().state == "skipped"
    assert Notice.objects.count() == 1
