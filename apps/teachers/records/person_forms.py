"""Forms of a person, of his first post, of leaving and of going over."""

from typing import Any

from django import forms
from django.conf import settings
from django.forms.models import fields_for_model

from apps.core.forms import day_field
from apps.core.identifiers import clean_snils
from apps.core.roles import has_role
from apps.core.text import clean_text
from apps.teachers.experience import days_of, length_in_days
from apps.teachers.models import Employment, Person
from apps.teachers.permissions import KEEPERS
from apps.teachers.records.choices import kept_organizations, users_to_link
from apps.teachers.records.fields import LengthField, RowForm

POST = ["organization", "position", "subject", "form", "rate", "weekly_hours", "started_on", "order"]


class PersonForm(RowForm):
    total = LengthField(label="Общий стаж на эту дату")
    pedagogical = LengthField(label="Педагогический стаж на эту дату")

    class Meta:
        model = Person
        fields = ["last_name", "first_name", "middle_name", "gender", "birth_on", "phone", "email", "snils"]
        fields += ["experience_on", "total", "pedagogical", "genitive_name", "dative_name"]
        fields += ["instrumental_name", "is_declined_by_hand", "user"]
        help_texts = {
            "experience_on": "День, на который стаж посчитан по трудовой книжке. Дальше портал считает сам.",
            "gender": "Оставьте пустым: портал определит по отчеству.",
        }

    field_order = Meta.fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not settings.SNILS_IS_KEPT:
            del self.fields["snils"]
        else:
            self.fields["snils"] = forms.CharField(label="СНИЛС", max_length=20, required=False)
        self.order_fields(self.field_order)
        if has_role(self.by, *KEEPERS):
            self.offer("user", users_to_link(self.instance))
        else:
            del self.fields["user"]
        self._show_experience()

    def _show_experience(self) -> None:
        one = self.instance
        for name in ("total", "pedagogical"):
            days = getattr(one, f"{name}_experience_days")
            if one.experience_on and days is not None:
                self.initial[name] = str(length_in_days(days, one.experience_on))

    def clean_snils(self) -> str:
        typed = self.cleaned_data["snils"]
        return clean_snils(typed) if typed else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day = cleaned.get("experience_on")
        for name in ("total", "pedagogical"):
            if name in self.errors:
                continue
            length = cleaned.get(name)
            if length is not None and day is None and "experience_on" not in self.errors:
                self.add_error("experience_on", "Укажите, на какую дату стаж.")
            days = days_of(length, day) if length is not None and day else None
            cleaned[f"{name}_experience_days"] = days
        return cleaned

    def details(self) -> dict[str, Any]:
        """What the actions take."""
        left_out = {"total", "pedagogical", *POST}
        return {name: value for name, value in self.cleaned_data.items() if name not in left_out}


class PersonCreateForm(PersonForm):
    """A new card and the person's first post."""

    field_order = [*PersonForm.Meta.fields[:7], "snils", *POST, *PersonForm.Meta.fields[8:]]

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        self.base_fields = {**self.base_fields, **fields_for_model(Employment, POST)}  # type: ignore[misc]
        super().__init__(*args, by=by, **kwargs)
        kept = kept_organizations(by)
        self.offer("organization", kept)
        if len(own := kept[:2]) == 1:
            self.initial.setdefault("organization", own[0].pk)

    def post(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in POST}


class DismissForm(forms.Form):
    ended_on = day_field("Последний день работы")
    reason = forms.CharField(label="Причина", max_length=200, help_text="Например: по собственному желанию.")

    def clean_reason(self) -> str:
        return clean_text(self.cleaned_data["reason"], 200)


class TransferForm(RowForm):
    """The post in the other organisation; the present one ends the day before."""

    class Meta:
        model = Employment
        fields = ["organization", "position", "subject", "rate", "weekly_hours", "started_on", "order"]
        labels = {"started_on": "Работает там с"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("organization", kept_organizations(self.by))


class ReceiveForm(TransferForm):
    """Whom the organisation takes over is named in full: it can't look through the people of others."""

    last_name = forms.CharField(label="Фамилия", max_length=100)
    first_name = forms.CharField(label="Имя", max_length=100)
    middle_name = forms.CharField(label="Отчество", max_length=100, required=False)
    birth_on = day_field("Дата рождения")

    field_order = ["last_name", "first_name", "middle_name", "birth_on"]

    class Meta(TransferForm.Meta):
        labels = {"started_on": "Работает у вас с"}
