"""Mentors and those they guide (ТК РФ ст. 351.8)."""

from django.db import models
from django.db.models import F, Q

from apps.core.history import tracked
from apps.core.roles import reads_city
from apps.organizations.models import Organization
from apps.teachers.enums import MentoringForm, Terminator
from apps.teachers.models.employment import Spans
from apps.teachers.models.people import Person


class MentorshipQuerySet(Spans):
    def visible_to(self, user) -> "MentorshipQuerySet":
        """Seen by whoever sees one of the two: the organisation and both persons themselves."""
        if reads_city(user):
            return self
        seen = Person.objects.visible_to(user).values("pk")
        return self.filter(Q(mentor__in=seen) | Q(mentee__in=seen))


@tracked()
class Mentorship(models.Model):
    """An agreed pair with its term; `ended_on` is the last day, planned or real."""

    mentor = models.ForeignKey(Person, models.CASCADE, related_name="mentorships", verbose_name="наставник")
    mentee = models.ForeignKey(
        Person, models.CASCADE, related_name="menteeships", verbose_name="наставляемый"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="mentorships", verbose_name="организация"
    )
    form = models.CharField("форма", max_length=14, choices=MentoringForm)
    programme = models.CharField("персонализированная программа", max_length=300, blank=True)
    order_number = models.CharField("номер приказа", max_length=60)
    order_on = models.DateField("дата приказа")
    consent_on = models.DateField(
        "письменное согласие", help_text="Без согласия работника наставничество не поручают."
    )
    agreement_on = models.DateField("дополнительное соглашение", null=True, blank=True)
    is_paid = models.BooleanField("с доплатой", default=False)
    started_on = models.DateField("с")
    ended_on = models.DateField("по", null=True, blank=True, help_text="Последний день.")
    terminated_by = models.CharField("кто прекратил досрочно", max_length=8, choices=Terminator, blank=True)
    notified_on = models.DateField("уведомление о прекращении", null=True, blank=True)
    outcome = models.TextField("итоги", blank=True)

    objects = MentorshipQuerySet.as_manager()

    class Meta:
        verbose_name = "наставничество"
        verbose_name_plural = "наставничество"
        ordering = ["-started_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(mentor=F("mentee")),
                name="mentorship_of_two",
                violation_error_message="Наставник и наставляемый — разные люди.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="mentorship_ends_after_start",
                violation_error_message="Наставничество заканчивается раньше, чем начинается.",
            ),
            models.CheckConstraint(
                condition=Q(consent_on__lte=F("started_on")),
                name="mentorship_consent_before",
                violation_error_message="Согласие даётся до начала наставничества.",
            ),
            models.CheckConstraint(
                condition=Q(terminated_by="")
                | (Q(ended_on__isnull=False) & (Q(terminated_by="left") | Q(notified_on__isnull=False))),
                name="mentorship_ended_with_notice",
                violation_error_message="Досрочное прекращение: укажите дату и дату уведомления.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor} — {self.mentee}"
