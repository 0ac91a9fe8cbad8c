"""The plans of the world that the walk goes over: a draft, one that waits, one at work with an amendment."""

import datetime
import io
from typing import Any

from openpyxl import Workbook

from apps.accounts.models import User
from apps.core.exports import XLSX_TYPE
from apps.core.files import store_file
from apps.core.magadan import magadan_today
from apps.planning.actions.amendments import amend_remove, begin_amendment
from apps.planning.actions.feeds import open_feed
from apps.planning.actions.marking import complete
from apps.planning.actions.plans import add_item, create_plan
from apps.planning.actions.programmes import save_programme
from apps.planning.enums import YearKind
from apps.planning.models import Plan
from tests.planning.factories import approved, item_values, sent


def add_plans(users: dict[str, User], at: dict[str, Any]) -> None:
    """Fills the tables and the words of the addresses. Plans have years of their own: none waits twice."""
    methodist, head = users["methodist"], users["head"]
    year = magadan_today().year
    work = _plan(methodist, year, 4)
    edition = approved(work, methodist, head)
    items = list(work.items.order_by("pk"))
    first, second, third, _ = (one.holdings.get() for one in items)
    complete(holding=third, by=methodist, done_on=third.starts_on, actual_count=5, document="Протокол № 1")
    amendment = begin_amendment(plan=work, by=methodist, reason="Перенос срока")
    line = amend_remove(amendment=amendment, by=methodist, item=items[3])
    draft = _plan(methodist, year + 1, 2)
    waiting = _plan(methodist, year + 2, 1)
    sent(waiting, methodist)
    _, token = open_feed(by=methodist)
    at |= {
        "plan": work.pk,
        "draft plan": draft.pk,
        "waiting plan": waiting.pk,
        "approved plan": work.pk,
        "plan edition": edition.pk,
        "plan item": items[0].pk,
        "free item": items[1].pk,
        "draft item": draft.items.first().pk,
        "other draft item": draft.items.last().pk,
        "holding": first.pk,
        "free holding": second.pk,
        "done holding": third.pk,
        "amendment": amendment.pk,
        "line of amendment": line.pk,
        "plan person": methodist.pk,
        "feed": methodist.plan_feeds.get().pk,
        "feed token": token,
        "programme": save_programme(by=head, title="Развитие образования города", level="municipal").pk,
        "plan file": _file(methodist).pk,
        "methodist": methodist.pk,
        "a past day": magadan_today().isoformat(),
        "a day of the plan": f"{year}-12-01",
        "a day of the draft": f"{year + 1}-12-01",
    }


def _plan(by: User, year: int, count: int) -> Plan:
    """By calendar year, its events on the tenth of January and the days after."""
    plan = create_plan(by=by, owner="imo", year_kind=YearKind.CALENDAR, year=year)
    for number in range(count):
        day = datetime.date(year, 1, 12 + number)
        add_item(plan=plan, by=by, values=item_values(by, on=day, title=f"Мероприятие {number + 1}"))
    plan.refresh_from_db()
    return plan


def _file(by: User) -> Any:
    book = Workbook()
    for row in (
        ["Раздел", "Мероприятие", "Срок", "Ответственный"],
        ["3.1", "Мониторинг", "март", by.last_name],
    ):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return store_file(file=content, name="План.xlsx", content_type=XLSX_TYPE, by=by)
