from typing import Any

import pytest
from asgiref.sync import async_to_sync
from procrastinate.jobs import Job, Status

from apps.core import models as core
from apps.core.tasks import rescue_stalled
from tests.factories import UserFactory


class FakeManager:
    def __init__(self, *stalled: Job) -> None:
        self.stalled = stalled
        self.done: list[tuple[str, Any]] = []

    async def get_stalled_jobs(self) -> tuple[Job, ...]:
        return self.stalled

    async def retry_job(self, job: Job) -> None:
        self.done.append(("retry", job.id))

    async def finish_job(self, job: Job, *, status: Status, delete_job: bool) -> None:
        self.done.append((status.value, job.id))


def job(number: int, attempts: int, **arguments: str) -> Job:
    return Job(
        id=number,
        queue="default",
        lock=None,
        queueing_lock=None,
        task_name="one",
        task_kwargs=arguments,
        attempts=attempts,
    )


@pytest.mark.parametrize(("attempts", "expected"), [(0, "retry"), (1, "retry"), (2, "failed"), (3, "failed")])
def test_job_without_its_worker_begins_anew_but_not_for_ever(attempts, expected):
    manager = FakeManager(job(7, attempts))
    async_to_sync(rescue_stalled)(manager)
    assert manager.done == [(expected, 7)]


def test_owner_is_told_that_his_job_was_given_up(db):
    mine = core.Job.objects.create(kind="export", title="Выгрузка", created_by=UserFactory())
    manager = FakeManager(job(7, attempts=2, job_id=str(mine.pk)))
    async_to_sync(rescue_stalled)(manager)
    mine.refresh_from_db()
    assert mine.state == "failed"
    assert mine.message == "Задача трижды прервалась. Сообщите администратору её название и время."
    assert mine.is_finished


def test_nothing_stalled_nothing_done():
    manager = FakeManager()
    async_to_sync(rescue_stalled)(manager)
    assert manager.done == []
