"""The questions of an analysis, as the page asks them by its address."""

from typing import Any

from django import forms

from apps.monitoring.analysis.spec import MAX_INDICATORS, Attribute, Kind, Measure, weight_of
from apps.monitoring.forms import IndicatorChoice, PlainHelper
from apps.organizations.enums import EducationLevel, OrganizationKind

ROUNDS = [("0", "только этот"), ("1", "и прошлый"), *((str(n), f"и {n} прошлых") for n in range(2, 6))]


class AnalysisForm(IndicatorChoice, forms.Form):
    """Everything but the indicators has a default, so that a short address is good too."""

    kind = forms.ChoiceField(label="Что построить", choices=Kind.choices, required=False)
    by = forms.ChoiceField(label="Группы", choices=Attribute.choices, required=False)
    measure = forms.ChoiceField(label="Показать", choices=Measure.choices, required=False)
    rounds = forms.ChoiceField(label="Периоды", choices=ROUNDS, required=False)
    kinds = forms.MultipleChoiceField(
        label="Виды организаций",
        choices=[(one.value, one.plural_title) for one in OrganizationKind],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ничего не отмечено — все.",
    )
    levels = forms.MultipleChoiceField(
        label="Уровни образования",
        choices=EducationLevel.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ничего не отмечено — все.",
    )
    per_pupil = forms.BooleanField(label="Показатели рейтинга — на 100 обучающихся", required=False)
    with_submitted = forms.BooleanField(label="Вместе с отправленными, но ещё не принятыми", required=False)
    indicators = forms.MultipleChoiceField(
        label="Показатели",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=f"До {MAX_INDICATORS}.",
    )

    def __init__(
        self, *args: Any, indicators: list[tuple[str, list[tuple[str, str]]]], **kwargs: Any
    ) -> None:
        """`indicators`: tables of the form, each with (address, words) of its figures."""
        super().__init__(*args, **kwargs)
        self.fields["indicators"].choices = indicators

    @property
    def helper(self) -> PlainHelper:
        return PlainHelper()

    @property
    def is_ranking(self) -> bool:
        return self["kind"].value() == Kind.RANKING

    def clean_indicators(self) -> list[str]:
        chosen = self.cleaned_data["indicators"]
        if len(chosen) > MAX_INDICATORS:
            raise forms.ValidationError(
                f"Выбрано {len(chosen)}, а показать можно не больше {MAX_INDICATORS}."
            )
        return chosen

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for address in cleaned.get("indicators", ()):
            if self.is_ranking and weight_of(self.data.get(f"weight:{address}", "1")) is None:
                self.add_error(None, f"Вес показателя {address} — число от 0,001 до 1 000.")
        return cleaned
