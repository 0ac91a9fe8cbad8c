"""Changes of organisations; pages, admin, import and tests go through here."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from apps.core import journal
from apps.core.access import require
from apps.core.enums import Verb
from apps.core.idempotency import first_time
from apps.core.models import PortalState, UsedKey
from apps.core.school_year import SchoolYear
from apps.organizations import permissions
from apps.organizations.models import Contingent, Department, Organization

DETAILS = (
    "full_name", "short_name", "kind", "type", "levels", "parent", "inn", "kpp", "ogrn",
    "legal_address", "address", "district", "head_name", "head_position", "phone", "email", "site",
    "status", "opened_on", "closed_on", "is_verified", "note",
)  # fmt: skip
# What an organisation's responsible keeps himself.
CONTACTS = ("head_name", "head_position", "legal_address", "address", "district", "phone", "email", "site")
IMPORT = "organizations.import"
ONLY_KEEPERS = "Сведения об организациях ведут методист, заведующий и администратор."


@transaction.atomic
def create_organization(*, by: Any, **details: Any) -> Organization:
    """A new organisation. `Refused`; `ValidationError` by field where something does not fit."""
    require(permissions.can_keep(by), ONLY_KEEPERS)
    organization = Organization(**_known(details, DETAILS))
    organization.full_clean()
    organization.save(force_insert=True)
    journal.record(by=by, verb=Verb.CREATED, subject=organization, organization_id=organization.pk)
    return organization


@transaction.atomic
def change_organization(*, by: Any, organization: Organization, **details: Any) -> Organization:
    """Any details, those not named stay. `Refused`; `ValidationError` by field."""
    require(permissions.can_keep(by, organization), ONLY_KEEPERS)
    return _change(by, organization, _known(details, DETAILS))


@transaction.atomic
def change_contacts(*, by: Any, organization: Organization, **contacts: Any) -> Organization:
    """Head, addresses, contacts. `Refused`; `ValidationError`; `TypeError` for other columns."""
    require(
        permissions.can_change_contacts(by, organization),
        "Контакты организации меняют её ответственный и сотрудники ИМО.",
    )
    return _change(by, organization, _known(contacts, CONTACTS))


def _known(details: dict[str, Any], allowed: Iterable[str]) -> dict[str, Any]:
    if unknown := set(details) - set(allowed):
        raise TypeError(f"not to be changed here: {sorted(unknown)}")
    return details


def _change(by: Any, organization: Organization, details: dict[str, Any]) -> Organization:
    """Writes what differs; a change of nothing leaves no trace in the journal and in history."""
    row = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    different = [name for name, value in details.items() if getattr(row, name) != value]
    if not different:
        return row
    for name in different:
        setattr(row, name, details[name])
    row.full_clean()
    row.save(update_fields=different)
    titles = ", ".join(
        str(getattr(Organization._meta.get_field(name), "verbose_name", name)) for name in different
    )
    journal.record(by=by, verb=Verb.CHANGED, subject=row, organization_id=row.pk, note=titles)
    return row


def import_is_done(*, by: Any, key: str) -> bool:
    """Whether this press of the button has been acted upon already."""
    return bool(key) and UsedKey.objects.filter(user_id=by.pk, action=IMPORT, key=key).exists()


@transaction.atomic
def write_import(*, by: Any, rows: Iterable[Any], key: str, name: str) -> bool:
    """Writes the checked rows (`imports.ImportRow`) of a table, all or none; False for a used `key`.

    Raises `Refused`; `ValidationError` when a row does not fit any more.
    """
    require(permissions.can_import(by), ONLY_KEEPERS)
    if not first_time(by=by, action=IMPORT, key=key):
        return False
    new = changed = 0
    for row in rows:
        if row.organization is None:
            create_organization(by=by, **row.details)
            new += 1
        elif row.changes:
            _change(by, row.organization, row.details)
            changed += 1
    note = f"новых: {new}, изменено: {changed}"
    journal.record(by=by, verb=Verb.IMPORTED, title=f"Организации: {name}", note=note)
    return True


@transaction.atomic
def set_contingent(
    *,
    by: Any,
    organization: Organization,
    school_year: int,
    pupils: int,
    groups: int,
    counted_on: datetime.date,
) -> Contingent:
    """Pupils and groups of a school year (named by its first calendar year); a second entry replaces it.

    Raises `Refused`; `ValidationError` when the day lies outside of the school year or in the future.
    """
    require(
        permissions.can_enter_contingent(by, organization),
        "Контингент вносят ответственный от организации и сотрудники ИМО.",
    )
    _check_counted_on(school_year, counted_on)
    # A button pressed twice: the second request waits here, and then changes the row of the first one.
    Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    row = Contingent.objects.select_for_update().filter(
        organization=organization, school_year=school_year
    ).first() or Contingent(organization=organization, school_year=school_year)
    verb = Verb.CHANGED if row.pk else Verb.CREATED
    row.pupils, row.groups, row.counted_on = pupils, groups, counted_on
    row.full_clean()
    row.save()
    journal.record(by=by, verb=verb, subject=row, organization_id=organization.pk)
    return row


def _check_counted_on(school_year: int, day: datetime.date) -> None:
    try:
        year = SchoolYear(school_year)
    except ValueError:
        return  # the model's own constraint tells about the year
    if not year.first_day <= day <= year.last_day:
        raise ValidationError({"counted_on": f"Дата должна попадать в {year.title}."})
    if day > timezone.localdate():
        raise ValidationError({"counted_on": "Эта дата ещё не наступила."})


@transaction.atomic
def change_department(*, by: Any, **details: Any) -> Department:
    """Names and contacts of the department and of ИМО. `Refused`; `ValidationError` by field."""
    require(permissions.can_keep_department(by), "Реквизиты департамента меняют заведующий и руководитель.")
    return write_department(by=by, **details)


@transaction.atomic
def write_department(*, by: Any, **details: Any) -> Department:
    """Makes or replaces the one row; the caller asked for the right (nobody has it at the first start)."""
    PortalState.objects.select_for_update().filter(pk=1).first()
    department = Department.objects.filter(pk=1).first() or Department(pk=1)
    for name, value in details.items():
        setattr(department, name, value)
    department.full_clean()
    department.save()
    journal.record(by=by, verb=Verb.CHANGED, subject=department)
    return department
