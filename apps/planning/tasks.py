"""The digest of Monday morning."""

import datetime

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from apps.accounts.models import User
from apps.core.calendar import within_working_hours
from apps.core.magadan import MAGADAN, in_magadan
from apps.core.models import WorkdayException
from apps.notices.actions import notify
from apps.notices.models import Notice
from apps.planning.enums import PlanState
from apps.planning.models import Holding
from apps.planning.terms import WEEK

KIND = "plan_week"
MOST = 30


# 9:00 to 14:00 of Magadan: the first working day of the week has its digest even if the worker was down.
@app.periodic(cron="0 22,23,0,1,2,3 * * *")
@app.task(name="planning.week", queueing_lock="planning.week", lock="planning.week", pass_context=False)
def send_week(timestamp: int) -> None:
    """Once a week, on its first working day."""
    now = timezone.now()
    if within_working_hours(now, dict(WorkdayException.objects.values_list("date", "is_working"))):
        tell_week(now)


@transaction.atomic
def tell_week(now: datetime.datetime) -> int:
    """To each executor, once a week, what the week asks of him and what is overdue. Gives their number."""
    today = in_magadan(now).date()
    monday = today - datetime.timedelta(days=today.weekday())
    told = set(
        Notice.objects.filter(
            kind=KIND, created_at__gte=datetime.datetime.combine(monday, datetime.time(), MAGADAN)
        ).values_list("recipient_id", flat=True)
    )
    sent = 0
    for person, lines in _lines(monday, today).items():
        if person.pk not in told:
            sent += len(
                notify(
                    recipients=[person],
                    kind=KIND,
                    title=f"План на неделю с {monday:%d.%m.%Y}",
                    text="\n".join(lines[:MOST]),
                    url="/plans/",
                )
            )
    return sent


def _lines(monday: datetime.date, today: datetime.date) -> dict[User, list[str]]:
    """Person → a line for each open event: overdue first, then those that end this week or touch it."""
    rows = (
        Holding.objects.standing()
        .open()
        .filter(item__plan__state=PlanState.APPROVED, item__is_beside_plan=False, starts_on__lt=monday + WEEK)
        .select_related("item__responsible")
        .prefetch_related("item__co_executors")
        .order_by("ends_on", "pk")
    )
    found: dict[User, list[str]] = {}
    for one in rows:
        if one.ends_on >= monday + WEEK and one.ends_on - one.starts_on >= WEEK:
            continue  # a month or a year that goes on is no matter of this week
        word = "Просрочено: " if one.ends_on < today else ""
        line = f"{word}{one.term_text} — {one.item}"
        people = {one.item.responsible, *one.item.co_executors.all()}
        for person in people:
            found.setdefault(person, []).append(line)
    return found
