"""The draft in the designer: saved edit by edit, taken back after a reload, never over somebody else's."""

import json

import pytest

from apps.core.access import Conflict, Refused
from apps.monitoring.actions.designing import create_form, edit_draft, redo, undo
from apps.monitoring.actions.forms import import_definition, publish, save_definition
from apps.monitoring.definition import DefinitionInvalid
from apps.monitoring.designer.panel import panel
from apps.monitoring.designer.places import path_of
from apps.monitoring.models import DraftEdit, Form
from tests.monitoring.small import SMALL

pytestmark = pytest.mark.django_db
RENAME = {"op": "set", "path": "sections.0", "fields": {"title": "Фонд"}}


@pytest.fixture
def draft(methodist):
    return create_form(code="library", title="Библиотека", by=methodist)


def edited(draft, methodist, command, revision=0):
    return edit_draft(version_id=draft.pk, command=command, revision=revision, by=methodist)


def test_an_empty_code_is_made_of_the_title(methodist):
    codes = [
        create_form(code="", title=title, by=methodist).form.code
        for title in ("Кружки и секции", "Кружки и секции", "№")
    ]
    assert codes == ["kruzhki-i-sektsii", "kruzhki-i-sektsii_2", "form"]


def test_an_edit_is_saved_and_remembered(draft, methodist):
    edited(draft, methodist, RENAME)

    draft.refresh_from_db()
    assert draft.definition["sections"][0]["title"] == "Фонд"
    assert draft.revision == 1
    edit = DraftEdit.objects.get()
    assert (edit.number, edit.by, edit.command, edit.is_undone) == (1, methodist, RENAME, False)


def test_an_edit_is_taken_back_and_done_again(draft, methodist):
    before = draft.definition
    edited(draft, methodist, RENAME)

    undo(version_id=draft.pk, revision=1, by=methodist)
    draft.refresh_from_db()
    assert draft.definition == before

    redo(version_id=draft.pk, revision=2, by=methodist)
    draft.refresh_from_db()
    assert draft.definition["sections"][0]["title"] == "Фонд"
    assert draft.revision == 3


def test_an_edit_after_taking_back_forgets_what_was_taken_back(draft, methodist):
    edited(draft, methodist, RENAME)
    undo(version_id=draft.pk, revision=1, by=methodist)
    edited(draft, methodist, {"op": "add", "path": "sections", "kind": "section"}, revision=2)

    with pytest.raises(Conflict):
        redo(version_id=draft.pk, revision=3, by=methodist)
    assert [one.command["op"] for one in DraftEdit.objects.all()] == ["add"]


def test_nothing_is_left_to_take_back(draft, methodist):
    with pytest.raises(Conflict):
        undo(version_id=draft.pk, revision=0, by=methodist)


def test_an_edit_that_changes_nothing_leaves_no_trace(draft, methodist):
    edited(draft, methodist, {"op": "set", "path": "sections.0", "fields": {"title": "Новый раздел"}})

    draft.refresh_from_db()
    assert (draft.revision, DraftEdit.objects.count()) == (0, 0)


def test_an_edit_on_an_old_page_is_refused_by_the_name_of_who_edits(draft, methodist, head):
    edited(draft, methodist, RENAME)

    with pytest.raises(Conflict) as refused:
        edited(draft, head, {"op": "delete", "path": "sections.0"}, revision=0)
    assert str(methodist) in refused.value.told
    draft.refresh_from_db()
    assert len(draft.definition["sections"]) == 1


def test_the_title_of_the_form_follows(draft, methodist):
    edited(draft, methodist, {"op": "set", "path": "", "fields": {"title": "Фонд библиотек"}})

    assert Form.objects.get().title == "Фонд библиотек"


def test_a_faulty_draft_is_kept_and_not_published(draft, methodist):
    edited(draft, methodist, {"op": "set", "path": "sections.0", "fields": {"title": ""}})

    with pytest.raises(DefinitionInvalid):
        publish(version=draft, by=methodist)


