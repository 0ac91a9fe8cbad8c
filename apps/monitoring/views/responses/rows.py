"""Rows of open tables for the page's script: added and removed without reloading."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from apps.core.access import Conflict, Refused
from apps.monitoring.actions.rows import add_row, remove_row
from apps.monitoring.compiled import compiled_of
from apps.monitoring.models import Response
from apps.monitoring.openrows import rows_of
from apps.monitoring.skeleton import FILL
from apps.monitoring.views.responses.common import visible_response
from apps.monitoring.views.responses.page import open_row_html


@require_POST
def change_rows(request: HttpRequest, pk: int) -> JsonResponse:
    """`do=add` gives the new row as HTML; `do=remove` the computed cells after it. 403, 409 with `told`."""
    response = visible_response(request, pk)
    section, row = request.POST.get("section", "")[:120], request.POST.get("row", "")[:10]
    try:
        if request.POST.get("do") == "remove":
            return JsonResponse(_removed(response, section, row, request.user))
        return JsonResponse(_added(response, section, request.user))
    except Refused as refused:
        return JsonResponse({"told": refused.told}, status=403)
    except Conflict as conflict:
        return JsonResponse({"told": conflict.told}, status=409)


def _added(response: Response, section: str, by: Any) -> dict[str, Any]:
    row = add_row(response_id=response.pk, section=section, by=by)
    response.refresh_from_db(fields=["values", "open_rows"])
    number = rows_of(response)[section].index(row) + 1
    html = open_row_html(compiled_of(response), section, row, number, response.values, FILL)
    return {"row": row, "html": html}


def _removed(response: Response, section: str, row: str, by: Any) -> dict[str, Any]:
    saved = remove_row(response_id=response.pk, section=section, row=row, by=by)
    compiled = compiled_of(response)
    computed = {one: compiled.format_value(one, text) for one, text in saved.computed.items()}
    return {"row": row, "computed": computed}
