"""Who signs on a day: it follows from the dated grants (statute 6.4, 6.5)."""

import datetime
from dataclasses import dataclass

from apps.accounts.models import RoleGrant
from apps.accounts.queries import director_on, head_on
from apps.core.access import Conflict
from apps.core.russian import Case, date_short, decline_phrase, initials_before
from apps.organizations.models import Department
from apps.papers.reports.blocks import ApprovalStamp


@dataclass(frozen=True)
class Signatory:
    """«И. О. Фамилия», the position as it is printed, and the order an acting head signs by."""

    name: str
    title: str
    basis: str = ""


def head_signatory(on: datetime.date) -> Signatory:
    """The head of ИМО on the day, or the acting one by his order. `Conflict` when there is neither."""
    grant = head_on(on)
    if grant is None:
        raise Conflict(
            f"На {date_short(on)} нет ни заведующего ИМО, ни исполняющего его обязанности: подписать некому."
        )
    title = _department().head_title
    if not grant.is_acting:
        return Signatory(_name(grant), _capitalized(title))
    return Signatory(_name(grant), acting_title(title), order_text(grant))


def head_stamp(on: datetime.date) -> ApprovalStamp | None:
    """The blank of the head's гриф for a draft; None where nobody holds the place on the day."""
    try:
        signatory = head_signatory(on)
    except Conflict:
        return None
    return ApprovalStamp(signatory.title, signatory.name, basis=signatory.basis)


def director_signatory(on: datetime.date) -> Signatory | None:
    """The head of the department on the day, for the гриф; None where nobody holds the place."""
    grant = director_on(on)
    return Signatory(_name(grant), _capitalized(_department().director_title)) if grant else None


def acting_title(title: str) -> str:
    """«Исполняющий обязанности заведующего …»."""
    position = decline_phrase(title, Case.GENITIVE)
    return f"Исполняющий обязанности {position[:1].lower()}{position[1:]}"


def order_text(grant: RoleGrant) -> str:
    """«приказ от 01.06.2026 № 12-к»."""
    date = f" от {date_short(grant.order_date)}" if grant.order_date else ""
    return f"приказ{date} №\u00a0{grant.order_number}"


def _department() -> Department:
    department = Department.objects.first()
    if department is None:
        raise Conflict("Сведения о департаменте не заполнены: укажите их на странице настройки портала.")
    return department


def _name(grant: RoleGrant) -> str:
    return initials_before(grant.user.last_name, grant.user.first_name, grant.user.middle_name)


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]
