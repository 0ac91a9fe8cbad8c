"""What people do with the registry as a whole: saved filters, merged and erased cards, yearly rounds."""

from typing import Any, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from apps.core.roles import Role, has_role, reads_city
from apps.teachers.models.people import Person


class OwnRows(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(user=user.pk) if user.is_authenticated else self.none()


class SavedFilter(models.Model):
    """Filters of the registry under a name; they belong to whoever saved them."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="чей")
    name = models.CharField("название", max_length=100)
    query = models.CharField("фильтр", max_length=1000)

    objects = OwnRows.as_manager()

    class Meta:
        verbose_name = "сохранённый фильтр"
        verbose_name_plural = "сохранённые фильтры"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"],
                name="saved_filter_once",
                violation_error_message="Фильтр с таким названием уже есть.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class KeeperRows(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Cards are merged and erased by ИМО; the department's head reads about it."""
        return self if reads_city(user) else self.none()


class Merge(models.Model):
    """Two cards of one person made one; `undo` holds what moved and what was put in, for taking it back."""

    kept = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name="осталась")
    gone = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name="влита")
    undo = models.JSONField("для отмены", default=dict, encoder=DjangoJSONEncoder)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="объединил"
    )
    merged_at = models.DateTimeField("объединены", db_default=Now())
    undone_at = models.DateTimeField("отменено", null=True, blank=True)

    objects = KeeperRows.as_manager()

    class Meta:
        verbose_name = "объединение карточек"
        verbose_name_plural = "объединения карточек"
        ordering = ["-merged_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["gone"],
                condition=Q(undone_at=None),
                name="merge_once",
                violation_error_message="Эта карточка уже объединена с другой.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.gone} → {self.kept}"


class NotSame(models.Model):
    """Two persons somebody has looked at and found to be two; `first` has the smaller number."""

    first = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name="первый")
    second = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name="второй")
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто решил"
    )
    said_at = models.DateTimeField("когда", db_default=Now())

    objects = KeeperRows.as_manager()

    class Meta:
        verbose_name = "разные люди"
        verbose_name_plural = "разные люди"
        constraints = [
            models.CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="not_same_in_order",
                violation_error_message="Первым стоит тот, чей номер меньше.",
            ),
            models.UniqueConstraint(
                fields=["first", "second"],
                name="not_same_once",
                violation_error_message="Эта пара уже разобрана.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} и {self.second}"


class ErasureRows(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self if has_role(user, Role.HEAD, Role.ADMIN) else self.none()


class Erasure(models.Model):
    """The act of erasing a person's data (приказ РКН 28.10.2022 № 179): what was erased, never its values."""

    append_only = True

    number = models.PositiveIntegerField("номер акта", unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="карточка")
    basis = models.CharField("основание", max_length=300)
    kept = models.CharField("что сохранено и почему", max_length=500, blank=True)
    counts = models.JSONField("что удалено", default=dict)
    erased_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто"
    )
    erased_at = models.DateTimeField("когда", db_default=Now())

    objects = ErasureRows.as_manager()

    class Meta:
        verbose_name = "акт об уничтожении данных"
        verbose_name_plural = "акты об уничтожении данных"
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Акт № {self.number}"


class RoundRows(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Rounds hold nothing of persons: whoever is signed in sees that one goes on."""
        return self if user.is_authenticated else self.none()


class UpdateRound(models.Model):
    """The September update: every organisation confirms or corrects its own people."""

    school_year = models.SmallIntegerField("учебный год (начало)", unique=True)
    due_on = models.DateField("срок")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="начал"
    )
    started_at = models.DateTimeField("начато", db_default=Now())
    closed_at = models.DateTimeField("закончено", null=True, blank=True)

    objects = RoundRows.as_manager()

    class Meta:
        verbose_name = "сентябрьское обновление"
        verbose_name_plural = "сентябрьские обновления"
        ordering = ["-school_year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(school_year__gte=2000) & Q(school_year__lte=2100),
                name="update_round_year_is_sane",
                violation_error_message="Укажите год начала учебного года, например 2026.",
            )
        ]

    def __str__(self) -> str:
        return f"Обновление {self.school_year}/{self.school_year + 1}"
