"""Forms of plans; what they let through still passes the checks of the action."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from apps.accounts.models import User
from apps.accounts.queries import holders_of
from apps.core.magadan import magadan_today
from apps.core.registry import plan_subjects
from apps.core.roles import CITY_READERS
from apps.core.school_year import SchoolYear
from apps.organizations.forms import CleanModelForm
from apps.planning.enums import Mark, PlanOwner, Section, TermKind, YearKind
from apps.planning.models import Amendment, Holding, Plan, PlanItem, Programme
from apps.planning.terms import WEEKDAYS, end_of_month

BAD_DAY = "Такого дня нет в календаре. Дата пишется так: 15.10.2026."
BAD_TIME = "Время пишется так: 14:30."
ANY = "все"
MOST_SUBJECTS = 200
MONTH_NAMES = (
    "сентябрь", "октябрь", "ноябрь", "декабрь", "январь", "февраль",
    "март", "апрель", "май", "июнь", "июль", "август",
)  # fmt: skip


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", **kwargs)


class PlanningForm(CleanModelForm):
    """Days and hours by the browser's own pickers, labels that begin with a capital letter."""

    def __init__(self, *args: Any, by: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        for field in self.fields.values():
            field.label = str(field.label)[:1].upper() + str(field.label)[1:]
            if isinstance(field, forms.DateField):
                field.widget = DayInput()
                field.error_messages["invalid"] = BAD_DAY
            if isinstance(field, forms.TimeField):
                field.widget = TimeInput()
                field.error_messages["invalid"] = BAD_TIME
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 3

    def _post_clean(self) -> None:
        """The action checks the row as a whole; here each field has been checked already."""


def executors() -> Any:
    """Who may answer for an event: the working people of ИМО and the department."""
    return holders_of(*CITY_READERS).order_by("last_name", "first_name", "pk")


class PlanForm(PlanningForm):
    class Meta:
        model = Plan
        fields = ["theme", "goal", "tasks", "priorities", "bases", "order_number", "order_date"]


class NewPlanForm(PlanForm):
    class Meta(PlanForm.Meta):
        fields = ["owner", "year_kind", "year", "theme", "goal", "tasks", "priorities", "bases"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "year"
        ].help_text = "Учебный год называют годом, в котором он начинается: 2026 — 2026/2027."


class ItemForm(PlanningForm):
    """A whole event. The month of a monthly term is given by any of its days."""

    class Meta:
        model = PlanItem
        fields = [
            *("section", "form", "title", "term_kind", "starts_on", "ends_on", "term_day"),
            *("starts_at", "ends_at", "place", "audience", "planned_count", "invites_heads"),
            *("responsible", "co_executors", "partners", "result", "result_kind"),
            *("clause", "task", "programme", "note"),
        ]

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        people = executors()
        for name in ("responsible", "co_executors"):
            self.fields[name].queryset = people
        self.fields["ends_on"].required = self.fields["starts_on"].required = False
        self.fields["programme"].queryset = Programme.objects.visible_to(self.by)
        self.fields["co_executors"].widget.attrs["size"] = 5
        self.fields["section"].choices = [("", "выберите раздел"), *Section.choices]
        helps = {
            "starts_on": "Для «в течение месяца» — любой его день; для «в течение года» можно не заполнять.",
            "ends_on": "Только для срока «с … по …» и повторяющихся мероприятий.",
            "term_day": "Еженедельно: день недели, 1 — понедельник. Ежемесячно: последнее число (25).",
            "co_executors": "Несколько — с клавишей Ctrl.",
            "planned_count": "Сколько человек ожидается.",
        }
        for name, text in helps.items():
            self.fields[name].help_text = text

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not {"starts_on", "ends_on"} & set(self.errors):
            put_term(data, self.plan, self)
        return data


def put_term(data: dict[str, Any], plan: Plan, form: Any) -> None:
    """Fills the days that the kind of the term implies; a missing one is a fault beside its field."""
    kind, first, last = data.get("term_kind"), data.get("starts_on"), data.get("ends_on")
    recurring = kind in (TermKind.WEEKLY, TermKind.MONTHLY, TermKind.QUARTERLY)
    if kind == TermKind.YEAR or recurring:
        first, last = first or plan.span.first, last or plan.span.last
    elif first is None:
        form.add_error("starts_on", "Укажите дату.")
        return
    elif kind == TermKind.MONTH:
        first = first.replace(day=1)
        last = end_of_month(first)
    elif kind == TermKind.DAY:
        last = last or first
    elif last is None:
        form.add_error("ends_on", "Укажите последний день.")
        return
    data["starts_on"], data["ends_on"] = first, last
    if last < first:
        form.add_error("ends_on", "Мероприятие не может закончиться раньше, чем началось.")
    elif kind == TermKind.DAY and last != first:
        form.add_error("ends_on", "У мероприятия в указанный день одна дата: выберите срок «с … по …».")
    if not recurring:
        data["term_day"] = None
    elif kind == TermKind.WEEKLY and data.get("term_day") is None and "term_day" not in form.errors:
        form.add_error("term_day", "Укажите день недели: от 1 (понедельник) до 7.")


class QuickForm(ItemForm):
    """The row of quick entry: what most events need; the rest is added on the event's own page."""

    class Meta(ItemForm.Meta):
        fields = [
            *("section", "form", "title", "term_kind", "starts_on", "ends_on", "term_day"),
            *("place", "audience", "responsible", "result"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        PlanningForm.__init__(self, *args, **{k: v for k, v in kwargs.items() if k != "plan"})
        self.plan = kwargs["plan"]
        self.fields["responsible"].queryset = executors()
        self.fields["section"].choices = [("", "раздел"), *Section.choices]
        self.fields["ends_on"].required = self.fields["starts_on"].required = False
        for field in self.fields.values():
            field.help_text = ""
        self.fields["title"].widget.attrs["data-focus"] = ""
        self.fields["term_day"].label = "День"


class BulkForm(forms.Form):
    """What several chosen events get at once; whatever is left empty stays as it is."""

    responsible = forms.ModelChoiceField(
        User.objects.none(), label="Ответственный", required=False, empty_label="не менять"
    )
    section = forms.ChoiceField(label="Раздел", required=False, choices=[("", "не менять"), *Section.choices])
    shift = forms.IntegerField(
        label="Сдвинуть на дней",
        required=False,
        min_value=-366,
        max_value=366,
        help_text="Со знаком минус — раньше.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = executors()


class TableFilters(forms.Form):
    """What the year table is narrowed by."""

    section = forms.ChoiceField(label="Раздел", required=False, choices=[("", ANY), *Section.choices])
    person = forms.ChoiceField(label="Исполнитель", required=False)
    month = forms.ChoiceField(label="Месяц", required=False)
    mark = forms.ChoiceField(
        label="Отметка",
        required=False,
        choices=[
            ("", ANY),
            ("open", "ещё не выполнено"),
            ("overdue", "просрочено"),
            *((one.value, str(one.label).lower()) for one in (Mark.DONE, Mark.MOVED, Mark.CANCELLED)),
            ("beside", "сверх плана"),
            ("unseen", "не просмотрено после копирования"),
            ("clash", "накладки"),
        ],
    )

    def __init__(self, data: Any, *, plan: Plan, people: Any) -> None:
        super().__init__(data)
        self.fields["person"].choices = [("", ANY), *((str(one.pk), one.short_name) for one in people)]
        self.fields["month"].choices = [("", ANY), *month_choices(plan)]


def month_choices(plan: Plan) -> list[tuple[str, str]]:
    """«2026-09» with «сентябрь 2026» for the twelve months of the plan."""
    from apps.planning.terms import MONTHS

    first = plan.span.first
    months = [divmod(first.month - 1 + number, 12) for number in range(12)]
    return [(f"{first.year + add}-{at + 1:02}", f"{MONTHS[at]} {first.year + add}") for add, at in months]


class DoneForm(PlanningForm):
    class Meta:
        model = Holding
        fields = ["done_on", "actual_count", "document"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done_on"].required = True
        self.fields["done_on"].label = "Когда выполнено"
        self.fields["document"].help_text = "Вид, дата и номер: «Справка от 16.10.2026 № 4»."


class MoveForm(PlanningForm):
    class Meta:
        model = Holding
        fields = ["starts_on", "ends_on", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].required = False
        self.fields["reason"].required = True
        self.fields["starts_on"].label, self.fields["ends_on"].label = (
            "Новая дата",
            "По (если дней несколько)",
        )


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Причина", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class BesideForm(PlanningForm):
    """Work outside of the plan, recorded after it was done."""

    done_on = forms.DateField(label="Когда выполнено")
    actual_count = forms.IntegerField(label="Участников фактически", required=False, min_value=0)
    document = forms.CharField(label="Документ", required=False, max_length=300)

    class Meta:
        model = PlanItem
        fields = ["section", "form", "title", "place", "audience", "responsible", "clause", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = executors()
        self.fields["section"].choices = [("", "выберите раздел"), *Section.choices]
        self.order_fields(
            [*("section", "form", "title", "done_on", "actual_count", "document"), *self._meta.fields]
        )

    def clean_actual_count(self) -> int | None:
        value = self.cleaned_data["actual_count"]
        if value is not None and value > 1_000_000:
            raise ValidationError("Слишком большое число.")
        return value


class LinkForm(forms.Form):
    """Which work closes the event when it is finished; nothing takes the link away."""

    subject = forms.ChoiceField(label="Связанная работа", required=False)

    def __init__(self, *args: Any, by: Any, present: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [
            (one.title, [(f"{one.model}:{pk}", title) for pk, title in one.choices(by, "", MOST_SUBJECTS)])
            for one in plan_subjects.values()
        ]
        self.fields["subject"].choices = [("", "не связано"), *groups]
        self.initial["subject"] = present


class AmendmentForm(PlanningForm):
    class Meta:
        model = Amendment
        fields = ["reason"]


class RemoveLineForm(forms.Form):
    """Which event an amendment takes out or changes."""

    item = forms.ModelChoiceField(PlanItem.objects.none(), label="Мероприятие", empty_label="выберите")

    def __init__(self, *args: Any, items: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items


class FileForm(forms.Form):
    file = forms.FileField(
        label="Файл", help_text="Таблица Excel (.xlsx, .xls, .ods, .csv) или Word (.docx)."
    )


class FeedForm(forms.Form):
    """What a subscription shows: one's own work, or a section of the plans."""

    what = forms.ChoiceField(label="Что показывать", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [
            ("", "мои мероприятия"),
            *((one.value, f"раздел: {one.label}") for one in Section),
        ]


class ProgrammeForm(PlanningForm):
    class Meta:
        model = Programme
        fields = ["title", "level", "basis", "starts_on", "ends_on"]


def year_of(day: datetime.date | None = None) -> dict[str, Any]:
    """What a new plan begins with: ИМО's one of the school year that comes next in planning."""
    today = day or magadan_today()
    start = SchoolYear.of(today).start
    return {
        "owner": PlanOwner.IMO,
        "year_kind": YearKind.SCHOOL,
        "year": start + (today.month in (5, 6, 7, 8)),
    }


WEEKDAY_CHOICES = list(enumerate(WEEKDAYS, start=1))
