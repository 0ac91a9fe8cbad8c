"""Persons, and the rows that are about one of them."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Lower, Now, Replace
from django.urls import reverse
from django.utils import timezone

from apps.core.history import tracked
from apps.core.identifiers import validate_snils
from apps.core.roles import Role, has_role, reads_city, represented_ids
from apps.core.russian import Gender, initials_after, initials_before
from apps.organizations.models import Organization

GENDERS = [(Gender.MALE.value, "мужской"), (Gender.FEMALE.value, "женский")]
# A former employer sees whom it had to correct and to hand over: a year after the last day.
AFTER_LEAVING = datetime.timedelta(days=365)
# Birth date, contacts and СНИЛС never get into the history (152-ФЗ: what is erased is gone).
PRIVATE = ("birth_on", "phone", "email", "snils")


def folded_name(*paths: str) -> Any:
    """The names as one text for search and order: small letters, «е» for «ё»."""
    parts: list[Any] = []
    for path in paths:
        parts += [Value(" "), F(path)] if parts else [F(path)]
    text = Concat(*parts) if len(parts) > 1 else parts[0]
    return Replace(Lower(text), Value("ё"), Value("е"))


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The department sees everybody, an organisation its own people, anyone himself.

        Its own are those who work or are to work there, and those who left within a year.
        """
        if reads_city(user):
            return self
        conditions = Q()
        if own := represented_ids(user):
            conditions |= Q(pk__in=self._with_posts_in(own))
        if has_role(user, Role.TEACHER):
            conditions |= Q(user=user.pk)
        return self.filter(conditions) if conditions else self.none()

    def employed_in(self, organizations: Any) -> Self:
        """Who has a post in one of the organisations or their branches, or left it within a year."""
        return self.filter(pk__in=self._with_posts_in(organizations))

    def _with_posts_in(self, organizations: Any) -> models.QuerySet:
        from apps.teachers.models.employment import Employment

        since = timezone.localdate() - AFTER_LEAVING
        return (
            Employment.objects.filter(
                Q(organization__in=organizations) | Q(organization__parent__in=organizations)
            )
            .filter(Q(ended_on=None) | Q(ended_on__gte=since))
            .values("person")
        )

    def present(self) -> Self:
        """Neither erased nor merged into another card."""
        return self.filter(erased_on=None, merged_into=None)


