"""Reports on activity: what they begin with, who writes and approves them, how figures are frozen."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from apps.accounts.models import User
from apps.core.access import Conflict, Refused
from apps.core.registry import Scope, indicators
from apps.core.roles import Role
from apps.papers.actions import reissue, revoke
from apps.papers.reports.blocks import ChartBlock, DataTable, Heading
from apps.reports import actions
from apps.reports.composing import compose, live_sections, sections_of
from apps.reports.enums import ReportState
from apps.reports.models import ActivityReport, ReportFigure, ReportSection
from apps.reports.states import REPORT
from apps.reports.week import week_of, work_by_person
from tests.factories import CampaignFactory, OrganizationFactory, form_version, user_with
from tests.monitoring.responses.definitions import LIBRARY
from tests.papers.conftest import make_department
from tests.reports.world import make_report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("papers_without_layout")]
D = datetime.date
ACTIVE = "organizations-active"


def section_with(report, by, *keys, kind="table"):
    return actions.save_section(report=report, kind=kind, title="Показатели", indicators=keys, by=by)


# --- what a report begins with ---


def test_a_new_report_has_words_before_and_after_and_a_table_for_each_chapter(methodist):
    report = make_report(methodist)
    sections = list(report.sections.all())
    assert (sections[0].title, sections[0].kind) == ("Общие сведения", "text")
    assert (sections[-1].title, sections[-1].kind) == ("Проблемы, выводы и задачи", "text")
    assert [one.order for one in sections] == list(range(len(sections)))
    first = sections[1]
    assert first.title == "Общие положения"
    assert list(first.figures.values_list("indicator", flat=True))[:2] == [ACTIVE, "organizations-with-head"]


def test_a_report_on_a_person_asks_only_whose_work_it_was(methodist):
    report = make_report(methodist, kind="person", person=methodist)
    keys = set(ReportFigure.objects.filter(section__report=report).values_list("indicator", flat=True))
    assert keys == {key for key, one in indicators.items() if one.by_person}
    assert "papers-issued" in keys
    assert ACTIVE not in keys


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"last_day": D(2025, 8, 31)}, "Период не может закончиться раньше, чем начался."),
        ({"kind": "person"}, "Сотрудника указывают только в отчёте о деятельности методиста."),
        ({"title": ""}, "Это поле не может быть пустым."),
    ],
)
def test_a_report_that_cannot_be(methodist, fields, field):
    with pytest.raises(ValidationError) as told:
        make_report(methodist, **fields)
    assert field in told.value.messages
    assert not ActivityReport.objects.exists()


def test_the_same_days_a_year_earlier():
    report = ActivityReport(first_day=D(2024, 2, 1), last_day=D(2024, 2, 29))
    before = report.scope_before
    assert (before.first, before.last) == (D(2023, 2, 1), D(2023, 2, 28))


# --- sections ---


def test_figures_of_a_section_are_chosen_from_what_is_known(methodist):
    report = make_report(methodist)
    with pytest.raises(ValidationError, match="быть не может"):
        section_with(report, methodist, "nope")
    with pytest.raises(ValidationError, match="хотя бы один"):
        section_with(report, methodist)
    with pytest.raises(ValidationError, match="показателей нет"):
        section_with(report, methodist, ACTIVE, kind="text")
    assert not report.sections.filter(title="Показатели").exists()


def test_sections_move_by_one_place(methodist):
    report = make_report(methodist, kind="plan")
    titles = [one.title for one in report.sections.all()]
    last = report.sections.last()
    actions.move_section(section=last, step=1, by=methodist)
    assert [one.title for one in report.sections.all()] == titles
    actions.move_section(section=last, step=-1, by=methodist)
    assert [one.title for one in report.sections.all()] == [*titles[:-2], titles[-1], titles[-2]]


# --- freezing ---


def test_figures_are_live_until_the_report_is_sent_and_frozen_afterwards(methodist, head):
    """Two organisations on the last day, one a year earlier; a third one comes after the freezing."""
    OrganizationFactory(short_name="Школа А", opened_on=D(2020, 1, 1))
    OrganizationFactory(short_name="Школа Б", opened_on=D(2026, 1, 1))
    report = make_report(methodist)
    section = section_with(report, methodist, ACTIVE)

    def shown():
        report.refresh_from_db()
        found = next(one for one in sections_of(report, methodist) if one.section.pk == section.pk)
        return [(line.text, line.text_before, line.change) for line in found.lines]

    assert shown() == [("2", "1", "+1")]
    actions.send_report(report=report, by=methodist)
    OrganizationFactory(short_name="Школа В", opened_on=D(2020, 1, 1))
    assert shown() == [("2", "1", "+1")]
    figure = section.figures.get()
    assert (figure.value, figure.before) == (Decimal(2), Decimal(1))
    assert sorted(title for title, url in figure.names) == ["Школа А", "Школа Б"]
    actions.return_report(report=report, comment="Добавить школу", by=head)
    assert shown() == [("3", "2", "+1")]
    assert section.figures.get().names is None


def test_an_approved_report_keeps_its_figures_in_the_paper(methodist, head):
    make_department()
    OrganizationFactory(short_name="Школа А")
    report = make_report(methodist)
    section_with(report, methodist, ACTIVE)
    actions.send_report(report=report, by=methodist)
    paper = actions.approve_report(report=report, by=head)
    assert (paper.number[:8], paper.get_kind_display()) == ("ОД-2026-", "Отчёт о деятельности")
    kept = paper.snapshot["sections"][-1]["figures"][0]
    assert (kept["indicator"], kept["value"].rstrip("0").rstrip(".")) == (ACTIVE, "1")
    assert [title for title, url in kept["names"]] == ["Школа А"]
    assert actions.approve_report(report=report, by=head) == paper


def test_a_revoked_paper_opens_the_report_again(methodist, head):
    make_department()
    report = make_report(methodist)
    actions.send_report(report=report, by=methodist)
    paper = actions.approve_report(report=report, by=head)
    revoke(paper=paper, reason="Ошибка в тексте", by=head)
    report.refresh_from_db()
    assert (report.state, report.paper, report.frozen_on) == (ReportState.DRAFT, None, None)


def test_a_report_of_days_ahead_is_not_sent(methodist):
    report = make_report(methodist, first_day=D(2099, 9, 1), last_day=D(2100, 8, 31))
    with pytest.raises(Conflict, match="ещё не начался"):
        actions.send_report(report=report, by=methodist)


def test_a_report_without_sections_is_not_sent(methodist):
    report = make_report(methodist)
    report.sections.all().delete()
    with pytest.raises(Conflict, match="ни одного раздела"):
        actions.send_report(report=report, by=methodist)


# --- who may what ---

STATES = ["draft", "on_approval", "approved"]
ACTS = {
    "edit": lambda report, by: actions.edit_report(
        report=report, title="Иное", first_day=report.first_day, last_day=report.last_day, by=by
    ),
    "add": lambda report, by: section_with(report, by, ACTIVE),
    "send": lambda report, by: actions.send_report(report=report, by=by),
    "return": lambda report, by: actions.return_report(report=report, comment="Дополнить", by=by),
    "approve": lambda report, by: actions.approve_report(report=report, by=by),
    "delete": lambda report, by: actions.delete_report(report=report, by=by),
}
# Who may do what in which state; a second approval gives the paper already issued.
ALLOWED = {
    ("draft", "edit"): "methodist head",
    ("draft", "add"): "methodist head",
    ("draft", "send"): "methodist head",
    ("draft", "delete"): "methodist head",
    ("on_approval", "return"): "head",
    ("on_approval", "approve"): "head",
    ("approved", "approve"): "methodist head assistant director admin representative",
}
ROLES = {
    "methodist": Role.METHODIST,
    "head": Role.HEAD,
    "assistant": Role.ASSISTANT,
    "director": Role.DIRECTOR,
    "admin": Role.ADMIN,
    "representative": Role.REPRESENTATIVE,
}


def report_in(state: str, people: dict[str, User]) -> ActivityReport:
    report = make_report(people["methodist"])
    if state != "draft":
        actions.send_report(report=report, by=people["methodist"])
    if state == "approved":
        actions.approve_report(report=report, by=people["head"])
    return report


def is_taken(act, report: ActivityReport, by: User) -> bool:
    """Whether the act is done; its traces are taken back, and a refusal must leave none."""
    fresh = ActivityReport.objects.get(pk=report.pk)
    mark = transaction.savepoint()
    try:
        act(fresh, by)
    except (Refused, Conflict):
        unchanged = ActivityReport.objects.get(pk=report.pk)
        assert (unchanged.state, unchanged.title) == (report.state, report.title)
        return False
    else:
        return True
    finally:
        transaction.savepoint_rollback(mark)


@pytest.mark.parametrize("state", STATES)
def test_every_state_by_every_act_by_every_role(state, school_a, papers_without_layout):
    make_department()
    people = {
        name: user_with(one, school_a if name == "representative" else None, username=f"u-{name}")
        for name, one in ROLES.items()
    }
    report = report_in(state, people)
    report.refresh_from_db()
    taken = {(act, role) for act in ACTS for role in ROLES if is_taken(ACTS[act], report, people[role])}
    assert taken == {(act, role) for act in ACTS for role in ALLOWED.get((state, act), "").split()}


def test_the_table_of_transitions():
    steps = {(source, one.name, one.target) for one in REPORT.transitions.values() for source in one.sources}
    assert steps == {
        ("draft", "send", "on_approval"),
        ("on_approval", "return", "draft"),
        ("on_approval", "approve", "approved"),
        ("approved", "revoke", "draft"),
    }


def test_a_report_on_a_person_is_seen_by_the_heads_and_the_person(methodist, head, director):
    other = user_with(Role.METHODIST, username="other")
    report = make_report(head, kind="person", person=methodist)
    seen = {
        user.username
        for user in (methodist, head, director, other)
        if ActivityReport.objects.visible_to(user).filter(pk=report.pk).exists()
    }
    assert seen == {"methodist", "head", "director"}
    assert not ReportSection.objects.visible_to(other).filter(report=report).exists()
    with pytest.raises(Refused):
        section_with(report, other, "papers-issued")


# --- on paper ---


def test_the_paper_leaves_out_what_nobody_wrote(methodist):
    department = make_department()
    report = make_report(methodist, kind="plan")
    for one in report.sections.all():
        one.delete()
    actions.save_section(report=report, kind="text", title="Вводная", text="ИМО работает.", by=methodist)
    actions.save_section(report=report, kind="text", title="Пустой", text=" ", by=methodist)
    section_with(report, methodist, ACTIVE)
    section_with(report, methodist, ACTIVE, kind="chart")
    made = compose(report, live_sections(report, methodist), department)
    assert [one.text for one in made.blocks if isinstance(one, Heading)] == [
        "Вводная",
        "Показатели",
        "Показатели",
    ]
    tables = [one for one in made.blocks if isinstance(one, DataTable)]
    assert [cell.value for cell in tables[0].rows[0].cells] == [
        "1.1. Организаций, с которыми работает ИМО",
        "0",
        "0",
        "0",
    ]
    assert sum(isinstance(one, ChartBlock) for one in made.blocks) == 1


# --- the week ---


def test_a_week_is_from_monday_to_sunday():
    assert week_of(D(2026, 11, 23)) == Scope(D(2026, 11, 23), D(2026, 11, 29))
    assert week_of(D(2026, 11, 22)) == Scope(D(2026, 11, 16), D(2026, 11, 22))


def test_work_of_each_person(head, methodist):
    """Two campaigns of the week are the methodist's; one began on Monday an hour before the week."""
    version = form_version(LIBRARY, methodist)
    for day, hour in ((15, 12), (15, 14), (20, 3)):  # 13:00 UTC of the 15th is midnight of Monday in Magadan
        started = datetime.datetime(2026, 11, day, hour, tzinfo=datetime.UTC)
        CampaignFactory(version=version, created_by=methodist, started_at=started)
    asked, rows = work_by_person(head, Scope(D(2026, 11, 16), D(2026, 11, 22)))
    held = {row.person: {one.key: value for one, value in row.values}["monitoring-held"] for row in rows}
    assert held == {head: 0, methodist: 2}
    assert all(one.by_person for one in asked)


