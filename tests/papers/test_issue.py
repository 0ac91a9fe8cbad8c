import datetime
import hashlib
import io
import re
import threading

import pikepdf
import pypdfium2
import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction

from apps.core.access import Conflict
from apps.core.models import JournalRecord
from apps.core.roles import Role
from apps.papers.actions import issuing, register_in_department, revoke, supersede
from apps.papers.models import NumberSequence, Paper
from apps.papers.numbering import next_number, number_text
from apps.papers.signals import paper_revoked
from tests.factories import RoleGrantFactory, UserFactory, user_with
from tests.papers.conftest import DAY, issue_paper, make_department, short_report


def acting_head(starts_on, ends_on, **fields):
    user = UserFactory(last_name="Замещающая", first_name="Ольга", middle_name="Петровна", **fields)
    RoleGrantFactory(
        user=user,
        role=Role.HEAD,
        is_acting=True,
        starts_on=starts_on,
        ends_on=ends_on,
        order_number="12-к",
        order_date=datetime.date(2026, 3, 2),
    )
    return user


def pdf_text(paper) -> str:
    with paper.file.content.open("rb") as file:
        document = pypdfium2.PdfDocument(file.read())
    return " ".join(document[i].get_textpage().get_text_range() for i in range(len(document)))


def test_a_paper_enters_the_register(department, methodist, head):
    paper = issue_paper(methodist, subject=department)
    paper.refresh_from_db()
    assert (paper.number, paper.year, paper.ordinal) == ("МО-2026-0001", 2026, 1)
    assert (paper.state, paper.issued_on, paper.issued_by) == ("valid", DAY, methodist)
    assert (paper.subject_type, paper.subject_id) == ("organizations.department", "1")
    assert paper.snapshot == {"figures": [1, 2]}
    assert (paper.file.name, paper.file.content_type) == ("МО-2026-0001.pdf", "application/pdf")
    record = JournalRecord.objects.get(verb="issued")
    assert (record.user, record.subject_id) == (methodist, str(paper.pk))


def test_number_code_and_signature_are_printed_on_it(paper):
    text = re.sub(r"\s+", " ", pdf_text(paper))
    assert "МО-2026-0001" in text
    assert paper.code in text
    assert f"/verify/{paper.code}/" in text
    assert "Заведующий" in text


def test_the_stored_file_is_the_one_that_was_hashed(paper):
    with paper.file.content.open("rb") as file:
        assert hashlib.sha256(file.read()).hexdigest() == paper.file.sha256


def test_numbers_go_on_within_a_year_and_begin_again_with_the_next(department, head):
    days = [DAY, DAY, datetime.date(2026, 12, 31), datetime.date(2027, 1, 1)]
    assert [issue_paper(head, on=day).number for day in days] == [
        "МО-2026-0001",
        "МО-2026-0002",
        "МО-2026-0003",
        "МО-2027-0001",
    ]


def test_the_ten_thousandth_number_is_just_longer():
    assert number_text("МО", 2026, 10000) == "МО-2026-10000"


def test_the_head_signs(department):
    head = user_with(Role.HEAD, last_name="Главная", first_name="Анна", middle_name="Ивановна")
    paper = issue_paper(head)
    assert paper.signatory_name == "А.\u00a0И.\u00a0Главная"
    assert paper.signatory_title == "Заведующий информационно-методическим отделом"
    assert paper.signatory_basis == ""


@pytest.mark.parametrize("day", [datetime.date(2026, 3, 9), datetime.date(2026, 3, 20)])
def test_in_the_days_of_the_order_the_acting_head_signs(department, head, day):
    acting_head(datetime.date(2026, 3, 9), datetime.date(2026, 3, 20))
    paper = issue_paper(head, on=day)
    assert paper.signatory_name == "О.\u00a0П.\u00a0Замещающая"
    assert paper.signatory_title == "Исполняющий обязанности заведующего информационно-методическим отделом"
    assert paper.signatory_basis == "приказ от 02.03.2026 №\u00a012-к"


@pytest.mark.parametrize("day", [datetime.date(2026, 3, 8), datetime.date(2026, 3, 21)])
def test_the_day_before_and_the_day_after_the_head_signs_again(department, head, day):
    acting_head(datetime.date(2026, 3, 9), datetime.date(2026, 3, 20))
    assert issue_paper(head, on=day).signatory_basis == ""


def test_without_a_head_nothing_is_issued_and_no_number_is_taken(department, methodist):
    with pytest.raises(Conflict, match="подписать некому"):
        issue_paper(methodist)
    assert not NumberSequence.objects.exists()


def test_without_the_departments_details_nothing_is_issued(head):
    with pytest.raises(Conflict, match="Сведения о департаменте не заполнены"):
        issue_paper(head)


def test_a_failed_print_leaves_no_gap(department, head):
    def broken(header):
        raise ValueError("no figures")

    with pytest.raises(ValueError, match="no figures"):
        issue_paper(head, build=broken)
    assert issue_paper(head).number == "МО-2026-0001"


def test_a_transaction_rolled_back_later_leaves_no_gap(department, head):
    with pytest.raises(RuntimeError), transaction.atomic():
        issue_paper(head)
        raise RuntimeError
    assert issue_paper(head).number == "МО-2026-0001"


