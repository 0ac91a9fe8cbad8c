"""Typing into a response: saved cell by cell, nobody's value lost."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.core.access import Conflict, require
from apps.monitoring.compiled import compiled_of
from apps.monitoring.definition import BadValue, CompiledForm, Violation
from apps.monitoring.enums import ChangeSource, ResponseState
from apps.monitoring.models import CellChange, Explanation, Part, Response
from apps.monitoring.openrows import RowGuard, note_rows
from apps.monitoring.outliers import is_question
from apps.monitoring.permissions import answers_for, enters_for
from apps.monitoring.states import RESPONSE
from apps.workflow.actions import move

MAX_EXPLANATION = 1000


@dataclass(frozen=True)
class Edit:
    """What somebody typed into a cell; `was` is the value he saw there, None when he doesn't mind."""

    address: str
    value: str
    was: str | None = None
    source: str = ChangeSource.TYPED


@dataclass(frozen=True)
class Clash:
    """Somebody else has written into the cell meanwhile."""

    address: str
    value: str
    by: str
    at: datetime.datetime | None


@dataclass
class Saved:
    """The outcome of a saving: what is in the cells now, and what was not taken."""

    at: datetime.datetime
    values: dict[str, str] = field(default_factory=dict)
    computed: dict[str, str] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)
    document: dict[str, str] = field(default_factory=dict)


def locked(response_id: int) -> Response:
    """The response with its campaign, its row locked until the end of the transaction."""
    return (
        Response.objects.select_for_update(of=("self",))
        .select_related("campaign", "organization")
        .defer("vector", "answers")
        .get(pk=response_id)
    )


def require_open(response: Response, by: Any) -> None:
    """Refuses everybody but the organisation's responsible, and everything after the closing moment."""
    may_fill = answers_for(by, response) or enters_for(by, response)
    require(may_fill, "Заполнять отчёт может только ответственный от организации.")
    require_accepting(response)


def require_accepting(response: Response) -> None:
    """Raises `Conflict` after the closing moment, whoever types."""
    if not response.is_open:
        raise Conflict(why_closed(response))


def why_closed(response: Response) -> str:
    """Why nothing can be typed or sent."""
    if response.state in (ResponseState.SUBMITTED, ResponseState.ACCEPTED):
        return f"Отчёт уже в состоянии «{response.get_state_display()}»: изменить его нельзя."
    closed = timezone.localtime(response.closes_at)
    if timezone.now() > response.closes_at:
        return (
            f"Приём отчётов закрыт {closed:%d.%m.%Y в %H:%M} (магаданское время). "
            "Введённое сохранено. Попросите методиста продлить срок."
        )
    return "Мониторинг завершён: отчёты больше не принимаются."


@transaction.atomic
def save_cells(*, response_id: int, edits: Iterable[Edit], by: Any, key: str = "") -> Saved:
    """Saves edits of cells, recomputes what depends on them, and leaves one `CellChange` a cell.

    Two people on different cells both keep their values. On the same cell the second one, who saw an
    older value, gets a `Clash` with the present one and nothing of that cell is written. Bad text comes
    back as a fault of its cell; the other cells are saved. A repeated `key` writes nothing again.
    Raises `Refused` (not the responsible) and `Conflict` (closed).
    """
    return save_into(locked(response_id), edits, by=by, key=key)


def save_into(response: Response, edits: Iterable[Edit], *, by: Any, key: str = "") -> Saved:
    """The same for a row that the caller's transaction has locked already."""
    require_open(response, by)
    if not answers_for(by, response):
        edits = [replace(edit, source=ChangeSource.PHONE) for edit in edits]
    return put(response, edits, by=by, key=key)


def put(
    response: Response, edits: Iterable[Edit], *, by: Any, key: str = "", part: Part | None = None
) -> Saved:
    """The same after the caller has looked whether it may; `part` writes for a colleague without account."""
    compiled = compiled_of(response)
    saved = Saved(at=timezone.now(), document=response.values)
    fresh = _without_replayed(response, compiled, edits, key, saved)
    accepted = _sift(response, compiled, fresh, saved)
    write(response, compiled, accepted, by=by, key=key, saved=saved, part=part)
    return saved


def _sift(
    response: Response, compiled: CompiledForm, edits: Iterable[Edit], saved: Saved
) -> dict[str, tuple[str, str]]:
    """The edits that may be written: address → (value, source). Faults and clashes go to `saved`."""
    accepted: dict[str, tuple[str, str]] = {}
    clashing: dict[str, str] = {}
    guard = RowGuard(response, compiled)
    for edit in edits:
        try:
            guard.require(edit.address)
            value = parse_typed(compiled, edit.address, edit.value)
        except BadValue as fault:
            saved.faults[edit.address[:120]] = str(fault)
            continue
        present = response.values.get(edit.address, "")
        if value != present and edit.was is not None and _stored(compiled, edit) != present:
            clashing[edit.address] = present
        elif value != present:
            accepted[edit.address] = (value, edit.source)
        else:
            saved.values[edit.address] = value
    saved.clashes.extend(_clashes(response, clashing))
    return accepted


