import datetime

import pytest
from django.utils import timezone

from apps.core import journal
from apps.core.models import JournalRecord
from apps.core.registry import (
    HomeFigure,
    HomePanel,
    SearchHit,
    SearchProvider,
    Task,
    TaskProvider,
    home_figures,
    home_tasks,
    search_providers,
)
from apps.core.roles import Role
from tests.factories import OrganizationFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def lend(monkeypatch):
    """Puts an entry into a registry for the time of one test."""

    def put(registry, entry):
        monkeypatch.setattr(registry, "_entries", {**registry._entries, entry.key: entry})

    return put


def test_home_of_an_anonymous_visitor(client, nobody):
    assert client.get("/")["Location"] == "/login/?next=/"


@pytest.mark.parametrize("role", [role for role in Role if role not in ("representative", "teacher")])
def test_home_opens_for_every_role(signed_in, role):
    assert signed_in(user_with(role)).get("/").status_code == 200


def test_home_opens_without_a_role_and_for_an_organisation(signed_in, nobody, responsible_a):
    assert "У вас пока нет прав в портале." in signed_in(nobody).get("/").content.decode()
    assert "Школа А" in signed_in(responsible_a).get("/").content.decode()


def test_late_tasks_stand_first_then_those_without_a_deadline_then_by_deadline(signed_in, methodist, lend):
    now = timezone.now()
    tasks = [
        Task("Без срока", "/c/"),
        Task("Позже", "/b/", "Открыть", due_at=now + datetime.timedelta(days=2)),
        Task("Раньше", "/a/", "Заполнить", due_at=now, is_late=True),
    ]
    lend(home_tasks, TaskProvider("test", "Проверка", lambda actor: tasks))
    response = signed_in(methodist).get("/")
    shown = [task.title for task in response.context["first_tasks"] if task.url in ("/a/", "/b/", "/c/")]
    assert shown == ["Раньше", "Без срока", "Позже"]
    assert 'href="/a/">Заполнить' in response.content.decode()


@pytest.mark.parametrize(("many", "first", "folded"), [(7, 7, 0), (8, 8, 0), (9, 7, 2)])
def test_many_tasks_unfold(signed_in, methodist, lend, many, first, folded):
    """One more than seven is shown rather than folded alone."""
    tasks = [Task(f"Задача {number}", f"/{number}/") for number in range(many)]
    lend(home_tasks, TaskProvider("test", "Проверка", lambda actor: tasks))
    response = signed_in(methodist).get("/")
    shown, others = response.context["first_tasks"], response.context["other_tasks"]
    assert (len(shown), len(others)) == (first, folded)
    assert ("Ещё 2 задачи" in response.content.decode()) is bool(folded)


def test_figures_only_for_those_allowed(signed_in, methodist, nobody, lend):
    allowed = lambda actor: Role.METHODIST in actor.roles  # noqa: E731
    figure = HomeFigure(
        "test", "организаций", lambda actor: 21, "organizations:organization-list",
        forms="организация,организации,организаций", allowed=allowed,
    )  # fmt: skip
    lend(home_figures, figure)
    page = signed_in(methodist).get("/").content.decode()
    assert '<a class="tile-label stretched-link" href="/organizations/">организация</a>' in page
    assert "stretched-link" not in signed_in(nobody).get("/").content.decode()


def test_home_writes_nothing(signed_in, methodist):
    before = JournalRecord.objects.count()
    signed_in(methodist).get("/")
    signed_in(methodist).get("/search/", {"q": "школа"})
    assert JournalRecord.objects.count() == before


def test_search_shows_what_may_be_seen_by_kind(signed_in, responsible_a, school_a, school_b):
    response = signed_in(responsible_a).get("/search/", {"q": "школа"})
    groups = [(group.title, [hit.title for hit in group.hits]) for group in response.context["groups"]]
    assert ("Организации", ["Школа А"]) in groups
    assert "Школа Б" not in response.content.decode()


