"""Amendments: every state and act, the summary of today and of past days."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from apps.core.access import Conflict, Refused
from apps.monitoring.actions import amendments as acts
from apps.monitoring.actions.sending import accept, reopen, submit
from apps.monitoring.enums import AmendmentState
from apps.monitoring.exports import campaign_sheets
from apps.monitoring.models import Amendment, CellChange, MonitoringReport, ResponseEdition
from apps.monitoring.reporting.figures import figures_of
from apps.monitoring.states import AMENDMENT
from apps.monitoring.summaries.behind import behind
from apps.monitoring.summaries.moments import amendments_since, end_of, past_day
from apps.monitoring.summaries.summary import coverage_of, summary_of
from apps.notices.models import Notice
from apps.workflow.models import TransitionRecord
from tests.monitoring.small import BOOKS, READERS, SHARE, at
from tests.papers.conftest import make_department

ACTS = ("save", "send", "discard", "accept", "reject")
# What each act leads to from each state; None where it is refused.
TABLE = {
    "draft": {"save": "draft", "send": "sent", "discard": "", "accept": None, "reject": None},
    "sent": {"save": None, "send": None, "discard": None, "accept": "accepted", "reject": "rejected"},
    "accepted": dict.fromkeys(ACTS),
    "rejected": dict.fromkeys(ACTS),
}


@pytest.fixture
def school(three):
    """The response of school A, accepted with 100 readers, and who answers for the school."""
    response = three["A"]
    return response, response.submitted_by


def begun(response, by, **values) -> Amendment:
    amendment = acts.begin_amendment(response_id=response.pk, by=by)
    texts = values or {READERS: "120"}
    assert acts.save_amendment(amendment_id=amendment.pk, texts=texts, reason="Описка", by=by) == {}
    amendment.refresh_from_db()
    return amendment


def sent(response, by, **values) -> Amendment:
    amendment = begun(response, by, **values)
    acts.send_amendment(amendment_id=amendment.pk, by=by)
    amendment.refresh_from_db()
    return amendment


def do(act, amendment, school_by, methodist):
    given = {"amendment_id": amendment.pk}
    match act:
        case "save":
            acts.save_amendment(**given, texts={READERS: "121"}, reason="Описка", by=school_by)
        case "send":
            acts.send_amendment(**given, by=school_by)
        case "discard":
            acts.discard_amendment(**given, by=school_by)
        case "accept":
            acts.accept_amendment(**given, by=methodist)
        case "reject":
            acts.reject_amendment(**given, comment="Нет", by=methodist)


@pytest.mark.parametrize(("state", "act"), [(state, act) for state in TABLE for act in ACTS])
def test_every_state_and_act(school, methodist, state, act):
    response, by = school
    amendment = begun(response, by)
    if state != "draft":
        acts.send_amendment(amendment_id=amendment.pk, by=by)
    if state in ("accepted", "rejected"):
        do({"accepted": "accept", "rejected": "reject"}[state], amendment, by, methodist)
    expected = TABLE[state][act]
    if expected is None:
        with pytest.raises(Conflict):
            do(act, amendment, by, methodist)
        expected = state
    else:
        do(act, amendment, by, methodist)
    assert list(Amendment.objects.values_list("state", flat=True)) == ([expected] if expected else [])


def test_transitions_of_the_table():
    moves = {name: (set(one.sources), one.target) for name, one in AMENDMENT.transitions.items()}
    assert moves == {
        "send": ({AmendmentState.DRAFT}, AmendmentState.SENT),
        "accept": ({AmendmentState.SENT}, AmendmentState.ACCEPTED),
        "reject": ({AmendmentState.SENT}, AmendmentState.REJECTED),
    }


def test_wrong_people(school, three, methodist, director):
    response, by = school
    other = three["B"].submitted_by
    for stranger in (methodist, other):
        with pytest.raises(Refused):
            acts.begin_amendment(response_id=response.pk, by=stranger)
    amendment = sent(response, by)
    for wrong in (by, director, other):
        with pytest.raises(Refused):
            acts.accept_amendment(amendment_id=amendment.pk, by=wrong)
        with pytest.raises(Refused):
            acts.reject_amendment(amendment_id=amendment.pk, comment="Нет", by=wrong)


def test_accepted_amendment_changes_the_response(school, methodist, collecting):
    response, by = school
    collecting.refresh_from_db()
    revision = collecting.revision
    amendment = sent(response, by)
    assert summary_of(collecting).values[READERS] == Decimal(400)
    acts.accept_amendment(amendment_id=amendment.pk, by=methodist)
    response.refresh_from_db()
    assert (response.state, response.values[READERS], response.values[SHARE]) == ("accepted", "120", "42.1")
    change = CellChange.objects.filter(response=response, source="amendment").get()
    assert (change.address, change.was, change.became, change.by) == (READERS, "100", "120", by)
    collecting.refresh_from_db()
    assert collecting.revision == revision + 1
    assert summary_of(collecting).values[READERS] == Decimal(420)
    amendment.refresh_from_db()
    assert (amendment.was, amendment.decided_by) == ({READERS: "100"}, methodist)
    notice = Notice.objects.filter(recipient=by).latest("pk")
    assert notice.title == f"Поправка принята: {collecting.title}"


def test_rejected_amendment_changes_nothing(school, methodist, collecting):
    response, by = school
    amendment = sent(response, by)
    with pytest.raises(Conflict):
        acts.reject_amendment(amendment_id=amendment.pk, comment="", by=methodist)
    acts.reject_amendment(amendment_id=amendment.pk, comment="Не подтверждено", by=methodist)
    assert summary_of(collecting).values[READERS] == Decimal(400)
    record = TransitionRecord.objects.of(amendment).get(name="reject")
    assert record.comment == "Не подтверждено"
    assert begun(response, by).pk != amendment.pk


def test_one_open_at_a_time(school):
    response, by = school
    draft = begun(response, by)
    assert acts.begin_amendment(response_id=response.pk, by=by) == draft
    acts.send_amendment(amendment_id=draft.pk, by=by)
    with pytest.raises(Conflict, match="уже отправлена"):
        acts.begin_amendment(response_id=response.pk, by=by)


def test_only_what_differs_is_kept_and_faults_are_told(school):
    response, by = school
    amendment = acts.begin_amendment(response_id=response.pk, by=by)
    texts = {READERS: "100", BOOKS: "51,5", "speed": "9", SHARE: "1", "9/9/9": "1"}
    faults = acts.save_amendment(amendment_id=amendment.pk, texts=texts, reason="", by=by)
    assert set(faults) == {"speed", "9/9/9"}
    amendment.refresh_from_db()
    assert (amendment.values, amendment.was) == ({BOOKS: "51.5"}, {BOOKS: "50.5"})
    acts.save_amendment(amendment_id=amendment.pk, texts={BOOKS: "50,5"}, reason="", by=by)
    amendment.refresh_from_db()
    assert amendment.values == {}


def test_sent_with_a_reason_and_a_change(school):
    response, by = school
    amendment = acts.begin_amendment(response_id=response.pk, by=by)
    acts.save_amendment(amendment_id=amendment.pk, texts={READERS: "120"}, reason=" ", by=by)
    with pytest.raises(Conflict, match="Укажите причину"):
        acts.send_amendment(amendment_id=amendment.pk, by=by)
    acts.save_amendment(amendment_id=amendment.pk, texts={READERS: "100"}, reason="Описка", by=by)
    with pytest.raises(Conflict, match="нет изменений"):
        acts.send_amendment(amendment_id=amendment.pk, by=by)
    with pytest.raises(Conflict, match="длиннее 1000"):
        acts.save_amendment(amendment_id=amendment.pk, texts={}, reason="я" * 1001, by=by)


def test_not_into_a_response_that_is_not_accepted(school, methodist):
    response, by = school
    amendment = begun(response, by)
    reopen(response_id=response.pk, comment="Ошибка", by=methodist)
    for act in ("save", "send"):
        with pytest.raises(Conflict, match="принятый отчёт"):
            do(act, amendment, by, methodist)
    with pytest.raises(Conflict):
        acts.begin_amendment(response_id=response.pk, by=by)


def test_reopening_waits_for_a_sent_amendment(school, methodist):
    response, by = school
    amendment = sent(response, by)
    with pytest.raises(Conflict, match="сначала примите или отклоните"):
        reopen(response_id=response.pk, comment="Ошибка", by=methodist)
    acts.reject_amendment(amendment_id=amendment.pk, comment="Нет", by=methodist)
    reopen(response_id=response.pk, comment="Ошибка", by=methodist)


@pytest.fixture
def week(collecting, three, school, methodist, clock):
    """Accepted on the 10th (in fact today, moved back); amended on the 20th: 100 → 120 of school A."""
    begin = at(2026, 11, 10, 12)
    ResponseEdition.objects.update(valid_from=begin)
    collecting.responses.update(accepted_at=begin)
    response, by = school
    clock(at(2026, 11, 20, 15))
    amendment = sent(response, by)
    acts.accept_amendment(amendment_id=amendment.pk, by=methodist)
    clock(at(2026, 11, 27, 9))
    return amendment


@pytest.mark.parametrize(
    ("day", "readers"),
    [((2026, 11, 10), 400), ((2026, 11, 19), 400), ((2026, 11, 20), 420), ((2026, 11, 26), 420)],
)
def test_summary_of_past_days(week, collecting, day, readers):
    assert summary_of(collecting, moment=end_of(datetime.date(*day))).values[READERS] == Decimal(readers)


def test_before_anything_was_accepted(week, collecting):
    moment = end_of(datetime.date(2026, 11, 9))
    summary = summary_of(collecting, moment=moment)
    assert (summary.organizations, summary.values) == (0, {})
    coverage = coverage_of(collecting, moment=moment)
    assert (coverage.asked, coverage.included, len(coverage.missing)) == (3, 0, 3)


def test_past_figure_and_who_stands_behind(week, collecting):
    moment = end_of(datetime.date(2026, 11, 19))
    rows = behind(collecting, READERS, moment=moment)
    assert [(row.organization, row.value) for row in rows] == [
        ("Сад В", None),
        ("Школа А", Decimal(100)),
        ("Школа Б", Decimal(300)),
    ]
    assert summary_of(collecting, key="kind:school", moment=moment).values[SHARE] == Decimal("20.3")


def test_reopened_response_stays_in_the_past(week, collecting, school, methodist, clock):
    response, by = school
    reopen(response_id=response.pk, comment="Ошибка", by=methodist)
    assert summary_of(collecting).values[READERS] == Decimal(300)
    clock(at(2026, 11, 28, 9))
    assert summary_of(collecting, moment=end_of(datetime.date(2026, 11, 26))).values[READERS] == Decimal(420)
    assert summary_of(collecting, moment=end_of(datetime.date(2026, 11, 27))).values[READERS] == Decimal(300)
    submit(response_id=response.pk, by=by)
    accept(response_id=response.pk, by=methodist)
    assert summary_of(collecting).values[READERS] == Decimal(420)
    assert list(response.editions.order_by("pk").values_list("valid_from", "valid_to")) == [
        (at(2026, 11, 10, 12), at(2026, 11, 20, 15)),
        (at(2026, 11, 20, 15), at(2026, 11, 27, 9)),
        (at(2026, 11, 28, 9), None),
    ]


def test_amendments_since_a_day(week, collecting):
    assert list(amendments_since(collecting, None)) == [week]
    assert list(amendments_since(collecting, end_of(datetime.date(2026, 11, 19)))) == [week]
    assert list(amendments_since(collecting, end_of(datetime.date(2026, 11, 20)))) == []


@pytest.mark.parametrize("text", ["2026-11-27", "2026-12-01", "1999-01-01", "20 ноября", "", "2026-11-31"])
def test_no_past_day(week, text):
    assert past_day(text) is None


def test_page_workbook_and_report_of_a_past_day(week, collecting, client, methodist):
    client.force_login(methodist)
    page = client.get(f"/monitoring/campaigns/{collecting.pk}/summary/?on=2026-11-19").content.decode()
    assert "По состоянию на 19.11.2026\u00a023:59" in page
    assert ">400<" in page and ">420<" not in page
    assert "Описка" in page and "Приняты после этого дня" in page
    today = client.get(f"/monitoring/campaigns/{collecting.pk}/summary/").content.decode()
    assert ">420<" in today and "в своде они учтены" in today
    sheets = {
        one.title: list(one.rows)
        for one in campaign_sheets(collecting, moment=end_of(datetime.date(2026, 11, 19)))
    }
    assert [row[3] for row in sheets["Свод"] if row[0] == READERS] == [Decimal(400)]
    book = client.get(f"/monitoring/campaigns/{collecting.pk}/export.xlsx?on=2026-11-19")
    assert book.status_code == 200 and "19.11.2026" in book.headers["Content-Disposition"]
    assert b"".join(book)[:2] == b"PK"
    report = MonitoringReport(campaign=collecting, edited_by=methodist)
    figures = figures_of(report, end_of(datetime.date(2026, 11, 19)))
    assert figures.summary.values[READERS] == Decimal(400)
    make_department()
    document = client.get(f"/monitoring/campaigns/{collecting.pk}/report.docx?on=2026-11-19")
    assert document.status_code == 200
    link = client.get(f"/monitoring/campaigns/{collecting.pk}/behind/?cell={READERS}&on=2026-11-19")
    assert "По состоянию на 19.11.2026" in link.content.decode()


def test_pages_of_the_school_and_the_methodist(school, client, methodist, collecting):
    response, by = school
    url = f"/monitoring/responses/{response.pk}/"
    client.force_login(by)
    assert "Внести поправку" in client.get(url).content.decode()
    place = client.post(f"{url}amendments/").headers["Location"]
    assert "Измените значения" in client.get(place).content.decode()
    bad = client.post(place, {"reason": "Описка", f"c:{READERS}": "сто", "do": "send"})
    assert bad.status_code == 422 and "сто" in bad.content.decode()
    refused = client.post(place, {"reason": "", f"c:{READERS}": "120", "do": "send"})
    assert refused.status_code == 409 and "Укажите причину поправки" in refused.content.decode()
    assert client.post(place, {"reason": "Описка", f"c:{READERS}": "120", "do": "send"}).status_code == 302
    assert "Внести поправку" not in client.get(url).content.decode()
    client.force_login(methodist)
    page = client.get(place).content.decode()
    assert "Принять поправку" in page and "Описка" in page and ">120<" in page
    assert client.post(f"{place}reject/", {"comment": ""}).status_code == 409
    assert client.post(f"{place}accept/").status_code == 302
    assert client.post(f"{place}accept/").status_code == 409
    assert summary_of(collecting).values[READERS] == Decimal(420)


def test_editions_of_what_was_accepted_before(school, three):
    assert ResponseEdition.objects.count() == 3
    response, _ = school
    edition = response.editions.get()
    assert (edition.values, bytes(edition.vector), edition.kind, edition.pupils) == (
        response.values,
        bytes(response.vector),
        "school",
        200,
    )
    assert edition.valid_to is None and edition.valid_from <= timezone.now()
