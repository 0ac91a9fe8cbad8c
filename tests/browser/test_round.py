"""A monitoring from the form to the official report: the scenario the portal is for."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import office, school
from tests.browser.conftest import PASSWORD
from tests.browser.looking import look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

NUMBER = re.compile(r"МО-\d{4}-0001")
REMARK = "Почему электронных изданий так мало?"
ANSWER = "Одна книга была посчитана дважды"


def first_sending(page):
    school.sign_in(page, "school1", PASSWORD)
    look(page, "home-school")
    school.open_task(page, "Заполнить")
    look(page, "form-blank")
    school.type_figures(page)
    school.nothing_is_lost(page)
    school.paste_block(page)
    school.answer_questions(page)
    look(page, "form-filled")
    page.context.guard.expect("status of 422")
    school.stopped_by_a_relation(page)
    school.correct(page)
    school.explain(page, "Фонд подарен областной библиотекой")
    school.press_send(page)
    school.read_receipt(page, 1)


def first_review(page):
    office.open_progress(page)
    office.open_response(page)
    expect(page.locator(".explanations")).to_contain_text("Фонд подарен областной библиотекой")
    office.remark_on_a_cell(page, "1/03/4", REMARK)
    office.return_with_comment(page, "Уточните электронные издания")


def second_sending(page):
    page.goto("/monitoring/")
    look(page, "own-reports")
    page.goto("/")
    school.open_task(page, "Продолжить")
    look(page, "form-returned")
    school.answer_remark(page, REMARK, ANSWER)
    school.correct_by_remark(page)
    school.press_send(page)
    school.read_receipt(page, 2)


def second_review(page, campaign_id):
    office.open_progress(page)
    office.open_response(page)
    expect(page.locator("#remarks .remark", has_text=ANSWER)).to_be_visible()
    office.resolve_and_accept(page)
    office.drill_down(page, campaign_id)
    office.write_report(page, campaign_id)
    draft = office.pdf_text(page, "Печать (PDF)")
    assert "Из 2 организаций отчиталась 1 (50,0 %)." in draft
    assert "Мониторинг проведён по плану работы отдела." in draft
    office.send_for_approval(page)


def test_from_the_form_to_the_official_report(city, browser_of, open_browser):
    school1 = open_browser().new_page()
    methodist, head = browser_of("methodist"), browser_of("head")

    first_sending(school1)
    first_review(methodist)
    second_sending(school1)
    second_review(methodist, city.campaign.pk)
    office.approve(head)
    code = office.code_of_paper(head)
    expect(head.get_by_role("main")).to_contain_text(NUMBER)
    anonymous = open_browser().new_page()
    anonymous.goto(f"/verify/{code}/")

    expect(anonymous.get_by_role("main")).to_contain_text("Документ действует.")
    expect(anonymous.get_by_role("main")).to_contain_text(code)
    expect(anonymous.get_by_role("main")).to_contain_text(NUMBER)
    expect(anonymous.get_by_role("main")).to_contain_text("Морская")
    look(anonymous, "verify")
    assert anonymous.context.cookies() == []
    city.response.refresh_from_db()
    assert city.response.state == "accepted"
    assert city.response.submissions.count() == 2
    assert city.response.values["1/02/4"] == "1201"


@pytest.mark.parametrize(
    "name, address",
    [
        ("admin", "/admin/"),
        ("head", "/admin/"),
        ("head", "/admin/monitoring/campaign/"),
        ("admin", "/admin/accounts/user/"),
        ("methodist", "/monitoring/forms/"),
        ("methodist", "/organizations/"),
        ("methodist", "/monitoring/campaigns/new/"),
        ("head", "/search/?q=фонд"),
        ("admin", "/journal/"),
    ],
)
def test_page_is_accessible(browser_of, name, address):
    page = browser_of(name)

    assert page.goto(address).status == 200

    look(page, name + re.sub(r"\W+", "-", address))


def test_history_of_a_row_is_accessible(city, browser_of):
    page = browser_of("head")

    assert page.goto(f"/journal/monitoring.campaign/{city.campaign.pk}/").status == 200

    look(page, "head-history")


def test_form_and_its_preview_are_accessible(city, browser_of):
    version = city.campaign.version
    page = browser_of("methodist")
    for address in (
        f"/monitoring/forms/{version.form_id}/",
        f"/monitoring/forms/versions/{version.pk}/preview/",
        f"/monitoring/forms/versions/{version.pk}/relations/",
    ):
        page.goto(address)
        look(page, address.strip("/").replace("/", "-"))
