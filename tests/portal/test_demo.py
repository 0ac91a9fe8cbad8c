"""The demo: loaded once for the whole file, in a transaction that is rolled back at its end."""

import datetime
import hashlib
import io
import json

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from apps.accounts.models import RoleGrant, User
from apps.core.identifiers import is_inn, is_ogrn
from apps.core.models import PortalState
from apps.monitoring.checking import checked
from apps.monitoring.compiled import compiled_of
from apps.monitoring.definition import load as load_definition
from apps.monitoring.models import (
    Campaign,
    Form,
    FormVersion,
    MonitoringReport,
    Part,
    PhoneCall,
    Response,
)
from apps.monitoring.vectors import answers_of, vector_of
from apps.organizations.models import Contingent, Organization
from apps.portal.demo.calendar import DemoCalendar
from apps.portal.demo.chance import chance
from apps.portal.demo.loading import load
from apps.portal.demo.size import Size
from apps.portal.demo.sketches import SKETCHES
from apps.questionnaires.enums import Cut
from apps.questionnaires.models import Questionnaire
from apps.questionnaires.queries import waiting_for
from apps.questionnaires.results.arrays import answers_of as questionnaire_answers
from apps.questionnaires.results.tables import Results
from imo_portal.launch.demo import LOGINS

# The whole demo is loaded at the first test: most of a minute on a busy machine.
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """What `load` told, with its rows in the database until the end of the file."""
    files = tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=files), transaction.atomic():
        summary = load()
        connection.check_constraints()  # here once, or each test would check all rows at its end
        yield summary
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db):
    return loaded


def sent():
    return Response.objects.sent().select_related("campaign__version__form", "organization")


def test_it_tells_what_it_has_made(demo):
    assert (demo.organizations, demo.users, demo.forms, demo.campaigns) == (53, 61, 5, 14)
    # 2 rounds × (20 + 53 × 3), the same running, 20 of the big form, 53 of the one in preparation.
    assert demo.responses == 2 * 179 + 179 + 20 + 53
    assert demo.paper.startswith("Отчёт о мониторинге №\u00a0МО-")


def test_a_second_run_changes_nothing_and_says_so(demo):
    out = io.StringIO()
    call_command("load_demo", stdout=out)
    assert out.getvalue() == "Демонстрационные данные уже загружены, ничего не изменено.\n"
    assert Campaign.objects.count() == 14


def test_the_portal_is_marked_as_demo_and_set_up(demo):
    state = PortalState.objects.get()
    assert state.is_demo and state.set_up_at is not None
    assert not User.objects.filter(is_demo=False).exists()


def test_every_login_of_the_start_screen_signs_in(demo):
    users = {one.username: one for one in User.objects.filter(username__in=LOGINS)}
    assert set(users) == set(LOGINS)
    assert len({one.password for one in users.values()}) == 1
    assert users["head"].check_password("demo")


def test_rights_are_dated_and_rest_on_orders(demo):
    assert not RoleGrant.objects.filter(order_number="").exists()
    roles = {one.username: one.roles for one in User.objects.filter(username__in=LOGINS)}
    assert roles["head"] == {"head"} and roles["admin"] == {"admin"}
    assert roles["school1"] == {"representative"} and roles["teacher1"] == {"teacher"}
    assert roles["juror1"] == {"juror", "expert"}


def test_every_organisation_has_one_representative(demo):
    represented = RoleGrant.objects.filter(role="representative").values_list("organization_id", flat=True)
    assert sorted(represented) == sorted(Organization.objects.values_list("pk", flat=True))


def test_requisites_are_valid_and_marked_as_demo(demo):
    for one in Organization.objects.all():
        assert is_inn(one.inn) and is_ogrn(one.ogrn)
        assert "вымышлены" in one.note and one.phone.endswith("00-00")
        assert one.is_verified is False
        one.full_clean()


def test_contingent_covers_three_school_years(demo):
    years = [year.start for year in DemoCalendar(timezone.now()).years]
    assert sorted(set(Contingent.objects.values_list("school_year", flat=True))) == years
    assert Contingent.objects.count() == 3 * 53


def test_four_forms_have_two_finished_linked_rounds_and_an_open_one(demo):
    for code in ("library", "ict", "cpd", "needs"):
        rounds = Campaign.objects.filter(version__form__code=code, period_kind="school_year")
        first, second, third = rounds.order_by("period_start")
        assert [first.state, second.state, third.state] == ["closed", "closed", "running"]
        assert (first.previous, second.previous, third.previous) == (None, first, second)


def test_running_rounds_hold_every_state(demo):
    running = Response.objects.filter(campaign__state="running")
    assert set(running.values_list("state", flat=True)) == {
        "not_started", "draft", "submitted", "returned", "accepted"
    }  # fmt: skip
    assert running.filter(state="not_started", opened_at__isnull=False).exists()
    assert running.filter(is_late=True).exists()
    assert running.filter(extended_due_at__isnull=False, extensions__reason__gt="").exists()
    assert running.filter(state="returned", remarks__state="open").exists()
    assert running.unanswered().past_due(timezone.now()).exists()


def test_what_school1_finds_on_its_desk(demo):
    school1 = User.objects.get(username="school1")
    own = Response.objects.filter(organization__in=school1.represented_ids, campaign__state="running")
    desk = dict(own.values_list("campaign__version__form__code", "state"))
    assert desk == {
        "library": "draft", "ict": "returned", "cpd": "accepted", "needs": "not_started", "oo2": "draft"
    }  # fmt: skip
    assert all(one.is_open for one in own.filter(state__in=["draft", "returned", "not_started"]))


