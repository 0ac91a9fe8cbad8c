"""Chromium, a small city, and a signed-in browser for each of its people."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from apps.accounts.models import User
from apps.core.models import PortalState
from apps.core.roles import Role
from apps.monitoring.models import Campaign, Response
from tests.browser.guard import Guard
from tests.factories import CampaignFactory, OrganizationFactory, ResponseFactory, form_version, user_with
from tests.monitoring.responses.definitions import LIBRARY
from tests.papers.conftest import make_department

PASSWORD = "Пароль-для-тестов-1"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
DESKTOP = {"width": 1280, "height": 900}


@dataclass
class City:
    """Two schools asked about their libraries; the second one keeps silent."""

    campaign: Campaign
    response: Response
    silent: Response
    people: dict[str, User]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is missing: apt install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def city(transactional_db) -> City:
    PortalState.objects.create(pk=1, set_up_at=timezone.now())
    make_department()
    schools = [OrganizationFactory(short_name=f"Школа № {number}") for number in (1, 2)]
    people = {
        "school1": user_with(Role.REPRESENTATIVE, schools[0], username="school1", last_name="Лесная"),
        "colleague": user_with(Role.REPRESENTATIVE, schools[0], username="colleague", last_name="Горная"),
        "methodist": user_with(Role.METHODIST, username="methodist", last_name="Речная"),
        "head": user_with(Role.HEAD, username="head", last_name="Морская"),
        "admin": user_with(Role.ADMIN, username="admin", last_name="Степная"),
    }
    campaign = CampaignFactory(
        title="Библиотечный фонд школ",
        version=form_version(LIBRARY, people["methodist"]),
        created_by=people["methodist"],
    )
    responses = [ResponseFactory(campaign=campaign, organization=school) for school in schools]
    return City(campaign, *responses, people)


@pytest.fixture
def open_browser(chromium, live_server) -> Iterator[Callable[..., BrowserContext]]:
    """A fresh browser; whatever it hears against the rules fails the test at its end."""
    opened: list[tuple[BrowserContext, Guard]] = []

    def open_one(**options) -> BrowserContext:
        context = chromium.new_context(
            base_url=live_server.url, locale="ru-RU", **{"viewport": DESKTOP, **options}
        )
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.set_default_timeout(15_000)
        context.guard = Guard(context, urlsplit(live_server.url).netloc)
        opened.append((context, context.guard))
        return context

    yield open_one
    for context, _ in opened:
        context.close()
    for _, guard in opened:
        guard.check()


@pytest.fixture
def browser_of(city, open_browser, live_server) -> Callable[..., Page]:
    """A page in a browser of its own, signed in as one of the city's people by a session cookie."""

    def page_of(name: str, **options) -> Page:
        context = open_browser(**options)
        client = Client()
        client.force_login(city.people[name])
        cookie = client.cookies["imo_session"].value
        context.add_cookies([{"name": "imo_session", "value": cookie, "url": live_server.url}])
        return context.new_page()

    return page_of
