"""The form of a new key."""

from typing import Any

from django import forms

from apps.accounts.forms import OwnPasswordMixin, password_field
from apps.accounts.models import RoleGrant, User
from apps.core.text import clean_text
from apps.organizations.models import Organization

TERMS = [(30, "30 дней"), (90, "90 дней"), (180, "полгода"), (365, "год")]
ALL_RIGHTS = "Все мои права"


def mark(grant: RoleGrant) -> str:
    return f"{grant.role}:{grant.organization_id or ''}"


class KeyForm(OwnPasswordMixin, forms.Form):
    name = forms.CharField(
        label="Для чего ключ",
        max_length=100,
        help_text="Например: «Сводная таблица в Excel». По названию вы узнаете ключ в списке.",
    )
    scope = forms.ChoiceField(
        label="Что видит ключ",
        required=False,
        help_text="Выберите одну роль, если программе не нужно всё, что видите вы.",
    )
    days = forms.TypedChoiceField(label="Срок действия", choices=TERMS, coerce=int, initial=90)
    password = password_field("Ваш пароль", "current-password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.grants = {mark(grant): grant for grant in user.grants_today}
        scopes = [(code, str(grant).capitalize()) for code, grant in self.grants.items()]
        self.fields["scope"].choices = [("", ALL_RIGHTS), *scopes]  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        return clean_text(self.cleaned_data["name"], 100)

    @property
    def asked(self) -> dict[str, Any]:
        """What the action takes."""
        grant = self.grants.get(self.cleaned_data["scope"])
        organization: Organization | None = grant.organization if grant else None
        return {
            "name": self.cleaned_data["name"],
            "days": self.cleaned_data["days"],
            "role": grant.role if grant else "",
            "organization": organization,
        }
