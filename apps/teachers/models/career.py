"""What a person has reached: education, degrees, awards, qualification categories."""

import datetime

from django.db import models
from django.db.models import F, Q

from apps.core.history import tracked
from apps.core.models import StoredFile
from apps.teachers.enums import AwardLevel, CategoryKind, EducationDegree, ScienceDegree
from apps.teachers.models.books import AwardKind, Position
from apps.teachers.models.people import OfPerson, Person


class Document(models.Model):
    """A document that proves the row, with its scan; the scan is served only to who keeps the card."""

    document = models.CharField("документ", max_length=200, blank=True, help_text="Серия, номер.")
    issued_on = models.DateField("дата документа", null=True, blank=True)
    issuer = models.CharField("кем выдан", max_length=300, blank=True)
    scan = models.ForeignKey(
        StoredFile, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="скан"
    )

    class Meta:
        abstract = True


@tracked()
class Education(Document):
    person = models.ForeignKey(Person, models.CASCADE, related_name="educations", verbose_name="педагог")
    degree = models.CharField("уровень образования", max_length=10, choices=EducationDegree)
    is_pedagogical = models.BooleanField("педагогическое", default=False)
    institution = models.CharField("учебное заведение", max_length=300, blank=True)
    speciality = models.CharField("специальность, направление", max_length=200, blank=True)
    qualification = models.CharField("квалификация", max_length=200, blank=True)

    objects = OfPerson.as_manager()

    class Meta:
        verbose_name = "образование"
        verbose_name_plural = "образование"
        ordering = ["-issued_on", "-pk"]
        indexes = [models.Index(fields=["person", "issued_on"], name="education_person")]

    def __str__(self) -> str:
        return str(self.get_degree_display())


@tracked()
class AcademicDegree(Document):
    person = models.ForeignKey(Person, models.CASCADE, related_name="degrees", verbose_name="педагог")
    degree = models.CharField("учёная степень", max_length=10, choices=ScienceDegree)
    science = models.CharField("отрасль наук", max_length=100, blank=True)

    objects = OfPerson.as_manager()

    class Meta:
        verbose_name = "учёная степень"
        verbose_name_plural = "учёные степени"
        ordering = ["-issued_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_degree_display()}, {self.science}" if self.science else self.get_degree_display()


@tracked()
class Award(Document):
    person = models.ForeignKey(Person, models.CASCADE, related_name="awards", verbose_name="педагог")
    kind = models.ForeignKey(
        AwardKind, models.PROTECT, null=True, blank=True, related_name="awards", verbose_name="вид награды"
    )
    title = models.CharField("награда", max_length=200)
    level = models.CharField("уровень", max_length=12, choices=AwardLevel)
    awarded_on = models.DateField("дата награждения")

    objects = OfPerson.as_manager()

    class Meta:
        verbose_name = "награда"
        verbose_name_plural = "награды"
        ordering = ["-awarded_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class CategoryQuerySet(OfPerson):
    def on(self, day: datetime.date) -> "CategoryQuerySet":
        """In force on the day."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), set_on__lte=day)


@tracked()
class Category(models.Model):
    """A qualification category with its act (приказ Минпросвещения 24.03.2023 № 196).

    `valid_until` comes from `CategoryRule` of the day it was set; None means without expiry.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="categories", verbose_name="педагог")
    kind = models.CharField("категория", max_length=12, choices=CategoryKind)
    position = models.ForeignKey(
        Position, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="по должности"
    )
    set_on = models.DateField("установлена")
    valid_until = models.DateField("действует до", null=True, blank=True)
    order_number = models.CharField("номер приказа", max_length=60, blank=True)
    order_on = models.DateField("дата приказа", null=True, blank=True)
    issuer = models.CharField("кем установлена", max_length=300, blank=True)
    scan = models.ForeignKey(
        StoredFile, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="скан"
    )

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = "квалификационная категория"
        verbose_name_plural = "квалификационные категории"
        ordering = ["-set_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("set_on")),
                name="category_until_after_set",
                violation_error_message="Категория заканчивается раньше, чем установлена.",
            ),
        ]
        indexes = [models.Index(fields=["person", "set_on"], name="category_person")]

    def __str__(self) -> str:
        return str(self.get_kind_display())
