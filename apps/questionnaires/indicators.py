"""Figures of the statute about questionnaires: held, asked, answered, directions chosen."""

from collections.abc import Callable
from typing import Any

from apps.core.registry import ClauseWork, Indicator, LinkedWork, Scope, clause_work, indicators
from apps.core.roles import reads_city
from apps.organizations.models import Organization
from apps.questionnaires.models import Direction, Questionnaire

Rows = Callable[[Any, Scope], Any]
CLAUSES = ("3.1.1", "3.1.5", "3.1.8", "3.5.1")


def held(clause: str) -> Rows:
    """Questionnaires of the clause begun within the days."""

    def rows(user: Any, scope: Scope) -> Any:
        found = Questionnaire.objects.visible_to(user).filter(opens_on__range=(scope.first, scope.last))
        return found.filter(clause=clause)

    return rows


def last_of(clause: str, user: Any, scope: Scope) -> Questionnaire | None:
    return held(clause)(user, scope).order_by("-opens_on", "-pk").first()


def asked(clause: str) -> Rows:
    """Organisations that the last of them asked."""

    def rows(user: Any, scope: Scope) -> Any:
        last = last_of(clause, user, scope)
        found = Organization.objects.visible_to(user)
        return found.filter(pk__in=last.recipients.values("organization")) if last else found.none()

    return rows


def answered(clause: str) -> Callable[[Any, Scope], int | None]:
    """People who answered the last of them; a number under the threshold is not told."""

    def figure(user: Any, scope: Scope) -> int | None:
        last = last_of(clause, user, scope)
        count = last.answers.count() if last else 0
        return count if last and count >= last.threshold else None

    return figure


def chosen(clause: str) -> Rows:
    """Directions of improvement chosen from questionnaires of the clause within the days."""

    def rows(user: Any, scope: Scope) -> Any:
        found = Direction.objects.visible_to(user).filter(questionnaire__clause=clause)
        return found.filter(created_at__date__range=(scope.first, scope.last))

    return rows


def of_clauses(user: Any, scope: Scope) -> list[LinkedWork]:
    """Questionnaires begun within the days that name a clause."""
    found = Questionnaire.objects.visible_to(user).filter(opens_on__range=(scope.first, scope.last))
    return [
        LinkedWork(
            one.clause, str(one), one.get_absolute_url(), "анкета", str(one.state_member.label).lower()
        )
        for one in found.exclude(clause="").order_by("opens_on", "pk")
    ]


def register() -> None:
    for clause in CLAUSES:
        given: list[tuple[str, str, Rows | None, Any]] = [
            ("held", "Проведено анкетирований", held(clause), None),
            ("asked", "Последняя анкета: опрошено организаций", asked(clause), None),
            ("answered", "Последняя анкета: ответили человек", None, answered(clause)),
            ("directions", "Выбрано направлений совершенствования", chosen(clause), None),
        ]
        for order, (key, title, rows, figure) in enumerate(given, start=10):
            indicators.register(
                Indicator(
                    f"questionnaires-{clause}-{key}",
                    title,
                    clause,
                    rows,
                    figure,
                    order=order,
                    allowed=reads_city,
                )
            )
    clause_work.register(ClauseWork("questionnaires", of_clauses, 30))
