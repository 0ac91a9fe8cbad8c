"""A whole form posted at once: only what its sender has changed is written."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from apps.monitoring.actions.filling import Edit, Saved, locked, save_into
from apps.monitoring.compiled import compiled_of
from apps.monitoring.definition import BadValue, CompiledForm
from apps.monitoring.models import CellChange, Response


def last_change_id(response: Response) -> int:
    """The number of the latest change of the response: what a page shows is known by it."""
    last = response.changes.order_by("-pk").values_list("pk", flat=True).first()
    return last or 0


@transaction.atomic
def save_document(
    *, response_id: int, posted: Mapping[str, str], base: int | None, by: Any, key: str = ""
) -> Saved:
    """Saves a posted form (address → typed text) that was opened at the change number `base`.

    A cell left as its sender saw it is not written, so that it never overwrites what another person has
    typed meanwhile. Raises what `save_cells` raises.
    """
    response = locked(response_id)
    compiled = compiled_of(response)
    seen = _seen(response, base, by)
    edits = [
        Edit(address, text, was=was)
        for address, text in posted.items()
        for was in [seen.get(address, response.values.get(address, ""))]
        if _is_changed(compiled, address, text, was)
    ]
    return save_into(response, edits, by=by, key=key)


def _seen(response: Response, base: int | None, by: Any) -> dict[str, str]:
    """What the page of `base` shows in cells changed since; one's own later changes are seen too."""
    if base is None:
        return {}
    seen: dict[str, str] = {}
    later = CellChange.objects.filter(response=response, pk__gt=base).order_by("pk")
    for address, was, became, author in later.values_list("address", "was", "became", "by_id"):
        if author == by.pk:
            seen[address] = became
        else:
            seen.setdefault(address, was)
    return seen


def _is_changed(compiled: CompiledForm, address: str, text: str, was: str) -> bool:
    if text == was:
        return False
    cell = compiled.cell(address)
    if cell is not None and cell.computed is not None:
        return False
    try:
        return compiled.parse_value(address, text) != was
    except BadValue:
        return True
