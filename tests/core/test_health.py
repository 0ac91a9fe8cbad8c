import datetime

import pytest
from django.db import OperationalError, connection
from procrastinate.contrib.django import app

from apps.core import health, views

pytestmark = pytest.mark.django_db


@pytest.fixture
def task():
    name = "accounts.mail_password_link"
    return app.configure_task(name)


def test_healthy_and_without_a_session(client):
    response = client.get("/health/")
    assert (response.status_code, response.json()) == (
        200,
        {"status": "ok", "database": "ok", "queue": {"waiting": 0, "oldest_seconds": 0}},
    )
    assert not response.cookies
    assert client.head("/health/").status_code == 200
    assert client.post("/health/").status_code == 405


def test_age_of_the_oldest_waiting_job(client, task):
    task.defer(user_id=None)
    task.defer(user_id=None)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = at - interval '20 minutes'")
    answer = client.get("/health/").json()
    assert answer["status"] == "stalled"
    assert answer["queue"]["waiting"] == 2
    assert 1200 <= answer["queue"]["oldest_seconds"] < 1260


def test_a_job_for_later_is_not_waiting(task):
    app.configure_task("accounts.mail_password_link", schedule_in={"hours": 1}).defer(user_id=None)
    assert health.queue_health() == health.QueueHealth(0, 0)


def test_a_scheduled_job_counts_from_its_moment(task):
    app.configure_task(
        "accounts.mail_password_link",
        schedule_at=datetime.datetime.now(datetime.UTC) - datetime.timedelta(seconds=100),
    ).defer(user_id=None)
    assert 100 <= health.queue_health().oldest_seconds < 160


def test_database_away(client, monkeypatch):
    def away():
        raise OperationalError

    monkeypatch.setattr(views, "queue_health", away)
    response = client.get("/health/")
    assert (response.status_code, response.json()["status"]) == (503, "error")
