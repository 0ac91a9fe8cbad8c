"""The library of data elements: defined once, put into forms, kept the same in their drafts."""

from typing import Any

from django.db import transaction

from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.monitoring.actions.designing import Edited, edit_draft
from apps.monitoring.designer import Misplaced
from apps.monitoring.designer.fresh import free_code
from apps.monitoring.designer.places import kind_at, node_at, path_of
from apps.monitoring.models import DataElement, ElementType, FormVersion
from apps.monitoring.permissions import can_edit_forms

NO_RIGHT = "Библиотеку показателей ведут методисты и заведующий."


@transaction.atomic
def create_element(*, by: Any, **fields: Any) -> DataElement:
    """A new element. Raises `Refused`, and `ValidationError` where code or title is taken."""
    require(can_edit_forms(by), NO_RIGHT)
    element = DataElement(created_by_id=by.pk, **fields)
    element.full_clean()
    element.save()
    journal.record(by=by, verb=Verb.CREATED, subject=element)
    return element


@transaction.atomic
def change_element(*, element: DataElement, by: Any, **fields: Any) -> DataElement:
    """New words for an element; forms take them over by `renew_draft`. Raises as `create_element`."""
    require(can_edit_forms(by), NO_RIGHT)
    for name, value in fields.items():
        setattr(element, name, value)
    element.full_clean()
    element.save()
    journal.record(by=by, verb=Verb.CHANGED, subject=element)
    return element


@transaction.atomic
def renew_draft(*, element: DataElement, version: FormVersion, by: Any) -> Edited:
    """Gives the element's present words to every place of a draft that names it; can be taken back there.

    Raises `Refused`, `Conflict` (published meanwhile) and `Misplaced` (the element is archived).
    """
    command = {"op": "renew", "element": element.code}
    return edit_draft(version_id=version.pk, command=command, revision=version.revision, by=by)


@transaction.atomic
def element_of(*, version_id: int, path: str, revision: int, by: Any) -> Edited:
    """Puts a row or question of a draft into the library and names it there.

    Raises as `edit_draft`; `Conflict` also where the library has an element of that title already.
    """
    require(can_edit_forms(by), NO_RIGHT)
    version = FormVersion.objects.select_related("form").get(pk=version_id)
    node, code = _node(version, path), _code(version)
    value = node.get("value", {})
    type_ = value.get("type", ElementType.INTEGER)
    if type_ not in ElementType:
        raise Misplaced("Ответы из списка остаются в своей форме: такой показатель в библиотеку не кладут.")
    title = node.get("title", "")[:500]
    if DataElement.objects.active().filter(title=title).exists():
        raise Conflict(f"Показатель «{title}» в библиотеке уже есть: возьмите его оттуда.")
    unit = value.get("unit") or {}
    create_element(
        by=by,
        code=code,
        title=title,
        type=type_,
        decimals=value.get("decimals") if type_ == ElementType.DECIMAL else None,
        unit=unit.get("name", ""),
        help=node.get("help", "")[:2000],
    )
    command = {"op": "set", "path": path, "fields": {"element": code}}
    return edit_draft(version_id=version_id, command=command, revision=revision, by=by)


def _node(version: FormVersion, path: str) -> dict[str, Any]:
    place = path_of(path)
    if kind_at(version.definition, place) not in ("row", "question"):
        raise Misplaced("В библиотеку кладут строки и вопросы.")
    node: dict[str, Any] = node_at(version.definition, place)
    if not node.get("code"):
        raise Misplaced("У заголовка нет клеток: в библиотеку его не кладут.")
    return node


def _code(version: FormVersion) -> str:
    """The first free code of the kind «library-01»."""
    taken = DataElement.objects.values_list("code", flat=True)
    return free_code(taken, f"{version.form.code[:30]}-01")
