"""Columns of the log of letters."""

from typing import Any

from django.urls import reverse

from apps.core.columns import Column, Kind
from apps.notices.enums import DeliveryState
from apps.notices.models import Delivery


def delivery_url(delivery: Delivery) -> str:
    return reverse("notices:delivery-detail", args=[delivery.pk])


def state(delivery: Delivery) -> Any:
    return DeliveryState(delivery.state)


DELIVERY_COLUMNS = (
    Column("subject", "Тема", sort="subject", url=delivery_url, width=50),
    Column("recipient", "Кому", sort=("recipient__last_name", "recipient__first_name")),
    Column("address", "Адрес", sort="address"),
    Column("state", "Состояние", state, kind=Kind.STATE, sort="state"),
    Column("attempts", "Попыток", kind=Kind.NUMBER, sort="attempts"),
    Column("created", "Создано", "created_at", kind=Kind.DATETIME, sort="created_at"),
    Column("sent", "Отправлено", "sent_at", kind=Kind.DATETIME, sort="sent_at"),
    Column("error", "Ошибка", on_page=False, width=50),
)
