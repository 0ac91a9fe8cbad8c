"""Whatever is asked wrongly is answered in JSON with a Russian sentence, never with a page or a 500."""

import datetime

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from apps.api.actions import revoke_key
from apps.api.models import AccessKey
from apps.core.models import JournalRecord
from tests.factories import CampaignFactory, OrganizationFactory

ORGANIZATIONS = "/api/v1/organizations"


def told(answer) -> tuple[int, str, str]:
    assert answer["Content-Type"].startswith("application/json")
    document = answer.json()
    assert set(document) == {"code", "message", "fields"}
    return answer.status_code, document["code"], document["message"]


def faults(answer) -> dict[str, str]:
    return {one["name"]: one["message"] for one in answer.json()["fields"]}


# --- keys ---


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", "Basic YWJj", "Token abc", "imo_abc", "Bearer\tabc"]
)
def test_no_key(header, db):
    client = Client(headers={"Authorization": header} if header is not None else {})
    answer = client.get(ORGANIZATIONS)
    assert told(answer) == (
        401,
        "unauthorized",
        "Нужен ключ доступа: заголовок «Authorization: Bearer ваш_ключ».",
    )
    assert answer["WWW-Authenticate"] == "Bearer"
    assert "imo_session" not in answer.cookies


@pytest.mark.parametrize("token", ["imo_0", "x" * 10_000, "\x00", "ключ", "imo_' OR 1=1 --"])
def test_unknown_key(token, db):
    answer = Client().get(ORGANIZATIONS, headers={"Authorization": f"Bearer {token}"})
    assert told(answer) == (
        401,
        "unauthorized",
        "Такого ключа нет. Создайте новый на странице «Ключи доступа».",
    )


def test_revoked_key(by_key, methodist):
    client = by_key(methodist)
    revoke_key(key=client.key, by=methodist)
    assert told(client.get(ORGANIZATIONS))[2] == "Ключ отозван. Создайте новый на странице «Ключи доступа»."


def test_expired_key(by_key, methodist, monkeypatch):
    client = by_key(methodist)
    moment = datetime.datetime(2030, 3, 1, 0, 0, tzinfo=datetime.UTC)
    AccessKey.objects.update(expires_at=moment)
    monkeypatch.setattr(timezone, "now", lambda: moment - datetime.timedelta(seconds=1))
    assert client.get(ORGANIZATIONS).status_code == 200
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert told(client.get(ORGANIZATIONS))[2] == "Срок ключа истёк 01.03.2030\u00a011:00. Создайте новый."


@pytest.mark.parametrize("name", ["token", "key", "api_key", "access_token", "Authorization", "KEY"])
def test_key_in_the_address(name, by_key, methodist):
    """Refused also where the header is right: the address has already been written to somebody's log."""
    client = by_key(methodist)
    for caller in (client, Client()):
        status, code, message = told(caller.get(ORGANIZATIONS, {name: client.token}))
        assert (status, code) == (400, "bad_request")
        assert message.startswith("Ключ в адресе не принимается")
        assert client.token not in message


def test_answers_are_kept_nowhere(by_key, methodist):
    for client in (by_key(methodist), Client()):
        assert client.get(ORGANIZATIONS)["Cache-Control"] == "private, no-store"


# --- parameters ---

LIMITS = {
    "0": "Не меньше 1.",
    "-1": "Не меньше 1.",
    "1001": "Не больше 1000.",
    "10000": "Не больше 1000.",
    "9" * 40: "Не больше 1000.",
    "abc": "Нужно целое число.",
    "": "Нужно целое число.",
    "1.5": "Нужно целое число.",
    "NaN": "Нужно целое число.",
    "\x00": "Нужно целое число.",
}


@pytest.mark.parametrize("limit", LIMITS)
def test_limit(limit, by_key, methodist):
    answer = by_key(methodist).get(ORGANIZATIONS, {"limit": limit})
    assert told(answer) == (422, "invalid", "Запрос не понят: проверьте параметры.")
    assert faults(answer) == {"limit": LIMITS[limit]}


def test_parameter_that_is_not_there(by_key, methodist):
    """A slip of the pen must not widen a list in silence."""
    answer = by_key(methodist).get("/api/v1/responses", {"campain": "1"})
    assert answer.status_code == 422
    assert faults(answer) == {"campain": "Нет такого."}


def test_state_that_is_not_there(by_key, methodist):
    answer = by_key(methodist).get("/api/v1/campaigns", {"state": "open", "form": "0"})
    assert faults(answer) == {"state": "Одно из: draft, running, closed.", "form": "Не меньше 1."}


