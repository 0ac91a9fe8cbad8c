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
    return save_into(response, edits_of(response, posted, base, by_id=by.pk), by=by, key=key)


def edits_of(
    response: Response,
    posted: Mapping[str, str],
    base: int | None,
    *,
    by_id: int | None = None,
    part_id: int | None = None,
) -> list[Edit]:
    """What the sender of a posted page, a user or a colleague with a part, has changed in it."""
    compiled = compiled_of(response)
    seen = _seen(response, base, (by_id, part_id))
    return [
        Edit(address, text, was=was)
        for address, text in posted.items()
        for was in [seen.get(address, response.values.get(address, ""))]
        if _is_changed(compiled, address, text, was)
    ]


def _seen(response: Response, base: int | None, sender: tuple[int | None, int | None]) -> dict[str, str]:
    """What the page of `base` shows in cells changed since; one's own later changes are seen too."""
    if base is None:
        return {}
    seen: dict[str, str] = {}
    later = CellChange.objects.filter(response=response, pk__gt=base).order_by("pk")
    rows = later.values_list("address", "was", "became", "by_id", "part_id")
    for address, was, became, *author in rows:
        if tuple(author) == sender:
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
