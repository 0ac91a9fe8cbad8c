"""Amendments: numbered, one at a time, frozen when sent, in force all together."""

import pytest
from django.core.exceptions import ValidationError

from apps.core.access import Conflict, Refused
from apps.papers.models import Paper
from apps.planning.actions import amendments, editions, plans
from apps.planning.actions.marking import complete
from apps.planning.content import differences
from apps.planning.models import Amendment, AmendmentLine, Holding, PlanItem
from tests.planning.factories import D, item_values, make_plan, pdf_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("papers_without_layout")]


@pytest.fixture
def change(edition, plan, methodist) -> Amendment:
    return amendments.begin_amendment(plan=plan, by=methodist, reason="Приказ № 5")


def line(change, by, **values) -> AmendmentLine:
    """Changes the first event of the plan."""
    item = change.plan.items.get(title="Мероприятие 1")
    return amendments.amend_change(amendment=change, by=by, item=item, values=values)


# --- which plans ---


def test_a_draft_is_not_amended(plan, methodist):
    with pytest.raises(Conflict, match="План ещё не утверждён"):
        amendments.begin_amendment(plan=plan, by=methodist, reason="Приказ")


def test_a_waiting_plan_is_not_amended(waiting, plan, methodist):
    with pytest.raises(Conflict, match="поправка возможна после"):
        amendments.begin_amendment(plan=plan, by=methodist, reason="Приказ")


def test_a_closed_plan_is_not_amended(edition, plan, methodist, head):
    plans.close_plan(plan=plan, by=head)
    with pytest.raises(Conflict, match="План закрыт"):
        amendments.begin_amendment(plan=plan, by=methodist, reason="Приказ")


@pytest.mark.parametrize("role", ["director", "assistant", "administrator", "responsible_a", "nobody"])
def test_who_does_not_write_plans_does_not_amend(role, edition, plan, request):
    with pytest.raises(Refused):
        amendments.begin_amendment(plan=plan, by=request.getfixturevalue(role), reason="Приказ")


def test_a_reason_is_needed(edition, plan, methodist):
    with pytest.raises(ValidationError, match="Укажите причину"):
        amendments.begin_amendment(plan=plan, by=methodist, reason=" ")


def test_two_at_once(change, plan, methodist, methodist2):
    with pytest.raises(Conflict, match="начатую поправку №\u00a01"):
        amendments.begin_amendment(plan=plan, by=methodist2, reason="Ещё одна")
    line(change, methodist, place="Школа № 1")
    amendments.send_amendment(amendment=change, by=methodist)
    with pytest.raises(Conflict, match="начатую поправку №\u00a01"):
        amendments.begin_amendment(plan=plan, by=methodist2, reason="Ещё одна")


def test_a_dropped_one_keeps_its_number(change, plan, methodist):
    amendments.drop_amendment(amendment=change, by=methodist)
    assert amendments.begin_amendment(plan=plan, by=methodist, reason="Иная").number == 2


def test_a_plan_with_an_open_amendment_is_not_closed(change, plan, head):
    with pytest.raises(Conflict, match="начатую поправку"):
        plans.close_plan(plan=plan, by=head)


# --- lines ---


def test_the_plan_does_not_change_before_the_approval(change, methodist):
    line(change, methodist, place="Школа № 1")
    assert list(PlanItem.objects.values_list("place", flat=True)) == ["", ""]


def test_a_line_of_the_same_values_is_refused(change, methodist):
    with pytest.raises(Conflict, match="значения те же"):
        line(change, methodist, place="", responsible=methodist, starts_on=D(2026, 10, 15))
    assert not change.lines.exists()


def test_only_what_differs_is_kept(change, methodist, methodist2):
    made = line(change, methodist, place="Школа № 1", responsible=methodist2, form="Семинар")
    assert made.values == {"place": "Школа № 1", "responsible": methodist2.pk}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"starts_on": D(2026, 10, 16)}, "__all__"),
        ({"starts_on": D(2027, 9, 1), "ends_on": D(2027, 9, 1)}, "starts_on"),
        ({"title": ""}, "title"),
        ({"section": "9.9"}, "section"),
        ({"term_kind": "weekly"}, "__all__"),
        ({"starts_on": "31.02.2027"}, "starts_on"),
    ],
)
def test_a_line_that_does_not_fit(values, field, change, methodist):
    with pytest.raises(ValidationError) as told:
        line(change, methodist, **values)
    assert field in told.value.message_dict
    assert not change.lines.exists()


