"""Who may do what with plans. Seeing a row is decided by `visible_to` of its queryset."""

from typing import Any

from apps.accounts.queries import director_on, has_approval_right
from apps.core.roles import Role, has_role, reads_city
from apps.planning.enums import OPEN_AMENDMENTS, AmendmentState, PlanOwner, PlanState
from apps.planning.models import Amendment, Plan, PlanItem


def can_read(user: Any, obj: Any = None) -> bool:
    """Plans are read by ИМО and the department's head."""
    return reads_city(user)


def can_write_plans(user: Any, obj: Any = None) -> bool:
    """Plans, the department's too, are drafted by methodists and the head (statute 1.5)."""
    return has_role(user, Role.METHODIST, Role.HEAD)


def can_edit_plan(user: Any, plan: Plan) -> bool:
    """The text is edited directly only while the plan is a draft."""
    return can_write_plans(user) and plan.is_text_open


def can_send(user: Any, plan: Plan) -> bool:
    """Whoever drafts a plan sends it for approval."""
    return can_edit_plan(user, plan)


def is_approver(user: Any, plan: Plan) -> bool:
    """Today's head of the plan's owner and nobody else, whatever other rights he has.

    ИМО's plan: the head, or the acting head while there is one (statute 1.6, 6.5). The department's plan:
    the head of the department.
    """
    if plan.owner == PlanOwner.IMO:
        return has_approval_right(user)
    grant = director_on()
    return grant is not None and grant.user_id == user.pk


def awaits_decision(plan: Plan) -> bool:
    """The plan itself, or an amendment of the approved one, waits for approval."""
    if plan.state == PlanState.APPROVED:
        return plan.amendments.filter(state=AmendmentState.ON_APPROVAL).exists()
    return plan.state == PlanState.ON_APPROVAL


def can_approve(user: Any, plan: Plan) -> bool:
    """The approver approves or returns what waits for him."""
    return is_approver(user, plan) and awaits_decision(plan)


def can_amend(user: Any, plan: Plan) -> bool:
    """An approved plan is changed by amendments, which methodists and the head draft."""
    return can_write_plans(user) and plan.state == PlanState.APPROVED


def can_edit_amendment(user: Any, amendment: Amendment) -> bool:
    """The lines of an amendment change while it is a draft."""
    return can_amend(user, amendment.plan) and amendment.state == AmendmentState.DRAFT


def can_close(user: Any, plan: Plan) -> bool:
    """The head (the acting one while there is one) closes a plan whose changes are all decided."""
    return (
        has_approval_right(user)
        and plan.state == PlanState.APPROVED
        and not plan.amendments.filter(state__in=OPEN_AMENDMENTS).exists()
    )


def can_mark(user: Any, item: PlanItem) -> bool:
    """Execution is marked by the responsible, a co-executor or the head, while the plan is carried out."""
    if item.plan.state != PlanState.APPROVED or item.removed_at is not None or not reads_city(user):
        return False
    mine = item.responsible_id == user.pk or has_role(user, Role.HEAD)
    return mine or item.co_executors.filter(pk=user.pk).exists()


def can_add_beside(user: Any, plan: Plan) -> bool:
    """Work outside the plan is recorded by those who do it, while the plan is carried out."""
    return has_role(user, Role.METHODIST, Role.HEAD, Role.ASSISTANT) and plan.state == PlanState.APPROVED


def can_link(user: Any, item: PlanItem) -> bool:
    """An event is linked to the work it stands for by those who write plans and by its responsible."""
    return can_write_plans(user) or (reads_city(user) and item.responsible_id == user.pk)


def can_decide(user: Any, plan: Plan | None = None) -> bool:
    """Whoever approves plans today, where anything waits for him (None: anything at all)."""
    if plan is not None:
        return can_approve(user, plan)
    director = director_on()
    return has_approval_right(user) or (director is not None and director.user_id == user.pk)
