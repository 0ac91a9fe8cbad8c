"""Questions about plans, asked by more than one page."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from apps.accounts.models import User
from apps.accounts.queries import director_on, has_approval_right, head_on
from apps.core.roles import Role
from apps.planning.enums import AmendmentState, PlanOwner, PlanState
from apps.planning.models import Edition, Plan, PlanItem

TOLD = 10


def approver_of(plan: Plan) -> User | None:
    """Whose decision the plan waits for today; None where nobody holds the place."""
    grant = head_on() if plan.approver == Role.HEAD else director_on()
    return grant.user if grant else None


def plans_waiting_for(user: Any) -> QuerySet[Plan]:
    """Plans of which a text waits for this person's decision today, amendments included."""
    director = director_on()
    owners = [PlanOwner.IMO] if has_approval_right(user) else []
    owners += [PlanOwner.DEPARTMENT] if director is not None and director.user_id == user.pk else []
    waiting = Edition.objects.waiting().filter(plan__owner__in=owners)
    return Plan.objects.visible_to(user).filter(pk__in=waiting.values("plan_id"))


def waiting_edition(plan: Plan) -> Edition | None:
    """The text that waits for approval."""
    return plan.editions.waiting().select_related("amendment", "sent_by").first()


def approved_edition(plan: Plan) -> Edition | None:
    """The text in force: the last one approved."""
    return plan.editions.approved().select_related("amendment", "paper").order_by("-number").first()


def open_amendment(plan: Plan) -> Any:
    """The amendment that is being drafted or waits for approval."""
    return plan.amendments.open().first()


def faults_of(plan: Plan) -> list[str]:
    """What keeps the draft from being sent for approval, a sentence for each fault."""
    items = list(plan.items.in_plan().select_related("responsible"))
    if not items:
        return ["В плане нет ни одного мероприятия."]
    return [*_unseen(items), *(fault for item in items for fault in _faults_of_item(plan, item))]


def _unseen(items: list[PlanItem]) -> list[str]:
    unseen = [f"«{one.title}»" for one in items if one.is_unseen]
    if not unseen:
        return []
    more = f" и ещё {len(unseen) - TOLD}" if len(unseen) > TOLD else ""
    return [f"Перенесены из прошлого плана и не просмотрены: {', '.join(unseen[:TOLD])}{more}."]


def _faults_of_item(plan: Plan, item: PlanItem) -> list[str]:
    item.plan = plan
    faults = [] if item.responsible.is_active else ["ответственный больше не работает в портале."]
    try:
        item.clean()
    except ValidationError as error:
        faults += error.messages
    return [f"«{item.title}»: {fault[:1].lower()}{fault[1:]}" for fault in faults]


def waiting_amendment_q() -> Q:
    """Approved plans of which an amendment waits."""
    return Q(amendments__state=AmendmentState.ON_APPROVAL)


def people_of(plan: Plan, user: Any) -> QuerySet[User]:
    """Everybody who answers for or helps with an event of the plan, by surname. One query."""
    items = PlanItem.objects.visible_to(user).filter(plan=plan).standing().order_by()
    helping = PlanItem.co_executors.through.objects.filter(planitem__in=items)
    own = Q(pk__in=items.values("responsible_id")) | Q(pk__in=helping.values("user_id"))
    return User.objects.filter(own).order_by("last_name", "first_name", "pk")


def plans_at_work(user: Any) -> QuerySet[Plan]:
    """Approved plans that are not closed."""
    return Plan.objects.visible_to(user).filter(state=PlanState.APPROVED)
