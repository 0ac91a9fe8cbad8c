"""«Печать»: the PDF at once, or by the worker when the report is large."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from apps.core import journal
from apps.core.enums import JobState, Verb
from apps.core.files import file_response
from apps.core.jobs import start_job
from apps.core.models import Job
from apps.core.pdf import PDF_TYPE, PdfUnavailable
from apps.core.views import progress
from apps.monitoring.compiled import compiled_of
from apps.monitoring.models import Response
from apps.monitoring.printing import AT_ONCE, PRINT_JOB, file_name, printed_rows, response_pdf
from apps.monitoring.views.responses.common import visible_response
from apps.monitoring.views.responses.page import Typed, show


@require_GET
def print_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The report as it is saved now; 202 with the progress while the worker renders a large one."""
    response = visible_response(request, pk)
    if printed_rows(response, compiled_of(response)) > AT_ONCE:
        return _by_worker(request, response)
    try:
        pdf = response_pdf(response)
    except PdfUnavailable as unavailable:
        return show(request, response, Typed(told=str(unavailable)), status=503)
    _journal(request, response)
    answer = HttpResponse(pdf, content_type=PDF_TYPE)
    answer["Content-Disposition"] = content_disposition_header(False, file_name(response)) or ""
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _by_worker(request: HttpRequest, response: Response) -> HttpResponseBase:
    job = _job(response, request.user) or _started(request, response)
    if job.state == JobState.DONE and job.result is not None:
        _journal(request, response)
        return file_response(job.result, inline=True)
    return progress(request, job)


def _job(response: Response, user: Any) -> Job | None:
    """The user's own job that prints the response as it is now; a failed one rests for a minute."""
    changed = max(
        filter(None, [response.saved_at, response.submitted_at, response.accepted_at]), default=None
    )
    jobs = Job.objects.visible_to(user).filter(kind=PRINT_JOB.key, subject_id=str(response.pk))
    if changed is not None:
        jobs = jobs.filter(created_at__gte=changed)
    job = jobs.select_related("result").order_by("-created_at").first()
    is_stale = job is not None and job.state == JobState.FAILED and job.finished_at is not None
    if is_stale and (timezone.now() - job.finished_at).total_seconds() > 60:  # type: ignore[union-attr]
        return None
    return job


@transaction.atomic
def _started(request: HttpRequest, response: Response) -> Job:
    from apps.monitoring.tasks import print_response

    return start_job(
        by=request.user,
        kind=PRINT_JOB.key,
        title=f"Печать: {response}",
        task=print_response,
        subject_id=response.pk,
        response_id=response.pk,
    )


def _journal(request: HttpRequest, response: Response) -> None:
    journal.record(
        by=request.user, verb=Verb.PRINTED, subject=response, organization_id=response.organization_id
    )
