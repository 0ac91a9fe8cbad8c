"""Plans and events as tests need them; a test says the rest itself."""

import datetime
from typing import Any

from pypdfium2 import PdfDocument

from apps.accounts.models import User
from apps.core.roles import Role
from apps.planning.actions.editions import approve, send
from apps.planning.actions.plans import add_item, create_plan
from apps.planning.models import Edition, Plan, PlanItem
from tests.factories import RoleGrantFactory

D = datetime.date
OCTOBER = D(2026, 10, 15)


def item_values(by: User, **values: Any) -> dict[str, Any]:
    """An event of `by` on the fifteenth of October 2026; `on` is another day."""
    on = values.pop("on", OCTOBER)
    given = {"section": "3.3", "form": "Семинар", "title": "Читательская грамотность"}
    given |= {"starts_on": on, "ends_on": on, "responsible": by}
    return given | values


def make_plan(by: User, count: int = 1, **fields: Any) -> Plan:
    """A draft of ИМО for 2026/2027 with `count` events of whoever drafts it."""
    plan = create_plan(by=by, **{"owner": "imo", "year_kind": "school", "year": 2026} | fields)
    for number in range(count):
        add_item(plan=plan, by=by, values=item_values(by, title=f"Мероприятие {number + 1}"))
    plan.refresh_from_db()
    return plan


def make_item(plan: Plan, by: User, **values: Any) -> PlanItem:
    return add_item(plan=plan, by=by, values=item_values(by, **values))


def sent(plan: Plan, by: User) -> Edition:
    edition = send(plan=plan, by=by)
    plan.refresh_from_db()
    return edition


def approved(plan: Plan, by: User, approver: User) -> Edition:
    """The plan after its first approval, and its edition."""
    edition = sent(plan, by)
    approve(edition=edition, by=approver)
    plan.refresh_from_db()
    edition.refresh_from_db()
    return edition


def acting(user: User, first: datetime.date, last: datetime.date) -> None:
    """A recorded order: the user is acting head from the first to the last day."""
    RoleGrantFactory(
        user=user,
        role=Role.HEAD,
        is_acting=True,
        starts_on=first,
        ends_on=last,
        order_number="12-к",
        order_date=first,
    )


def pdf_text(content: bytes) -> str:
    """The words of a PDF, in one line."""
    text = " ".join(page.get_textpage().get_text_range() for page in PdfDocument(content))
    return " ".join(text.replace("\ufffe", "-").split())