@pytest.mark.parametrize("number", [10**12, 10**18, 10**40])
@pytest.mark.parametrize(
    "path", ["organizations/{}", "forms/{}", "versions/{}", "campaigns/{}/figures", "responses/{}/cells"]
)
def test_unknown_number(path, number, by_key, methodist):
    answer = by_key(methodist).get("/api/v1/" + path.format(number))
    assert told(answer) == (404, "not_found", "Такой записи нет.")


@pytest.mark.parametrize(
    "path", ["", "v1", "v1/", "v1/teachers", "v1/responses/", "v1/responses/x", "v2/forms"]
)
def test_unknown_address(path, by_key, methodist):
    assert told(by_key(methodist).get(f"/api/{path}"))[:2] == (404, "not_found")


def test_unknown_group_of_a_summary(by_key, methodist, collecting):
    answer = by_key(methodist).get(f"/api/v1/campaigns/{collecting.pk}/figures", {"group": "kind:castle"})
    assert answer.status_code == 422
    assert faults(answer) == {"group": "Такой группы в своде нет."}


# --- cursors ---

BAD_CURSOR = "Курсор не подходит: берите next_cursor из предыдущего ответа и не меняйте остальные параметры."


@pytest.fixture
def first_page(by_key, methodist):
    """A client and the cursor of the second page of three organisations."""
    OrganizationFactory.create_batch(3)
    client = by_key(methodist)
    return client, client.get(ORGANIZATIONS, {"limit": 2}).json()["next_cursor"]


@pytest.mark.parametrize("cursor", ["x", "1", "null", "W10", "a:b:c", "я" * 100, "\x00", "=" * 400])
def test_malformed_cursor(cursor, by_key, methodist):
    answer = by_key(methodist).get(ORGANIZATIONS, {"cursor": cursor})
    assert told(answer) == (400, "bad_request", BAD_CURSOR)


def test_altered_cursor(first_page):
    client, cursor = first_page
    altered = ("A" if cursor[0] != "A" else "B") + cursor[1:]
    assert told(client.get(ORGANIZATIONS, {"cursor": altered}))[0] == 400


def test_cursor_of_another_list_or_other_filters(first_page):
    client, cursor = first_page
    assert told(client.get("/api/v1/forms", {"cursor": cursor}))[0] == 400
    assert told(client.get("/api/v1/responses", {"cursor": cursor, "state": "draft"}))[0] == 400


def test_other_limit_with_the_same_cursor(first_page):
    client, cursor = first_page
    assert len(client.get(ORGANIZATIONS, {"cursor": cursor, "limit": 1}).json()["items"]) == 1


def test_very_long_cursor(by_key, methodist):
    answer = by_key(methodist).get(ORGANIZATIONS, {"cursor": "x" * 501})
    assert faults(answer) == {"cursor": "Не длиннее 500 знаков."}


# --- too many calls, no database, roles ---


def test_too_many_calls(by_key, methodist, head, settings, monkeypatch):
    """Two a minute by one key; another key and the next minute count anew."""
    settings.API_CALLS_PER_MINUTE = 2
    client, other = by_key(methodist), by_key(head)
    moment = timezone.now().replace(second=10)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert [client.get(ORGANIZATIONS).status_code for _ in range(3)] == [200, 200, 429]
    answer = client.get(ORGANIZATIONS)
    assert told(answer) == (429, "too_many_requests", "Слишком много запросов. Повторите позже.")
    assert answer["Retry-After"] == "50"
    assert other.get(ORGANIZATIONS).status_code == 200
    later = moment + datetime.timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert client.get(ORGANIZATIONS).status_code == 200


def test_database_is_away(by_key, methodist, monkeypatch):
    client = by_key(methodist)

    def away(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr("apps.api.endpoints.organizations.rows", away)
    answer = client.get(ORGANIZATIONS)
    assert told(answer) == (
        503,
        "unavailable",
        "Портал временно недоступен. Повторите через несколько секунд.",
    )
    assert answer["Retry-After"] == "10"


def test_refusal_is_journalled_for_the_owner_of_the_key(by_key, responsible_a):
    client = by_key(responsible_a)
    answer = client.get("/api/v1/forms")
    assert told(answer) == (403, "forbidden", "У вашей роли нет права на это действие.")
    line = JournalRecord.objects.get(verb="denied")
    assert (line.user, line.subject_title) == (responsible_a, "/api/v1/forms")


def test_school_is_told_where_its_responses_are(by_key, responsible_a, school_a, methodist, small):
    campaign = CampaignFactory(version=small, created_by=methodist)
    campaign.responses.create(organization=school_a)
    answer = by_key(responsible_a).get(f"/api/v1/campaigns/{campaign.pk}")
    assert told(answer) == (
        403,
        "forbidden",
        "Мониторинги целиком — для департамента. Ваши отчёты — в responses.",
    )
