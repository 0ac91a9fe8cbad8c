"""Values the portal already knows of an organisation, by the name a form gives their source."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from apps.core.registry import KnownValue, known_values
from apps.monitoring.definition import CompiledForm
from apps.monitoring.models import Response


def known_texts(sources: Iterable[str | None], response: Response) -> dict[str, str]:
    """Source → text of what is known of the organisation as of the period; unknown ones are left out."""
    day = response.campaign.period_start
    found: dict[str, str] = {}
    for source in sources:
        provider = known_values.get(source or "")
        text = _text(provider.value(response.organization_id, day)) if provider else ""
        if provider and text:
            found[provider.key] = text
    return found


def source_title(source: str | None) -> str:
    """«карточка организации: ИНН» for the line under a prefilled cell; empty for an unknown source."""
    provider: KnownValue | None = known_values.get(source or "")
    return f"{provider.source}: {provider.title}" if provider else ""


@lru_cache(maxsize=64)
def prefilled(compiled: CompiledForm) -> dict[str, str]:
    """Address of each cell that is prefilled → the words for its source."""
    asked = {address: source_title(cell.prefill) for address, cell in compiled.cells.items() if cell.prefill}
    return {address: title for address, title in asked.items() if title}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime | date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(str(one) for one in value)
    return str(value)
