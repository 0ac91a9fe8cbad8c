"""What forms of every app share."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


def day_field(label: str, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput(), **options)


def add_errors(form: forms.Form | forms.ModelForm, error: ValidationError) -> None:
    """The faults an action has found, beside the fields of the form; those of other columns on top of it."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for name, messages in by_field.items():
        field = name if name in form.fields else None
        for message in messages:
            if message not in form.errors.get(field or NON_FIELD_ERRORS, []):
                form.add_error(field, message)
