"""An anonymous questionnaire, from its first question to its results, without anything of a small school."""

import io

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from apps.core.roles import Role
from apps.questionnaires.actions.questionnaires import open_questionnaire, set_recipients
from apps.questionnaires.models import Answer, Questionnaire
from apps.questionnaires.needs_template import load_needs_template
from tests.browser.looking import look
from tests.factories import OrganizationFactory, user_with
from tests.questionnaires.world import many

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}


def test_a_small_school_is_seen_nowhere(city, browser_of, chromium, live_server):
    schools = [
        city.response.organization,
        city.silent.organization,
        OrganizationFactory(short_name="Школа № 3"),
    ]
    page = browser_of("methodist")
    page.goto("/questionnaires/")
    look(page, "questionnaires-none")
    page.context.guard.expect("422")  # a question without its answers
    build(page)
    page.get_by_role("link", name="Посмотреть как отвечающий").click()
    look(page, "questionnaire-preview")
    page.go_back()
    page.get_by_role("link", name="Кого опрашиваем").click()
    for school in schools:
        page.get_by_label(school.short_name).check()
    look(page, "questionnaire-recipients")
    page.get_by_role("button", name="Сохранить").click()
    pressed(page, "Начать опрос")
    expect(page.get_by_role("button", name="Завершить опрос")).to_be_visible()
    look(page, "questionnaire-open")
    row = Questionnaire.objects.get()

    answered_on_a_phone(chromium, live_server, row, schools[0])
    themes, words = row.questions.get(text="Какая помощь нужна?"), row.questions.get(text="Что ещё?")
    assert Answer.objects.get().values[words.key] == "Меньше отчётов"
    many(row, schools[0], 3, **{themes.text: 1, words.text: "Тайное слово"})
    many(row, schools[1], 9, **{themes.text: 0, words.text: "Больше встреч"})
    many(row, schools[2], 30, **{themes.text: 0})
    many(row, schools[2], 10, **{themes.text: 1})

    page.goto(f"/questionnaires/{row.pk}/progress/")
    look(page, "questionnaire-progress")
    assert cells_of(page, schools[0].short_name)[0] == "скрыто"
    page.get_by_role("link", name="Вопросы", exact=True).click()
    pressed(page, "Завершить опрос")
    expect(page.get_by_role("main")).to_contain_text("Ответили 53 человека")
    look(page, "questionnaire-results")
    page.get_by_role("link", name="Читать ответы и разложить по группам").click()
    page.get_by_label("Больше встреч").check()
    page.get_by_label("Группа").fill("Встречи")
    page.get_by_role("button", name="Отнести к группе").click()
    look(page, "questionnaire-texts")
    page.goto(f"/questionnaires/{row.pk}/results/")
    page.get_by_role("navigation", name="Разрез").get_by_role("link", name="Организации").click()
    look(page, "questionnaire-results-organizations")
    for heading in page.locator("main section").all():
        table = heading.locator("table")
        if table.count():
            row_of = table.locator("tr", has_text=schools[0].short_name)
            assert set(row_of.locator("td").all_inner_texts()) == {"скрыто"}
    assert xlsx_of(page, row, schools[0].short_name) == {("скрыто", "скрыто")}
    direction(page)


def build(page) -> None:
    page.get_by_role("main").get_by_role("link", name="Создать").click()
    page.get_by_label("Название").fill("Потребности педагогов")
    page.get_by_label("Зачем опрос").fill("Чтобы составить план")
    look(page, "questionnaire-create")
    page.get_by_role("button", name="Сохранить").click()
    page.get_by_role("link", name="один вариант из списка").click()
    page.get_by_label("Вопрос", exact=False).first.fill("Какая помощь нужна?")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.locator(".error-summary")).to_contain_text("Нужно хотя бы два варианта")
    page.get_by_label("Варианты ответа").fill("курсы\nсеминары")
    page.get_by_label("Ответ обязателен").check()
    look(page, "question-create")
    page.get_by_role("button", name="Сохранить").click()
    page.get_by_role("link", name="свободный ответ").click()
    page.get_by_label("Вопрос", exact=False).first.fill("Что ещё?")
    page.get_by_role("button", name="Сохранить").click()
    look(page, "questionnaire-draft")


def pressed(page, name: str) -> None:
    page.get_by_role("button", name=name).click()
    page.locator("#confirm").get_by_role("button", name="Продолжить").click()
    page.wait_for_load_state()


def answered_on_a_phone(chromium, live_server, row, school) -> None:
    """By the link, without signing in: a missed question is told beside it, what was typed stays."""
    context = chromium.new_context(viewport=PHONE, base_url=live_server.url, locale="ru-RU")
    phone = context.new_page()
    phone.goto(row.recipients.get(organization=school).link)
    look(phone, "answer-phone")
    phone.get_by_label("Что ещё?").fill("Меньше отчётов")
    phone.get_by_role("button", name="Отправить").click()
    expect(phone.locator(".question-fault")).to_have_text("На этот вопрос нужно ответить.")
    expect(phone.get_by_label("Что ещё?")).to_have_value("Меньше отчётов")
    look(phone, "answer-phone-fault")
    phone.get_by_label("семинары").check()
    phone.get_by_role("button", name="Отправить").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Спасибо, ответы приняты")
    look(phone, "answer-phone-thanks")
    assert [one["name"] for one in context.cookies()] in ([], ["imo_csrf"])
    context.close()


def cells_of(page, name: str) -> list[str]:
    return page.locator("tr", has_text=name).locator("td").all_inner_texts()


def xlsx_of(page, row, name: str) -> set:
    """What stands beside the name of the school in the workbook."""
    content = page.request.get(f"/questionnaires/{row.pk}/results.xlsx").body()
    book = load_workbook(io.BytesIO(content))
    rows = [line for sheet in book for line in sheet.iter_rows(values_only=True)]
    return {(line[4], line[5]) for line in rows if name in line}


def direction(page) -> None:
    page.get_by_role("link", name="Без разреза").click()
    page.get_by_role("link", name="выбрать направление").first.click()
    look(page, "direction-create")
    page.get_by_label("Обоснование").fill("Просят чаще всего")
    page.get_by_role("button", name="Выбрать").click()
    expect(page.get_by_role("main")).to_contain_text("«курсы» — 39 из 53 ответивших")
    look(page, "direction")
    page.goto("/questionnaires/")
    look(page, "questionnaires")


def test_teacher_finds_the_questionnaire_at_home(city, browser_of):

    school, methodist = city.response.organization, city.people["methodist"]
    city.people["teacher"] = user_with(Role.TEACHER, school, username="teacher")
    row = load_needs_template(by=methodist)
    set_recipients(questionnaire=row, by=methodist, organizations=[school])
    open_questionnaire(questionnaire=row, by=methodist)
    page = browser_of("teacher")
    page.goto("/")
    page.get_by_role("link", name="Ответить").first.click()
    look(page, "answer-signed-in")
    page.set_viewport_size(PHONE)
    look(page, "answer-signed-in-phone")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_label("учитель", exact=True).check()
    page.get_by_label("до 3 лет").check()
    page.get_by_label("работа с одарёнными детьми").check()
    page.get_by_role("button", name="Отправить").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Спасибо, ответы приняты")
    assert Answer.objects.count() == 1
    page.goto("/")
    expect(page.get_by_role("main").get_by_text(row.title)).to_have_count(0)
    responsible = browser_of("school1")
    responsible.goto(f"/questionnaires/{row.pk}/")
    look(responsible, "questionnaire-invitation")
    responsible.get_by_role("link", name="Лист с QR-кодом").click()
    look(responsible, "questionnaire-poster")
