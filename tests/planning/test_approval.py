"""A plan is sent, returned and approved by the right person alone."""

import pytest

from apps.core.access import Conflict, Refused
from apps.notices.models import Notice
from apps.papers.actions import revoke
from apps.papers.models import Paper
from apps.planning.actions import editions, plans
from apps.planning.models import Edition, Plan, PlanItem
from apps.workflow.models import TransitionRecord
from tests.planning.factories import D, acting, approved, item_values, make_item, make_plan, pdf_text, sent

pytestmark = pytest.mark.django_db


def text_of(paper: Paper) -> str:
    with paper.file.content.open("rb") as file:
        return pdf_text(file.read())


def test_a_plan_without_events_is_not_sent(department, methodist):
    plan = make_plan(methodist, 0)
    with pytest.raises(Conflict, match="В плане нет ни одного мероприятия"):
        editions.send(plan=plan, by=methodist)
    plan.refresh_from_db()
    assert (plan.state, Edition.objects.count()) == ("draft", 0)


def test_copied_events_must_be_looked_at(plan, methodist):
    plans.add_items(plan=plan, by=methodist, rows=[item_values(methodist, title="Конкурс", is_unseen=True)])
    with pytest.raises(Conflict, match="не просмотрены: «Конкурс»"):
        editions.send(plan=plan, by=methodist)
    plans.mark_seen(plan=plan, by=methodist, ids=[PlanItem.objects.get(title="Конкурс").pk])
    assert editions.send(plan=plan, by=methodist).state == "waiting"


def test_a_responsible_who_left_keeps_the_plan(plan, methodist, methodist2):
    make_item(plan, methodist, responsible=methodist2, title="Выставка")
    methodist2.is_active = False
    methodist2.save()
    with pytest.raises(Conflict, match="«Выставка»: ответственный больше не работает"):
        editions.send(plan=plan, by=methodist)


def test_sending_freezes_the_text_and_tells_the_head(plan, methodist, head):
    edition = sent(plan, methodist)
    assert plan.state == "on_approval"
    assert [one["title"] for one in edition.content["items"]] == ["Мероприятие 1", "Мероприятие 2"]
    assert list(Notice.objects.values_list("recipient__username", flat=True)) == ["head"]
    with pytest.raises(Conflict, match="на утверждении"):
        make_item(plan, methodist)


def test_the_head_approves(waiting, head, methodist):
    paper = editions.approve(edition=waiting, by=head)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.number, waiting.decided_by) == ("approved", 1, head)
    assert Plan.objects.get().state == "approved"
    assert paper.number.startswith("ПЛ-") and paper.number.endswith("-0001")
    assert (paper.kind, paper.subject_type, paper.snapshot) == ("plan", "planning.plan", waiting.content)
    assert Notice.objects.filter(recipient=methodist, title__startswith="Утверждён").count() == 1


def test_the_paper_bears_the_stamp(waiting, head):
    text = text_of(editions.approve(edition=waiting, by=head))
    assert "УТВЕРЖДАЮ Заведующий информационно-методическим отделом" in text
    assert "ПЛАН РАБОТЫ информационно-методического отдела на 2026/2027 учебный год" in text
    assert "Мероприятие 2" in text and "15.10.2026" in text and "ПРОЕКТ" not in text
    assert "Исполняющий" not in text


def test_a_second_press_gives_the_same_paper(waiting, head):
    first = editions.approve(edition=waiting, by=head)
    assert editions.approve(edition=waiting, by=head) == first
    assert Paper.objects.count() == 1


@pytest.mark.parametrize(
    "role", ["methodist", "director", "assistant", "administrator", "responsible_a", "nobody"]
)
def test_nobody_else_decides_on_the_plan_of_imo(role, waiting, request):
    user = request.getfixturevalue(role)
    user.is_superuser = True
    with pytest.raises(Refused, match="и больше никто"):
        editions.approve(edition=waiting, by=user)
    with pytest.raises(Refused, match="и больше никто"):
        editions.return_edition(edition=waiting, comment="Нет", by=user)
    waiting.refresh_from_db()
    assert (waiting.state, Plan.objects.get().state, Paper.objects.count()) == ("waiting", "on_approval", 0)


