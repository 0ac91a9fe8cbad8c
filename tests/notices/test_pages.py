"""Own notices, the log of letters, the choice of frequency, the admin."""

import pytest

from apps.notices.actions import notify
from apps.notices.models import Delivery, Notice
from tests.factories import UserFactory


@pytest.fixture
def notice(responsible_a, methodist) -> Notice:
    notify(
        recipients=[responsible_a],
        kind="test",
        title="Вернули <b>отчёт</b>",
        text="Проверьте строку 1",
        url="/account/",
        by=methodist,
    )
    return Notice.objects.get()


@pytest.fixture
def failed(notice) -> Delivery:
    Delivery.objects.update(state="failed", attempts=5, error="нет сервера")
    return Delivery.objects.get()


def test_own_notices(signed_in, responsible_a, notice):
    page = signed_in(responsible_a).get("/notices/").content.decode()

    assert "Вернули &lt;b&gt;отчёт&lt;/b&gt;" in page
    assert "новое" in page


def test_unread_come_first(signed_in, responsible_a, notice):
    notify(recipients=[responsible_a], kind="test", title="Второе, прочитанное")
    client = signed_in(responsible_a)
    client.post(f"/notices/{Notice.objects.get(title__startswith='Второе').pk}/read/")

    page = client.get("/notices/").content.decode()

    assert page.index("Вернули") < page.index("Второе")


def test_read_ones_go_by_their_own_time(signed_in, responsible_a, notice):
    notify(recipients=[responsible_a], kind="test", title="Второе")
    client = signed_in(responsible_a)
    for title in ("Второе", "Вернули"):  # the older one is read last
        client.post(f"/notices/{Notice.objects.get(title__startswith=title).pk}/read/")

    page = client.get("/notices/").content.decode()

    assert page.index("Второе") < page.index("Вернули")


def test_opening_marks_read_and_leads_on(signed_in, responsible_a, notice):
    response = signed_in(responsible_a).get(f"/notices/{notice.pk}/")

    assert response.url == "/account/"
    notice.refresh_from_db()
    assert notice.read_at is not None


@pytest.mark.parametrize("url", ["https://else.example/", "//else.example/", ""])
def test_opening_leads_nowhere_else(signed_in, responsible_a, notice, url):
    Notice.objects.update(url=url)

    assert signed_in(responsible_a).get(f"/notices/{notice.pk}/").url == "/notices/"


@pytest.mark.parametrize("user", ["responsible_b", "methodist", "administrator", "head"])
def test_foreign_notice_is_not_there(request, signed_in, notice, user):
    client = signed_in(request.getfixturevalue(user))

    assert client.get(f"/notices/{notice.pk}/").status_code == 404
    assert client.post(f"/notices/{notice.pk}/read/").status_code == 404
    assert "Вернули" not in client.get("/notices/").content.decode()
    notice.refresh_from_db()
    assert notice.read_at is None


def test_all_read(signed_in, responsible_a, responsible_b, notice):
    notify(recipients=[responsible_b], kind="test", title="Чужое")

    assert signed_in(responsible_a).post("/notices/read/").url == "/notices/"

    assert Notice.objects.unread().get().recipient == responsible_b


def test_marking_needs_a_post(signed_in, responsible_a, notice):
    client = signed_in(responsible_a)

    assert client.get("/notices/read/").status_code == 405
    assert client.get(f"/notices/{notice.pk}/read/").status_code == 405


def test_header_counts_the_unread(signed_in, responsible_a, notice):
    client = signed_in(responsible_a)

    assert 'aria-label="Уведомления: 1"' in client.get("/account/").content.decode()
    client.get(f"/notices/{notice.pk}/")
    assert 'aria-label="Уведомления: 0"' in client.get("/account/").content.decode()


def test_frequency_is_chosen_on_the_account_page(signed_in, responsible_a):
    client = signed_in(responsible_a)
    assert 'value="at_once"' in client.get("/account/").content.decode()

    assert client.post("/notices/frequency/", {"frequency": "daily"}).url == "/account/"

    assert responsible_a.notice_preference.frequency == "daily"
    client.post("/notices/frequency/", {"frequency": "hourly"})
    responsible_a.notice_preference.refresh_from_db()
    assert responsible_a.notice_preference.frequency == "daily"


@pytest.mark.parametrize("user", ["head", "methodist", "administrator"])
def test_log(request, signed_in, failed, user):
    client = signed_in(request.getfixturevalue(user))

    page = client.get("/notices/log/?state=failed&q=вернули").content.decode()
    assert "school-a@imo.example" in page
    assert "нет сервера" in client.get(f"/notices/log/{failed.pk}/").content.decode()
    assert "school-a@imo.example" not in client.get("/notices/log/?state=sent").content.decode()
    export = client.get("/notices/log/?format=xlsx")
    assert b"".join(export.streaming_content).startswith(b"PK")
    assert client.get("/notices/log/?since=31.02.2026x").status_code == 422


@pytest.mark.parametrize("user", ["director", "assistant", "responsible_a", "nobody"])
def test_log_is_not_for_others(request, signed_in, failed, user):
    client = signed_in(request.getfixturevalue(user))

    assert client.get("/notices/log/").status_code == 403
    assert client.get("/notices/log/?format=xlsx").status_code == 403
    assert client.get(f"/notices/log/{failed.pk}/").status_code == 404
    assert client.post(f"/notices/log/{failed.pk}/resend/").status_code == 404
    failed.refresh_from_db()
    assert failed.state == "failed"


def test_resending(signed_in, methodist, failed):
    client = signed_in(methodist)
    assert "Отправить снова" in client.get(f"/notices/log/{failed.pk}/").content.decode()

    client.post(f"/notices/log/{failed.pk}/resend/")

    failed.refresh_from_db()
    assert failed.state == "waiting"
    page = client.post(f"/notices/log/{failed.pk}/resend/", follow=True).content.decode()
    assert "Повторить можно только письмо" in page


@pytest.mark.parametrize("count", [1, 3])
def test_fixed_number_of_queries(signed_in, methodist, django_assert_max_num_queries, count):
    notify(recipients=[methodist, *UserFactory.create_batch(count)], kind="test", title="Проверка")
    client = signed_in(methodist)

    for path in ("/notices/", "/notices/log/"):
        with django_assert_max_num_queries(12):
            assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/notices/", "/notices/log/", "/notices/1/", "/notices/log/1/"])
def test_anonymous_signs_in_first(client, db, path):
    assert client.get(path).url == f"/login/?next={path}"


def test_admin_shows_own_notices_only(signed_in, administrator, notice):
    client = signed_in(administrator)

    assert "Вернули" not in client.get("/admin/notices/notice/").content.decode()
    assert client.get(f"/admin/notices/notice/{notice.pk}/change/").status_code == 302
    assert client.get("/admin/notices/delivery/?q=school").status_code == 200
    assert client.get("/admin/notices/preference/").status_code == 200


@pytest.mark.parametrize("model", ["notice", "delivery", "preference"])
def test_admin_is_read_only(signed_in, administrator, failed, model):
    client = signed_in(administrator)

    assert client.get(f"/admin/notices/{model}/add/").status_code == 403
    assert client.post(f"/admin/notices/delivery/{failed.pk}/change/", {"state": "sent"}).status_code == 403
    assert client.post(f"/admin/notices/delivery/{failed.pk}/delete/", {"post": "yes"}).status_code == 403
