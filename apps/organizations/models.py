"""The organisations of the city and the department that stands over them."""

import datetime
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from apps.core.history import tracked
from apps.core.identifiers import validate_inn, validate_kpp, validate_ogrn
from apps.core.roles import Role, has_role, reads_city, represented_ids
from apps.organizations.enums import (
    EducationLevel,
    OrganizationKind,
    OrganizationStatus,
    OrganizationType,
)


class Department(models.Model):
    """One row: the legal party of every paper (statute 1.2) and the division that does the work."""

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    full_name = models.CharField("полное наименование департамента", max_length=300)
    genitive_name = models.CharField("наименование в родительном падеже", max_length=300)
    short_name = models.CharField("краткое наименование", max_length=100)
    imo_name = models.CharField("наименование ИМО", max_length=300)
    imo_genitive_name = models.CharField("наименование ИМО в родительном падеже", max_length=300)
    imo_address = models.CharField("адрес ИМО", max_length=300, blank=True)
    city = models.CharField("город", max_length=100)
    phone = models.CharField("телефон", max_length=30, blank=True)
    email = models.EmailField("электронная почта", blank=True)
    head_title = models.CharField("должность руководителя ИМО", max_length=200)
    director_title = models.CharField("должность руководителя департамента", max_length=200)

    class Meta:
        verbose_name = "департамент"
        verbose_name_plural = "департамент"
        constraints = [
            models.CheckConstraint(
                condition=Q(id=1), name="department_is_single", violation_error_message="Запись одна."
            )
        ]

    def __str__(self) -> str:
        return self.short_name


class OrganizationQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The department and the administrator see the city, an organisation itself and its branches.

        The administrator reads this directory, not what organisations report: whom he gives a right he names.
        """
        if reads_city(user) or has_role(user, Role.ADMIN):
            return self
        own = represented_ids(user)
        return self.filter(Q(pk__in=own) | Q(parent_id__in=own))

    def active_on(self, date: datetime.date) -> Self:
        """Opened and not closed on the day."""
        return self.filter(
            Q(opened_on=None) | Q(opened_on__lte=date), Q(closed_on=None) | Q(closed_on__gt=date)
        )

    def heads(self) -> Self:
        """Legal persons only, without branches."""
        return self.filter(parent=None)


@tracked()
class Organization(models.Model):
    full_name = models.CharField("полное наименование", max_length=400)
    short_name = models.CharField("краткое наименование", max_length=150)
    kind = models.CharField("вид", max_length=20, choices=OrganizationKind)
    type = models.CharField("тип учреждения", max_length=20, choices=OrganizationType)
    levels = ArrayField(
        models.CharField(max_length=12, choices=EducationLevel),
        verbose_name="уровни образования",
        default=list,
        blank=True,
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="branches",
        verbose_name="головная организация",
        help_text="Заполняется у филиала или отдельного здания.",
    )
    inn = models.CharField("ИНН", max_length=10, blank=True, validators=[validate_inn])
    kpp = models.CharField("КПП", max_length=9, blank=True, validators=[validate_kpp])
    ogrn = models.CharField("ОГРН", max_length=13, blank=True, validators=[validate_ogrn])
    legal_address = models.CharField("юридический адрес", max_length=300, blank=True)
    address = models.CharField("фактический адрес", max_length=300, blank=True)
    district = models.CharField("микрорайон, посёлок", max_length=100, blank=True)
    head_name = models.CharField("руководитель", max_length=200, blank=True)
    head_position = models.CharField("должность руководителя", max_length=200, blank=True)
    phone = models.CharField("телефон", max_length=30, blank=True)
    email = models.EmailField("электронная почта", blank=True)
    site = models.URLField("сайт", blank=True)
    status = models.CharField(
        "состояние", max_length=12, choices=OrganizationStatus, default=OrganizationStatus.ACTIVE
    )
    opened_on = models.DateField("открыта", null=True, blank=True)
    closed_on = models.DateField("закрыта", null=True, blank=True)
    is_verified = models.BooleanField(
        "сведения сверены",
        default=False,
        help_text="Отметьте, когда сведения сверены с уставом или официальным перечнем.",
    )
    note = models.TextField("примечание", blank=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = "организация"
        verbose_name_plural = "организации"
        ordering = ["short_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inn", "kpp"],
                condition=~Q(inn="") & Q(parent=None),
                name="organization_inn_kpp_once",
                violation_error_message="Организация с таким ИНН и КПП уже есть.",
            ),
            models.UniqueConstraint(
                fields=["short_name"],
                name="organization_short_name_once",
                violation_error_message="Организация с таким кратким наименованием уже есть.",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="organization_not_own_branch",
                violation_error_message="Организация не может быть филиалом самой себя.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(opened_on=None) | Q(closed_on__gte=F("opened_on")),
                name="organization_closes_after_opening",
                violation_error_message="Дата закрытия раньше даты открытия.",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return reverse("organizations:organization-detail", args=[self.pk])

    @property
    def kind_short_title(self) -> str:
        return OrganizationKind(self.kind).short_title

    @property
    def status_state(self) -> OrganizationStatus:
        return OrganizationStatus(self.status)

    @property
    def level_titles(self) -> list[str]:
        return [EducationLevel(level).label for level in self.levels]


class ContingentQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(organization__in=Organization.objects.visible_to(user))


@tracked()
class Contingent(models.Model):
    """Pupils and groups of an organisation in a school year, as of its reporting date."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="contingents", verbose_name="организация"
    )
    school_year = models.SmallIntegerField("учебный год (начало)")
    pupils = models.PositiveIntegerField("обучающихся, воспитанников")
    groups = models.PositiveIntegerField("классов, групп, объединений")
    counted_on = models.DateField("на дату")

    objects = ContingentQuerySet.as_manager()

    class Meta:
        verbose_name = "контингент"
        verbose_name_plural = "контингент"
        ordering = ["-school_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "school_year"],
                name="contingent_once_a_year",
                violation_error_message="Контингент за этот учебный год уже внесён.",
            ),
            models.CheckConstraint(
                condition=Q(school_year__gte=1990) & Q(school_year__lte=2100),
                name="contingent_year_is_sane",
                violation_error_message="Укажите год начала учебного года, например 2026.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.school_year}/{self.school_year + 1}"
