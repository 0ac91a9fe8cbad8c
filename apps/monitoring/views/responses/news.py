"""What has changed in a response since the page last heard of it: asked by an open page again and again."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.core.access import found
from apps.monitoring.actions.filling import why_closed
from apps.monitoring.cellnames import cell_name
from apps.monitoring.compiled import compiled_of
from apps.monitoring.definition import CompiledForm
from apps.monitoring.enums import ResponseState
from apps.monitoring.models import CellChange, Response
from apps.monitoring.openrows import rows_of, split
from apps.monitoring.skeleton import FILL
from apps.monitoring.views.responses.common import ANNOTATIONS, visible_response

MAX_BASE = 2**63


def stamp_of(response: Response) -> str:
    """Changes when the response is sent, returned, accepted, opened again, or closes by the clock.

    The first saved cell makes a draft of what was not started: that is no news to who types.
    """
    begun = ResponseState.DRAFT if response.state == ResponseState.NOT_STARTED else response.state
    return f"{begun}-{'open' if response.is_open else 'shut'}"


@require_GET
def news(request: HttpRequest, pk: int) -> HttpResponse:
    """204 while the page (`?base=` its latest change, `?stamp=`) knows everything; otherwise what it lacks.

    One query while nothing has changed. A page that asks by itself does not prolong the session.
    """
    request.session.modified = False
    light = _light(request, pk)
    base, stamp = _number(request.GET.get("base", "")), stamp_of(light)
    has_cells = light.last_change > base
    if not has_cells and stamp == request.GET.get("stamp"):
        return HttpResponse(status=204)
    answer: dict[str, Any] = {"base": max(light.last_change, base), "stamp": stamp}
    answer |= _state(light, stamp != request.GET.get("stamp"))
    if has_cells and request.GET.get("cells") == "1":
        answer |= _cells(visible_response(request, pk), base, request.user)
    return JsonResponse(answer)


def _light(request: HttpRequest, pk: int) -> Any:
    """The response without its document."""
    responses = Response.objects.visible_to(request.user).without_documents().defer("open_rows")
    last = {"last_change": ANNOTATIONS["last_change"]}
    return found(responses.select_related("campaign").annotate(**last), pk=pk)


def _number(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0
    return min(number, MAX_BASE - 1)


def _state(response: Response, has_moved: bool) -> dict[str, Any]:
    if not has_moved:
        return {}
    told = "Отчёт снова открыт для заполнения." if response.is_open else why_closed(response)
    return {"state": str(response.state_member.label), "is_open": response.is_open, "told": told}


def _cells(response: Response, base: int, user: Any) -> dict[str, Any]:
    from apps.monitoring.views.responses.cells import answer_of_others

    compiled = compiled_of(response)
    _, others = changes_since(response, compiled, base, user)
    return answer_of_others(response, compiled, others)


def changes_since(
    response: Response, compiled: CompiledForm, base: int, user: Any, key: str = ""
) -> tuple[int, list[dict[str, Any]]]:
    """The latest change, and what others (or the same person in another window) have put in since `base`.

    `key` names the caller's own request, whose changes are no news to it.
    """
    changes = (
        CellChange.objects.filter(response_id=response.pk, pk__gt=base).select_related("by").order_by("pk")
    )
    last, cells = base, {}
    for change in changes:
        last = change.pk
        cells[change.address] = change
    fresh = [one for one in cells.values() if not (key and one.key == key)]
    return last, [_shown(response, compiled, one, user) for one in fresh]


def _shown(response: Response, compiled: CompiledForm, change: CellChange, user: Any) -> dict[str, Any]:
    name = cell_name(compiled, change.address)
    is_own = change.by_id == user.pk
    return {
        "address": change.address,
        "value": response.values.get(change.address, ""),
        "name": name.short,
        "by": "вы в другом окне" if is_own else str(change.by or "портал"),
        "at": f"{timezone.localtime(change.at):%H:%M}",
    }


def rows_of_others(
    response: Response, compiled: CompiledForm, others: list[dict[str, Any]]
) -> list[dict[str, str]]:
    """Rows of open tables that others have written into: `html` of one that stands, "" of a removed one."""
    from apps.monitoring.views.responses.page import open_row_html

    standing = rows_of(response)
    places = dict.fromkeys(place for one in others if (place := split(one["address"])))
    return [
        {
            "section": section,
            "row": row,
            "html": open_row_html(
                compiled, section, row, standing[section].index(row) + 1, response.values, FILL
            )
            if row in standing.get(section, ())
            else "",
        }
        for section, row in places
    ]
