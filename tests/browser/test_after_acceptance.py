"""An outlier question that becomes a footnote of the summary; an amendment that changes today's alone."""

import copy
import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from apps.monitoring.models import ResponseEdition
from tests.browser.looking import look
from tests.browser.school import cell, press_send
from tests.factories import CampaignFactory, ResponseFactory, form_version
from tests.monitoring.small import READERS, SMALL, accepted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
WEEK = datetime.timedelta(days=7)


@pytest.fixture
def asked(city):
    """A round that asks where a figure differs from the last one by more than 30 %; last year: 100."""
    methodist, school = city.people["methodist"], city.response.organization
    version = form_version(copy.deepcopy(SMALL) | {"outliers": {"last": 30}}, methodist)
    last = CampaignFactory(title="Читатели", version=version, created_by=methodist, period_start="2025-09-01")
    accepted(last, school, city.people["school1"], {READERS: "100", "1/01/4": "50"}, methodist)
    present = CampaignFactory(title="Читатели", version=version, created_by=methodist, previous=last)
    return ResponseFactory(campaign=present, organization=school)


def test_a_question_becomes_a_footnote_and_an_amendment_keeps_last_week(city, asked, browser_of):
    page = browser_of("school1")
    page.goto(f"/monitoring/responses/{asked.pk}/")
    cell(page, READERS).fill("500")
    page.keyboard.press("Tab")
    cell(page, "1/01/4").fill("50")
    page.keyboard.press("Tab")
    page.context.guard.expect("status of 422")
    press_send(page)
    question = page.locator("#problem-list li.is-warning")
    expect(question).to_have_count(1)
    look(page, "outlier-question")
    question.locator("[data-ready-answer]").first.click()
    answer = question.locator("textarea").input_value()
    assert answer
    expect(page.locator("#save-state")).to_have_text("Пояснение сохранено")
    press_send(page)
    expect(page.get_by_role("heading", name="Отчёт отправлен")).to_be_visible()

    staff = browser_of("methodist")
    staff.goto(f"/monitoring/responses/{asked.pk}/")
    staff.get_by_role("button", name="Принять", exact=True).click()
    expect(staff.locator(".sent-line")).to_contain_text("принят")
    summary = f"/monitoring/campaigns/{asked.campaign_id}/summary/"
    staff.goto(summary)
    expect(staff.locator(".footnotes")).to_contain_text(answer)
    expect(staff.locator("table.grid, .table-scroll").first).to_contain_text("500")
    look(staff, "summary-footnote")

    before = timezone.now() - 2 * WEEK
    ResponseEdition.objects.filter(response=asked).update(valid_from=before)
    page.goto(f"/monitoring/responses/{asked.pk}/")
    page.get_by_role("button", name="Внести поправку").click()
    page.get_by_label("Причина поправки").fill("Посчитали дважды")
    cell(page, READERS).fill("450")
    page.get_by_role("button", name="Отправить поправку").click()
    expect(page.get_by_role("main")).to_contain_text("Поправка отправлена методисту")
    look(page, "amendment-sent")

    staff.goto(f"/monitoring/responses/{asked.pk}/")
    staff.get_by_role("link", name="Поправка от").click()
    look(staff, "amendment-decide")
    staff.get_by_role("button", name="Принять поправку").click()
    expect(staff.get_by_role("main")).to_contain_text("Принята", use_inner_text=True)
    staff.goto(summary)
    expect(staff.get_by_role("main")).to_contain_text("450")
    day = timezone.localdate() - WEEK
    staff.goto(f"{summary}?on={day.isoformat()}")
    expect(staff.get_by_role("main")).to_contain_text("Свод прошлого дня.")
    expect(staff.locator("a", has_text="500").first).to_be_visible()
    assert staff.locator("a", has_text="450").count() == 0
    look(staff, "summary-last-week")
