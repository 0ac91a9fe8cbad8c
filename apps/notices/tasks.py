"""Sending letters and gathering the daily digests."""

import smtplib

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from apps.core.calendar import is_working_day
from apps.core.mail import absolute, compose, reason
from apps.core.models import WorkdayException
from apps.notices.actions import queue_digests
from apps.notices.enums import DeliveryState
from apps.notices.models import Delivery

ATTEMPTS = 5
# Seconds to the next attempt: 4, 16, 64, 256.
RETRY = RetryStrategy(max_attempts=ATTEMPTS, exponential_wait=4, retry_exceptions={OSError})


@app.task(name="notices.send_delivery", retry=RETRY)
def send_delivery(*, delivery_id: int) -> None:
    """Sends a waiting letter and logs the result; raises again what is worth another attempt.

    The row is locked while the letter leaves, so two workers never send it twice; one that has left,
    or was sent again by hand meanwhile, is not touched.
    """
    with transaction.atomic():
        delivery = (
            Delivery.objects.select_for_update(of=("self",))
            .select_related("recipient")
            .filter(pk=delivery_id, state=DeliveryState.WAITING)
            .first()
        )
        if delivery is None:
            return
        failure = _attempt(delivery)
        delivery.save(update_fields=["state", "attempts", "error", "sent_at"])
    if failure is not None and delivery.state == DeliveryState.WAITING:
        raise failure


def _attempt(delivery: Delivery) -> OSError | None:
    """One attempt, with its result in the fields of the delivery, not saved."""
    delivery.attempts += 1
    try:
        _letter(delivery).send()
    except OSError as error:
        delivery.error = reason(error)
        if delivery.attempts >= ATTEMPTS or _is_final(error):
            delivery.state = DeliveryState.FAILED
        return error
    except ValueError as error:  # an address that can't be written into a header
        delivery.state, delivery.error = DeliveryState.FAILED, reason(error)
        return None
    delivery.state, delivery.error, delivery.sent_at = DeliveryState.SENT, "", timezone.now()
    return None


def _letter(delivery: Delivery) -> EmailMultiAlternatives:
    notices = [
        {"title": one.title, "text": one.text, "link": absolute(one.url) if one.url else ""}
        for one in delivery.notices.order_by("created_at", "pk")
    ]
    context = {"recipient": delivery.recipient, "notices": notices, "settings_link": absolute("/account/")}
    return compose(
        to=delivery.address, subject=delivery.subject, template="notices/mail/notices", context=context
    )


def _is_final(error: OSError) -> bool:
    """The server has refused the address for good (a 5xx answer): no second attempt helps."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError) and error.smtp_code >= 500


# 9:00 to 14:00 of Magadan (UTC+11): a worker that was down at nine makes up for it, once a day for each.
@app.periodic(cron="0 22,23,0,1,2,3 * * *")
@app.task(name="notices.digests", queueing_lock="notices.digests", lock="notices.digests")
def send_digests(timestamp: int) -> None:
    """The daily digests, on working days."""
    overrides = dict(WorkdayException.objects.values_list("date", "is_working"))
    if is_working_day(timezone.localdate(), overrides):
        queue_digests()
