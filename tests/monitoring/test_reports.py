"""The official report: its words, who approves, what is frozen, what its files hold."""

import datetime
import io
import re

import pytest
from django.db.models import F
from docx import Document
from pypdfium2 import PdfDocument

from apps.core.access import Conflict, Refused
from apps.core.roles import Role
from apps.monitoring.actions import reports as acts
from apps.monitoring.actions.sending import reopen
from apps.monitoring.models import Campaign, MonitoringReport, Response
from apps.monitoring.reporting.compose import completeness_sentence, compose
from apps.monitoring.reporting.figures import figures_of
from apps.organizations.models import Department
from apps.papers.actions import reissue, revoke
from apps.papers.models import Paper
from apps.papers.reports.blocks import Paragraph
from tests.factories import RoleGrantFactory, user_with
from tests.monitoring.small import READERS, organization, owed
from tests.papers.conftest import make_department


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


@pytest.mark.parametrize(
    ("asked", "included", "sentence"),
    [
        (54, 51, "Из 54 организаций отчитались 51 (94,4 %)."),
        (1, 1, "Из 1 организации отчиталась 1 (100,0 %)."),
        (21, 1, "Из 21 организации отчиталась 1 (4,8 %)."),
        (2, 2, "Из 2 организаций отчитались 2 (100,0 %)."),
        (5, 2, "Из 5 организаций отчитались 2 (40,0 %)."),
        (11, 11, "Из 11 организаций отчитались 11 (100,0 %)."),
        (22, 21, "Из 22 организаций отчитались 21 (95,5 %)."),
        (54, 0, "Из 54 организаций отчитались 0 (0,0 %)."),
        (0, 0, "Ни одна организация не опрошена."),
    ],
)
def test_completeness_sentence(asked, included, sentence):
    assert plain(completeness_sentence(asked, included)) == sentence


@pytest.fixture
def department(db):
    return make_department()


@pytest.fixture
def waiting(department, collecting, three, methodist, head):
    """A report on approval over three accepted responses of four asked."""
    owed(collecting, organization("Школа Г", "school", ["basic"], 50)[0])
    report = acts.begin_report(campaign=collecting, by=methodist)
    report = acts.edit_report(
        report=report,
        introduction="Мониторинг проведён впервые.",
        conclusion="- Пополнить фонды\n- Обучить библиотекарей",
        indicators=[READERS],
        revision=0,
        by=methodist,
    )
    acts.send_report(report=report, by=methodist)
    return fresh(report)


def fresh(report) -> MonitoringReport:
    return MonitoringReport.objects.select_related("campaign").get(pk=report.pk)


def text_of(content: bytes) -> str:
    pdf = PdfDocument(content)
    try:
        return plain(" ".join(page.get_textpage().get_text_range() for page in pdf))
    finally:
        pdf.close()


@pytest.mark.parametrize("who", ["methodist", "director", "assistant", "administrator", "nobody"])
def test_nobody_but_the_head_approves(who, waiting, request):
    user = request.getfixturevalue(who)
    with pytest.raises(Refused):
        acts.approve_report(report=waiting, seen=waiting.mark, by=user)
    with pytest.raises(Refused):
        acts.return_report(report=waiting, comment="ошибка", by=user)
    assert (fresh(waiting).state, Paper.objects.count()) == ("on_approval", 0)


def test_head_approves_once(waiting, head):
    paper = acts.approve_report(report=waiting, seen=waiting.mark, by=head)
    assert acts.approve_report(report=waiting, seen=waiting.mark, by=head) == paper
    report = fresh(waiting)
    assert (report.state, report.paper_id, Paper.objects.count()) == ("approved", paper.pk, 1)
    assert paper.ordinal == 1


def test_acting_head_approves_in_place_of_the_head(waiting, head):
    today = datetime.date.today()
    acting = user_with(Role.METHODIST, username="acting", last_name="Замещающая")
    RoleGrantFactory(
        user=acting,
        role=Role.HEAD,
        is_acting=True,
        starts_on=today - datetime.timedelta(3),
        ends_on=today + datetime.timedelta(3),
        order_number="12-к",
    )
    with pytest.raises(Refused):
        acts.approve_report(report=waiting, seen=waiting.mark, by=head)
    paper = acts.approve_report(report=waiting, seen=waiting.mark, by=acting)
    assert paper.signatory_title.startswith("Исполняющий обязанности заведующего")
    assert "12-к" in paper.signatory_basis


def test_draft_is_not_approved(waiting, head):
    acts.return_report(report=waiting, comment="Дополните выводы", by=head)
    report = fresh(waiting)
    assert report.state == "draft"
    with pytest.raises(Refused):
        acts.approve_report(report=report, seen=report.mark, by=head)


def test_return_needs_a_comment(waiting, head):
    with pytest.raises(Conflict, match="требует пояснения"):
        acts.return_report(report=waiting, comment=" ", by=head)


def test_figures_changed_since_reading_are_not_approved(waiting, head, methodist, three):
    seen = waiting.mark
    reopen(response_id=three["B"].pk, by=methodist, comment="ошибка")
    with pytest.raises(Conflict, match="изменились"):
        acts.approve_report(report=waiting, seen=seen, by=head)
    assert not Paper.objects.exists()


def test_text_of_two_editors(collecting, department, methodist, head):
    report = acts.begin_report(campaign=collecting, by=methodist)
    given = {"introduction": "Первый", "conclusion": "", "indicators": [], "revision": 0}
    acts.edit_report(report=report, by=methodist, **given)
    with pytest.raises(Conflict, match="изменил другой человек"):
        acts.edit_report(report=report, by=head, **{**given, "introduction": "Второй"})
    assert fresh(report).introduction == "Первый"


