"""Pages of the staff: what is shown to whom, a fixed number of questions, acts by forms."""

import datetime

import pytest

from apps.core.clauses import find_clause
from apps.core.models import JournalRecord
from apps.core.registry import Scope, indicators
from apps.office import actions
from apps.office.models import Absence, Appeal, Appointment, LocalAct, Order, StaffingLine
from apps.portal.queries import search_everything, tasks_of
from tests.office.factories import PositionFactory, employed
from tests.office.fetching import fetched

pytestmark = pytest.mark.django_db
D = datetime.date
LISTS = [
    "", "norms/", "positions/", "staffing/", "vacancies/", "orders/", "absences/", "acts/", "proposals/",
    "encouragements/", "briefings/", "trainings/", "appeals/",
]  # fmt: skip


def test_a_methodist_opens_his_own_card_alone(office, signed_in, methodist):
    client = signed_in(methodist)
    assert client.get(office.first.get_absolute_url()).status_code == 200
    assert client.get(office.second.get_absolute_url()).status_code == 403
    page = client.get("/office/").content.decode()
    assert office.first.get_absolute_url() in page
    assert office.second.get_absolute_url() not in page


def test_reading_a_card_is_journalled(office, signed_in, head):
    signed_in(head).get(office.first.get_absolute_url())
    assert JournalRecord.objects.filter(verb="viewed", subject_type="office.employee", user=head).exists()


@pytest.mark.parametrize("path", LISTS)
def test_lists_ask_as_much_for_three_rows_as_for_one(
    path, office, signed_in, head, django_assert_max_num_queries
):
    for _ in range(3):
        employed(position=PositionFactory())
    client = signed_in(head)
    with django_assert_max_num_queries(22):
        assert client.get(f"/office/{path}").status_code == 200
    answer, content = fetched(client, f"/office/{path}?format=xlsx")
    assert answer.status_code == 200 and content.startswith(b"PK")


def test_a_form_of_an_order_comes_back_with_faults(office, signed_in, head):
    Absence.objects.create(
        employee=office.second, kind="leave", starts_on=D(2027, 6, 1), ends_on=D(2027, 6, 9)
    )
    body = {
        "employee": office.second.pk,
        "absent": office.head.pk,
        "starts_on": "2027-06-05",
        "ends_on": "2027-06-12",
        "consent_on": "2026-11-01",
    }
    answer = signed_in(head).post("/office/orders/create/?kind=acting", body)
    assert answer.status_code == 422
    assert "отсутствует: отпуск с 01.06.2027 по 09.06.2027." in answer.content.decode()
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        {"starts_on": "2027-02-31"},
        {"starts_on": "9" * 40},
        {"employee": "999999999999999999999"},
        {"units": "NaN"},
        {"title": "\x00"},
        {"body": "я" * 100_001},
    ],
)
def test_nonsense_is_told_and_nothing_is_written(body, office, signed_in, head):
    given = {"employee": office.second.pk, "position": office.methodist_post.pk, "starts_on": "2027-01-01"}
    answer = signed_in(head).post("/office/orders/create/?kind=hire", given | body)
    assert answer.status_code == 422
    assert not Order.objects.exists()


@pytest.mark.parametrize("units", ["0", "0.3", "-1", "NaN", "abc", "9" * 40])
def test_units_that_are_no_quarters_come_back(units, office, signed_in, head):
    draft = actions.create_edition(by=head, in_force_from=D(2027, 1, 1))
    body = {"position": office.methodist_post.pk, "units": units}
    answer = signed_in(head).post(f"/office/staffing/{draft.pk}/lines/create/", body)
    assert answer.status_code == 422
    assert not StaffingLine.objects.filter(edition=draft).exists()


def test_too_many_units_are_refused_on_the_page(office, signed_in, head):
    body = {
        "position": office.methodist_post.pk,
        "units": "1.5",
        "starts_on": "2026-12-01",
        "order_number": "9-к",
        "order_date": "2026-11-20",
    }
    person = employed(position=PositionFactory())
    url = f"/office/employees/{person.pk}/appointments/create/"
    answer = signed_in(head).post(url, body)
    assert answer.status_code == 422
    assert "свободной ставки 1,5 нет" in answer.content.decode()
    assert Appointment.objects.filter(employee=person).count() == 1


def test_the_page_of_acts_names_what_is_missing(office, signed_in, head, methodist):
    page = signed_in(head).get("/office/acts/").content.decode()
    for words in ("Положение о департаменте", "Положение об ИМО", "Должностная инструкция: Методист"):
        assert words in page
    assert f"Трудовой договор: {office.first}" in page.replace("&nbsp;", "\u00a0")
    assert "Трудовой договор:" not in signed_in(methodist).get("/office/acts/").content.decode()


def test_a_contract_is_for_its_employee_and_the_heads(office, signed_in, head, methodist, methodist2):
    act = actions.save_act(by=head, kind="contract", title="Трудовой договор", employee=office.first)
    assert signed_in(methodist).get(act.get_absolute_url()).status_code == 200
    assert signed_in(methodist2).get(act.get_absolute_url()).status_code == 404


