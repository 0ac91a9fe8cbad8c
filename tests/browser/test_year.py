"""A year of the department: the plan from last year's copy to its paper, a week of an acting head, a report
that closes its event, and the map of the statute that counts all of it."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.core.roles import Role
from apps.monitoring.actions.reports import begin_report, send_report
from apps.monitoring.models import Campaign
from apps.papers.models import Paper
from apps.planning.models import Edition, Plan
from tests.browser.looking import look
from tests.browser.test_plans import agree, amend, copy_and_correct, decide, last_plan, send
from tests.browser.test_staff import iso, record
from tests.factories import user_with
from tests.office.factories import PositionFactory, employed, norm, staffing
from tests.planning.factories import pdf_text

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


@pytest.fixture
def staff(days_later, city):
    """The head and two methodists at their posts, and the department's head."""
    city.people["director"] = user_with(Role.DIRECTOR, username="director", last_name="Дальняя")
    city.people["methodist2"] = user_with(Role.METHODIST, username="methodist2", last_name="Ясенева")
    norm()
    head_post = PositionFactory(title="Заведующий отделом", category="head", service_kind="leading")
    post = PositionFactory(title="Методист", direction="3.1")
    staffing({head_post: "1", post: "2"})
    names = {"first_name": "Анна", "middle_name": "Ивановна"}
    for who, place in (("head", head_post), ("methodist", post), ("methodist2", post)):
        employed(city.people[who], place, **names)


@pytest.fixture
def days_later(monkeypatch):
    """The portal's clock goes from ten in the morning of Monday, 16 November 2026; moves it on by days."""
    begun, start = timezone.now(), datetime.datetime(2026, 11, 16, 10, tzinfo=ZoneInfo("Asia/Magadan"))
    present = timezone.now
    passed = datetime.timedelta()

    def move(days: int) -> None:
        nonlocal passed
        passed += datetime.timedelta(days)

    monkeypatch.setattr(timezone, "now", lambda: start + passed + (present() - begun))
    return move


def admin_page(browser_of, who: str) -> Page:
    page = browser_of(who)
    # Django's own script of the admin styles an element by an attribute: the policy blocks it.
    page.context.guard.expect("Applying inline style")
    return page


def link_to_campaign(page: Page, plan: Plan, campaign: Campaign) -> None:
    page.goto(plan.get_absolute_url())
    page.get_by_role("link", name="Читательская грамотность").click()
    page.get_by_role("link", name="Связать с работой").click()
    page.get_by_label("Связанная работа").select_option(f"monitoring.campaign:{campaign.pk}")
    look(page, "plan-item-link")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_role("main")).to_contain_text("Библиотечный фонд школ")


def approved_with_a_number(browser_of, page: Page, plan: Plan) -> Paper:
    """Sent, returned with a comment, corrected, approved; the paper says by whom and under which number."""
    send(page, plan.get_absolute_url())
    head = admin_page(browser_of, "head")
    decide(head, plan, "Вернуть на доработку", comment="Укажите место")
    page.goto(plan.get_absolute_url())
    expect(page.get_by_role("main")).to_contain_text("Укажите место")
    page.get_by_role("link", name="Наставничество").click()
    page.get_by_role("link", name="Изменить").click()
    page.locator("#id_place").fill("Зал")
    page.get_by_role("button", name="Сохранить").click()
    send(page, plan.get_absolute_url())
    decide(head, plan, "Утвердить")
    paper = Paper.objects.get(kind="plan")
    with paper.file.content.open("rb") as file:
        text = pdf_text(file.read())
    for words in ("УТВЕРЖДАЮ", "Заведующий", paper.number, paper.code, "Наставничество"):
        assert words in text
    return paper


def order_of_acting(page: Page) -> None:
    """For a week from today, with the consent, recorded under the department's number."""
    page.goto("/office/orders/create/")
    page.get_by_role("link", name="Возложение обязанностей заведующего").click()
    page.get_by_label("Исполняющий обязанности").select_option(label="Ясенева\u00a0А.\u00a0И.")
    page.get_by_label("На время отсутствия").select_option(label="Морская\u00a0А.\u00a0И.")
    page.locator("#id_starts_on").fill(iso(0))
    page.locator("#id_ends_on").fill(iso(6))
    page.locator("#id_consent_on").fill(iso(-1))
    page.get_by_role("button", name="Составить проект").click()
    record(page, "12-к")
    expect(page.locator(".page-state")).to_contain_text("Зарегистрирован")