def test_a_number_taken_during_the_print_is_printed_anew(department, head):
    printed = []

    def slow(header):
        if not printed:
            next_number("МО", 2026)
        printed.append(header.number)
        return short_report(header)

    paper = issue_paper(head, build=slow)
    assert printed == ["МО-2026-0001", "МО-2026-0002"]
    assert paper.number == "МО-2026-0002"
    assert "МО-2026-0002" in pdf_text(paper)
    assert "МО-2026-0001" not in pdf_text(paper)


def in_threads(count, work):
    """Runs the work in threads that begin together; gives what they raised."""
    barrier, failures = threading.Barrier(count), []

    def run(number):
        try:
            barrier.wait(timeout=20)
            work(number)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return failures


@pytest.mark.django_db(transaction=True)
def test_papers_issued_at_once_get_numbers_without_gap_or_double(monkeypatch):
    make_department()
    head = user_with(Role.HEAD)
    monkeypatch.setattr(issuing, "to_pdf", lambda report: report.title_page.number.encode())

    failures = in_threads(8, lambda number: issue_paper(head, title=f"Отчёт {number}"))

    assert failures == []
    papers = list(Paper.objects.order_by("ordinal").select_related("file"))
    assert [paper.ordinal for paper in papers] == [1, 2, 3, 4, 5, 6, 7, 8]
    for paper in papers:
        with default_storage.open(paper.file.content.name) as file:
            assert file.read().decode() == paper.number


@pytest.mark.django_db(transaction=True)
def test_rollbacks_in_between_leave_no_gap(monkeypatch):
    make_department()
    head = user_with(Role.HEAD)
    monkeypatch.setattr(issuing, "to_pdf", lambda report: b"%PDF")

    def every_other_fails(number):
        with transaction.atomic():
            issue_paper(head)
            if number % 2:
                raise RuntimeError("later work failed")

    failures = in_threads(8, every_other_fails)
    assert [str(error) for error in failures] == ["later work failed"] * 4
    assert list(Paper.objects.order_by("ordinal").values_list("ordinal", flat=True)) == [1, 2, 3, 4]
    assert NumberSequence.objects.get().last == 4


def test_a_revoked_paper_keeps_its_number_and_says_why(paper, head):
    revoked = revoke(paper=paper, reason="  Ошибка в таблице 2 ", by=head)
    revoked.refresh_from_db()
    assert (revoked.state, revoked.number) == ("revoked", "МО-2026-0001")
    assert (revoked.revoked_by, revoked.revocation_reason) == (head, "Ошибка в таблице 2")
    assert revoked.revoked_at is not None
    assert JournalRecord.objects.filter(verb="revoked", subject_id=str(paper.pk)).count() == 1


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_revocation_needs_a_reason(paper, head, reason):
    with pytest.raises(Conflict, match="требует пояснения"):
        revoke(paper=paper, reason=reason, by=head)
    paper.refresh_from_db()
    assert paper.state == "valid"


def test_a_paper_is_revoked_once(paper, head):
    revoke(paper=paper, reason="Ошибка", by=head)
    with pytest.raises(Conflict, match="Отозван"):
        revoke(paper=paper, reason="Ещё раз", by=head)


def test_a_methodist_revokes_nothing(paper, methodist):
    with pytest.raises(Exception, match="вправе утверждать"):
        revoke(paper=paper, reason="Ошибка", by=methodist)
    paper.refresh_from_db()
    assert paper.state == "valid"


def test_listeners_of_a_revocation_share_its_transaction(paper, head):
    def refuse(**_):
        raise RuntimeError("subject can't follow")

    paper_revoked.connect(refuse)
    try:
        with pytest.raises(RuntimeError), transaction.atomic():
            revoke(paper=paper, reason="Ошибка", by=head)
    finally:
        paper_revoked.disconnect(refuse)
    paper.refresh_from_db()
    assert paper.state == "valid"


def test_a_superseded_paper_names_its_successor_and_tells_nobody(paper, methodist, head):
    heard = []

    def listen(sender, **said):
        heard.append(said)

    paper_revoked.connect(listen)
    try:
        successor = issue_paper(methodist)
        supersede(paper=paper, successor=successor, by=head)
        supersede(paper=paper, successor=issue_paper(methodist), by=head)
    finally:
        paper_revoked.disconnect(listen)
    paper.refresh_from_db()
    assert (paper.state, paper.revoked_by) == ("revoked", head)
    assert paper.revocation_reason == f"Заменён документом №\u00a0{successor.number}."
    successor.refresh_from_db()
    assert successor.replaces == paper
    assert heard == []


def test_the_departments_number_and_date_go_together(paper, methodist):
    with pytest.raises(Conflict, match="и номер, и дату"):
        register_in_department(paper=paper, number="01-15/77", date=None, by=methodist)
    done = register_in_department(paper=paper, number="01-15/77", date=DAY, by=methodist)
    done.refresh_from_db()
    assert (done.department_number, done.department_date) == ("01-15/77", DAY)


def test_properties_of_the_file(paper):
    with paper.file.content.open("rb") as file:
        pdf = pikepdf.open(io.BytesIO(file.read()))
    assert str(pdf.docinfo["/Title"]) == "Отчёт о мониторинге"
    assert str(pdf.Root.Lang) == "ru"
