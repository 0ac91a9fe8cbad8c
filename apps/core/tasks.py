"""Jobs of the ground floor."""

import logging

from procrastinate.contrib.django import app
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

# A job that ends its worker each time is not begun for ever.
MOST_ATTEMPTS = 3

logger = logging.getLogger("apps.core.jobs")


@app.periodic(cron="* * * * *")
@app.task(name="core.rescue_jobs", queueing_lock="core.rescue_jobs")
async def rescue_jobs(timestamp: int) -> None:
    """Begins anew the jobs whose worker was killed: nobody else would, they stay «at work» for ever."""
    await rescue_stalled(app.job_manager)


async def rescue_stalled(manager: JobManager) -> None:
    for job in await manager.get_stalled_jobs():
        await _rescue(manager, job)


async def _rescue(manager: JobManager, job: Job) -> None:
    if job.attempts + 1 < MOST_ATTEMPTS:
        logger.warning("job %s (%s) lost its worker and begins anew", job.id, job.task_name)
        await manager.retry_job(job)
    else:
        logger.error("job %s (%s) lost its worker %s times", job.id, job.task_name, MOST_ATTEMPTS)
        await manager.finish_job(job, status=Status.FAILED, delete_job=False)
