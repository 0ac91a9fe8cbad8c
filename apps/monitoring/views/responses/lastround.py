"""Values of the last round beside the cells, and what they differ by."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from apps.core.russian import difference
from apps.monitoring.compiled import compiled_of
from apps.monitoring.definition import CompiledForm
from apps.monitoring.queries import earlier_values
from apps.monitoring.views.responses.common import visible_response


@require_GET
def last_values(request: HttpRequest, pk: int) -> JsonResponse:
    """Address → shown value of the last round and the difference; `found` is false without one."""
    response = visible_response(request, pk)
    earlier = earlier_values(response)
    shown = compared(compiled_of(response), response.values, earlier or {})
    cells = {address: {"value": value, "difference": gap} for address, (value, gap) in shown.items()}
    return JsonResponse({"found": earlier is not None, "cells": cells})


def compared(
    compiled: CompiledForm, values: Mapping[str, str], earlier: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    """Address → (shown value of the last round, «+3» where both are numbers)."""
    found = {}
    for address, was in earlier.items():
        cell = compiled.cell(address)
        if cell is None or not was:
            continue
        gap = _gap(values.get(address, ""), was) if cell.is_number else ""
        found[address] = (compiled.format_value(address, was), gap)
    return found


def _gap(now: str, was: str) -> str:
    try:
        return difference(Decimal(now), Decimal(was)) if now else ""
    except InvalidOperation:
        return ""
