"""Plans in a browser: copied, corrected, returned, approved in the admin, carried out, amended."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.core.school_year import SchoolYear
from apps.papers.models import Paper
from apps.planning.models import Plan
from tests.browser.looking import look
from tests.planning.factories import item_values, make_plan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CUTS = ["month", "week", "calendar", "people", "execution", "clashes", "amendments"]


def last_plan(city) -> Plan:
    """Last school year's: two events in October, one each month."""
    from apps.planning.actions.plans import add_item

    methodist = city.people["methodist"]
    start = SchoolYear.of(timezone.localdate()).start - 1
    plan = make_plan(methodist, 0, year=start)
    day = datetime.date(start, 10, 15)
    for title in ("Читательская грамотность", "Наставничество"):
        add_item(plan=plan, by=methodist, values=item_values(methodist, on=day, title=title, place="Зал"))
    monthly = {"term_kind": "monthly", "term_day": 25, "title": "Подборка актов", "section": "3.2"}
    values = item_values(methodist) | monthly
    values |= {"starts_on": plan.span.first, "ends_on": plan.span.last}
    add_item(plan=plan, by=methodist, values=values)
    return plan


def agree(page: Page) -> None:
    page.locator("#confirm").get_by_role("button", name="Продолжить").click()


def copy_and_correct(page: Page, plan: Plan) -> Plan:
    page.goto(plan.get_absolute_url())
    look(page, "plan-last")
    page.get_by_role("button", name="Скопировать на следующий год").click()
    agree(page)
    expect(page.get_by_role("main")).to_contain_text("не просмотрено: 3 мероприятия")
    look(page, "plan-copied")
    page.get_by_role("link", name="Порядок и общая правка").click()
    look(page, "plan-table")
    second = page.get_by_role("button", name="Выше: Наставничество")
    second.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Выше: Наставничество")).to_be_focused()
    page.get_by_role("link", name="К плану").click()
    page.get_by_role("button", name="Просмотрено всё").click()
    agree(page)
    expect(page.get_by_role("main")).to_contain_text("Отмечено: просмотрено.")
    return Plan.objects.get(copied_from=plan)


def enter_from_the_keyboard(page: Page, plan: Plan) -> None:
    """Two events, one after another, without the mouse."""
    page.goto(f"{plan.get_absolute_url()}entry/")
    look(page, "plan-entry")
    page.locator("#id_section").select_option("3.4")
    page.locator("#id_starts_on").fill(f"{plan.year}-11-10")
    for title in ("Консультация по сайту", "Консультация по отчёту"):
        field = page.locator("#id_title")
        field.focus()
        page.keyboard.type(title)
        page.keyboard.press("Enter")
        expect(page.get_by_role("main").locator("tbody")).to_contain_text(title)
        expect(page.locator("#id_title")).to_be_focused()
    assert plan.items.filter(section="3.4", starts_on=datetime.date(plan.year, 11, 10)).count() == 2


