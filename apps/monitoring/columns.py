"""Columns of the lists of monitoring, declared once for the page, XLSX and print."""

from django.db.models import F
from django.urls import reverse

from apps.core.columns import Column, Kind
from apps.monitoring.enums import CampaignState, ResponseState
from apps.monitoring.models import Campaign, Response
from apps.organizations.enums import OrganizationKind

FORMS = [
    Column(
        "title",
        "Форма",
        sort="title",
        url=lambda one: reverse("monitoring:form-detail", args=[one.pk]),
        width=50,
    ),
    Column("code", "Код", sort="code"),
    Column("clause", "Пункт Положения", sort="clause"),
    Column("version", "Версия", value=lambda one: one.last_number, kind=Kind.NUMBER, sort="last_number"),
    Column("published", "Опубликовано версий", value=lambda one: one.published, kind=Kind.NUMBER),
    Column("campaigns", "Мониторингов", value=lambda one: one.used, kind=Kind.NUMBER, sort="used"),
]

ELEMENTS = [
    Column(
        "title",
        "Показатель",
        sort="title",
        url=lambda one: reverse("monitoring:element-detail", args=[one.pk]),
        width=60,
    ),
    Column("code", "Код", sort="code"),
    Column("type", "Тип", value=lambda one: one.get_type_display(), sort="type"),
    Column("unit", "Единица измерения", sort="unit"),
    Column(
        "is_archived", "В архиве", value=lambda one: "в архиве" if one.is_archived else "", sort="is_archived"
    ),
]


def _campaign_url(campaign: Campaign) -> str:
    return reverse("monitoring:campaign-detail", args=[campaign.pk])


CAMPAIGNS = [
    Column("title", "Мониторинг", sort="title", url=_campaign_url, width=50),
    Column("period", "Период", value="period_title", sort="period_start"),
    Column(
        "state",
        "Состояние",
        value=lambda one: CampaignState(one.state),
        kind=Kind.STATE,
        sort="state",
    ),
    Column("due_at", "Срок", kind=Kind.DATETIME, sort="due_at"),
    Column("asked", "Опрошено", kind=Kind.NUMBER, sort="asked", on_page=False),
    Column("answered", "Ответили", kind=Kind.NUMBER, sort="answered", on_page=False),
    Column(
        "progress",
        "Ответили",
        value=lambda one: f"{one.answered} из {one.asked}",
        sort=F("answered"),
        in_export=False,
    ),
    Column("waiting", "На проверке", kind=Kind.NUMBER, sort="waiting"),
    Column("accepted", "Принято", kind=Kind.NUMBER, sort="accepted"),
    Column("overdue", "Просрочили", kind=Kind.NUMBER, sort="overdue"),
]


def _response_url(response: Response) -> str:
    return reverse("monitoring:response-detail", args=[response.pk])


def late_word(response: Response) -> str:
    return "Просрочен" if response.is_overdue else ""


PROGRESS = [
    Column(
        "organization",
        "Организация",
        value="organization.short_name",
        sort="organization__short_name",
        url=_response_url,
        width=40,
    ),
    Column(
        "kind",
        "Вид",
        value=lambda one: OrganizationKind(one.organization.kind).label,
        sort="organization__kind",
        on_page=False,
    ),
    Column("state", "Состояние", value=lambda one: ResponseState(one.state), kind=Kind.STATE, sort="state"),
    Column("late", "Срок нарушен", value=late_word),
    Column("due_at", "Срок", kind=Kind.DATETIME),
    Column("opened_at", "Открыт", kind=Kind.DATETIME, sort="opened_at"),
    Column("saved_at", "Изменён", kind=Kind.DATETIME, sort="saved_at", on_page=False),
    Column("submitted_at", "Отправлен", kind=Kind.DATETIME, sort="submitted_at"),
    Column("submitted_by", "Кто отправил", value=lambda one: str(one.submitted_by or ""), on_page=False),
    Column("filled", "Заполнено ячеек", kind=Kind.NUMBER, sort="filled", on_page=False),
]

OWN_RESPONSES = [
    Column("title", "Отчёт", value="campaign.title", sort="campaign__title", url=_response_url, width=50),
    Column("period", "Период", value="campaign.period_title", sort="campaign__period_start"),
    Column("organization", "Организация", value="organization.short_name", sort="organization__short_name"),
    Column("state", "Состояние", value=lambda one: ResponseState(one.state), kind=Kind.STATE, sort="state"),
    Column("late", "Срок нарушен", value=late_word),
    Column("due_at", "Срок", kind=Kind.DATETIME, sort="campaign__due_at"),
    Column("submitted_at", "Отправлен", kind=Kind.DATETIME, sort="submitted_at"),
]
