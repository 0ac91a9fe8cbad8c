"""Pages of the ground floor: the health of the service, the progress and the file of a job."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.core.access import found
from apps.core.enums import JobState
from apps.core.files import downloaded
from apps.core.health import queue_health
from apps.core.jobs import job_kinds, may_see
from apps.core.models import Job


@login_not_required
@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 while database and queue answer; a queue nobody works at is told, but no reason to stop the web."""
    try:
        queue = queue_health()
    except DatabaseError:
        return JsonResponse({"status": "error", "database": "unreachable"}, status=503)
    return JsonResponse(
        {
            "status": "stalled" if queue.is_stalled else "ok",
            "database": "ok",
            "queue": {"waiting": queue.waiting, "oldest_seconds": queue.oldest_seconds},
        }
    )


def own_job(request: HttpRequest, pk: uuid.UUID) -> Job:
    """The user's own job while he has the right to what it makes, otherwise 404."""
    job = found(Job.objects.visible_to(request.user).select_related("result"), pk=pk)
    if job.kind not in job_kinds or not may_see(job, request.user):
        raise Http404
    return job


@require_safe
@never_cache
def job_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """How far the work is: 202 until it has ended; htmx asks again for the changing part alone."""
    return progress(request, own_job(request, pk))


def progress(request: HttpRequest, job: Job) -> HttpResponse:
    """The progress page of a job the caller has authorised; leads on when the result is a page."""
    leads_on = job.state == JobState.DONE and job.result_id is None and job.result_url
    if leads_on and not request.htmx:  # type: ignore[attr-defined]
        return redirect(job.result_url)
    template = "core/job_progress.html" if request.htmx else "core/job.html"  # type: ignore[attr-defined]
    response = render(request, template, _told(job), status=200 if job.is_finished else 202)
    if leads_on:
        response["HX-Redirect"] = job.result_url
    return response


def _told(job: Job) -> dict[str, Any]:
    has_file = job.state == JobState.DONE and job.result_id is not None
    return {
        "title": job.title,
        "job": job,
        "url": reverse("core:job-detail", args=[job.pk]),
        "result_url": reverse("core:job-file", args=[job.pk]) if has_file else job.result_url,
    }


@require_safe
def job_file(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """The file a job has made, to its owner; the progress page until it is there."""
    job = own_job(request, pk)
    if job.state != JobState.DONE or job.result is None:
        return progress(request, job)
    return downloaded(request.user, job, job.result)
