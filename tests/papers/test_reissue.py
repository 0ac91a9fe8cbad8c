"""A paper issued again: as it was under a new number, or corrected after its revocation."""

import io

import pikepdf
import pytest
from django.utils import timezone

from apps.core.access import Conflict, Refused
from apps.papers import permissions
from apps.papers.actions import issuing, reissue, revoke
from apps.papers.models import Paper
from apps.papers.reprints import Reprint
from tests.papers.conftest import DAY, issue_paper, short_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def reprinted(monkeypatch, head):
    """Monitoring reports can be printed again here, by the head; what was adopted is noted."""
    adopted = []
    reprint = Reprint(
        "monitoring_report",
        build=lambda paper: short_report,
        adopt=lambda old, new: adopted.append((old.number, new.number)),
        may=lambda user, paper: user == head,
    )
    for module in (issuing, permissions):
        monkeypatch.setattr(module, "reprints", {"monitoring_report": reprint})
    return adopted


def text_of(paper: Paper) -> str:
    with paper.file.content.open("rb") as file:
        pdf = pikepdf.open(io.BytesIO(file.read()))
        return str(len(pdf.pages))


def blocks_of(monkeypatch) -> list:
    """What each print was headed by."""
    headers = []

    def build(header):
        headers.append(header)
        return short_report(header)

    return [build, headers]


def test_a_reissued_paper_takes_the_place_of_the_revoked_one(paper, head, reprinted):
    year = timezone.localdate().year
    new = reissue(paper=paper, reason=" Сменился заведующий ", by=head)
    paper.refresh_from_db()
    assert (paper.state, paper.revocation_reason, paper.revoked_by) == (
        "revoked",
        "Сменился заведующий",
        head,
    )
    assert (new.state, new.replaces, new.issued_on) == ("valid", paper, timezone.localdate())
    assert new.number == f"МО-{year}-{2 if year == DAY.year else 1:04d}"
    assert (new.title, new.snapshot) == (paper.title, paper.snapshot)
    assert new.code != paper.code
    assert reprinted == [(paper.number, new.number)]


def test_the_new_paper_prints_in_whose_place_it_stands(paper, head, monkeypatch, reprinted):
    build, headers = blocks_of(monkeypatch)
    monkeypatch.setattr(
        issuing,
        "reprints",
        {"monitoring_report": Reprint("x", lambda paper: build, lambda old, new: None, lambda *_: True)},
    )
    reissue(paper=paper, reason="Сменился заведующий", by=head)
    assert headers[0].replaces == "№\u00a0МО-2026-0001 от 10.03.2026"


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_reissue_needs_a_reason(paper, head, reprinted, reason):
    with pytest.raises(Conflict, match="требует пояснения"):
        reissue(paper=paper, reason=reason, by=head)
    assert Paper.objects.count() == 1


def test_who_may_not_sign_reissues_nothing(paper, methodist, reprinted):
    with pytest.raises(Refused, match="вправе его подписать"):
        reissue(paper=paper, reason="Ошибка", by=methodist)
    paper.refresh_from_db()
    assert (paper.state, Paper.objects.count()) == ("valid", 1)


def test_a_revoked_paper_is_not_reissued(paper, head, reprinted):
    revoke(paper=paper, reason="Ошибка", by=head)
    with pytest.raises(Conflict, match="Отозван"):
        reissue(paper=paper, reason="Ошибка", by=head)


def test_a_failed_reissue_revokes_nothing(paper, head, monkeypatch):
    def changed(paper):
        raise Conflict("Данные изменились.")

    for module in (issuing, permissions):
        reprint = Reprint("x", changed, lambda old, new: None, lambda *_: True)
        monkeypatch.setattr(module, "reprints", {"monitoring_report": reprint})
    with pytest.raises(Conflict, match="Данные изменились"):
        reissue(paper=paper, reason="Сменился заведующий", by=head)
    paper.refresh_from_db()
    assert (paper.state, paper.revocation_reason) == ("valid", "")


def test_a_paper_corrected_after_its_revocation_names_the_revoked_one(department, head):
    """The subject was approved anew: the second paper stands in the place of the first, once."""
    first = issue_paper(head, subject=head)
    revoke(paper=first, reason="Ошибка в таблице", by=head)
    second = issue_paper(head, subject=head)
    assert second.replaces == first
    assert issue_paper(head, subject=head).replaces is None
    assert issue_paper(head, subject=None).replaces is None


def test_the_page_of_reissue(signed_in, paper, head, reprinted):
    client = signed_in(head)
    page = client.get(f"/papers/{paper.pk}/").content.decode()
    assert f"/papers/{paper.pk}/reissue/" in page
    response = client.post(f"/papers/{paper.pk}/reissue/", {"reason": "Сменился заведующий"})
    new = Paper.objects.get(replaces=paper)
    assert response["Location"] == f"/papers/{new.pk}/"
    page = client.get(response["Location"]).content.decode()
    assert "Выдан взамен другого документа" in page
    assert "Сменился заведующий" in page
    assert client.get(f"/verify/{paper.code}/").status_code == 200
    again = client.post(f"/papers/{paper.pk}/reissue/", {"reason": "Ещё раз"})
    assert again.status_code == 403
