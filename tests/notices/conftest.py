"""The clock and the queue of these tests."""

import datetime
from collections.abc import Callable
from unittest import mock

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob


@pytest.fixture
def at(monkeypatch) -> Callable[[str], None]:
    """Sets the clock to a moment of UTC: `at("2026-12-31T12:59:59")`."""

    def set_clock(moment: str) -> None:
        fixed = datetime.datetime.fromisoformat(moment).replace(tzinfo=datetime.UTC)
        monkeypatch.setattr(timezone, "now", mock.Mock(return_value=fixed))

    return set_clock


@pytest.fixture
def queued(db) -> Callable[[str], list[dict]]:
    """The arguments of the jobs of a task that stand in the queue."""

    def of(task: str) -> list[dict]:
        jobs = ProcrastinateJob.objects.filter(task_name=task, status="todo").order_by("id")
        return [job.args for job in jobs]

    return of
