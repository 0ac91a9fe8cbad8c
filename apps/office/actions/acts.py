"""The register of local acts: editions come into force and are followed by others (statute 5.6, 7.1)."""

import datetime
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.core.files import store_file
from apps.office.actions.common import locked, named, removed, require_keeper, written
from apps.office.enums import ActKind
from apps.office.models import LocalAct
from apps.office.permissions import can_consent

ONE_DAY = datetime.timedelta(days=1)
FOLLOWED = frozenset({ActKind.JOB_DESCRIPTION, ActKind.DEPARTMENT_STATUTE, ActKind.IMO_STATUTE})
ONLY_DRAFT = "Акт уже вступил в силу и не меняется: внесите новую редакцию."


@transaction.atomic
def save_act(*, by: Any, act: LocalAct | None = None, **details: Any) -> LocalAct:
    """A draft edition, or changes of one; it is numbered after the last edition of the same act.

    A consent given to another text does not stand: changes of a statute take it away.
    """
    require_keeper(by)
    row = _draft(act) if act else LocalAct()
    for name, value in details.items():
        setattr(row, name, value)
    row.consented_by, row.consented_on = None, None
    if row.pk is None:
        row.edition = (same_act(row).aggregate(last=Max("edition"))["last"] or 0) + 1
    return written(row, by=by)


@transaction.atomic
def delete_act(*, by: Any, act: LocalAct) -> None:
    """Only a draft that nothing rests on."""
    require_keeper(by)
    row = _draft(act)
    if row.orders.exists() or row.proposals.exists():
        raise Conflict("На этот проект ссылаются приказы или предложения сотрудников.")
    removed(row, by=by)


@transaction.atomic
def give_consent(*, by: Any, act: LocalAct) -> LocalAct:
    """The head agrees to a new edition of ИМО's statute (7.1)."""
    row = locked(act)
    require(can_consent(by, row), "Согласие даёт тот, кто сегодня вправе утверждать за заведующего.")
    row.consented_by_id, row.consented_on = by.pk, timezone.localdate()
    row.save(update_fields=["consented_by", "consented_on"])
    journal.record(by=by, verb=Verb.APPROVED, subject=row, note="согласие на изменение Положения")
    return row


@transaction.atomic
def bring_into_force(
    *,
    by: Any,
    act: LocalAct,
    in_force_from: datetime.date,
    order_number: str = "",
    order_date: datetime.date | None = None,
) -> LocalAct:
    """The edition begins; the one before it ends the day before. Both or none.

    Raises `ValidationError` for ИМО's statute without order and consent, or an earlier edition that
    began later.
    """
    require_keeper(by)
    row = _draft(act)
    row.in_force_from = in_force_from
    row.order_number, row.order_date = order_number.strip(), order_date
    for earlier in same_act(row).filter(in_force_from__isnull=False).select_for_update():
        if row.kind in FOLLOWED and (earlier.in_force_to is None or earlier.in_force_to >= in_force_from):
            if earlier.in_force_from >= in_force_from:
                raise ValidationError(
                    {"in_force_from": "Предыдущая редакция вступила в силу не раньше этого дня."}
                )
            earlier.in_force_to = in_force_from - ONE_DAY
            earlier.save(update_fields=["in_force_to"])
    return written(row, by=by)


@transaction.atomic
def end_act(*, by: Any, act: LocalAct, in_force_to: datetime.date) -> LocalAct:
    """The act loses its force after the day."""
    require_keeper(by)
    row = locked(act)
    if row.in_force_from is None:
        raise Conflict("Проект ещё не вступил в силу.")
    return written(row, by=by, details={"in_force_to": in_force_to})


@transaction.atomic
def attach_act_file(*, by: Any, act: LocalAct, file: IO[bytes], name: str, content_type: str) -> LocalAct:
    """Keeps a checked upload as the text of the edition; an earlier one stays in storage."""
    require_keeper(by)
    row = locked(act)
    row.file = store_file(file=file, name=name, content_type=content_type, by=by)
    row.save(update_fields=["file"])
    journal.record(by=by, verb=Verb.CHANGED, subject=row, title=named(row), note="файл")
    return row


def same_act(row: LocalAct) -> Any:
    """Other editions of the same act: of the post, of the statute, of the employee, or of that title."""
    others = LocalAct.objects.filter(kind=row.kind).exclude(pk=row.pk)
    if row.kind == ActKind.JOB_DESCRIPTION:
        return others.filter(position=row.position_id)
    if row.kind == ActKind.CONTRACT:
        return others.filter(employee=row.employee_id)
    return others.filter(title=row.title) if row.kind == ActKind.OTHER else others


def _draft(act: LocalAct) -> LocalAct:
    row = locked(act)
    if row.in_force_from is not None:
        raise Conflict(ONLY_DRAFT)
    return row
