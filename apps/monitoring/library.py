"""Where the forms ask the elements of the library, and how an element stands in a form."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Func, JSONField, Q, Value

from apps.monitoring.designer import Misplaced
from apps.monitoring.enums import VersionState
from apps.monitoring.models import DataElement, FormVersion

# Strict, or every node inside an array is found twice.
NAMED = "strict $.** ? (exists(@.element))"


class _Nodes(Func):
    """Rows and questions of a definition that name an element, one a line."""

    function = "jsonb_path_query"
    output_field = JSONField()
    set_returning = True


@dataclass(frozen=True)
class Use:
    """One place that asks an element: the version of a form, the code and the words there."""

    element: str
    form_id: int
    form: str
    version: int
    is_draft: bool
    code: str
    title: str
    is_question: bool

    @property
    def place(self) -> str:
        return f"вопрос {self.code}" if self.is_question else f"стр. {self.code}"


def uses() -> dict[str, list[Use]]:
    """Element code → the places of forms in use that ask it: of each form its draft and latest version."""
    latest = (
        FormVersion.objects.filter(state=VersionState.PUBLISHED)
        .order_by("form_id", "-number")
        .distinct("form_id")
        .values("pk")
    )
    rows = (
        FormVersion.objects.filter(Q(state=VersionState.DRAFT) | Q(pk__in=latest), form__is_archived=False)
        .annotate(node=_Nodes(F("definition"), Value(NAMED)))
        .order_by("form__title", "number")
        .values_list("form_id", "form__title", "number", "state", "node")
    )
    found: dict[str, list[Use]] = defaultdict(list)
    for form_id, form, number, state, node in rows:
        code, title = str(node.get("code", "")), str(node.get("title", ""))
        is_draft, is_question = state == VersionState.DRAFT, node.get("type") == "question"
        use = Use(str(node["element"]), form_id, form, number, is_draft, code, title, is_question)
        found[use.element].append(use)
    return found


def elements_offered() -> list[tuple[str, str]]:
    """(code, title) of what may be put into a form."""
    return list(DataElement.objects.active().values_list("code", "title"))


def with_library(command: Any) -> Any:
    """A command of the designer that names an element, with the fields the element gives.

    `add` puts the element in as a new row or question, `renew` gives its present words to all places that
    name it. Raises `Misplaced` when the library has no such element.
    """
    if not isinstance(command, dict) or "element" not in command:
        return command
    code = command["element"]
    element = DataElement.objects.active().filter(code=code).first() if isinstance(code, str) else None
    if element is None:
        raise Misplaced("Такого показателя в библиотеке нет: выберите его из списка.")
    return {**command, "fields": fields_of(element, is_question=command.get("kind") == "question")}


def fields_of(element: DataElement, *, is_question: bool = False) -> dict[str, Any]:
    """What an element says of its row or question, by the designer's names of fields."""
    decimals = {} if element.decimals is None else {"value.decimals": str(element.decimals)}
    helped = {"help": element.help} if is_question and element.help else {}
    return {
        "title": element.title,
        "value.type": element.type,
        "value.unit": element.unit,
        **decimals,
        **helped,
        "element": element.code,
    }
