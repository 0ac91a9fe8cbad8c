"""Telling people: inside the portal at once, by letter after commit and as each of them wishes."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from apps.accounts.models import User
from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.notices import permissions
from apps.notices.enums import DeliveryState, Frequency
from apps.notices.models import Delivery, Notice, Preference
from apps.notices.queries import awaiting_digest, frequencies, users_by_id


@transaction.atomic
def notify(
    *, recipients: Iterable[User], kind: str, title: str, text: str = "", url: str = "", by: Any = None
) -> list[Notice]:
    """Leaves a notice for each active recipient and queues letters for those who want them at once.

    `kind` is the caller's word for this sort of notice (`campaign_started`), `url` a path of the portal.
    The letters belong to the caller's transaction: rolled back, they never were. One query for the
    preferences and a fixed number of writes, whatever the number of recipients.
    """
    if url and (not url.startswith("/") or url.startswith(("//", "/\\"))):
        raise ValueError("a notice leads to a path of the portal")
    people = {one.pk: one for one in recipients if one.is_active}
    notices = Notice.objects.bulk_create(
        Notice(
            recipient=one,
            kind=kind,
            title=title[:300],
            text=text,
            url=url,
            sent_by_id=getattr(by, "pk", None),
        )
        for one in people.values()
    )
    wishes = frequencies(list(people))
    at_once = [one for one in notices if wishes.get(one.recipient_id, Frequency.AT_ONCE) == Frequency.AT_ONCE]
    queue_letters([(one.recipient, one.title, [one]) for one in at_once])
    return notices


def queue_letters(letters: list[tuple[User, str, list[Notice]]]) -> list[Delivery]:
    """A line of the log for each (recipient, subject, notices), and a job for those with an address."""
    deliveries = Delivery.objects.bulk_create(_delivery(user, subject) for user, subject, _ in letters)
    carried = Delivery.notices.through
    carried.objects.bulk_create(
        carried(delivery_id=delivery.pk, notice_id=notice.pk)
        for delivery, (_, _, notices) in zip(deliveries, letters, strict=True)
        for notice in notices
    )
    defer([one for one in deliveries if one.state == DeliveryState.WAITING])
    return deliveries


def _delivery(user: User, subject: str) -> Delivery:
    state = DeliveryState.WAITING if user.email else DeliveryState.SKIPPED
    return Delivery(recipient=user, address=user.email, subject=subject[:300], state=state)


def defer(deliveries: list[Delivery]) -> None:
    if deliveries:
        jobs: list[Any] = [{"delivery_id": one.pk} for one in deliveries]
        app.configure_task("notices.send_delivery").batch_defer(*jobs)


@transaction.atomic
def queue_digests() -> int:
    """One letter for each user with a digest and something unread; at most one a day. Gives their number."""
    now = timezone.now()
    subject = f"Сводка уведомлений за {timezone.localtime(now):%d.%m.%Y}"
    waiting = awaiting_digest(now).select_for_update(of=("self",), skip_locked=True)
    grouped = {who: list(notices) for who, notices in groupby(waiting, key=lambda one: one.recipient_id)}
    done = Delivery.objects.filter(subject=subject, recipient_id__in=grouped).values_list(
        "recipient_id", flat=True
    )
    for user_id in set(done):
        del grouped[user_id]
    users = users_by_id(set(grouped))
    return len(queue_letters([(users[who], subject, notices) for who, notices in grouped.items()]))


@transaction.atomic
def resend(*, by: Any, delivery: Delivery) -> Delivery:
    """Queues a letter that did not leave once more, to the address the recipient has now.

    A letter with a one-time link carries no notice and is never repeated: its sender asks for a new link.
    Raises `Refused`, `Conflict` when it has left meanwhile or there is still no address.
    """
    delivery = (
        Delivery.objects.select_for_update(of=("self",)).select_related("recipient").get(pk=delivery.pk)
    )
    require(permissions.can_see_log(by))
    if not permissions.can_resend(by, delivery) or not delivery.notices.exists():
        raise Conflict("Повторить можно только письмо с уведомлением, которое не ушло.")
    if delivery.recipient is None or not delivery.recipient.email:
        raise Conflict("У получателя не указана электронная почта.")
    delivery.state, delivery.address = DeliveryState.WAITING, delivery.recipient.email
    delivery.attempts, delivery.error = 0, ""
    delivery.save(update_fields=["state", "address", "attempts", "error"])
    journal.record(by=by, verb=Verb.REMINDED, subject=delivery, note="письмо отправлено повторно")
    defer([delivery])
    return delivery


def mark_read(*, by: Any, notice: Notice) -> None:
    """One of one's own; reading it twice keeps the first moment."""
    Notice.objects.visible_to(by).unread().filter(pk=notice.pk).update(read_at=timezone.now())


def mark_all_read(*, by: Any) -> int:
    return Notice.objects.visible_to(by).unread().update(read_at=timezone.now())


def choose_frequency(*, by: Any, frequency: str) -> None:
    """How often one's own letters come. Raises ValueError for a word that is none of `Frequency`."""
    Preference.objects.update_or_create(user_id=by.pk, defaults={"frequency": Frequency(frequency)})


def log_letter(*, to: str, subject: str, recipient_id: int | None, error: str) -> None:
    """A letter of the floors below (an invitation, a password link) in the log, sent already or failed."""
    Delivery.objects.create(
        recipient_id=recipient_id,
        address=to,
        subject=subject,
        state=DeliveryState.FAILED if error else DeliveryState.SENT,
        attempts=1,
        error=error,
        sent_at=None if error else timezone.now(),
    )
