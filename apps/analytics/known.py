"""What the registry of teachers knows of an organisation, offered to monitorings as prefilled values."""

from collections.abc import Callable
from datetime import date

from apps.analytics.coverage import Coverage, Cut, coverage_by, coverage_on
from apps.analytics.young import young_on
from apps.core.registry import KnownValue, known_values
from apps.teachers.models import Employment

REGISTRY = "реестр педагогов"


def _of(read: Callable[[Coverage], int]) -> Callable[[int, date], int]:
    return lambda organization_id, day: read(coverage_on(day, [organization_id]))


def _of_leading(key: str, read: Callable[[Coverage], int]) -> Callable[[int, date], int]:
    def value(organization_id: int, day: date) -> int:
        lines = coverage_by(Cut.LEADING, day, [organization_id])
        return sum(read(one) for one in lines if one.key == key)

    return value


def _young(organization_id: int, day: date) -> int:
    own = Employment.objects.on(day).filter(organization=organization_id).values("person")
    return young_on(day).filter(pk__in=own).count()


def register() -> None:
    """Puts the providers into the registry; called when the app is ready."""
    values: list[tuple[str, str, Callable[[int, date], int]]] = [
        ("staff", "численность руководителей и педагогов", _of(lambda one: one.must)),
        ("trained", "обучено за три года", _of(lambda one: one.trained)),
        ("trained_in_year", "обучено в календарном году", _of(lambda one: one.in_year)),
        ("heads", "численность руководителей", _of_leading("true", lambda one: one.must)),
        ("heads_trained", "руководителей обучено за три года", _of_leading("true", lambda one: one.trained)),
        ("teachers", "численность педагогов", _of_leading("false", lambda one: one.must)),
        ("teachers_trained", "педагогов обучено за три года", _of_leading("false", lambda one: one.trained)),
        ("young", "молодых педагогов", _young),
    ]
    for name, title, value in values:
        known_values.register(KnownValue(f"teachers.{name}", title, REGISTRY, value))
