"""Subscriptions of a calendar program to somebody's work or to a section of the plans."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from apps.core.history import tracked
from apps.planning.enums import Section


class FeedQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own only: whoever knows the link reads what it shows."""
        return self.filter(owner_id=user.pk) if user.is_authenticated else self.none()

    def working(self) -> Self:
        return self.filter(revoked_at=None, owner__is_active=True)


@tracked(exclude=["token_hash"])
class Feed(models.Model):
    """The link is shown once; of its secret only the hash is kept. A revoked one answers nothing for good."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="plan_feeds", verbose_name="чья подписка"
    )
    section = models.CharField("раздел", max_length=5, choices=Section, blank=True)
    token_hash = models.CharField("отпечаток ссылки", max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("создана", db_default=Now(), editable=False)
    revoked_at = models.DateTimeField("отозвана", null=True, blank=True, editable=False)

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = "подписка на календарь"
        verbose_name_plural = "подписки на календарь"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"Раздел: {self.get_section_display()}" if self.section else "Мои мероприятия"