def test_an_appeal_is_read_by_its_author_and_its_addressee(office, head, director, methodist, methodist2):
    row = actions.appeal(by=methodist, addressee="director", subject="О работе", text="Прошу")
    for user, seen in ((methodist, True), (director, True), (head, False), (methodist2, False)):
        assert Appeal.objects.visible_to(user).filter(pk=row.pk).exists() is seen
    actions.answer_appeal(by=director, appeal=row, answer="Сделаем")
    row.refresh_from_db()
    assert (row.answer, row.answered_by) == ("Сделаем", director)


def test_nobody_answers_himself(office, head):
    from apps.core.access import Refused

    own = actions.appeal(by=head, addressee="head", subject="О работе", text="Прошу")
    with pytest.raises(Refused):
        actions.answer_appeal(by=head, appeal=own, answer="Да")
    proposal = actions.propose(by=head, act=None, text="Так")
    with pytest.raises(Refused):
        actions.answer_proposal(by=head, proposal=proposal, is_taken=True, answer="Да")


def test_a_user_without_a_card_is_told_so(department, assistant):
    from apps.core.access import Conflict

    with pytest.raises(Conflict, match="Вас нет среди сотрудников"):
        actions.propose(by=assistant, act=None, text="Так")


def test_changes_of_the_statute_take_the_consent_away(office, head):
    act = actions.save_act(by=head, kind="imo_statute", title="Положение об ИМО")
    actions.give_consent(by=head, act=act)
    actions.save_act(by=head, act=act, changes="Иное")
    assert LocalAct.objects.get(pk=act.pk).consented_on is None


def test_tasks_wait_for_those_who_may_do_them(office, head, director, methodist):
    edition = actions.create_edition(by=head, in_force_from=D(2027, 1, 1), copy_from=office.edition)
    actions.send_edition(by=head, edition=edition)
    actions.draft_order(by=head, kind="other", title="О режиме работы")
    actions.draft_order(by=head, kind="staffing", edition=edition)
    actions.save_act(by=head, kind="imo_statute", title="Положение об ИМО")

    def titles(user):
        return {task.title for task in tasks_of(type(user).objects.get(pk=user.pk))}

    order = "Внести номер и дату приказа: О режиме работы"
    assert order in titles(head) and order in titles(director)
    assert "Утвердить: Штатное расписание, редакция 2" in titles(director)
    assert "Утвердить: Штатное расписание, редакция 2" not in titles(head)
    assert "Дать согласие: Положение об ИМО, редакция 1" in titles(head)
    assert not any("штатного расписания" in title for title in titles(head))
    assert not titles(methodist) & {order}


def test_search_finds_people_for_the_heads_alone(office, head, methodist, responsible_a):
    def found(user):
        return {hit.title for group in search_everything(user, "лугова") for hit in group.hits}

    assert office.first.full_name in found(head)
    assert office.first.full_name in found(methodist)  # himself
    assert office.first.full_name not in found(responsible_a)
    assert {hit.title for group in search_everything(methodist, "ясенев") for hit in group.hits} == set()


def test_figures_of_the_statute_counted_by_hand(office, head):
    """One head and two methodists on four units; nothing else is recorded yet."""
    scope = Scope(D(2026, 9, 1), D(2026, 11, 23))
    figures = {
        key: entry.value(head, scope) for key, entry in indicators.items() if key.startswith("office-")
    }
    assert figures == {
        "office-waiting": 0,
        "office-head": 1,
        "office-directions": 1,
        "office-described": 0,
        "office-employees": 3,
        "office-proposals": 0,
        "office-encouragements": 0,
        "office-briefed": 0,
        "office-trained": 0,
        "office-appeals": 0,
        "office-acts": 0,
        "office-contracts": 0,
        "office-acts-missing": 7,
        "office-edition": 1,
        "office-leader": 1,
        "office-by-order": 3,
        "office-acting": 0,
        "office-acting-year": 0,
        "office-statute": None,
        "office-consent": 0,
        "office-head-0": 1,
        "office-head-1": 1,
        "office-head-2": 0,
        "office-methodist-0": 3,
        "office-methodist-1": 2,
        "office-methodist-2": 1,
        "office-auxiliary-0": 0,
        "office-auxiliary-1": 0,
        "office-auxiliary-2": 0,
        "office-technical-0": 0,
        "office-technical-1": 0,
        "office-technical-2": 0,
    }


def test_every_figure_has_its_clause_and_its_list(office, head):
    scope = Scope(D(2026, 9, 1), D(2026, 11, 23))
    own = [entry for key, entry in indicators.items() if key.startswith("office-")]
    assert {entry.clause for entry in own} == {
        "1.3", "5.1", "5.3", "5.4", "5.5", "5.6", "6.1", "6.2", "6.3", "6.4", "6.5", "7.1"
    }  # fmt: skip
    for entry in own:
        assert find_clause(entry.clause) is not None
        assert all(str(row) for row in entry.rows(head, scope))
