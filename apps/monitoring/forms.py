"""What people of the department type about forms and campaigns."""

import datetime
import json
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.monitoring.enums import PeriodKind
from apps.monitoring.models import Campaign, DataElement, FormVersion
from apps.organizations.enums import EducationLevel, OrganizationKind
from apps.organizations.models import Organization

# Columns of the appendix of a report.
MAX_INDICATORS = 12
MAX_DEFINITION_BYTES = 3 * 1024 * 1024


class PlainHelper(FormHelper):
    """The fields alone: the page itself gives the form tag and the buttons."""

    form_tag = False
    disable_csrf = True


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


def check_year(day: datetime.date) -> None:
    """Refuses a year that the ends of periods and the hours of grace could not be counted from."""
    if not 1990 <= day.year <= 2100:
        raise forms.ValidationError("Укажите год от 1990 до 2100.")


class MomentField(forms.DateTimeField):
    """Date and hour of Magadan."""

    default_validators = [check_year]

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Магаданское время.")
        kwargs.setdefault("widget", MomentInput())
        super().__init__(**kwargs)


class DeadlineInput(MomentInput):
    """A deadline that shows under it how loaded the weeks around are; the form sets `hx-get`."""

    def __init__(self) -> None:
        super().__init__(
            attrs={
                "hx-trigger": "load, change delay:300ms",
                "hx-target": "#load-around",
                "hx-include": "#id_version",
            }
        )

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        return format_html(
            '{}<div id="load-around" aria-live="polite"></div>', super().render(*args, **kwargs)
        )


class DayField(forms.DateField):
    default_validators = [check_year]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs)


class DaysBeforeField(forms.CharField):
    """«3, 1, -1»: whole days, each at most a quarter away from the deadline."""

    FARTHEST = 92

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(str(day) for day in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[int]:
        pieces = [one.strip() for one in str(value or "").replace("−", "-").split(",")]
        try:
            days = [int(one) for one in pieces if one]
        except ValueError:
            raise forms.ValidationError(
                "Перечислите целые числа через запятую, например: 3, 1, -1."
            ) from None
        if any(abs(day) > self.FARTHEST for day in days):
            raise forms.ValidationError(
                f"Напоминать можно не раньше и не позже {self.FARTHEST} дней от срока."
            )
        return sorted(set(days), reverse=True)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), data))


class DefinitionUpload(forms.Form):
    """A form definition as a JSON file; the document itself is checked by `definition.load`."""

    file = forms.FileField(label="Файл определения (JSON)")

    @property
    def helper(self) -> FormHelper:
        return PlainHelper()

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_DEFINITION_BYTES:
            raise forms.ValidationError("Файл больше 3 МБ: это не определение формы.")
        try:
            self.cleaned_data["definition"] = json.loads(file.read().decode("utf-8-sig"))
        except (UnicodeDecodeError, ValueError, RecursionError) as error:
            raise forms.ValidationError("Файл не читается как JSON в кодировке UTF-8.") from error
        return file


class NewForm(forms.Form):
    """The name and code of a form that is made in the designer."""

    title = forms.CharField(label="Название формы", max_length=300)
    code = forms.RegexField(
        r"^[a-z0-9][a-z0-9_-]{0,49}$",
        label="Код формы",
        required=False,
        help_text="Латинские строчные буквы, цифры и дефис, например library-fund; потом не меняется. "
        "Пустой код портал составит из названия.",
        error_messages={"invalid": "Латинские строчные буквы, цифры и дефис, до 50 знаков."},
    )

    @property
    def helper(self) -> FormHelper:
        return PlainHelper()


