import io
import uuid

import pytest

from apps.core.enums import JobState
from apps.core.files import store_file
from apps.core.jobs import JobKind, job_kinds
from apps.core.models import Job, JournalRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def right(monkeypatch):
    """A kind of job whose right can be taken away."""
    given = {"allowed": True}
    kind = JobKind("test", lambda job, user: given["allowed"])
    monkeypatch.setattr(job_kinds, "_entries", {**job_kinds._entries, "test": kind})
    return given


@pytest.fixture
def job(methodist, right):
    return Job.objects.create(kind="test", title="Выгрузка", created_by=methodist, total=4, done=1)


def with_file(job):
    job.result = store_file(file=io.BytesIO(b"%PDF-1.7"), name="Итог.pdf", content_type="application/pdf")
    job.state = JobState.DONE
    job.save()


def test_progress_while_it_runs(signed_in, methodist, job):
    client = signed_in(methodist)
    page = client.get(f"/jobs/{job.pk}/")
    assert page.status_code == 202
    assert f'hx-get="/jobs/{job.pk}/"' in page.content.decode()
    part = client.get(f"/jobs/{job.pk}/", headers={"HX-Request": "true"})
    assert (part.status_code, b"<html" in part.content) == (202, False)
    assert client.get(f"/jobs/{job.pk}/file/").status_code == 202


def test_file_is_given_to_its_owner_and_journalled(signed_in, methodist, job):
    with_file(job)
    client = signed_in(methodist)
    page = client.get(f"/jobs/{job.pk}/")
    assert page.status_code == 200 and f"/jobs/{job.pk}/file/" in page.content.decode()
    assert "hx-get" not in page.content.decode()
    file = client.get(f"/jobs/{job.pk}/file/")
    assert b"".join(file.streaming_content) == b"%PDF-1.7"
    assert file["Content-Disposition"].startswith("attachment")
    assert JournalRecord.objects.get(verb="downloaded").subject_id == str(job.pk)


def test_result_page_is_led_to(signed_in, methodist, job):
    Job.objects.update(state=JobState.DONE, result_url="/organizations/")
    client = signed_in(methodist)
    assert client.get(f"/jobs/{job.pk}/")["Location"] == "/organizations/"
    part = client.get(f"/jobs/{job.pk}/", headers={"HX-Request": "true"})
    assert part["HX-Redirect"] == "/organizations/"


def test_failure_is_told(signed_in, methodist, job):
    Job.objects.update(state=JobState.FAILED, message="Нет данных за этот год.")
    page = signed_in(methodist).get(f"/jobs/{job.pk}/")
    assert page.status_code == 200 and "Нет данных за этот год." in page.content.decode()


def test_a_job_is_not_there_for_others_and_after_the_right_has_gone(
    signed_in, methodist, head, job, right, client
):
    with_file(job)
    for page in ("", "file/"):
        assert signed_in(head).get(f"/jobs/{job.pk}/{page}").status_code == 404
        assert signed_in(methodist).get(f"/jobs/{uuid.uuid4()}/{page}").status_code == 404
    right["allowed"] = False
    for page in ("", "file/"):
        assert signed_in(methodist).get(f"/jobs/{job.pk}/{page}").status_code == 404
    client.logout()
    assert client.get(f"/jobs/{job.pk}/file/")["Location"].startswith("/login/")
    assert not JournalRecord.objects.filter(verb="downloaded").exists()
