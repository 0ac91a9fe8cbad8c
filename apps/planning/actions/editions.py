"""Sending a text for approval and deciding upon it: the only ways a plan gets approved."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.core.access import Conflict, require
from apps.core.magadan import magadan_today
from apps.notices.actions import notify
from apps.organizations.models import Department
from apps.papers.actions import issue, supersede
from apps.papers.enums import PaperKind, Register
from apps.papers.models import Paper
from apps.planning.actions.applying import amended_content, apply_lines
from apps.planning.actions.plans import FROZEN, ONLY_WRITERS, locked_plan
from apps.planning.content import Change, content_of, differences, same_text
from apps.planning.enums import EditionState, PlanOwner, PlanState
from apps.planning.models import Amendment, Edition, Plan
from apps.planning.permissions import can_write_plans, is_approver
from apps.planning.printing import edition_report, edition_title
from apps.planning.queries import approved_edition, approver_of, faults_of, waiting_edition
from apps.planning.signing import signatory_of
from apps.planning.states import AMENDMENT, EDITION, PLAN
from apps.workflow.actions import move

ONLY_APPROVER = {
    PlanOwner.IMO: "План ИМО утверждает заведующий или исполняющий его обязанности, и больше никто.",
    PlanOwner.DEPARTMENT: "План департамента утверждает руководитель департамента, и больше никто.",
}


class EditionChanged(Conflict):
    """The text that was opened is not the one that waits now; `changes` lead from that one to this."""

    def __init__(self, told: str, changes: list[Change], waiting: Edition | None = None) -> None:
        super().__init__(told)
        self.changes = changes
        self.waiting = waiting


@transaction.atomic
def send(*, plan: Plan, by: Any) -> Edition:
    """Freezes the draft's text and hands it to the approver.

    Raises `Refused`, `Conflict` with every fault of the plan: no events, copied ones not looked at, days
    outside of the year, a responsible person who has left.
    """
    require(can_write_plans(by), ONLY_WRITERS)
    row = locked_plan(plan.pk)
    if not row.is_text_open:
        raise Conflict(FROZEN[PlanState(row.state)])
    faults = faults_of(row)
    if faults:
        raise Conflict("План не отправлен. " + " ".join(faults))
    move(row, PLAN, "send", by=by)
    return hand_over(Edition(plan=row, content=content_of(row), sent_by_id=by.pk), by=by)


def hand_over(edition: Edition, *, by: Any) -> Edition:
    """Saves the frozen text and tells the approver of today."""
    edition.save(force_insert=True)
    approver = approver_of(edition.plan)
    notify(
        recipients=[approver] if approver else [],
        kind="plan",
        title=f"На утверждении: {edition_title(edition)}",
        url=admin_url(edition.plan),
        by=by,
    )
    return edition


@transaction.atomic
def return_edition(*, edition: Edition, comment: str, by: Any) -> Edition:
    """The approver sends the waiting text back with a mandatory comment; the text may be changed again."""
    plan, row, amendment = _locked(edition)
    require(is_approver(by, plan), ONLY_APPROVER[PlanOwner(plan.owner)])
    _require_waiting(plan, row)
    _move_subject(plan, amendment, "return", by, comment)
    row.decided_by_id, row.decided_at, row.comment = by.pk, timezone.now(), comment.strip()
    fields = ("decided_by", "decided_at", "comment")
    move(row, EDITION, "return", by=by, comment=comment, update_fields=fields)
    notify(
        recipients=[row.sent_by],
        kind="plan",
        title=f"Возвращён на доработку: {edition_title(row)}",
        text=row.comment,
        url=plan.get_absolute_url(),
        by=by,
    )
    return row


@transaction.atomic
def approve(*, edition: Edition, by: Any) -> Paper:
    """Approves the text that was read: number of the edition, paper with number and code, states.

    A second press finds the edition approved and gives the paper already issued. Raises `Refused` for
    everybody but the approver of today, `EditionChanged` when another text waits now.
    """
    plan, row, amendment = _locked(edition)
    require(is_approver(by, plan), ONLY_APPROVER[PlanOwner(plan.owner)])
    if row.state == EditionState.APPROVED and row.paper is not None:
        return row.paper
    _require_waiting(plan, row)
    _require_same_rows(plan, row)
    previous = approved_edition(plan)
    row.number = previous.number + 1 if previous and previous.number else 1
    row.paper = _issue(plan, row, previous, by)
    if amendment is not None:
        apply_lines(amendment, by=by)
    _move_subject(plan, amendment, "approve", by)
    row.decided_by_id, row.decided_at = by.pk, timezone.now()
    move(row, EDITION, "approve", by=by, update_fields=("number", "paper", "decided_by", "decided_at"))
    if previous is not None and previous.paper is not None:
        supersede(paper=previous.paper, successor=row.paper, by=by)
    _tell_approved(row, by)
    return row.paper


def admin_url(plan: Plan) -> str:
    """Where the approver reads and decides."""
    return f"/admin/planning/plan/{plan.pk}/change/"


def _locked(edition: Edition) -> tuple[Plan, Edition, Amendment | None]:
    """Plan, then edition, then its amendment: always in this order."""
    plan = locked_plan(edition.plan_id)
    rows = Edition.objects.select_for_update(of=("self",)).select_related("paper", "sent_by")
    row = rows.get(pk=edition.pk)
    row.plan = plan
    if row.amendment_id is None:
        return plan, row, None
    amendment = Amendment.objects.select_for_update(of=("self",)).get(pk=row.amendment_id)
    row.amendment = amendment
    amendment.plan = plan
    return plan, row, amendment


def _require_waiting(plan: Plan, edition: Edition) -> None:
    if edition.state == EditionState.WAITING:
        return
    waiting = waiting_edition(plan)
    if waiting is None:
        raise Conflict("Эта редакция уже не ждёт утверждения: обновите страницу.")
    raise EditionChanged(
        "Текст изменился с тех пор, как вы его открыли. Прочитайте изменения и решите заново.",
        differences(edition.content, waiting.content),
        waiting,
    )


def _require_same_rows(plan: Plan, edition: Edition) -> None:
    """What is carried out is what was approved: the rows have not been changed past the actions."""
    present = amended_content(edition.amendment) if edition.amendment else content_of(plan)
    if not same_text(edition.content, present):
        raise EditionChanged(
            "Мероприятия плана разошлись с текстом, отправленным на утверждение. "
            "Верните план на доработку и утвердите исправленный.",
            differences(edition.content, present),
        )


def _move_subject(plan: Plan, amendment: Amendment | None, name: str, by: Any, comment: str = "") -> None:
    if amendment is None:
        move(plan, PLAN, name, by=by, comment=comment)
    else:
        move(amendment, AMENDMENT, name, by=by, comment=comment)


def _issue(plan: Plan, edition: Edition, previous: Edition | None, by: Any) -> Paper:
    department = Department.objects.get()
    was = previous.content if previous else None
    return issue(
        kind=PaperKind.PLAN,
        register=Register.PLANS,
        title=edition_title(edition),
        subject=plan,
        build=lambda header: edition_report(edition, department, header, was),
        by=by,
        snapshot=edition.content,
        signatory=signatory_of(plan, magadan_today()),
    )


def _tell_approved(edition: Edition, by: Any) -> None:
    notify(
        recipients=[edition.sent_by] if edition.sent_by_id != by.pk else [],
        kind="plan",
        title=f"Утверждён: {edition_title(edition)}",
        url=edition.plan.get_absolute_url(),
        by=by,
    )
