"""Columns of the list of organisations, for the page and for Excel."""

from typing import Any

from django.urls import reverse

from apps.core.columns import Column, Kind
from apps.core.phones import show_phone
from apps.core.school_year import SchoolYear
from apps.organizations.models import Organization


def _levels(one: Organization) -> str:
    return ", ".join(one.level_titles)


COLUMNS = [
    Column(
        "name", "Организация", "short_name", sort="short_name", url=Organization.get_absolute_url, width=40
    ),
    Column("full_name", "Полное наименование", on_page=False, width=60),
    Column("kind", "Вид", "kind_short_title", sort="kind", in_export=False),
    Column("full_kind", "Вид", "get_kind_display", on_page=False, width=40),
    Column("type", "Тип", "get_type_display", sort="type", width=14),
    Column("levels", "Уровни образования", _levels, on_page=False, width=40),
    Column("inn", "ИНН", sort="inn", width=13),
    Column("kpp", "КПП", on_page=False, width=12),
    Column("ogrn", "ОГРН", on_page=False, width=16),
    Column("address", "Адрес", sort="address", width=40),
    Column("legal_address", "Юридический адрес", on_page=False, width=40),
    Column("district", "Микрорайон, посёлок", on_page=False, width=22),
    Column("head_name", "Руководитель", sort="head_name"),
    Column("head_position", "Должность руководителя", on_page=False),
    Column("phone", "Телефон", lambda one: show_phone(one.phone), width=22),
    Column("email", "Электронная почта", on_page=False, width=28),
    Column("site", "Сайт", on_page=False, width=28),
    Column("pupils", "Обучающихся", kind=Kind.NUMBER, sort="pupils", help="За последний внесённый год."),
    Column("groups", "Классов, групп", kind=Kind.NUMBER, on_page=False),
    Column("status", "Состояние", "status_state", kind=Kind.STATE, sort="status"),
    Column("is_verified", "Сверена", kind=Kind.BOOLEAN, sort="is_verified"),
]


def year_of(row: Any) -> str:
    return SchoolYear(row.school_year).short


def contingent_link(row: Any) -> str:
    """Where the numbers of that year are corrected."""
    return f"{reverse('organizations:contingent-edit', args=[row.organization_id])}?year={row.school_year}"


CONTINGENT_COLUMNS = [
    Column("school_year", "Учебный год", year_of),
    Column("pupils", "Обучающихся", kind=Kind.NUMBER),
    Column("groups", "Классов, групп", kind=Kind.NUMBER),
    Column("counted_on", "На дату", kind=Kind.DATE),
]
# For whoever may correct them: a year leads to its numbers.
OWN_CONTINGENT_COLUMNS = [
    Column("school_year", "Учебный год", year_of, url=contingent_link),
    *CONTINGENT_COLUMNS[1:],
]