def test_publication_and_a_loaded_file_forget_the_edits(methodist):
    draft = import_definition(definition=SMALL, by=methodist)
    edited(draft, methodist, RENAME, revision=draft.revision)
    draft.refresh_from_db()
    save_definition(version=draft, definition=SMALL, by=methodist)
    assert DraftEdit.objects.count() == 0

    edited(draft, methodist, RENAME, revision=draft.revision)
    publish(version=draft, by=methodist)
    assert DraftEdit.objects.count() == 0
    with pytest.raises(Conflict):
        edited(draft, methodist, RENAME, revision=3)


def test_a_code_is_taken_once(draft, methodist):
    with pytest.raises(Conflict):
        create_form(code="library", title="Другая", by=methodist)


def test_others_may_not_edit(draft, responsible_a):
    with pytest.raises(Refused):
        edited(draft, responsible_a, RENAME)


def post(client, draft, name, **sent):
    url = f"/monitoring/forms/{draft.form_id}/edit/{name}/"
    return client.post(url, json.dumps(sent), content_type="application/json")


def test_the_answer_holds_the_piece_that_has_changed(client, draft, methodist):
    client.force_login(methodist)

    answer = post(client, draft, "command", revision=0, command=RENAME).json()

    assert answer["id"] == "d-sections-0"
    assert 'value="Фонд"' in answer["html"]
    assert (answer["revision"], answer["can_undo"], answer["can_redo"]) == (1, True, False)


def test_a_row_alone_comes_back_for_a_cross(client, draft, methodist):
    client.force_login(methodist)
    post(
        client,
        draft,
        "command",
        revision=0,
        command={"op": "add", "path": "sections.0.items", "kind": "table"},
    )
    for row in ("01", "01"):
        cross = {"op": "x", "path": "sections.0.items.0", "row": row, "column": "3"}
        draft.refresh_from_db()
        answer = post(client, draft, "command", revision=draft.revision, command=cross).json()

    assert answer["id"] == "d-sections-0-items-0-rows-0"
    assert 'aria-pressed="false"' in answer["html"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"revision": 7, "command": RENAME}, 409),
        ({"revision": 0, "command": {"op": "burn"}}, 422),
        ({"revision": 0}, 422),
        ({"revision": "0", "command": RENAME}, 400),
        ({}, 400),
    ],
)
def test_what_cannot_be_done_is_told(client, draft, methodist, sent, status):
    client.force_login(methodist)

    response = post(client, draft, "command", **sent)

    assert response.status_code == status
    assert response.json()["told"]


def test_faults_lead_to_their_places(client, draft, methodist):
    edited(draft, methodist, {"op": "set", "path": "sections.0", "fields": {"title": ""}})
    client.force_login(methodist)

    page = client.get(f"/monitoring/forms/{draft.form_id}/edit/faults/").content.decode()

    assert 'data-fault="d-sections-0"' in page


def test_a_relation_being_typed_is_read_at_once(client, methodist):
    draft = import_definition(definition=SMALL, by=methodist)
    client.force_login(methodist)

    wrong = post(client, draft, "check", text="стр. 01 = = стр. 02", section="")
    assert "позиция" in wrong.content.decode()
    assert post(client, draft, "check", text=1, section="").status_code == 400


def test_the_words_of_a_form_are_escaped(client, draft, methodist):
    title = "<script>alert(1)</script>\"'"
    edited(
        draft, methodist, {"op": "set", "path": "sections.0", "fields": {"title": title, "code": title[:9]}}
    )
    client.force_login(methodist)

    page = client.get(f"/monitoring/forms/{draft.form_id}/edit/").content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;" in page


def test_a_faulty_draft_is_shown_nowhere_else(client, draft, methodist):
    edited(draft, methodist, {"op": "set", "path": "sections.0", "fields": {"title": ""}})
    client.force_login(methodist)

    for name in ("preview/", "relations/", "xlsform.xlsx"):
        response = client.get(f"/monitoring/forms/versions/{draft.pk}/{name}")
        assert response.status_code == 302
    assert client.get(f"/monitoring/forms/{draft.form_id}/edit/try/").status_code == 302


