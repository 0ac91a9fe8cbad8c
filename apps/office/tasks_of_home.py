"""What waits for the heads and the employees of ИМО on the home page."""

from typing import Any

from django.urls import reverse

from apps.accounts.queries import has_approval_right
from apps.core.registry import Task
from apps.core.roles import Role, has_role
from apps.core.russian import counted, date_short
from apps.office.enums import OrderKind, OrderState
from apps.office.models import (
    Acquaintance,
    ActProposal,
    Appeal,
    LocalAct,
    Order,
    SafetyBriefing,
    StaffingEdition,
)
from apps.office.standing_in import dismissals_shown, tasks_left_by

MOST = 20


def order_tasks(user: Any) -> list[Task]:
    """Drafts that wait for the department's number; that of the staffing table with the director alone."""
    rows = Order.objects.visible_to(user).awaiting_number()
    if not has_role(user, Role.DIRECTOR):
        rows = rows.exclude(kind=OrderKind.STAFFING)
    return [
        Task(
            title=f"Внести номер и дату приказа: {one.title}",
            url=one.get_absolute_url(),
            detail="проект без номера департамента ничего не меняет",
        )
        for one in rows.order_by("created_at")[:MOST]
    ]


def briefing_tasks(user: Any) -> list[Task]:
    due = SafetyBriefing.objects.visible_to(user).due().count()
    if not due:
        return []
    who = counted(due, "сотруднику", "сотрудникам", "сотрудникам")
    return [Task(f"Провести инструктаж: {who}", f"{reverse('office:briefing-list')}?due=due")]


def staffing_tasks(user: Any) -> list[Task]:
    """Editions that wait for the department's head."""
    return [
        Task(f"Утвердить: {one}", one.get_absolute_url())
        for one in StaffingEdition.objects.visible_to(user).waiting()
    ]


def consent_tasks(user: Any) -> list[Task]:
    """New editions of the statute that wait for the consent of whoever has the head's rights today."""
    if not has_approval_right(user):
        return []
    rows = LocalAct.objects.visible_to(user).awaiting_consent()
    return [Task(f"Дать согласие: {one}", one.get_absolute_url()) for one in rows]


def answer_tasks(user: Any) -> list[Task]:
    """Appeals to the user's role and, for the head, proposals to acts."""
    appeals = Appeal.objects.visible_to(user).waiting().exclude(author__user=user.pk)[:MOST]
    tasks = [
        Task("Ответить на обращение сотрудника", reverse("office:appeal-detail", args=[one.pk]), "Ответить")
        for one in appeals
    ]
    if has_role(user, Role.HEAD):
        proposals = ActProposal.objects.visible_to(user).waiting().exclude(author__user=user.pk)[:MOST]
        tasks += [
            Task(
                "Ответить на предложение к локальному акту",
                reverse("office:proposal-detail", args=[one.pk]),
                "Ответить",
            )
            for one in proposals
        ]
    return tasks


def dismissed_tasks(user: Any) -> list[Task]:
    """What dismissed employees left open, for the head to pass on; gone when nothing is left."""
    return [
        Task(
            title=f"Передать задачи уволенного сотрудника: {order.employee}",
            url=order.get_absolute_url(),
            detail=f"открыто: {count}, последний день работы {date_short(last)}",
        )
        for order, left, last in dismissals_shown()
        if (count := len(tasks_left_by(left, last)))
    ]


def reading_tasks(user: Any) -> list[Task]:
    """Recorded orders the user is asked to read."""
    lines = Acquaintance.objects.filter(
        employee__user=user.pk, read_on=None, order__state=OrderState.RECORDED
    )
    return [
        Task(f"Ознакомиться с приказом: {one.order.title}", one.order.get_absolute_url())
        for one in lines.select_related("order")[:MOST]
    ]