def test_a_colleague_has_a_section_and_a_call_waits_for_its_head(demo):
    part = Part.objects.get()
    assert (part.response.state, part.response.campaign.version.form.code) == ("draft", "library")
    call = PhoneCall.objects.get()
    assert (call.confirmed_at, call.response.state) == (None, "submitted")
    assert call.sent_at == call.response.submitted_at


def test_every_sent_response_passes_the_check(demo):
    for response in sent():
        outcome = checked(response)
        assert (outcome.errors, outcome.missing, outcome.unexplained) == ([], [], []), response


def test_real_data_trips_warnings_that_are_explained(demo):
    explained = sent().exclude(explanations=None)
    relations = set(explained.values_list("campaign__version__form__code", "explanations__relation"))
    assert {("library", "2.6.k6"), ("ict", "2.2.k6"), ("cpd", "1.k7")} <= relations


def test_vectors_and_answers_equal_the_documents(demo):
    for response in sent():
        compiled = compiled_of(response)
        assert bytes(response.vector) == vector_of(compiled, response.values)
        assert response.answers == answers_of(compiled, response.values)
        assert response.filled == len(response.values)
        assert response.kind == response.organization.kind and response.pupils


def test_history_tells_every_typed_cell_and_how_it_was_sent(demo):
    for response in sent().filter(campaign__version__form__code="needs")[:10]:
        compiled = compiled_of(response)
        typed = {at for at in response.values if compiled.cell(at).computed is None}
        assert set(response.changes.values_list("address", flat=True)) == typed
        assert response.submissions.get().values == response.values


def test_nothing_happens_in_the_future(demo):
    now = timezone.now()
    for response in Response.objects.all():
        moments = (response.opened_at, response.saved_at, response.submitted_at, response.accepted_at)
        known = [one for one in moments if one is not None]
        assert known == sorted(known) and all(one <= now for one in known), response


def test_one_report_is_approved_and_one_waits_for_the_head(demo):
    states = dict(MonitoringReport.objects.values_list("campaign__version__form__code", "state"))
    assert states == {"ict": "approved", "cpd": "on_approval"}
    approved = MonitoringReport.objects.get(state="approved")
    assert approved.paper is not None and len(approved.indicators) == 8


def test_stock_of_a_library_follows_from_the_year_before(demo):
    first, second = Response.objects.filter(
        organization__short_name="СОШ № 15",
        campaign__version__form__code="library",
        campaign__state="closed",
    ).order_by("campaign__period_start")
    come, gone, stock = (int(second.values[f"2.6/06/{column}"]) for column in "345")
    assert stock == int(first.values["2.6/06/5"]) + come - gone


def test_bigger_schools_report_more_computers(demo):
    rows = Response.objects.accepted().filter(campaign__version__form__code="ict", kind="school")
    figures = sorted((one.pupils, int(one.values["2.1/01/3"])) for one in rows)
    small, large = figures[: len(figures) // 3], figures[-len(figures) // 3 :]
    assert sum(number for _, number in small) < sum(number for _, number in large)


def test_the_big_form_has_the_size_of_oo2(demo):
    definition = FormVersion.objects.get(form__code="oo2").definition
    form = load_definition(definition)
    tables = [item for section in form.walk() for item in section.items if hasattr(item, "rows")]
    assert len(tables) >= 15
    assert sum(bool(row.code) for table in tables for row in table.rows) >= 250
    assert sum(len(table.rows) * len(table.columns) for table in tables) >= 1500
    assert len(form.relations) >= 200


def test_the_big_form_equals_what_its_builder_makes(settings):
    from fixtures.forms.build_oo2 import build

    stored = json.loads((settings.BASE_DIR / "fixtures/forms/oo2.json").read_text(encoding="utf-8"))
    assert stored == build()


def test_forms_name_their_clauses(demo):
    assert dict(Form.objects.values_list("code", "clause")) == {
        "library": "8.1", "ict": "3.5.3", "cpd": "3.1.10", "needs": "3.1.5", "oo2": "8.1"
    }  # fmt: skip


def test_the_same_words_give_the_same_figures_everywhere():
    size = Size("school", 500, 20)
    drawn = {
        code: sketch(size, chance("traits", code, 1), chance("year", code, 1, 0), None)
        for code, sketch in SKETCHES.items()
    }
    text = json.dumps(drawn, ensure_ascii=False, sort_keys=True)
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == "7549ac64e5827d9e"


@pytest.mark.parametrize("today", [(2026, 9, 1), (2026, 8, 31), (2027, 1, 9), (2028, 2, 29)])
def test_finished_rounds_lie_in_the_past_on_any_day(today):
    now = datetime.datetime(*today, 12, tzinfo=timezone.get_default_timezone())
    calendar = DemoCalendar(now)
    earliest, last, current = calendar.years
    assert current.first_day <= calendar.today <= current.last_day
    assert (earliest.start, last.start) == (current.start - 2, current.start - 1)


def test_questionnaires_are_there_with_answers(demo):
    titles = list(Questionnaire.objects.order_by("pk").values_list("title", "state"))
    assert titles == [
        ("Профессиональные и информационные потребности педагогов", "closed"),
        ("Потребности педагогов: второе полугодие", "open"),
    ]
    finished = Questionnaire.objects.get(state="closed")
    assert finished.answers.count() == 300
    results = Results(questionnaire_answers(finished))
    table = results.cut(results.answers.questions[2], Cut.ORGANIZATION)
    assert any(row.size is None for row in table.rows)
    assert any(None not in row.cells for row in table.rows)


def test_teacher_is_asked(demo):
    teacher = User.objects.get(username="teacher1")
    assert [one.title for one in waiting_for(teacher)] == ["Потребности педагогов: второе полугодие"]