@pytest.mark.parametrize("role", ["methodist", "head", "assistant", "administrator", "responsible_a"])
def test_nobody_else_decides_on_the_plan_of_the_department(role, department, methodist, director, request):
    edition = sent(make_plan(methodist, owner="department"), methodist)
    with pytest.raises(Refused, match="утверждает руководитель департамента"):
        editions.approve(edition=edition, by=request.getfixturevalue(role))
    assert Plan.objects.get().state == "on_approval"


def test_the_director_approves_the_plan_of_the_department(department, methodist, director, head):
    edition = sent(make_plan(methodist, owner="department"), methodist)
    assert list(Notice.objects.values_list("recipient__username", flat=True)) == ["director"]
    paper = editions.approve(edition=edition, by=director)
    text = text_of(paper)
    assert "УТВЕРЖДАЮ Руководитель департамента образования" in text
    assert "департамента образования мэрии города Примерска на 2026/2027" in text
    assert paper.signatory_title == "Руководитель департамента образования"


def test_a_return_needs_a_comment(waiting, head, methodist):
    with pytest.raises(Conflict, match="требует пояснения"):
        editions.return_edition(edition=waiting, comment="  ", by=head)
    editions.return_edition(edition=waiting, comment="Уточните сроки", by=head)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.comment, waiting.number) == ("returned", "Уточните сроки", None)
    assert Plan.objects.get().state == "draft"
    assert Notice.objects.get(recipient=methodist).text == "Уточните сроки"
    assert list(TransitionRecord.objects.of(waiting.plan).values_list("name", flat=True)) == [
        "send",
        "return",
    ]


def test_the_next_round_is_another_edition(waiting, plan, head, methodist):
    editions.return_edition(edition=waiting, comment="Уточните сроки", by=head)
    plan.refresh_from_db()
    plans.change_item(item=plan.items.first(), by=methodist, values={"title": "Педагогические чтения"})
    again = sent(plan, methodist)
    with pytest.raises(editions.EditionChanged) as told:
        editions.approve(edition=waiting, by=head)
    assert [(one.title, one.field, one.was, one.became) for one in told.value.changes] == [
        ("Семинар: Мероприятие 1", "мероприятие, тема", "Мероприятие 1", "Педагогические чтения")
    ]
    assert told.value.waiting == again
    assert Paper.objects.count() == 0
    editions.approve(edition=again, by=head)
    again.refresh_from_db()
    assert again.number == 1


def test_rows_changed_past_the_actions_are_not_approved(waiting, head):
    PlanItem.objects.filter(title="Мероприятие 1").update(title="Подмена")
    with pytest.raises(editions.EditionChanged, match="разошлись с текстом") as told:
        editions.approve(edition=waiting, by=head)
    assert [(one.was, one.became) for one in told.value.changes] == [("Мероприятие 1", "Подмена")]
    assert Paper.objects.count() == 0


def test_a_changed_header_is_not_approved(waiting, head):
    Plan.objects.update(goal="Другая цель")
    with pytest.raises(editions.EditionChanged):
        editions.approve(edition=waiting, by=head)


def test_a_decided_edition_is_not_decided_again(waiting, head):
    editions.return_edition(edition=waiting, comment="Нет", by=head)
    for act in (
        lambda: editions.approve(edition=waiting, by=head),
        lambda: editions.return_edition(edition=waiting, comment="Нет", by=head),
    ):
        with pytest.raises(Conflict, match="уже не ждёт"):
            act()


# --- the acting head: from 9 to 13 November 2026 ---


