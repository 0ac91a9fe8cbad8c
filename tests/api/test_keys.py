"""Giving out and revoking keys, and that a key is never more than its owner today."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from apps.accounts.models import RoleGrant, User
from apps.api.actions import make_key, revoke_key
from apps.api.models import AccessKey
from apps.core.access import Conflict, Refused
from apps.core.magadan import MAGADAN
from apps.core.models import JournalRecord
from apps.core.roles import Role
from tests.factories import RoleGrantFactory

PASSWORD = "Пароль-для-тестов-1"
RESPONSES = "/api/v1/responses"
FORM = {"name": "Excel", "scope": "", "days": "30", "password": PASSWORD}


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


# --- giving out ---


def test_only_the_hash_is_kept(methodist):
    key, token = make_key(by=methodist, name="Excel", days=30)
    assert token.startswith("imo_") and len(token) == 47
    kept = AccessKey.objects.filter(pk=key.pk).values()[0]
    assert len(kept["token_hash"]) == 64
    assert token not in str(kept)
    assert token[4:] not in str(kept)


def test_term_counts_from_now(methodist):
    key, _ = make_key(by=methodist, name="Excel", days=30)
    assert abs(key.expires_at - timezone.now() - datetime.timedelta(days=30)) < datetime.timedelta(minutes=1)


@pytest.mark.parametrize("days", [0, -1, 367, 10**9])
def test_term_within_a_year(days, methodist):
    with pytest.raises(Conflict, match="от 1 до 366 дней"):
        make_key(by=methodist, name="Excel", days=days)


def test_nobody_gets_no_key(nobody):
    with pytest.raises(Refused):
        make_key(by=nobody, name="Excel", days=30)


def test_narrowing_to_a_right_one_has_not(methodist, responsible_a, school_b):
    with pytest.raises(Conflict, match="Этого права у вас сегодня нет"):
        make_key(by=methodist, name="Excel", days=30, role=Role.HEAD)
    with pytest.raises(Conflict, match="Этого права у вас сегодня нет"):
        make_key(by=responsible_a, name="Excel", days=30, role=Role.REPRESENTATIVE, organization=school_b)
    assert not AccessKey.objects.exists()


def test_twenty_keys_are_enough(methodist):
    made = [make_key(by=methodist, name=f"Ключ {n}", days=30)[0] for n in range(20)]
    with pytest.raises(Conflict, match="Действующих ключей уже 20"):
        make_key(by=methodist, name="Ещё один", days=30)
    revoke_key(key=made[0], by=methodist)
    make_key(by=methodist, name="Ещё один", days=30)


def test_giving_out_and_revoking_are_journalled(methodist, administrator):
    key, _ = make_key(by=methodist, name="Excel", days=30)
    revoke_key(key=key, by=administrator)
    revoke_key(key=key, by=administrator)
    lines = JournalRecord.objects.order_by("pk").values_list(
        "user__username", "verb", "subject_title", "note"
    )
    assert list(lines) == [
        ("methodist", "created", "Excel", "все права владельца"),
        ("admin", "revoked", "Excel", ""),
    ]


def test_another_can_not_revoke(methodist, head):
    key, _ = make_key(by=methodist, name="Excel", days=30)
    with pytest.raises(Refused):
        revoke_key(key=key, by=head)


# --- the page ---


def test_key_is_shown_once(signed_in, methodist):
    client = signed_in(methodist)
    answer = client.post("/account/keys/", FORM)
    token = answer.context["token"]
    assert answer.status_code == 200
    assert token in answer.text
    assert answer["Cache-Control"] == "private, no-store"
    assert token not in client.get("/account/keys/").text
    assert Client(headers={"Authorization": f"Bearer {token}"}).get(RESPONSES).status_code == 200


def test_key_asks_for_the_password(signed_in, methodist):
    answer = signed_in(methodist).post("/account/keys/", FORM | {"password": "не тот"})
    assert answer.status_code == 422
    assert "Пароль указан неверно." in answer.text
    assert not AccessKey.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "я" * 101}, {"days": "0"}, {"days": "366"}, {"days": "NaN"}, {"scope": "head:"}],
)
def test_wrong_fields(wrong, signed_in, methodist):
    assert signed_in(methodist).post("/account/keys/", FORM | wrong).status_code == 422
    assert not AccessKey.objects.exists()


def test_scope_is_chosen_among_own_rights(signed_in, responsible_a, school_a):
    signed_in(responsible_a).post("/account/keys/", FORM | {"scope": f"representative:{school_a.pk}"})
    key = AccessKey.objects.get()
    assert (key.role, key.organization) == ("representative", school_a)
    assert key.scope_title == "ответственный от организации, Школа А"


def test_revoking_one_s_own(signed_in, methodist, head):
    own, _ = make_key(by=methodist, name="Свой", days=30)
    theirs, _ = make_key(by=head, name="Чужой", days=30)
    client = signed_in(methodist)
    assert client.post(f"/account/keys/{own.pk}/revoke/").status_code == 302
    assert client.post(f"/account/keys/{theirs.pk}/revoke/").status_code == 404
    assert list(AccessKey.objects.working()) == [theirs]


def test_account_page_leads_to_the_keys(signed_in, methodist, by_key):
    by_key(methodist)
    page = signed_in(methodist).get("/account/").text
    assert "Действует 1\u00a0ключ." in page
    assert 'href="/account/keys/"' in page


def test_administrator_revokes_in_the_admin(signed_in, administrator, methodist, by_key):
    caller = by_key(methodist)
    signed_in(administrator).post(
        "/admin/api/accesskey/", {"action": "revoke", "_selected_action": [caller.key.pk]}
    )
    assert caller.get(RESPONSES).status_code == 401
    assert AccessKey.objects.get().revoked_by == administrator


def test_admin_shows_no_hash(signed_in, administrator, methodist, by_key):
    caller = by_key(methodist)
    page = signed_in(administrator).get(f"/admin/api/accesskey/{caller.key.pk}/change/").text
    assert caller.key.token_hash not in page


# --- never more than the owner today ---


def test_last_use_is_kept_once_a_minute(by_key, methodist):
    client = by_key(methodist)
    client.get(RESPONSES)
    used = AccessKey.objects.get().last_used_at
    assert abs(used - timezone.now()) < datetime.timedelta(minutes=1)
    client.get(RESPONSES)
    assert AccessKey.objects.get().last_used_at == used
    assert [event.pgh_label for event in client.key.events.all()] == ["insert"]  # no event of the use


def test_ended_grant_ends_the_key(by_key, responsible_a, school_a):
    client = by_key(responsible_a)
    assert client.get(RESPONSES).status_code == 200
    RoleGrant.objects.filter(user=responsible_a).update(ends_on=timezone.localdate() - datetime.timedelta(1))
    answer = client.get(RESPONSES)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


def test_acting_head_reads_for_the_days_of_the_order(by_key, responsible_a, monkeypatch):
    """The key itself stays; on the day after the order it is the key of a representative again."""
    client = by_key(responsible_a)
    RoleGrantFactory(
        user=responsible_a,
        role=Role.HEAD,
        is_acting=True,
        starts_on=datetime.date(2099, 6, 1),
        ends_on=datetime.date(2099, 6, 5),
        order_number="1",
    )
    AccessKey.objects.update(expires_at=datetime.datetime(2100, 1, 1, tzinfo=MAGADAN))
    for moment, status in (
        (datetime.datetime(2099, 5, 31, 23, 59, 59, tzinfo=MAGADAN), 403),
        (datetime.datetime(2099, 6, 1, 0, 0, 0, tzinfo=MAGADAN), 200),
        (datetime.datetime(2099, 6, 5, 23, 59, 59, tzinfo=MAGADAN), 200),
        (datetime.datetime(2099, 6, 6, 0, 0, 0, tzinfo=MAGADAN), 403),
    ):
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        assert client.get("/api/v1/campaigns").status_code == status, moment


def test_narrowed_key_sees_less(by_key, responsible_a, school_a, school_b, methodist):
    """A user who is a methodist and answers for a school: each key sees what its role does."""
    RoleGrantFactory(user=methodist, role=Role.REPRESENTATIVE, organization=school_a)
    user = fresh(methodist)
    whole, narrow = by_key(user), by_key(user, role=Role.REPRESENTATIVE, organization=school_a)
    assert whole.get("/api/v1/organizations").json()["items"][0]["short_name"] == "Школа А"
    assert len(whole.get("/api/v1/organizations").json()["items"]) == 2
    assert [one["short_name"] for one in narrow.get("/api/v1/organizations").json()["items"]] == ["Школа А"]
    assert (whole.get("/api/v1/forms").status_code, narrow.get("/api/v1/forms").status_code) == (200, 403)


def test_narrowed_key_dies_with_its_right_alone(by_key, school_a, methodist):
    grant = RoleGrantFactory(user=methodist, role=Role.REPRESENTATIVE, organization=school_a)
    narrow = by_key(fresh(methodist), role=Role.REPRESENTATIVE)
    grant.delete()
    assert narrow.get("/api/v1/organizations").status_code == 403


def test_closed_account_and_demo_in_production(by_key, methodist, settings):
    client = by_key(methodist)
    User.objects.filter(pk=methodist.pk).update(is_demo=True)
    assert client.get(RESPONSES).status_code == 200
    settings.PRODUCTION = True
    assert client.get(RESPONSES).status_code == 401
    settings.PRODUCTION = False
    User.objects.filter(pk=methodist.pk).update(is_active=False)
    assert client.get(RESPONSES).json()["message"] == "Учётная запись владельца ключа закрыта."


def test_key_wins_over_the_session(by_key, responsible_a, methodist):
    client = by_key(responsible_a)
    client.force_login(methodist)
    assert client.get("/api/v1/forms").status_code == 403
