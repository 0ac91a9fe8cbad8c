"""The approver reads and decides in the admin; nobody else by any address, action, inline or history."""

import pytest

from apps.papers.models import Paper
from apps.planning.actions import amendments, editions, plans
from apps.planning.models import Amendment, AmendmentLine, Edition, Plan
from tests.planning.factories import D, acting, item_values, make_plan, sent

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("papers_without_layout", "refusals_without_words"),
]
LIST = "/admin/planning/plan/"
OTHERS = ["methodist", "director", "assistant", "administrator", "responsible_a", "nobody"]


def page(plan) -> str:
    return f"/admin/planning/plan/{plan.pk}/change/"


def body(edition, **fields) -> dict[str, str]:
    return {"comment": "", "seen": str(edition.pk)} | fields


def test_what_waits_stands_at_the_top(waiting, signed_in, head, methodist):
    assert "Ждут вашего решения" in signed_in(head).get(LIST).content.decode()
    assert "Ждут вашего решения" not in signed_in(methodist).get(LIST).content.decode()


def test_the_filter_of_what_waits(waiting, signed_in, head, director, methodist):
    make_plan(methodist, owner="department")
    client = signed_in(head)
    assert client.get(LIST).context["cl"].result_count == 2
    assert client.get(LIST + "?waiting=any").context["cl"].result_count == 1
    assert client.get(LIST + "?waiting=mine").context["cl"].result_count == 1
    assert signed_in(director).get(LIST + "?waiting=mine").context["cl"].result_count == 0


def test_the_page_of_review(waiting, plan, signed_in, head):
    shown = signed_in(head).get(page(plan)).content.decode()
    for text in ("Утвердить", "Вернуть на доработку", "Семинар: Мероприятие 2", "15.10.2026", "PDF"):
        assert text in shown
    assert "3. Организационно" not in shown and "1. Организационно-методическая деятельность" in shown


def test_the_head_approves(waiting, plan, signed_in, head):
    client = signed_in(head)
    answer = client.post(page(plan), body(waiting, _approve="1"), follow=True)
    assert "внесён в реестр" in answer.content.decode()
    plan.refresh_from_db()
    assert (plan.state, Paper.objects.count()) == ("approved", 1)
    assert 'value="Утвердить"' not in answer.content.decode()
    again = client.post(page(plan), body(waiting, _approve="1"), follow=True)
    assert "уже утверждена" in again.content.decode()
    assert Paper.objects.count() == 1


def test_the_head_returns_with_a_comment(waiting, plan, signed_in, head):
    client = signed_in(head)
    answer = client.post(page(plan), body(waiting, _return="1", comment="  "))
    assert "Напишите, что исправить." in answer.content.decode()
    plan.refresh_from_db()
    assert plan.state == "on_approval"
    client.post(page(plan), body(waiting, _return="1", comment="Уточните сроки"))
    plan.refresh_from_db()
    assert plan.state == "draft"
    waiting.refresh_from_db()
    assert waiting.comment == "Уточните сроки"


def test_what_was_corrected_after_a_return(waiting, plan, signed_in, head, methodist):
    editions.return_edition(edition=waiting, comment="Уточните место", by=head)
    plan.refresh_from_db()
    plans.change_item(item=plan.items.first(), by=methodist, values={"place": "Актовый зал"})
    sent(plan, methodist)
    shown = signed_in(head).get(page(plan)).content.decode()
    assert "Исправлено после возврата" in shown and "Уточните место" in shown and "Актовый зал" in shown


def test_a_text_that_changed_meanwhile_is_shown(waiting, plan, signed_in, head, methodist):
    editions.return_edition(edition=waiting, comment="Уточните место", by=head)
    plan.refresh_from_db()
    plans.change_item(item=plan.items.first(), by=methodist, values={"place": "Актовый зал"})
    sent(plan, methodist)
    answer = signed_in(head).post(page(plan), body(waiting, _approve="1"))
    shown = answer.content.decode()
    assert "Изменилось с тех пор, как вы открыли страницу" in shown
    assert "Текст изменился с тех пор, как вы его открыли" in shown
    assert Paper.objects.count() == 0
    # The page that came back stands for the new text.
    again = answer.context["review"].edition
    signed_in(head).post(page(plan), body(again, _approve="1"))
    plan.refresh_from_db()
    assert plan.state == "approved"


@pytest.mark.parametrize("seen", ["", "0", "999999", "²", "-1", "1" * 40, "нет"])
def test_an_unknown_text_is_not_approved(seen, waiting, plan, signed_in, head):
    assert signed_in(head).post(page(plan), body(waiting, _approve="1", seen=seen)).status_code < 500
    plan.refresh_from_db()
    assert plan.state == "on_approval"


def test_saving_by_any_other_name_approves_nothing(waiting, plan, signed_in, head):
    for name in ("_save", "_continue", "_addanother", "_saveasnew"):
        signed_in(head).post(page(plan), body(waiting, **{name: "1", "state": "approved"}))
        plan.refresh_from_db()
        assert plan.state == "on_approval"