def test_report_on_approval_is_not_edited(waiting, methodist):
    with pytest.raises(Refused):
        acts.edit_report(
            report=waiting, introduction="", conclusion="", indicators=[], revision=1, by=methodist
        )


def test_approved_figures_are_frozen(waiting, head, methodist, three):
    paper = acts.approve_report(report=waiting, seen=waiting.mark, by=head)
    digest, figures = paper.file.sha256, fresh(waiting).figures
    assert figures["values"] == {"1/01/3": "400", "1/01/4": "86.0", "1/01/5": "21.5"}
    assert (figures["asked"], figures["included"], figures["missing"]) == (4, 3, ["Школа Г"])

    reopen(response_id=three["B"].pk, by=methodist, comment="ошибка")

    paper.refresh_from_db()
    assert (fresh(waiting).figures, paper.file.sha256) == (figures, digest)


def test_revoked_paper_gives_the_report_back(waiting, head):
    paper = acts.approve_report(report=waiting, seen=waiting.mark, by=head)
    revoke(paper=paper, reason="Ошибка в выводах", by=head)
    report = fresh(waiting)
    assert (report.state, report.paper, report.figures) == ("draft", None, None)
    paper.refresh_from_db()
    assert paper.state == "revoked"


def test_second_approval_takes_the_next_number(waiting, head, methodist):
    revoke(paper=acts.approve_report(report=waiting, seen=waiting.mark, by=head), reason="Ошибка", by=head)
    acts.send_report(report=fresh(waiting), by=methodist)
    again = fresh(waiting)
    assert acts.approve_report(report=again, seen=again.mark, by=head).ordinal == 2


def test_text_of_the_issued_paper(waiting, head):
    paper = acts.approve_report(report=waiting, seen=waiting.mark, by=head)
    with paper.file.content.open("rb") as content:
        text = text_of(content.read())
    for words in (
        "УТВЕРЖДАЮ",
        "ОТЧЁТ",
        paper.number,
        "Мониторинг проведён впервые.",
        "Из 4 организаций отчитались 3 (75,0 %).",
        "Пополнить фонды",
        "Школа Г",
        "400",
    ):
        assert words in text, words


def test_draft_as_docx(waiting, signed_in, methodist):
    answer = signed_in(methodist).get(f"/monitoring/campaigns/{waiting.campaign_id}/report.docx")
    document = Document(io.BytesIO(answer.content))
    text = plain("\n".join(one.text for one in document.paragraphs))
    assert "Мониторинг проведён впервые." in text
    assert "Из 4 организаций отчитались 3 (75,0 %)." in text


def test_approved_report_leaves_as_pdf_only(waiting, signed_in, head, methodist):
    acts.approve_report(report=waiting, seen=waiting.mark, by=head)
    address = f"/monitoring/campaigns/{waiting.campaign_id}/report.docx"
    assert signed_in(methodist).get(address).status_code == 403


def test_appendix_begins_on_a_page_of_its_own(waiting, head):
    paper = acts.approve_report(report=waiting, seen=waiting.mark, by=head)
    with paper.file.content.open("rb") as content:
        pages = [plain(page.get_textpage().get_text_range()) for page in PdfDocument(content.read())]
    assert pages[-1].removeprefix(f"{len(pages)} ").startswith("Приложение. Показатели по организациям")


def test_number_of_a_paper_is_not_torn_from_its_sign(waiting, head):
    paper = acts.approve_report(report=waiting, seen=waiting.mark, by=head)
    assert f"№\u00a0{paper.number}" in str(paper)


def test_a_report_made_before_the_end_says_so(waiting, head, signed_in):
    """Four are asked, three accepted; a closed campaign needs no such words."""
    page = plain(signed_in(head).get(f"/monitoring/campaigns/{waiting.campaign_id}/report/").content.decode())
    assert "В отчёт не войдут данные 1 организации: их отчёты не приняты" in page

    def text() -> str:
        figures = figures_of(fresh(waiting))
        blocks = compose(fresh(waiting), figures, Department.objects.get()).blocks
        return plain(" ".join(str(one.text) for one in blocks if isinstance(one, Paragraph)))

    words = "На дату отчёта сбор не завершён: не приняты отчёты 1 организации."
    assert words in text()
    Campaign.objects.filter(pk=waiting.campaign_id).update(state="closed")
    assert words not in text()


def test_reissued_from_the_same_figures(waiting, head):
    """The new paper prints the old words and figures, and in whose place it stands."""
    paper = acts.approve_report(report=waiting, seen=waiting.mark, by=head)
    new = reissue(paper=paper, reason="Сменились сведения департамента", by=head)
    assert fresh(waiting).paper == new
    with new.file.content.open("rb") as file:
        text = text_of(file.read())
    assert "Мониторинг проведён впервые." in text
    assert f"Выдан взамен документа № {paper.number}" in text
    assert (fresh(waiting).state, new.snapshot["introduction"]) == (
        "approved",
        "Мониторинг проведён впервые.",
    )


def test_not_reissued_once_the_figures_are_others(waiting, head, methodist, three):
    paper = acts.approve_report(report=waiting, seen=waiting.mark, by=head)
    Response.objects.filter(pk=three["B"].pk).update(state="returned")
    Campaign.objects.filter(pk=waiting.campaign_id).update(revision=F("revision") + 1)
    with pytest.raises(Conflict, match="Данные мониторинга изменились"):
        reissue(paper=paper, reason="Сменились сведения департамента", by=head)
    assert (fresh(waiting).paper, Paper.objects.get().state) == (paper, "valid")