class ElementForm(forms.ModelForm):
    """An element of the library; its code is given once."""

    class Meta:
        model = DataElement
        fields = ["title", "code", "type", "decimals", "unit", "help", "is_archived"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["is_archived" if self.instance.pk is None else "code"]

    @property
    def helper(self) -> FormHelper:
        return PlainHelper()


class CampaignForm(forms.ModelForm):
    due_at = MomentField(label="Срок", widget=DeadlineInput())
    period_start = DayField(
        label="Начало периода или дата",
        help_text="Первый день месяца, квартала, года; для учебного года — 1 сентября.",
    )
    reminder_days = DaysBeforeField(
        label="Напоминания, дней до срока",
        required=False,
        max_length=100,
        help_text="Через запятую; отрицательное число — дней после срока.",
    )

    class Meta:
        model = Campaign
        fields = [
            "version",
            "title",
            "period_kind",
            "period_start",
            "due_at",
            "grace_hours",
            "reminder_days",
            "respondent",
            "contact",
            "letter",
            "previous",
        ]
        widgets = {"letter": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = FormVersion.objects.visible_to(user).published().select_related("form")
        self.fields["version"].queryset = versions.filter(form__is_archived=False)
        self.fields["previous"].queryset = Campaign.objects.visible_to(user).exclude(pk=self.instance.pk)
        self.fields["previous"].help_text = "Если не выбран, берётся последний мониторинг по этой же форме."
        around = reverse("monitoring:load-around")
        if self.instance.pk:
            around += f"?campaign={self.instance.pk}"
        self.fields["due_at"].widget.attrs["hx-get"] = around
        if self.instance.started_at:
            for name in ("version", "period_kind", "period_start"):
                self.fields[name].disabled = True

    @property
    def helper(self) -> FormHelper:
        helper = PlainHelper()
        helper.layout = Layout(
            "version",
            "title",
            Row(Column("period_kind", css_class="col-md-6"), Column("period_start", css_class="col-md-6")),
            Row(
                Column("due_at", css_class="col-md-4"),
                Column("grace_hours", css_class="col-md-4"),
                Column("reminder_days", css_class="col-md-4"),
            ),
            Row(Column("respondent", css_class="col-md-6"), Column("contact", css_class="col-md-6")),
            "letter",
            "previous",
        )
        return helper

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind, start = data.get("period_kind"), data.get("period_start")
        if kind and start and not self.instance.started_at:
            data["period_start"] = first_day(kind, start)
        previous, version = data.get("previous"), data.get("version")
        if previous and version and previous.version.form_id != version.form_id:
            self.add_error("previous", "Прошлый период должен быть по той же форме.")
        return data

    def clean_due_at(self) -> datetime.datetime:
        due_at = self.cleaned_data["due_at"]
        if "due_at" in self.changed_data and due_at <= timezone.now():
            raise forms.ValidationError("Срок уже прошёл: укажите более поздний.")
        return due_at


def first_day(kind: str, day: datetime.date) -> datetime.date:
    """The first day of the period that holds the day."""
    match PeriodKind(kind):
        case PeriodKind.MONTH:
            return day.replace(day=1)
        case PeriodKind.QUARTER:
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case PeriodKind.CALENDAR_YEAR:
            return day.replace(month=1, day=1)
        case PeriodKind.SCHOOL_YEAR:
            return datetime.date(day.year if day.month >= 9 else day.year - 1, 9, 1)
    return day


class RecipientsForm(forms.Form):
    """Who is asked: by kind, by level, by name; what is ticked adds up."""

    kinds = forms.MultipleChoiceField(
        label="Виды организаций",
        choices=OrganizationKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    levels = forms.MultipleChoiceField(
        label="Уровни образования",
        choices=EducationLevel.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Организации, где есть хотя бы один из отмеченных уровней.",
    )
    organizations = forms.ModelMultipleChoiceField(
        label="Отдельные организации",
        queryset=Organization.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.available = Organization.objects.visible_to(user).active_on(today).heads()
        self.fields["organizations"].queryset = self.available

    @property
    def helper(self) -> FormHelper:
        return PlainHelper()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not self.chosen():
            raise forms.ValidationError("Отметьте хотя бы один вид, уровень или организацию.")
        return data

    def chosen(self) -> list[Organization]:
        """The organisations that what is ticked adds up to."""
        kinds, levels = self.cleaned_data["kinds"], self.cleaned_data["levels"]
        named = {one.pk for one in self.cleaned_data["organizations"]}
        return [
            one
            for one in self.available
            if one.kind in kinds or set(levels) & set(one.levels) or one.pk in named
        ]


class ReasonForm(forms.Form):
    """A reason for an act that asks for one."""

    comment = forms.CharField(
        label="Причина", max_length=500, widget=forms.Textarea(attrs={"rows": 3}), strip=True
    )

    @property
    def helper(self) -> FormHelper:
        return PlainHelper()


class ReopenCampaignForm(ReasonForm):
    due_at = MomentField(label="Новый срок")

    def clean_due_at(self) -> datetime.datetime:
        if self.cleaned_data["due_at"] <= timezone.now():
            raise forms.ValidationError("Новый срок уже прошёл.")
        return self.cleaned_data["due_at"]


class AddRecipientForm(forms.Form):
    organization = forms.ModelChoiceField(label="Организация", queryset=Organization.objects.none())

    def __init__(self, *args: Any, user: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = (
            Organization.objects.visible_to(user)
            .active_on(timezone.localdate())
            .heads()
            .exclude(responses__campaign=campaign)
        )

    @property
    def helper(self) -> FormHelper:
        return PlainHelper()


class IndicatorChoice:
    """What the fields `indicators` of a report and of an analysis share: figures by table, as checkboxes."""

    @property
    def indicator_groups(self) -> list[tuple[str, list[tuple[str, str, bool]], int]]:
        """Title of a table, its figures as (address, words, ticked), and how many of them are ticked."""
        ticked = set(self["indicators"].value() or ())
        groups = []
        for title, figures in self.fields["indicators"].choices:
            rows = [(address, words, address in ticked) for address, words in figures]
            groups.append((title, rows, sum(row[2] for row in rows)))
        return groups

    @property
    def ticked(self) -> int:
        return sum(count for _, _, count in self.indicator_groups)

    @property
    def most_indicators(self) -> int:
        return MAX_INDICATORS


class ReportForm(IndicatorChoice, forms.Form):
    """The methodist's part of a report."""

    introduction = forms.CharField(
        label="Вводная часть",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Пустая строка начинает новый абзац; строки с дефисом становятся списком.",
    )
    conclusion = forms.CharField(
        label="Выводы и предложения",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    indicators = forms.MultipleChoiceField(
        label="Показатели приложения",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="До 12: по ним строятся сравнение периодов и таблица организаций.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, *args: Any, indicators: list[tuple[str, list[tuple[str, str]]]], **kwargs: Any
    ) -> None:
        """`indicators`: tables of the form, each with (address, words) of its figures."""
        super().__init__(*args, **kwargs)
        self.fields["indicators"].choices = indicators

    @property
    def helper(self) -> FormHelper:
        return PlainHelper()

    def clean_indicators(self) -> list[str]:
        chosen = self.cleaned_data["indicators"]
        if len(chosen) > MAX_INDICATORS:
            raise forms.ValidationError(
                f"Выбрано {len(chosen)}, а в приложение входит не больше {MAX_INDICATORS}."
            )
        return chosen


class EarlierRoundForm(forms.Form):
    period_start = DayField(label="Начало периода или дата")
    file = forms.FileField(label="Таблица (.xlsx, .xls, .ods, .csv)")

    @property
    def helper(self) -> FormHelper:
        return PlainHelper()

    def first_day(self, kind: str) -> datetime.date:
        """The first day of the period the typed day belongs to."""
        return first_day(kind, self.cleaned_data["period_start"])
