"""The panel of one cell: who changed it and when, what it was before, remarks on it."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.monitoring.cellnames import CellName, cell_name
from apps.monitoring.compiled import compiled_of
from apps.monitoring.definition import Cell, CompiledForm
from apps.monitoring.enums import ChangeSource
from apps.monitoring.known import source_title
from apps.monitoring.models import CellChange, Remark, Response
from apps.monitoring.permissions import can_answer_remark, can_remark, can_run_campaigns
from apps.monitoring.views.responses.common import visible_response

SHOWN = 50


@dataclass
class Panel:
    cell: Cell
    name: CellName
    value: str
    changes: list[dict[str, Any]]
    remarks: list[Remark]
    source: str
    can_remark: bool
    can_answer: bool
    can_resolve: bool


def cell_panel(
    request: HttpRequest, response: Response, compiled: CompiledForm, address: str
) -> Panel | None:
    """What is known of a cell of a response the user sees; None for an address that is not in the form."""
    cell = compiled.cell(address)
    if cell is None:
        return None
    changes = response.changes.filter(address=address).select_related("by", "part").order_by("-pk")[:SHOWN]
    remarks = list(response.remarks.filter(address=address).prefetch_related("messages__by"))
    for one in remarks:
        one.name = cell_name(compiled, address)  # type: ignore[attr-defined]
    return Panel(
        cell,
        cell_name(compiled, address),
        compiled.format_value(address, response.values.get(address, "")),
        [_shown(compiled, one) for one in changes],
        remarks,
        source_title(cell.prefill),
        can_remark(request.user, response),
        can_answer_remark(request.user, response),
        can_run_campaigns(request.user),
    )


def _shown(compiled: CompiledForm, change: CellChange) -> dict[str, Any]:
    return {
        "by": change.by or change.part or "портал",
        "at": change.at,
        "was": compiled.format_value(change.address, change.was),
        "became": compiled.format_value(change.address, change.became),
        "source": ChangeSource(change.source).label,
    }


@require_GET
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel alone, for the page to put in; `?cell=` names the cell."""
    response = visible_response(request, pk)
    panel = cell_panel(request, response, compiled_of(response), request.GET.get("cell", ""))
    if panel is None:
        raise Http404
    return render(request, "monitoring/response/cell_panel.html", {"panel": panel, "response": response})