def test_a_stranger_is_not_made_responsible(change, methodist, responsible_a):
    with pytest.raises(ValidationError, match="Выберите работающего сотрудника"):
        line(change, methodist, responsible=responsible_a)


def test_an_event_of_another_plan(change, methodist, department):
    other = make_plan(methodist, 1, owner="department")
    with pytest.raises(Conflict, match="в плане уже нет"):
        amendments.amend_remove(amendment=change, by=methodist, item=other.items.get())


def test_the_second_word_about_an_event_replaces_the_first(change, methodist):
    line(change, methodist, place="Школа № 1")
    item = change.plan.items.get(title="Мероприятие 1")
    amendments.amend_remove(amendment=change, by=methodist, item=item)
    assert list(change.lines.values_list("kind", "values")) == [("remove", {})]


def test_an_added_event_is_edited_and_dropped(change, methodist):
    added = amendments.amend_add(
        amendment=change, by=methodist, values=item_values(methodist, title="Ярмарка")
    )
    again = amendments.edit_line(line=added, by=methodist, values={"title": "Фестиваль"})
    assert (again.values["title"], again.values["id"]) == ("Фестиваль", added.values["id"])
    amendments.drop_line(line=again, by=methodist)
    assert not change.lines.exists()


# --- sending and deciding ---


def test_an_empty_one_is_not_sent(change, methodist):
    with pytest.raises(Conflict, match="ничего не меняется"):
        amendments.send_amendment(amendment=change, by=methodist)


def test_one_that_leaves_nothing_is_not_sent(change, methodist):
    for item in change.plan.items.all():
        amendments.amend_remove(amendment=change, by=methodist, item=item)
    with pytest.raises(Conflict, match="не осталось ни одного мероприятия"):
        amendments.send_amendment(amendment=change, by=methodist)


def test_a_sent_one_does_not_change(change, methodist):
    made = line(change, methodist, place="Школа № 1")
    amendments.send_amendment(amendment=change, by=methodist)
    for act in (
        lambda: line(change, methodist, place="Школа № 2"),
        lambda: amendments.drop_line(line=made, by=methodist),
        lambda: amendments.edit_amendment(amendment=change, by=methodist, reason="Иная"),
        lambda: amendments.drop_amendment(amendment=change, by=methodist),
        lambda: amendments.send_amendment(amendment=change, by=methodist),
    ):
        with pytest.raises(Conflict):
            act()


@pytest.fixture
def whole(change, methodist, methodist2):
    """Adds «Фестиваль», moves the first event to 20 October and to another person, removes the second."""
    line(change, methodist, starts_on=D(2026, 10, 20), ends_on=D(2026, 10, 20), responsible=methodist2)
    second = change.plan.items.get(title="Мероприятие 2")
    amendments.amend_remove(amendment=change, by=methodist, item=second)
    added = item_values(methodist, title="Фестиваль", form="", on=D(2027, 3, 1), co_executors=[methodist2])
    amendments.amend_add(amendment=change, by=methodist, values=added)
    return amendments.send_amendment(amendment=change, by=methodist)


WAS_AND_BECAME = [
    ("changed", "Семинар: Мероприятие 1", "срок", "15.10.2026", "20.10.2026"),
    ("changed", "Семинар: Мероприятие 1", "ответственный", "Тестова", "Ясенева М. И."),
    ("added", "Фестиваль", "", "—", "01.03.2027; Тестова"),
    ("removed", "Семинар: Мероприятие 2", "", "15.10.2026; Тестова", "—"),
]


def plain(changes) -> list[tuple[str, ...]]:
    """Made-up names of users are numbered: the surname alone is compared."""
    rows = []
    for one in changes:
        texts = [text.replace("\u00a0", " ") for text in (one.was, one.became)]
        texts = [text.split("Тестова")[0] + "Тестова" if "Тестова" in text else text for text in texts]
        rows.append((one.kind.value, one.title, one.field, *texts))
    return rows


def test_was_and_became(whole, edition):
    assert plain(differences(edition.content, whole.content)) == WAS_AND_BECAME


