"""What waits for people on the home page because of plans."""

import datetime
from typing import Any

from django.urls import reverse

from apps.core.magadan import MAGADAN, magadan_today
from apps.core.registry import Task
from apps.core.russian import counted
from apps.planning.enums import EditionState, PlanState
from apps.planning.models import Amendment, Holding, Plan
from apps.planning.queries import plans_waiting_for, waiting_edition

MOST = 10
AHEAD = datetime.timedelta(days=7)
EVENTS = ("мероприятие", "мероприятия", "мероприятий")


def approval_tasks(user: Any) -> list[Task]:
    """Texts that wait for this person's decision; they are read and decided in the admin."""
    tasks = []
    for plan in plans_waiting_for(user):
        edition = waiting_edition(plan)
        what = f"поправка №\u00a0{edition.amendment.number}: " if edition and edition.amendment else ""
        url = reverse("admin:planning_plan_change", args=[plan.pk])
        tasks.append(Task(f"Утвердить: {what}{plan}", url, "Прочитать"))
    return tasks


def execution_tasks(user: Any) -> list[Task]:
    """One's own open events: overdue ones, and those that end within a week."""
    today = magadan_today()
    rows = (
        Holding.objects.visible_to(user)
        .standing()
        .open()
        .filter(
            item__plan__state=PlanState.APPROVED,
            item__is_beside_plan=False,
            item__responsible_id=user.pk,
            ends_on__lte=today + AHEAD,
        )
        .select_related("item")
        .order_by("ends_on", "pk")
    )
    return [
        Task(
            title=f"Отметить выполнение: {one.item}",
            url=reverse("planning:item-detail", args=[one.item_id]),
            action="Отметить",
            detail=one.term_text,
            due_at=datetime.datetime.combine(one.ends_on, datetime.time(23, 59), MAGADAN),
            is_late=one.ends_on < today,
        )
        for one in rows[:MOST]
    ]


def drafting_tasks(user: Any) -> list[Task]:
    """Texts of one's own that came back with remarks, and copied events not looked at yet."""
    tasks = []
    drafts = Plan.objects.visible_to(user).filter(state=PlanState.DRAFT)
    for plan in drafts.prefetch_related("editions"):
        last = max(plan.editions.all(), key=lambda one: one.pk, default=None)
        if last is not None and last.state == EditionState.RETURNED and last.sent_by_id == user.pk:
            tasks.append(Task(f"Доработать: {plan}", plan.get_absolute_url(), detail=last.comment[:200]))
    for plan in drafts.filter(created_by_id=user.pk, items__is_unseen=True).distinct():
        left = plan.items.in_plan().filter(is_unseen=True).count()
        url = f"{plan.get_absolute_url()}?mark=unseen"
        tasks.append(Task(f"Просмотреть {counted(left, *EVENTS)}: {plan}", url, "Просмотреть"))
    return tasks + _returned_amendments(user)


def _returned_amendments(user: Any) -> list[Task]:
    returned = (
        Amendment.objects.visible_to(user)
        .filter(state="draft", editions__state=EditionState.RETURNED, editions__sent_by_id=user.pk)
        .select_related("plan")
        .distinct()
    )
    return [
        Task(
            f"Доработать поправку №\u00a0{one.number}: {one.plan}",
            reverse("planning:amendment-detail", args=[one.pk]),
        )
        for one in returned
    ]
