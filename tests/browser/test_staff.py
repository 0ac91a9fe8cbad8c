"""The staff in a browser: an acting head by a recorded order, the early end, the staffing table."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.accounts.queries import has_approval_right
from apps.core.roles import Role
from apps.monitoring.actions.reports import begin_report, send_report
from apps.office import actions
from apps.papers.models import Paper
from tests.browser.looking import look
from tests.factories import user_with
from tests.office.factories import PositionFactory, employed, norm, staffing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def staff(city):
    """The head and one methodist with their posts, and the department's head."""
    city.people["director"] = user_with(Role.DIRECTOR, username="director", last_name="Дальняя")
    norm()
    head_post = PositionFactory(title="Заведующий отделом", category="head", service_kind="leading")
    post = PositionFactory(title="Методист", direction="3.1")
    edition = staffing({head_post: "1", post: "2"})
    names = {"first_name": "Анна", "middle_name": "Ивановна"}
    return {
        "edition": edition,
        "head": employed(city.people["head"], head_post, **names),
        "methodist": employed(city.people["methodist"], post, **names),
    }


def iso(days: int) -> str:
    return (timezone.localdate() + datetime.timedelta(days)).isoformat()


def sent_report(city):
    methodist = city.people["methodist"]
    report = begin_report(campaign=city.campaign, by=methodist)
    send_report(report=report, by=methodist)
    return f"/monitoring/campaigns/{city.campaign.pk}/report/"


def draft_acting(page: Page) -> None:
    page.goto("/office/")
    look(page, "staff-list")
    page.goto("/office/orders/create/")
    page.get_by_role("link", name="Возложение обязанностей заведующего").click()
    page.get_by_label("Исполняющий обязанности").select_option(label="Речная\u00a0А.\u00a0И.")
    page.get_by_label("На время отсутствия").select_option(label="Морская\u00a0А.\u00a0И.")
    page.locator("#id_starts_on").fill(iso(0))
    page.locator("#id_ends_on").fill(iso(6))
    page.get_by_role("button", name="Составить проект").click()
    expect(page.locator(".page-state")).to_contain_text("Проект")
    expect(page.get_by_role("main")).to_contain_text("на Речную Анну Ивановну")
    look(page, "order-draft")


def record(page: Page, number: str) -> None:
    page.get_by_role("link", name="Внести номер и дату").click()
    page.get_by_label("Номер").fill(number)
    page.locator("#id_date").fill(iso(0))
    page.get_by_role("button", name="Зарегистрировать").click()


def test_an_acting_head_for_the_days_of_the_order(city, staff, browser_of):
    head, methodist = city.people["head"], city.people["methodist"]
    report = sent_report(city)
    page = browser_of("head")
    draft_acting(page)

    page.context.guard.expect("status of 422")
    record(page, "12-к")
    expect(page.get_by_role("main")).to_contain_text("с письменного согласия сотрудника")
    page.get_by_role("link", name="Отмена").click()
    page.get_by_role("link", name="Изменить").click()
    page.locator("#id_consent_on").fill(iso(-1))
    page.get_by_role("button", name="Сохранить").click()
    record(page, "12-к")
    expect(page.locator(".page-state")).to_contain_text("Зарегистрирован")
    look(page, "order-recorded")
    order = page.url
    assert has_approval_right(methodist) and not has_approval_right(head)

    acting = browser_of("methodist")
    acting.goto(report)
    expect(page.get_by_role("button", name="Утвердить")).to_have_count(0)
    acting.get_by_role("button", name="Утвердить").click()
    acting.locator("#confirm").get_by_role("button", name="Продолжить").click()
    expect(acting.locator(".page-state")).to_contain_text("Утверждён")
    paper = Paper.objects.get()
    assert paper.signatory_title.startswith("Исполняющий обязанности заведующего")
    assert paper.signatory_basis.endswith("№\u00a012-к")

    director = browser_of("director")
    director.goto(order)
    director.get_by_role("link", name="Прекратить досрочно").click()
    director.get_by_label("Последний день исполнения").fill(iso(-1))
    director.get_by_label("Причина").fill("Заведующий вышел")
    look(director, "acting-end")
    director.get_by_role("button", name="Прекратить").click()
    expect(director.get_by_role("main")).to_contain_text("Исполнение обязанностей прекращено.")
    assert has_approval_right(head) and not has_approval_right(methodist)


def test_the_director_approves_the_staffing_table_in_the_admin(city, staff, browser_of):
    head = city.people["head"]
    draft = actions.create_edition(by=head, in_force_from=timezone.localdate(), copy_from=staff["edition"])
    line = draft.lines.get(position__title="Методист")
    actions.save_line(by=head, edition=draft, line=line, position=line.position, units=Decimal("2.5"))
    page = browser_of("head")
    page.goto(draft.get_absolute_url())
    look(page, "staffing-draft")
    page.get_by_role("button", name="Отправить на утверждение").click()
    expect(page.locator(".page-state")).to_contain_text("На утверждении")
    expect(page.get_by_role("link", name="Утвердить")).to_have_count(0)

    director = browser_of("director")
    # Django's own script of inlines styles an element by an attribute: the policy blocks it, nothing is lost.
    director.context.guard.expect("Applying inline style")
    director.goto(f"/admin/office/staffingedition/{draft.pk}/change/")
    look(director, "staffing-admin")
    director.get_by_label("Номер приказа департамента").fill("14")
    director.get_by_label("Дата приказа").fill(iso(0))
    director.get_by_role("button", name="Утвердить").click()
    expect(director.locator("body")).to_contain_text("Штатное расписание утверждено.")
    draft.refresh_from_db()
    assert (draft.state, draft.order_number) == ("approved", "14")
