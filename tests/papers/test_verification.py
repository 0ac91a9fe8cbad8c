import datetime

import pytest

from apps.papers.actions import register_in_department, revoke
from tests.papers.conftest import issue_paper

pytestmark = pytest.mark.django_db


def page(client, code):
    response = client.get(f"/verify/{code}/")
    return response.status_code, response.content.decode()


def test_anybody_sees_that_a_paper_stands(client, paper):
    status, html = page(client, paper.code)
    assert status == 200
    assert "Документ действует." in html
    for told in (
        "МО-2026-0001",
        "10.03.2026",
        "Отчёт о мониторинге библиотечных фондов",
        "Департамент образования мэрии города Примерска",
        "Заведующий информационно-методическим отделом",
        paper.signatory_name,
    ):
        assert told in html


def test_no_session_is_made_and_nothing_is_kept_in_caches(client, paper):
    response = client.get(f"/verify/{paper.code}/")
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]


def test_how_the_code_is_typed_does_not_matter(client, paper):
    for typed in (paper.code.lower(), paper.code.replace("-", ""), paper.code.replace("-", " ")):
        assert page(client, typed)[0] == 200


def test_a_revoked_paper_is_told_to_be_revoked_without_the_reason(client, paper, head):
    revoke(paper=paper, reason="Ошибка Ивановой", by=head)
    status, html = page(client, paper.code)
    assert status == 200
    assert "Документ отозван." in html
    assert "Документ действует." not in html
    assert "Ивановой" not in html
    assert head.last_name not in html.replace(paper.signatory_name, "")


def test_a_revoked_paper_names_the_one_in_its_place(client, department, head, paper):
    type(paper).objects.filter(pk=paper.pk).update(subject_type="x", subject_id="1")
    paper.refresh_from_db()
    revoke(paper=paper, reason="Уточнено", by=head)
    issue_paper(head)
    assert "МО-2026-0002" not in page(client, paper.code)[1]
    type(paper).objects.filter(number="МО-2026-0002").update(subject_type="x", subject_id="1")
    assert "МО-2026-0002" in page(client, paper.code)[1]


def test_the_departments_number_is_shown_once_it_is_entered(client, paper, methodist):
    assert "Регистрация в департаменте" not in page(client, paper.code)[1]
    register_in_department(paper=paper, number="01-15/77", date=datetime.date(2026, 3, 12), by=methodist)
    html = page(client, paper.code)[1]
    assert "01-15/77 от 12.03.2026" in html


@pytest.mark.parametrize(
    "code", ["AAAA-AAAA-AAAA", "нет-такого", "1", "%00", "x" * 3000, "<script>alert(1)</script>"[:9], "{{7}}"]
)
def test_an_unknown_code_is_a_plain_404(client, paper, code):
    status, html = page(client, code)
    assert status == 404
    assert "Такого кода нет в реестре." in html
    assert "<script>alert" not in html


def test_the_form_leads_to_the_page_of_the_code(client, paper):
    response = client.get("/verify/", {"code": paper.code.lower().replace("-", " ")})
    assert response.status_code == 302
    assert response["Location"] == f"/verify/{paper.code}/"


@pytest.mark.parametrize("typed", ["", "АБВ", "x" * 200, "\x00"])
def test_what_can_be_no_code_comes_back_with_the_form(client, typed):
    response = client.get("/verify/", {"code": typed})
    assert response.status_code == 400
    assert 'name="code"' in response.content.decode()


def test_the_form_alone(client):
    response = client.get("/verify/")
    assert response.status_code == 200
    assert not response.cookies


def test_a_page_of_verification_takes_no_post(client, paper):
    assert client.post(f"/verify/{paper.code}/").status_code == 405


def test_pages_of_verification_ask_a_fixed_number_of_queries(client, paper, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        client.get(f"/verify/{paper.code}/")
