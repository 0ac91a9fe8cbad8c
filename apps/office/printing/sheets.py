"""What stands on a printed order, the same in PDF and DOCX."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from apps.core.access import Conflict
from apps.core.russian import NBSP, date_long, date_short
from apps.office.models import Order
from apps.office.texts import clauses_of
from apps.organizations.models import Department
from apps.papers.reports.text import clean
from apps.papers.signatories import Signatory, director_signatory

DRAFT = "ПРОЕКТ"
COMMAND = "ПРИКАЗЫВАЮ:"


@dataclass(frozen=True)
class OrderSheet:
    """The parts of an order in their order; a draft has neither date nor number."""

    issuer: str
    place: str
    date: str
    number: str
    title: str
    preamble: str
    clauses: tuple[str, ...]
    position: str
    name: str
    is_draft: bool

    @property
    def file_name(self) -> str:
        """Without a person's name: links and files bear none."""
        return f"Приказ № {self.number}" if self.number else "Проект приказа"


def department() -> Department:
    """The one row. `Conflict` before the portal is set up."""
    row = Department.objects.filter(pk=1).first()
    if row is None:
        raise Conflict("Сведения о департаменте не заполнены: укажите их на странице настройки портала.")
    return row


def director(day: datetime.date) -> Signatory:
    """The department's head on the day; a blank to sign where the portal knows none."""
    found = director_signatory(day)
    title = department().director_title
    return found or Signatory("________________", title[:1].upper() + title[1:])


def order_sheet(order: Order) -> OrderSheet:
    """The order as it is printed; it is signed by whoever headed the department on its day."""
    issuer = department()
    signatory = director(order.date or timezone.localdate())
    return OrderSheet(
        issuer=clean(issuer.full_name),
        place=f"г.{NBSP}{clean(issuer.city)}",
        date=date_long(order.date) if order.date else "____________",
        number=clean(order.number) or "",
        title=clean(order.title),
        preamble=clean(order.preamble).rstrip(" ,.:"),
        clauses=tuple(clean(one) for one in clauses_of(order)),
        position=signatory.title,
        name=signatory.name,
        is_draft=not order.is_recorded,
    )


def acquaintance_rows(order: Order) -> list[tuple[str, str, str]]:
    """Name, post today and the day of reading (empty to sign by hand) for the acquaintance sheet."""
    rows = []
    for one in order.acquaintances.select_related("employee").prefetch_related(
        "employee__appointments__position"
    ):
        posts = ", ".join(
            held.position.title
            for held in one.employee.appointments.all()
            if held.ends_on is None or held.ends_on >= timezone.localdate()
        )
        rows.append((one.employee.full_name, posts, date_short(one.read_on) if one.read_on else ""))
    return rows
