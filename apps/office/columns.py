"""Lists of the staff, each column once for the page, Excel and print."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from apps.core.columns import Column, Kind
from apps.core.experience import Length
from apps.office import enums
from apps.office.models import Employee, LocalAct, Order, StaffingEdition


def to(name: str) -> Callable[[Any], str]:
    """The address of the row's own page."""
    return lambda row: reverse(f"office:{name}", args=[row.pk])


def _word(members: Any) -> Callable[[Any], str]:
    return lambda row: members(row.category).label if row.category else ""


def _away(row: Any) -> str:
    return f"до {row.away_until:%d.%m.%Y}" if row.away_until else ""


def _order(row: Any) -> str:
    return f"№\u00a0{row.order_number} от {row.order_date:%d.%m.%Y}" if row.order_number else ""


def employee_columns(links: bool, own_user: int | None) -> list[Column]:
    """A card is linked for those who may open it."""

    def card(row: Employee) -> str | None:
        return row.get_absolute_url() if links or (own_user and row.user_id == own_user) else None

    return [
        Column("name", "Сотрудник", "full_name", sort=["last_name", "first_name"], url=card, width=36),
        Column("post", "Должность", sort="post", width=34),
        Column("category", "Категория", _word(enums.PostCategory), sort="category", on_page=False),
        Column("units", "Ставка", "post_units", kind=Kind.NUMBER, sort="post_units"),
        Column("direction", "Направление", "get_direction_display", sort="direction", width=34),
        Column("since", "В должности с", "post_since", kind=Kind.DATE, sort="post_since"),
        Column("order", "Приказ", _order, width=24),
        Column("away", "Отсутствует", _away, sort="away_until"),
    ]


