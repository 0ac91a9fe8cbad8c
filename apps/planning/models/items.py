"""Planned events, and each time they are held."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse

from apps.core.clauses import clause_choices
from apps.core.history import tracked
from apps.core.magadan import magadan_today
from apps.core.roles import reads_city
from apps.planning.enums import OPEN_MARKS, TASKS, Mark, ResultKind, Section, TermKind
from apps.planning.models.plans import Plan, Programme
from apps.planning.terms import Term

RECURRING = (TermKind.WEEKLY, TermKind.MONTHLY, TermKind.QUARTERLY)


class PlanItemQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """With the plan they stand in."""
        return self.filter(plan__in=Plan.objects.visible_to(user))

    def in_plan(self) -> Self:
        """What the text of the plan holds: neither taken out by an amendment nor done beside the plan."""
        return self.filter(removed_at=None, is_beside_plan=False)

    def standing(self) -> Self:
        """Whatever is to be done or was done, the work beside the plan included."""
        return self.filter(removed_at=None)


@tracked()
class PlanItem(models.Model):
    """An event of a plan. After approval its text changes only with an approved amendment."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="items", verbose_name="план")
    section = models.CharField("раздел", max_length=5, choices=Section)
    order = models.PositiveIntegerField("порядок", default=0)
    form = models.CharField("форма", max_length=100, blank=True, help_text="Семинар, совещание, конкурс…")
    title = models.CharField("мероприятие, тема", max_length=500)
    term_kind = models.CharField("срок", max_length=10, choices=TermKind, default=TermKind.DAY)
    starts_on = models.DateField("с")
    ends_on = models.DateField("по")
    term_day = models.PositiveSmallIntegerField("число или день недели", null=True, blank=True)
    starts_at = models.TimeField("начало, время", null=True, blank=True)
    ends_at = models.TimeField("окончание, время", null=True, blank=True)
    place = models.CharField("место", max_length=200, blank=True)
    audience = models.CharField("категория участников", max_length=300, blank=True)
    planned_count = models.PositiveIntegerField("участников по плану", null=True, blank=True)
    invites_heads = models.BooleanField("приглашены руководители организаций", default=False)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="plan_items", verbose_name="ответственный"
    )
    co_executors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", blank=True, verbose_name="соисполнители"
    )
    partners = models.CharField("другие исполнители", max_length=300, blank=True)
    result = models.CharField("ожидаемый результат", max_length=400, blank=True)
    result_kind = models.CharField("вид документа", max_length=20, choices=ResultKind, blank=True)
    clause = models.CharField("пункт Положения", max_length=8, choices=clause_choices, blank=True)
    task = models.PositiveSmallIntegerField("задача (пункт 2.2)", choices=TASKS, null=True, blank=True)
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="items", verbose_name="программа"
    )
    note = models.CharField("примечание", max_length=400, blank=True)
    subject_type = models.CharField("вид связанной работы", max_length=60, blank=True, editable=False)
    subject_id = models.CharField("номер связанной работы", max_length=40, blank=True, editable=False)
    is_beside_plan = models.BooleanField("сверх плана", default=False, editable=False)
    is_unseen = models.BooleanField("из прошлого плана, не просмотрен", default=False, editable=False)
    removed_at = models.DateTimeField("исключён", null=True, blank=True, editable=False)
    created_at = models.DateTimeField("внесён", db_default=Now(), editable=False)

    objects = PlanItemQuerySet.as_manager()

    class Meta:
        verbose_name = "мероприятие плана"
        verbose_name_plural = "мероприятия плана"
        ordering = ["section", "order", "pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="plan_item_subject")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="item_ends_after_start",
                violation_error_message="Мероприятие не может закончиться раньше, чем началось.",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="item_hours_in_order",
                violation_error_message="Время окончания — позже времени начала.",
            ),
            models.CheckConstraint(
                condition=~Q(term_kind=TermKind.DAY) | Q(ends_on=F("starts_on")),
                name="item_day_is_one",
                violation_error_message="У мероприятия в указанный день одна дата.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(term_kind=TermKind.WEEKLY) & Q(term_day__range=(1, 7)) & Q(term_day__isnull=False)
                )
                | (Q(term_kind__in=(TermKind.MONTHLY, TermKind.QUARTERLY)))
                & (Q(term_day=None) | Q(term_day__range=(1, 31)))
                | (~Q(term_kind__in=RECURRING) & Q(term_day=None)),
                name="item_term_day_fits",
                violation_error_message=(
                    "Для еженедельного мероприятия укажите день недели от 1 до 7, "
                    "для ежемесячного и ежеквартального — число от 1 до 31 или ничего."
                ),
            ),
            models.CheckConstraint(
                condition=Q(subject_type="", subject_id="") | (~Q(subject_type="") & ~Q(subject_id="")),
                name="item_subject_whole",
                violation_error_message="Связанная работа указана не полностью.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form}: {self.title}" if self.form else self.title

    def get_absolute_url(self) -> str:
        return reverse("planning:item-detail", args=[self.pk])

    @property
    def term(self) -> Term:
        return Term(TermKind(self.term_kind), self.starts_on, self.ends_on, self.term_day)

    @property
    def term_text(self) -> str:
        return self.term.text()

    def clean(self) -> None:
        """The days belong to the plan's year (faults stand beside the field)."""
        if self.plan_id and self.starts_on and self.ends_on:
            span = self.plan.span
            for name in ("starts_on", "ends_on"):
                if not span.first <= getattr(self, name) <= span.last:
                    raise ValidationError({name: f"Эта дата не входит в {self.plan.year_title}."})
            if self.ends_on >= self.starts_on and self._term_is_whole and not self.term.holdings():
                raise ValidationError({"term_day": "За эти дни мероприятие не проводится ни разу."})

    @property
    def _term_is_whole(self) -> bool:
        return self.term_kind != TermKind.WEEKLY or 1 <= (self.term_day or 0) <= 7


class HoldingQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(item__in=PlanItem.objects.visible_to(user)) if reads_city(user) else self.none()

    def standing(self) -> Self:
        return self.filter(item__removed_at=None)

    def open(self) -> Self:
        return self.filter(state__in=OPEN_MARKS)

    def overdue(self, today: datetime.date | None = None) -> Self:
        """Neither done nor cancelled on the day after its last one."""
        return self.open().filter(ends_on__lt=today or magadan_today())

    def between(self, first: datetime.date, last: datetime.date) -> Self:
        """Those that touch any day from the first to the last."""
        return self.filter(starts_on__lte=last, ends_on__gte=first)

    def due_between(self, first: datetime.date, last: datetime.date) -> Self:
        """Those whose last day lies from the first to the last: each belongs to one month, one quarter."""
        return self.filter(ends_on__range=(first, last))

    def of_person(self, user_id: int) -> Self:
        """Those the person answers for or helps with."""
        executors = PlanItem.co_executors.through.objects.filter(user_id=user_id)
        return self.filter(Q(item__responsible_id=user_id) | Q(item__in=executors.values("planitem_id")))


@tracked()
class Holding(models.Model):
    """One time an event is held, with its mark of execution."""

    item = models.ForeignKey(PlanItem, models.CASCADE, related_name="holdings", verbose_name="мероприятие")
    planned_first = models.DateField("по плану с")
    planned_last = models.DateField("по плану по")
    starts_on = models.DateField("с")
    ends_on = models.DateField("по")
    state = models.CharField("отметка", max_length=10, choices=Mark, default=Mark.PLANNED, editable=False)
    done_on = models.DateField("выполнено", null=True, blank=True)
    actual_count = models.PositiveIntegerField("участников фактически", null=True, blank=True)
    document = models.CharField("документ", max_length=300, blank=True)
    document_url = models.CharField("адрес документа", max_length=300, blank=True, editable=False)
    reason = models.CharField("причина", max_length=500, blank=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="отметил",
    )
    marked_at = models.DateTimeField("отмечено", null=True, blank=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        verbose_name = "проведение мероприятия"
        verbose_name_plural = "проведения мероприятий"
        ordering = ["starts_on", "pk"]
        indexes = [models.Index(fields=["ends_on", "state"], name="holding_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "planned_first"],
                name="holding_once_a_day",
                violation_error_message="Это проведение уже есть в плане.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")) & Q(planned_last__gte=F("planned_first")),
                name="holding_ends_after_start",
                violation_error_message="Мероприятие не может закончиться раньше, чем началось.",
            ),
            models.CheckConstraint(
                condition=Q(state=Mark.DONE, done_on__isnull=False) | (~Q(state=Mark.DONE) & Q(done_on=None)),
                name="holding_done_with_date",
                violation_error_message="Выполнение отмечается с датой.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(Mark.MOVED, Mark.CANCELLED)) | ~Q(reason=""),
                name="holding_moved_with_reason",
                violation_error_message="Перенос и снятие требуют причины.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}, {self.term_text}"

    def get_absolute_url(self) -> str:
        """Of the event it is one time of."""
        return self.item.get_absolute_url()

    @property
    def term_text(self) -> str:
        kind = TermKind.DAY if self.starts_on == self.ends_on else TermKind.SPAN
        return Term(kind, self.starts_on, self.ends_on).text()

    @property
    def is_moved(self) -> bool:
        """Held on other days than planned, whatever was marked since."""
        return (self.starts_on, self.ends_on) != (self.planned_first, self.planned_last)

    @property
    def is_overdue(self) -> bool:
        return self.state in OPEN_MARKS and self.ends_on < magadan_today()
