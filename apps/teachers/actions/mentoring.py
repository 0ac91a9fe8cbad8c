"""Ending mentoring before its term."""

import datetime
from typing import Any

from django.db import transaction

from apps.core.access import Conflict
from apps.teachers.actions.people import save_record
from apps.teachers.models import Mentorship


@transaction.atomic
def end_mentorship(
    *,
    by: Any,
    mentorship: Mentorship,
    ended_on: datetime.date,
    terminated_by: str,
    notified_on: datetime.date | None = None,
    outcome: str = "",
) -> Mentorship:
    """Ends it on the day; with a notice of three working days unless one of the two has left.

    ТК РФ ст. 351.8. `Refused`; `Conflict` for a pair that has ended so; `ValidationError` by field.
    """
    pair = Mentorship.objects.select_for_update(of=("self",)).get(pk=mentorship.pk)
    if pair.terminated_by:
        raise Conflict("Наставничество уже прекращено досрочно.")
    if pair.ended_on and ended_on >= pair.ended_on:
        raise Conflict(f"Оно и так заканчивается {pair.ended_on:%d.%m.%Y}: досрочно — значит раньше.")
    pair.ended_on, pair.terminated_by, pair.notified_on = ended_on, terminated_by, notified_on
    pair.outcome = outcome or pair.outcome
    return save_record(by=by, record=pair)
