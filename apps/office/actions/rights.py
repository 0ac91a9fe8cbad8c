"""What the statute gives the staff (5.5): proposals, support, safety, own training, appeals."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.queries import holders_of
from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.core.roles import Role
from apps.notices.actions import notify
from apps.office.actions.common import author_of, locked, named, removed, require_keeper, written
from apps.office.models import ActProposal, Appeal, Encouragement, SafetyBriefing, StaffTraining
from apps.office.permissions import can_answer_appeal, can_answer_proposal, can_keep_staff
from apps.office.states import PROPOSAL
from apps.workflow.actions import move

Kept = Encouragement | SafetyBriefing | StaffTraining


@transaction.atomic
def propose(*, by: Any, **details: Any) -> ActProposal:
    """An employee's say in a local act; the heads are told."""
    row = written(ActProposal(author=author_of(by)), by=by, details=details)
    notify(
        recipients=holders_of(Role.HEAD),
        kind="proposal",
        title="Предложение сотрудника к локальному акту",
        url=f"/office/proposals/{row.pk}/",
        by=by,
    )
    return row


@transaction.atomic
def answer_proposal(*, by: Any, proposal: ActProposal, is_taken: bool, answer: str) -> ActProposal:
    """Takes or declines it, always with words."""
    row = locked(proposal)
    require(can_answer_proposal(by, row), "Ответить на это предложение вы не можете.")
    row.answer, row.answered_by_id, row.answered_at = answer.strip(), by.pk, timezone.now()
    fields = ("answer", "answered_by", "answered_at")
    move(row, PROPOSAL, "take" if is_taken else "decline", by=by, comment=answer, update_fields=fields)
    _tell(row.author.user, "Ответ на ваше предложение", f"/office/proposals/{row.pk}/", by)
    return row


@transaction.atomic
def save_record(*, by: Any, row: Kept, **details: Any) -> Kept:
    """Support, a briefing or training of an employee; `row` is new or found through `visible_to`.

    Own training is entered by the employee himself too.
    """
    if isinstance(row, StaffTraining) and not can_keep_staff(by):
        mine = author_of(by)
        require(row.pk is None or row.employee_id == mine.pk, "Это обучение другого сотрудника.")
        details["employee"] = mine
    else:
        require_keeper(by)
    return written(locked(row) if row.pk else row, by=by, details=details)


@transaction.atomic
def remove_record(*, by: Any, row: Kept) -> None:
    """A line entered by mistake; what an order gave stays."""
    require_keeper(by)
    if isinstance(row, Encouragement) and row.order_id:
        raise Conflict("Поощрение объявлено приказом и не удаляется.")
    removed(locked(row), by=by)


@transaction.atomic
def appeal(*, by: Any, addressee: str, subject: str, text: str) -> Appeal:
    """An employee writes to a head; only the two of them read it."""
    row = Appeal(author=author_of(by))
    row = written(row, by=by, details={"addressee": addressee, "subject": subject, "text": text})
    notify(
        recipients=holders_of(addressee),
        kind="appeal",
        title="Обращение сотрудника",
        url=f"/office/appeals/{row.pk}/",
        by=by,
    )
    return row


@transaction.atomic
def answer_appeal(*, by: Any, appeal: Appeal, answer: str) -> Appeal:
    """The answer of whoever it is addressed to; a second one is refused."""
    row = locked(appeal)
    require(can_answer_appeal(by, row), "Ответить на это обращение вы не можете.")
    if not answer.strip():
        raise Conflict("Напишите ответ.")
    row.answer, row.answered_by_id, row.answered_at = answer.strip(), by.pk, timezone.now()
    row.save(update_fields=["answer", "answered_by", "answered_at"])
    journal.record(by=by, verb=Verb.CHANGED, subject=row, title=named(row), note="ответ")
    _tell(row.author.user, "Ответ на ваше обращение", f"/office/appeals/{row.pk}/", by)
    return row


def _tell(user: Any, title: str, url: str, by: Any) -> None:
    if user is not None:
        notify(recipients=[user], kind="answer", title=title, url=url, by=by)
