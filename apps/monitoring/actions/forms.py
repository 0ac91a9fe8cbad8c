"""Forms and their versions: made, imported, published; a published version is left alone for ever."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.monitoring.definition import load
from apps.monitoring.enums import VersionState
from apps.monitoring.models import Form, FormVersion
from apps.monitoring.permissions import can_edit_forms


def _require_editor(by: Any) -> None:
    require(can_edit_forms(by), "Формы составляют методисты и заведующий.")


@transaction.atomic
def import_definition(*, definition: Any, by: Any, note: str = "") -> FormVersion:
    """Takes a definition from a file: a new form, or the draft of a new version of a known one.

    Raises `DefinitionInvalid` with every fault at once. A definition equal to the latest version's
    changes nothing and gives that version back.
    """
    _require_editor(by)
    loaded = load(definition)
    form, _ = Form.objects.select_for_update().get_or_create(
        code=loaded.code, defaults={"title": loaded.title, "created_by_id": by.pk}
    )
    latest = form.versions.order_by("-number").first()
    if latest is not None and latest.definition == definition:
        return latest
    draft = latest if latest is not None and not latest.is_published else new_draft(form, by)
    return save_definition(version=draft, definition=definition, by=by, note=note)


def new_draft(form: Form, by: Any) -> FormVersion:
    last = form.versions.aggregate(last=Max("number"))["last"] or 0
    return FormVersion(form=form, number=last + 1, created_by_id=by.pk, definition={})


@transaction.atomic
def save_definition(*, version: FormVersion, definition: Any, by: Any, note: str = "") -> FormVersion:
    """Checks and saves the definition of a draft. Raises `DefinitionInvalid`, `Conflict`, `Refused`."""
    _require_editor(by)
    if version.is_published:
        raise Conflict("Опубликованная версия не меняется: создайте новую версию.")
    loaded = load(definition)
    if loaded.code != version.form.code:
        raise Conflict(f"В файле форма «{loaded.code}», а это форма «{version.form.code}».")
    version.definition = definition
    version.note = note or version.note
    is_new = version.pk is None
    version.revision += 1
    version.save()
    version.edits.all().delete()
    if version.form.title != loaded.title:
        version.form.title = loaded.title
        version.form.save(update_fields=["title"])
    journal.record(by=by, verb=Verb.CREATED if is_new else Verb.CHANGED, subject=version)
    return version


@transaction.atomic
def copy_version(*, version: FormVersion, by: Any) -> FormVersion:
    """Starts a new draft as a copy; a form has one draft at a time."""
    _require_editor(by)
    form = Form.objects.select_for_update().get(pk=version.form_id)
    if form.versions.filter(state=VersionState.DRAFT).exists():
        raise Conflict("У формы уже есть черновик новой версии.")
    draft = new_draft(form, by)
    draft.definition = version.definition
    draft.save()
    journal.record(by=by, verb=Verb.CREATED, subject=draft)
    return draft


@transaction.atomic
def publish(*, version: FormVersion, by: Any) -> FormVersion:
    """Freezes a draft so that campaigns may use it; its definition is checked once more."""
    _require_editor(by)
    version = FormVersion.objects.select_for_update().get(pk=version.pk)
    if version.is_published:
        raise Conflict("Версия уже опубликована.")
    load(version.definition)
    version.state, version.published_at = VersionState.PUBLISHED, timezone.now()
    version.save(update_fields=["state", "published_at", "updated_at"])
    version.edits.all().delete()
    journal.record(by=by, verb=Verb.APPROVED, subject=version, note="опубликована")
    return version


@transaction.atomic
def delete_draft(*, version: FormVersion, by: Any) -> None:
    """Removes a draft version; a form without versions goes with it."""
    _require_editor(by)
    if version.is_published:
        raise Conflict("Опубликованную версию удалить нельзя.")
    journal.record(by=by, verb=Verb.DELETED, subject=version)
    form = version.form
    version.delete()
    if not form.versions.exists():
        form.delete()


@transaction.atomic
def save_old_codes(*, version: FormVersion, old_codes: dict[str, str], by: Any) -> FormVersion:
    """Keeps where the codes of the version before went; a published version may get it later as well.

    `old_codes`: see `monitoring.versions.successors`. Raises `Refused`.
    """
    _require_editor(by)
    version = FormVersion.objects.select_for_update().get(pk=version.pk)
    version.old_codes = old_codes
    version.save(update_fields=["old_codes", "updated_at"])
    journal.record(by=by, verb=Verb.CHANGED, subject=version, note="соответствие прежних кодов")
    return version
