"""Figures of the statute about teachers: clauses 3.1.7 and 3.1.10."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from apps.analytics.coverage import Coverage, Cut, Group, coverage_by, coverage_on, persons_in
from apps.analytics.young import with_mentor_on, young_on
from apps.core.registry import Indicator, Scope, indicators
from apps.core.roles import reads_city
from apps.teachers.models import Person

# After the figures of monitorings, which stand on the same clauses.
FIRST = 50
Figure = Callable[[Any, Scope], Decimal | None]


def _seen(user: Any, persons: Any) -> Any:
    """Those of the persons whose cards the reader may open."""
    return Person.objects.visible_to(user).present().filter(pk__in=persons)


def _whole(scope: Scope) -> Coverage:
    return scope.once("analytics.coverage", lambda: coverage_on(scope.last))


def _leading(scope: Scope) -> dict[str, Coverage]:
    found = scope.once("analytics.leading", lambda: coverage_by(Cut.LEADING, scope.last))
    return {one.key: one for one in found}


def _group(group: Group, key: str = "") -> Callable[[Any, Scope], Any]:
    """Rows: the persons of the group on the last day, leading ones («true») or teachers («false») alone."""
    cut = Cut.LEADING if key else Cut.WHOLE
    return lambda user, scope: _seen(user, persons_in(group, scope.last, cut=cut, key=key))


def _share(key: str) -> Figure:
    def share(user: Any, scope: Scope) -> Decimal | None:
        line = _leading(scope).get(key)
        return line.share if line else None

    return share


def young(user: Any, scope: Scope) -> Any:
    return _seen(user, young_on(scope.last).values("pk"))


def with_mentor(user: Any, scope: Scope) -> Any:
    return _seen(user, with_mentor_on(scope.last).values("pk"))


def register() -> None:
    percent: dict[str, Any] = {"unit": "%", "decimals": 1}
    lines: list[tuple[str, str, str, Any, dict[str, Any]]] = [
        ("young", "Молодых педагогов", "3.1.7", young, {}),
        ("young-mentored", "Из них с наставником", "3.1.7", with_mentor, {}),
        ("must", "Подлежит направлению на повышение квалификации", "3.1.10", _group(Group.MUST), {}),
        ("trained", "Обучено за три года", "3.1.10", _group(Group.TRAINED), {}),
        (
            "covered",
            "Охват за три года",
            "3.1.10",
            _group(Group.TRAINED),
            {"figure": lambda user, scope: _whole(scope).share, **percent},
        ),
        (
            "covered-heads",
            "Охват руководителей",
            "3.1.10",
            _group(Group.TRAINED, "true"),
            {"figure": _share("true"), **percent},
        ),
        (
            "covered-teachers",
            "Охват педагогов",
            "3.1.10",
            _group(Group.TRAINED, "false"),
            {"figure": _share("false"), **percent},
        ),
    ]
    for order, (key, title, clause, rows, rest) in enumerate(lines, FIRST):
        indicators.register(
            Indicator(f"analytics-{key}", title, clause, rows, order=order, allowed=reads_city, **rest)
        )
