from django import forms

from apps.portal.setup import is_setup_code


class SetupCodeForm(forms.Form):
    code = forms.CharField(
        label="Код настройки",
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text="Его показывает ./start, а также команда manage.py setup_code на сервере портала.",
    )

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if not is_setup_code(code):
            raise forms.ValidationError("Код не подошёл.")
        return code
