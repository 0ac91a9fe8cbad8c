"""What is typed about a paper: the reason of its revocation, the department's own number, a code to check."""

from typing import Any

from django import forms
from django.utils import timezone

from apps.papers.enums import AttachmentKind
from apps.papers.models import Paper


class RevocationForm(forms.Form):
    reason = forms.CharField(
        label="Причина отзыва",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Останется в реестре. Страница проверки сообщит, что документ отозван, без причины.",
    )


class ReissueForm(forms.Form):
    reason = forms.CharField(
        label="Причина перевыпуска",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Останется в реестре у прежнего документа.",
    )


class AttachmentForm(forms.Form):
    kind = forms.ChoiceField(label="Что прикладывается", choices=AttachmentKind, widget=forms.RadioSelect)
    file = forms.FileField(
        label="Файл", help_text="Скан — PDF, JPG или PNG; откреплённая подпись — .sig или .p7s."
    )


class RegistrationForm(forms.ModelForm):
    """Both or neither; the date is not earlier than the paper and not later than today."""

    class Meta:
        model = Paper
        fields = ["department_number", "department_date"]
        labels = {"department_number": "Номер", "department_date": "Дата"}
        widgets = {"department_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        number, date = values.get("department_number"), values.get("department_date")
        if number and not date and "department_date" not in self.errors:
            self.add_error("department_date", "Укажите дату регистрации.")
        if date and not number:
            self.add_error("department_number", "Укажите номер регистрации.")
        if date and not self.instance.issued_on <= date <= timezone.localdate():
            self.add_error("department_date", "Дата — от дня выдачи документа до сегодняшнего дня.")
        return values


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Код проверки",
        max_length=100,
        help_text="12 знаков под QR-кодом. Регистр букв, пробелы и дефисы значения не имеют.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
