"""What every address under a response begins with."""

import re

from django.core.exceptions import ValidationError
from django.db.models.expressions import RawSQL
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from apps.core.access import Conflict, found
from apps.core.text import clean_text
from apps.monitoring.models import Response

KEY = re.compile(r"[0-9A-Za-z_-]{1,64}")


# What goes with a response, asked within the query that fetches it. Plain SQL, because building the same
# from expressions costs more than running it: 6 ms a page.
WITH_IT = {
    "last_change": """(SELECT coalesce(max(one.id), 0) FROM monitoring_cellchange one
                       WHERE one.response_id = monitoring_response.id)""",
    "has_remarks": """EXISTS (SELECT 1 FROM monitoring_remark one
                              WHERE one.response_id = monitoring_response.id)""",
    "has_explanations": """EXISTS (SELECT 1 FROM monitoring_explanation one
                                   WHERE one.response_id = monitoring_response.id)""",
    "has_calls": """EXISTS (SELECT 1 FROM monitoring_phonecall one
                            WHERE one.response_id = monitoring_response.id)""",
    "has_parts": """EXISTS (SELECT 1 FROM monitoring_part one
                            WHERE one.response_id = monitoring_response.id AND one.withdrawn_at IS NULL)""",
    "has_attachments": """EXISTS (SELECT 1 FROM monitoring_attachment one
                                  WHERE one.response_id = monitoring_response.id
                                    AND one.removed_at IS NULL)""",
    "has_blanks": """EXISTS (SELECT 1 FROM monitoring_foreignblank one
                             JOIN monitoring_formversion of_form ON of_form.form_id = one.form_id
                             JOIN monitoring_campaign asked ON asked.version_id = of_form.id
                             WHERE asked.id = monitoring_response.campaign_id)""",
}
ANNOTATIONS = {name: RawSQL(sql, ()) for name, sql in WITH_IT.items()}  # noqa: S611 – no word of a user in it


def visible_response(request: HttpRequest, pk: int) -> Response:
    """The response with its campaign, or 404: somebody else's looks like none at all."""
    responses = Response.objects.visible_to(request.user).select_related("campaign", "organization")
    return found(responses.defer("vector", "answers").annotate(**ANNOTATIONS), pk=pk)


def known_response(request: HttpRequest, pk: int) -> Response:
    """The same without the document, for an act that locks and reads the row itself."""
    return found(Response.objects.visible_to(request.user).without_documents(), pk=pk)


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
