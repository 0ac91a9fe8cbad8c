"""What the forms of the registry share: a length of service, narrowed choices, faults in their place."""

import re
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model

from apps.core.experience import Length
from apps.core.forms import DayInput
from apps.organizations.forms import CleanModelForm
from apps.teachers.models import Person

_PART = re.compile(r"(\d{1,3})\s*([а-я]*)\.?[\s,;]*")
# The first letters of what people write after the number.
_UNITS = {"л": "years", "г": "years", "м": "months", "д": "days"}
HOW_TO_TYPE = "Например: 10 лет 3 мес. 5 дн."

# Where a fault the database's walls tell is shown; the others stand on top of the form.
BESIDE = {
    "person_has_names": "last_name",
    "person_born_after_1900": "birth_on",
    "person_experience_on_a_day": "experience_on",
    "person_experience_is_part_of_total": "pedagogical",
    "person_snils_once": "snils",
    "employment_ends_after_start": "ended_on",
    "employment_rate_sane": "rate",
    "employment_hours_sane": "weekly_hours",
    "employment_one_main": "form",
    "leave_ends_after_start": "ended_on",
    "leave_once": "started_on",
    "duty_ends_after_start": "ended_on",
    "duty_once": "kind",
    "category_until_after_set": "set_on",
    "training_course_ends_after_start": "ended_on",
    "training_document_after_start": "issued_on",
    "training_hours_sane": "hours",
    "training_cost_not_negative": "cost",
    "training_obligatory_named": "obligatory",
    "consent_ends_after_given": "valid_until",
    "mentorship_of_two": "mentee",
    "mentorship_ends_after_start": "ended_on",
    "mentorship_consent_before": "consent_on",
    "mentorship_ended_with_notice": "notified_on",
    "vacancy_ends_after_start": "ended_on",
    "vacancy_rate_sane": "rate",
}


def in_place(error: ValidationError, *models: type[Model]) -> ValidationError:
    """The same faults, those of a wall of the models moved to the field the wall is about."""
    if not hasattr(error, "error_dict"):
        return error
    walls = {
        str(one.violation_error_message): BESIDE[one.name]
        for model in models
        for one in model._meta.constraints
        if one.name in BESIDE
    }
    placed: dict[str, list[str]] = {}
    for name, messages in error.message_dict.items():
        for message in messages:
            field = walls.get(message, name) if name == NON_FIELD_ERRORS else name
            placed.setdefault(field, []).append(message)
    return ValidationError(placed)


def read_length(text: str) -> Length:
    """«10 лет 3 мес. 5 дн.», «10 л. 3 м.», «10» (years); ValidationError in Russian."""
    given: dict[str, int] = {}
    rest = text.lower().strip()
    while rest:
        part = _PART.match(rest)
        unit = _UNITS.get(part[2][:1] or "л") if part else None
        if part is None or unit is None or unit in given:
            raise ValidationError(f"Укажите годы, месяцы и дни. {HOW_TO_TYPE}", code="length")
        given[unit] = int(part[1])
        rest = rest[part.end() :]
    length = Length(**given)
    if length.years > 80 or length.months > 11 or length.days > 30:
        raise ValidationError("Лет — до 80, месяцев — до 11, дней — до 30.", code="length")
    return length


class LengthField(forms.CharField):
    """A length of service as people write it; gives `Length`, None for an empty one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 60, "required": False, "help_text": HOW_TO_TYPE, **kwargs})

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return read_length(text.replace("\u00a0", " ")) if text else None

    def run_validators(self, value: Any) -> None:
        """What is typed is checked as it is read."""


def chosen_name(row: Any) -> str:
    """«технология (до 31.08.2024)»: an old name is chosen only for what was in its time; a person in full."""
    if isinstance(row, Person):
        return row.full_name
    return f"{row} (до {row.valid_to:%d.%m.%Y})" if getattr(row, "valid_to", None) else str(row)


class RowForm(CleanModelForm):
    """Fields of a row; the row as a whole is checked and written by the action.

    `by` narrows what may be chosen to what he sees.
    """

    def __init__(self, *args: Any, by: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        for field in self.fields.values():
            field.label = str(field.label)[:1].upper() + str(field.label)[1:]
            if isinstance(field, forms.DateField):
                field.widget = DayInput()
            if isinstance(field, forms.ModelChoiceField):
                self._narrow(field)

    def _narrow(self, field: Any) -> None:
        visible_to = getattr(field.queryset, "visible_to", None)
        if visible_to is not None:
            field.queryset = visible_to(self.by)
        field.label_from_instance = chosen_name

    def offer(self, name: str, rows: Any) -> None:
        """What the field may be chosen from."""
        field: Any = self.fields[name]
        field.queryset = rows

    def _post_clean(self) -> None:
        """The action checks the row as a whole; here each field has been checked already."""

    def fill(self) -> Any:
        """The row with what was typed, not yet written."""
        for name, value in self.cleaned_data.items():
            if name in (self._meta.fields or ()):
                setattr(self.instance, name, value)
        return self.instance
