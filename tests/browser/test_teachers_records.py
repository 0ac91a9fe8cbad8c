"""A school keeps its people in a browser; a methodist keeps the books."""

import datetime

import pytest
from playwright.sync_api import Page, expect

from apps.teachers.models import Employment, ObligatoryKind, Person, Position
from tests.browser.looking import look
from tests.teachers.factories import MentorshipFactory, employed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
D = datetime.date


def create_person(page: Page) -> Person:
    page.goto("/teachers/create/")
    look(page, "teachers-create")
    page.get_by_label("Фамилия").fill("Берёзкина")
    page.get_by_label("Имя", exact=False).first.fill("Алёна")
    page.get_by_label("Отчество").fill("Петровна")
    page.locator("#id_birth_on").fill("2030-01-01")
    page.get_by_label("Должность").select_option(label="учитель")
    page.locator("#id_started_on").fill("2020-09-01")
    page.get_by_label("Общий стаж на эту дату").fill("10 лет 3 мес. 5 дн.")
    page.locator("#id_experience_on").fill("2026-09-01")
    page.get_by_role("button", name="Создать").click()
    expect(page.get_by_role("main")).to_contain_text("не может быть меньше 14 лет")
    look(page, "teachers-create-fault")
    assert page.get_by_label("Общий стаж на эту дату").input_value() == "10 лет 3 мес. 5 дн."
    page.locator("#id_birth_on").fill("1990-02-03")
    page.get_by_role("button", name="Создать").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Берёзкина Алёна Петровна")
    look(page, "teachers-card")
    return Person.objects.get(last_name="Берёзкина")


def add_training(page: Page, person: Person) -> None:
    page.goto(f"/teachers/{person.pk}/add/training/")
    page.locator("#id_kind").select_option("advanced")
    page.locator("#id_programme").fill("Функциональная грамотность")
    page.locator("#id_hours").fill("10000")
    page.locator("#id_started_on").fill("2026-03-02")
    page.locator("#id_ended_on").fill("2026-03-20")
    page.get_by_role("button", name="Добавить").click()
    expect(page.locator("#id_hours_error")).to_contain_text("от 1 до 3000")
    look(page, "teachers-training-fault")
    page.locator("#id_hours").fill("36")
    page.locator("#id_issued_on").fill("2026-03-23")
    page.get_by_role("button", name="Добавить").click()
    expect(page.get_by_role("main")).to_contain_text("Функциональная грамотность")


def dismiss(page: Page, person: Person) -> None:
    post = person.employments.get()
    page.goto(f"/teachers/records/employment/{post.pk}/")
    look(page, "teachers-employment")
    page.get_by_role("link", name="Уволить").click()
    look(page, "teachers-dismiss")
    page.locator("#id_ended_on").fill("2026-11-20")
    page.get_by_label("Причина").fill("по собственному желанию")
    page.get_by_role("button", name="Уволить").click()
    expect(page.get_by_role("main")).to_contain_text("Увольнение записано")
    assert Employment.objects.get(pk=post.pk).ended_on == D(2026, 11, 20)


def mentoring_and_vacancies(page: Page, school) -> None:
    pair = MentorshipFactory(mentor=employed(school), mentee=employed(school), organization=school)
    page.goto("/teachers/mentoring/")
    look(page, "teachers-mentoring")
    page.goto("/teachers/mentoring/create/")
    look(page, "teachers-mentoring-create")
    page.goto(f"/teachers/mentoring/{pair.pk}/end/")
    look(page, "teachers-mentoring-end")
    page.goto("/teachers/vacancies/create/")
    page.get_by_label("Должность").select_option(label="учитель")
    page.locator("#id_started_on").fill("2026-09-01")
    look(page, "teachers-vacancy")
    page.get_by_role("button", name="Создать").click()
    expect(page.get_by_role("main")).to_contain_text("Вакансия записана")
    look(page, "teachers-vacancies")
    page.goto("/teachers/transfer/")
    look(page, "teachers-receive")


def test_a_school_keeps_its_people(browser_of, city):
    page = browser_of("school1")
    page.context.guard.expect("status of 422")
    person = create_person(page)
    add_training(page, person)
    dismiss(page, person)
    mentoring_and_vacancies(page, city.response.organization)


def test_a_methodist_keeps_the_books(browser_of, city):
    person = employed(city.response.organization)
    kind = ObligatoryKind.objects.create(code="pozharnaja", name="Пожарная безопасность", groups=["head"])
    page = browser_of("methodist")
    # The list of the admin's autocomplete sets its width in the element; the policy stops that, it works.
    page.context.guard.expect("Applying inline style")
    pages = {
        "book": f"obligatorykind/{kind.pk}/change/",
        "books": "position/",
        "position": f"position/{Position.objects.get(code='uchitel').pk}/change/",
        "persons": "person/",
        "person": f"person/{person.pk}/change/",
    }
    for name, path in pages.items():
        page.goto(f"/admin/teachers/{path}")
        look(page, f"teachers-admin-{name}")
    page.goto("/teachers/mentoring/create/")
    look(page, "teachers-mentoring-organization")
