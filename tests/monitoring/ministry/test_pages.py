"""A methodist's way from the file to the summary in it, a school's from its own copy to its report."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from apps.core.models import JournalRecord, StoredFile
from apps.monitoring.actions.ministry import save_blank
from apps.monitoring.ministry.outward import places_of
from apps.monitoring.models import ForeignBlank
from tests.core.containers import ole, with_entry, xlsx
from tests.factories import ResponseFactory, form_version
from tests.monitoring.ministry.books import NOTES, QUESTIONS, TABLE, blank_of_library, filled
from tests.monitoring.small import SMALL, campaign_of
from tests.walk.world import put


def file(content: bytes, name: str = "ФОНД.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def fields(page: str) -> dict[str, str]:
    """What the page of places would post as it stands."""
    typed = dict(re.findall(r'name="(p:[^"]+)" value="([^"]*)"', page))
    chosen = dict(re.findall(r'name="(s\d+)">.*?<option selected>([^<]*)<', page))
    return typed | chosen


@pytest.fixture
def editor(signed_in, methodist):
    return signed_in(methodist)


@pytest.fixture
def school(signed_in, responsible_a):
    return signed_in(responsible_a)


def upload(client, version):
    answer = client.post(f"/monitoring/forms/{version.form_id}/blanks/", {"file": file(blank_of_library())})
    assert answer.status_code == 302
    return answer["Location"]


# --- the methodist ---


def test_from_a_file_to_its_places(editor, version):
    page = editor.get(upload(editor, version)).content.decode()
    assert fields(page) == {
        "s1": TABLE, "s2": TABLE, "s3": QUESTIONS,
        "p:1/01/3": "E9", "p:1/01/4": "F9", "p:1/01/5": "G9",
        "p:1/02/3": "E10", "p:1/02/4": "F10", "p:1/02/5": "G10",
        "p:1/03/3": "E11", "p:1/03/4": "F11",
        "p:2/total/2": "",
        "p:wifi": "C2", "p:speed": "C3", "p:topics": "", "p:inn": "", "p:comment": "C4",
    }  # fmt: skip
    assert "Место есть у 11 из 14\u00a0ячеек" in page
    assert ForeignBlank.objects.count() == 0


def test_saved_after_a_correction(editor, version):
    url = upload(editor, version)
    body = fields(editor.get(url).content.decode())
    body |= {"title": "ФОНД-1", "p:1/01/4": "Указания!b7", "p:1/02/4": ""}
    assert editor.post(url, body)["Location"] == f"/monitoring/forms/{version.form_id}/"
    blank = ForeignBlank.objects.get()
    places = places_of(blank)
    assert (blank.title, len(places), str(places["1/01/4"]), "1/02/4" in places) == (
        "ФОНД-1", 10, "Указания!B7", False,
    )  # fmt: skip
    page = editor.get(f"/monitoring/blanks/{blank.pk}/").content.decode()
    assert fields(page)["p:1/01/4"] == "Указания!B7"
    assert "ФОНД-1" in editor.get(f"/monitoring/forms/{version.form_id}/").content.decode()


def test_faults_stand_beside_what_was_typed(editor, version):
    url = upload(editor, version)
    body = fields(editor.get(url).content.decode()) | {"title": "ФОНД", "p:1/01/4": "где-то"}
    answer = editor.post(url, body)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert fields(page)["p:1/01/4"] == "где-то"
    assert "Место пишется как адрес ячейки Excel" in page
    body["p:1/01/4"] = "F10"
    answer = editor.post(url, body)
    assert (answer.status_code, "Место Раздел 1!F10 уже занято" in answer.content.decode()) == (422, True)
    body |= {"p:1/01/4": "", "title": ""}
    answer = editor.post(url, body)
    assert (answer.status_code, "Дайте бланку название" in answer.content.decode()) == (409, True)
    assert not ForeignBlank.objects.exists()


def test_what_a_place_holds_is_told(editor, version):
    """Three totals of the blank are formulas; A9 is the title of a row."""
    url = upload(editor, version)
    page = editor.get(url).content.decode()
    assert "В 3\u00a0местах стоят формулы бланка" in page
    assert "портал их заменит" not in page
    body = fields(page) | {"p:1/01/4": "A9", "p:1/02/4": "не место", "title": "ФОНД"}
    page = editor.post(url, body).content.decode()
    assert "Раздел 1!A9: «Поступило»" in page


def test_an_old_workbook_is_asked_for_as_a_new_one(editor, version):
    answer = editor.post(
        f"/monitoring/forms/{version.form_id}/blanks/",
        {"file": file(b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "Б.xls")},
    )
    assert answer.status_code == 422
    assert not StoredFile.objects.exists()


def test_summary_leaves_in_the_blank(editor, blank, campaign, school_a, methodist):
    put(ResponseFactory(campaign=campaign, organization=school_a), "accepted", methodist)
    page = editor.get(f"/monitoring/campaigns/{campaign.pk}/summary/").content.decode()
    url = f"/monitoring/campaigns/{campaign.pk}/blanks/{blank.pk}/summary.xlsx"
    assert url in page and "Свести в бланк" in page
    answer = editor.get(url)
    book = load_workbook(io.BytesIO(answer.content))
    assert [book[TABLE][at].value for at in ("F9", "G9", "F10")] == [10, 2.5, 6]
    assert book[NOTES]["A1"].value == "Заполняется на 1 января"
    assert "attachment" in answer["Content-Disposition"]
    assert JournalRecord.objects.get(verb="exported").note == "в бланк «ФОНД»"


def test_a_blank_of_another_form_is_not_there(editor, blank, methodist):

    other = campaign_of(form_version(SMALL, methodist), methodist)
    assert editor.get(f"/monitoring/campaigns/{other.pk}/blanks/{blank.pk}/summary.xlsx").status_code == 404


# --- the school ---


def test_the_page_of_a_response_leads_to_the_blank(school, response, blank):
    assert (
        f"/monitoring/responses/{response.pk}/blanks/"
        in school.get(f"/monitoring/responses/{response.pk}/").content.decode()
    )
    page = school.get(f"/monitoring/responses/{response.pk}/blanks/").content.decode()
    assert f"/monitoring/responses/{response.pk}/blanks/{blank.pk}/filled.xlsx" in page
    assert 'type="file"' in page


def test_without_a_blank_nothing_is_offered(school, response):
    assert "blanks" not in school.get(f"/monitoring/responses/{response.pk}/").content.decode()


def test_own_answers_in_the_blank(school, response, blank):
    response.values = {"1/01/4": "10"}
    response.save()
    answer = school.get(f"/monitoring/responses/{response.pk}/blanks/{blank.pk}/filled.xlsx")
    assert load_workbook(io.BytesIO(answer.content))[TABLE]["F9"].value == 10


def send(client, response, content: bytes):
    return client.post(f"/monitoring/responses/{response.pk}/blanks/", {"file": file(content)})


def test_own_copy_is_looked_at_and_confirmed_by_one_press(school, response, blank):
    response.values = {"1/02/4": "5"}
    response.save()
    answer = send(school, response, filled({"F9": 10, "G9": "1 234,5", "F10": "6", "F11": "шесть"}))
    assert answer.status_code == 302
    page = school.get(answer["Location"]).content.decode()
    for words in ("Раздел 1!F9", "1\u00a0234,5", "Раздел 1!F11", "а введено «шесть»"):
        assert words in page
    response.refresh_from_db()
    assert response.values == {"1/02/4": "5"}
    digest = re.search(r'name="digest" value="(\w+)"', page)[1]
    assert school.post(answer["Location"], {"digest": digest})["Location"] == (
        f"/monitoring/responses/{response.pk}/"
    )
    response.refresh_from_db()
    assert {at: response.values[at] for at in ("1/01/4", "1/01/5", "1/02/4")} == {
        "1/01/4": "10", "1/01/5": "1234.5", "1/02/4": "6",
    }  # fmt: skip


def test_what_was_seen_is_what_is_written(school, response, blank):
    """Somebody types into one of the cells while the page is open."""
    url = send(school, response, filled({"F9": 10}))["Location"]
    digest = re.search(r'name="digest" value="(\w+)"', school.get(url).content.decode())[1]
    response.values = {"1/01/4": "8"}
    response.save()
    answer = school.post(url, {"digest": digest})
    assert (answer.status_code, "отчёт изменился" in answer.content.decode()) == (409, True)
    response.refresh_from_db()
    assert response.values == {"1/01/4": "8"}


def test_the_same_copy_again_changes_nothing(school, response, blank):
    content = filled({"F9": 10})
    url = send(school, response, content)["Location"]
    digest = re.search(r'name="digest" value="(\w+)"', school.get(url).content.decode())[1]
    school.post(url, {"digest": digest})
    page = school.get(send(school, response, content)["Location"]).content.decode()
    assert "нет ничего, что изменило бы отчёт" in page
    assert response.changes.count() == 1


def test_another_book_is_told_at_once(school, response, blank):
    answer = send(school, response, xlsx([["Список", 1]]))
    assert (answer.status_code, "Это не тот бланк" in answer.content.decode()) == (422, True)
    assert StoredFile.objects.count() == 1  # the blank's own


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (lambda: b"", "Отправленный файл пуст."),
        (lambda: filled({"F9": 10})[:-30], "Файл повреждён: он обрывается на середине."),
        (lambda: with_entry(filled({"F9": 10}), "xl/vbaProject.bin", b"x"), "Файл содержит макросы."),
        (lambda: ole("Root Entry", "EncryptedPackage"), "Файл защищён паролем."),
        (lambda: with_entry(filled({}), "xl/a.xml", b" " * 250 * 1024 * 1024), "После распаковки"),
        (lambda: with_entry(filled({}), "xl/a.xml", "<!DOCTYPE a><a/>"), "недопустимые объявления XML"),
        (lambda: xlsx([[n] for n in range(100_000)], TABLE), "На листе «Раздел 1» больше 5\u00a0000"),
        (lambda: "код;10".encode(), "Это не тот бланк"),
    ],
)
def test_hostile_own_copies_are_refused_and_write_nothing(school, response, blank, content, told):
    answer = send(school, response, content())
    assert answer.status_code == 422
    assert told in " ".join(answer.context["form"].errors["file"])
    assert (StoredFile.objects.count(), response.changes.count()) == (1, 0)


def test_a_closed_report_takes_nothing(school, response, blank):
    put(response, "submitted", response.campaign.created_by)
    answer = send(school, response, filled({"F9": 10}))
    assert (answer.status_code, "изменить его нельзя" in answer.content.decode()) == (422, True)


def test_a_stranger_finds_nothing(signed_in, responsible_b, response, blank):
    stranger = signed_in(responsible_b)
    for path in ("", f"{blank.pk}/filled.xlsx"):
        assert stranger.get(f"/monitoring/responses/{response.pk}/blanks/{path}").status_code == 404
    assert stranger.get(f"/monitoring/blanks/{blank.pk}/original.xlsx").status_code == 404


def test_of_several_blanks_one_is_chosen(school, response, blank, methodist):
    second = save_blank(
        form=blank.form, title="Другой", places=places_of(blank), file=blank.file, by=methodist
    )
    assert send(school, response, filled({"F9": 10})).status_code == 422
    answer = school.post(
        f"/monitoring/responses/{response.pk}/blanks/", {"file": file(filled({"F9": 10})), "blank": second.pk}
    )
    assert f"/blanks/{second.pk}/" in answer["Location"]