def parse_typed(compiled: CompiledForm, address: str, text: str) -> str:
    """The stored form of what was typed; `BadValue` also for a cell that nobody may type into."""
    cell = compiled.cell(address)
    if cell is None or cell.is_x:
        raise BadValue("Такой ячейки в форме нет.")
    if cell.computed is not None:
        raise BadValue("Эта ячейка вычисляется порталом.")
    return compiled.parse_value(address, text)


def _clashes(response: Response, clashing: Mapping[str, str]) -> list[Clash]:
    if not clashing:
        return []
    changes = response.changes.filter(address__in=clashing).select_related("by").order_by("pk")
    last = {change.address: change for change in changes}
    return [
        Clash(
            address=address,
            value=present,
            by=str(last[address].by) if address in last and last[address].by else "",
            at=last[address].at if address in last else None,
        )
        for address, present in clashing.items()
    ]


def _stored(compiled: CompiledForm, edit: Edit) -> str:
    """What the writer saw in the cell, in its stored form."""
    try:
        return compiled.parse_value(edit.address, edit.was or "")
    except BadValue:
        return edit.was or ""


def _without_replayed(
    response: Response, compiled: CompiledForm, edits: Iterable[Edit], key: str, saved: Saved
) -> list[Edit]:
    """The edits this key has not written yet; to the others `saved` answers what stands there now.

    A clash or a fault of the first attempt wrote nothing, so it is looked at again: its answer may be lost.
    """
    done = set(response.changes.filter(key=key).values_list("address", flat=True)) if key else set()
    if not done:
        return list(edits)
    saved.computed = compiled.compute(response.values)
    replayed = [edit for edit in edits if edit.address in done]
    saved.values.update({edit.address: response.values.get(edit.address, "") for edit in replayed})
    return [edit for edit in edits if edit.address not in done]


def write(
    response: Response,
    compiled: CompiledForm,
    accepted: Mapping[str, tuple[str, str]],
    *,
    by: Any,
    key: str = "",
    saved: Saved | None = None,
    begins: bool = True,
    part: Part | None = None,
) -> None:
    """Puts already checked values into a locked response, with what is computed of them, and its history.

    `accepted`: address → (stored value, source). The first value turns «Не начат» into «Черновик», unless
    `begins` is False: what the portal itself has put in is no beginning.
    """
    saved = saved or Saved(at=timezone.now())
    if not accepted:
        return
    before = dict(response.values)
    note_rows(response, accepted)
    response.values.update({address: value for address, (value, _) in accepted.items()})
    saved.computed = compiled.compute(response.values, changed=accepted)
    response.values.update(saved.computed)
    for address in [address for address, value in response.values.items() if value == ""]:
        del response.values[address]
    CellChange.objects.bulk_create(
        CellChange(
            response=response,
            address=address,
            was=before.get(address, ""),
            became=value,
            source=source,
            by_id=None if part else getattr(by, "pk", None),
            part=part,
            key=key,
        )
        for address, (value, source) in accepted.items()
    )
    saved.values.update({address: value for address, (value, _) in accepted.items()})
    saved.document = response.values
    response.saved_at = saved.at
    response.filled = len(response.values)
    response.save(update_fields=["values", "open_rows", "filled", "saved_at"])
    if begins and response.state == ResponseState.NOT_STARTED:
        move(response, RESPONSE, "begin", by=by, organization_id=response.organization_id)


@transaction.atomic
def explain(*, response_id: int, warning: Violation, text: str, by: Any) -> None:
    """Keeps the explanation of a warning or the answer to an outlier question; an empty text takes it back.

    Raises `Refused` (not the responsible) and `Conflict` (closed, or the text is too long).
    """
    response = locked(response_id)
    require_open(response, by)
    if not text.strip():
        response.explanations.filter(instance=warning.instance).delete()
        return
    if len(text) > MAX_EXPLANATION:
        raise Conflict(f"Пояснение длиннее {MAX_EXPLANATION} знаков.")
    Explanation.objects.update_or_create(
        response=response,
        instance=warning.instance,
        defaults={
            "relation": warning.relation,
            "message": warning.message,
            "address": warning.addresses[0] if is_question(warning.instance) else "",
            "text": text.strip(),
            "by_id": by.pk,
        },
    )