def test_a_trial_computes_and_checks_and_keeps_nothing(client, methodist):
    draft = create_form(code="trial", title="Проба", by=methodist)
    commands = [
        {"op": "paste_table", "path": "sections.0", "text": "Показатель\tВсего\nПоступило\t\nВыбыло\t"},
        {"op": "add", "path": "relations", "kind": "relation"},
        {"op": "set", "path": "relations.0", "fields": {"text": "стр. 01 >= стр. 02", "section": "1"}},
    ]
    for revision, command in enumerate(commands):
        edited(draft, methodist, command, revision)
    client.force_login(methodist)
    url = f"/monitoring/forms/{draft.form_id}/edit/try/"

    wrong = client.post(url, {"c:1/01/3": "1", "c:1/02/3": "2"}).content.decode()
    right = client.post(url, {"c:1/01/3": "2", "c:1/02/3": "1"}).content.decode()

    assert "Соотношение 1:" in wrong
    assert "Все соотношения выполнены, обязательное заполнено." in right
    assert 'value="2"' in right


def test_a_trial_adds_and_removes_rows_of_an_open_table(client, methodist):
    draft = create_form(code="trial", title="Проба", by=methodist)
    edited(draft, methodist, {"op": "add", "path": "sections.0.items", "kind": "open_table"})
    client.force_login(methodist)
    url = f"/monitoring/forms/{draft.form_id}/edit/try/"

    first = client.post(url, {"do": "add:1"}).content.decode()
    second = client.post(url, {"do": "add:1", "c:1/n1/1": "Лыжи", "c:1/n1/2": "7"}).content.decode()
    none = client.post(url, {"do": "remove:1/n1", "c:1/n1/1": "Лыжи", "c:1/n1/2": "7"}).content.decode()

    assert 'name="c:1/n1/1"' in first
    assert 'value="Лыжи"' in second
    assert 'name="c:1/n2/2"' in second
    assert "c:1/n1/" not in none


def test_a_new_form_opens_in_the_designer(client, methodist):
    client.force_login(methodist)

    response = client.post("/monitoring/forms/create/", {"title": "Кружки", "code": "clubs"})

    form = Form.objects.get(code="clubs")
    assert response.url == f"/monitoring/forms/{form.pk}/edit/"
    again = client.post("/monitoring/forms/create/", {"title": "Кружки", "code": "clubs"})
    assert again.status_code == 422
    assert "Форма с таким кодом уже есть." in again.content.decode()


def test_without_a_draft_the_way_leads_to_the_form(client, methodist):
    version = publish(version=import_definition(definition=SMALL, by=methodist), by=methodist)
    client.force_login(methodist)

    response = client.get(f"/monitoring/forms/{version.form_id}/edit/")

    assert response.url == f"/monitoring/forms/{version.form_id}/"


def test_a_trial_computes_while_one_types(client, methodist):
    draft = import_definition(definition=SMALL, by=methodist)
    client.force_login(methodist)
    url = f"/monitoring/forms/{draft.form_id}/edit/try/"

    answer = client.post(url, {"c:1/01/3": "200", "c:1/01/4": "0,3"}, headers={"accept": "application/json"})

    assert answer.json() == {"computed": {"1/01/5": "0,2"}, "hidden": []}


def test_a_faulty_draft_is_published_nowhere_and_its_faults_are_shown(client, draft, methodist):
    edited(draft, methodist, {"op": "set", "path": "sections.0", "fields": {"title": ""}})
    client.force_login(methodist)

    response = client.post(f"/monitoring/forms/versions/{draft.pk}/publish/", follow=True)

    assert response.redirect_chain == [(f"/monitoring/forms/{draft.form_id}/edit/", 302)]
    assert "Сначала исправьте ошибки формы: их 1." in response.content.decode()


@pytest.mark.parametrize(
    ("table", "column", "is_asked"),
    [
        ({}, {}, True),
        ({}, {"value": {"type": "decimal"}}, True),
        ({}, {"value": {"type": "text"}}, False),
        ({"value": {"type": "text"}}, {}, False),
        ({"value": {"type": "text"}}, {"value": {"type": "integer"}}, True),
    ],
)
def test_only_a_column_of_numbers_is_counted_in_the_total(table, column, is_asked):
    opened = {"type": "open_table", "columns": [{"code": "1", "title": "Вид", **column}], **table}
    document = {"sections": [{"code": "1", "title": "Фонд", "items": [opened]}]}

    names = [one.name for one in panel(document, path_of("sections.0.items.0.columns.0")).fields]

    assert ("total" in names) is is_asked
