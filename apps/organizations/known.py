"""What an organisation's card knows, offered to monitorings as prefilled values."""

from collections.abc import Callable
from datetime import date
from typing import Any

from apps.core.registry import KnownValue, known_values
from apps.core.school_year import SchoolYear
from apps.organizations.models import Contingent, Organization

CARD = "карточка организации"


def _field(name: str) -> Callable[[int, date], Any]:
    def value(organization_id: int, day: date) -> Any:
        return Organization.objects.filter(pk=organization_id).values_list(name, flat=True).first()

    return value


def _levels(organization_id: int, day: date) -> str | None:
    organization = Organization.objects.filter(pk=organization_id).only("levels").first()
    return ", ".join(organization.level_titles) if organization else None


def _shown(name: str) -> Callable[[int, date], Any]:
    def value(organization_id: int, day: date) -> Any:
        organization = Organization.objects.filter(pk=organization_id).only(name).first()
        return getattr(organization, f"get_{name}_display")() if organization else None

    return value


def _contingent(name: str) -> Callable[[int, date], Any]:
    """The latest count not later than the school year of the day."""

    def value(organization_id: int, day: date) -> Any:
        counted = Contingent.objects.filter(
            organization_id=organization_id, school_year__lte=SchoolYear.of(day).start
        )
        return counted.order_by("-school_year").values_list(name, flat=True).first()

    return value


def register() -> None:
    """Puts the providers into the registry; called when the app is ready."""
    fields = {
        "full_name": "полное наименование",
        "short_name": "краткое наименование",
        "inn": "ИНН",
        "kpp": "КПП",
        "ogrn": "ОГРН",
        "legal_address": "юридический адрес",
        "address": "фактический адрес",
        "head_name": "руководитель",
        "head_position": "должность руководителя",
        "phone": "телефон",
        "email": "электронная почта",
        "site": "сайт",
    }
    for name, title in fields.items():
        _offer(name, title, _field(name))
    _offer("kind", "вид организации", _shown("kind"))
    _offer("type", "тип учреждения", _shown("type"))
    _offer("levels", "уровни образования", _levels)
    _offer("pupils", "численность обучающихся", _contingent("pupils"))
    _offer("groups", "число классов (групп)", _contingent("groups"))


def _offer(name: str, title: str, value: Callable[[int, date], Any]) -> None:
    known_values.register(KnownValue(f"organization.{name}", title, CARD, value))
