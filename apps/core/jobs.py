"""Long work: started within the caller's transaction, run by the worker, watched by its owner."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from apps.core.enums import JobState
from apps.core.models import Job
from apps.core.registry import Registry

logger = logging.getLogger("apps.core.jobs")


@dataclass(frozen=True)
class JobKind:
    """A kind of job. `allowed` is asked again at every look at the job and at its result."""

    key: str
    allowed: Callable[[Job, Any], bool]


job_kinds: Registry[JobKind] = Registry("job kinds")


class JobFailed(Exception):
    """The work can't be done; the text is shown to the owner."""


def start_job(*, by: Any, kind: str, title: str, task: Any, subject_id: object = "", **arguments: Any) -> Job:
    """Saves the job and puts `task(job_id=…, **arguments)` into the queue, both or none."""
    job_kinds[kind]  # an unregistered kind has no permission: fail here, not at the result
    job = Job.objects.create(kind=kind, title=title[:300], created_by_id=by.pk, subject_id=str(subject_id))
    task.defer(job_id=str(job.pk), **arguments)
    return job


def may_see(job: Job, user: Any) -> bool:
    """The owner, as long as he has the right to what the job makes."""
    return job.created_by_id == user.pk and job_kinds[job.kind].allowed(job, user)


class Progress:
    """Handed to the work of a job: reports how much is done, at most about a hundred times."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._written = -1

    def start(self, total: int) -> None:
        Job.objects.filter(pk=self.job.pk).update(total=total, done=0)
        self.job.total, self._written = total, -1

    def advance(self, done: int, message: str = "") -> None:
        share = done * 100 // max(self.job.total, 1)
        if share == self._written and not message:
            return
        self._written = share
        Job.objects.filter(pk=self.job.pk).update(done=done, **({"message": message} if message else {}))


@contextmanager
def running(job_id: str) -> Iterator[Progress]:
    """Marks the job as running, then as done, or as failed with a text the owner can read.

    Inside, set `progress.job.result`, `.result_url` or `.message`. A job that was already finished
    (the worker died after the last commit) must not be run again: check `job.is_finished`.
    """
    job = Job.objects.select_related("created_by").get(pk=job_id)
    job.state, job.started_at = JobState.RUNNING, timezone.now()
    job.save(update_fields=["state", "started_at"])
    try:
        yield Progress(job)
    except JobFailed as failure:
        _finish(job, JobState.FAILED, str(failure))
    except Exception:
        logger.exception("job %s failed", job_id)
        _finish(job, JobState.FAILED, "Произошла ошибка. Сообщите администратору время и название задачи.")
        raise
    else:
        _finish(job, JobState.DONE, job.message)


def _finish(job: Job, state: JobState, message: str) -> None:
    job.state, job.message, job.finished_at = state, message[:500], timezone.now()
    job.save(update_fields=["state", "message", "finished_at", "result", "result_url"])