@tracked(exclude=PRIVATE)
class Person(models.Model):
    """Somebody who works or worked in an organisation of the city; a user of the portal where he signs in."""

    last_name = models.CharField("фамилия", max_length=100)
    first_name = models.CharField("имя", max_length=100)
    middle_name = models.CharField("отчество", max_length=100, blank=True)
    gender = models.CharField("пол", max_length=6, choices=GENDERS, blank=True)
    genitive_name = models.CharField("ФИО в родительном падеже", max_length=310, blank=True)
    dative_name = models.CharField("ФИО в дательном падеже", max_length=310, blank=True)
    instrumental_name = models.CharField("ФИО в творительном падеже", max_length=310, blank=True)
    is_declined_by_hand = models.BooleanField(
        "склонение проверено вручную",
        default=False,
        help_text="Отметьте, если портал склоняет неверно и падежи вписаны вами.",
    )
    birth_on = models.DateField("дата рождения", null=True, blank=True)
    phone = models.CharField("телефон", max_length=30, blank=True)
    email = models.EmailField("электронная почта", blank=True)
    snils = models.CharField("СНИЛС", max_length=11, blank=True, validators=[validate_snils])
    # Experience as a paper states it on a day; what is worked before and after that day is added.
    experience_on = models.DateField("стаж указан на дату", null=True, blank=True)
    total_experience_days = models.PositiveIntegerField("общий стаж на эту дату, дней", null=True, blank=True)
    pedagogical_experience_days = models.PositiveIntegerField(
        "педагогический стаж на эту дату, дней", null=True, blank=True
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        verbose_name="пользователь портала",
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name="объединён с карточкой",
        editable=False,
    )
    erased_on = models.DateField("обезличен", null=True, blank=True, editable=False)
    created_at = models.DateTimeField("внесён", db_default=Now())
    # «Иванова Анна Петровна» → «иванова», «анна», «иванова анна петровна»; compared byte by byte.
    surname_key = models.GeneratedField(
        expression=folded_name("last_name"),
        output_field=models.CharField(max_length=100, db_collation="C"),
        db_persist=True,
    )
    first_key = models.GeneratedField(
        expression=folded_name("first_name"),
        output_field=models.CharField(max_length=100, db_collation="C"),
        db_persist=True,
    )
    name_key = models.GeneratedField(
        expression=folded_name("last_name", "first_name", "middle_name"),
        output_field=models.CharField(max_length=310, db_collation="C"),
        db_persist=True,
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "педагог"
        verbose_name_plural = "педагоги"
        ordering = ["name_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(last_name="") & ~Q(first_name=""),
                name="person_has_names",
                violation_error_message="Укажите фамилию и имя.",
            ),
            models.CheckConstraint(
                condition=Q(birth_on=None) | Q(birth_on__gte=datetime.date(1900, 1, 1)),
                name="person_born_after_1900",
                violation_error_message="Дата рождения — не раньше 1900 года.",
            ),
            models.CheckConstraint(
                condition=Q(experience_on=None, total_experience_days=None, pedagogical_experience_days=None)
                | Q(experience_on__isnull=False, total_experience_days__isnull=False),
                name="person_experience_on_a_day",
                violation_error_message="Стаж указывается на дату: заполните дату и общий стаж.",
            ),
            models.CheckConstraint(
                condition=Q(pedagogical_experience_days=None)
                | Q(pedagogical_experience_days__lte=F("total_experience_days")),
                name="person_experience_is_part_of_total",
                violation_error_message="Педагогический стаж не может быть больше общего.",
            ),
            models.UniqueConstraint(
                fields=["snils"],
                condition=~Q(snils="") & Q(merged_into=None),
                name="person_snils_once",
                violation_error_message="Человек с таким СНИЛС уже есть.",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="person_not_merged_into_self",
                violation_error_message="Карточку нельзя объединить с ней самой.",
            ),
        ]
        indexes = [
            models.Index(fields=["surname_key", "first_key"], name="person_surname"),
            models.Index(fields=["birth_on"], name="person_birth"),
            models.Index(fields=["name_key", "id"], name="person_name"),
        ]

    def __str__(self) -> str:
        if self.erased_on:
            return self.full_name
        return initials_after(self.last_name, self.first_name, self.middle_name)

    def get_absolute_url(self) -> str:
        return reverse("teachers:person-detail", args=[self.pk])

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, [self.last_name, self.first_name, self.middle_name]))

    @property
    def signed_name(self) -> str:
        """«И. О. Фамилия»."""
        return initials_before(self.last_name, self.first_name, self.middle_name)

    def age_on(self, day: datetime.date) -> int | None:
        """Full years on the day; the year is full on the birthday itself."""
        if self.birth_on is None or self.birth_on > day:
            return None
        before = (day.month, day.day) < (self.birth_on.month, self.birth_on.day)
        return day.year - self.birth_on.year - before


class OfPerson(models.QuerySet):
    """Rows about one person: seen by whoever sees the person."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(person__in=Person.objects.visible_to(user))


class Standing(models.Model):
    """What lists of persons are filtered and sorted by, computed of the rows about the person.

    One row for each person, written anew by `actions.standing.refresh` after every change of those rows;
    dates that a filter compares with today are kept instead of ages and lengths.
    """

    person = models.OneToOneField(
        Person, models.CASCADE, primary_key=True, related_name="standing", verbose_name="педагог"
    )
    is_working = models.BooleanField("работает", default=False)
    organization = models.ForeignKey(
        Organization,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="организация",
    )
    organization_kind = models.CharField("вид организации", max_length=20, blank=True)
    position = models.ForeignKey(
        "teachers.Position", models.SET_NULL, null=True, related_name="+", verbose_name="должность"
    )
    position_group = models.CharField("группа должности", max_length=12, blank=True)
    subject = models.ForeignKey(
        "teachers.Subject", models.SET_NULL, null=True, related_name="+", verbose_name="предмет"
    )
    is_on_leave = models.BooleanField("в длительном отпуске", default=False)
    category = models.CharField("категория", max_length=12, blank=True)
    category_until = models.DateField("категория до", null=True)
    total_since = models.DateField("условное начало общего стажа", null=True)
    pedagogical_since = models.DateField("условное начало педагогического стажа", null=True)
    trained_on = models.DateField("последний документ ДПО", null=True)
    is_mentor = models.BooleanField("наставник", default=False)
    has_mentor = models.BooleanField("есть наставник", default=False)
    counted_on = models.DateField("пересчитано")

    objects = OfPerson.as_manager()

    class Meta:
        verbose_name = "сводка карточки"
        verbose_name_plural = "сводки карточек"
        indexes = [
            models.Index(fields=["organization", "is_working"], name="standing_organization"),
            models.Index(fields=["position"], name="standing_position"),
            models.Index(fields=["subject"], name="standing_subject"),
            models.Index(fields=["category"], name="standing_category"),
            models.Index(fields=["pedagogical_since"], name="standing_experience"),
            models.Index(fields=["trained_on"], name="standing_trained"),
        ]

    def __str__(self) -> str:
        return str(self.person)
