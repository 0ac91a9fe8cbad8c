"""Jobs of the ground floor."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.jobs import Job as QueuedJob
from procrastinate.jobs import Status
from procrastinate.manager import JobManager

from apps.core.enums import JobState
from apps.core.models import Job

# A job that ends its worker each time is not begun for ever.
MOST_ATTEMPTS = 3
GIVEN_UP = "Задача трижды прервалась. Сообщите администратору её название и время."

logger = logging.getLogger("apps.core.jobs")


@app.periodic(cron="* * * * *")
@app.task(name="core.rescue_jobs", queueing_lock="core.rescue_jobs")
async def rescue_jobs(timestamp: int) -> None:
    """Begins anew the jobs whose worker was killed: nobody else would, they stay «at work» for ever."""
    await rescue_stalled(app.job_manager)


async def rescue_stalled(manager: JobManager) -> None:
    for job in await manager.get_stalled_jobs():
        await _rescue(manager, job)


async def _rescue(manager: JobManager, job: QueuedJob) -> None:
    if job.attempts + 1 < MOST_ATTEMPTS:
        logger.warning("job %s (%s) lost its worker and begins anew", job.id, job.task_name)
        await manager.retry_job(job)
    else:
        logger.error("job %s (%s) lost its worker %s times", job.id, job.task_name, MOST_ATTEMPTS)
        await manager.finish_job(job, status=Status.FAILED, delete_job=False)
        await _tell_owner(job)


async def _tell_owner(job: QueuedJob) -> None:
    """The page with the progress bar would otherwise wait for ever."""
    if "job_id" in job.task_kwargs:
        waiting = Job.objects.filter(pk=str(job.task_kwargs["job_id"]), finished_at=None)
        await waiting.aupdate(state=JobState.FAILED, message=GIVEN_UP, finished_at=timezone.now())