def test_numbers_of_the_week_open_into_names(head, methodist, signed_in):
    version = form_version(LIBRARY, methodist)
    started = datetime.datetime(2026, 11, 17, 3, tzinfo=datetime.UTC)
    CampaignFactory(version=version, created_by=methodist, started_at=started, title="О библиотеках")
    client = signed_in(head)
    week = client.get(reverse("reports:week"), {"from": "2026-11-18"})
    url = reverse("reports:week-figure", args=["monitoring-held", methodist.pk])
    assert f'href="{url}?from=2026-11-16">1</a>' in week.content.decode()
    assert "О библиотеках" in client.get(url, {"from": "2026-11-16"}).content.decode()
    for bad in ("nope", "organizations-active"):
        assert client.get(reverse("reports:week-figure", args=[bad, methodist.pk])).status_code == 404


# --- pages ---


def test_faults_stand_beside_their_fields_and_keep_what_was_typed(methodist, signed_in):
    report = make_report(methodist)
    answer = signed_in(methodist).post(
        reverse("reports:section-create", args=[report.pk]),
        {"title": "Итоги года", "kind": "table", "text": "Текст"},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Выберите хотя бы один показатель." in page
    assert "Итоги года" in page


def test_a_figure_of_a_sent_report_is_explained_by_what_was_frozen(methodist, signed_in):
    OrganizationFactory(short_name="Школа А")
    report = make_report(methodist)
    section = section_with(report, methodist, ACTIVE)
    actions.send_report(report=report, by=methodist)
    OrganizationFactory(short_name="Школа Б")
    page = signed_in(methodist).get(reverse("reports:figure-behind", args=[section.figures.get().pk]))
    assert "Школа А" in page.content.decode()
    assert "Школа Б" not in page.content.decode()


def test_a_report_asks_a_fixed_number_of_queries(methodist, signed_in, django_assert_max_num_queries):
    report = make_report(methodist)
    client = signed_in(methodist)
    url = report.get_absolute_url()
    client.get(url)
    OrganizationFactory.create_batch(10)
    with django_assert_max_num_queries(2 * len(indicators) + 30):
        client.get(url)
    actions.send_report(report=report, by=methodist)
    with django_assert_max_num_queries(14):
        client.get(url)


def test_an_approved_report_is_issued_again_with_its_frozen_figures(methodist, head):
    make_department()
    report = make_report(methodist)
    actions.send_report(report=report, by=methodist)
    paper = actions.approve_report(report=report, by=head)
    OrganizationFactory()
    new = reissue(paper=paper, reason="Сменились сведения департамента", by=head)
    report.refresh_from_db()
    assert (report.paper, report.state, new.snapshot) == (new, "approved", paper.snapshot)
    assert new.replaces == paper
