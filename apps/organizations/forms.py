"""Forms of organisations; what they let through still passes the model's own checks in the action."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.core.identifiers import without_separators
from apps.core.phones import clean_phone, show_phone
from apps.core.school_year import SchoolYear
from apps.core.text import clean_text
from apps.organizations.actions import CONTACTS, DETAILS
from apps.organizations.enums import EducationLevel
from apps.organizations.models import Department, Organization

YEARS_BACK = 5


class CleanModelForm(forms.ModelForm):
    """Every typed text passes `clean_text`; no-break spaces become plain ones, so that search finds them."""

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if isinstance(value, str) and value and isinstance(field, forms.CharField):
                self._clean_text(name, value, field)

    def _clean_text(self, name: str, value: str, field: forms.CharField) -> None:
        multiline = isinstance(field.widget, forms.Textarea)
        try:
            text = clean_text(value.replace("\u00a0", " "), field.max_length or 10_000, multiline)
            self.cleaned_data[name] = text if multiline else " ".join(text.split())
        except ValidationError as error:
            self.add_error(name, error)

    def clean_phone(self) -> str:
        return clean_phone(self.cleaned_data["phone"])


class SiteField(forms.URLField):
    """An address typed without a scheme is taken as https."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "assume_scheme": "https"})


class CodeField(forms.CharField):
    """ИНН, КПП, ОГРН as people type them: with spaces and dashes, КПП in small letters."""

    def to_python(self, value: Any) -> str:
        return without_separators(super().to_python(value) or "").upper()

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No limit of length in the browser: it would cut a number typed with spaces."""
        return {}


class ContactsForm(CleanModelForm):
    """What the organisation's responsible keeps himself."""

    class Meta:
        model = Organization
        fields = list(CONTACTS)
        help_texts = {
            "head_name": "Фамилия, имя и отчество полностью.",
            "phone": "С кодом города, например +7 (4132) 62-00-00.",
            "site": "Адрес начинается с https://",
        }
        field_classes: dict[str, type[forms.Field]] = {"site": SiteField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.phone:
            self.initial["phone"] = show_phone(self.instance.phone)
        for field in self.fields.values():
            field.label = str(field.label)[:1].upper() + str(field.label)[1:]


class OrganizationForm(ContactsForm):
    """All of an organisation's details."""

    levels = forms.MultipleChoiceField(
        label="уровни образования",
        choices=EducationLevel.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta(ContactsForm.Meta):
        fields = list(DETAILS)
        widgets = {
            "opened_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "closed_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "note": forms.Textarea(attrs={"rows": 3}),
            "inn": forms.TextInput(attrs={"inputmode": "numeric"}),
            "ogrn": forms.TextInput(attrs={"inputmode": "numeric"}),
        }
        field_classes = {
            **ContactsForm.Meta.field_classes,
            "inn": CodeField,
            "kpp": CodeField,
            "ogrn": CodeField,
        }
        help_texts = {
            **ContactsForm.Meta.help_texts,
            "inn": "10 цифр.",
            "kpp": "9 знаков.",
            "ogrn": "13 цифр.",
            "short_name": "Под этим именем организация видна в списках и отчётах.",
        }

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "parent" in self.fields:
            others = Organization.objects.visible_to(by).heads()
            self.fields["parent"].queryset = others.exclude(pk=self.instance.pk)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        parent = cleaned.get("parent")
        if parent is not None and self.instance.pk and self.instance.branches.exists():
            self.add_error("parent", "У этой организации есть свои филиалы: филиалом она быть не может.")
        return cleaned


class ContingentForm(forms.Form):
    """Pupils and groups of one school year."""

    school_year = forms.TypedChoiceField(label="Учебный год", coerce=int)
    pupils = forms.IntegerField(label="Обучающихся, воспитанников", min_value=0, max_value=100_000)
    groups = forms.IntegerField(label="Классов, групп, объединений", min_value=0, max_value=10_000)
    counted_on = forms.DateField(
        label="На дату", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current = SchoolYear.current().start
        years = [SchoolYear(start) for start in range(current, current - YEARS_BACK - 1, -1)]
        self.fields["school_year"].choices = [(year.start, year.short) for year in years]  # type: ignore[attr-defined]
        self.fields["school_year"].initial = current
        self.fields["counted_on"].initial = timezone.localdate


class DepartmentForm(CleanModelForm):
    class Meta:
        model = Department
        fields = [
            "full_name", "genitive_name", "short_name", "imo_name", "imo_genitive_name",
            "imo_address", "city", "phone", "email", "head_title", "director_title",
        ]  # fmt: skip


class ImportRowForm(OrganizationForm):
    """A row of a table: the checks of the page, except those that ask the database row by row."""

    class Meta(OrganizationForm.Meta):
        fields = [name for name in DETAILS if name != "parent"]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        opened, closed = cleaned.get("opened_on"), cleaned.get("closed_on")
        if opened and closed and closed < opened:
            self.add_error("closed_on", "Дата закрытия раньше даты открытия.")
        return cleaned

    def _post_clean(self) -> None:
        """Without uniqueness and constraints, a query each: doubles are found among all rows at once."""
        self.instance = forms.models.construct_instance(self, self.instance, self._meta.fields)
        try:
            self.instance.clean_fields(exclude=["parent"])
        except ValidationError as error:
            self._update_errors(error)  # type: ignore[attr-defined]


class ImportForm(forms.Form):
    file = forms.FileField(
        label="Файл с таблицей",
        help_text="XLSX, XLS, ODS или CSV, до 1 000 строк.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )
