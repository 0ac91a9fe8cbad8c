"""A methodist gives a program a key, reads how to use it, and takes it away."""

import json
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser.looking import look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def asked(address: str, token: str) -> tuple[int, dict]:
    """What a program gets that comes with the key."""
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as refused:
        return refused.code, json.loads(refused.read())


def test_a_key_is_made_used_and_revoked(city, browser_of, live_server):
    page = browser_of("methodist")
    page.goto("/account/")
    page.get_by_role("main").get_by_role("link", name="Ключи доступа").click()
    look(page, "keys-none")
    page.get_by_label("Для чего ключ").fill("Сводная таблица")
    page.get_by_label("Ваш пароль").fill("Пароль-для-тестов-1")
    page.get_by_role("button", name="Создать ключ").click()
    shown = page.get_by_label("Ключ доступа", exact=True)
    expect(shown).to_be_focused()
    look(page, "keys-made")
    token = shown.input_value()

    status, document = asked(f"{live_server.url}/api/v1/responses", token)
    assert status == 200
    assert sorted(one["id"] for one in document["items"]) == sorted([city.response.pk, city.silent.pk])

    page.get_by_role("link", name="Как пользоваться").click()
    look(page, "reference")
    page.get_by_role("link", name="Список отчётов организаций").click()
    expect(page.get_by_role("heading", name="Список отчётов организаций")).to_be_in_viewport()
    page.set_viewport_size({"width": 360, "height": 740})
    look(page, "reference-phone")

    page.goto("/account/keys/")
    look(page, "keys-phone")
    assert token not in page.content()
    page.get_by_role("button", name="Отозвать").click()
    page.locator("#confirm").get_by_role("button", name="Продолжить").click()
    expect(page.get_by_role("main")).to_contain_text("Отозван")
    assert asked(f"{live_server.url}/api/v1/responses", token)[0] == 401
