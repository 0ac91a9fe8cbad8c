"""Attachments and the printed form."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdfium2 import PdfDocument

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


@pytest.fixture
def school(signed_in, responsible_a):
    return signed_in(responsible_a)


def body(given) -> bytes:
    """What is given out, with its file closed (closing the answer would close the test's connection)."""
    content = given.getvalue()
    for close in given._resource_closers:
        close()
    return content


def scan(name="скан.png", content=PNG):
    return SimpleUploadedFile(name, content, "image/png")


def test_file_is_attached_given_out_and_removed(school, response, url):
    assert school.post(f"{url}attachments/", {"file": scan(), "kind": "scan"}).status_code == 302
    one = response.attachments.get()
    given = school.get(f"{url}attachments/{one.pk}/")
    assert body(given) == PNG
    assert given["Content-Disposition"].startswith("attachment")
    assert given["X-Content-Type-Options"] == "nosniff"

    school.post(f"{url}attachments/{one.pk}/remove/")

    assert school.get(f"{url}attachments/{one.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.png", b"MZ\x90\x00" + b"\x00" * 100), ("a.html", b"<script>"), ("a.pdf", b""), ("a.png", b"text")],
)
def test_wrong_file_is_refused(name, content, school, response, url):
    assert school.post(f"{url}attachments/", {"file": scan(name, content), "kind": "scan"}).status_code == 422
    assert not response.attachments.exists()


def test_no_file_and_unknown_kind_are_refused(school, response, url):
    assert school.post(f"{url}attachments/", {"kind": "scan"}).status_code == 422
    assert school.post(f"{url}attachments/", {"file": scan(), "kind": "чушь"}).status_code == 422
    assert not response.attachments.exists()


def test_files_are_seen_through_the_response(
    signed_in, responsible_a, responsible_b, methodist, response, url
):
    signed_in(responsible_a).post(f"{url}attachments/", {"file": scan(), "kind": "scan"})
    one = response.attachments.get()
    place = f"{url}attachments/{one.pk}/"

    assert signed_in(responsible_b).get(place).status_code == 404
    assert signed_in(responsible_b).post(f"{place}remove/").status_code == 404
    assert signed_in(methodist).post(f"{place}remove/").status_code == 403
    assert signed_in(methodist).post(f"{url}attachments/", {"file": scan()}).status_code == 403
    assert body(signed_in(methodist).get(place)) == PNG


def test_printed_form_has_values_and_a_signature(school, ready, url):
    ready.organization.head_name = "Директорова Мария Петровна"
    ready.organization.head_position = "Директор"
    ready.organization.save()

    answer = school.get(f"{url}print.pdf")

    assert answer["Content-Type"] == "application/pdf"
    with PdfDocument(io.BytesIO(answer.content)) as pdf:
        page = pdf[0]
        text = page.get_textpage()
        words = text.get_text_range()
        text.close()
        page.close()
    assert "Проверочный мониторинг" in words
    assert "2,5" in words
    assert "М. П. Директорова" in words.replace("\u00a0", " ")
    assert "Черновик" in words


def test_printed_form_belongs_to_the_response(client, signed_in, responsible_b, ready, url):
    assert client.get(f"{url}print.pdf").status_code == 302
    assert signed_in(responsible_b).get(f"{url}print.pdf").status_code == 404


def test_large_form_is_printed_by_the_worker(school, methodist, school_a):
    from apps.core.models import Job
    from apps.monitoring.tasks import print_response
    from tests.factories import CampaignFactory, ResponseFactory, form_version
    from tests.monitoring.responses.definitions import wide

    version = form_version(wide(160, 2), methodist)
    campaign = CampaignFactory(version=version, created_by=methodist)
    response = ResponseFactory(campaign=campaign, organization=school_a)
    place = f"/monitoring/responses/{response.pk}/print.pdf"

    assert school.get(place).status_code == 202
    assert school.get(place).status_code == 202
    job = Job.objects.get()
    print_response(job_id=str(job.pk), response_id=response.pk)
    given = school.get(place)

    assert given.status_code == 200
    assert body(given).startswith(b"%PDF")
