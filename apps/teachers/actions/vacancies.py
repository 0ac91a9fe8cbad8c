"""Vacant posts of an organisation."""

from typing import Any

from django.db import transaction

from apps.core import journal
from apps.core.access import require
from apps.core.enums import Verb
from apps.teachers import permissions
from apps.teachers.models import Vacancy

NOT_THEIR_VACANCY = "Вакансии ведут сама организация и сотрудники ИМО."


@transaction.atomic
def save_vacancy(*, by: Any, vacancy: Vacancy) -> Vacancy:
    """A new or changed vacancy. `Refused`; `ValidationError` by field."""
    stored = Vacancy.objects.filter(pk=vacancy.pk).select_for_update().first() if vacancy.pk else None
    for row in filter(None, (stored, vacancy)):
        require(permissions.can_keep_for(by, row.organization), NOT_THEIR_VACANCY)
    vacancy.full_clean()
    vacancy.save()
    _record(by, Verb.CHANGED if stored else Verb.CREATED, vacancy)
    return vacancy


@transaction.atomic
def remove_vacancy(*, by: Any, vacancy: Vacancy) -> None:
    """A vacancy entered by mistake; a closed one gets its last day instead. `Refused`."""
    require(permissions.can_keep_for(by, vacancy.organization), NOT_THEIR_VACANCY)
    _record(by, Verb.DELETED, vacancy)
    vacancy.delete()


def _record(by: Any, verb: Verb, vacancy: Vacancy) -> None:
    journal.record(by=by, verb=verb, subject=vacancy, organization_id=vacancy.organization_id)