def forged(edition) -> list[tuple[str, dict[str, str]]]:
    """Every address of the admin of planning with everything that could mean an approval."""
    rows = [edition.plan, edition]
    rows += [*Amendment.objects.all(), *AmendmentLine.objects.all(), edition.plan.items.first()]
    rows += [edition.plan.items.first().holdings.first()]
    data = {"seen": str(edition.pk), "comment": "Нет", "state": "approved", "number": "1"}
    data |= {"_approve": "1", "_save": "1", "post": "yes", "action": "delete_selected", "index": "0"}
    data |= {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-state": "approved"}
    data |= {"lines-TOTAL_FORMS": "0", "lines-INITIAL_FORMS": "0"}
    found = []
    for row in rows:
        base = f"/admin/planning/{row._meta.model_name}/"
        given = data | {"form-0-id": str(row.pk), "_selected_action": str(row.pk)}
        for path in ("", "add/", f"{row.pk}/change/", f"{row.pk}/delete/", f"{row.pk}/history/"):
            found.append((base + path, given))
        found.append((base, given | {"action": "approve"}))
        found.append((base, {key: one for key, one in given.items() if key != "action"}))
    return found


def addresses_of_the_portal(edition) -> list[str]:
    """Every address of the portal that takes a plan, an edition or an amendment, with their numbers."""
    from apps.planning.urls import urlpatterns

    numbers = {edition.pk, edition.plan_id, edition.amendment_id} - {None}
    routes = [str(one.pattern).replace("<int:item>", "1") for one in urlpatterns]
    found = {"/plans/" + route.replace("<int:pk>", str(pk)) for route in routes for pk in numbers}
    return sorted(one for one in found if "<" not in one)


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_approves_in_the_admin(role, waiting, plan, signed_in, request):
    user = request.getfixturevalue(role)
    user.is_superuser = True
    user.save()
    client = signed_in(user)
    for address, data in forged(waiting):
        assert client.post(address, data).status_code < 500, address
    waiting.refresh_from_db()
    plan.refresh_from_db()
    assert (plan.state, waiting.state, Paper.objects.count()) == ("on_approval", "waiting", 0)


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_approves_an_amendment(role, edition, plan, methodist, signed_in, request):
    change = amendments.begin_amendment(plan=plan, by=methodist, reason="Приказ № 5")
    amendments.amend_remove(amendment=change, by=methodist, item=plan.items.first())
    waiting = amendments.send_amendment(amendment=change, by=methodist)
    user = request.getfixturevalue(role)
    user.is_superuser = True
    user.save()
    client = signed_in(user)
    for address, data in forged(waiting):
        assert client.post(address, data).status_code < 500, address
    change.refresh_from_db()
    waiting.refresh_from_db()
    assert (change.state, waiting.state, Paper.objects.count()) == ("on_approval", "waiting", 1)


@pytest.mark.parametrize("role", [*OTHERS, "head"])
def test_no_page_of_the_portal_approves(role, waiting, plan, signed_in, request):
    """The way to approval is the admin alone, for the head himself too."""
    client = signed_in(request.getfixturevalue(role))
    data = {"seen": str(waiting.pk), "_approve": "1", "state": "approved", "comment": "Так"}
    for address in addresses_of_the_portal(waiting):
        assert client.post(address, data).status_code < 500, address
    assert Edition.objects.filter(state="approved").count() == 0
    assert Plan.objects.get(pk=plan.pk).state == "on_approval"


def test_the_heads_right_rests_while_somebody_acts(waiting, plan, signed_in, head, methodist2, clock):
    acting(methodist2, D(2026, 11, 9), D(2026, 11, 13))
    clock(2026, 11, 10, 12, 0)
    assert signed_in(head).post(page(plan), body(waiting, _approve="1")).status_code == 403
    assert "Утвердить" not in signed_in(head).get(page(plan)).content.decode()
    assert "Утвердить" in signed_in(methodist2).get(page(plan)).content.decode()
    signed_in(methodist2).post(page(plan), body(waiting, _approve="1"))
    plan.refresh_from_db()
    assert plan.state == "approved"
    assert "Исполняющий обязанности" in Paper.objects.get().signatory_title


def test_the_director_approves_the_plan_of_the_department(department, methodist, director, signed_in, head):
    plan = make_plan(methodist, owner="department")
    edition = sent(plan, methodist)
    assert signed_in(head).post(page(plan), body(edition, _approve="1")).status_code == 403
    signed_in(director).post(page(plan), body(edition, _approve="1"))
    plan.refresh_from_db()
    assert plan.state == "approved"


def test_an_amendment_is_read_as_was_and_became(edition, plan, methodist, head, signed_in):
    change = amendments.begin_amendment(plan=plan, by=methodist, reason="Приказ № 5")
    first, second = plan.items.all()
    amendments.amend_change(amendment=change, by=methodist, item=first, values={"place": "Школа № 1"})
    amendments.amend_remove(amendment=change, by=methodist, item=second)
    amendments.amend_add(amendment=change, by=methodist, values=item_values(methodist, title="Фестиваль"))
    waiting = amendments.send_amendment(amendment=change, by=methodist)
    client = signed_in(head)
    assert "поправка" in client.get(LIST).content.decode()
    shown = client.get(page(plan)).content.decode()
    for text in ("Отличия от утверждённой редакции", "Школа № 1", "исключено", "добавлено", "Приказ № 5"):
        assert text in shown
    client.post(page(plan), body(waiting, _approve="1"))
    change.refresh_from_db()
    assert change.state == "approved"


def test_nothing_of_planning_is_added_or_deleted_in_the_admin(edition, signed_in, head):
    client = signed_in(head)
    item = edition.plan.items.first()
    for name, pk in (("plan", edition.plan_id), ("edition", edition.pk), ("planitem", item.pk)):
        assert client.get(f"/admin/planning/{name}/add/").status_code == 403
        assert client.get(f"/admin/planning/{name}/{pk}/delete/").status_code == 403
