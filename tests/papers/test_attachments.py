"""Scans and detached signatures beside an issued paper."""

import base64

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.core.access import Conflict, Refused
from apps.core.models import JournalRecord
from apps.core.uploads import UploadRefused
from apps.papers.actions import attach, remove_attachment
from apps.papers.models import PaperAttachment
from tests.walk.world import PNG

pytestmark = pytest.mark.django_db

# The beginning of a ContentInfo of CMS: SEQUENCE, the object identifier of SignedData, its content in [0].
SIGNATURE = bytes.fromhex("308006092a864886f70d010702a080") + bytes(60)


def scan(name: str = "скан.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PNG)


def signature(content: bytes = SIGNATURE, name: str = "МО-2026-0001.pdf.sig") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_scan_and_a_signature_are_kept_as_they_came(paper, methodist):
    first = attach(paper=paper, kind="scan", file=scan(), by=methodist)
    second = attach(paper=paper, kind="signature", file=signature(), by=methodist)
    assert [str(one) for one in paper.attachments.present()] == [
        "Скан подписанного документа: скан.png",
        "Откреплённая подпись: МО-2026-0001.pdf.sig",
    ]
    with second.file.content.open("rb") as file:
        assert file.read() == SIGNATURE
    assert (first.added_by, second.file.content_type) == (methodist, "application/pkcs7-signature")
    assert list(JournalRecord.objects.values_list("subject_title", flat=True))[:1]


@pytest.mark.parametrize(
    "content",
    [
        SIGNATURE,
        base64.b64encode(SIGNATURE),
        b"-----BEGIN PKCS7-----\n" + base64.b64encode(SIGNATURE) + b"\n-----END PKCS7-----\n",
    ],
)
def test_signatures_in_each_of_their_forms(paper, head, content):
    assert attach(paper=paper, kind="signature", file=signature(content), by=head).pk


@pytest.mark.parametrize(
    ("kind", "file"),
    [
        ("scan", signature()),
        ("signature", scan()),
        ("signature", SimpleUploadedFile("подпись.sig", b"MZ\x90\x00 program")),
        ("signature", SimpleUploadedFile("подпись.sig", b"not a signature at all")),
        ("scan", SimpleUploadedFile("скан.pdf", b"")),
    ],
)
def test_a_file_of_another_kind_is_refused(paper, methodist, kind, file):
    with pytest.raises(UploadRefused):
        attach(paper=paper, kind=kind, file=file, by=methodist)
    assert not PaperAttachment.objects.exists()


def test_an_unknown_kind_is_refused(paper, methodist):
    with pytest.raises(Conflict, match="Выберите"):
        attach(paper=paper, kind="other", file=scan(), by=methodist)


def test_ten_files_are_enough(paper, methodist):
    for number in range(10):
        attach(paper=paper, kind="scan", file=scan(f"скан {number}.png"), by=methodist)
    with pytest.raises(Conflict, match="не больше 10"):
        attach(paper=paper, kind="scan", file=scan(), by=methodist)
    remove_attachment(attachment=paper.attachments.first(), by=methodist)
    assert attach(paper=paper, kind="scan", file=scan(), by=methodist).pk


@pytest.mark.parametrize("who", ["director", "assistant", "responsible_a", "nobody"])
def test_others_attach_and_remove_nothing(paper, methodist, request, who):
    user = request.getfixturevalue(who)
    present = attach(paper=paper, kind="scan", file=scan(), by=methodist)
    with pytest.raises(Refused):
        attach(paper=paper, kind="scan", file=scan(), by=user)
    with pytest.raises(Refused):
        remove_attachment(attachment=present, by=user)
    assert list(paper.attachments.present()) == [present]


def test_what_is_taken_off_is_gone_from_the_page_and_kept_in_the_register(signed_in, paper, methodist):
    client = signed_in(methodist)
    posted = {"kind": "signature", "file": signature()}
    assert client.post(f"/papers/{paper.pk}/attachments/add/", posted).status_code == 302
    one = PaperAttachment.objects.get()
    address = f"/papers/{paper.pk}/attachments/{one.pk}/"
    page = client.get(f"/papers/{paper.pk}/").content.decode()
    assert address in page
    assert "не создаёт и не проверяет квалифицированную электронную подпись" in page
    response = client.get(address)
    assert response["Content-Disposition"].startswith("attachment")
    assert b"".join(response.streaming_content) == SIGNATURE
    for _ in range(2):
        client.post(f"{address}remove/")
    one.refresh_from_db()
    assert one.removed_by == methodist
    assert client.get(address).status_code == 404
    assert address not in client.get(f"/papers/{paper.pk}/").content.decode()


def test_a_wrong_file_comes_back_beside_the_form(signed_in, paper, methodist):
    posted = {"kind": "signature", "file": scan()}
    response = signed_in(methodist).post(f"/papers/{paper.pk}/attachments/add/", posted)
    assert response.status_code == 422
    assert "Такой файл не принимается. Подойдёт: SIG." in response.content.decode()
