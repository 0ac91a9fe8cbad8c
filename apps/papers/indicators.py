"""Figures of the statute about issued papers: clause 1.2."""

from collections import Counter
from typing import Any

from apps.core.registry import CountedRow, Indicator, Scope, indicators
from apps.core.russian import counted
from apps.papers.enums import PaperState
from apps.papers.models import Paper
from apps.papers.permissions import can_see_papers


def issued(user: Any, scope: Scope) -> Any:
    """Papers that got their number within the days."""
    found = Paper.objects.visible_to(user).filter(issued_on__range=(scope.first, scope.last))
    found = found.filter(issued_by=scope.person) if scope.person else found
    return found.defer("snapshot")


def revoked(user: Any, scope: Scope) -> Any:
    """Those that no longer stand: revoked, reissued, replaced by an amendment's."""
    return issued(user, scope).filter(state=PaperState.REVOKED)


def signed_acting(user: Any, scope: Scope) -> Any:
    """Those signed by an acting head, by his order."""
    return issued(user, scope).exclude(signatory_basis="")


def registered(user: Any, scope: Scope) -> Any:
    """Those that bear the department's own number."""
    return issued(user, scope).exclude(department_number="")


def signatories(user: Any, scope: Scope) -> list[CountedRow]:
    """Who signed, in which capacity, and how many papers of the days (1.2)."""
    signed = Counter(issued(user, scope).values_list("signatory_name", "signatory_title"))
    return [
        CountedRow(f"{name}, {title}: {counted(found, 'документ', 'документа', 'документов')}")
        for (name, title), found in sorted(signed.items())
    ]


def register() -> None:
    for order, (key, title, rows, by_person) in enumerate(
        [
            ("issued", "Выдано документов", issued, True),
            ("revoked", "Из них отозвано или заменено", revoked, False),
            ("acting", "Из них подписал исполняющий обязанности заведующего", signed_acting, False),
            ("registered", "Из них зарегистрировано в департаменте", registered, False),
            ("signatories", "Подписантов, по каждому — сколько документов", signatories, False),
        ]
    ):
        indicators.register(
            Indicator(
                f"papers-{key}", title, "1.2", rows, order=order, allowed=can_see_papers, by_person=by_person
            )
        )
