"""Erasing a person's data: what names him goes for good, what figures are counted from stays."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max, Q
from django.utils import timezone

from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.core.models import StoredFile
from apps.notices.models import Notice
from apps.organizations.models import Department
from apps.papers.actions import issue
from apps.papers.enums import PaperKind, Register
from apps.teachers import permissions
from apps.teachers.actions.standing import refresh
from apps.teachers.erasing.act import compose
from apps.teachers.erasing.fields import BLANKED, KEPT, PERSON
from apps.teachers.models import Award, ChangeRow, Erasure, Mentorship, Merge, Person

ONLY_HEAD = "Персональные данные уничтожает заведующий ИМО."


@transaction.atomic
def erase(*, by: Any, person: Person, basis: str) -> Erasure:
    """Blanks the card, what was merged into it, their rows, scans and history; issues the act.

    The figures of coverage stay as they were. `Refused`; `ValidationError` without a basis; `Conflict` for a
    card that is erased or merged into another.
    """
    require(permissions.can_erase(by, person), ONLY_HEAD)
    if not basis.strip():
        raise ValidationError({"basis": "Укажите основание: требование, отзыв согласия или истёкший срок."})
    group = Person.objects.select_for_update(of=("self",)).filter(Q(pk=person.pk) | Q(merged_into=person.pk))
    cards = list(group.order_by("pk"))
    own = next((one for one in cards if one.pk == person.pk), None)
    if own is None or own.erased_on is not None or own.merged_into_id is not None:
        raise Conflict("Эта карточка уже обезличена или объединена с другой.")
    numbers = [one.pk for one in cards]
    counts = _counts(numbers)
    for card in cards:
        _blank_person(card)
    _blank_rows(numbers)
    _blank_around(numbers)
    act = _act(own, basis.strip()[:300], counts, by)
    _erase_history(numbers)
    refresh(numbers)
    journal.record(by=by, verb=Verb.DELETED, subject=own, note=f"персональные данные уничтожены, {act}")
    return act


def _counts(numbers: list[int]) -> dict[str, int]:
    """Categories of data with the number of records, as the act lists them."""
    counts = {"ФИО, дата рождения, контакты": len(numbers)}
    for model in BLANKED:
        title = str(model._meta.verbose_name_plural)  # type: ignore[attr-defined]
        counts[f"{title}: реквизиты"] = model.objects.filter(person__in=numbers).count()  # type: ignore[attr-defined]
    counts["награды"] = Award.objects.filter(person__in=numbers).count()
    counts["сканы документов"] = len(_scans(numbers))
    return {title: number for title, number in counts.items() if number}


def _scans(numbers: list[int]) -> list[Any]:
    scans = []
    for model in (*BLANKED, Award):
        if any(field.name == "scan" for field in model._meta.fields):  # type: ignore[attr-defined]
            rows = model.objects.filter(person__in=numbers, scan__isnull=False)  # type: ignore[attr-defined]
            scans += list(rows.values_list("scan_id", flat=True))
    return scans


def _blank_person(card: Person) -> None:
    card.last_name, card.first_name = "Обезличен", f"№\u00a0{card.pk}"
    for name in PERSON:
        setattr(card, name, None if name == "user" else "")
    if card.birth_on:
        card.birth_on = datetime.date(card.birth_on.year, 1, 1)
    card.is_declined_by_hand, card.erased_on = True, timezone.localdate()
    card.save()


def _blank_rows(numbers: list[int]) -> None:
    files = _scans(numbers)
    for model, names in BLANKED.items():
        empty = {name: None if model._meta.get_field(name).null else "" for name in names}  # type: ignore[attr-defined]
        model.objects.filter(person__in=numbers).update(**empty)  # type: ignore[attr-defined]
    Award.objects.filter(person__in=numbers).delete()
    pairs = Mentorship.objects.filter(Q(mentor__in=numbers) | Q(mentee__in=numbers))
    pairs.update(programme="", outcome="")
    _delete_files(files)


def _delete_files(numbers: list[Any]) -> None:
    for stored in StoredFile.objects.filter(pk__in=numbers):
        storage, name = stored.content.storage, stored.content.name
        stored.delete()
        transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))  # type: ignore[misc]


def _blank_around(numbers: list[int]) -> None:
    """What other tables remember: rows of loaded tables, undone merges, notices about the card."""
    ChangeRow.objects.filter(person__in=numbers).update(
        name="Обезличен", given={}, details={}, changes=[], undo={}
    )
    Merge.objects.filter(Q(kept__in=numbers) | Q(gone__in=numbers)).update(undo={})
    for number in numbers:
        Notice.objects.filter(url__startswith=f"/teachers/{number}/").delete()


def _act(person: Person, basis: str, counts: dict[str, int], by: Any) -> Erasure:
    frozen = {"card": person.pk, "basis": basis, "counts": counts, "kept": KEPT}
    department = Department.objects.get()
    issue(
        kind=PaperKind.ERASURE_ACT,
        register=Register.ERASURES,
        title=f"Акт об уничтожении персональных данных, карточка №\u00a0{person.pk}",
        subject=person,
        build=lambda header: compose(frozen, department, header),
        by=by,
        snapshot=frozen,
    )
    # The register's number is locked until the end of the transaction: no two acts count at once.
    last = Erasure.objects.aggregate(last=Max("number"))["last"] or 0
    return Erasure.objects.create(
        number=last + 1, person=person, basis=basis, kept=KEPT[:500], counts=counts, erased_by=by
    )


def _erase_history(numbers: list[int]) -> None:
    with connection.cursor() as cursor:
        for number in numbers:
            cursor.execute("SELECT teachers_erase_history(%s)", [number])