def test_an_approved_one_takes_effect_at_once(whole, plan, head, methodist2):
    paper = editions.approve(edition=whole, by=head)
    whole.refresh_from_db()
    assert (whole.number, whole.amendment.state) == (2, "approved")
    rows = plan.items.in_plan()
    assert [(one.title, one.starts_on, one.responsible.last_name[:7]) for one in rows] == [
        ("Мероприятие 1", D(2026, 10, 20), "Ясенева"),
        ("Фестиваль", D(2027, 3, 1), "Тестова"),
    ]
    assert PlanItem.objects.get(title="Фестиваль").co_executors.get() == methodist2
    held = Holding.objects.standing().order_by("starts_on").values_list("starts_on", flat=True)
    assert list(held) == [D(2026, 10, 20), D(2027, 3, 1)]
    assert paper.title == "План работы ИМО на 2026/2027 учебный год (изменение №\u00a01)"
    assert [one["id"] for one in whole.content["items"]] == [one.pk for one in rows]


def test_its_paper_replaces_the_former(whole, edition, head, monkeypatch):
    monkeypatch.undo()  # its print is read
    paper = editions.approve(edition=whole, by=head)
    former = Paper.objects.get(pk=edition.paper_id)
    assert (former.state, former.revocation_reason) == (
        "revoked",
        f"Заменён документом №\u00a0{paper.number}.",
    )
    with paper.file.content.open("rb") as file:
        text = pdf_text(file.read())
    for words in (
        "с изменением № 1",
        "Причина изменения: Приказ № 5",
        "Было Стало",
        "исключено",
        "добавлено",
    ):
        assert words in text


def test_a_returned_one_is_corrected_and_sent_again(whole, change, plan, head, methodist):
    editions.return_edition(edition=whole, comment="Оставьте семинар", by=head)
    change.refresh_from_db()
    plan.refresh_from_db()
    assert (change.state, plan.state) == ("draft", "approved")
    amendments.drop_line(line=change.lines.get(kind="remove"), by=methodist)
    again = amendments.send_amendment(amendment=change, by=methodist)
    with pytest.raises(editions.EditionChanged) as told:
        editions.approve(edition=whole, by=head)
    assert [(one.kind.value, one.title) for one in told.value.changes] == [
        ("added", "Семинар: Мероприятие 2")
    ]
    editions.approve(edition=again, by=head)
    assert plan.items.in_plan().count() == 3


def test_nothing_is_written_when_a_line_fails(whole, plan, head, monkeypatch):
    """The last line breaks: neither the others nor number nor paper stay."""
    AmendmentLine.objects.filter(kind="add").update(values={"id": 10**9, "title": ""})
    with pytest.raises((ValidationError, Conflict)):
        editions.approve(edition=whole, by=head)
    plan.refresh_from_db()
    whole.refresh_from_db()
    assert (whole.state, whole.amendment.state, Paper.objects.count()) == ("waiting", "on_approval", 1)
    assert plan.items.in_plan().filter(starts_on=D(2026, 10, 15)).count() == 2


def test_lines_changed_past_the_actions_are_not_approved(whole, head):
    AmendmentLine.objects.filter(kind="remove").delete()
    with pytest.raises(editions.EditionChanged, match="разошлись"):
        editions.approve(edition=whole, by=head)


def test_what_is_done_stays_done_under_an_amendment(edition, plan, methodist, head, clock):
    clock(2026, 10, 16, 12, 0)
    done = plan.items.get(title="Мероприятие 1").holdings.get()
    complete(holding=done, by=methodist, done_on=D(2026, 10, 15), actual_count=28, document="Протокол № 3")
    change = amendments.begin_amendment(plan=plan, by=methodist, reason="Приказ")
    line(change, methodist, starts_on=D(2026, 10, 20), ends_on=D(2026, 10, 20))
    editions.approve(edition=amendments.send_amendment(amendment=change, by=methodist), by=head)
    done.refresh_from_db()
    assert (done.state, done.done_on, done.actual_count) == ("done", D(2026, 10, 15), 28)
    assert plan.items.get(title="Мероприятие 1").holdings.count() == 2


def test_the_second_amendment_is_number_two(whole, plan, head, methodist):
    editions.approve(edition=whole, by=head)
    second = amendments.begin_amendment(plan=plan, by=methodist, reason="Приказ № 9")
    line(second, methodist, place="Школа № 4")
    waiting = amendments.send_amendment(amendment=second, by=methodist)
    editions.approve(edition=waiting, by=head)
    waiting.refresh_from_db()
    assert (second.number, waiting.number) == (2, 3)
    assert list(Paper.objects.order_by("ordinal").values_list("state", flat=True)) == [
        "revoked",
        "revoked",
        "valid",
    ]
