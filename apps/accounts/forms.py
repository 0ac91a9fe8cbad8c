"""Forms of signing in, of one's own account and of invitations."""

import re
from typing import Any

from django import forms
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.exceptions import ValidationError

from apps.accounts.actions import change_own_details, change_password
from apps.accounts.models import Invitation, User
from apps.accounts.permissions import grantable_roles
from apps.core.roles import ORGANIZATION_ROLES, Role
from apps.core.text import clean_text
from apps.organizations.models import Organization

NAME_ATTRS = {"autocomplete": "username", "autocapitalize": "none"}
PERSON_FIELDS = ("last_name", "first_name", "middle_name", "position")
# What mail programs turn into a link: a scheme, an address of mail, the name of a host; not «зам.директора».
LINK_LIKE = re.compile(r"://|@|\bwww\.|\w\.(?:[a-z]{2,}|рф|рус|дети|онлайн|сайт)\b", re.IGNORECASE)
PASSWORD_LIMIT = 128  # a longer one only costs the server time


def password_field(label: str, autocomplete: str, **extra: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, max_length=PASSWORD_LIMIT, widget=widget, **extra)


class SignInForm(forms.Form):
    username = forms.CharField(
        label="Имя для входа",
        max_length=150,
        widget=forms.TextInput(attrs=NAME_ATTRS | {"autofocus": True}),
    )
    password = password_field("Пароль", "current-password")


class CodeForm(forms.Form):
    """A code of the application, or a backup code."""

    otp_token = forms.CharField(
        label="Код",
        max_length=20,
        help_text="Шесть цифр из приложения или один из запасных кодов.",
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autofocus": True,
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )

    def clean_otp_token(self) -> str:
        return "".join(self.cleaned_data["otp_token"].split()).lower()


class FirstCodeForm(CodeForm):
    """The code that switches the second factor on: there are no backup codes yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["otp_token"].help_text = "Шесть цифр из приложения."


class OwnPasswordMixin:
    """An act that needs the password again: a session left open is not enough for it."""

    user: User

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]  # type: ignore[attr-defined]
        if not self.user.check_password(password):
            raise ValidationError("Пароль указан неверно.", code="password_incorrect")
        return password


class ConfirmForm(OwnPasswordMixin, forms.Form):
    password = password_field("Ваш пароль", "current-password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user


class PersonMixin:
    """Names and a position as they stand in papers and letters: one line of plain text without a link.

    A letter of the portal bears the sender's name, and mail programs make a link of whatever looks like one.
    """

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name in PERSON_FIELDS:
            if name in self.cleaned_data:  # type: ignore[attr-defined]
                self._clean_person_text(name)

    def _clean_person_text(self, name: str) -> None:
        limit = self.fields[name].max_length  # type: ignore[attr-defined]
        try:
            text = clean_text(self.cleaned_data[name], limit)  # type: ignore[attr-defined]
            if LINK_LIKE.search(text):
                raise ValidationError("Уберите адрес сайта или почты: это поле печатается в документах.")
            self.cleaned_data[name] = text  # type: ignore[attr-defined]
        except ValidationError as error:
            self.add_error(name, error)  # type: ignore[attr-defined]


class DetailsForm(PersonMixin, OwnPasswordMixin, forms.ModelForm):
    """One's own name and address.

    The address opens the way to a new password, so a change of it asks for the present one.
    """

    password = password_field(
        "Ваш пароль",
        "current-password",
        required=False,
        help_text="Нужен, только если вы меняете электронную почту.",
    )

    class Meta:
        model = User
        fields = ["last_name", "first_name", "middle_name", "position", "email"]

    @property
    def user(self) -> User:  # type: ignore[override]
        return self.instance

    def clean_password(self) -> str:
        return super().clean_password() if "email" in self.changed_data else ""

    def save(self, commit: bool = True) -> User:
        return change_own_details(
            by=self.instance, **{name: self.cleaned_data[name] for name in self.Meta.fields}
        )


class PasswordForm(PasswordChangeForm):
    """One's own new password after the old one."""

    def save(self, commit: bool = True) -> User:
        change_password(by=self.user, password=self.cleaned_data["new_password1"])
        return self.user


class NewPasswordForm(SetPasswordForm):
    """A new password by a link from a letter."""

    def save(self, commit: bool = True) -> User:
        change_password(by=self.user, password=self.cleaned_data["new_password1"])
        return self.user


class ResetForm(forms.Form):
    name = forms.CharField(
        label="Имя для входа или электронная почта",
        max_length=254,
        widget=forms.TextInput(attrs=NAME_ATTRS | {"autofocus": True}),
    )


class RegisterForm(PersonMixin, forms.ModelForm):
    """The account of an invited person."""

    password1 = password_field("Пароль", "new-password", help_text=password_validators_help_text_html())
    password2 = password_field("Пароль ещё раз", "new-password")

    class Meta:
        model = User
        fields = ["last_name", "first_name", "middle_name", "position", "email", "username"]
        widgets = {"username": forms.TextInput(attrs=NAME_ATTRS)}
        help_texts = {"username": "Латинские или русские буквы, цифры и знаки @ . + - _"}

    def clean_username(self) -> str:
        """Taken in any case of letters; said here, at the field, once."""
        username = User.normalize_username(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError("Такое имя для входа уже занято.")
        return username

    def clean(self) -> dict[str, Any]:
        super().clean()
        first, second = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        if first and second and first != second:
            self.add_error("password2", "Пароли не совпадают.")
        return self.cleaned_data

    def _post_clean(self) -> None:
        """The password is compared with the name and address, which stand in the instance only now."""
        super()._post_clean()  # type: ignore[misc]
        if password := self.cleaned_data.get("password1"):
            try:
                validate_password(password, self.instance)
            except ValidationError as error:
                self.add_error("password1", error)

    @property
    def details(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class InvitationForm(forms.ModelForm):
    class Meta:
        model = Invitation
        fields = ["role", "organization", "email"]
        help_texts = {
            "organization": "Только для ответственного от организации и педагога.",
            "email": "Ссылка уйдёт письмом. Без адреса она будет показана вам один раз.",
        }

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = grantable_roles(by)
        self.fields["role"] = forms.ChoiceField(
            label="Роль",
            choices=[("", "выберите роль"), *((role.value, role.label) for role in Role if role in allowed)],
        )
        self.fields["organization"].queryset = Organization.objects.visible_to(by)

    def clean(self) -> dict[str, Any]:
        super().clean()
        role, organization = self.cleaned_data.get("role"), self.cleaned_data.get("organization")
        if role in ORGANIZATION_ROLES and organization is None and "organization" not in self.errors:
            self.add_error("organization", "Для этой роли укажите организацию.")
        elif role and role not in ORGANIZATION_ROLES and organization is not None:
            self.add_error("organization", "У этой роли организации нет: оставьте поле пустым.")
        return self.cleaned_data


class HandOverForm(forms.Form):
    email = forms.EmailField(
        label="Электронная почта преемника",
        required=False,
        help_text="Ссылка уйдёт письмом. Без адреса она будет показана вам один раз.",
    )
