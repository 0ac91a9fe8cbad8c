"""What questionnaires give to the registries."""

import datetime
from typing import Any

from django.urls import reverse

from apps.core import registry
from apps.core.magadan import MAGADAN
from apps.core.registry import NavItem, PlanSubject, SearchHit, SearchProvider, Task, TaskProvider
from apps.core.roles import Role, has_role, reads_city
from apps.questionnaires import indicators
from apps.questionnaires.models import Direction, Questionnaire
from apps.questionnaires.queries import waiting_for


def takes_part(user: Any) -> bool:
    """The department, and people of organisations."""
    return reads_city(user) or is_asked_somewhere(user)


def is_asked_somewhere(user: Any) -> bool:
    return has_role(user, Role.TEACHER, Role.REPRESENTATIVE)


def answering_tasks(user: Any) -> list[Task]:
    """What one may answer, till the end of its last day."""
    return [
        Task(
            title=f"Анкета «{one.title}»",
            url=reverse("questionnaires:answer-signed-in", args=[one.pk]),
            action="Ответить",
            detail="участие добровольное",
            due_at=_end_of(one.closes_on) if one.closes_on else None,
        )
        for one in waiting_for(user)
    ]


def _end_of(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(23, 59), MAGADAN)


def search_questionnaires(user: Any, query: str, limit: int) -> list[SearchHit]:
    found = Questionnaire.objects.visible_to(user).filter(title__icontains=query)[:limit]
    return [
        SearchHit(one.title, one.get_absolute_url(), "анкета", str(one.state_member.label)) for one in found
    ]


def search_directions(user: Any, query: str, limit: int) -> list[SearchHit]:
    found = Direction.objects.visible_to(user).filter(title__icontains=query)[:limit]
    return [SearchHit(one.title, one.get_absolute_url(), "направление") for one in found]


def directions_for_plan(user: Any, query: str, limit: int) -> list[tuple[str, str]]:
    found = Direction.objects.visible_to(user).filter(title__icontains=query).order_by("-pk")[:limit]
    return [(str(one.pk), one.title) for one in found]


def questionnaires_for_plan(user: Any, query: str, limit: int) -> list[tuple[str, str]]:
    found = Questionnaire.objects.visible_to(user).filter(title__icontains=query).order_by("-pk")[:limit]
    return [(str(one.pk), one.title) for one in found]


def register() -> None:
    registry.navigation.register(
        NavItem(
            "questionnaires",
            "Анкеты",
            "questionnaires:questionnaire-list",
            "chat-left-text",
            "Работа",
            order=13,
            allowed=takes_part,
        )
    )
    # Nobody answers in another's stead.
    registry.home_tasks.register(
        TaskProvider(
            "questionnaires", "Анкеты", answering_tasks, 15, allowed=is_asked_somewhere, is_personal=True
        )
    )
    registry.search_providers.register(
        SearchProvider("questionnaires", "Анкеты", search_questionnaires, 12, takes_part)
    )
    registry.search_providers.register(
        SearchProvider("directions", "Направления", search_directions, 13, reads_city)
    )
    registry.plan_subjects.register(
        PlanSubject("questionnaire", "анкета", "questionnaires.questionnaire", questionnaires_for_plan, 10)
    )
    registry.plan_subjects.register(
        PlanSubject(
            "direction",
            "направление совершенствования",
            "questionnaires.direction",
            directions_for_plan,
            11,
        )
    )
    indicators.register()