def may_not_decide(page: Page, plan: Plan) -> None:
    """No button, and a forged press is refused."""
    address = f"/admin/planning/plan/{plan.pk}/change/"
    page.goto(address)
    expect(page.get_by_role("button", name="Утвердить")).to_have_count(0)
    edition = Edition.objects.filter(plan=plan).latest("pk")
    token = page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value")
    form = {"csrfmiddlewaretoken": token, "_approve": "1", "seen": str(edition.pk)}
    answer = page.context.request.post(address, form=form, headers={"Referer": page.url}, max_redirects=0)
    assert answer.status == 403
    assert edition.state == Edition.objects.get(pk=edition.pk).state == "waiting"


def figure_of(page: Page, clause: str, words: str) -> None:
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=clause, exact=True))
    expect(row).to_contain_text(words)


def test_a_year_of_the_department(days_later, city, staff, browser_of):
    methodist = browser_of("methodist")
    plan = copy_and_correct(methodist, last_plan(city))
    first = approved_with_a_number(browser_of, methodist, plan)
    link_to_campaign(methodist, plan, city.campaign)
    amend(methodist, plan)

    order_of_acting(admin_page(browser_of, "director"))
    may_not_decide(admin_page(browser_of, "head"), plan)
    decide(admin_page(browser_of, "methodist2"), plan, "Утвердить")
    second = Paper.objects.get(kind="plan", state="valid")
    assert second.signatory_title.startswith("Исполняющий обязанности заведующего")
    assert second.signatory_basis.endswith("№\u00a012-к")
    assert second.replaces == first

    amend_again(methodist, plan)
    days_later(7)
    may_not_decide(admin_page(browser_of, "methodist2"), plan)
    decide(admin_page(browser_of, "head"), plan, "Утвердить")
    third = Paper.objects.get(kind="plan", state="valid")
    assert (third.signatory_title[:10], third.signatory_basis) == ("Заведующий", "")

    report_closes_the_event(city, browser_of, plan)


def amend_again(page: Page, plan: Plan) -> None:
    page.goto(plan.get_absolute_url())
    page.get_by_role("link", name="Внести поправку").click()
    page.locator("#id_reason").fill("Просьба школ")
    page.get_by_role("button", name="Начать поправку").click()
    page.locator("#id_item").select_option(label="Семинар: Наставничество")
    page.get_by_role("button", name="Изменить").click()
    page.locator("#id_place").fill("Школа № 2")
    page.get_by_role("button", name="Внести в поправку").click()
    page.get_by_role("button", name="Отправить на утверждение").click()
    agree(page)
    expect(page.locator(".page-state")).to_contain_text("На утверждении")


def report_closes_the_event(city, browser_of, plan: Plan) -> None:
    """The head approves the report of the campaign: the event linked to it is done by that."""
    report = begin_report(campaign=city.campaign, by=city.people["methodist"])
    send_report(report=report, by=city.people["methodist"])
    head = browser_of("head")
    head.goto(f"/monitoring/campaigns/{city.campaign.pk}/report/")
    head.get_by_role("button", name="Утвердить").click()
    agree(head)
    expect(head.locator(".page-state")).to_contain_text("Утверждён")
    head.goto(plan.get_absolute_url())
    row = head.get_by_role("row").filter(has_text="Читательская грамотность")
    expect(row).to_contain_text("Выполнено")
    expect(row).to_contain_text(Paper.objects.get(kind="monitoring_report").number)
    look(head, "plan-closed-by-report")
    head.goto("/statute/")
    look(head, "statute-of-the-year")
    counted_by_hand(head)


def counted_by_hand(page: Page) -> None:
    """On 23 November two months of the monthly event and both seminars are due, one seminar is done.

    Issued were the plan with its two amendments and the report; each amendment replaced the text before it.
    """
    figure_of(page, "1.2", "Выдано документов: 4")
    figure_of(page, "1.2", "Из них отозвано или заменено: 2")
    figure_of(page, "1.2", "Из них подписал исполняющий обязанности заведующего: 1")
    figure_of(page, "1.5", "План работы ИМО: к исполнению на дату: 4")
    figure_of(page, "1.5", "План работы ИМО: выполнено: 1")
    figure_of(page, "1.5", "План работы ИМО: исполнение на дату: 25,0\u00a0%")
    figure_of(page, "1.6", "Просрочено мероприятий: 3")
    figure_of(page, "6.5", "Исполняют обязанности в последний день: 0")
    figure_of(page, "6.5", "Периодов исполнения обязанностей: 1")
