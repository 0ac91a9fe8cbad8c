"""Edits of a draft in the designer, saved one by one; the draft may be faulty until it is published."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.core.russian import latin
from apps.monitoring.definition import SCHEMA
from apps.monitoring.designer import Misplaced, Patch, apply, difference, put, taken_back
from apps.monitoring.designer.fresh import free_code
from apps.monitoring.library import with_library
from apps.monitoring.models import DraftEdit, Form, FormVersion
from apps.monitoring.permissions import can_edit_forms

MOST_KEPT = 500
"""Edits that can be taken back; older ones are forgotten."""


@dataclass(frozen=True)
class Edited:
    """The draft after an edit, and what was replaced in it."""

    version: FormVersion
    patches: list[Patch]
    at: datetime.datetime


@transaction.atomic
def create_form(*, code: str, title: str, by: Any) -> FormVersion:
    """A new form with an empty draft; an empty code is made of the title.

    Raises `Conflict` where the code is taken, `Refused`.
    """
    require(can_edit_forms(by), "Формы составляют методисты и заведующий.")
    code = code or _code_of(title)
    if Form.objects.filter(code=code).exists():
        raise Conflict("Форма с таким кодом уже есть.")
    form = Form.objects.create(code=code, title=title, created_by_id=by.pk)
    section = {"code": "1", "title": "Новый раздел", "items": []}
    definition = {"schema": SCHEMA, "code": code, "title": title, "sections": [section]}
    version = FormVersion.objects.create(form=form, number=1, created_by_id=by.pk, definition=definition)
    journal.record(by=by, verb=Verb.CREATED, subject=version)
    return version


def _code_of(title: str) -> str:
    """«Библиотечный фонд школ» → «bibliotechnyi-fond-shkol», the first one that is free."""
    wished = "-".join(latin(title).split()[:4])[:40].strip("-") or "form"
    return free_code(Form.objects.values_list("code", flat=True), wished)


@transaction.atomic
def edit_draft(*, version_id: int, command: Any, revision: int, by: Any) -> Edited:
    """Applies a command of the designer and saves the draft at once.

    `revision`: the counter of the page the command was made on. Raises `Conflict` when somebody has edited
    since or the version is published, `Misplaced` when the command doesn't fit, `Refused`.
    """
    version = _own_draft(version_id, revision, by)
    command = with_library(command)
    new = apply(version.definition, command)
    patches = difference(version.definition, new)
    if patches:
        _forget_undone(version)
        last = version.edits.order_by("-number").values_list("number", flat=True).first() or 0
        version.edits.create(number=last + 1, command=_short(command), patches=patches, by_id=by.pk)
        version.edits.filter(number__lte=last + 1 - MOST_KEPT).delete()
    return _saved(version, new, patches, by)


@transaction.atomic
def undo(*, version_id: int, revision: int, by: Any) -> Edited:
    """Takes the last edit back. Raises as `edit_draft`, `Conflict` when there is nothing left."""
    version = _own_draft(version_id, revision, by)
    edit = version.edits.filter(is_undone=False).order_by("-number").first()
    return _turned(version, edit, taken_back, by)


@transaction.atomic
def redo(*, version_id: int, revision: int, by: Any) -> Edited:
    """Does the last edit taken back again. Raises as `undo`."""
    version = _own_draft(version_id, revision, by)
    edit = version.edits.filter(is_undone=True).order_by("number").first()
    return _turned(version, edit, put, by)


def _turned(
    version: FormVersion, edit: DraftEdit | None, turn: Callable[[Any, list[Patch]], Any], by: Any
) -> Edited:
    if edit is None:
        raise Conflict("Больше отменять или возвращать нечего.")
    edit.is_undone = not edit.is_undone
    edit.save(update_fields=["is_undone"])
    return _saved(version, turn(version.definition, edit.patches), edit.patches, by)


def _own_draft(version_id: int, revision: int, by: Any) -> FormVersion:
    require(can_edit_forms(by), "Формы составляют методисты и заведующий.")
    version = FormVersion.objects.select_for_update().get(pk=version_id)
    if version.is_published:
        raise Conflict("Опубликованная версия не меняется: создайте новую версию.")
    if version.revision != revision:
        raise Conflict(_told_of_others(version, by))
    return version


def _told_of_others(version: FormVersion, by: Any) -> str:
    last = version.edits.select_related("by").order_by("-at").first()
    if last is None or last.by_id == by.pk:
        return "Форма уже изменена в другом окне. Обновите страницу: последняя правка не сохранена."
    time = timezone.localtime(last.at).strftime("%H:%M")
    return f"Форму меняет и {last.by} (правка в {time}). Обновите страницу: последняя правка не сохранена."


def _forget_undone(version: FormVersion) -> None:
    version.edits.filter(is_undone=True).delete()


def _short(command: Any) -> Any:
    """A pasted text is kept in the patches; the command keeps its beginning."""
    text = command.get("text")
    return {**command, "text": text[:200]} if isinstance(text, str) else command


def _saved(version: FormVersion, definition: Any, patches: list[Patch], by: Any) -> Edited:
    version.definition = definition
    if patches:
        version.revision += 1
        version.save(update_fields=["definition", "revision", "updated_at"])
    title = definition.get("title", "")[:300]
    if title and Form.objects.filter(pk=version.form_id).exclude(title=title).exists():
        form = Form.objects.get(pk=version.form_id)
        form.title = title
        form.save(update_fields=["title"])
    return Edited(version, patches, version.updated_at)


__all__ = ["Edited", "Misplaced", "create_form", "edit_draft", "redo", "undo"]