def test_search_tells_when_there_is_more(signed_in, methodist):
    for number in range(11):
        OrganizationFactory(short_name=f"Ясли {number}")
    group = signed_in(methodist).get("/search/", {"q": "ясли"}).context["groups"][0]
    assert (len(group.hits), group.has_more) == (10, True)


@pytest.mark.parametrize(
    "text",
    ["", " ", "\x00", "а\x00\ud7ff", "х" * 100_000, "%_\\'\"", "(" * 10_000, "<script>alert(1)</script>"],
)
def test_search_takes_any_input(signed_in, methodist, text):
    OrganizationFactory()
    response = signed_in(methodist).get("/search/", {"q": text})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_search_escapes_hits(signed_in, methodist, lend):
    hit = SearchHit("<b>опасно</b>", "/x/", "проверка", "<i>и тут</i>")
    lend(search_providers, SearchProvider("test", "Проверка", lambda actor, query, limit: [hit]))
    text = signed_in(methodist).get("/search/", {"q": "опасно"}).content.decode()
    assert "&lt;b&gt;опасно" in text and "<i>и тут" not in text


def test_journal_is_for_the_head_and_the_administrator(signed_in, head, administrator, methodist, client):
    assert signed_in(head).get("/journal/").status_code == 200
    assert signed_in(administrator).get("/journal/").status_code == 200
    assert signed_in(methodist).get("/journal/").status_code == 403
    assert signed_in(methodist).get("/journal/?format=xlsx").status_code == 403


def test_journal_filters(signed_in, head, school_a):
    anna = UserFactory(last_name="Первая", username="anna")
    journal.record(by=anna, verb="created", subject=school_a, organization_id=school_a.pk)
    journal.record(by=head, verb="deleted", subject=school_a)
    client = signed_in(head)

    def verbs(**query):
        return [row.verb for row in client.get("/journal/", query).context["objects"]]

    today = timezone.localdate()
    assert verbs(who="перв") == ["created"]
    assert verbs(who="ANNA") == ["created"]
    assert verbs(verb="deleted") == ["deleted"]
    assert verbs(kind="organizations.organization", subject=school_a.pk) == ["deleted", "created"]
    assert verbs(kind="accounts.user") == []
    assert verbs(since=today, until=today) == ["deleted", "created"]
    assert verbs(until=today - datetime.timedelta(days=1)) == []
    assert client.get("/journal/", {"since": "31.02.2026"}).status_code == 422
    assert "Школа А" in client.get("/journal/", {"verb": "created"}).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_journal_asks_a_fixed_number_of_queries(
    signed_in, head, school_a, number, django_assert_max_num_queries
):
    for _ in range(number):
        journal.record(by=UserFactory(), verb="created", subject=school_a, organization_id=school_a.pk)
    client = signed_in(head)
    with django_assert_max_num_queries(10):
        client.get("/journal/")


def test_journal_leaves_as_xlsx_and_remembers_it(signed_in, head):
    response = signed_in(head).get("/journal/", {"format": "xlsx"})
    assert b"".join(response.streaming_content)[:2] == b"PK"
    assert JournalRecord.objects.get(verb="exported").subject_title == "Журнал"


def test_panel_entry_has_the_fields_of_a_panel():
    panel = HomePanel("key", "Заголовок", "portal/x.html", lambda actor: None)
    assert (panel.order, panel.context(None)) == (0, None)


def test_card_names_who_answers(signed_in, methodist, responsible_a, school_a):
    page = signed_in(methodist).get(f"/organizations/{school_a.pk}/").content.decode()
    assert responsible_a.full_name in page and "/invitations/create/" in page
    page = signed_in(responsible_a).get(f"/organizations/{school_a.pk}/").content.decode()
    assert responsible_a.full_name in page and "/invitations/create/" not in page


def test_card_without_anybody_says_so(signed_in, methodist, school_a):
    page = signed_in(methodist).get(f"/organizations/{school_a.pk}/").content.decode()
    assert "Ответственного пока нет" in page
