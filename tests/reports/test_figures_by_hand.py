"""Figures that the apps below and the reports themselves give to the map, worked out by hand."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.accounts.models import RoleGrant
from apps.core.registry import Scope, indicators
from apps.core.roles import Role
from apps.notices.models import Notice
from apps.planning.actions.marking import complete
from apps.planning.models import Holding
from apps.reports import actions
from apps.reports.figures import behind, named
from apps.reports.models import ReportFigure
from tests.factories import CampaignFactory, OrganizationFactory, ResponseFactory, form_version, user_with
from tests.monitoring.responses.definitions import LIBRARY
from tests.papers.conftest import make_department
from tests.planning.factories import approved, make_item, make_plan
from tests.reports.world import make_report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("papers_without_layout")]
D = datetime.date


def this_year() -> Scope:
    today = timezone.localdate()
    return Scope(today - datetime.timedelta(days=100), today)


def titles(key, actor, scope) -> list[str]:
    return [named(row).title.replace("\u00a0", " ") for row in behind(indicators[key], actor, scope)]


# --- 5.2: the head's five duties ---


@pytest.fixture
def duties(methodist, head, director):
    """A plan approved, one of its two events done for task 3; a report returned once, then approved."""
    make_department()
    plan = make_plan(methodist, 0)
    day = plan.span.first
    for title, values in (("Чтения", {"task": 3, "section": "3.1"}), ("Слёт", {"section": "3.3"})):
        make_item(plan, methodist, title=title, starts_on=day, ends_on=day, **values)
    approved(plan, methodist, head)
    complete(holding=Holding.objects.get(item__title="Чтения"), by=methodist, done_on=day)
    report = make_report(methodist)
    actions.send_report(report=report, by=methodist)
    actions.return_report(report=report, comment="Дополните", by=head)
    actions.send_report(report=report, by=methodist)
    actions.approve_report(report=report, by=head)
    return plan


def test_each_duty_of_the_head_has_its_evidence(duties, head):
    scope = Scope(min(duties.span.first, this_year().first), max(timezone.localdate(), duties.span.last))
    expected = {
        "decisions": 3,  # the plan's text, the return and the approval of the report
        "kinds": 1,
        "analysis": 0,
        "plan": 0,
        "people": 0,
        "reports": 1,
        "space": 1,
    }
    of_duties = {key: indicators[f"duties-{key}"] for key in expected}
    assert {key: one.value(head, scope) for key, one in of_duties.items()} == expected
    assert {key: len(titles(f"duties-{key}", head, scope)) for key in expected} == expected
    assert {one.clause for one in of_duties.values()} == {"5.2"}


def test_kinds_of_activity_are_named_with_what_was_done(duties, head):
    assert titles("duties-kinds", head, Scope(duties.span.first, duties.span.last)) == [
        "3.1. Аналитическая деятельность: 1 мероприятие"
    ]


def test_what_the_director_decides_is_not_the_heads_leadership(methodist, head, director):
    make_department()
    plan = make_plan(methodist, 1, owner="department")
    approved(plan, methodist, director)
    assert indicators["duties-decisions"].value(head, this_year()) == 0


# --- 1.1, 1.2, 4.1, 3.2.7 ---


def test_papers_by_signatory(methodist, head):
    make_department()
    for title in ("Первый", "Второй"):
        report = make_report(methodist, title=title)
        actions.send_report(report=report, by=methodist)
        paper = actions.approve_report(report=report, by=head)
    assert titles("papers-signatories", head, this_year()) == [
        f"{paper.signatory_name}, {paper.signatory_title}: 2 документа".replace("\u00a0", " ")
    ]


def test_teachers_and_organisations_that_work_through_the_portal(head, school_a, responsible_a):
    OrganizationFactory(short_name="Без ответственного")
    user_with(Role.TEACHER, school_a, last_name="Рябина", first_name="Ольга", middle_name="Ивановна")
    left = user_with(Role.TEACHER, school_a, username="left")
    RoleGrant.objects.filter(user=left).update(ends_on=D(2021, 1, 1))
    assert titles("accounts-teachers", head, this_year()) == ["Рябина О. И."]
    assert titles("accounts-connected", head, this_year()) == [str(school_a)]


def test_notices_count_for_who_answered_on_their_day(head, school_a, responsible_a, methodist):
    """Two to a representative, one of them read; one after his last day; one to a methodist."""
    today = timezone.now()
    for recipient, days, is_read in (
        (responsible_a, 20, True),
        (responsible_a, 19, False),
        (responsible_a, 2, True),
        (methodist, 20, True),
    ):
        at = today - datetime.timedelta(days=days)
        Notice.objects.create(
            recipient=recipient,
            kind="report",
            title="О сроках",
            created_at=at,
            read_at=at if is_read else None,
        )
    RoleGrant.objects.filter(user=responsible_a).update(ends_on=(today - datetime.timedelta(days=10)).date())
    counted = {
        key: indicators[f"notices-{key}"].value(head, this_year()) for key in ("sent", "opened", "readers")
    }
    assert counted == {"sent": 2, "opened": 1, "readers": 1}
    assert titles("notices-readers", head, this_year()) == [str(school_a)]


# --- the last round of a monitoring ---


def test_the_last_round_of_a_clause(head, methodist, school_a, school_b):
    """The earlier round asked two and both answered; the last one asked two, one of them has answered."""
    version = form_version(LIBRARY, methodist)
    version.form.clause = "3.1.5"
    version.form.save()
    for days, states in ((60, ("submitted", "submitted")), (30, ("submitted", "draft"))):
        at = timezone.now() - datetime.timedelta(days=days)
        campaign = CampaignFactory(version=version, created_by=methodist, started_at=at)
        for school, state in zip((school_a, school_b), states, strict=True):
            sent_at = None if state == "draft" else at
            ResponseFactory(campaign=campaign, organization=school, state=state, submitted_at=sent_at)
    values = [
        indicators[f"monitoring-3.1.5{key}"].value(head, this_year()) for key in ("", "-asked", "-answered")
    ]
    assert values == [2, 2, 1]


# --- what is drawn ---


def test_the_report_on_the_plan_goes_by_the_statute_and_draws_counts_alone(methodist):
    report = make_report(methodist, kind="plan")
    keys = list(ReportFigure.objects.filter(section__report=report, section__kind="table"))
    clauses = [one.source.clause for one in keys]
    assert clauses == sorted(clauses) and set(clauses) == {"1.5", "1.6", "2.2"}
    drawn = ReportFigure.objects.filter(section__report=report, section__kind="chart")
    assert 0 < len(drawn) <= 15
    assert {one.source.unit for one in drawn} == {""}


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (["plans-imo-planned", "plans-imo-percent"], "в одних единицах"),
        ([f"plans-task{n}" for n in range(1, 8)] + [f"plans-task{n}-due" for n in range(1, 8)]
         + ["plans-overdue", "plans-late"], "не больше 15"),
    ],
)  # fmt: skip
def test_what_a_page_cannot_draw(keys, told, methodist):
    report = make_report(methodist, kind="plan")
    with pytest.raises(ValidationError, match=told):
        actions.save_section(report=report, kind="chart", title="График", indicators=keys, by=methodist)


def test_a_share_is_drawn_with_the_places_it_is_printed_with():
    from decimal import Decimal

    from apps.reports.composing import Line

    line = Line(ReportFigure(), "Исполнение", Decimal("90.56603773"), None, "%", 1)
    assert (line.drawn(line.value), line.drawn(None)) == (Decimal("90.6"), None)
    assert str(Line(ReportFigure(), "Всего", Decimal("5.0000"), None).drawn(Decimal("5.0000"))) == "5"
