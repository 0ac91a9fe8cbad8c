"""Forms of reports on activity."""

from collections import defaultdict
from typing import Any

from django import forms
from django.contrib.auth import get_user_model

from apps.core.forms import day_field
from apps.core.roles import IMO_ROLES
from apps.core.school_year import SchoolYear
from apps.reports.enums import ReportKind, SectionKind
from apps.reports.models import ActivityReport
from apps.reports.outlines import chapter_of, offered

QUARTER_HINT = "Для отчёта за четверть или месяц укажите его первый и последний день."


class ReportForm(forms.Form):
    """A new report: its kind decides what it begins with."""

    kind = forms.ChoiceField(label="Вид отчёта", choices=ReportKind)
    title = forms.CharField(label="Название", max_length=300)
    first_day = day_field("С", help_text=QUARTER_HINT)
    last_day = day_field("По")
    person = forms.ModelChoiceField(
        label="О чьей деятельности",
        queryset=get_user_model().objects.none(),
        required=False,
        help_text="Только для отчёта о деятельности методиста.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = get_user_model().objects.filter(is_active=True, grants__role__in=sorted(IMO_ROLES))
        self.fields["person"].queryset = people.distinct().order_by("last_name", "first_name")
        year = SchoolYear.current()
        self.fields["first_day"].initial, self.fields["last_day"].initial = year.first_day, year.last_day


class ReportDaysForm(forms.Form):
    """The name and the days of a draft."""

    title = forms.CharField(label="Название", max_length=300)
    first_day = day_field("С", help_text=QUARTER_HINT)
    last_day = day_field("По")


class SectionForm(forms.Form):
    """A section: words, and figures chosen from those the portal knows, by chapters of the statute."""

    title = forms.CharField(label="Заголовок", max_length=200)
    kind = forms.ChoiceField(label="Вид раздела", choices=SectionKind)
    text = forms.CharField(
        label="Текст",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Пустая строка разделяет абзацы; строки, начатые с тире или номера, станут перечнем.",
    )
    indicators = forms.MultipleChoiceField(
        label="Показатели", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, report: ActivityReport, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for one in offered(report.kind, by):
            title = f"{one.clause}. {one.title}" if one.clause else one.title
            groups[chapter_of(one)].append((one.key, title))
        self.fields["indicators"].choices = list(groups.items())


class CommentForm(forms.Form):
    comment = forms.CharField(
        label="Что исправить", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
