"""Blanks of the ministry: kept with a form, mapped, taken off; a school's own copy of one taken in."""

from collections.abc import Iterable, Mapping
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import transaction

from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.core.models import StoredFile
from apps.core.text import clean_text
from apps.monitoring.actions.filling import Edit, Saved, locked, save_into
from apps.monitoring.compiled import compiled_version
from apps.monitoring.definition import CompiledForm
from apps.monitoring.enums import ChangeSource
from apps.monitoring.ministry.places import Place
from apps.monitoring.ministry.reading import Taken
from apps.monitoring.ministry.workbook import KeptWorkbook
from apps.monitoring.models import BlankPlace, ForeignBlank, Form, FormVersion
from apps.monitoring.permissions import can_edit_forms

MAX_TITLE = 200
# Excel allows 31.
MAX_SHEET = 100
ONLY_EDITORS = "Бланки хранят методисты и заведующий."
CHANGED = "Пока вы смотрели, отчёт изменился. Просмотрите найденное ещё раз."


class PlacesInvalid(Exception):
    """Places that can't be saved; `faults`: address of the form's cell → a sentence."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(f"мест с ошибкой: {len(faults)}")
        self.faults = dict(faults)


def mapped_version(form: Form) -> FormVersion | None:
    """The version whose cells a blank is mapped to: the newest published one, else the draft."""
    versions = form.versions.order_by("-number")
    return versions.published().first() or versions.first()


@transaction.atomic
def save_blank(
    *, form: Form, title: str, places: Mapping[str, Place], by: Any, file: StoredFile | None = None,
    blank: ForeignBlank | None = None,
) -> ForeignBlank:  # fmt: skip
    """Keeps a workbook (`file`, checked before) with the places of the form's cells, or the new places of
    a kept `blank`.

    Raises `Refused`, `Conflict` (no title or one that is taken, nothing mapped), `PlacesInvalid`.
    """
    require(can_edit_forms(by), ONLY_EDITORS)
    form = Form.objects.select_for_update().get(pk=form.pk)
    title = _title(form, title, blank)
    version = mapped_version(form)
    if version is None:
        raise Conflict("У формы нет ни одной версии.")
    kept = file or (blank.file if blank else None)
    if kept is None:
        raise Conflict("Выберите файл бланка.")
    with kept.content.open("rb") as content:
        checked = checked_places(places, compiled_version(version), content)
    is_new = blank is None
    blank = blank or ForeignBlank(form=form, file=kept, created_by_id=by.pk)
    blank.title = title
    blank.save()
    _replace_places(blank, checked)
    note = f"ячеек: {len(checked)}"
    journal.record(by=by, verb=Verb.CREATED if is_new else Verb.CHANGED, subject=blank, note=note)
    return blank


def _title(form: Form, title: str, blank: ForeignBlank | None) -> str:
    try:
        title = clean_text(title, MAX_TITLE)
    except ValidationError as error:
        raise Conflict(" ".join(error.messages)) from error
    if not title:
        raise Conflict("Дайте бланку название.")
    others = form.blanks.exclude(pk=blank.pk) if blank else form.blanks
    if others.filter(title=title).exists():
        raise Conflict("Бланк с таким названием у этой формы уже есть.")
    return title


def checked_places(
    places: Mapping[str, Place], compiled: CompiledForm, content: IO[bytes]
) -> dict[str, Place]:
    """The places with those inside a merged range moved to its corner. Raises `PlacesInvalid`, `Conflict`."""
    book = KeptWorkbook(content)
    faults: dict[str, str] = {}
    found: dict[str, Place] = {}
    holders: dict[Place, str] = {}
    for address, place in places.items():
        cell = compiled.cells.get(address)
        if cell is None or cell.is_x:
            faults[address] = "Такой ячейки в форме нет."
        elif place.sheet not in book.parts or len(place.sheet) > MAX_SHEET:
            faults[address] = f"Листа «{place.sheet}» в бланке нет."
        elif (corner := book.corner(place)) in holders:
            other = compiled.cells[holders[corner]].title
            faults[address] = f"Место {corner} уже занято: {other}."
        else:
            holders[corner] = address
            found[address] = corner
    if faults:
        raise PlacesInvalid(faults)
    if not found:
        raise Conflict("Укажите место хотя бы одной ячейки формы.")
    return found


def _replace_places(blank: ForeignBlank, places: Mapping[str, Place]) -> None:
    blank.places.all().delete()
    BlankPlace.objects.bulk_create(
        BlankPlace(blank=blank, address=address, sheet=place.sheet, place=place.cell)
        for address, place in places.items()
    )


@transaction.atomic
def delete_blank(*, blank: ForeignBlank, by: Any) -> None:
    """Takes the blank off the form; its file stays in storage for the journal's sake."""
    require(can_edit_forms(by), ONLY_EDITORS)
    journal.record(by=by, verb=Verb.DELETED, subject=blank)
    blank.delete()


@transaction.atomic
def take_from_workbook(
    *, response_id: int, blank: ForeignBlank, taken: Iterable[Taken], by: Any, key: str = ""
) -> Saved:
    """Writes what was read from an organisation's own workbook: all of it or nothing.

    Raises `Refused` (not the responsible), `Conflict` (closed, nothing found, changed since it was read).
    """
    response = locked(response_id)
    edits = [Edit(one.address, one.value, was=one.was, source=ChangeSource.LOADED) for one in taken]
    if not edits:
        raise Conflict("В файле нет ничего, что изменило бы отчёт.")
    saved = save_into(response, edits, by=by, key=key)
    if saved.clashes or saved.faults:
        raise Conflict(CHANGED)
    journal.record(
        by=by,
        verb=Verb.IMPORTED,
        subject=response,
        organization_id=response.organization_id,
        note=f"из бланка «{blank.title}», ячеек: {len(edits)}",
    )
    return saved
