"""What the department types about a questionnaire."""

from typing import Any

from django import forms

from apps.core.clauses import clause_choices
from apps.core.forms import DayInput
from apps.core.magadan import magadan_today
from apps.core.text import printable
from apps.organizations.models import Organization
from apps.questionnaires.enums import WITH_OPTIONS, QuestionKind
from apps.questionnaires.models import Direction, Question, Questionnaire

MOST_OPTIONS = 60


class QuestionnaireForm(forms.ModelForm):
    clause = forms.ChoiceField(label="Пункт Положения", required=False)

    class Meta:
        model = Questionnaire
        fields = ["title", "purpose", "clause", "audience", "mode", "closes_on"]
        widgets = {"closes_on": DayInput(), "purpose": forms.Textarea({"rows": 4})}
        help_texts = {
            "mode": "При первых двух способах ответ не связан с человеком ничем.",
            "closes_on": "Включительно; можно не указывать и завершить опрос вручную.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause"].choices = [("", "не указан"), *clause_choices()]

    def _post_clean(self) -> None:
        """The action checks the row as a whole."""


class LastDayForm(forms.Form):
    closes_on = forms.DateField(label="Последний день опроса", widget=DayInput())


class RecipientsForm(forms.Form):
    organizations = forms.ModelMultipleChoiceField(
        label="Организации",
        queryset=Organization.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        available = Organization.objects.visible_to(user).active_on(magadan_today()).heads()
        self.fields["organizations"].queryset = available.order_by("kind", "short_name")


class LinesField(forms.CharField):
    """One thing a line; empty lines are passed over."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": 6}), required=False, max_length=20_000, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = [" ".join(printable(one).split()) for one in str(value or "").splitlines()]
        found = [one for one in lines if one]
        if len(found) > MOST_OPTIONS:
            raise forms.ValidationError(f"Не больше {MOST_OPTIONS} строк.")
        if any(len(one) > 300 for one in found):
            raise forms.ValidationError("Строка не длиннее 300 знаков.")
        if len(set(found)) != len(found):
            raise forms.ValidationError("Строки повторяются.")
        return found

    def validate(self, value: Any) -> None:
        """Whether there are enough is the constraint's to say."""

    def run_validators(self, value: Any) -> None:
        """Length is measured line by line."""


OPTION_LABELS = {
    QuestionKind.SCALE: ("Точки шкалы", "Каждая с новой строки, от наименьшей к наибольшей."),
    QuestionKind.MATRIX: ("Точки шкалы", "Каждая с новой строки, от наименьшей к наибольшей."),
    QuestionKind.RANKING: ("Что расставить по местам", "Каждое с новой строки."),
}


class QuestionForm(forms.ModelForm):
    """The fields a question of this kind has, and no others."""

    options = LinesField(label="Варианты ответа", help_text="Каждый с новой строки.")
    statements = LinesField(label="Утверждения", help_text="Каждое с новой строки.")
    condition = forms.ChoiceField(
        label="Показывать этот вопрос",
        required=False,
        help_text="Условие ставится на вопрос с одним вариантом ответа, который стоит раньше.",
    )

    class Meta:
        model = Question
        fields = [
            "text",
            "help",
            "options",
            "has_other",
            "statements",
            "low",
            "high",
            "is_required",
            "passport",
        ]

    def __init__(self, *args: Any, kind: str, earlier: list[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.earlier = kind, {one.pk: one for one in earlier}
        shown = {"statements": kind == QuestionKind.MATRIX, "options": kind in WITH_OPTIONS}
        shown["has_other"] = kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE)
        shown["passport"] = kind == QuestionKind.SINGLE
        shown["low"] = shown["high"] = kind == QuestionKind.NUMBER
        for name, is_shown in shown.items():
            if not is_shown:
                del self.fields[name]
        if kind in OPTION_LABELS and "options" in self.fields:
            self.fields["options"].label, self.fields["options"].help_text = OPTION_LABELS[QuestionKind(kind)]
        self.fields["condition"].choices = [("", "всегда"), *self._conditions()]
        if self.instance.shown_if_id:
            self.initial["condition"] = f"{self.instance.shown_if_id}:{self.instance.shown_option}"

    def _conditions(self) -> list[tuple[str, list[tuple[str, str]]]]:
        return [
            (
                f"если ответ на «{one.text[:80]}»",
                [(f"{one.pk}:{place}", title) for place, title in enumerate(one.choices)],
            )
            for one in self.earlier.values()
            if one.kind in (QuestionKind.SINGLE, QuestionKind.SCALE)
        ]

    def _post_clean(self) -> None:
        """The action checks the row as a whole."""

    def values(self) -> dict[str, Any]:
        """What the action is given."""
        found = {name: value for name, value in self.cleaned_data.items() if name != "condition"}
        number, _, place = self.cleaned_data["condition"].partition(":")
        condition = {"shown_if": self.earlier[int(number)], "shown_option": int(place)} if number else {}
        return {"kind": self.kind, "shown_if": None, "shown_option": None, **found, **condition}


class InviteesForm(forms.Form):
    organization = forms.ModelChoiceField(label="Организация", queryset=Organization.objects.none())
    emails = forms.CharField(
        label="Адреса электронной почты",
        widget=forms.Textarea({"rows": 6}),
        max_length=100_000,
        help_text="Через запятую, пробел или с новой строки.",
    )

    def __init__(self, *args: Any, questionnaire: Questionnaire, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = questionnaire.recipients.values("organization")
        self.fields["organization"].queryset = Organization.objects.filter(pk__in=asked)

    def clean_emails(self) -> list[str]:
        return self.cleaned_data["emails"].replace(",", " ").replace(";", " ").split()


class DirectionForm(forms.ModelForm):
    class Meta:
        model = Direction
        fields = ["title", "reason"]
        widgets = {"reason": forms.Textarea({"rows": 4})}

    def _post_clean(self) -> None:
        """The action checks the row as a whole."""
