"""Values the portal already knows of an organisation, by the name a form gives their source.

A source is a provider's key («organization.inn») or a cell of another form («form.library:1/01/4»), taken
from the organisation's latest accepted response to it.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from apps.core.registry import KnownValue, known_values
from apps.monitoring.definition import BadValue, CompiledForm, Violation
from apps.monitoring.models import Response
from apps.monitoring.outliers import MARK
from apps.monitoring.queries import accepted_titles, other_forms_values

FORM = "form."
KNOWN = "известное значение"
OBJECTION = f"{MARK}known:"


def known_texts(sources: Iterable[str | None], response: Response) -> dict[str, str]:
    """Source → text of what is known of the organisation as of the period; unknown ones are left out."""
    day = response.campaign.period_start
    wanted = set(sources)
    found = _of_other_forms(wanted, response)
    for source in wanted:
        provider = known_values.get(source or "")
        text = _text(provider.value(response.organization_id, day)) if provider else ""
        if provider and text:
            found[provider.key] = text
    return found


def known_cells(compiled: CompiledForm, response: Response) -> dict[str, str]:
    """Address → stored text of every prefilled cell whose value is known; what doesn't fit is left out."""
    asked = {
        address: cell.prefill
        for address, cell in compiled.cells.items()
        if cell.prefill and cell.computed is None
    }
    known = known_texts(asked.values(), response) if asked else {}
    found = {}
    for address, source in asked.items():
        if not (text := known.get(source, "")):
            continue
        try:
            found[address] = compiled.parse_value(address, text)
        except BadValue:
            continue
    return found


def contradicted(response: Response, compiled: CompiledForm) -> dict[str, str]:
    """Address → what the portal knows, of the cells where the response says something else.

    A blank says nothing, unless the organisation has opened the response: then it has been emptied.
    """
    known = known_cells(compiled, response)
    return {
        address: text
        for address, text in known.items()
        if text != (own := response.values.get(address, "")) and (own or response.opened_at)
    }


def objections(response: Response, compiled: CompiledForm, known: dict[str, str]) -> list[Violation]:
    """A question for each of these cells: who says otherwise tells why, and the methodist reads it."""
    sources = sources_of(compiled, response) if known else {}
    found = []
    for address, text in known.items():
        own = compiled.format_value(address, response.values.get(address, "")) or "пусто"
        message = (
            f"Портал знает «{compiled.format_value(address, text)}» ({sources[address]}), указано «{own}»."
            " Подтвердите известное значение или объясните, почему оно неверно."
        )
        found.append(Violation(KNOWN, "warning", message, (address,), f"{OBJECTION}{address}"))
    return found


def is_objection(instance: str) -> bool:
    """Whether the key is that of a question about a known value."""
    return instance.startswith(OBJECTION)


def _of_other_forms(sources: Iterable[str | None], response: Response) -> dict[str, str]:
    asked = {source: place for source in sources if source and (place := form_cell(source))}
    values = other_forms_values(response, frozenset(code for code, _ in asked.values()))
    found = {source: values.get(code, {}).get(address, "") for source, (code, address) in asked.items()}
    return {source: text for source, text in found.items() if text}


def form_cell(source: str) -> tuple[str, str] | None:
    """(code of the form, address) of a source that is a cell of another form; None for any other source."""
    code, colon, address = source.removeprefix(FORM).partition(":")
    return (code, address) if source.startswith(FORM) and colon and code and address else None


def sources_of(compiled: CompiledForm, response: Response) -> dict[str, str]:
    """Address of each prefilled cell → the words for its source, with the period of another form's report."""
    titles = dict(prefilled(compiled))
    cells = {
        address: place
        for address, cell in compiled.cells.items()
        if cell.prefill and (place := form_cell(cell.prefill))
    }
    told = accepted_titles(response, frozenset(code for code, _ in cells.values()))
    titles.update({address: told[code] for address, (code, _) in cells.items() if code in told})
    return titles


def source_title(source: str | None) -> str:
    """«карточка организации: ИНН» for the line under a prefilled cell; empty for an unknown source."""
    if place := form_cell(source or ""):
        return f"принятый отчёт по форме {place[0]}"
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
