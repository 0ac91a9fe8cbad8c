"""Two cards of one person become one, and two again when that was a mistake."""

from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.teachers import permissions
from apps.teachers.actions.standing import refresh
from apps.teachers.enums import EmploymentForm
from apps.teachers.merging.preview import GONE, KEPT, PART_TIME, Preview, preview
from apps.teachers.merging.snapshots import plain, put, snapshot
from apps.teachers.models import Employment, Merge, NotSame, Person

ONLY_DECIDERS = "Карточки объединяют методисты и заведующий ИМО."
CHANGED_SINCE = "После объединения запись изменили: {}. Отменить объединение уже нельзя, исправьте карточку."


@transaction.atomic
def say_not_same(*, by: Any, first: Person, second: Person) -> NotSame:
    """Remembers that the two are two people; the pair is no longer proposed. `Refused`."""
    require(permissions.can_merge(by), ONLY_DECIDERS)
    less, more = sorted((first, second), key=lambda one: one.pk)
    pair, is_new = NotSame.objects.get_or_create(first=less, second=more, defaults={"said_by": by})
    if is_new:
        journal.record(by=by, verb=Verb.CHANGED, subject=less, note=f"не одно лицо с карточкой № {more.pk}")
    return pair


@transaction.atomic
def merge(*, by: Any, kept: Person, gone: Person, choices: dict[str, str] | None = None) -> Merge:
    """Moves all of `gone` to `kept`, fills what was empty there; `gone` stays as a signpost to it.

    `choices`: the answer to each clash of the preview by its key, the first option where nothing is said.
    `Refused`; `Conflict` for a card that is merged or erased, and where the two guide one another.
    """
    require(permissions.can_merge(by), ONLY_DECIDERS)
    kept, gone = _locked(kept, gone)
    plan = preview(kept, gone)
    if plan.refusal:
        raise Conflict(plan.refusal)
    chosen = {one.key: _choice(one, choices or {}) for one in plan.clashes}
    undo: dict[str, Any] = {"moved": [], "deleted": [], "kept": {}, "gone": {}}
    _drop(plan, chosen, undo)
    _move(plan, chosen, undo)
    _join(plan, chosen.get("user", KEPT), undo)
    row = Merge.objects.create(kept=kept, gone=gone, undo=undo, merged_by=by)
    refresh([kept.pk, gone.pk])
    journal.record(by=by, verb=Verb.CHANGED, subject=kept, note=f"влита карточка № {gone.pk}")
    return row


@transaction.atomic
def undo_merge(*, by: Any, merge: Merge) -> None:
    """Puts both cards back as they were. `Refused`; `Conflict` when anything moved was changed since."""
    require(permissions.can_merge(by), ONLY_DECIDERS)
    row = Merge.objects.select_for_update().get(pk=merge.pk)
    people = (
        Person.objects.select_for_update(of=("self",))
        .filter(pk__in=(row.kept_id, row.gone_id))
        .order_by("pk")
    )
    both = {one.pk: one for one in people}
    kept, gone = both[row.kept_id], both[row.gone_id]
    if row.undone_at is not None or not row.undo:
        raise Conflict("Это объединение уже отменено, или данные карточки уничтожены.")
    moved = [(_row(label, pk), was, now) for label, pk, was, now in row.undo["moved"]]
    _unchanged(kept, gone, moved, row.undo)
    _put_people(kept, gone, row.undo)
    for one, was, _ in moved:
        put(one, was).save()
    for label, was in row.undo["deleted"]:
        put(apps.get_model(label)(), was).save(force_insert=True)
    row.undone_at = timezone.now()
    row.save(update_fields=["undone_at"])
    refresh([kept.pk, gone.pk])
    journal.record(
        by=by, verb=Verb.CHANGED, subject=kept, note=f"отменено объединение с карточкой № {gone.pk}"
    )


def _locked(kept: Person, gone: Person) -> tuple[Person, Person]:
    rows = Person.objects.select_for_update(of=("self",)).filter(pk__in=(kept.pk, gone.pk)).order_by("pk")
    both = {one.pk: one for one in rows}
    if len(both) != 2 or any(one.merged_into_id or one.erased_on for one in both.values()):
        raise Conflict("Одна из карточек уже объединена с другой или обезличена. Откройте список заново.")
    return both[kept.pk], both[gone.pk]


