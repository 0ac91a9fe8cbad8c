"""The library of elements: defined once, put into forms, renewed in their drafts."""

import pytest
from django.core.exceptions import ValidationError

from apps.core.access import Conflict, Refused
from apps.monitoring.actions.designing import create_form, edit_draft, undo
from apps.monitoring.actions.forms import publish
from apps.monitoring.actions.library import change_element, create_element, element_of, renew_draft
from apps.monitoring.asked import asked_already
from apps.monitoring.designer import Misplaced
from apps.monitoring.library import uses
from apps.monitoring.models import DataElement, FormVersion

pytestmark = pytest.mark.django_db
ROWS = "sections.0.items.0.rows"


@pytest.fixture
def books(methodist):
    return create_element(
        by=methodist, code="books", title="Книг в фонде", unit="единица", help="По инвентарной книге."
    )


def form_with_table(methodist, code: str, title: str) -> FormVersion:
    """A draft of one table of one row and one column."""
    draft = create_form(code=code, title=title, by=methodist)
    return edited(draft, methodist, {"op": "add", "path": "sections.0.items", "kind": "table"})


def edited(draft, by, command) -> FormVersion:
    return edit_draft(version_id=draft.pk, command=command, revision=draft.revision, by=by).version


def taken(draft, by, code: str = "books", path: str = ROWS, kind: str = "row") -> FormVersion:
    return edited(draft, by, {"op": "add", "path": path, "kind": kind, "element": code})


@pytest.fixture
def draft(methodist):
    return form_with_table(methodist, "library", "Библиотека")


def rows_of(version) -> list[dict]:
    return version.definition["sections"][0]["items"][0]["rows"]


def test_an_element_becomes_a_row_with_its_type_and_unit(draft, books, methodist):
    assert rows_of(taken(draft, methodist))[1] == {
        "code": "02",
        "title": "Книг в фонде",
        "element": "books",
        "value": {"type": "integer", "unit": {"code": "642", "name": "единица"}},
    }


def test_an_element_becomes_a_question_with_its_help(draft, books, methodist):
    version = taken(draft, methodist, path="sections.0.items", kind="question")
    assert version.definition["sections"][0]["items"][1] == {
        "type": "question",
        "code": "q1",
        "title": "Книг в фонде",
        "help": "По инвентарной книге.",
        "element": "books",
        "value": {"type": "integer", "unit": {"code": "642", "name": "единица"}},
    }


def test_a_form_with_an_element_is_published(draft, books, methodist):
    version = publish(version=taken(draft, methodist), by=methodist)
    assert version.state == "published"


@pytest.mark.parametrize("code", ["нет такого", "", 5, None])
def test_an_unknown_element_is_refused_in_words(draft, methodist, code):
    with pytest.raises(Misplaced, match="Такого показателя в библиотеке нет"):
        taken(draft, methodist, code)


def test_an_archived_element_is_not_taken_anew(draft, books, methodist):
    change_element(element=books, by=methodist, is_archived=True)
    with pytest.raises(Misplaced):
        taken(draft, methodist)


def test_a_row_of_a_draft_goes_into_the_library(draft, methodist):
    edited(draft, methodist, {"op": "set", "path": f"{ROWS}.0", "fields": {"title": "Читателей"}})
    draft.refresh_from_db()
    version = element_of(version_id=draft.pk, path=f"{ROWS}.0", revision=draft.revision, by=methodist).version
    element = DataElement.objects.get()
    assert (element.code, element.title, element.type) == ("library-01", "Читателей", "integer")
    assert rows_of(version)[0]["element"] == "library-01"


def test_a_title_that_is_there_already_is_a_conflict(draft, books, methodist):
    edited(draft, methodist, {"op": "set", "path": f"{ROWS}.0", "fields": {"title": "Книг в фонде"}})
    draft.refresh_from_db()
    with pytest.raises(Conflict, match="в библиотеке уже есть: возьмите его оттуда"):
        element_of(version_id=draft.pk, path=f"{ROWS}.0", revision=draft.revision, by=methodist)


@pytest.mark.parametrize("path", ["sections.0", "sections.0.items.0", "", None])
def test_only_rows_and_questions_go_into_the_library(draft, methodist, path):
    with pytest.raises(Misplaced):
        element_of(version_id=draft.pk, path=path, revision=draft.revision, by=methodist)


def test_new_words_reach_the_draft_by_one_press_and_can_be_taken_back(draft, books, methodist):
    draft = taken(taken(draft, methodist), methodist, path="sections.0.items", kind="question")
    change_element(element=books, by=methodist, title="Экземпляров в фонде", unit="штука")
    version = renew_draft(element=books, version=draft, by=methodist).version
    assert [one["title"] for one in rows_of(version)] == ["Новая строка", "Экземпляров в фонде"]
    assert rows_of(version)[1]["value"]["unit"] == {"code": "796", "name": "штука"}
    assert version.definition["sections"][0]["items"][1]["title"] == "Экземпляров в фонде"
    before = undo(version_id=draft.pk, revision=version.revision, by=methodist).version
    assert rows_of(before)[1]["title"] == "Книг в фонде"


def test_uses_are_drafts_and_latest_versions_of_forms_in_use(draft, books, methodist):
    publish(version=taken(draft, methodist), by=methodist)
    other = taken(form_with_table(methodist, "fund", "Фонд"), methodist)
    found = [(one.form, one.place, one.is_draft) for one in uses()["books"]]
    assert found == [("Библиотека", "стр. 02", False), ("Фонд", "стр. 02", True)]
    other.form.is_archived = True
    other.form.save()
    assert [one.form for one in uses()["books"]] == ["Библиотека"]


def test_the_same_element_is_asked_already_whatever_its_words(draft, books, methodist):
    publish(version=taken(draft, methodist), by=methodist)
    other = taken(form_with_table(methodist, "fund", "Фонд"), methodist)
    other = edited(other, methodist, {"op": "set", "path": f"{ROWS}.1", "fields": {"title": "Том"}})
    found = {one.title: one.elsewhere for one in asked_already(other)}
    assert found["Том"] == ("Библиотека, стр. 02",)


def test_the_card_shows_where_the_words_differ(draft, books, methodist, signed_in):
    taken(draft, methodist)
    change_element(element=books, by=methodist, title="Экземпляров в фонде")
    page = signed_in(methodist).get(f"/monitoring/forms/elements/{books.pk}/").content.decode()
    assert "«Книг в фонде»" in page and "Обновить в черновике" in page
    answer = signed_in(methodist).post(
        f"/monitoring/forms/elements/{books.pk}/renew/{draft.form_id}/", follow=True
    )
    assert "Черновик обновлён" in answer.content.decode()
    assert "те же" in answer.content.decode()


def test_a_form_keeps_what_was_typed_beside_a_taken_code(books, methodist, signed_in):
    answer = signed_in(methodist).post(
        "/monitoring/forms/elements/create/", {"title": "Журналов", "code": "books", "type": "integer"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Журналов" in page and "уже существует" in page


def test_decimals_belong_to_a_decimal(methodist):
    with pytest.raises(ValidationError):
        create_element(by=methodist, code="share", title="Доля", type="integer", decimals=1)


def test_others_do_not_keep_the_library(books, assistant):
    with pytest.raises(Refused):
        change_element(element=books, by=assistant, title="Иначе")
