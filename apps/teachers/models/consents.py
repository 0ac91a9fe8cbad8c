"""The register of consents to the processing of personal data (152-ФЗ)."""

import datetime

from django.db import models
from django.db.models import F, Q

from apps.core.history import tracked
from apps.core.models import StoredFile
from apps.teachers.enums import ConsentForm, ConsentKind
from apps.teachers.models.people import OfPerson, Person


class ConsentQuerySet(OfPerson):
    def on(self, day: datetime.date) -> "ConsentQuerySet":
        """Given, not withdrawn and not run out on the day."""
        return self.filter(
            Q(valid_until=None) | Q(valid_until__gte=day),
            Q(withdrawn_on=None) | Q(withdrawn_on__gt=day),
            given_on__lte=day,
        )


@tracked()
class Consent(models.Model):
    """One purpose, one document; a withdrawal ends it on its day."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents", verbose_name="педагог")
    kind = models.CharField("вид согласия", max_length=12, choices=ConsentKind)
    form = models.CharField("форма", max_length=10, choices=ConsentForm, default=ConsentForm.PAPER)
    given_on = models.DateField("дано")
    valid_until = models.DateField("действует до", null=True, blank=True)
    withdrawn_on = models.DateField("отозвано", null=True, blank=True)
    scan = models.ForeignKey(
        StoredFile, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="файл"
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "согласие"
        verbose_name_plural = "согласия"
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(valid_until=None) | Q(valid_until__gte=F("given_on")))
                & (Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("given_on"))),
                name="consent_ends_after_given",
                violation_error_message="Согласие заканчивается раньше, чем дано.",
            ),
        ]

    def __str__(self) -> str:
        return f"Согласие {self.get_kind_display()}"
