import io

import pytest
from python_calamine import CalamineWorkbook

from apps.core.models import JournalRecord
from apps.papers.enums import PaperState
from apps.papers.models import Paper
from tests.papers.conftest import DAY, issue_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("papers_without_layout")]

ROW_PAGES = ["", "file/", "revoke/", "registration/"]


@pytest.mark.parametrize("path", ROW_PAGES)
def test_nobody_anonymous_comes_in(client, paper, path):
    response = client.get(f"/papers/{paper.pk}/{path}")
    assert response.status_code == 302
    assert response["Location"].startswith("/login/")


@pytest.mark.parametrize("path", ROW_PAGES)
@pytest.mark.parametrize("who", ["responsible_a", "nobody"])
def test_for_outsiders_a_paper_is_not_there(signed_in, paper, request, who, path):
    client = signed_in(request.getfixturevalue(who))
    assert client.get(f"/papers/{paper.pk}/{path}").status_code == 404
    assert client.post(f"/papers/{paper.pk}/{path}", {"reason": "x"}).status_code in (404, 405)
    paper.refresh_from_db()
    assert paper.state == PaperState.VALID


def test_the_register_is_refused_to_outsiders(signed_in, paper, responsible_a):
    assert signed_in(responsible_a).get("/papers/").status_code == 403


@pytest.mark.parametrize("who", ["head", "methodist", "assistant", "director"])
def test_the_department_reads_the_register_card_and_file(signed_in, paper, request, who):
    client = signed_in(request.getfixturevalue(who))
    assert "МО-2026-0001" in client.get("/papers/").content.decode()
    assert paper.code in client.get(f"/papers/{paper.pk}/").content.decode()
    response = client.get(f"/papers/{paper.pk}/file/")
    assert b"".join(response.streaming_content).startswith(b"%PDF-")


def test_the_file_is_an_attachment_and_reading_it_is_journalled(signed_in, paper, methodist):
    response = signed_in(methodist).get(f"/papers/{paper.pk}/file/")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    b"".join(response.streaming_content)
    assert JournalRecord.objects.get(verb="downloaded").subject_id == str(paper.pk)


def test_search_filters_and_order(signed_in, department, head):
    issue_paper(head, title="О кружках")
    issue_paper(head, title="О библиотеках", on=DAY.replace(year=2025))
    client = signed_in(head)

    def numbers(query):
        return [paper.number for paper in client.get(f"/papers/{query}").context["objects"]]

    assert numbers("") == ["МО-2026-0001", "МО-2025-0001"]
    assert numbers("?q=БИБЛИОТЕК") == ["МО-2025-0001"]
    assert numbers("?year=2026") == ["МО-2026-0001"]
    assert numbers("?state=revoked") == []
    assert numbers("?sort=title") == ["МО-2025-0001", "МО-2026-0001"]
    assert numbers(
        f"?signatory={Paper.objects.first().signatory_name}&kind=monitoring_report&sort=number"
    ) == [
        "МО-2025-0001",
        "МО-2026-0001",
    ]


def test_the_register_leaves_as_xlsx_with_texts_as_texts(signed_in, department, head):
    issue_paper(head, title="=1+1")
    content = b"".join(signed_in(head).get("/papers/?format=xlsx").streaming_content)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    flat = [cell for row in rows for cell in row]
    assert "=1+1" in flat
    assert "МО-2026-0001" in flat


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_a_fixed_number_of_queries(
    signed_in, department, head, count, django_assert_max_num_queries
):
    for _ in range(count):
        issue_paper(head)
    client = signed_in(head)
    client.get("/papers/")
    with django_assert_max_num_queries(14):
        client.get("/papers/")


def test_the_head_revokes_with_a_reason(signed_in, paper, head):
    response = signed_in(head).post(f"/papers/{paper.pk}/revoke/", {"reason": "Ошибка в таблице"})
    assert (response.status_code, response["Location"]) == (302, f"/papers/{paper.pk}/")
    paper.refresh_from_db()
    assert (paper.state, paper.revocation_reason) == ("revoked", "Ошибка в таблице")