def send(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("button", name="Отправить на утверждение").click()
    agree(page)
    expect(page.locator(".page-state")).to_contain_text("На утверждении")


def test_a_plan_from_the_copy_to_the_amendment(city, browser_of):
    page = browser_of("methodist")
    plan = copy_and_correct(page, last_plan(city))
    enter_from_the_keyboard(page, plan)
    url = plan.get_absolute_url()
    send(page, url)
    look(page, "plan-sent")

    head = browser_of("head")
    # Django's own script of the admin styles an element by an attribute: the policy blocks it.
    head.context.guard.expect("Applying inline style")
    head.goto("/")
    look(head, "home-head-plan")
    decide(head, plan, "Вернуть на доработку", comment="Укажите место консультаций")

    page.goto("/")
    expect(page.get_by_role("main")).to_contain_text("Доработать: План работы ИМО")
    page.goto(url)
    expect(page.get_by_role("main")).to_contain_text("Укажите место консультаций")
    look(page, "plan-returned")
    page.get_by_role("link", name="Консультация по сайту").click()
    page.get_by_role("link", name="Изменить").click()
    look(page, "plan-item-form")
    page.locator("#id_place").fill("Конференц-зал")
    page.get_by_role("button", name="Сохранить").click()
    send(page, url)

    decide(head, plan, "Утвердить")
    plan.refresh_from_db()
    assert plan.state == "approved"
    assert Paper.objects.filter(kind="plan").count() == 1

    page.goto(url)
    look(page, "plan-approved")
    for name in CUTS:
        page.goto(f"{url}{name}/")
        look(page, f"plan-{name}")
    carry_out(page, plan)
    amend(page, plan)


def decide(page: Page, plan: Plan, button: str, comment: str = "") -> None:
    """In the admin, the only place where plans are decided upon."""
    page.goto(f"/admin/planning/plan/{plan.pk}/change/")
    look(page, f"plan-admin-{'return' if comment else 'approve'}")
    if comment:
        page.locator("textarea[name=comment]").fill(comment)
    page.get_by_role("button", name=button).click()
    if page.locator("#confirm[open]").count():
        agree(page)
    page.wait_for_load_state()


def carry_out(page: Page, plan: Plan) -> None:
    """The first event is moved to another day, with a reason."""
    page.goto(plan.get_absolute_url())
    page.get_by_role("link", name="Читательская грамотность").click()
    look(page, "plan-item")
    page.get_by_role("link", name="Перенести").click()
    page.locator("#id_starts_on").fill(f"{plan.year + 1}-05-12")
    page.locator("#id_reason").fill("Карантин в школах")
    look(page, "plan-move")
    page.get_by_role("button", name="Перенести").click()
    expect(page.get_by_role("main")).to_contain_text("причина: Карантин в школах")


def amend(page: Page, plan: Plan) -> None:
    page.goto(plan.get_absolute_url())
    page.get_by_role("link", name="Внести поправку").click()
    page.locator("#id_reason").fill("Ремонт зала")
    page.get_by_role("button", name="Начать поправку").click()
    page.locator("#id_item").select_option(label="Семинар: Наставничество")
    page.get_by_role("button", name="Изменить").click()
    page.locator("#id_place").fill("Школа № 1")
    page.get_by_role("button", name="Внести в поправку").click()
    row = page.get_by_role("main").locator("tbody tr")
    expect(row.locator("del")).to_have_text("Зал")
    expect(row.locator("ins")).to_have_text("Школа № 1")
    look(page, "amendment")
    page.get_by_role("button", name="Отправить на утверждение").click()
    agree(page)
    expect(page.locator(".page-state")).to_contain_text("На утверждении")


def test_a_plan_on_a_phone(city, browser_of):
    plan = last_plan(city)
    page = browser_of("methodist", viewport={"width": 390, "height": 844})
    for name in ("", "table/", "entry/", "items/create/", "import/", *(f"{one}/" for one in CUTS)):
        page.goto(f"{plan.get_absolute_url()}{name}")
        look(page, f"phone-plan-{name.strip('/').replace('/', '-')}")


def test_events_are_put_in_order_with_the_mouse(city, browser_of):
    methodist = city.people["methodist"]
    plan = make_plan(methodist, 3)
    page = browser_of("methodist")
    page.goto(f"{plan.get_absolute_url()}table/")
    first, _, third = (page.locator(f"#item-{one.pk}") for one in plan.items.order_by("order"))

    first.locator(".order-cell").drag_to(third.locator("th"), target_position={"x": 20, "y": 2})

    rows = page.locator("[data-drag] th[scope=row]")
    expect(rows).to_have_text(["Семинар: Мероприятие 2", "Семинар: Мероприятие 1", "Семинар: Мероприятие 3"])
    titles = plan.items.order_by("order").values_list("title", flat=True)
    assert list(titles) == ["Мероприятие 2", "Мероприятие 1", "Мероприятие 3"]
