"""The explanation of one warning, kept as soon as it is written."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from apps.core.access import Conflict, Refused
from apps.monitoring.actions.filling import MAX_EXPLANATION, explain, require_open
from apps.monitoring.checking import checked
from apps.monitoring.views.responses.common import posted_text, visible_response


@require_POST
def explain_warning(request: HttpRequest, pk: int) -> JsonResponse:
    """Keeps `text` as the explanation of the warning `instance`, which must stand now."""
    response = visible_response(request, pk)
    try:
        require_open(response, request.user)
        text = posted_text(request, "text", MAX_EXPLANATION)
        instance = request.POST.get("instance", "")
        warning = next((one for one in checked(response).warnings if one.instance == instance), None)
        if warning is None:
            raise Conflict("Этого предупреждения уже нет: пояснение не нужно.")
        explain(response_id=response.pk, warning=warning, text=text, by=request.user)
    except Refused as refused:
        return JsonResponse({"told": refused.told}, status=403)
    except Conflict as conflict:
        return JsonResponse({"told": conflict.told}, status=409)
    return JsonResponse({"explained": bool(text)})