def test_without_a_reason_the_form_comes_back(signed_in, paper, head):
    response = signed_in(head).post(f"/papers/{paper.pk}/revoke/", {"reason": "  "})
    assert response.status_code == 422
    paper.refresh_from_db()
    assert paper.state == "valid"


@pytest.mark.parametrize("who", ["methodist", "assistant", "director"])
def test_others_of_the_department_revoke_nothing(signed_in, paper, request, who):
    client = signed_in(request.getfixturevalue(who))
    assert client.get(f"/papers/{paper.pk}/revoke/").status_code == 403
    assert client.post(f"/papers/{paper.pk}/revoke/", {"reason": "x"}).status_code == 403
    paper.refresh_from_db()
    assert paper.state == "valid"


def test_a_revoked_paper_is_revoked_no_more(signed_in, paper, head):
    client = signed_in(head)
    client.post(f"/papers/{paper.pk}/revoke/", {"reason": "Первая"})
    assert client.post(f"/papers/{paper.pk}/revoke/", {"reason": "Вторая"}).status_code == 403
    paper.refresh_from_db()
    assert paper.revocation_reason == "Первая"


def test_the_card_of_a_revoked_paper_says_why(signed_in, paper, head):
    client = signed_in(head)
    client.post(f"/papers/{paper.pk}/revoke/", {"reason": "Ошибка в таблице"})
    html = client.get(f"/papers/{paper.pk}/").content.decode()
    assert "Документ отозван." in html
    assert "Ошибка в таблице" in html
    assert f"/papers/{paper.pk}/revoke/" not in html


def test_a_methodist_enters_the_departments_number(signed_in, paper, methodist):
    typed = {"department_number": "01-15/77", "department_date": "2026-03-12"}
    response = signed_in(methodist).post(f"/papers/{paper.pk}/registration/", typed)
    assert response.status_code == 302
    paper.refresh_from_db()
    assert (paper.department_number, str(paper.department_date)) == ("01-15/77", "2026-03-12")


@pytest.mark.parametrize(
    "typed",
    [
        {"department_number": "01-15/77", "department_date": ""},
        {"department_number": "", "department_date": "2026-03-12"},
        {"department_number": "01-15/77", "department_date": "2026-03-09"},  # before the paper was issued
        {"department_number": "01-15/77", "department_date": "2126-03-12"},
        {"department_number": "01-15/77", "department_date": "2026-02-31"},
        {"department_number": "9" * 51, "department_date": "2026-03-12"},
        {"department_number": "а\x00б", "department_date": "2026-03-12"},
    ],
)
def test_a_wrong_registration_comes_back_with_what_was_typed(signed_in, paper, methodist, typed):
    response = signed_in(methodist).post(f"/papers/{paper.pk}/registration/", typed)
    assert response.status_code == 422
    paper.refresh_from_db()
    assert (paper.department_number, paper.department_date) == ("", None)


def test_the_assistant_enters_no_number(signed_in, paper, assistant):
    assert signed_in(assistant).get(f"/papers/{paper.pk}/registration/").status_code == 403


@pytest.mark.parametrize("who", ["head", "methodist", "director", "administrator"])
def test_the_admin_changes_nothing(signed_in, paper, request, who):
    client = signed_in(request.getfixturevalue(who))
    url = f"/admin/papers/paper/{paper.pk}"
    client.post(f"{url}/change/", {"state": "revoked", "number": "МО-2026-9999", "_save": "1"})
    client.post(f"{url}/delete/", {"post": "yes"})
    client.post("/admin/papers/paper/add/", {"number": "МО-2026-9999", "_save": "1"})
    client.post("/admin/papers/numbersequence/add/", {"register": "МО", "year": 2030, "last": 5})
    paper.refresh_from_db()
    assert (paper.state, paper.number) == ("valid", "МО-2026-0001")
    assert Paper.objects.count() == 1


def test_a_paper_is_found_by_number_and_code_by_those_who_may(paper, head, responsible_a):
    from apps.papers.search import search_papers

    assert [hit.url for hit in search_papers(head, "2026-0001", 5)] == [f"/papers/{paper.pk}/"]
    assert [hit.url for hit in search_papers(head, paper.code.lower(), 5)] == [f"/papers/{paper.pk}/"]
    assert search_papers(responsible_a, "2026-0001", 5) == []
