"""Figures of the statute worked out by hand, and the amendment pages of those who draft."""

import datetime
from decimal import Decimal

import pytest

from apps.core.registry import Scope, clause_work, indicators
from apps.planning.actions.amendments import begin_amendment
from apps.planning.actions.marking import cancel, complete
from apps.planning.models import Holding, Plan
from tests.factories import CampaignFactory, form_version
from tests.monitoring.responses.definitions import LIBRARY
from tests.planning.factories import approved, make_item, make_plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("papers_without_layout")]
D = datetime.date
SCOPE = Scope(D(2026, 9, 1), D(2026, 12, 1))


@pytest.fixture
def at_work(department, methodist, methodist2, head, clock) -> Plan:
    """On 01.12.2026: done on 15.10 for 3.1.1, cancelled on 20.10, overdue since 20.11, ahead 20.12."""
    clock(2026, 12, 1, 12, 0)
    plan = make_plan(methodist, 0)
    for title, day, values in (
        ("Готово", 15, {"clause": "3.1.1", "task": 3}),
        ("Снято", 20, {"clause": "3.1.1"}),
    ):
        make_item(
            plan, methodist, title=title, starts_on=D(2026, 10, day), ends_on=D(2026, 10, day), **values
        )
    for month in (11, 12):
        day = D(2026, month, 20)
        make_item(plan, methodist, title=f"Месяц {month}", responsible=methodist2, starts_on=day, ends_on=day)
    approved(plan, methodist, head)
    complete(holding=Holding.objects.get(item__title="Готово"), by=methodist, done_on=D(2026, 10, 15))
    cancel(holding=Holding.objects.get(item__title="Снято"), by=methodist, reason="Отменено")
    return plan


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("plans-imo-planned", 3),
        ("plans-imo-done", 1),
        ("plans-imo-cancelled", 1),
        ("plans-imo-moved", 0),
        ("plans-department-planned", 0),
        ("plans-department-percent", None),
        ("plans-overdue", 1),
        ("plans-late", 1),
        ("plans-beside", 0),
        ("plans-waiting", 0),
        ("plans-task3", 1),
        ("plans-task1", 0),
    ],
)
def test_figures_of_the_statute(key, expected, at_work, head):
    assert indicators[key].value(head, SCOPE) == expected


def test_percent_is_of_what_fell_due_without_the_cancelled(at_work, head):
    """Three fell due by 01.12, one of them is cancelled, one of the other two is done."""
    assert indicators["plans-imo-percent"].value(head, SCOPE) == Decimal(50)


def test_figures_of_one_person(at_work, head, methodist, methodist2):
    """Overdue is the one of the second methodist; both of the first are done or cancelled."""

    def of(person, key):
        return indicators[key].value(head, Scope(SCOPE.first, SCOPE.last, person))

    assert [of(methodist, key) for key in ("plans-due", "plans-done", "plans-overdue")] == [2, 1, 0]
    assert [of(methodist2, key) for key in ("plans-due", "plans-done", "plans-overdue")] == [1, 0, 1]


def test_events_stand_under_the_clause_they_name(at_work, head, responsible_a):
    linked = clause_work["plans"].linked(head, SCOPE)
    assert [(work.clause, work.title, work.kind) for work in linked] == [
        ("3.1.1", "Семинар: Готово", "мероприятие плана"),
        ("3.1.1", "Семинар: Снято", "мероприятие плана"),
    ]
    assert clause_work["plans"].linked(responsible_a, SCOPE) == []


def test_a_stranger_counts_nothing(at_work, responsible_a):
    assert indicators["plans-imo-planned"].value(responsible_a, SCOPE) == 0
    assert not indicators["plans-imo-planned"].allowed(responsible_a)


def test_an_amendment_is_drafted_line_by_line(at_work, methodist, signed_in):
    client = signed_in(methodist)
    item = at_work.items.get(title="Месяц 12")
    amendment = begin_amendment(plan=at_work, by=methodist, reason="Переезд")
    url = f"/plans/amendments/{amendment.pk}/"
    form = client.get(f"{url}change/{item.pk}/").context["form"]
    body = {name: form[name].value() or "" for name in form.fields if name != "co_executors"}

    assert client.post(f"{url}change/{item.pk}/", body).status_code == 422
    assert client.post(f"{url}change/{item.pk}/", body | {"place": "Школа № 1"}).status_code == 302
    client.post(f"{url}choose/", {"item": at_work.items.get(title="Месяц 11").pk, "act": "remove"})

    shown = client.get(url)
    told = [(kind.value, next((one.field, one.was, one.became) for one in changes)[0])
            for _, kind, changes in shown.context["lines"]]  # fmt: skip
    assert told == [("change", "место"), ("remove", "")]
    item.refresh_from_db()
    assert item.place == ""
    client.post(f"{url}send/")
    amendment.refresh_from_db()
    assert amendment.state == "on_approval"
    assert client.get(f"{url}add/").status_code == 403


def test_a_second_amendment_is_refused_on_the_page(at_work, methodist, signed_in):
    begin_amendment(plan=at_work, by=methodist, reason="Переезд")

    answer = signed_in(methodist).post(f"/plans/{at_work.pk}/amendments/create/", {"reason": "Ещё"})

    assert answer.status_code == 422
    assert "Сначала утвердите или снимите начатую поправку" in answer.content.decode()


def test_an_amendment_of_a_draft_is_refused(plan, methodist, signed_in):
    answer = signed_in(methodist).post(f"/plans/{plan.pk}/amendments/create/", {"reason": "Ещё"}, follow=True)

    assert "План ещё не утверждён" in answer.content.decode()
    assert not plan.amendments.exists()


def test_an_event_is_linked_to_a_campaign_on_its_page(at_work, methodist, signed_in):
    campaign = CampaignFactory(version=form_version(LIBRARY, methodist), created_by=methodist)
    item = at_work.items.get(title="Месяц 12")
    client = signed_in(methodist)

    client.post(f"/plans/items/{item.pk}/link/", {"subject": f"monitoring.campaign:{campaign.pk}"})

    item.refresh_from_db()
    assert (item.subject_type, item.subject_id) == ("monitoring.campaign", str(campaign.pk))
    shown = client.get(f"/plans/items/{item.pk}/").content.decode()
    assert f'href="{campaign.get_absolute_url()}"' in shown
    assert client.post(f"/plans/items/{item.pk}/link/", {"subject": "accounts.user:1"}).status_code == 422
    client.post(f"/plans/items/{item.pk}/link/", {"subject": ""})
    item.refresh_from_db()
    assert item.subject_type == ""
