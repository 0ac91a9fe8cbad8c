"""Forms and their versions: round trip of a definition, one draft, and a published one for ever."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, transaction

from apps.core.access import Conflict, Refused
from apps.monitoring.actions.forms import (
    copy_version,
    delete_draft,
    import_definition,
    publish,
    save_definition,
)
from apps.monitoring.definition import DefinitionInvalid
from apps.monitoring.models import Form, FormVersion
from tests.monitoring.small import SMALL, small_with_row


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "small.json"
    path.write_text(json.dumps(SMALL, ensure_ascii=False), encoding="utf-8")
    return path


def test_definition_goes_out_as_it_came_in(file, tmp_path, methodist, capsys):
    call_command("form_import", file, "--publish")
    back = tmp_path / "back.json"
    call_command("form_export", "small", "--output", back)
    assert json.loads(back.read_text(encoding="utf-8")) == SMALL
    call_command("form_export", "small")
    assert json.loads(capsys.readouterr().out.split("\n", 1)[1]) == SMALL


def test_second_import_of_the_same_changes_nothing(file, methodist):
    call_command("form_import", file, "--publish", verbosity=0)
    call_command("form_import", file, "--publish", verbosity=0)
    assert (Form.objects.count(), FormVersion.objects.count()) == (1, 1)


def test_import_tells_every_fault(tmp_path, methodist):
    broken = small_with_row("01")
    broken["sections"][0]["items"][0]["columns"][2]["value"]["computed"] = "гр.9 + гр.3"
    broken["relations"] = [{"code": "r1", "section": "1", "text": "стр.77 > 0"}]
    path = tmp_path / "broken.json"
    path.write_text(json.dumps(broken), encoding="utf-8")
    with pytest.raises(CommandError) as told:
        call_command("form_import", path)
    assert len(str(told.value).splitlines()) >= 3  # the heading and both faults
    assert not Form.objects.exists()


@pytest.mark.parametrize("content", ["", "{", "\x00"])
def test_import_of_no_json(tmp_path, content, methodist):
    path = tmp_path / "no.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match="не читается как JSON"):
        call_command("form_import", path)


def test_import_needs_a_methodist(file, db):
    with pytest.raises(CommandError, match="Нет такого методиста"):
        call_command("form_import", file)


def test_export_of_an_unknown_form(db):
    with pytest.raises(CommandError):
        call_command("form_export", "unknown")


# --- a published version never changes ---


@pytest.mark.parametrize(
    "change",
    [{"definition": {}}, {"state": "draft", "published_at": None}, {"number": 5}],
    ids=["definition", "state", "number"],
)
def test_published_version_is_kept_by_the_database(small, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        FormVersion.objects.filter(pk=small.pk).update(**change)
    small.refresh_from_db()
    assert (small.definition, small.state, small.number) == (SMALL, "published", 1)


def test_published_version_is_not_deleted(small, methodist):
    with pytest.raises(DatabaseError), transaction.atomic():
        FormVersion.objects.filter(pk=small.pk).delete()
    with pytest.raises(Conflict):
        delete_draft(version=small, by=methodist)
    assert FormVersion.objects.filter(pk=small.pk).exists()


def test_published_version_is_not_saved_over(small, methodist):
    with pytest.raises(Conflict, match="Опубликованная версия не меняется"):
        save_definition(version=small, definition=small_with_row("02"), by=methodist)
    with pytest.raises(Conflict, match="уже опубликована"):
        publish(version=small, by=methodist)


def test_change_makes_the_next_version(small, methodist):
    draft = import_definition(definition=small_with_row("02"), by=methodist)
    assert (draft.form_id, draft.number, draft.state) == (small.form_id, 2, "draft")
    same = import_definition(definition=small_with_row("03"), by=methodist)
    assert same.pk == draft.pk
    small.refresh_from_db()
    assert small.definition == SMALL


def test_form_has_one_draft(small, methodist):
    copied = copy_version(version=small, by=methodist)
    assert (copied.number, copied.definition) == (2, SMALL)
    with pytest.raises(Conflict, match="уже есть черновик"):
        copy_version(version=small, by=methodist)
    with pytest.raises(IntegrityError), transaction.atomic():
        FormVersion.objects.create(form=small.form, number=3, definition={}, created_by=methodist)


def test_number_of_a_version_is_its_own(small, methodist):
    with pytest.raises(IntegrityError), transaction.atomic():
        FormVersion.objects.create(form=small.form, number=1, definition={}, created_by=methodist)


def test_publication_has_its_date(small, methodist):
    with pytest.raises(IntegrityError), transaction.atomic():
        FormVersion.objects.create(
            form=small.form, number=9, definition={}, state="published", created_by=methodist
        )


def test_last_draft_goes_with_its_form(methodist):
    draft = import_definition(definition=SMALL, by=methodist)
    delete_draft(version=draft, by=methodist)
    assert not Form.objects.exists()


def test_broken_draft_is_not_published(methodist):
    draft = import_definition(definition=SMALL, by=methodist)
    FormVersion.objects.filter(pk=draft.pk).update(definition={"schema": "imo-form/1"})
    with pytest.raises(DefinitionInvalid):
        publish(version=draft, by=methodist)
    draft.refresh_from_db()
    assert draft.state == "draft"


@pytest.mark.parametrize("who", ["director", "assistant", "administrator", "responsible_a", "nobody"])
def test_forms_are_made_by_methodists(who, small, request):
    user = request.getfixturevalue(who)
    for act in (
        lambda: import_definition(definition=small_with_row("02"), by=user),
        lambda: copy_version(version=small, by=user),
        lambda: publish(version=small, by=user),
        lambda: delete_draft(version=small, by=user),
    ):
        with pytest.raises(Refused):
            act()
    assert FormVersion.objects.count() == 1