def _choice(clash: Any, choices: dict[str, str]) -> str:
    known = [value for value, _ in clash.options]
    answer = choices.get(clash.key, known[0])
    if answer not in known:
        raise Conflict("Выберите, что оставить, из предложенного.")
    return answer


def _drop(plan: Preview, chosen: dict[str, str], undo: dict[str, Any]) -> None:
    """Rows entered twice, and the losers of the clashes, with what hangs on them."""
    losers = list(plan.same)
    for clash in plan.clashes:
        if clash.gone is not None and chosen[clash.key] == KEPT:
            losers.append(clash.gone)
        if clash.gone is not None and chosen[clash.key] == GONE:
            losers += [one for one in clash.kept if one not in losers]
    dropped = {(type(row), row.pk) for row in losers}
    for row in losers:
        leaves = list(row.leaves.all()) if isinstance(row, Employment) else []
        # The post first: it is put back before its leaves.
        undo["deleted"] += [[one._meta.label, snapshot(one)] for one in (row, *leaves)]
        row.delete()
    plan.moved = [(name, row) for name, row in plan.moved if (type(row), row.pk) not in dropped]


def _move(plan: Preview, chosen: dict[str, str], undo: dict[str, Any]) -> None:
    for name, row in plan.moved:
        was = snapshot(row)
        setattr(row, f"{name}_id", plan.kept.pk)
        if isinstance(row, Employment) and chosen.get(f"post-{row.pk}") == PART_TIME:
            row.form = _part_time(row, plan)
        row.save()
        undo["moved"].append([row._meta.label, row.pk, was, snapshot(row)])


def _part_time(row: Employment, plan: Preview) -> str:
    [clash] = [one for one in plan.clashes if one.key == f"post-{row.pk}"]
    is_same = any(one.organization_id == row.organization_id for one in clash.kept)
    return EmploymentForm.INTERNAL if is_same else EmploymentForm.EXTERNAL


def _join(plan: Preview, user: str, undo: dict[str, Any]) -> None:
    kept, gone = plan.kept, plan.gone
    before_kept, before_gone = snapshot(kept), snapshot(gone)
    for name in plan.filled:
        setattr(kept, name, getattr(gone, name))
    account = gone.user_id if user == GONE or kept.user_id is None else kept.user_id
    gone.user_id, gone.merged_into_id = None, kept.pk
    gone.save()
    kept.user_id = account
    kept.save()
    undo["kept"], undo["gone"] = _difference(before_kept, kept), _difference(before_gone, gone)


def _difference(before: dict[str, Any], row: Model) -> dict[str, list[Any]]:
    now = snapshot(row)
    return {name: [was, now[name]] for name, was in before.items() if was != now[name]}


def _row(label: str, pk: Any) -> Model:
    row = apps.get_model(label)._base_manager.filter(pk=pk).first()
    if row is None:
        raise Conflict(CHANGED_SINCE.format("запись удалена"))
    return row


def _unchanged(kept: Person, gone: Person, moved: list[Any], undo: dict[str, Any]) -> None:
    for row, _, now in moved:
        if snapshot(row) != now:
            raise Conflict(CHANGED_SINCE.format(row))
    for person, key in ((kept, "kept"), (gone, "gone")):
        for name, (_, now) in undo[key].items():
            if plain(getattr(person, name)) != now:
                title = str(Person._meta.get_field(name.removesuffix("_id")).verbose_name)  # type: ignore[union-attr]
                raise Conflict(CHANGED_SINCE.format(title))


def _put_people(kept: Person, gone: Person, undo: dict[str, Any]) -> None:
    """The kept one lets go first what may be only once: the account, СНИЛС."""
    put(kept, {name: was for name, (was, _) in undo["kept"].items()})
    account, kept.user_id = kept.user_id, None
    kept.save()
    put(gone, {name: was for name, (was, _) in undo["gone"].items()})
    gone.save()
    kept.user_id = account
    kept.save()
