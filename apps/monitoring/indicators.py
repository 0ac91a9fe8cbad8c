"""Figures of the statute about monitorings: how many began, and the last round of a clause."""

from collections.abc import Callable
from typing import Any

from apps.core.registry import Indicator, Scope, indicators
from apps.core.roles import reads_city
from apps.monitoring.models import Campaign, Response

Rows = Callable[[Any, Scope], Any]
CLAUSES = ("3.1.1", "3.1.5", "3.1.8", "3.1.10", "3.5.1", "3.5.3")


def started_of(clause: str) -> Rows:
    """Campaigns started within the days by forms that name the clause."""

    def rows(user: Any, scope: Scope) -> Any:
        days = (scope.first, scope.last)
        found = Campaign.objects.visible_to(user).filter(started_at__date__range=days)
        return found.filter(version__form__clause=clause)

    return rows


def asked_last(clause: str) -> Rows:
    """Responses of the last of them: whom it asked."""

    def rows(user: Any, scope: Scope) -> Any:
        last = started_of(clause)(user, scope).order_by("-started_at", "-pk").values("pk")[:1]
        found = Response.objects.visible_to(user).without_documents().filter(campaign__in=last)
        return found.select_related("campaign", "organization")

    return rows


def answered_last(clause: str) -> Rows:
    """Those of them that have been sent."""
    return lambda user, scope: asked_last(clause)(user, scope).sent()


def register() -> None:
    for clause in CLAUSES:
        for order, (key, title, rows) in enumerate(
            [
                ("", "Начато мониторингов", started_of(clause)),
                ("-asked", "Последний мониторинг: опрошено организаций", asked_last(clause)),
                ("-answered", "Последний мониторинг: ответили", answered_last(clause)),
            ]
        ):
            indicators.register(
                Indicator(f"monitoring-{clause}{key}", title, clause, rows, order=order, allowed=reads_city)
            )
