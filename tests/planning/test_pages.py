"""Pages of plans: who reads them, what stands on them, how many queries they take."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.planning.actions.plans import change_item
from apps.planning.models import Plan, PlanItem
from tests.planning.factories import approved, item_values, make_item, make_plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("papers_without_layout")]
D = datetime.date
CUTS = ["plan-detail", "plan-month", "plan-week", "plan-calendar", "plan-people", "plan-execution",
        "plan-clashes", "amendment-list"]  # fmt: skip


def page(client, name: str, *args, query: str = ""):
    return client.get(reverse(f"planning:{name}", args=args) + query)


def text_of(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize("name", CUTS)
def test_cuts_of_a_draft_and_of_a_plan_at_work(name, plan, methodist, head, signed_in):
    client = signed_in(methodist)

    assert page(client, name, plan.pk).status_code == 200
    approved(plan, methodist, head)
    assert page(client, name, plan.pk).status_code == 200


@pytest.mark.parametrize("name", CUTS)
def test_an_empty_plan_says_how_to_begin(name, department, methodist, signed_in):
    plan = make_plan(methodist, 0)

    assert page(signed_in(methodist), name, plan.pk).status_code == 200


def test_a_draft_is_not_there_for_the_assistant_until_it_is_sent(plan, methodist, assistant, head, signed_in):
    client = signed_in(assistant)
    assert page(client, "plan-detail", plan.pk).status_code == 404

    approved(plan, methodist, head)

    assert page(client, "plan-detail", plan.pk).status_code == 200


def test_schools_and_strangers_see_no_plans(edition, responsible_a, nobody, administrator, client):
    for user in (responsible_a, nobody, administrator):
        client.force_login(user)
        assert page(client, "plan-list").status_code == 403
        assert page(client, "plan-detail", edition.plan_id).status_code == 404
        assert page(client, "item-detail", edition.plan.items.first().pk).status_code == 404


@pytest.mark.parametrize("count", [1, 300])
def test_the_year_table_takes_few_queries(count, department, methodist, head, signed_in):
    plan = make_plan(methodist, 1)
    first = plan.items.get()
    others = [
        PlanItem(plan=plan, section="3.1", order=number, title=f"Событие {number}", responsible=methodist,
                 starts_on=D(2026, 10, 1), ends_on=D(2026, 10, 1), place="Зал")
        for number in range(1, count)
    ]  # fmt: skip
    PlanItem.objects.bulk_create(others)
    from apps.planning.models import Holding

    day = D(2026, 10, 1)
    Holding.objects.bulk_create(
        Holding(item=one, planned_first=day, planned_last=day, starts_on=day, ends_on=day) for one in others
    )
    first.co_executors.add(head)
    Plan.objects.filter(pk=plan.pk).update(state="approved")
    client = signed_in(methodist)
    page(client, "plan-detail", plan.pk)

    with CaptureQueriesContext(connection) as asked:
        answer = page(client, "plan-detail", plan.pk)

    assert len(asked) <= 15, "\n".join(one["sql"].partition(" FROM ")[2][:70] for one in asked)
    assert text_of(answer).count('id="item-') == count


def test_the_table_is_narrowed(plan, methodist, head, signed_in):
    other = make_item(
        plan,
        methodist,
        section="3.1",
        title="Банк данных педагогов",
        starts_on=D(2026, 12, 1),
        ends_on=D(2026, 12, 1),
    )
    other.co_executors.add(head)
    client = signed_in(methodist)

    def titles(query: str) -> list[str]:
        found = page(client, "plan-detail", plan.pk, query=query).context["sections"]
        return [row.item.title for _, _, rows in found for row in rows]

    assert titles("") == ["Банк данных педагогов", "Мероприятие 1", "Мероприятие 2"]
    assert titles("?section=3.1") == ["Банк данных педагогов"]
    assert titles("?month=2026-12") == ["Банк данных педагогов"]
    assert titles("?month=2027-01") == []
    assert titles(f"?person={head.pk}") == ["Банк данных педагогов"]
    assert titles("?q=МЕРОПРИЯТИЕ+2") == ["Мероприятие 2"]
    assert titles("?section=9") == []
    assert titles("?mark=done") == []


def test_faults_stand_beside_their_fields(plan, methodist, signed_in):
    url = reverse("planning:item-create", args=[plan.pk])
    body = item_values(methodist) | {"responsible": methodist.pk, "term_kind": "day"}
    client = signed_in(methodist)

    def errors(**typed) -> dict:
        answer = client.post(url, body | typed)
        assert answer.status_code == 422
        return answer.context["form"].errors

    no_day = "Такого дня нет в календаре. Дата пишется так: 15.10.2026."
    assert errors(starts_on="2027-02-31") == {"starts_on": [no_day]}
    assert errors(term_kind="span", starts_on="2026-10-15", ends_on="2026-10-12") == {
        "ends_on": ["Мероприятие не может закончиться раньше, чем началось."]
    }
    assert errors(starts_on="2027-09-01", ends_on="") == {
        "starts_on": ["Эта дата не входит в 2026/2027 учебный год."]
    }
    assert errors(term_kind="weekly", starts_on="", ends_on="") == {
        "term_day": ["Укажите день недели: от 1 (понедельник) до 7."]
    }
    assert errors(title="") == {"title": ["Обязательное поле."]}
    assert plan.items.count() == 2


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"term_kind": "month", "starts_on": "2026-10-15", "ends_on": ""}, "октябрь 2026 г."),
        ({"term_kind": "year", "starts_on": "", "ends_on": ""}, "в течение года"),
        (
            {"term_kind": "monthly", "starts_on": "", "ends_on": "", "term_day": "25"},
            "ежемесячно до 25 числа",
        ),
        (
            {"term_kind": "weekly", "starts_on": "", "ends_on": "", "term_day": "2"},
            "еженедельно по вторникам",
        ),
        (
            {"term_kind": "span", "starts_on": "2026-10-12", "ends_on": "2026-10-16"},
            "12.10.2026 – 16.10.2026",
        ),
        ({"term_kind": "day", "starts_on": "2026-10-12", "ends_on": ""}, "12.10.2026"),
    ],
)
def test_every_kind_of_term_is_entered(typed, told, plan, methodist, signed_in):
    body = item_values(methodist) | {"responsible": methodist.pk, "title": "Новое"} | typed

    answer = signed_in(methodist).post(reverse("planning:item-create", args=[plan.pk]), body)

    assert answer.status_code == 302
    assert plan.items.get(title="Новое").term_text.replace("\u00a0", " ") == told


def test_quick_entry_keeps_what_the_next_event_shares(plan, methodist, signed_in):
    client = signed_in(methodist)
    url = reverse("planning:item-entry", args=[plan.pk])
    body = {"section": "3.2", "form": "Обзор", "title": "Новинки", "term_kind": "day", "place": "Зал"}
    body |= {"starts_on": "2026-11-03", "responsible": methodist.pk}

    assert client.post(url, body)["Location"] == url

    form = client.get(url).context["form"]
    assert (form["section"].value(), form["starts_on"].value(), form["place"].value()) == (
        "3.2",
        "2026-11-03",
        "Зал",
    )
    assert form["title"].value() is None
    assert "data-focus" in str(form["title"])
    assert plan.items.get(title="Новинки").order == 1


def test_order_changes_by_arrows(plan, methodist, signed_in):
    first, second = plan.items.order_by("order")
    client = signed_in(methodist)

    answer = client.post(reverse("planning:item-move", args=[second.pk]), {"way": "up"})

    assert list(plan.items.order_by("order")) == [second, first]
    again = client.get(answer["Location"].partition("#")[0])
    assert text_of(again).count("data-focus") == 1
    client.post(reverse("planning:item-move", args=[second.pk]), {"way": "up"})
    assert list(plan.items.order_by("order")) == [second, first]


def test_ticked_events_are_changed_together_or_not_at_all(plan, methodist, methodist2, signed_in):
    year = make_item(
        plan, methodist, term_kind="year", starts_on=D(2026, 9, 1), ends_on=D(2027, 8, 31), title="Год"
    )
    days = list(plan.items.exclude(pk=year.pk).values_list("pk", flat=True))
    client = signed_in(methodist)
    url = reverse("planning:item-table", args=[plan.pk])

    assert client.post(url, {"item": days, "responsible": methodist2.pk, "shift": "-3"}).status_code == 302
    assert set(plan.items.filter(pk__in=days).values_list("responsible", "starts_on")) == {
        (methodist2.pk, D(2026, 10, 12))
    }

    answer = client.post(url, {"item": [*days, year.pk], "section": "3.1", "shift": "1"})
    assert answer.status_code == 422
    assert "«Год»: сдвигаются только мероприятия с датой" in text_of(answer)
    assert not plan.items.filter(section="3.1").exists()
    assert client.post(url, {"section": "3.1"}).status_code == 422
    assert client.post(url, {"item": days}).status_code == 422


def test_a_term_shifted_out_of_the_year_is_refused(plan, methodist, signed_in):
    answer = signed_in(methodist).post(
        reverse("planning:item-table", args=[plan.pk]), {"item": [plan.items.first().pk], "shift": "-60"}
    )

    assert answer.status_code == 422
    assert "«Мероприятие 1»: Эта дата не входит в 2026/2027 учебный год." in text_of(answer)


def test_remarks_of_the_approver_stand_on_the_draft(waiting, methodist, head, signed_in):
    from apps.planning.actions.editions import return_edition

    return_edition(edition=waiting, comment="Укажите место", by=head)

    shown = text_of(page(signed_in(methodist), "plan-detail", waiting.plan_id))

    assert "Возвращён на доработку." in shown
    assert "Укажите место" in shown


def test_sending_from_the_page(plan, methodist, signed_in):
    client = signed_in(methodist)
    item = plan.items.first()
    change_item(item=item, by=methodist, values={"place": "Зал"})

    client.post(reverse("planning:plan-send", args=[plan.pk]))

    plan.refresh_from_db()
    assert plan.state == "on_approval"
    assert "На утверждении." in text_of(page(client, "plan-detail", plan.pk))
    assert page(client, "item-edit", item.pk).status_code == 403


def test_header_changed_by_another_meanwhile_is_not_overwritten(plan, methodist, signed_in):
    client = signed_in(methodist)
    url = reverse("planning:plan-edit", args=[plan.pk])

    assert client.post(url, {"theme": "Тема", "revision": "0"}).status_code == 422
    assert client.post(url, {"theme": "Тема", "revision": str(plan.revision)}).status_code == 302


def test_home_page_tells_what_waits(plan, methodist, head, signed_in, clock):
    clock(2026, 10, 14, 10, 0)
    approved(plan, methodist, head)

    shown = text_of(signed_in(methodist).get("/"))

    assert "Отметить выполнение: Семинар: Мероприятие 1" in shown
    assert "Планы: эта неделя" in shown


def test_search_finds_events(edition, methodist, responsible_a, client):
    client.force_login(methodist)
    assert "Семинар: Мероприятие 1" in text_of(client.get("/search/?q=мероприятие+1"))
    client.force_login(responsible_a)
    assert "Мероприятие 1" not in text_of(client.get("/search/?q=мероприятие+1")).replace("q=мероприятие", "")


def test_today_is_magadans():
    assert timezone.get_default_timezone_name() == "Asia/Magadan"


@pytest.mark.parametrize(
    ("before", "order"),
    [("first", [3, 1, 2]), ("second", [1, 3, 2]), ("", [1, 2, 3]), ("0", [1, 2, 3]), ("x", [1, 2, 3])],
)
def test_an_event_is_dragged_before_another(before, order, department, methodist, signed_in):
    plan = make_plan(methodist, 3)
    items = dict(zip(("first", "second", "third"), plan.items.order_by("order"), strict=True))
    to = str(items[before].pk) if before in items else before

    signed_in(methodist).post(
        reverse("planning:item-move", args=[items["third"].pk]), {"way": "to", "before": to}
    )

    titles = plan.items.order_by("order").values_list("title", flat=True)
    assert list(titles) == [f"Мероприятие {number}" for number in order]