EDITIONS = [
    Column("number", "Редакция", kind=Kind.NUMBER, sort="number", url=StaffingEdition.get_absolute_url),
    Column("state", "Состояние", lambda row: enums.EditionState(row.state), kind=Kind.STATE, sort="state"),
    Column("in_force_from", "Действует с", kind=Kind.DATE, sort="in_force_from"),
    Column("units", "Единиц", kind=Kind.NUMBER, sort="units"),
    Column("order", "Приказ", "order_text", width=30),
    Column("note", "Пояснение", width=40),
]
POSITIONS = [
    Column("title", "Должность", sort="title", width=40),
    Column("category", "Категория", "get_category_display", sort="category"),
    Column("direction", "Направление", "direction_title", sort="direction", width=40),
    Column("service_kind", "Вид стажа", "get_service_kind_display", sort="service_kind"),
    Column("is_closed", "Упразднена", kind=Kind.BOOLEAN, sort="is_closed"),
]
NORMS = [
    Column("term", "Стаж", lambda row: str(Length.of_days(row.months * 30)), sort="months"),
    Column("months", "Месяцев", kind=Kind.NUMBER, on_page=False),
    Column("basis", "Основание", sort="basis", width=60),
    Column("in_force_from", "Действует с", kind=Kind.DATE, sort="in_force_from"),
    Column("in_force_to", "По", kind=Kind.DATE, sort="in_force_to"),
]
VACANCIES = [
    Column("position", "Должность", "position.title", width=40),
    Column("category", "Категория"),
    Column("direction", "Направление", width=40),
    Column("units", "По штату", kind=Kind.NUMBER),
    Column("occupied", "Занято", kind=Kind.NUMBER),
    Column("vacant", "Вакантно", kind=Kind.NUMBER),
]
APPOINTMENTS = [
    Column("position", "Должность", "position.title", width=40),
    Column("units", "Ставка", kind=Kind.NUMBER),
    Column("starts_on", "С", kind=Kind.DATE),
    Column("ends_on", "По", kind=Kind.DATE),
    Column("order", "Приказ", "order_text"),
]
SERVICES = [
    Column("place", "Место работы", width=40),
    Column("post", "Должность"),
    Column("kind", "Вид стажа", "get_kind_display"),
    Column("starts_on", "С", kind=Kind.DATE),
    Column("ends_on", "По", kind=Kind.DATE),
]
ORDERS = [
    Column("title", "Приказ", sort="title", url=Order.get_absolute_url, width=50),
    Column("kind", "Вид", "get_kind_display", sort="kind", width=26),
    Column("state", "Состояние", lambda row: enums.OrderState(row.state), kind=Kind.STATE, sort="state"),
    Column("number", "Номер", sort="number", width=12),
    Column("date", "Дата", kind=Kind.DATE, sort="date"),
    Column("employee", "Сотрудник", sort="employee__last_name", width=24),
    Column("starts_on", "С", kind=Kind.DATE, sort="starts_on"),
    Column("ends_on", "По", kind=Kind.DATE, sort="ends_on"),
    Column("ended_early_on", "Прекращено", kind=Kind.DATE, on_page=False),
]
ABSENCES = [
    Column("employee", "Сотрудник", sort="employee__last_name", width=24),
    Column("kind", "Вид", "get_kind_display", sort="kind"),
    Column("starts_on", "С", kind=Kind.DATE, sort="starts_on"),
    Column("ends_on", "По", kind=Kind.DATE, sort="ends_on"),
    Column("substitute", "Замещает", sort="substitute__last_name", width=24),
    Column("order", "Приказ", _order, width=24),
]
ACTS = [
    Column("title", "Акт", sort="title", url=LocalAct.get_absolute_url, width=50),
    Column("kind", "Вид", "get_kind_display", sort="kind", width=26),
    Column("edition", "Редакция", kind=Kind.NUMBER, sort="edition"),
    Column("force", "Сила", kind=Kind.STATE),
    Column("in_force_from", "Действует с", kind=Kind.DATE, sort="in_force_from"),
    Column("in_force_to", "По", kind=Kind.DATE, sort="in_force_to"),
    Column("order", "Приказ", "order_text", on_page=False, width=30),
]
PROPOSALS = [
    Column("act", "К акту", lambda row: row.act or "новый акт", url=to("proposal-detail"), width=50),
    Column("author", "Автор", sort="author__last_name", width=24),
    Column("created_at", "Внесено", kind=Kind.DATETIME, sort="created_at"),
    Column("state", "Состояние", lambda row: enums.ProposalState(row.state), kind=Kind.STATE, sort="state"),
]
ENCOURAGEMENTS = [
    Column("employee", "Сотрудник", sort="employee__last_name", width=24),
    Column("kind", "Вид", "get_kind_display", sort="kind"),
    Column("reason", "За что", width=50),
    Column("given_on", "Дата", kind=Kind.DATE, sort="given_on"),
    Column("basis", "Основание", width=30),
]
BRIEFINGS = [
    Column("employee", "Сотрудник", sort="employee__last_name", width=24),
    Column("kind", "Инструктаж", "get_kind_display", sort="kind"),
    Column("held_on", "Проведён", kind=Kind.DATE, sort="held_on"),
    Column("next_on", "Следующий", kind=Kind.DATE, sort="next_on"),
    Column("instructor", "Провёл", width=24),
]
TRAININGS = [
    Column("employee", "Сотрудник", sort="employee__last_name", width=24),
    Column("title", "Программа", sort="title", width=50),
    Column("provider", "Где", width=40),
    Column("hours", "Часов", kind=Kind.NUMBER, sort="hours"),
    Column("starts_on", "С", kind=Kind.DATE, sort="starts_on"),
    Column("ends_on", "По", kind=Kind.DATE, sort="ends_on"),
    Column("document", "Документ", width=30),
]
APPEALS = [
    Column("subject", "Тема", sort="subject", url=to("appeal-detail"), width=50),
    Column("author", "Автор", sort="author__last_name", width=24),
    Column("addressee", "Кому", "get_addressee_display", sort="addressee"),
    Column("created_at", "Подано", kind=Kind.DATETIME, sort="created_at"),
    Column("state", "Ответ", kind=Kind.STATE),
]


def editable(columns: list[Column], key: str, name: str, may: bool) -> list[Column]:
    """The same columns; one of them leads to the form of the row for those who keep it."""
    from dataclasses import replace

    return [replace(one, url=to(name)) if may and one.key == key else one for one in columns]
