"""Who may do what with the staff. Rows are narrowed beforehand by `visible_to`."""

from typing import Any

from django.conf import settings

from apps.accounts.queries import has_approval_right
from apps.core.roles import Role, has_role, reads_city
from apps.office.enums import ActKind, EditionState, OrderKind, OrderState, ProposalState
from apps.office.models import ActProposal, Appeal, Employee, LocalAct, Order, StaffingEdition, manages_staff


def can_see_staff(user: Any, obj: Any = None) -> bool:
    """The staff list and the staffing table are read by ИМО and the department's head."""
    return reads_city(user)


def can_keep_staff(user: Any, obj: Any = None) -> bool:
    """Records of the staff are kept by the head, the acting one too, and the department's head."""
    return manages_staff(user)


def can_read_card(user: Any, employee: Employee | None = None) -> bool:
    """A card is read by the heads and by its employee."""
    return manages_staff(user) or (employee is not None and employee.user_id == user.pk)


def can_see_money(user: Any) -> bool:
    """Salaries are shown to the heads, and only where the portal is told to keep them."""
    return bool(settings.PORTAL_SALARIES) and manages_staff(user)


def can_edit_edition(user: Any, edition: StaffingEdition) -> bool:
    """The heads change an edition while it is a draft."""
    return can_keep_staff(user) and edition.state == EditionState.DRAFT


def can_approve_staffing(user: Any, edition: StaffingEdition | None = None) -> bool:
    """The staffing table is approved, or returned, by the department's head alone (statute 6.1)."""
    waits = edition is None or edition.state == EditionState.ON_APPROVAL
    return has_role(user, Role.DIRECTOR) and waits


def can_edit_order(user: Any, order: Order) -> bool:
    """The heads draft orders; a recorded one never changes."""
    return can_keep_staff(user) and order.state == OrderState.DRAFT


def can_record_order(user: Any, order: Order) -> bool:
    """The heads record an order; that of the staffing table the department's head alone."""
    if not can_edit_order(user, order):
        return False
    return has_role(user, Role.DIRECTOR) if order.kind == OrderKind.STAFFING else True


def can_end_acting(user: Any, order: Order) -> bool:
    """The heads end the duties of an acting head early, never the acting one his own."""
    acting = order.employee.user_id if order.employee else None
    return can_keep_staff(user) and order.grant_id is not None and acting != user.pk


def can_edit_act(user: Any, act: LocalAct) -> bool:
    """The heads change a local act while it is a draft."""
    return can_keep_staff(user) and act.in_force_from is None


def can_consent(user: Any, act: LocalAct) -> bool:
    """Consent to a new edition of ИМО's statute is given by who has the head's rights today (7.1)."""
    waits = act.kind == ActKind.IMO_STATUTE and act.in_force_from is None and act.consented_on is None
    return waits and has_approval_right(user)


def can_answer_proposal(user: Any, proposal: ActProposal) -> bool:
    """The heads answer a proposal, nobody his own."""
    return (
        can_keep_staff(user)
        and proposal.state == ProposalState.WAITING
        and proposal.author.user_id != user.pk
    )


def can_answer_appeal(user: Any, appeal: Appeal) -> bool:
    """Whoever holds the role the appeal is addressed to, but not its author."""
    mine = appeal.author.user_id == user.pk
    return has_role(user, appeal.addressee) and appeal.answered_at is None and not mine
