"""Analyses of a campaign that are kept: a name, and what they ask."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from apps.core.history import tracked
from apps.core.roles import reads_city
from apps.monitoring.models.campaigns import Campaign


class SavedAnalysisQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self if reads_city(user) else self.none()


@tracked()
class SavedAnalysis(models.Model):
    """What is asked of the campaign's figures, under a name; the figures are computed each time.

    `wish` is the JSON of `analysis.spec.Wish`. In the report of the campaign stand those with `in_report`.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="analyses", verbose_name="мониторинг")
    title = models.CharField("название", max_length=200)
    wish = models.JSONField("что показать")
    in_report = models.BooleanField("страница отчёта", default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="составил"
    )
    created_at = models.DateTimeField("составлен", db_default=Now())

    objects = SavedAnalysisQuerySet.as_manager()

    class Meta:
        verbose_name = "сохранённый анализ"
        verbose_name_plural = "сохранённые анализы"
        ordering = ["campaign", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "title"],
                name="analysis_titles_differ",
                violation_error_message="Анализ с таким названием у этого мониторинга уже есть.",
            )
        ]

    def __str__(self) -> str:
        return self.title
