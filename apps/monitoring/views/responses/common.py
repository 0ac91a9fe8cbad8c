"""What every address under a response begins with."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from apps.core.access import Conflict, found
from apps.core.text import clean_text
from apps.monitoring.models import Attachment, CellChange, Remark, Response

KEY = re.compile(r"[0-9A-Za-z_-]{1,64}")


def visible_response(request: HttpRequest, pk: int) -> Response:
    """The response with its campaign, or 404: somebody else's looks like none at all."""
    related = ("campaign__version__form", "organization", "submitted_by", "accepted_by")
    responses = Response.objects.visible_to(request.user).select_related(*related)
    return found(
        responses.defer("vector", "answers", "campaign__version__definition").annotate(
            last_change=Coalesce(Subquery(_last_change()), 0),
            has_remarks=Exists(Remark.objects.filter(response=OuterRef("pk"))),
            has_attachments=Exists(Attachment.objects.filter(response=OuterRef("pk"), removed_at=None)),
        ),
        pk=pk,
    )


def _last_change() -> Any:
    return CellChange.objects.filter(response=OuterRef("pk")).order_by("-pk").values("pk")[:1]


def page_url(response_id: int, query: str = "", anchor: str = "") -> str:
    url = reverse("monitoring:response-detail", args=[response_id])
    return f"{url}{'?' if query else ''}{query}{'#' if anchor else ''}{anchor}"


def back(response_id: int, query: str = "", anchor: str = "") -> HttpResponseRedirect:
    """Back to the page of the response, as a GET."""
    return redirect(page_url(response_id, query, anchor))


def posted_key(request: HttpRequest) -> str:
    """The idempotency key of a posted form; a malformed one is none."""
    key = request.POST.get("key", "")
    return key if KEY.fullmatch(key) else ""


def posted_text(request: HttpRequest, name: str, limit: int = 2000) -> str:
    """A posted text of several lines without what the database can't keep. Raises `Conflict`."""
    try:
        return clean_text(request.POST.get(name, ""), limit, multiline=True)
    except ValidationError as error:
        raise Conflict(" ".join(error.messages)) from error
