"""What a methodist types about the successors of old codes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from apps.monitoring.versions.successors import GONE, Move, Named


class SuccessorsForm(forms.Form):
    """A field for each name of the old version that needs a look; empty: the name has no successor.

    `cleaned_data` is a map of old codes. Args: `moves` of `moves_of`, `names` of the new version by key.
    """

    def __init__(self, *args: Any, moves: Sequence[Move], names: Mapping[str, Named], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        self.moves = {move.old.key: move for move in moves}
        for key, move in self.moves.items():
            attrs = {"list": f"places-{LISTS[move.old.kind]}", "autocomplete": "off", "class": "form-control"}
            self.fields[key] = forms.CharField(
                label=f"{move.old.kind.capitalize()} {move.old.code} «{move.old.title}»",
                required=False,
                max_length=100,
                initial=move.to,
                widget=forms.TextInput(attrs=attrs),
            )

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag, helper.disable_csrf = False, True
        return helper

    def lines(self) -> list[tuple[Move, forms.BoundField]]:
        return [(move, self[key]) for key, move in self.moves.items()]

    def clean(self) -> dict[str, str]:
        typed = {key: value for key, value in (super().clean() or {}).items() if key in self.moves}
        taken = Counter(value for value in typed.values() if value)
        for key, value in typed.items():
            fault = self._fault(self.moves[key].old, value, taken[value])
            if fault:
                self.add_error(key, fault)
        return typed

    def _fault(self, old: Named, value: str, times: int) -> str:
        if value == GONE:
            return ""
        found = self.names.get(value)
        if found is None:
            return "Такого адреса в новой версии нет: выберите из списка или оставьте пустым."
        if found.kind != old.kind:
            return f"По этому адресу {found.kind}, а прежний код — {old.kind}."
        if times > 1:
            return "Этот адрес назван преемником дважды."
        return ""


LISTS = {"строка": "rows", "графа": "columns", "вопрос": "questions"}