@pytest.fixture
def november(methodist2):
    acting(methodist2, D(2026, 11, 9), D(2026, 11, 13))


@pytest.mark.parametrize(
    ("moment", "approver"),
    [
        ((2026, 11, 8, 23, 59, 59), "head"),
        ((2026, 11, 9, 0, 0, 0), "methodist2"),
        ((2026, 11, 13, 23, 59, 59), "methodist2"),
        ((2026, 11, 14, 0, 0, 0), "head"),
    ],
)
def test_the_right_passes_at_midnight(moment, approver, waiting, november, head, methodist2, clock):
    clock(*moment)
    people = {"head": head, "methodist2": methodist2}
    may = people.pop(approver)
    (rests,) = people.values()
    with pytest.raises(Refused):
        editions.approve(edition=waiting, by=rests)
    with pytest.raises(Refused):
        editions.return_edition(edition=waiting, comment="Нет", by=rests)
    paper = editions.approve(edition=waiting, by=may)
    assert paper.signatory_basis == ("" if approver == "head" else "приказ от 09.11.2026 №\u00a012-к")


def test_what_an_acting_head_approves_says_so(waiting, november, methodist2, clock):
    clock(2026, 11, 10, 12, 0)
    text = text_of(editions.approve(edition=waiting, by=methodist2))
    assert "Исполняющий обязанности заведующего информационно-методическим отделом" in text
    assert "(приказ от 09.11.2026 № 12-к)" in text and "М. И. Ясенева" in text
    assert "10 ноября 2026 г." in text


def test_the_acting_head_does_not_decide_for_the_director(
    department, methodist, director, methodist2, november, clock
):
    edition = sent(make_plan(methodist, owner="department"), methodist)
    clock(2026, 11, 10, 12, 0)
    with pytest.raises(Refused):
        editions.approve(edition=edition, by=methodist2)


# --- after the approval ---


def test_the_text_in_force_is_not_edited(edition, plan, methodist, head):
    item = plan.items.first()
    for act in (
        lambda by: plans.add_item(plan=plan, by=by, values=item_values(by)),
        lambda by: plans.change_item(item=item, by=by, values={"title": "Иное"}),
        lambda by: plans.remove_item(item=item, by=by),
        lambda by: plans.edit_plan(plan=plan, by=by, revision=plan.revision, goal="Иная"),
        lambda by: plans.reorder(plan=plan, by=by, ids=[]),
        lambda by: plans.mark_seen(plan=plan, by=by, ids=[item.pk]),
        lambda by: plans.delete_plan(plan=plan, by=by),
        lambda by: editions.send(plan=plan, by=by),
    ):
        for by in (methodist, head):
            with pytest.raises(Conflict, match="только поправкой"):
                act(by)


def test_the_paper_in_force_is_not_revoked(edition, head):
    with pytest.raises(Conflict, match="утверждённый план не отзывают"):
        revoke(paper=edition.paper, reason="Ошибка", by=head)
    assert Paper.objects.get().state == "valid"


def test_an_order_of_the_department_stands_in_the_stamp(department, methodist, head):
    plan = make_plan(methodist, order_number="214", order_date=D(2026, 8, 28))
    text = text_of(approved(plan, methodist, head).paper)
    assert "УТВЕРЖДЁН приказом департамента образования мэрии города Примерска" in text
    assert "от 28.08.2026 № 214" in text
    assert "УТВЕРЖДАЮ" not in text


def test_a_closed_plan(edition, plan, methodist, director, head):
    for user in (methodist, director):
        with pytest.raises(Refused):
            plans.close_plan(plan=plan, by=user)
    plans.close_plan(plan=plan, by=head)
    plan.refresh_from_db()
    assert plan.state == "closed"
    with pytest.raises(Conflict, match="План закрыт"):
        editions.send(plan=plan, by=methodist)
    with pytest.raises(Conflict):
        plans.close_plan(plan=plan, by=head)
