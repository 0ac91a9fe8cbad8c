from django import forms

from apps.notices.enums import Frequency


class FrequencyForm(forms.Form):
    frequency = forms.ChoiceField(
        label="Как присылать письма", choices=Frequency.choices, widget=forms.RadioSelect
    )
