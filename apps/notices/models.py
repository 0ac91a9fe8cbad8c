"""Notices inside the portal, and the log of the letters sent for them."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from apps.core.roles import Role, has_role
from apps.notices.enums import DeliveryState, Frequency


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Everybody reads his own."""
        return self.filter(recipient_id=user.pk)

    def unread(self) -> Self:
        return self.filter(read_at=None)


class Notice(models.Model):
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name="кому"
    )
    kind = models.CharField("вид", max_length=40)
    title = models.CharField("заголовок", max_length=300)
    text = models.TextField("текст", blank=True)
    url = models.CharField("страница", max_length=300, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="от кого",
    )
    created_at = models.DateTimeField("создано", db_default=Now())
    read_at = models.DateTimeField("прочитано", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "уведомление"
        verbose_name_plural = "уведомления"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["recipient"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["recipient", "-created_at"], name="notice_recipient"),
        ]

    def __str__(self) -> str:
        return self.title


class DeliveryQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """ИМО and the administrator see what was sent to whom."""
        return self if has_role(user, Role.HEAD, Role.METHODIST, Role.ADMIN) else self.none()


class Delivery(models.Model):
    """A letter: to which address, with what result. One letter may carry several notices (a digest)."""

    notices = models.ManyToManyField(
        Notice, related_name="deliveries", verbose_name="уведомления", blank=True
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кому",
    )
    address = models.EmailField("адрес", blank=True)
    subject = models.CharField("тема", max_length=300)
    state = models.CharField("состояние", max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField("попыток", default=0)
    error = models.CharField("ошибка", max_length=300, blank=True)
    created_at = models.DateTimeField("создано", db_default=Now())
    sent_at = models.DateTimeField("отправлено", null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "отправленное письмо"
        verbose_name_plural = "отправленные письма"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.subject} → {self.address}"


class Preference(models.Model):
    """How often a user wants letters."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="notice_preference",
        verbose_name="пользователь",
    )
    frequency = models.CharField("письма", max_length=10, choices=Frequency, default=Frequency.AT_ONCE)

    class Meta:
        verbose_name = "настройка уведомлений"
        verbose_name_plural = "настройки уведомлений"

    def __str__(self) -> str:
        return self.get_frequency_display()
